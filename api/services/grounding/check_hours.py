"""Claims about opening hours, compared day by day with the dealership's."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from api.services.grounding.dates import DaySpec
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Library
from api.services.grounding.opening import minutes_of
from api.services.grounding.own_hours import closed_days
from api.services.grounding.reading import ReadClause
from api.services.grounding.times import TimeValue
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

CLOSED = "closed"
DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPAN = r"(?<!\d )(?<!\d)(?<!\d-)(?<!one )(?<!two )(?<!three )(?<!four )(?<!few )(?<!of )"
OPEN = re.compile(rf"\b(?:open(?!ing (?:bid|offer))\w*|close[sd]?|closing|{_SPAN}hours|shut|lunch|lock(?:s|ed)? up)\b")
_CLOSED = re.compile(
    r"\b(?:closed(?! (?:at|by|from)\b)|not open|aren't open|isn't open|shut(?! (?:at|by|the|our|up)\b)|won't be open"
    r"|don't open|no (?:\w+ )?hours|(?:our |the |a )?day off|day of rest|nobody(?: is|'s)? (?:here|in))\b"
)
_SHUT_NEXT = re.compile(
    r"[\s:,;–—-]*(?:(?:so|and|when|meaning) (?:that )?)?(?:we're |we are |it's )?(?:closed|shut)\b"
    r"(?! (?:on )?(?:mon|tue|wed|thu|fri|sat|sun|weekend|holiday))"
)
THROUGH = re.compile(
    r"\b(?:straight through|all day(?: long)?|non-?stop|without (?:a )?(?:break|lunch|interruption|closing)|24/7"
    r"|no (?:lunch )?break|(?:through|over|during|at) lunch|at lunchtime|don't close for lunch|(?<=open )24 hours"
    r"|24 hours (?:a|per) day|around the clock)\b"
)
UNTIL = re.compile(r"\b(?:until|till|til|to|by|before|(?:close[sd]?|shut|closing|lock(?:s|ed)? up)(?: at)?)\s*$|-\s*$")
SINCE = re.compile(r"\b(?:from|open(?:s|ing)?(?: up)?(?: at)?|starting(?: at)?|since|as early as)\s*(?:at\s*)?$")
_ASKED = re.compile(r"\b(?:open|hours?|close|closing|late|lunch)\b")
_TO_GO = re.compile(r"\b(?:you(?:'ve| have)?(?: got)?|here|we're (?:in|on)) (?:until|till|til)\b")
_SHOP = "open|close|clos|shut|lock|lunch|late|stay|hour|hours|door|showroom|dealership|office|time|short|break|tonight"
SHOP_WORDS = frozenset(_SHOP.split("|")) | {"till", "take"}
_BREAK = re.compile(r"\b(?:lunch\w*|breaks?|pause|siesta|midday|noon|close[sd]?|closing|shut)\b")
_IT_IS = re.compile(r"\b(?:it's|it is|it|that's|that is)\s*$")
_ARRIVE = re.compile(r"\b(?:by|before)\s*$")
_VISIT = re.compile(r"\b(?:come|visit|stop by|drop by|swing by|within|works?|in time|available|here)\b")


@dataclass(frozen=True)
class _Group:
    """Days with the ranges and single times that a text gives for them."""

    days: tuple[int, ...]
    start: int
    end: int
    ranges: tuple[tuple[TimeValue, TimeValue], ...]
    singles: tuple[TimeValue, ...]


def opening(library: Library) -> list[list[tuple[int, int]]] | None:
    """Return for Monday to Sunday the open ranges in minutes after midnight, or None where no hours are known."""
    hours: dict[str, Any] | None = (library.pack.dealership or {}).get("hours")
    if not hours:
        return None
    return [[(minutes_of(begin), minutes_of(end)) for begin, end in hours.get(key) or ()] for key in DAY_KEYS]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def tells_hours(scene: Scene, clause: ReadClause) -> bool:
    """Tell whether a clause only says when the dealership opens or closes: no promise, whatever its verb."""
    asked = bool(_ASKED.search(scene.library.question))
    told = (
        OPEN.search(clause.clause.text)
        or _BREAK.search(clause.clause.text)
        or _TO_GO.search(clause.clause.text)
        or asked
    )
    return bool(clause.times and told) and clause.lemmas <= SHOP_WORDS


def hours_text(ranges: list[tuple[int, int]]) -> str:
    """Return a day's hours in words: "09:00 to 12:30 and 13:30 to 18:00"."""
    return " and ".join(f"{_clock(begin)} to {_clock(end)}" for begin, end in ranges) or CLOSED


