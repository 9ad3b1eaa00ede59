"""Spans of time in words: "a week", "three quarters of an hour", "two and a half years", "one business day"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from api.services.grounding.numbers import SMALL

HOURS_IN = {
    "minute": Decimal(1) / 60,
    "hour": Decimal(1),
    "day": Decimal(24),
    "week": Decimal(168),
    "fortnight": Decimal(336),
}
_SHARES = {
    "half": Decimal("0.5"),
    "quarter": Decimal("0.25"),
    "three quarter": Decimal("0.75"),
    "three-quarter": Decimal("0.75"),
    "third": Decimal(1) / 3,
    "two third": Decimal(2) / 3,
}
_UNIT = r"(?P<u>minute|hour|day|week|fortnight|month|year)"
_SHARE = r"(?P<s>half|(?:three[- ])?quarters?|(?:two )?thirds?)"
_SMALL = "|".join(SMALL)
_KIND = r"(?:full |whole |single |entire |business |working |calendar )?"
_PATTERNS = (
    re.compile(rf"\b(?P<n>\d+|an?|{_SMALL}) and an? {_SHARE}[ -]{_UNIT}s?\b"),
    re.compile(rf"\b(?P<n>\d+|an?|{_SMALL}) {_UNIT}s? and (?:an? )?{_SHARE}\b"),
    re.compile(rf"\b(?:an? |one )?{_SHARE}(?: of)?(?: an?)?[ -]{_UNIT}\b(?!s)"),
    re.compile(rf"\b(?P<n>an?|one|a couple(?: of)?)[\s-]+{_KIND}{_UNIT}s?\b(?!ly)"),
)
_PER = re.compile(r"(?:\d|%|\bhours?|\bdays?|\btimes|\bonce|\btwice|\bmiles|\bkm|\bweeks?|\bdollars|\bbucks)\s+$")
_LASTING = re.compile(
    r"\b(?:for|in|within|takes?|taking|lasts?|lasting|about|around|only|just|every|least|most|to|than|after|before|hold"
    r"|valid|of|under|over|is|was|another|roughly|approximately|usually|typically|normally|or|and|be|reserves?|holds?"
    r"|allow|need|needs|wait|per) (?:only |about |up to |just )?$"
)
_AFTER_DAY = re.compile(
    r"\s*(?:hold|return|exchange|test|trial|notice|ahead|in advance|turnaround|long|max|at (?:most|a))"
)


@dataclass(frozen=True)
class Span:
    """A span of time in words: `amount` of a unit."""

    start: int
    end: int
    amount: Decimal
    unit: str


def _amount(match: re.Match[str]) -> Decimal:
    parts = match.groupdict()
    written = (parts.get("n") or "").split(" of")[0]
    whole = Decimal(0)
    if written:
        whole = Decimal(2) if "couple" in written else Decimal(SMALL.get(written, written if written.isdigit() else 1))
    share = parts.get("s")
    return whole + (_SHARES[share.rstrip("s")] if share else Decimal(0))


def _idle(lower: str, match: re.Match[str]) -> bool:
    """Tell whether "one day" only means some day, or "a month" only goes with a rate: "$300 a month"."""
    written = match.groupdict().get("n")
    if match.groupdict().get("s"):
        return False
    before = lower[max(0, match.start() - 26) : match.start()]
    if written in ("a", "an"):
        return bool(_PER.search(before))
    some_day = written == "one" and match.group().endswith(("one day", "one-day")) and "-" not in match.group()
    return some_day and not (_LASTING.search(before) or _AFTER_DAY.match(lower, match.end()) or not before.strip())


def find_spans(lower: str) -> Iterator[Span]:
    """Yield the spans of time that a lower-cased text gives in words, the longest writing of each."""
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(lower):
            start, end = match.span()
            if any(start < stop and begin < end for begin, stop in taken) or _idle(lower, match):
                continue
            taken.append((start, end))
            yield Span(start, end, _amount(match), match["u"])


__all__ = ["HOURS_IN", "Span", "find_spans"]
