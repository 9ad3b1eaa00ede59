"""A dealership, its vehicles and a question, for what is told of the built-in draft."""

from datetime import UTC, datetime
from typing import Any

from api.services.fallback_draft import fallback_template
from api.services.grounding import render
from api.services.grounding.evidence import EvidencePack, ThreadMessage

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
DEALERSHIP: dict[str, Any] = {
    "name": "Harbor View Motors",
    "phone": "+1 555 010 0142",
    "email": "sales@harborview.example",
    "website": "https://www.harborview.example",
    "address": {
        "street": "2180 Wharf Road",
        "city": "San Mateo",
        "region": "CA",
        "postal_code": "94401",
        "country": "US",
    },
    "timezone": "America/Los_Angeles",
    "currency": "usd",
    "hours": {
        **{day: [["09:00", "19:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        "sat": [["09:00", "17:00"]],
        "sun": [],
    },
    "policies": [
        {"topic": "financing", "text": "Only the lender decides on credit."},
        {"topic": "pricing", "text": "Listed prices are firm."},
    ],
}


def vehicle(**changes: Any) -> dict[str, Any]:
    return {
        "id": "veh-camry",
        "stock_number": "A1033",
        "vin": None,
        "year": 2003,
        "make": "Toyota",
        "model": "Camry",
        "trim": "XLE",
        "body_style": "Sedan",
        "condition": "used",
        "status": "available",
        "price": {"amount": 549900, "currency": "usd"},
        "mileage": 104650,
        "mileage_unit": "mi",
        "exterior_color": "Red",
        "transmission": "Automatic",
        "features": [],
        "description": None,
        "photo_urls": [],
        "url": None,
        "confirmed_at": "2026-11-20T08:00:00Z",
        "updated_at": "2026-11-20T08:00:00Z",
    } | changes


CIVIC = vehicle(id="veh-civic", stock_number="C7", make="Honda", model="Civic", trim=None, exterior_color="Blue")


def pack(asked: str, *vehicles: dict[str, Any], dealership: dict[str, Any] | None = DEALERSHIP) -> EvidencePack:
    return EvidencePack(dealership, vehicles, (ThreadMessage("m1", "customer", asked, NOW),), (), NOW)


def reply(evidence: EvidencePack) -> str:
    """Return what the customer would read."""
    return render(fallback_template(evidence)[0], evidence).text
