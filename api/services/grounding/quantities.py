"""Numbers with what they count: money, payments, percentages, distances, spans of time, plain counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from api.services.grounding.numbers import Number, find_numbers


class Dimension(StrEnum):
    """What a number measures; values of two dimensions never match."""

    MONEY = "money"
    MONTHLY = "money a month"
    PERCENT = "percent"
    DISTANCE = "distance"
    MONTHS = "months"
    HOURS = "hours"
    COUNT = "count"
    BARE = "bare"


class Bound(StrEnum):
    """How a number bounds what it speaks of."""

    EXACT = "exact"
    ABOUT = "about"
    BELOW = "below"
    ABOVE = "above"
    LOW_END = "low end"
    HIGH_END = "high end"


@dataclass(frozen=True)
class Quantity:
    """A number, its unit and its bound; `start` to `end` covers all three, `core` the number alone.

    `unit` is a currency code (or "" where none was written), "mi", "km", or the noun counted.
    Durations stand in months or in hours; `unit` then says what was written.
    """

    start: int
    end: int
    core: tuple[int, int]
    dimension: Dimension
    readings: tuple[Decimal, ...]
    unit: str = ""
    bound: Bound = Bound.EXACT
    ambiguous: bool = False
    spoken_short: bool = False

    @property
    def value(self) -> Decimal:
        """The likeliest reading."""
        return self.readings[0]


_SYMBOL = re.compile(r"(us\s?\$|usd\s?\$?|c(?:a|an|ad)?\s?\$|cad\s?\$?|au?\$|\$|€|£|eur(?:o|os)?\s|gbp\s|chf\s)\s*$")
_CURRENCIES = {"us": "usd", "c": "cad", "€": "eur", "e": "eur", "£": "gbp", "g": "gbp", "a": "aud"}
_AFTER_MONEY = re.compile(
    r"\s*(€|£|\$|usd\b|us dollars?\b|cad\b|canadian dollars?\b|eur\b|euros?\b|gbp\b|pounds? sterling\b"
    r"|quid\b|dollars?\b|bucks?\b|,-)"
)
_WORD_CURRENCY = {
    "usd": "usd",
    "us dollar": "usd",
    "cad": "cad",
    "canadian dollar": "cad",
    "eur": "eur",
    "euro": "eur",
    "€": "eur",
    "£": "gbp",
    "gbp": "gbp",
}
_PER_MONTH = re.compile(
    r"\s*(?:(?:/|per|a|an|each|every|p\.?)\s*(?:calendar )?(?:mo(?:nth)?s?|m)\b|monthly\b|(?:in"
    r" )?(?:the )?monthly (?:payments?|installments?|instalments?|rate)|pcm\b|mo\b|(?:in |as )?(?:an?"
    r" )?(?:monthly|month's) payments?)"
)
_UNITS = (
    (
        Dimension.PERCENT,
        re.compile(r"\s*(?:%|percent\b|per\s?cent\b|pct\b|percentage points?\b)(?:\s*apr\b)?"),
        Decimal(1),
        "%",
    ),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:mpg|miles per gallon|mpge)\b"), Decimal(1), "mpg"),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:mph|km/h|kph)\b"), Decimal(1), "speed"),
    (
        Dimension.COUNT,
        re.compile(r"[\s-]*(?:l/100\s?km|litres per 100|kwh|kw|hp|bhp|horsepower|ps|lb-?ft|nm)\b"),
        Decimal(1),
        "power",
    ),
    (Dimension.DISTANCE, re.compile(r"[\s-]*(?:miles?|mi)\b"), Decimal(1), "mi"),
    (Dimension.DISTANCE, re.compile(r"[\s-]*(?:kms?|kilomet(?:er|re)s?|klicks)\b"), Decimal(1), "km"),
    (Dimension.HOURS, re.compile(r"[\s-]*(?:minutes?|mins?)\b"), Decimal(1) / 60, "minute"),
    (Dimension.HOURS, re.compile(r"[\s-]*(?:hours?|hrs?)\b"), Decimal(1), "hour"),
    (Dimension.HOURS, re.compile(r"[\s-]*(?:business |working |calendar )?(?:days?)\b"), Decimal(24), "day"),
    (Dimension.HOURS, re.compile(r"[\s-]*(?:weeks?|wks?)\b"), Decimal(168), "week"),
    (
        Dimension.MONTHS,
        re.compile(r"[\s-]*(?:months?|mos?|mths?|payments|installments|instalments)\b"),
        Decimal(1),
        "month",
    ),
    (Dimension.MONTHS, re.compile(r"[\s-]*(?:years?|yrs?)\b(?![\s-]old)"), Decimal(12), "year"),
    (
        Dimension.COUNT,
        re.compile(r"[\s-]*(?:inch(?:es)?\b|\"|''|in\b(?=\s+(?:lift|tires?|wheels?|rims?|screen|display)))"),
        Decimal(1),
        "inch",
    ),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:doors?)\b"), Decimal(1), "door"),
    (
        Dimension.COUNT,
        re.compile(r"[\s-]*(?:seats?|seaters?|passengers?|people|persons?|adults?)\b"),
        Decimal(1),
        "seat",
    ),
    (
        Dimension.COUNT,
        re.compile(r"[\s-]*(?:(?:previous|prior|former|registered) )?(?:owners?|keepers?)\b"),
        Decimal(1),
        "owner",
    ),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:speeds?|gears?)\b"), Decimal(1), "speed gear"),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:cyl(?:inders?|s)?)\b\.?"), Decimal(1), "cylinder"),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:litres?|liters?|l)\b"), Decimal(1), "litre"),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:lbs?|pounds?|kgs?|tons?|tonnes?)\b"), Decimal(1), "weight"),
)
_NOUN = re.compile(r"[\s-]+((?:[a-z'-]+\s+){0,2}[a-z-]+)")
_BEFORE = (
    (
        Bound.BELOW,
        re.compile(
            r"\b(?:under|below|less than|fewer than|cheaper than|lower than|up to|at most|no more than|not"
            r" more than|max(?:imum)?(?: of)?|within|not over|no longer than|shy of|beneath|as much as|as"
            r" long as|as far as|inside|a max of|until)\s*(?:the |a |your |that )?$"
        ),
    ),
    (
        Bound.ABOVE,
        re.compile(
            r"\b(?:over|above|more than|at least|starting (?:at|from)|starts? (?:at|from)|from|minimum(?:"
            r" of)?|min|no less than|not less than|upwards? of|north of|beyond|exceed(?:s|ing)?|in excess of"
            r"|as low as|as little as|begin(?:s|ning)? (?:at|from))\s*(?:the |a )?$"
        ),
    ),
    (
        Bound.ABOUT,
        re.compile(
            r"(?:\b(?:about|around|roughly|approx(?:\.|imately)?|approximately|circa|ca\.?|nearly|almost|near"
            r"|close to|some|just about|in the (?:neighbou?rhood|region|ballpark|area) of|ballpark|give or"
            r" take|more or less|just (?:under|over|below|above|shy of)|a (?:bit|little|touch|hair) (?:under"
            r"|over|below|above|less than|more than))|~|≈)\s*(?:the |a |an )?$"
        ),
    ),
)
_AFTER_BOUND = (
    (
        Bound.BELOW,
        re.compile(r"\s*(?:or (?:less|under|below|fewer|lower)|max(?:imum)?\b|tops\b|at most\b|at the most\b)"),
    ),
    (Bound.ABOVE, re.compile(r"\s*(?:\+|or (?:more|over|above|higher|longer)|and up\b|minimum\b|plus\b(?!\s))")),
    (Bound.ABOUT, re.compile(r"\s*(?:or so\b|give or take\b|ish\b|-ish\b|roughly\b|approximately\b|ballpark\b)")),
)
_RANGE = re.compile(r"\s*(?:-|to|and|through|up to|bis)\s*(?:us|ca?)?[$€£]?\s*$")
_RANGE_OPENER = re.compile(
    r"\b(?:between|from|anywhere from|range(?:s|d)? from|somewhere between)\s*(?:us|ca?)?[$€£]?\s*$"
)
_DURATION = re.compile(
    r"\b(?P<n>a|an|one|half an?|a couple(?: of)?)[\s-]+(?:full |whole |single )?(?P<u>week|month|year"
    r"|hour|day|fortnight)\b(?!ly)"
)
_SINGLE = re.compile(
    r"\b(?:one|single|1|first|original|second|third)[\s-]?(?:owner|keeper)\b|\b(?:single"
    r"|one)[\s-](?:family|lady) own"
)
_ORDINAL = {"second": Decimal(2), "third": Decimal(3)}
_WORD_COUNT = {"half": Decimal("0.5"), "couple": Decimal(2)}
_HOURS_IN = {"hour": Decimal(1), "day": Decimal(24), "week": Decimal(168), "fortnight": Decimal(336)}
_PREFIX_COUNT = re.compile(r"\b(?:seat(?:s|ing)?|fits|sits)(?: (?:for|up to|of))?\s*$")
_CYLINDERS = re.compile(r"\b(?:v|i|inline-|flat-)(\d{1,2})\b")
_ZERO = re.compile(r"\b(zero|no|nothing)\s+(?=(?:money |cash )?down\b)")


def _currency_before(lower: str, start: int) -> tuple[str | None, int]:
    match = _SYMBOL.search(lower, max(0, start - 8), start)
    if not match or (match.start() > 0 and match[1][0].isalpha() and lower[match.start() - 1].isalnum()):
        return None, start
    sign = match[1].strip()
    if sign == "$":
        return "$", match.start()
    code = _CURRENCIES.get("us" if sign.startswith("us") else sign[0], "$")
    return code, match.start()


def _money(lower: str, number: Number) -> tuple[Dimension, str, int, int] | None:
    currency, start = _currency_before(lower, number.start)
    end = number.end
    if currency is None or currency == "$":
        after = _AFTER_MONEY.match(lower, end)
        if after:
            word = after[1].rstrip("s") if len(after[1]) > 1 else after[1]
            currency = _WORD_CURRENCY.get(word, currency or "$")
            end = after.end()
    monthly = _PER_MONTH.match(lower, end)
    if monthly:
        return Dimension.MONTHLY, currency or "", start, monthly.end()
    if currency is None:
        return None
    return Dimension.MONEY, currency, start, end


def _measure(lower: str, number: Number) -> tuple[Dimension, str, int, int, Decimal]:
    money = _money(lower, number)
    if money:
        return (*money, Decimal(1))
    for dimension, pattern, factor, unit in _UNITS:
        match = pattern.match(lower, number.end)
        if match:
            return dimension, unit, number.start, match.end(), factor
    seats = _PREFIX_COUNT.search(lower, max(0, number.start - 20), number.start)
    if seats:
        return Dimension.COUNT, "seat", seats.start(), number.end, Decimal(1)
    noun = _NOUN.match(lower, number.end)
    unit = noun[1] if noun else ""
    return Dimension.BARE, unit, number.start, number.end, Decimal(1)


def _bound(lower: str, start: int, end: int) -> tuple[Bound, int, int]:
    window = max(0, start - 34)
    for bound, pattern in _BEFORE:
        match = pattern.search(lower, window, start)
        if match:
            return bound, match.start(), end
    for bound, pattern in _AFTER_BOUND:
        match = pattern.match(lower, end)
        if match:
            return bound, start, match.end()
    return Bound.EXACT, start, end


def _pair(lower: str, first: Quantity, second: Quantity) -> bool:
    between = lower[first.core[1] : second.start]
    if not _RANGE.search(between) or len(between) > 16:
        return False
    if between.strip().startswith("and"):
        return bool(_RANGE_OPENER.search(lower, max(0, first.core[0] - 26), first.core[0]))
    return first.dimension in (Dimension.BARE, second.dimension)


def _joined(quantities: list[Quantity], lower: str) -> list[Quantity]:
    """Mark the two ends of each range, the first end taking the second's unit."""
    result = list(quantities)
    for index in range(len(result) - 1):
        first, second = result[index], result[index + 1]
        if not _pair(lower, first, second):
            continue
        factor = Decimal(1)
        dimension, unit = first.dimension, first.unit
        if dimension is Dimension.BARE:
            dimension, unit = second.dimension, second.unit
            factor = next((scale for _, _, scale, name in _UNITS if name == unit), Decimal(1))
        readings = tuple(value * factor for value in first.readings)
        opener = _RANGE_OPENER.search(lower, max(0, first.core[0] - 26), first.core[0])
        start = first.core[0] if opener else first.start
        start = _currency_before(lower, first.core[0])[1] if opener else start
        low = Quantity(start, first.end, first.core, dimension, readings, unit, Bound.LOW_END, first.ambiguous)
        result[index] = low
        result[index + 1] = Quantity(
            second.start,
            second.end,
            second.core,
            second.dimension,
            second.readings,
            second.unit,
            Bound.HIGH_END,
            second.ambiguous,
        )
    return result


