"""The calendar days that "tomorrow", "next Friday" or "in two weeks" may mean."""

import re
from datetime import date, timedelta

from api.services.grounding.dates import DateValue

_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_AHEAD = {"today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_PHRASE = re.compile(
    r"\b(?:(?P<near>day after tomorrow|tomorrow|today|tonight)"
    rf"|(?:(?P<next>next|a week from) )?(?P<day>{'|'.join(_WEEKDAYS)})day"
    rf"|in (?P<count>\d{{1,2}}|{'|'.join(_COUNTS)}) (?P<unit>day|week)s?)\b"
)
_WEEK = 7


def _ahead(match: re.Match[str], today: date) -> tuple[int, ...]:
    """Return how many days ahead a phrase may mean; "next Friday" may skip one."""
    if match["near"]:
        return (_AHEAD[match["near"]],)
    if match["count"]:
        count = _COUNTS.get(match["count"]) or int(match["count"])
        return (count * (_WEEK if match["unit"] == "week" else 1),)
    first = (_WEEKDAYS.index(match["day"]) - today.weekday()) % _WEEK
    if match["next"]:
        return (first or _WEEK, first + _WEEK)
    return (first, _WEEK) if first == 0 else (first,)


def days_meant(text: str, today: date) -> tuple[tuple[DateValue, ...], ...]:
    """Return for each relative day of a lower-case text the dates that it may mean.

    Args:
        text: A clause, lower-case.
        today: The day at the dealership.
    """
    phrases = []
    for match in _PHRASE.finditer(text):
        days = [today + timedelta(days=ahead) for ahead in _ahead(match, today)]
        phrases.append(tuple(DateValue(*match.span(), one.year, one.month, one.day) for one in days))
    return tuple(phrases)


__all__ = ["days_meant"]
