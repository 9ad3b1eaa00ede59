"""Times of day as they are written and said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TIME = re.compile(
    r"(?<![\w$€£.,/:])(?<![a-ln-z]-)(?P<h>[01]?\d|2[0-4])(?:[:.](?P<min>[0-5]\d)"
    r"|h(?P<min2>[0-5]\d)?)?\s*(?P<ap>[ap]\.?\s?m\b\.?|o'?clock|uhr|in the (?:morning|afternoon"
    r"|evening)|at night)?(?![\d%]|,\d|[/]\d|\.\d)"
)
_WORD_TIME = re.compile(
    r"\b(?:(?P<half>half past|quarter past|quarter to)\s+)?(?P<h>one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve)(?:[\s-](?P<min>thirty|fifteen|forty-five))?"
    r"(?:\s*(?P<ap>[ap]\.?\s?m\b\.?|o'?clock|in the (?:morning|afternoon|evening)|at night))?\b"
)
_NAMED_TIME = re.compile(r"\b(noon|midday|midnight)\b")
_HOURS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(1, 13),
        strict=True,
    )
)
_MINUTES = {"thirty": 30, "fifteen": 15, "forty-five": 45}


@dataclass(frozen=True)
class TimeValue:
    """A time of day; `minutes` are the readings in minutes after midnight ("4" may be 4:00 or 16:00)."""

    start: int
    end: int
    minutes: tuple[int, ...]
    plain: bool


def _readings(hour: int, minute: int, half_of_day: str | None) -> tuple[int, ...]:
    if hour > 12 or hour == 0:
        return (hour * 60 + minute,)
    part = (half_of_day or "").replace(".", "").replace(" ", "")
    if part.startswith("p") or "afternoon" in part or "evening" in part or "night" in part:
        return ((hour % 12 + 12) * 60 + minute,)
    if part.startswith("a") or "morning" in part:
        return (hour % 12 * 60 + minute,)
    return (hour % 12 * 60 + minute, (hour % 12 + 12) * 60 + minute)


def find_times(lower: str) -> Iterator[TimeValue]:
    """Yield everything that may be a time of day; `plain` ones are bare numbers that context must confirm."""
    for match in _TIME.finditer(lower):
        minute = int(match["min"] or match["min2"] or 0)
        plain = not (match["min"] or match["ap"] or match["min2"])
        yield TimeValue(match.start(), match.end(), _readings(int(match["h"]), minute, match["ap"]), plain)
    for match in _WORD_TIME.finditer(lower):
        hour, minute = _HOURS[match["h"]], _MINUTES.get(match["min"] or "", 0)
        if match["half"]:
            minute = {"half past": 30, "quarter past": 15, "quarter to": -15}[match["half"]]
        plain = not (match["ap"] or match["half"] or match["min"])
        yield TimeValue(match.start(), match.end(), _readings(hour, minute, match["ap"]), plain)
    for match in _NAMED_TIME.finditer(lower):
        yield TimeValue(*match.span(), (0 if match[1] == "midnight" else 720,), False)


__all__ = ["TimeValue", "find_times"]
