"""Distances that are driven or to be driven, against the policies' limits: "with 450 miles you'd be 50 inside"."""

import re
from collections.abc import Iterable
from decimal import Decimal

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Fact
from api.services.grounding.quantities import Dimension, Quantity
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_LONGEST = 5000
_DRIVEN = re.compile(
    r"\bodometer\b|\bmileage\b|(?<!you )(?<!you've )(?<!you'd )(?<!you'll )(?<!would )(?<!will )"
    r"\b(?:has|have|had|shows?|reads?|covered|driven|done|clocked)"
    r"(?: (?:only|just|about|around|covered|done|run|been driven|got))* $"
)
_INSIDE = re.compile(
    r"\b(?:inside|within|under|below|less than|short of|shy of|to spare|left|room|fine|ok(?:ay)?|no problem|covered"
    r"|still|in (?:range|time)|free|qualif\w+|counts?)\b"
)
_OUTSIDE = re.compile(
    r"\b(?:over|beyond|past|outside|above|exceed\w*|too (?:far|many|much|long)|more than|further than|farther than)\b"
)
_NOT = re.compile(r"\b(?:not|no longer|isn't|aren't|wouldn't|won't|doesn't|can't)\b")
_YOU = re.compile(r"\byou(?:r|'re|'d|'ll|'ve)?\b")


def _text(scene: Scene, clause: ReadClause) -> str:
    return " ".join(one.clause.text for one in scene.sentence(clause))


def _fits(text: str, value: Decimal, limit: Decimal) -> bool | None:
    """Tell whether a text puts a distance on the right side of a limit; None where it names no side."""
    text = re.sub(r"\b(?:within|up to|under|below) (?:the |a )?[\d,]+", "", text)
    outside, inside = bool(_OUTSIDE.search(text)), bool(_INSIDE.search(text))
    if not outside and not inside:
        return None
    beyond = outside if outside else bool(_NOT.search(text))
    return beyond == (value > limit)


def _distances(quantities: Iterable[Quantity]) -> list[Quantity]:
    return [one for one in quantities if one.dimension is Dimension.DISTANCE and one.value < _LONGEST]


def _limits(scene: Scene, clause: ReadClause) -> list[Fact]:
    """Return the policies' limits in distance, those that the sentence names before all others."""
    facts = [one for one in scene.library.facts if one.subject is None and _distances([one.quantity])]
    stated = {one.value for part in scene.sentence(clause) for one in part.quantities}
    return [one for one in facts if one.quantity.value in stated] or facts


def _own(scene: Scene) -> dict[Decimal, EvidenceView]:
    """Return the distances of the customer's messages, each with its message."""
    return {
        one.value: EvidenceView(source=EvidenceSource.MESSAGE, id=message.id)
        for message, reading in scene.library.customer_readings
        for part in reading.clauses
        for one in _distances(part.quantities)
    }


def of_journey(scene: Scene, clause: ReadClause, quantity: Quantity) -> EvidenceView | None:
    """Return what bears out a way that is no mileage: the customer's words, or a policy's limit and how far it is off.

    A distance of the customer's own must lie on the side of the limit that the sentence says; one that nobody wrote
    needs a right difference beside it, and a difference needs its distance.
    """
    before = clause.clause.text[: max(0, quantity.start - clause.clause.start)]
    if not _distances([quantity]) or _DRIVEN.search(before):
        return None
    own, limits, text = _own(scene), _limits(scene, clause), _text(scene, clause)
    if quantity.value in own:
        sides = [_fits(text, quantity.value, fact.quantity.value) for fact in limits]
        said = any(sides) or (not any(side is False for side in sides) and bool(_YOU.search(text)))
        return own[quantity.value] if said else None
    stated = {one.value for part in scene.sentence(clause) for one in part.quantities}
    return _gap(quantity.value, (stated | set(own)), stated, limits, text)


def _gap(
    value: Decimal, ways: set[Decimal], stated: set[Decimal], limits: list[Fact], text: str
) -> EvidenceView | None:
    """Return the policy whose limit lies as far from a distance as is said; the value is that gap or that distance."""
    for fact in limits:
        limit = fact.quantity.value
        gap = any(abs(way - limit) == value and way != value and _fits(text, way, limit) for way in ways)
        way = value != limit and abs(value - limit) in stated and _fits(text, value, limit)
        if gap or way:
            return fact.evidence
    return None


_LIMIT = re.compile(r"\b(?:limit|mark|threshold|cut-?off|cap|allowance|zone|radius|area|range)\b")
_OPEN = re.compile(r"\b(?:if|unless|whenever|anything|every|each|all|cars|vehicles|that|up to)\b")


def check_sides(scene: Scene) -> list[Finding]:
    """Return a red claim for each distance that is put on the wrong side of a policy's limit."""
    found = []
    for clause in scene.reading.clauses:
        text = clause.clause.text
        if clause.clause.act is Act.STATES and not _OPEN.search(text):
            wrong = (one for one in clause.quantities if one.dimension is Dimension.DISTANCE)
            found += [finding for one in wrong if (finding := _wrong_side(scene, clause, one))]
    return found


def _wrong_side(scene: Scene, clause: ReadClause, way: Quantity) -> Finding | None:
    facts = [one for one in scene.library.facts if one.subject is None]
    facts = [one for one in facts if one.quantity.dimension is Dimension.DISTANCE]
    stated = {one.value for one in clause.quantities}
    limits = [one for one in facts if one.quantity.value in stated]
    if way.value in {one.quantity.value for one in facts} or not _LIMIT.search(clause.clause.text):
        return None
    gaps = {abs(one.quantity.value - other) for one in limits for other in stated}
    sides = [_fits(clause.clause.text, way.value, one.quantity.value) for one in limits]
    if way.value in gaps or not sides or any(side is not False for side in sides):
        return None
    reason = "It lies on the other side of the policy's limit."
    return Finding(ClaimKind.MILEAGE, way.start, clause.clause.end, Verdict.UNSUPPORTED, reason, limits[0].evidence)


__all__ = ["check_sides", "of_journey"]