def pairs_of(times: list[TimeValue], lower: str) -> tuple[list[tuple[TimeValue, TimeValue]], list[TimeValue]]:
    pairs, singles, index = [], [], 0
    while index < len(times):
        following = times[index + 1] if index + 1 < len(times) else None
        gap = lower[times[index].end : following.start] if following else ""
        between = re.search(r"\b(?:between|from)\s*$", lower[max(0, times[index].start - 9) : times[index].start])
        if following and (
            re.fullmatch(r"\s*(?:-|to|until|till|through|thru|til)\s*", gap) or (between and gap.strip() == "and")
        ):
            pairs.append((times[index], following))
            index += 2
        else:
            singles.append(times[index])
            index += 1
    return pairs, singles


def _hours_view(field: str) -> EvidenceView:
    return EvidenceView(source=EvidenceSource.DEALERSHIP, id="dealership", field=field)


class HoursCheck:
    """Compares the hours that one clause states with the dealership's."""

    def __init__(self, scene: Scene, clause: ReadClause, days: tuple[DaySpec, ...]) -> None:
        """Take the clause and the days that hold in it, its own or those of its sentence."""
        self.scene, self.clause, self.days = scene, clause, days
        self.known = opening(scene.library)
        self.open: list[list[tuple[int, int]]] = self.known or [[] for _ in DAY_KEYS]
        self.lower = scene.reading.normal.lower

    def findings(self) -> list[Finding]:
        """Return a finding for each day group, range and time."""
        clause = self.clause.clause
        closed = bool(
            _CLOSED.search(clause.text) or (not self.clause.times and _SHUT_NEXT.match(self.lower, clause.end))
        )
        found: list[Finding] = []
        for group in self._groups():
            found += self._group(group, closed)
        through = THROUGH.search(self.clause.clause.text)
        if through and self.known and (OPEN.search(self.clause.clause.text) or "hours" not in through.group()):
            found.append(self._straight(through, self._groups()))
        return found

    def _groups(self) -> list[_Group]:
        times = list(self.clause.times)
        if not self.days:
            pairs, singles = pairs_of(times, self.lower)
            start, end = self.clause.clause.start, self.clause.clause.end
            return [_Group((), start, end, tuple(pairs), tuple(singles))] if times else []
        groups: list[_Group] = []
        leading = bool(times) and times[0].start < self.days[0].start
        if leading and len(self.days) == 1 and self._beside(times, self.days[0]):
            pairs, singles = pairs_of(times, self.lower)
            return [_Group(self.days[0].days, self.days[0].start, self.days[0].end, tuple(pairs), tuple(singles))]
        stated = sum(map(len, pairs_of(times, self.lower)))
        if leading and stated > len(self.days) and times[-1].start > self.days[-1].end:
            ahead, leading = [time for time in times if time.start < self.days[0].start], False
            pairs, singles = pairs_of(ahead, self.lower)
            groups.append(_Group((), ahead[0].start, ahead[-1].end, tuple(pairs), tuple(singles)))
        for position, spec in enumerate(self.days):
            low = (self.days[position - 1].end if position else 0) if leading else spec.start
            high = spec.start if leading else self.days[position + 1].start if position + 1 < len(self.days) else 10**9
            if leading and position == len(self.days) - 1:
                high = 10**9
            pairs, singles = pairs_of([time for time in times if low <= time.start < high], self.lower)
            days = spec.days
            if (
                not (pairs or singles)
                and groups
                and re.fullmatch(r"\W*(?:and|or|&|,)?\W*", self.lower[groups[-1].end : spec.start])
            ):
                pairs, singles = list(groups[-1].ranges), list(groups[-1].singles)
            groups.append(_Group(days, spec.start, spec.end, tuple(pairs), tuple(singles)))
        return self._shared(groups)

    def _beside(self, times: list[TimeValue], day: DaySpec) -> bool:
        """Tell whether the day follows the time before it at once, so that the times after it are its too."""
        last = max(time.end for time in times if time.start < day.start)
        return re.fullmatch(r"\s*(?:on )?", self.lower[last : day.start]) is not None

    @staticmethod
    def _shared(groups: list[_Group]) -> list[_Group]:
        """Let "Saturday and Sunday from 9 to 5" give its times to both days."""
        shared: list[_Group] = []
        for group in reversed(groups):
            later = shared[0] if shared else None
            borrows = later and not group.ranges and not group.singles
            shared.insert(0, replace(group, ranges=later.ranges, singles=later.singles) if later and borrows else group)
        return shared

    def _group(self, group: _Group, closed: bool) -> list[Finding]:
        if self.known is None:
            return self._unknown(group)
        passed = [spec.end for spec in self.days if spec.end <= group.start]
        text = self.lower[max(self.clause.clause.start, group.start - 26, *passed) : group.start]
        shut = closed and (not (group.ranges or group.singles) or bool(_CLOSED.search(text)))
        off = closed_days(self.scene, self.clause, group.days)
        if shut and group.days:
            wrong = [day for day in group.days if self.open[day] and day not in off]
            return [self._day_finding(group, wrong, shut=True)]
        days = group.days or tuple(day for day in range(7) if self.open[day])
        shut_days = [day for day in group.days if not self.open[day] or day in off]
        if shut_days:
            return [self._day_finding(group, shut_days, shut=False)]
        found = [self._range(pair, days, bool(group.days)) for pair in group.ranges] + [
            self._single(time, days, bool(group.days)) for time in group.singles
        ]
        return found or ([self._day_finding(group, [], shut=False)] if group.days else [])

    def _unknown(self, group: _Group) -> list[Finding]:
        """Return a red finding on the day and its times where no hours are on record."""
        times = (*(time for pair in group.ranges for time in pair), *group.singles)
        if not (group.days or group.ranges or (times and OPEN.search(self.clause.clause.text))):
            return []
        start, end = min(one.start for one in (group, *times)), max(one.end for one in (group, *times))
        return [self._finding(start, end, Verdict.UNSUPPORTED, "No opening hours are on record.", group.days)]

    def _record(self, day: int) -> str:
        return f"The record says {hours_text(self.open[day])} on {DAY_NAMES[day]}."

    def _finding(self, start: int, end: int, verdict: Verdict, reason: str, days: tuple[int, ...]) -> Finding:
        field = f"hours.{DAY_KEYS[days[0]]}" if days else "hours"
        view = _hours_view(field) if self.known is not None else None
        return Finding(ClaimKind.TIME_OR_HOURS, start, end, verdict, reason, view)

    def _day_finding(self, group: _Group, wrong: list[int], shut: bool) -> Finding:
        word = OPEN.search(self.lower, self.clause.clause.start, self.clause.clause.end)
        start = min(group.start, word.start()) if word and word.end() <= group.start + 1 else group.start
        end = max(
            [group.end, *(time.end for pair in group.ranges for time in pair), *(time.end for time in group.singles)]
        )
        if wrong:
            reason = self._record(wrong[0])
            return self._finding(start, end, Verdict.UNSUPPORTED, reason, (wrong[0],))
        stated = "closed" if shut else "open"
        return self._finding(start, end, Verdict.SUPPORTED, f"The dealership is {stated} then.", group.days)

    def _range(self, pair: tuple[TimeValue, TimeValue], days: tuple[int, ...], said: bool) -> Finding:
        """Check a range on each day that was said; where none was, on most days."""
        first, last = pair
        if self._of_break(first, last, days):
            return self._finding(first.start, last.end, Verdict.SUPPORTED, "The hours on record leave that out.", days)
        wrong = [
            day for day in days if not any(one in first.minutes and end in last.minutes for one, end in self.open[day])
        ]
        if wrong and (said or 2 * len(wrong) > len(days)):
            starts = any(begin in first.minutes for begin, _ in self.open[wrong[0]])
            start = last.start if starts else first.start
            reason = self._record(wrong[0])
            return self._finding(start, last.end, Verdict.UNSUPPORTED, reason, (wrong[0],))
        return self._finding(first.start, last.end, Verdict.SUPPORTED, "The hours are on record.", days)

    def _of_break(self, first: TimeValue, last: TimeValue, days: tuple[int, ...]) -> bool:
        """Tell whether a range is the break between the hours of its days, where the talk is of one."""
        talk = " ".join(one.clause.text for one in self.scene.sentence(self.clause)) + " " + self.scene.library.question
        broken = [day for day in days if len(self.open[day]) > 1]
        if not broken or not _BREAK.search(talk) or (self.days and len(broken) < len(days)):
            return False
        gaps = [{(one[1], other[0]) for one, other in pairwise(self.open[day])} for day in broken]
        return all(any(b in first.minutes and e in last.minutes for b, e in gap) for gap in gaps)

    def _fits(self, time: TimeValue, ranges: list[tuple[int, int]]) -> bool:
        before = self.lower[max(0, time.start - 16) : time.start]
        arriving = _ARRIVE.search(before) and _VISIT.search(self.clause.clause.text)
        if (UNTIL.search(before) and not arriving) or (_IT_IS.search(before) and self._spoke_of_closing()):
            return any(end in time.minutes for _, end in ranges)
        if SINCE.search(before):
            return any(begin in time.minutes for begin, _ in ranges)
        return any(begin <= minute <= end for begin, end in ranges for minute in time.minutes)

    def _spoke_of_closing(self) -> bool:
        """Tell whether the clause before this one gave a closing time: "Till 6 on Fridays. Other days it's 8"."""
        ahead = [one for one in self.scene.reading.clauses if one.clause.start < self.clause.clause.start]
        times = [time for one in ahead[-1:] for time in one.times]
        return any(UNTIL.search(self.lower[max(0, time.start - 16) : time.start]) for time in times)

    def _single(self, time: TimeValue, days: tuple[int, ...], said: bool) -> Finding:
        """Check one time on each day that was said; where none was, on most days."""
        wrong = [day for day in days if not self._fits(time, self.open[day])]
        if wrong and (said or 2 * len(wrong) > len(days)):
            reason = self._record(wrong[0])
            return self._finding(time.start, time.end, Verdict.UNSUPPORTED, reason, (wrong[0],))
        return self._finding(time.start, time.end, Verdict.SUPPORTED, "The hours are on record.", days)

    def _straight(self, match: re.Match[str], groups: list[_Group]) -> Finding:
        days = [day for group in groups for day in group.days] or list(range(7))
        broken = [day for day in days if len(self.open[day]) > 1]
        clock = "24" in match.group() or "clock" in match.group()
        verdict = Verdict.UNSUPPORTED if broken or clock else Verdict.SUPPORTED
        reason = self._record(broken[0]) if broken else "The hours are on record."
        return self._finding(
            match.start() + self.clause.clause.start,
            match.end() + self.clause.clause.start,
            verdict,
            reason,
            tuple(broken or days),
        )


__all__ = [
    "CLOSED",
    "DAY_KEYS",
    "DAY_NAMES",
    "OPEN",
    "SINCE",
    "THROUGH",
    "UNTIL",
    "HoursCheck",
    "hours_text",
    "opening",
    "pairs_of",
]
