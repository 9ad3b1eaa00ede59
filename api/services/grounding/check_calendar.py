"""Claims about opening hours, calendar dates and appointments."""

import re
from dataclasses import dataclass
from typing import Any

from api.services.grounding.dates import DateValue, DaySpec, TimeValue
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Library, Unit
from api.services.grounding.opening import minutes_of, weekday_now
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BOOKING = re.compile(
    r"\b(?:(?:you(?:'re| are|'ve| have been)|i(?:'ve| have)|we(?:'ve| have)|is|are|got you|it's"
    r"|that's|have you|put you|booked|pencil(?:l?ed)?) (?:\w+ ){0,3}?(?:booked|scheduled|confirmed"
    r"|reserved|set|down|penciled|pencilled|locked|slotted|signed|on the (?:schedule|calendar|books)"
    r"|in)\b|see (?:you|u|ya)\b(?! (?:then|there|soon|around|later|at the (?:dealership|lot|store)))"
    r"|(?:your|an?|the) (?:\w+ ){0,2}(?:appointment|appt|slot|booking|reservation|visit)\b"
    r"|appointment (?:is|was|has)|(?:expect(?:ing)?|wait(?:ing)? for|meet(?:ing)?|ready for) you\b"
    r"|booked\b|all set\b|you(?:'re| are) (?:coming|on|good to go)|confirmed for|scheduled for"
    r"|reserved for|(?:set|put) you (?:up|down|in)"
    r"|looking forward to (?:seeing|meeting|having|welcoming) you|we(?:'ll| will) (?:see|have|expect"
    r"|meet|greet) you|i(?:'ll| will) (?:see|have|expect|meet|greet) you)"
)
_OPEN = re.compile(r"\b(?:open(?!ing (?:bid|offer))\w*|close[sd]?|closing|hours|shut|lunch)\b")
_CLOSED = re.compile(r"\b(?:closed|not open|aren't open|isn't open|shut|won't be open|don't open|no (?:\w+ )?hours)\b")
_THROUGH = re.compile(
    r"\b(?:straight through|all day(?: long)?|non-?stop|without (?:a )?(?:break|lunch|interruption"
    r"|closing)|no (?:lunch )?break|through lunch|over lunch|during lunch|at lunch(?:time)?|don't close"
    r" for lunch|24/7|24 hours|around the clock)\b"
)
_UNTIL = re.compile(r"\b(?:until|till|til|to|close[sd]?(?: at)?|closing(?: at)?|by|before)\s*$|-\s*$")
_SINCE = re.compile(r"\b(?:from|open(?:s|ing)?(?: up)?(?: at)?|starting(?: at)?|after|since|as early as)\s*(?:at\s*)?$")
_VISIT = re.compile(r"\b(?:come|visit|stop by|drop by|swing by|within|works?|in time|available|here)\b")
_RELATIVE = re.compile(
    r"\b(?:tomorrow(?: (?:morning|afternoon|evening|night))?|tonight|this (?:afternoon|evening|morning)"
    r"|(?:next|this|early next|later this|by the end of (?:the|this|next)) (?:week(?:end)?|month|year)"
    r"|(?:this|next|by|coming) (?:mon|tues|wednes|thurs|fri|satur|sun)day|day after tomorrow|in (?:a|two"
    r"|three|a few|a couple of|\d+) (?:days?|weeks?|months?))\b"
)
_EVENT = re.compile(
    r"\b(?:arriv\w*|ready|deliver\w*|expir\w*|ends?|ending|due|land\w*|get(?:ting)? in|com(?:e|es|ing) in"
    r"|in transit|sale|promo\w*|special|goes up|last|return\w*|back|finish\w*|done|complete\w*|valid"
    r"|available|ship\w*|start\w*|increase|pick(?:ed)? up|will be|hold\w*|offer)\b"
)


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


def hours_text(ranges: list[tuple[int, int]]) -> str:
    """Return a day's hours in words: "09:00 to 12:30 and 13:30 to 18:00"."""
    return " and ".join(f"{_clock(begin)} to {_clock(end)}" for begin, end in ranges) or "closed"


