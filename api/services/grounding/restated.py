"""A promise of staff said again: the same act, for the same day and hour."""

import re

from api.services.grounding.attribution import customer_wrote
from api.services.grounding.dates import DateValue
from api.services.grounding.findings import Scene
from api.services.grounding.library import Unit
from api.services.grounding.opposing import before_denial, denied_beside
from api.services.grounding.own_hours import date_of
from api.services.grounding.reading import ReadClause
from api.services.grounding.roles import Role
from models.claims import EvidenceView

_CUT = re.compile(
    r"\b(?:(?:brought|came|bring|come|took|take|went|gone|marked|cut|knocked|got|get|go) (?:\w+ ){0,4}?(?:down|off)"
    r"|drop(?:s|ped)?|lower(?:ed)?|reduc(?:ed|e)|discounted|shaved)\b"
)
_UNTIL = re.compile(r"\b(?:until|till|til|through|by)\b")


def _weekdays(scene: Scene, clause: ReadClause) -> set[int]:
    """Return the weekdays that a clause names, those of its dates too."""
    dated = [date_of(scene, one) for one in clause.dates]
    return {day for spec in clause.days for day in spec.days} | {day.weekday() for day in dated if day}


def _dated(dates: tuple[DateValue, ...], known: tuple[DateValue, ...]) -> bool:
    return all(any(one.agrees(other) for other in known) for one in dates)


def _same_time(scene: Scene, clause: ReadClause, unit: Unit) -> bool:
    """Tell whether every day, date and hour of a clause stands in a sentence of staff."""
    said = unit.clause
    hours = all(any(set(one.minutes) & set(other.minutes) for other in said.times) for one in clause.times)
    days = {day for spec in clause.days for day in spec.days} <= _weekdays(scene, said)
    named = clause.days or clause.dates or clause.times
    bounded = bool(_UNTIL.search(clause.clause.text)) and not named
    return hours and days and not bounded and _dated(clause.dates, said.dates)


def _same_amounts(scene: Scene, clause: ReadClause, unit: Unit) -> bool:
    """Tell whether a clause has an amount of a policy's sentence, and no other but the customer's."""
    same = (one for one in scene.library.units if not one.staff and one.evidence == unit.evidence)
    near = [unit.clause, *(one.clause for one in same)]
    theirs = {value for clause in near for one in clause.quantities for value in one.readings}
    mine = [one for one in clause.quantities if one.value not in theirs]
    return len(mine) < len(clause.quantities) and all(customer_wrote(scene, one) for one in mine)


def with_amounts(scene: Scene, words: frozenset[str], clause: ReadClause) -> EvidenceView | None:
    """Return the sentence that says the same few words of the very amounts of a clause: "40 of those are free".

    Args:
        scene: The text and its evidence.
        words: The content words of the clause.
        clause: The clause that says so.
    """
    denies = len(clause.clause.negators) % 2 == 1
    for unit in scene.library.units:
        said = unit.negated and not before_denial(unit, words)
        same = words and words <= unit.words and said == denies and _same_amounts(scene, clause, unit)
        if same and (denies or not denied_beside(scene.library.units, unit, words)):
            return unit.evidence
    return None


def _cut_again(scene: Scene, clause: ReadClause) -> EvidenceView | None:
    """Return the sentence of staff that lowered a price to the very amounts of a clause that says so again."""
    if not clause.quantities or not _CUT.search(clause.clause.text):
        return None
    prices = {fact.quantity.value for fact in scene.library.facts if fact.role is Role.PRICE}
    for unit in (one for one in reversed(scene.library.units) if one.staff and _CUT.search(one.clause.clause.text)):
        told = {one.value for one in unit.clause.quantities}
        stated = {one.value for one in clause.quantities}
        if stated & told and stated <= told | prices:
            return unit.evidence
    return None


def restated(scene: Scene, words: frozenset[str], clause: ReadClause) -> EvidenceView | None:
    """Return the sentence of staff that a promise repeats, or None.

    Args:
        scene: The text and its evidence.
        words: The content words of the promise.
        clause: The clause that makes it.
    """
    denies = len(clause.clause.negators) % 2 == 1
    lowered = _cut_again(scene, clause) or with_amounts(scene, words, clause)
    if lowered:
        return lowered
    for unit in reversed(scene.library.units):
        if unit.staff and words and words <= unit.words and unit.negated == denies and _same_time(scene, clause, unit):
            return unit.evidence
    return None


__all__ = ["restated"]
