"""Which vehicle an agreed hour is for: "the Q5 is Wednesday at 4:45" where staff gave the Q5 another day."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.services.grounding.findings import Finding, Scene, vehicle_title
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceView, Verdict


@dataclass(frozen=True)
class _Meeting:
    """A vehicle of the pack with the day and time told for it, and where they stand."""

    vehicle: int
    days: frozenset[int]
    minutes: frozenset[int]
    start: int
    end: int

    def same(self, other: "_Meeting") -> bool:
        """Tell whether the two are at one time, as far as both tell it."""
        days = not self.days or not other.days or bool(self.days & other.days)
        times = not self.minutes or not other.minutes or bool(self.minutes & other.minutes)
        return days and times


def _meetings(clause: ReadClause) -> Iterator[_Meeting]:
    """Yield each vehicle of a clause with the day and time between it and the next vehicle."""
    cars = [one for one in clause.mentions if len(one.matches) == 1 and not one.customers]
    for place, car in enumerate(cars):
        stop = cars[place + 1].start if place + 1 < len(cars) else clause.clause.end
        days = [one for one in clause.days if car.end <= one.start < stop]
        times = [one for one in clause.times if car.end <= one.start < stop]
        when = [*days, *times]
        if when:
            week = frozenset(day for one in days for day in one.days)
            minutes = frozenset(minute for one in times for minute in one.minutes)
            yield _Meeting(car.matches[0], week, minutes, min(one.start for one in when), max(one.end for one in when))


def _agreed(scene: Scene) -> list[tuple[_Meeting, EvidenceView]]:
    units = [unit for unit in scene.library.units if unit.staff]
    return [(meeting, unit.evidence) for unit in units for meeting in _meetings(unit.clause)]


def check_meetings(scene: Scene) -> list[Finding]:
    """Check the day and hour that a text gives to a vehicle against those that staff gave to it and to the others."""
    agreed = _agreed(scene)
    if len({meeting.vehicle for meeting, _ in agreed}) < 2:
        return []
    stated = [one for one in scene.reading.clauses if one.clause.act is Act.STATES and not one.clause.negators]
    found = []
    for said in (meeting for clause in stated for meeting in _meetings(clause)):
        own = [meeting for meeting, _ in agreed if meeting.vehicle == said.vehicle]
        taker = next(
            ((other, view) for other, view in agreed if other.vehicle != said.vehicle and said.same(other)), None
        )
        if own and taker and not any(said.same(meeting) for meeting in own):
            reason = f"Staff set this time for the {vehicle_title(scene.library, taker[0].vehicle)}."
            found.append(Finding(ClaimKind.APPOINTMENT, said.start, said.end, Verdict.UNSUPPORTED, reason, taker[1]))
    return found


__all__ = ["check_meetings"]