def _pairs(times: list[TimeValue], lower: str) -> tuple[list[tuple[TimeValue, TimeValue]], list[TimeValue]]:
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
        self.open = opening(scene.library)
        self.lower = scene.reading.normal.lower

    def findings(self) -> list[Finding]:
        """Return a finding for each day group, range and time."""
        closed = bool(_CLOSED.search(self.clause.clause.text))
        found: list[Finding] = []
        for group in self._groups():
            found += self._group(group, closed)
        through = _THROUGH.search(self.clause.clause.text)
        if through and self.open:
            found.append(self._straight(through, self._groups()))
        return found

    def _groups(self) -> list[_Group]:
        times = list(self.clause.times)
        if not self.days:
            pairs, singles = _pairs(times, self.lower)
            start, end = self.clause.clause.start, self.clause.clause.end
            return [_Group((), start, end, tuple(pairs), tuple(singles))] if times else []
        groups = []
        leading = bool(times) and times[0].start < self.days[0].start
        for position, spec in enumerate(self.days):
            low = (self.days[position - 1].end if position else 0) if leading else spec.start
            high = spec.start if leading else self.days[position + 1].start if position + 1 < len(self.days) else 10**9
            if leading and position == len(self.days) - 1:
                high = 10**9
            pairs, singles = _pairs([time for time in times if low <= time.start < high], self.lower)
            days = spec.days
            if (
                not (pairs or singles)
                and groups
                and re.fullmatch(r"\W*(?:and|or|&|,)?\W*", self.lower[groups[-1].end : spec.start])
            ):
                pairs, singles = list(groups[-1].ranges), list(groups[-1].singles)
            groups.append(_Group(days, spec.start, spec.end, tuple(pairs), tuple(singles)))
        return self._shared(groups)

    @staticmethod
    def _shared(groups: list[_Group]) -> list[_Group]:
        """Let "Saturday and Sunday from 9 to 5" give its times to both days."""
        shared: list[_Group] = []
        for group in reversed(groups):
            later = shared[0] if shared else None
            if later and not group.ranges and not group.singles and (later.ranges or later.singles):
                group = _Group(group.days, group.start, group.end, later.ranges, later.singles)
            shared.insert(0, group)
        return shared

    def _group(self, group: _Group, closed: bool) -> list[Finding]:
        if self.open is None:
            return (
                [
                    self._finding(
                        group.start, group.end, Verdict.UNSUPPORTED, "No opening hours are on record.", group.days
                    )
                ]
                if group.days or group.ranges
                else []
            )
        text = self.lower[max(self.clause.clause.start, group.start - 26) : group.start]
        shut = closed and (not group.ranges or bool(_CLOSED.search(text)))
        if shut and group.days:
            wrong = [day for day in group.days if self.open[day]]
            return [self._day_finding(group, wrong, shut=True)]
        days = group.days or tuple(day for day in range(7) if self.open[day])
        shut_days = [day for day in group.days if not self.open[day]]
        if shut_days:
            return [self._day_finding(group, shut_days, shut=False)]
        found = [self._range(pair, days) for pair in group.ranges] + [
            self._single(time, days) for time in group.singles
        ]
        return found or ([self._day_finding(group, [], shut=False)] if group.days else [])

    def _finding(self, start: int, end: int, verdict: Verdict, reason: str, days: tuple[int, ...]) -> Finding:
        field = f"hours.{DAY_KEYS[days[0]]}" if days else "hours"
        return Finding(
            ClaimKind.TIME_OR_HOURS, start, end, verdict, reason, _hours_view(field) if self.open is not None else None
        )

    def _day_finding(self, group: _Group, wrong: list[int], shut: bool) -> Finding:
        word = _OPEN.search(self.lower, self.clause.clause.start, self.clause.clause.end)
        start = min(group.start, word.start()) if word and word.end() <= group.start + 1 else group.start
        end = max(
            [group.end, *(time.end for pair in group.ranges for time in pair), *(time.end for time in group.singles)]
        )
        if wrong and self.open is not None:
            name, real = _DAY_NAMES[wrong[0]], hours_text(self.open[wrong[0]])
            return self._finding(
                start, end, Verdict.UNSUPPORTED, f"The hours on {name} are not so; the record says {real}.", (wrong[0],)
            )
        stated = "closed" if shut else "open"
        return self._finding(start, end, Verdict.SUPPORTED, f"The dealership is {stated} then.", group.days)

    def _range(self, pair: tuple[TimeValue, TimeValue], days: tuple[int, ...]) -> Finding:
        assert self.open is not None
        first, last = pair
        for day in days:
            fits = any(begin in first.minutes and end in last.minutes for begin, end in self.open[day])
            if not fits:
                starts = any(begin in first.minutes for begin, _ in self.open[day])
                start = last.start if starts else first.start
                reason = f"The hours on {_DAY_NAMES[day]} are {hours_text(self.open[day])}."
                return self._finding(start, last.end, Verdict.UNSUPPORTED, reason, (day,))
        return self._finding(first.start, last.end, Verdict.SUPPORTED, "The hours are on record.", days)

    def _single(self, time: TimeValue, days: tuple[int, ...]) -> Finding:
        assert self.open is not None
        before = self.lower[max(0, time.start - 16) : time.start]
        for day in days:
            ranges = self.open[day]
            if _UNTIL.search(before):
                fits = any(end in time.minutes for _, end in ranges)
            elif _SINCE.search(before):
                fits = any(begin in time.minutes for begin, _ in ranges)
            else:
                fits = any(begin <= minute <= end for begin, end in ranges for minute in time.minutes)
            if not fits:
                reason = f"The hours on {_DAY_NAMES[day]} are {hours_text(ranges)}."
                return self._finding(time.start, time.end, Verdict.UNSUPPORTED, reason, (day,))
        return self._finding(time.start, time.end, Verdict.SUPPORTED, "The hours are on record.", days)

    def _straight(self, match: re.Match[str], groups: list[_Group]) -> Finding:
        assert self.open is not None
        days = [day for group in groups for day in group.days] or list(range(7))
        broken = [day for day in days if len(self.open[day]) > 1]
        clock = "24" in match.group() or "clock" in match.group()
        verdict = Verdict.UNSUPPORTED if broken or clock else Verdict.SUPPORTED
        reason = (
            f"The hours on {_DAY_NAMES[broken[0]]} are {hours_text(self.open[broken[0]])}."
            if broken
            else "The hours are on record."
        )
        return self._finding(
            match.start() + self.clause.clause.start,
            match.end() + self.clause.clause.start,
            verdict,
            reason,
            tuple(broken or days),
        )


