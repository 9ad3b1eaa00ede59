"""Invented records for the verifier's unit tests."""

from datetime import UTC, datetime
from typing import Any

from api.services.grounding import EvidencePack, ThreadMessage

NOW = datetime(2026, 5, 6, 17, tzinfo=UTC)
WEEK = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}

DEALER: dict[str, Any] = {
    "name": "Lakeside Auto House",
    "phone": "+1 555 014 7730",
    "email": "team@lakesideauto.example",
    "website": "https://lakesideauto.example",
    "address": {
        "street": "415 Orchard Avenue",
        "city": "Duluth",
        "region": "MN",
        "postal_code": "55802",
        "country": "US",
    },
    "timezone": "America/Chicago",
    "hours": WEEK | {"sat": [["10:00", "15:00"]], "sun": []},
    "policies": [
        {"topic": "pricing", "text": "All our prices are final. We do not negotiate."},
        {
            "topic": "financing",
            "text": "Loans through local credit unions from 5.75% APR, 24 to 66 months, subject to credit approval.",
        },
        {"topic": "fees", "text": "Document preparation costs $120. State sales tax is not part of the listed price."},
        {"topic": "deposit", "text": "A non-refundable deposit of $300 reserves a car for three days."},
        {"topic": "shipping", "text": "We ship within 75 miles at no charge; beyond that it is $1.50 per mile."},
        {
            "topic": "warranty",
            "text": "Every used car with under 80,000 miles has a 60-day powertrain warranty. "
            "Cars with more miles are sold as is.",
        },
        {"topic": "test_drive", "text": "Test drives need a valid license and last 20 minutes."},
        {"topic": "returns", "text": "Cars can be returned within 3 days for an exchange only, never for a refund."},
        {"topic": "holidays", "text": "We are closed on July 4 and December 25."},
        {"topic": "team", "text": "Priya is our finance director. Omar runs the service department."},
        {"topic": "trade_in", "text": "We appraise trade-ins at the dealership only; it takes 25 minutes."},
    ],
}


def _car(key: str, **fields: Any) -> dict[str, Any]:
    base = {
        "id": key,
        "vin": None,
        "trim": None,
        "body_style": "SUV",
        "condition": "used",
        "status": "available",
        "mileage_unit": "mi",
        "interior_color": "Black cloth",
        "transmission": "Automatic",
        "drivetrain": "AWD",
        "fuel": "Gasoline",
        "engine": "2.5L 4-cyl",
        "doors": 5,
        "seats": 5,
        "features": [],
        "description": "",
        "updated_at": "2026-05-05T09:00:00Z",
    }
    price = fields.pop("price", None)
    return base | fields | {"price": {"amount": price * 100, "currency": "usd"} if price else None}


OUTBACK = _car(
    "outback",
    stock_number="P4401",
    vin="4S4BSANC5K3204410",
    year=2019,
    make="Subaru",
    model="Outback",
    trim="Premium",
    body_style="Wagon",
    price=21750,
    mileage=48210,
    exterior_color="Green",
    features=["Heated seats", "Roof rails", "EyeSight"],
    description="One owner. Clean title, no accidents.",
)
TACOMA = _car(
    "tacoma",
    stock_number="P4417",
    year=2014,
    make="Toyota",
    model="Tacoma",
    trim="SR5",
    body_style="Pickup",
    price=18900,
    mileage=121300,
    exterior_color="White",
    transmission="5-speed manual",
    drivetrain="4WD",
    engine="4.0L V6",
    doors=4,
    features=["Tow hitch", "Bed liner"],
    description="Three owners. Rebuilt title. New battery.",
)
MAZDA = _car(
    "mazda",
    stock_number="P4420",
    year=2017,
    make="Mazda",
    model="CX-5",
    trim="Touring",
    price=16400,
    mileage=67050,
    exterior_color="Blue",
    drivetrain="FWD",
    status="pending",
    features=["Navigation", "Blind spot monitor"],
    description="Minor accident in 2020, repaired.",
)
IMPALA = _car(
    "impala",
    stock_number="P4399",
    year=2010,
    make="Chevrolet",
    model="Impala",
    trim="LT",
    body_style="Sedan",
    price=5900,
    mileage=98700,
    exterior_color="Silver",
    drivetrain="FWD",
    engine="3.5L V6",
    doors=4,
    status="sold",
    description="Heater does not work.",
)


def pack(
    *vehicles: dict[str, Any], thread: str = "", dealer: dict[str, Any] | None = DEALER, now: datetime = NOW
) -> EvidencePack:
    """Build a pack; `thread` holds one message a line, "C: …" of the customer's, "S: …" of staff."""
    lines = [line.strip() for line in thread.strip().splitlines() if line.strip()]
    messages = tuple(
        ThreadMessage(f"m{number}", "staff" if line.startswith("S:") else "customer", line[2:].strip())
        for number, line in enumerate(lines)
    )
    return EvidencePack(dealer, vehicles, messages, (), now)
