"""Claims that an appointment is set, moved or called off: only staff's own messages bear them out."""

import re

from api.services.grounding.dates import DateValue, DaySpec
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Library, Unit
from api.services.grounding.opening import local_today
from api.services.grounding.reading import ReadClause
from api.services.grounding.relative_days import days_meant
from api.services.grounding.times import TimeValue
from models.claims import ClaimKind, EvidenceView, Verdict

_BOOKING = re.compile(
    r"\b(?:(?:is|are|it's|that's) (?:\w+ ){0,2}?(?:booked|scheduled|confirmed|reserved|locked in"
    r"|pencil+ed)\b|(?:you(?:'re| are|'ve| have been)|i(?:'ve| have)|we(?:'ve| have)|got you"
    r"|have you|put you|booked|pencil(?:l?ed)?) (?:\w+ ){0,3}?(?:booked|scheduled|confirmed"
    r"|reserved|set|down|penciled|pencilled|locked|slotted|signed|on the (?:schedule|calendar|books)"
    r"|in(?! (?:touch|contact)\b))\b|see (?:you|u|ya)\b(?! (?:then|there|soon|around|later|by appointment|any"
    r"|at the (?:dealership"
    r"|lot|store)))"
    r"|(?<!without )(?:your|an?|the) (?:\w+ ){0,2}(?:appointment|appt|slot|booking|reservation|visit)\b"
    r"|(?:appointment|appt|viewing|visit|test drive|slot|booking)s?,? (?:confirmed|booked|set|scheduled|reserved)\b"
    r"|appointment (?:is|was|has)|(?:expect(?:ing)?|wait(?:ing)? for|meet(?:ing)?|ready for) you\b"
    r"|booked\b|all set\b|you(?:'re| are) (?:coming|on|good to go)|confirmed for|scheduled for"
    r"|reserved for|(?:set|put) you (?:up|down|in(?! (?:touch|contact)\b))"
    r"|\byou(?:'re| are|'ve been) (?:\w+ ){0,2}?(?:noted|marked|listed|registered|entered|expected|logged)\b"
    r"|\bhave (?:it|one|the [\w ]{1,24}?|your [\w ]{1,24}?) (?:\w+ )?(?:ready|out|outside|waiting|warmed|parked|prepped"
    r"|cleaned|charged|up|set up|in front)\b[^.;]{0,24}\bfor you\b"
    r"|\bit(?:'s| is)(?: a date)?(?: then)?\W*$|\bit's a date\b"
    r"|looking forward to (?:seeing|meeting|having|welcoming) you|we(?:'ll| will) (?:see|have|expect"
    r"|meet|greet) you|i(?:'ll| will) (?:see|have|expect|meet|greet) you)"
)
RELATIVE = re.compile(
    r"\b(?:tomorrow(?: (?:morning|afternoon|evening|night))?|tonight|this (?:afternoon|evening|morning)"
    r"|(?:next|this|early next|later this|by the end of (?:the|this|next)) (?:week(?:end)?|month|year)"
    r"|(?:this|next|by|coming) (?:mon|tues|wednes|thurs|fri|satur|sun)day|day after tomorrow|in (?:a|two"
    r"|three|a few|a couple of|\d+) (?:days?|weeks?|months?))\b"
)
_TODAY = re.compile(r"\btoday\b")
_OFF = re.compile(
    r"\b(?:cancel\w*|called off|call off|postponed?|rescheduled|pushed (?:back|to)|brought forward|moved|shifted"
    r"|no longer (?:on|booked|set|happening))\b"
)
_MAYBE = re.compile(r"\b(?:if|should|can|could|may|might|would|to)\b[^.;]{0,40}$")
_MEETING = re.compile(
    r"\b(?:appointments?|appt|viewings?|visits?|test drives?|slots?|bookings?|reservations?|meetings?|times?)\b"
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


def _on_day_meant(scene: Scene, clause: ReadClause) -> EvidenceView | None:
    """Return the message of staff that sets the day that "tomorrow" or "next Friday" means, at the clause's time."""
    meant = days_meant(clause.clause.text, local_today(scene.library.pack))
    found = (_staff_appointment(scene.library, (), clause.times, (day,)) for days in meant[:1] for day in days)
    return next((one for one in found if one), None)


def _booked(scene: Scene, clause: ReadClause) -> Finding | None:
    match = _BOOKING.search(clause.clause.text)
    relative = RELATIVE.search(clause.clause.text) or _TODAY.search(clause.clause.text)
    when = clause.days or clause.times or clause.dates or relative
    firm = re.search(
        r"\b(?:booked|scheduled|reserved|penciled|pencilled|confirmed|all set|set you|put you)\b", clause.clause.text
    )
    if (
        not match
        or len(clause.clause.negators) % 2
        or not (when or (firm and re.search(r"\byou(?:r|'re)?\b", clause.clause.text)))
    ):
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
        ) or _on_day_meant(scene, clause)
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