def _staff_appointment(
    library: Library, days: tuple[DaySpec, ...], times: tuple[TimeValue, ...], dates: tuple[DateValue, ...]
) -> EvidenceView | None:
    """Return the newest message of staff that sets the very day and time."""

    def bears(unit: Unit) -> bool:
        near = [other.clause for other in library.units if other.evidence.id == unit.evidence.id and other.staff]
        their_days = {day for clause in near for spec in clause.days for day in spec.days}
        their_times = [time for clause in near for time in clause.times]
        their_dates = [date for clause in near for date in clause.dates]
        return (
            {day for spec in days for day in spec.days} <= their_days
            and all(any(set(time.minutes) & set(other.minutes) for other in their_times) for time in times)
            and all(any(date.agrees(other) for other in their_dates) for date in dates)
        )

    booked = [
        unit for unit in library.units if unit.staff and (unit.clause.days or unit.clause.dates or unit.clause.times)
    ]
    return next((unit.evidence for unit in reversed(booked) if bears(unit)), None)


def _appointment(scene: Scene, clause: ReadClause) -> Finding | None:
    match = _BOOKING.search(clause.clause.text)
    relative = _RELATIVE.search(clause.clause.text)
    when = clause.days or clause.times or clause.dates or relative
    firm = re.search(
        r"\b(?:booked|scheduled|reserved|penciled|pencilled|confirmed|all set|set you|put you)\b", clause.clause.text
    )
    if not match or not (when or (firm and re.search(r"\byou(?:r|'re)?\b", clause.clause.text))):
        return None
    offset = clause.clause.start
    places = [
        match.span(),
        *((one.start - offset, one.end - offset) for one in (*clause.days, *clause.times, *clause.dates)),
    ]
    places += [relative.span()] if relative else []
    start, end = min(place[0] for place in places) + offset, max(place[1] for place in places) + offset
    evidence = None
    if relative and not (clause.days or clause.dates):
        phrase = relative.group()
        evidence = next(
            (unit.evidence for unit in scene.library.units if unit.staff and phrase in unit.clause.clause.text), None
        )
    elif clause.days or clause.times or clause.dates:
        evidence = _staff_appointment(scene.library, clause.days, clause.times, clause.dates)
    else:
        evidence = next(
            (unit.evidence for unit in scene.library.units if unit.staff and _BOOKING.search(unit.clause.clause.text)),
            None,
        )
    if evidence:
        return Finding(
            ClaimKind.APPOINTMENT,
            start,
            end,
            Verdict.SUPPORTED,
            "Staff set this appointment in the conversation.",
            evidence,
        )
    other = next(
        (
            unit.evidence
            for unit in reversed(scene.library.units)
            if unit.staff and _BOOKING.search(unit.clause.clause.text)
        ),
        None,
    )
    reason = (
        "Staff set another appointment in the conversation."
        if other
        else "Nobody of the staff has set this appointment."
    )
    return Finding(ClaimKind.APPOINTMENT, start, end, Verdict.UNSUPPORTED, reason, other)


