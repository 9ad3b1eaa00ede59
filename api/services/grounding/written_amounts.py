"""Amounts whose writing alone leaves open what they are: pounds of money or of weight, a point that may group."""

import re
from dataclasses import replace

from api.services.grounding.quantities import Dimension, Quantity
from api.services.grounding.units import PER_MONTH

_POUNDS = re.compile(r"[\s-]*pounds?$")
_WEIGHS = re.compile(
    r"\b(?:tow\w*|pull\w*|haul\w*|payloads?|weigh\w*|weight|lift\w*|carr(?:y|ies)|load\w*|gross|gvwr|braked|trailers?"
    r"|boats?|caravans?|torque|capacity|per square inch)\b"
)
_GROUPED = re.compile(r"\d{1,3}\.\d{3}")
_AROUND = 60


def sterling(lower: str, quantity: Quantity, currency: str) -> Quantity:
    """Take pounds for money where the dealership's money is sterling and nothing near them speaks of a weight.

    Args:
        lower: The whole text, lower-cased.
        quantity: Any quantity of it.
        currency: The dealership's currency code.
    """
    written = lower[quantity.core[1] : quantity.end]
    if currency != "gbp" or quantity.unit != "weight" or not _POUNDS.match(written):
        return quantity
    if _WEIGHS.search(lower[max(0, quantity.start - _AROUND) : quantity.end + _AROUND]):
        return quantity
    monthly = PER_MONTH.match(lower, quantity.end)
    if monthly:
        return replace(quantity, dimension=Dimension.MONTHLY, unit="gbp", end=monthly.end())
    return replace(quantity, dimension=Dimension.MONEY, unit="gbp")


def unclear_point(lower: str, quantity: Quantity) -> Quantity:
    """Mark "13.450" as ambiguous where no sign and no unit tells whether its point groups thousands."""
    bare = quantity.dimension is Dimension.BARE and _GROUPED.fullmatch(lower[slice(*quantity.core)])
    return replace(quantity, ambiguous=True) if bare else quantity


__all__ = ["sterling", "unclear_point"]