def _words(lower: str) -> Iterator[Quantity]:
    """Yield durations and counts without a digit: "a week", "half an hour", "one-owner"."""
    for match in _DURATION.finditer(lower):
        amount = _WORD_COUNT["half"] if match["n"].startswith("half") else Decimal(2 if "couple" in match["n"] else 1)
        unit = match["u"]
        bound, start, end = _bound(lower, *match.span())
        if unit in _HOURS_IN:
            yield Quantity(start, end, match.span(), Dimension.HOURS, (amount * _HOURS_IN[unit],), unit, bound)
        else:
            months = amount * (12 if unit == "year" else 1)
            yield Quantity(start, end, match.span(), Dimension.MONTHS, (months,), unit, bound)
    for match in _SINGLE.finditer(lower):
        value = next((count for word, count in _ORDINAL.items() if match.group().startswith(word)), Decimal(1))
        yield Quantity(*match.span(), match.span(), Dimension.COUNT, (value,), "owner")
    for match in _CYLINDERS.finditer(lower):
        yield Quantity(*match.span(), match.span(), Dimension.COUNT, (Decimal(match[1]),), "cylinder")
    for match in _ZERO.finditer(lower):
        yield Quantity(match.start(), match.end(1), match.span(1), Dimension.MONEY, (Decimal(0),), "")


