"""Hours and dates that a policy gives for something of its own: an event, a holiday, a department."""

import re
from datetime import date, timedelta
from itertools import pairwise

from api.services.grounding.dates import DateValue
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Unit
from api.services.grounding.opening import local_today
from api.services.grounding.reading import ReadClause
from models.claims import ClaimKind, EvidenceSource, Verdict

_COMMON = frozenset({"open", "close", "hour", "hours", "day", "time", "come", "visit", "until", "week", "start", "end"})
_THROUGH = re.compile(r"\W*(?:-|to|until|till|through|thru|up to|and including)(?: and including)?\W*(?:the )?")
_BACK = re.compile(r"\b(?:back|re-?open\w*|open again|again)\b")
_REOPENS = re.compile(r"\b(?:we're|we are|be|and) back\b|\bre-?open\w*|\bopen again\b")
_LEAP = 2024
_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _policies(scene: Scene) -> list[Unit]:
    sources = (EvidenceSource.POLICY, EvidenceSource.CANNED_RESPONSE)
    return [unit for unit in scene.library.units if unit.evidence.source in sources]


def _same_event(scene: Scene, clause: ReadClause, unit: Unit) -> bool:
    """Tell whether a policy's sentence gives the hours of what the clause speaks of, by its date or its name."""
    sentence = scene.sentence(clause)
    if any(mine.agrees(theirs) for one in sentence for mine in one.dates for theirs in unit.clause.dates):
        return True
    spoken = frozenset(word for one in sentence for word in one.lemmas)
    return bool(spoken & unit.words - _COMMON)


def own_hours(scene: Scene, clause: ReadClause) -> list[Finding] | None:
    """Compare a clause's times with those of the event or department that it names; None where it names none."""
    units = [unit for unit in _policies(scene) if unit.clause.times and _same_event(scene, clause, unit)]
    if not clause.times or not units:
        return None
    found = []
    for time in clause.times:
        known = next(
            (one for one in units for other in one.clause.times if set(time.minutes) & set(other.minutes)), None
        )
        evidence = (known or units[0]).evidence
        verdict = Verdict.SUPPORTED if known else Verdict.UNSUPPORTED
        reason = "The policy gives these hours." if known else "The policy gives other hours for this."
        found.append(Finding(ClaimKind.TIME_OR_HOURS, time.start, time.end, verdict, reason, evidence))
    return found


def _order(value: DateValue) -> tuple[int, int]:
    return value.month or 0, value.day or 0


def in_period(lower: str, dates: tuple[DateValue, ...], value: DateValue) -> bool:
    """Tell whether a day lies in a period such as "24 December to 1 January" of the lower-cased text `lower`.

    Args:
        lower: The text that the dates were found in.
        dates: Its dates by place.
        value: A day with a month.
    """
    if value.month is None or value.day is None:
        return False
    for first, last in pairwise(dates):
        if not _THROUGH.fullmatch(lower[first.end : last.start]) or None in (*_order(first), *_order(last)):
            continue
        begin, end, day = _order(first), _order(last), _order(value)
        if begin <= day <= end or (begin > end and (day >= begin or day <= end)):
            return True
    return False


def reopens(clause: ReadClause, unit: Unit, value: DateValue) -> bool:
    """Tell whether a clause says that the dealership is back on the day after a policy's closed days."""
    last = unit.clause.dates[-1] if unit.clause.dates else None
    closed = "closed" in unit.clause.clause.text and _BACK.search(clause.clause.text)
    if not closed or last is None or None in (*_parts(last), *_parts(value)):
        return False
    year = last.year or _LEAP
    after = date(year, last.month or 1, last.day or 1) + timedelta(days=1)
    return (after.month, after.day) == (value.month, value.day)


