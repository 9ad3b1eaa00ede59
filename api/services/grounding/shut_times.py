"""Times at which a text says that the dealership is closed: "at 1 pm we're closed", "closed between 12:30 and 1:30"."""

import re

from api.services.grounding.check_hours import DAY_KEYS, SINCE, UNTIL, opening, pairs_of
from api.services.grounding.dates import DaySpec
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.reading import ReadClause
from api.services.grounding.times import TimeValue
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_SHUT = re.compile(r"\b(?:closed|shut)\b(?! (?:at|by|from|the|our|up)\b)")
_OPEN = re.compile(r"\bopen\w*|\bn't\b|\bnot\b|\bnever\b")
_SO = re.compile(r",?\s*\b(?:we|the \w+)(?:'re| are| is|'ll be| will be) (?:all )?(?:closed|shut)\b")
_BY_DAY = range(6 * 60, 21 * 60)  # what a plain "11:30" means of a shop
Spell = tuple[TimeValue, TimeValue]


def _apart(spell: Spell, ranges: list[tuple[int, int]]) -> bool:
    """Tell whether some reading of a spell, in minutes after midnight, lies between the open ranges of a day."""
    first, last = (tuple(one for one in time.minutes if one in _BY_DAY) or time.minutes for time in spell)
    readings = [(one, end) for one in first for end in last if one <= end]
    return any(
        all(end <= begin or one >= finish for begin, finish in ranges if (one, end) != (finish, finish))
        for one, end in readings
    )


def _finding(spell: Spell, verdict: Verdict, day: int) -> Finding:
    view = EvidenceView(source=EvidenceSource.DEALERSHIP, id="dealership", field=f"hours.{DAY_KEYS[day]}")
    reason = f"The hours on record {'leave that out' if verdict is Verdict.SUPPORTED else 'hold that time'}."
    return Finding(ClaimKind.TIME_OR_HOURS, spell[0].start, spell[1].end, verdict, reason, view)


def told_shut(scene: Scene, clause: ReadClause, days: tuple[DaySpec, ...]) -> list[Finding]:
    """Return a finding for each time of a clause that says closed then.

    Nothing where the clause tells more than that, so that its times may be those of the open hours.
    """
    known, lower = opening(scene.library), scene.reading.normal.lower
    said = sorted({day for spec in days for day in spec.days})
    if known is None or not said or not clause.times or not _SHUT.search(clause.clause.text):
        return []
    pairs, singles = pairs_of(list(clause.times), lower)
    ahead = [lower[max(0, one.start - 16) : one.start] for one in singles]
    if _OPEN.search(clause.clause.text) or any(UNTIL.search(text) or SINCE.search(text) for text in ahead):
        return []
    spells = [*pairs, *((one, one) for one in singles)]
    wrong = [spell for spell in spells if not all(_apart(spell, known[day]) for day in said)]
    plain = [spell for spell in wrong if _SO.match(lower, spell[1].end)]
    if wrong and not plain:
        return []
    return [_finding(one, Verdict.UNSUPPORTED if one in wrong else Verdict.SUPPORTED, said[0]) for one in spells]


__all__ = ["told_shut"]
