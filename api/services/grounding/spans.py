"""Spans of time that follow from the opening hours: "an hour left", "open nine hours a day"."""

import re
from decimal import Decimal

from api.services.grounding.check_hours import opening
from api.services.grounding.findings import Scene
from api.services.grounding.quantities import Dimension, Quantity
from api.services.grounding.reading import ReadClause

_HOURS_TALK = re.compile(
    r"\b(?:left|still|get here|open|clos\w+|before|after|until|remain\w*|to go|to spare|a day|per day)\b"
)
_HOUR = 60


def _times(scene: Scene, clause: ReadClause) -> set[int]:
    """Return the times of day, in minutes, of the sentence and of what it answers."""
    clauses = [
        *scene.sentence(clause),
        *(one for _, reading in scene.library.customer_readings[-1:] for one in reading.clauses),
    ]
    return {minute for one in clauses for time in one.times for minute in time.minutes}


def follows_from_hours(scene: Scene, clause: ReadClause, quantity: Quantity) -> bool:
    """Tell whether a span is that of an opening day, or that between one of its ends and a time that was said."""
    days = opening(scene.library)
    if quantity.dimension is not Dimension.HOURS or days is None or not _HOURS_TALK.search(clause.clause.text):
        return False
    ranges = {one for day in days for one in day}
    said = _times(scene, clause)
    spans = {end - begin for begin, end in ranges}
    spans |= {abs(bound - time) for one in ranges for bound in one for time in said}
    return Decimal(quantity.value * _HOUR) in spans


__all__ = ["follows_from_hours"]
