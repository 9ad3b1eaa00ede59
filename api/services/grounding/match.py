"""Does a stated quantity agree with a trusted one: units, currencies, bounds and tolerances."""

import re
from decimal import Decimal

from api.services.grounding.quantities import Bound, Dimension, Quantity

TOLERANCE = Decimal("0.02")
REACH = Decimal("0.15")
ROUNDING = Decimal("0.005")
KM_PER_MILE = Decimal("1.609344")
_DOLLARS = frozenset({"usd", "cad", "aud", "nzd"})
_STRICT = (
    "under",
    "below",
    "less",
    "fewer",
    "beneath",
    "over",
    "above",
    "more",
    "north",
    "beyond",
    "exceed",
    "cheaper",
    "lower",
    "shy",
)

_JUST = re.compile(
    r"\s*(?:just|slightly|barely|marginally|an? (?:\w+ )?(?:bit|little|touch|hair|shade|tad|tick|smidge))\b"
)
_OPEN = frozenset({Bound.BELOW, Bound.ABOVE})
_SIDES = {
    Bound.BELOW: frozenset({Bound.BELOW, Bound.HIGH_END}),
    Bound.ABOVE: frozenset({Bound.ABOVE, Bound.LOW_END}),
}


def currency_of(unit: str, home: str) -> str:
    """Resolve "$" and a missing sign to the dealership's currency; "$" is the US dollar outside dollar countries."""
    if unit == "$":
        return home if home in _DOLLARS else "usd"
    return unit or home


def converted(quantity: Quantity, unit: str) -> Decimal:
    """Return a distance in miles or kilometres."""
    if not quantity.unit or not unit or quantity.unit == unit:
        return quantity.value
    return quantity.value * KM_PER_MILE if unit == "km" else quantity.value / KM_PER_MILE


_SPANS = frozenset({Dimension.HOURS, Dimension.MONTHS})
_HOURS_A_MONTH = Decimal(720)


def comparable(claim: Quantity, fact: Quantity) -> bool:
    """Tell whether both measure the same, time on top of other time only what is; days and months measure time."""
    if fact.added > claim.added:
        return False
    return claim.dimension is fact.dimension or {claim.dimension, fact.dimension} == _SPANS


def _hours(quantity: Quantity) -> Decimal:
    return quantity.value * _HOURS_A_MONTH if quantity.dimension is Dimension.MONTHS else quantity.value


def same_unit(claim: Quantity, fact: Quantity, home: str) -> bool:
    """Tell whether two quantities of one dimension can be compared at all."""
    if claim.dimension is not fact.dimension:
        return False
    if claim.dimension in (Dimension.MONEY, Dimension.MONTHLY):
        return currency_of(claim.unit, home) == currency_of(fact.unit, home)
    if claim.dimension in (Dimension.COUNT, Dimension.BARE):
        return claim.unit == fact.unit
    return True


def _near(claim: Decimal, fact: Decimal, share: Decimal) -> bool:
    return abs(claim - fact) <= share * abs(fact)


def _bounded(claim: Quantity, limit: Decimal, value: Decimal, words: str) -> bool:
    """Rule: a bound is supported if the trusted value satisfies it and lies within 15 %, "just over" within 2 %."""
    just = _JUST.match(words)
    if limit == value:
        return not just and not words.strip().startswith(_STRICT)
    below = claim.bound is Bound.BELOW
    if (value > limit) == below:
        return False
    return abs(limit - value) <= (TOLERANCE if just else REACH) * max(limit, value)


def _rounded(claim: Quantity, known: Decimal) -> bool:
    """Tell whether a distance written as "48.2k" rounds the known one to its last written place."""
    return claim.dimension is Dimension.DISTANCE and 2 * abs(claim.value - known) <= claim.grain


def agrees(claim: Quantity, fact: Quantity, home: str, words: str = "", tolerance: Decimal = Decimal(0)) -> bool:
    """Tell whether the fact bears the claim out.

    Args:
        claim: What the text says.
        fact: What is known; its own bound may be open ("up to 72 months").
        home: The dealership's currency.
        words: The claim's text, to tell "under" from "up to".
        tolerance: An extra share for values that were converted.
    """
    if claim.dimension is not fact.dimension and {claim.dimension, fact.dimension} == _SPANS:
        return claim.bound is fact.bound and _hours(claim) == _hours(fact)
    if not same_unit(claim, fact, home):
        return False
    known = converted(fact, claim.unit) if claim.dimension is Dimension.DISTANCE else fact.value
    if known != fact.value:
        tolerance = max(tolerance, ROUNDING)
    value = claim.value
    if claim.dimension is Dimension.HOURS:
        value, known = round(value, 3), round(known, 3)
    counted = claim.dimension is Dimension.COUNT and claim.bound is Bound.BELOW
    if counted or (fact.bound is claim.bound and value == known):
        return value == known
    if claim.bound in (Bound.BELOW, Bound.ABOVE):
        plain = fact.bound in (Bound.EXACT, Bound.ABOUT) or fact.bound not in _SIDES[claim.bound] | _OPEN
        return (plain and _bounded(claim, value, known, words)) or _same_side(claim, fact, known)
    if claim.bound is Bound.ABOUT:
        return _near(value, known, TOLERANCE)
    return value == known or _rounded(claim, known) or (tolerance > 0 and _near(value, known, tolerance))


def _same_side(claim: Quantity, fact: Quantity, known: Decimal) -> bool:
    """A weaker bound on the same side follows from the fact's: "under 50" from "up to 40"."""
    return fact.bound in _SIDES[claim.bound] and claim.value == known


def within(claim: Quantity, fact: Quantity) -> bool:
    """Tell whether a plain value lies inside an upper limit of the same dimension ("48" in "up to 72 months")."""
    return (
        claim.dimension is fact.dimension
        and fact.bound is Bound.BELOW
        and claim.bound is Bound.EXACT
        and 0 < claim.value <= fact.value
    )


__all__ = ["agrees", "comparable", "converted", "currency_of", "same_unit", "within"]
