"""Claims that compare vehicles of the pack: cheaper, fewer miles, newer, more seats."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from api.services.grounding.findings import Finding, Scene, vehicle_title
from api.services.grounding.match import KM_PER_MILE
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_MILES = r"(?:miles|mileage|km|kms|kilomet(?:er|re)s?|odometer(?: reading)?)"
_TWO = 2
_TAIL = r"(?: of (?:the|these|those|our|them|all)(?: (?:two|three|four|five|lot|both|pair|bunch))?| of all)?"


@dataclass(frozen=True)
class _Measure:
    """What a comparative compares: a field of the record, the kind of claim, and whether the lower value wins."""

    field: str
    kind: ClaimKind
    lower: bool
    pattern: re.Pattern[str]


def _measure(field: str, kind: ClaimKind, lower: bool, words: str) -> _Measure:
    return _Measure(field, kind, lower, re.compile(rf"(?<!or )\b(?:{words})\b{_TAIL}"))


_MEASURES = (
    _measure(
        "price",
        ClaimKind.PRICE,
        True,
        r"cheap(?:er|est)(?: one| option)?|(?:less|least) expensive|(?:more|most) affordable"
        r"|costs? (?:the )?(?:less|least)|low(?:er|est)[- ]price[ds]?|least (?:money|costly)"
        r"|low(?:er|est)(?= of (?:the|these|those|our) (?:two|three|four|pair|lot|bunch)\b)",
    ),
    _measure(
        "price",
        ClaimKind.PRICE,
        False,
        r"(?:more|most) (?:expensive|costly)|dear(?:er|est)|price?i(?:er|est)|costs? (?:the )?(?:more|most)"
        r"|high(?:er|est)[- ]price[ds]?"
        r"|high(?:er|est)(?= of (?:the|these|those|our) (?:two|three|four|pair|lot|bunch)\b)",
    ),
    _measure(
        "mileage",
        ClaimKind.MILEAGE,
        True,
        rf"(?:fewer|fewest|less|least|low(?:er|est)) {_MILES}|driven (?:[\d.,]+ \w+ )?(?:less|(?:the )?least)",
    ),
    _measure(
        "mileage",
        ClaimKind.MILEAGE,
        False,
        rf"(?:more|most|high(?:er|est)) {_MILES}|driven (?:[\d.,]+ \w+ )?(?:more|(?:the )?most)",
    ),
    _measure("year", ClaimKind.VEHICLE, False, r"newer|newest|(?:more|most) recent|younger|youngest"),
    _measure("year", ClaimKind.VEHICLE, True, r"older|oldest"),
    _measure("seats", ClaimKind.QUANTITY, False, r"(?:more|most) seats|seats (?:more|(?:the )?most)"),
    _measure("seats", ClaimKind.QUANTITY, True, r"(?:fewer|fewest|less) seats|seats (?:fewer|less)"),
)


def value_of(vehicle: Mapping[str, Any], field: str) -> Decimal | None:
    """Return a comparable number of a record: money in minor units, distance in kilometres; None where unknown."""
    value = vehicle.get(field)
    if value is None:
        return None
    if field == "price":
        return Decimal(value["amount"])
    factor = KM_PER_MILE if field == "mileage" and (vehicle.get("mileage_unit") or "mi") == "mi" else Decimal(1)
    return Decimal(value) * factor


_TURN = re.compile(r"\b(?:and|but) (?:also |costs? |has |is )?(?:more|less|fewer|newer|older|cheaper|dearer)\b")


def _parties(
    scene: Scene, clause: ReadClause, index: int, place: tuple[int, int]
) -> tuple[int, tuple[int, ...]] | None:
    """Return the vehicle that a comparative is said of and those that it is compared with."""
    than = clause.clause.text.find(" than ", place[0] - clause.clause.start)
    cut = than + clause.clause.start if than >= 0 else clause.clause.end
    named = [one for one in clause.mentions if len(one.matches) == 1 and not one.customers]
    first = [one.matches[0] for one in named if one.start < cut]
    turn = _TURN.search(clause.clause.text, max(0, cut - clause.clause.start))
    stop = turn.start() + clause.clause.start if turn else clause.clause.end
    second = [one.matches[0] for one in named if cut < one.start < stop]
    if than >= 0 and not second:
        return None
    nearest = [one.matches[0] for one in named if one.end <= place[0]]
    named_first = first[0] if first else _focus(scene, index, place)
    said = nearest[-1] if nearest else named_first
    if said is None:
        return None
    others = tuple(second) or tuple(one for one in _field(scene, clause) if one != said)
    return (said, others) if others and said not in others else None


def _focus(scene: Scene, index: int, place: tuple[int, int]) -> int | None:
    subject = scene.finder.at(index, *place)
    return subject.indices[0] if len(subject.indices) == 1 and subject.sure else None


def _field(scene: Scene, clause: ReadClause) -> tuple[int, ...]:
    """Return the vehicles in play: those of the sentence and of the question, else the whole pack."""
    asked = [one for _, reading in scene.library.customer_readings[-1:] for one in reading.clauses]
    clauses = [*scene.sentence(clause), *asked]
    named = {index for one in clauses for mention in one.mentions for index in mention.matches}
    return tuple(sorted(named)) if len(named) > 1 else tuple(range(len(scene.library.pack.vehicles)))


def _holds(scene: Scene, measure: _Measure, said: int, others: tuple[int, ...]) -> bool | None:
    vehicles = scene.library.pack.vehicles
    own = value_of(vehicles[said], measure.field)
    rest = [value_of(vehicles[one], measure.field) for one in others]
    if own is None or None in rest:
        return None
    return all(own < one if measure.lower else own > one for one in rest if one is not None)


def _finding(scene: Scene, index: int, measure: _Measure, match: re.Match[str]) -> Finding | None:
    clause = scene.reading.clauses[index]
    start, end = match.start() + clause.clause.start, match.end() + clause.clause.start
    parties = _parties(scene, clause, index, (start, end))
    holds = _holds(scene, measure, *parties) if parties else None
    if parties is None or holds is None:
        return None
    denied = sum(1 for one in clause.clause.negators if one < start) % 2 == 1
    right = holds != denied
    library = scene.library
    vehicle = library.pack.vehicles[parties[0]]
    view = EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", parties[0])), field=measure.field)
    verdict = Verdict.SUPPORTED if right else Verdict.UNSUPPORTED
    others = " and ".join(f"the {vehicle_title(library, one)}" for one in parties[1])
    reason = f"By the records that {'is' if right else 'is not'} so, compared with {others}."
    named = [one.start for one in clause.mentions if parties[0] in one.matches and one.end <= start]
    return Finding(measure.kind, min([start, *named[-1:]]), end, verdict, reason, view)


def check_comparisons(scene: Scene) -> list[Finding]:
    """Check what a text says of one vehicle of the pack against another."""
    if len(scene.library.pack.vehicles) < _TWO:
        return []
    found = []
    for index, clause in enumerate(scene.reading.clauses):
        if clause.clause.act is not Act.STATES:
            continue
        for measure in _MEASURES:
            found += [_finding(scene, index, measure, match) for match in measure.pattern.finditer(clause.clause.text)]
    return [one for one in found if one]


__all__ = ["check_comparisons", "value_of"]
