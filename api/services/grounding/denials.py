"""Amounts that a text denies: "not $600", "it doesn't have over 70,000 km"."""

import re
from dataclasses import replace

from api.services.grounding.quantities import Bound, Quantity
from api.services.grounding.reading import ReadClause

_NEGATED = (
    r"(?:not|no|never|without|isn't|aren't|wasn't|doesn't|don't|didn't|won't|wouldn't|hasn't|haven't|can't|cannot"
    r"|rather than|instead of|nowhere near)"
)
_PLAIN = (
    r"(?:the|a|an|for|at|of|with|is|be|it|you|have|has|go|goes|come|comes|to|reach|cost|costs|need|want|charge|run|runs"
)
_DENIED = re.compile(
    rf"\b(?:{_NEGATED}|no longer)\s+(?:{_PLAIN}|done|run|clocked|travel+ed|reached|hit|seen|priced at|listed at"
    rf"|asking|stretch|exceed|ask|take|as much as|as high as|as far as|really|actually|quite|even"
    r"|anymore|any|been|driven|covered|show|shows|get|gets|pay|pays|lose|owe|give|offer|do|put|add|make|weigh"
    r"|seat|measure|last|up)\s+){0,4}$"
)
_RULED_OUT = re.compile(
    r"\s*(?:cash |today |flat |total )?(?:(?:isn't|is not|won't be|wouldn't be)"
    r" (?:something|possible|doable|an option|enough"
    r"|a price|in the cards|where)|won't (?:work|do|fly)|(?:is|would be|'s) (?:too low|below what|less than we))\b"
)
_UNLESS = re.compile(
    r"\b(?:not|no) (?:only|just|more|less|fewer|later|longer than)\b|\bnot a problem\b"
    r"|\bno (?:extra |additional )?(?:charge|cost|fee|problem)s?\b"
)


_SHORT = re.compile(
    r"\b(?:not|never|n't)(?: (?:yet|even|quite|ever))* (?:reach|reached|hit|pass|passed|exceed|exceeded|cross|crossed"
    r"|top|topped|seen|broken|gone (?:over|past|beyond)|been (?:over|past))(?: the)?\s*$"
)


def short_of(clause: ReadClause, quantity: Quantity) -> Quantity:
    """Read "hasn't reached 50,000" as "below 50,000"."""
    before = clause.clause.text[: max(0, quantity.core[0] - clause.clause.start)]
    short = quantity.bound in (Bound.EXACT, Bound.ABOVE) and _SHORT.search(before.replace("n't", " n't").lower())
    return replace(quantity, bound=Bound.BELOW) if short else quantity


_INSTEAD = re.compile(r"\b(?:instead of|rather than)\s+(?:the |its |a |our )?(?:\w+ )?$")


def replaced(clause: ReadClause, quantity: Quantity) -> bool:
    """Tell whether a clause gives another amount in the place of this one: "$8,650 instead of $8,950"."""
    before = clause.clause.text[: max(0, quantity.start - clause.clause.start)]
    return bool(_INSTEAD.search(before)) and len(clause.quantities) > 1


def denied(clause: ReadClause, quantity: Quantity) -> bool:
    """Tell whether the clause says of an amount that it is not so: nothing but plain words between "not" and it."""
    before = clause.clause.text[: max(0, quantity.start - clause.clause.start)]
    match = _DENIED.search(before)
    if _RULED_OUT.match(clause.clause.text[max(0, quantity.end - clause.clause.start) :]):
        return True
    return bool(match) and not _UNLESS.search(before[match.start() if match else 0 :])


__all__ = ["denied", "replaced", "short_of"]