def still_closed(clause: ReadClause, unit: Unit) -> bool:
    """Tell whether a clause says that the dealership is back on a day on which a policy has it closed."""
    denied = len(clause.clause.negators) % 2 == 1
    return "closed" in unit.clause.clause.text and bool(_REOPENS.search(clause.clause.text)) and not denied


_NEAR = re.compile(r"\b(?:this|coming|next|today|tonight|tomorrow)\b")


def is_closed(scene: Scene, day: date) -> Unit | None:
    """Return the policy that has the dealership closed on a day, or None."""
    value = DateValue(0, 1, None, day.month, day.day)
    for unit in _policies(scene):
        text, offset = unit.clause.clause.text, unit.clause.clause.start
        near = any(value.agrees(one) and one.day for one in unit.clause.dates)
        if "closed" in text and (near or in_period(" " * offset + text, unit.clause.dates, value)):
            return unit
    return None


def closed_days(scene: Scene, clause: ReadClause, days: tuple[int, ...]) -> set[int]:
    """Return those weekdays of a clause that a policy has closed on the very day that is meant.

    The day is meant where the sentence gives its date, or says "this Thursday", "tomorrow".
    """
    sentence = scene.sentence(clause)
    dated = {day for one in sentence for value in one.dates if value.day and (day := date_of(scene, value))}
    if not dated and not any(_NEAR.search(one.clause.text) for one in sentence):
        return set()
    today = local_today(scene.library.pack)
    meant = dated or {today + timedelta(days=ahead) for ahead in range(7)}
    return {day.weekday() for day in meant if day.weekday() in days and is_closed(scene, day)}


def open_then(scene: Scene, clause: ReadClause, value: DateValue) -> bool | None:
    """Tell whether the dealership is open on a date, by its hours and its policies; None where nobody can say."""
    hours = (scene.library.pack.dealership or {}).get("hours")
    day = date_of(scene, value) if value.day and value.month and clause.clause.text else None
    if not hours or day is None:
        return None
    return bool(hours.get(_KEYS[day.weekday()])) and is_closed(scene, day) is None


def _parts(value: DateValue) -> tuple[int | None, int | None]:
    return value.month, value.day


def weekday_of(scene: Scene, clause: ReadClause) -> Finding | None:
    """Check "December 5 falls on a Saturday": the calendar knows."""
    if len(clause.dates) != 1 or len(clause.days) != 1 or len(clause.days[0].days) != 1:
        return None
    value, day = clause.dates[0], clause.days[0]
    between = scene.reading.normal.lower[min(value.end, day.end) : max(value.start, day.start)]
    if value.day is None or len(between) > 24:
        return None
    real = date_of(scene, value)
    if real is None:
        return None
    right = real.weekday() == day.days[0]
    verdict = Verdict.SUPPORTED if right else Verdict.UNSUPPORTED
    reason = f"That day is a {_DAY_NAMES[real.weekday()]}."
    start, end = (value.start, day.end) if value.start < day.start else (day.start, value.end)
    return Finding(ClaimKind.DATE, start, end, verdict, reason)


def _next(now: date, day: int) -> date | None:
    """Return the next day of that number, or None where a month within three has none."""
    ahead = (now + timedelta(days=one) for one in range(93))
    return next((one for one in ahead if one.day == day), None)


def date_of(scene: Scene, value: DateValue) -> date | None:
    """Return the day itself, in the year that is said, that a policy says, or that comes next."""
    now = scene.library.pack.now.date()
    if value.month is None and value.year is None and value.day:
        return _next(now, value.day)
    known = [one.year for unit in _policies(scene) for one in unit.clause.dates if one.year and value.agrees(one)]
    year = value.year or (known[0] if known else now.year)
    try:
        day = date(year, value.month or 1, value.day or 1)
        return day.replace(year=year + 1) if not (value.year or known) and day < now else day
    except ValueError:
        return None


__all__ = ["closed_days", "date_of", "in_period", "open_then", "own_hours", "reopens", "still_closed", "weekday_of"]
