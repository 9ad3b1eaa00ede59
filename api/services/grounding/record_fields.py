"""What a vehicle's record holds: its numbers with their roles, and all its words."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from api.services.grounding.quantities import Dimension
from api.services.grounding.roles import Role


def record_numbers(vehicle: Mapping[str, Any]) -> Iterator[tuple[str, Role, Dimension, str, Decimal]]:
    """Yield a record's numbers: field, role, dimension, unit and value (money in units, not minor ones)."""
    price = vehicle.get("price")
    if price:
        yield "price", Role.PRICE, Dimension.MONEY, price["currency"].lower(), Decimal(price["amount"]) / 100
    if vehicle.get("mileage") is not None:
        unit = vehicle.get("mileage_unit") or "mi"
        yield "mileage", Role.MILEAGE, Dimension.DISTANCE, unit, Decimal(vehicle["mileage"])
    for field, unit in (("doors", "door"), ("seats", "seat")):
        if vehicle.get(field) is not None:
            yield field, Role.COUNT, Dimension.COUNT, unit, Decimal(vehicle[field])


def vehicle_text(vehicle: Mapping[str, Any]) -> str:
    """Return all words of a vehicle's record."""
    names = (
        "make",
        "model",
        "trim",
        "body_style",
        "condition",
        "exterior_color",
        "interior_color",
        "transmission",
        "drivetrain",
        "fuel",
        "engine",
        "description",
    )
    parts = [str(vehicle.get(name) or "") for name in names]
    return " ".join([*parts, *(str(feature) for feature in vehicle.get("features") or ())])


__all__ = ["record_numbers", "vehicle_text"]
