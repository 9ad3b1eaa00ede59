"""Trusted quantities as they would stand in a draft."""

from decimal import Decimal

from api.services.grounding.findings import money_text
from api.services.grounding.match import currency_of
from api.services.grounding.quantities import Dimension, Quantity

_MONEY = (Dimension.MONEY, Dimension.MONTHLY)
_SCALES = {
    "minute": Decimal(1) / 60,
    "day": Decimal(24),
    "week": Decimal(168),
    "fortnight": Decimal(336),
    "year": Decimal(12),
}
_COUNTED = frozenset({"minute", "hour", "day", "week", "month", "year", "door", "seat", "owner"})


def quantity_text(quantity: Quantity, home: str) -> str:
    """Format a trusted quantity as it would stand in a draft."""
    value = quantity.value
    if quantity.dimension in _MONEY:
        amount = money_text(value, currency_of(quantity.unit, home))
        return f"{amount} a month" if quantity.dimension is Dimension.MONTHLY else amount
    if quantity.dimension is Dimension.PERCENT:
        return f"{value.normalize():f}%"
    number = round(value / _SCALES.get(quantity.unit, Decimal(1)), 1)
    shown = f"{int(number):,}" if number == int(number) else f"{number:,}"
    unit = {"mi": "miles", "%": "percent"}.get(quantity.unit, quantity.unit)
    plural = "s" if unit in _COUNTED and number != 1 else ""
    return f"{shown} {unit}{plural}".strip()


__all__ = ["quantity_text"]
