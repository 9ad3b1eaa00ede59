"""Claims about calendar dates and appointments; opening hours go to check_hours."""

import re

from api.services.grounding.appointments import RELATIVE, appointment_of
from api.services.grounding.check_hours import OPEN, SINCE, THROUGH, UNTIL, HoursCheck, pairs_of
from api.services.grounding.dates import DateValue, DaySpec, find_days, thanksgiving
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.model_years import model_year_places
from api.services.grounding.opening import local_today, weekday_now
from api.services.grounding.own_hours import (
    closed_days,
    date_of,
    in_period,
    open_then,
    own_hours,
    reopens,
    still_closed,
    weekday_of,
)
from api.services.grounding.reading import ReadClause
from api.services.grounding.relative_days import days_meant
from api.services.grounding.sentences import Act
from api.services.grounding.shut_times import told_shut
from api.services.grounding.talk import claims_nothing
from models.claims import ClaimKind, EvidenceView, Verdict

_NUMBERED = 8  # characters from a weekday to its number: " the ", ", the "
_EVERYWHERE = frozenset({(1, 1), (12, 25)})  # holidays on which the hours of the weekday vouch for nothing
_THAT_DAY = re.compile(r"\b(?:that|the same) (?:same )?(?:day|morning|afternoon|evening)\b")
_COME = re.compile(
    r"\b(?:(?:you (?:can|could|may|might)|you're welcome to|feel free to) (?:\w+ )?(?:visit|come|stop|drop"
    r"|swing|see|view"
    r"|look|try|test|drive|inspect|pick)"
    r"|(?:we're|we are) (?:here|in|there)\b|visit us|(?:can|could|may) be (?:seen|viewed|driven|inspected|picked up"
    r"|test[- ]driven|looked at)|(?:test drives?|viewings?|visits?|appraisals?)(?: (?:is|are)(?: also)?)? (?:possible"
    r"|available|fine|ok|okay|welcome)|(?:works|is (?:fine|good|great|perfect|ok|okay|possible)) for (?:an?|your|the)"
    r" (?:test|visit|viewing|drive|appraisal))"
)
_THERE = re.compile(
    r"\b(?:some(?:one|body)|we|i|our team|staff)(?:'ll| will| can)(?: still| all)? (?:be|stay) (?:here|in"
    r"|around|open)\b"
)
_EVENT = re.compile(
    r"\b(?:arriv\w*|ready|deliver\w*|expir\w*|ends?|ending|due|land\w*|get(?:ting)? in|com(?:e|es|ing) in"
    r"|in transit|sale|promo\w*|special|goes up|last|return\w*|back|finish\w*|done|complete\w*|valid"
    r"|available|ship\w*|start\w*|increase|pick(?:ed)? up|will be|hold\w*|offer)\b"
)


def _as_month(scene: Scene, date: DateValue) -> DateValue:
    """Take "03/26" for a month with its year where the evidence has just that month and no such day."""
    match = re.fullmatch(r"(\d{1,2})/(\d\d)", scene.text(date.start, date.end))
    known = [other for unit in scene.library.units for other in unit.clause.dates]
    if match is None or any(date.agrees(other) for other in known):
        return date
    month = DateValue(date.start, date.end, 2000 + int(match[2]), int(match[1]), None)
    return month if any(month.agrees(other) and other.year for other in known) else date


def _date(scene: Scene, clause: ReadClause, date: DateValue) -> Finding:
    """Check a date, and whether it says open or closed as the policy does."""
    date = _as_month(scene, date)
    for unit in scene.library.units:
        text, offset = unit.clause.clause.text, unit.clause.clause.start
        if reopens(clause, unit, date):
            place = (date.start, date.end)
            return Finding(ClaimKind.DATE, *place, Verdict.SUPPORTED, "The closed days end then.", unit.evidence)
        if not any(date.agrees(other) for other in unit.clause.dates) and not in_period(
            " " * offset + text, unit.clause.dates, date
        ):
            continue
        if still_closed(clause, unit):
            place = (date.start, date.end)
            return Finding(ClaimKind.DATE, *place, Verdict.UNSUPPORTED, "The policy says closed then.", unit.evidence)
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
        f"No record, policy or message of your team names {scene.text(date.start, date.end)}.",
        other,
    )


_NOT_OPEN = re.compile(r"\b(?:closed|not open|aren't open|isn't open|shut|won't be open|don't open|off)\b")
_SERVES = re.compile(
    r"\b(?:we(?:'re| are| will be|'ll be)|(?:store|showroom|dealership|office|shop) (?:is|will be)|hours are"
    r"|regular hours|usual hours|normal hours)\b"
)


