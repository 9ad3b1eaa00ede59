"""Spans of time that follow from the opening hours: "an hour left", "open nine hours a day"."""

import re
from decimal import Decimal
from itertools import pairwise

from api.services.grounding.check_hours import opening, pairs_of
from api.services.grounding.findings import Scene
from api.services.grounding.quantities import Dimension, Quantity
from api.services.grounding.reading import ReadClause

_HOURS_TALK = re.compile(
    r"\b(?:left|still|get here|open|clos\w+|before|after|until|remain\w*|to go|to spare|a day|per day|lunch|break"
    r"|a week|per week|each week|later|earlier|sooner|(?:gives?|leaves?) you|enough time)\b"
)
_ASKED = re.compile(r"\b(?:how long|how many hours|how many days)\b.*\bopen\b|\bopen\b.*\bhow (?:long|many)\b")
_A_WEEK = re.compile(r"\b(?:a|per|each|every) week\b|\bopen\b")
_BREAK = re.compile(r"\b(?:lunch|break|pause|siesta|midday|noon)\b")
_HOUR = 60
_DAY = 24


def _times(scene: Scene, clause: ReadClause) -> set[int]:
    """Return the times of day, in minutes, of the sentence and of what it answers."""
    clauses = [
        *scene.sentence(clause),
        *(one for _, reading in scene.library.customer_readings[-1:] for one in reading.clauses),
    ]
    return {minute for one in clauses for time in one.times for minute in time.minutes}


def _between(scene: Scene, clause: ReadClause) -> set[int]:
    """Return how far the times of each stated range lie apart, in minutes: 360 of "11 to 5"."""
    times = sorted((time for one in scene.sentence(clause) for time in one.times), key=lambda time: time.start)
    pairs, _ = pairs_of(times, scene.reading.normal.lower)
    return {(end - begin) % (12 * _HOUR) for first, last in pairs for begin in first.minutes for end in last.minutes}


def _of_week(days: list[list[tuple[int, int]]], clause: ReadClause, quantity: Quantity) -> bool:
    """Tell whether a span is the hours of a whole week or of a whole day, or the number of days that are open."""
    long = [sum(end - begin for begin, end in day) for day in days if day]
    if quantity.unit == "day":
        return quantity.value == _DAY * len(long) and bool(_A_WEEK.search(clause.clause.text))
    if _BREAK.search(clause.clause.text):
        return any(
            Decimal(quantity.value * _HOUR) == late - early for day in days for (_, early), (late, _) in pairwise(day)
        )
    return Decimal(quantity.value * _HOUR) in {sum(long), *long}


def follows_from_hours(scene: Scene, clause: ReadClause, quantity: Quantity) -> bool:
    """Tell whether a span is that of an opening day, or that between one of its ends and a time that was said."""
    days = opening(scene.library)
    if quantity.dimension is not Dimension.HOURS or days is None:
        return False
    minutes = Decimal(quantity.value * _HOUR)
    if minutes in _between(scene, clause):
        return True
    if not (clause.days or _HOURS_TALK.search(clause.clause.text) or _ASKED.search(scene.library.question)):
        return False
    ranges = {one for day in days for one in day}
    said = _times(scene, clause)
    spans = {end - begin for begin, end in ranges}
    spans |= {abs(bound - time) for one in ranges for bound in one for time in said}
    return minutes in spans or _of_week(days, clause, quantity)


__all__ = ["follows_from_hours"]
