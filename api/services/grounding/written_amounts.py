"""Amounts whose writing alone leaves open what they are: pounds of money or of weight, a point that may group."""

import re
from dataclasses import replace
from itertools import pairwise

from api.services.grounding.quantities import Dimension, Quantity
from api.services.grounding.units import PER_MONTH

_POUNDS = re.compile(r"[\s-]*pounds?$")
_WEIGHS = re.compile(
    r"\b(?:tow\w*|pull\w*|haul\w*|payloads?|weigh\w*|weight|lift\w*|carr(?:y|ies)|load\w*|gross|gvwr|braked|trailers?"
    r"|boats?|caravans?|torque|capacity|per square inch)\b"
)
_GROUPED = re.compile(r"\d{1,3}\.\d{3}")
_AROUND = 60
_TIMES = re.compile(r"\s*[x×*]\s*")
_AGAINST = re.compile(r",?\s*(?:vs\.?|versus|against|compared (?:to|with))\s*(?:just |only )?")
_OTHER_ONE = re.compile(
    r"(?: (?:engine|motor|on it|on the clock|towing))?,? (?:and |while |but )?(?:(?:the|our) (?:[\w'’-]+ ?){1,3}|it )"
    r"(?:a |has |only |just )?"
)
_ENDS = re.compile(r"\s*(?:[.;,)!]|$|\n)")
_MONEY = (Dimension.MONEY, Dimension.MONTHLY)


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


def instalments(lower: str, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Read "48 x £268.40" and "$398/mo x 60" as so many months at so much a month."""
    found = list(quantities)
    for place, (first, second) in enumerate(pairwise(quantities)):
        if not _TIMES.fullmatch(lower[first.end : second.start]):
            continue
        if first.dimension is Dimension.BARE and second.dimension in _MONEY:
            found[place] = replace(first, dimension=Dimension.MONTHS, unit="month")
            found[place + 1] = replace(second, dimension=Dimension.MONTHLY)
        elif first.dimension is Dimension.MONTHLY and second.dimension is Dimension.BARE:
            found[place + 1] = replace(second, dimension=Dimension.MONTHS, unit="month")
    return tuple(found)


_FIRST_YEAR, _LAST_YEAR = 1985, 2030


def versus(lower: str, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Give both bare numbers of "11,200 against 7,000" the unit of the amount that says how far they lie apart."""
    found = list(quantities)
    for place, (first, second) in enumerate(pairwise(quantities)):
        if not _AGAINST.fullmatch(lower[first.end : second.start]):
            continue
        apart = abs(first.value - second.value)
        gap = next((one for one in quantities if one.value == apart and one.dimension is not Dimension.BARE), None)
        before = quantities[place - 1] if place else None
        known = (one for one in (second, first, gap, before) if one and one.dimension is not Dimension.BARE)
        kind = next(known, None)
        years = all(_FIRST_YEAR <= one.value <= _LAST_YEAR for one in (first, second))
        for at in () if years else (place, place + 1):
            if kind and found[at].dimension is Dimension.BARE:
                found[at] = replace(found[at], dimension=kind.dimension, unit=kind.unit)
    return tuple(found)


def gapped(lower: str, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Give the last number of "one pulls 11,200 lbs, the other 7,000" the unit that was said before."""
    found = list(quantities)
    for place, (first, second) in enumerate(pairwise(quantities)):
        unit = first.dimension in (Dimension.DISTANCE, Dimension.COUNT) and first.end > first.core[1]
        alone = second.dimension is Dimension.BARE and _ENDS.match(lower, second.core[1])
        if unit and alone and _OTHER_ONE.fullmatch(lower[first.end : second.start]):
            found[place + 1] = replace(second, dimension=first.dimension, unit=first.unit)
    return tuple(found)


__all__ = ["gapped", "instalments", "sterling", "unclear_point", "versus"]