def _opens_by_policy(scene: Scene, value: DateValue) -> bool:
    """Tell whether a sentence of the dealership or of staff speaks of its hours on that very day."""
    dated = (one.clause for one in scene.library.units if any(value.agrees(day) for day in one.clause.dates))
    return any(OPEN.search(one.clause.text) or one.times for one in dated)


def _about(clause: ReadClause, value: DateValue) -> str:
    """Return what a clause of several dates says of one: the words up to the next date, where they tell the hours."""
    text, offset = clause.clause.text, clause.clause.start
    later = [one.start - offset for one in clause.dates if one.start > value.start]
    own = text[value.start - offset : min(later, default=len(text))]
    return own if len(clause.dates) > 1 and OPEN.search(own) else text


def _holiday(scene: Scene, value: DateValue) -> bool:
    """Tell whether a date is a holiday on which shops close by custom, Thanksgiving in the United States among them."""
    country = ((scene.library.pack.dealership or {}).get("address") or {}).get("country")
    fourth = thanksgiving(value.year or local_today(scene.library.pack).year)
    day = (value.month, value.day)
    return day in _EVERYWHERE or (country == "US" and day == (11, fourth))


def _opened(scene: Scene, clause: ReadClause, value: DateValue) -> Finding | None:
    """Check a date that is only said to be an open or a closed one, or only to fall on a weekday; else None."""
    text = _about(clause, value)
    named = weekday_of(scene, clause)
    if named and named.verdict is Verdict.SUPPORTED and re.search(r"\b(?:is|falls on|will be) (?:on )?a\b", text):
        return named
    then = open_then(scene, clause, value) if OPEN.search(text) and _SERVES.search(text) else None
    if then is None or (named and named.verdict is not Verdict.SUPPORTED):
        return None
    shut = bool(_NOT_OPEN.search(text))
    if then and not shut and _holiday(scene, value) and not _opens_by_policy(scene, value):
        reason = "Nothing in the evidence says that the dealership is open on that holiday."
        return Finding(ClaimKind.DATE, value.start, value.end, Verdict.UNSUPPORTED, reason)
    reason = f"By the hours and the policies the dealership is {'open' if then else 'closed'} on that day."
    verdict = Verdict.SUPPORTED if then != shut else Verdict.UNSUPPORTED
    return Finding(ClaimKind.DATE, value.start, value.end, verdict, reason)


def _meant(scene: Scene, clause: ReadClause) -> EvidenceView | None:
    """Return the sentence that names the date which "next Friday" comes to, of what the clause speaks of."""
    meant = days_meant(clause.clause.text, local_today(scene.library.pack))
    days = [day for days in meant[:1] for day in days]
    spoken = frozenset(word for one in scene.sentence(clause) for word in one.lemmas)
    dated = (unit for unit in scene.library.units if any(day.agrees(one) for day in days for one in unit.clause.dates))
    return next((unit.evidence for unit in dated if unit.staff or unit.words & spoken), None)


def _relative(scene: Scene, clause: ReadClause) -> Finding | None:
    """Check "next week" and a plain weekday where something is said to happen then."""
    match = RELATIVE.search(clause.clause.text)
    spans = [(day.start, day.end) for day in clause.days] or (
        [(match.start() + clause.clause.start, match.end() + clause.clause.start)] if match else []
    )
    dated = any(one.dates for one in scene.sentence(clause))
    if not spans or dated or not _EVENT.search(clause.clause.text):
        return None
    start, end = spans[0]
    said = scene.reading.normal.lower[start:end].rstrip(".")
    evidence = next((unit.evidence for unit in scene.library.units if said in unit.clause.clause.text), None)
    evidence = evidence or _meant(scene, clause)
    if evidence:
        return Finding(ClaimKind.DATE, start, end, Verdict.SUPPORTED, "The evidence says so.", evidence)
    return Finding(
        ClaimKind.DATE, start, end, Verdict.UNSUPPORTED, f"No record, policy or message of your team says {said}."
    )


def _today(scene: Scene, clause: ReadClause) -> tuple[DaySpec, ...]:
    match = re.search(r"\b(today|tonight|tomorrow)\b", clause.clause.text)
    if not match:
        return ()
    day = weekday_now(scene.library.pack, 1 if match[1] == "tomorrow" else 0)
    offset = clause.clause.start
    return (DaySpec(match.start() + offset, match.end() + offset, (day,)),)


def _all_days(scene: Scene, clause: ReadClause) -> tuple[DaySpec, ...]:
    """Return the weekdays that a clause names, with the one that "tonight" means where each has its own times."""
    today = _today(scene, clause) if clause.days and len(clause.times) > 1 else ()
    return tuple(sorted((*clause.days, *today), key=lambda one: one.start))