def find_quantities(lower: str, dots_group: bool, taken: tuple[tuple[int, int], ...] = ()) -> tuple[Quantity, ...]:
    """Return the quantities of a lower-cased normalised text, by start.

    Args:
        lower: The text.
        dots_group: Whether dots group thousands where the dealership is.
        taken: Ranges that are something else (names, contacts, dates, times) and are skipped.
    """

    def free(start: int, end: int) -> bool:
        return not any(start < stop and begin < end for begin, stop in taken)

    words = [quantity for quantity in _words(lower) if free(*quantity.core)]
    found: list[Quantity] = []
    for number in find_numbers(lower, dots_group):
        if not free(number.start, number.end):
            continue
        dimension, unit, start, end, factor = _measure(lower, number)
        bound, start, end = _bound(lower, start, end)
        readings = tuple(value * factor for value in number.readings)
        core = (number.start, number.end)
        found.append(
            Quantity(start, end, core, dimension, readings, unit, bound, number.ambiguous, number.spoken_short)
        )
    words = [
        one
        for one in words
        if not any(
            one.start < other.end and other.start < one.end for other in found if other.dimension is Dimension.MONTHLY
        )
    ]
    cores = [quantity.core for quantity in words]
    found = [one for one in found if not any(one.core[0] < end and start < one.core[1] for start, end in cores)]
    return tuple(sorted([*_joined(found, lower), *words], key=lambda quantity: quantity.core))


__all__ = ["Bound", "Dimension", "Quantity", "find_quantities"]