def _called_off(scene: Scene, clause: ReadClause) -> Finding | None:
    """Check "your appointment has been cancelled" against what staff wrote."""
    match = _OFF.search(clause.clause.text)
    if match is None or not _MEETING.search(clause.clause.text) or len(clause.clause.negators) % 2:
        return None
    if re.search(
        r"\b(?:if|should|can|could|may|might|would|need to|want to|to)\b[^.;]{0,40}$",
        clause.clause.text[: match.start()],
    ):
        return None
    start, end = match.start() + clause.clause.start, match.end() + clause.clause.start
    known = next(
        (one.evidence for one in scene.library.units if one.staff and _OFF.search(one.clause.clause.text)), None
    )
    verdict = Verdict.SUPPORTED if known else Verdict.UNSUPPORTED
    reason = "Staff changed this appointment." if known else "Nobody of the staff has changed this appointment."
    return Finding(ClaimKind.APPOINTMENT, start, end, verdict, reason, known)


_FIXED = re.compile(
    rf"^\W*(?:(?:and|so|then|yes|ok|okay|perfect|great)\W+)*(?:your|the|our|a) (?:\w+ ){{0,3}}{_MEETING.pattern}"
    rf"(?: (?:of|for|with|to see) [^.;:]{{1,40}}?)?(?::| (?:is|was|will be|stays|remains|takes place|starts|begins)\b)"
    rf"|^\W*{_MEETING.pattern}(?: (?:of|for) [^.;:]{{1,30}}?)?$"
)
_OPEN_TO = re.compile(
    r"\b(?:can|could|may|might|would|should|if|or|whenever|any|which|usually|take|takes|last|lasts|free|available)\b"
)


def _fixed(scene: Scene, clause: ReadClause) -> Finding | None:
    """Check "your viewing is on Thursday at 2:30", "Test drive: Saturday, 11 am": a meeting told with its hour."""
    sentence = scene.sentence(clause)
    text = " ".join(one.clause.text for one in sentence if one.clause.start <= clause.clause.start)
    named = _FIXED.search(clause.clause.text) or (len(sentence) > 1 and _FIXED.search(sentence[0].clause.text))
    when = (*clause.times, *clause.days, *clause.dates)
    if not named or not clause.times or _OPEN_TO.search(text) or len(clause.clause.negators) % 2:
        return None
    begin = clause.clause.start if _FIXED.search(clause.clause.text) else clause.clause.end
    return _told(scene, min(begin, *(one.start for one in when)), max(one.end for one in when), clause)


def _told(scene: Scene, start: int, end: int, clause: ReadClause) -> Finding:
    evidence = _staff_appointment(scene.library, clause.days, clause.times, clause.dates)
    verdict = Verdict.SUPPORTED if evidence else Verdict.UNSUPPORTED
    reason = "Staff set this appointment." if evidence else "Nobody of the staff has set this appointment."
    return Finding(ClaimKind.APPOINTMENT, start, end, verdict, reason, evidence)


_NONE_SET = re.compile(
    r"\b(?:i|we) (?:don't|do not|can't|cannot)(?: \w+ly)? (?:see|find|have)(?: \w+)? (?:an?|any|your"
    r"|the) (?:\w+ ){0,2}?"
    rf"{_MEETING.pattern}"
)


def _none_set(scene: Scene, clause: ReadClause) -> Finding | None:
    """Check "I don't see an appointment under your name": red where staff set one."""
    match = _NONE_SET.search(clause.clause.text)
    if match is None:
        return None
    booked = (one.evidence for one in scene.library.units if one.staff and _BOOKING.search(one.clause.clause.text))
    known = next(booked, None)
    verdict = Verdict.UNSUPPORTED if known else Verdict.SUPPORTED
    reason = "Staff did set an appointment." if known else "Nobody of the staff has set an appointment."
    return Finding(ClaimKind.APPOINTMENT, clause.clause.start, clause.clause.end, verdict, reason, known)


def appointment_of(scene: Scene, clause: ReadClause) -> Finding | None:
    """Return the finding on the appointment that a clause sets or calls off, or None."""
    return _none_set(scene, clause) or _called_off(scene, clause) or _booked(scene, clause) or _fixed(scene, clause)


__all__ = ["RELATIVE", "appointment_of"]
