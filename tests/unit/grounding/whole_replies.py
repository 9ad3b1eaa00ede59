"""A dealership, two of its cars and a thread, for replies that hold many facts at once."""

from datetime import UTC, datetime
from typing import Any

from api.services.grounding import EvidencePack
from tests.unit.grounding.records import OUTBACK, pack

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
_WEEK = {day: [["09:00", "19:00"]] for day in ("mon", "tue", "wed", "thu")}
DEALER: dict[str, Any] = {
    "name": "Prairie Gate Motors",
    "phone": "+1 402 555 0188",
    "email": "hello@prairiegate.example",
    "website": None,
    "address": {"street": "88 Mill Road", "city": "Omaha", "region": "NE", "postal_code": "68102", "country": "US"},
    "timezone": "America/Chicago",
    "hours": _WEEK | {"fri": [["09:00", "18:00"]], "sat": [["10:00", "16:00"]], "sun": []},
    "policies": [
        {
            "topic": "fees",
            "text": "The documentation fee is $189. Title and registration cost $95.",
        },
        {
            "topic": "financing",
            "text": "Financing from 6.49% APR for 24 to 72 months on approved credit, minimum deposit 10%.",
        },
        {"topic": "deposit", "text": "A $400 deposit holds a vehicle for 3 days. It is refundable for 24 hours."},
        {
            "topic": "warranty",
            "text": "Every used vehicle under 100,000 miles comes with a 90-day powertrain warranty. "
            "12 further months cost $329.",
        },
        {"topic": "trade_in", "text": "An offer for your trade-in is good for 7 days."},
        {
            "topic": "holidays",
            "text": "Closed on Thanksgiving, December 25 and January 1. On December 24 we close at 2 pm.",
        },
        {"topic": "delivery", "text": "Delivery is free within 25 miles; beyond that it costs $2 per mile."},
        {"topic": "tax", "text": "Sales tax of 7% is added at signing."},
        {
            "topic": "accessories",
            "text": "A set of four winter tires costs $780, mounted. A trailer hitch is $350 installed.",
        },
    ],
}
CRV: dict[str, Any] = {
    **OUTBACK,
    "id": "crv",
    "stock_number": "PG210",
    "vin": None,
    "year": 2020,
    "make": "Honda",
    "model": "CR-V",
    "trim": "EX",
    "body_style": "SUV",
    "exterior_color": "Blue",
    "price": {"amount": 2340000, "currency": "usd"},
    "mileage": 41250,
    "features": ["Sunroof"],
    "description": "One owner. Tows up to 1,500 lbs. Last service October 3, 2026.",
    "updated_at": "2026-11-22T09:00:00Z",
}
RAV4: dict[str, Any] = {
    **CRV,
    "id": "rav4",
    "stock_number": "PG233",
    "year": 2019,
    "make": "Toyota",
    "model": "RAV4",
    "trim": "XLE",
    "exterior_color": "Gray",
    "price": {"amount": 2190000, "currency": "usd"},
    "mileage": 58600,
    "features": ["Roof rails"],
    "description": "Two owners. Tows up to 3,500 lbs.",
}
THREAD = """C: Hi, I'm looking at the CR-V. I have a 2012 Focus to trade in.
S: Your Focus was valued at $3,250. The bank quoted $398 a month over 60 months at 6.9% APR with $2,400 down.
C: Could I come for a test drive?
S: Your test drive of the CR-V is set for Saturday, November 28 at 11 am with Nadia.
C: Great, can you sum everything up for me?"""
COMPARING = "C: Which of the two would you recommend, the CR-V or the RAV4?"


def about_one() -> EvidencePack:
    """Return a pack of the CR-V alone, with an offer, a quote and an appointment in the thread."""
    return pack(CRV, thread=THREAD, dealer=DEALER, now=NOW)


def about_two() -> EvidencePack:
    """Return a pack of both cars, with nothing but a question in the thread."""
    return pack(CRV, RAV4, thread=COMPARING, dealer=DEALER, now=NOW)