def _days_before(scene: Scene, clause: ReadClause) -> tuple[DaySpec, ...]:
    """Return the days that an earlier clause of the sentence named."""
    earlier = [one.days for one in scene.sentence(clause) if one.days and one.clause.start < clause.clause.start]
    if not earlier or not clause.times:
        return ()
    return tuple(DaySpec(clause.clause.start, clause.clause.start + 1, one.days) for one in earlier[-1][-1:])


def _that_day(scene: Scene, clause: ReadClause) -> tuple[DaySpec, ...]:
    """Return the days that the text named last, where the clause says "that day"."""
    if not _THAT_DAY.search(clause.clause.text):
        return ()
    earlier = [one.days for one in scene.reading.clauses if one.days and one.clause.start < clause.clause.start]
    start = clause.clause.start
    return (DaySpec(start, start + 1, earlier[-1][-1].days),) if earlier else ()


def _days_asked(scene: Scene, clause: ReadClause) -> tuple[DaySpec, ...]:
    """Return the days that the customer asked about, where the clause gives only times: of several, those just told."""
    question = scene.library.question
    named = {day for spec in find_days(question) for day in spec.days}
    match = re.search(r"\b(today|tonight|tomorrow)\b", question)
    if match:
        named.add(weekday_now(scene.library.pack, 1 if match[1] == "tomorrow" else 0))
    told = [spec.days for one in scene.reading.clauses for spec in one.days if one.clause.start < clause.clause.start]
    named = (named & set(told[-1]) if told else named) or named
    start = clause.clause.start
    return (DaySpec(start, start + 1, tuple(sorted(named))),) if named and clause.times else ()


def _days_meant(scene: Scene, clause: ReadClause) -> tuple[DaySpec, ...]:
    """Return the days that a clause without a weekday speaks of, the nearest hint first."""
    finders = (_that_day, _today, _days_before, _days_asked)
    return next((days for find in finders if (days := find(scene, clause))), ())


def _hours_talk(scene: Scene, clause: ReadClause) -> bool:
    sentence = " ".join(one.clause.text for one in scene.sentence(clause))
    if (clause.days and _COME.search(clause.clause.text)) or (clause.times and _THERE.search(clause.clause.text)):
        return True
    if clause.times and any(len(spec.days) > 1 for spec in clause.days) and not clause.quantities:
        return True
    if OPEN.search(sentence) or THROUGH.search(clause.clause.text):
        return True
    pairs, singles = pairs_of(list(clause.times), scene.reading.normal.lower)
    lower = scene.reading.normal.lower
    ends = any(
        UNTIL.search(lower[max(0, time.start - 16) : time.start])
        or (clause.days and SINCE.search(lower[max(0, time.start - 16) : time.start]))
        for time in singles
    )
    asked = re.search(r"\b(?:open|hours?|close|late|oeffnungs|öffnungs)", scene.library.question)
    return bool(pairs or ((ends or asked) and clause.times)) or bool(asked and clause.days)


def _only_numbered(scene: Scene, clause: ReadClause, value: DateValue) -> bool:
    """Tell whether "Saturday the 28th" only numbers, and rightly, a weekday whose hours are told."""
    day = date_of(scene, value) if value.month is None and value.year is None else None
    named = [one for one in clause.days if 0 <= value.start - one.end < _NUMBERED and len(one.days) == 1]
    if day is None or not named or named[-1].days[0] != day.weekday() or _EVENT.search(clause.clause.text):
        return False
    return _hours_talk(scene, clause) and not closed_days(scene, clause, named[-1].days)


def check_calendar(scene: Scene) -> list[Finding]:
    """Check appointments, dates and opening hours."""
    found: list[Finding] = []
    for clause in scene.reading.clauses:
        if clause.clause.act is not Act.STATES:
            continue
        appointment = appointment_of(scene, clause)
        if appointment:
            found.append(appointment)
            continue
        years = model_year_places(scene, clause)
        calendar, own = weekday_of(scene, clause), own_hours(scene, clause)
        idle = claims_nothing(clause.clause.text)
        dates = [one for one in clause.dates if (one.start, one.end) not in years and (one.day or not idle)]
        dates = [one for one in dates if not _only_numbered(scene, clause, one)]
        found += [_opened(scene, clause, date) or _date(scene, clause, date) for date in dates]
        found += [calendar] if calendar else []
        if own is not None:
            found += own
        elif _hours_talk(scene, clause):
            days = _all_days(scene, clause) or _days_meant(scene, clause)
            days = days if not clause.dates else clause.days
            found += told_shut(scene, clause, days) or HoursCheck(scene, clause, days).findings()
        else:
            relative = _relative(scene, clause)
            found += [relative] if relative else []
    return found


__all__ = ["check_calendar"]