def _date(scene: Scene, clause: ReadClause, date: DateValue) -> Finding:
    """Check a date, and whether it says open or closed as the policy does."""
    for unit in scene.library.units:
        if not any(date.agrees(other) for other in unit.clause.dates):
            continue
        ours = next((trait for trait in clause.traits if trait.family == "shop state"), None)
        theirs = next((trait for trait in unit.clause.traits if trait.family == "shop state"), None)
        start = date.start
        if ours and theirs and (ours.value == theirs.value) == (ours.denied != theirs.denied):
            start = min(ours.start, date.start)
            return Finding(
                ClaimKind.DATE,
                start,
                max(date.end, ours.end),
                Verdict.UNSUPPORTED,
                f"The policy says {theirs.value} on that day.",
                unit.evidence,
            )
        index = scene.reading.clauses.index(clause)
        subject = scene.finder.at(index, date.start, date.end)
        if unit.subject is None or not subject.indices or set(unit.subject.indices) & set(subject.indices):
            return Finding(
                ClaimKind.DATE, start, date.end, Verdict.SUPPORTED, "The date stands in the evidence.", unit.evidence
            )
    other = next(
        (unit.evidence for unit in scene.library.units if unit.clause.dates and unit.words & clause.lemmas), None
    )
    return Finding(
        ClaimKind.DATE,
        date.start,
        date.end,
        Verdict.UNSUPPORTED,
        f"Nothing in the evidence says {scene.text(date.start, date.end)}.",
        other,
    )


def _relative(scene: Scene, clause: ReadClause) -> Finding | None:
    """Check "next week" and a plain weekday where something is said to happen then."""
    match = _RELATIVE.search(clause.clause.text)
    spans = [(day.start, day.end) for day in clause.days] or (
        [(match.start() + clause.clause.start, match.end() + clause.clause.start)] if match else []
    )
    if not spans or not _EVENT.search(clause.clause.text):
        return None
    start, end = spans[0]
    said = scene.reading.normal.lower[start:end]
    evidence = next((unit.evidence for unit in scene.library.units if said in unit.clause.clause.text), None)
    if evidence:
        return Finding(ClaimKind.DATE, start, end, Verdict.SUPPORTED, "The evidence says so.", evidence)
    return Finding(ClaimKind.DATE, start, end, Verdict.UNSUPPORTED, f"Nothing in the evidence says {said}.")


def _today(scene: Scene, clause: ReadClause) -> tuple[DaySpec, ...]:
    match = re.search(r"\b(today|tonight|tomorrow)\b", clause.clause.text)
    if not match:
        return ()
    day = weekday_now(scene.library.pack, 1 if match[1] == "tomorrow" else 0)
    offset = clause.clause.start
    return (DaySpec(match.start() + offset, match.end() + offset, (day,)),)


def _days_before(scene: Scene, clause: ReadClause) -> tuple[DaySpec, ...]:
    """Return the days that an earlier clause of the sentence named."""
    earlier = [one.days for one in scene.sentence(clause) if one.days and one.clause.start < clause.clause.start]
    if not earlier or not clause.times:
        return ()
    return tuple(DaySpec(clause.clause.start, clause.clause.start + 1, one.days) for one in earlier[-1][-1:])


def _hours_talk(scene: Scene, clause: ReadClause) -> bool:
    sentence = " ".join(one.clause.text for one in scene.sentence(clause))
    if _OPEN.search(sentence) or _THROUGH.search(clause.clause.text):
        return True
    pairs, singles = _pairs(list(clause.times), scene.reading.normal.lower)
    lower = scene.reading.normal.lower
    ends = any(_UNTIL.search(lower[max(0, time.start - 16) : time.start]) for time in singles)
    asked = re.search(r"\b(?:open|hours?|close|late|oeffnungs|öffnungs)", scene.library.question)
    return bool(pairs or ((ends or asked) and clause.times)) or bool(asked and clause.days)


def check_calendar(scene: Scene) -> list[Finding]:
    """Check appointments, dates and opening hours."""
    found: list[Finding] = []
    for clause in scene.reading.clauses:
        if clause.clause.act is not Act.STATES:
            continue
        appointment = _appointment(scene, clause)
        if appointment:
            found.append(appointment)
            continue
        found += [_date(scene, clause, date) for date in clause.dates]
        if _hours_talk(scene, clause):
            days = clause.days or _today(scene, clause) or _days_before(scene, clause)
            found += HoursCheck(scene, clause, days if not clause.dates else clause.days).findings()
        else:
            relative = _relative(scene, clause)
            found += [relative] if relative else []
    return found


__all__ = ["DAY_KEYS", "check_calendar", "hours_text", "opening"]
