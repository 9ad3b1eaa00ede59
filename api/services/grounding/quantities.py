"""Numbers with what they count: money, payments, percentages, distances, spans of time, plain counts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from api.services.grounding.durations import HOURS_IN, find_spans
from api.services.grounding.numbers import Number, find_numbers
from api.services.grounding.units import (
    ADDED,
    AFTER_BOUND,
    AFTER_MONEY,
    BEFORE,
    COUNTED,
    CURRENCIES,
    CYLINDERS,
    LABEL_LINE,
    NOUN,
    ORDINAL,
    PER_MONTH,
    PREFIX_COUNT,
    RANGE,
    RANGE_OPENER,
    SHARE,
    SHARES,
    SINGLE,
    SPANNING,
    SYMBOL,
    UNITS,
    WORD_CURRENCY,
    ZERO,
    Bound,
    Dimension,
)

LONGEST_TERM = 120


@dataclass(frozen=True)
class Quantity:
    """A number, its unit and its bound; `start` to `end` covers all three, `core` the number alone.

    `unit` is a currency code (or "" where none was written), "mi", "km", or the noun counted.
    Durations stand in months or in hours; `unit` then says what was written.
    `added` marks a span of time that comes on top of another: "12 further months".
    `grain` is the worth of the last place that was written before "k" or "thousand".
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
    grain: Decimal = Decimal(0)
    added: bool = False

    @property
    def value(self) -> Decimal:
        """The likeliest reading."""
        return self.readings[0]


def _currency_before(lower: str, start: int) -> tuple[str | None, int]:
    match = SYMBOL.search(lower, max(0, start - 8), start)
    if not match or (match.start() > 0 and match[1][0].isalpha() and lower[match.start() - 1].isalnum()):
        return None, start
    sign = match[1].strip()
    if sign == "$":
        return "$", match.start()
    code = CURRENCIES.get("us" if sign.startswith("us") else sign[0], "$")
    return code, match.start()


def _same_line(lower: str, end: int) -> str:
    """Return the text up to the end of a number's line where the next line opens with a label of its own."""
    stop = lower.find("\n", end)
    return lower[:stop] if stop >= 0 and LABEL_LINE.match(lower, stop) else lower


def _money(lower: str, number: Number) -> tuple[Dimension, str, int, int] | None:
    currency, start = _currency_before(lower, number.start)
    end = number.end
    if currency is None or currency == "$":
        after = AFTER_MONEY.match(lower, end)
        if after:
            word = after[1].rstrip("s") if len(after[1]) > 1 else after[1]
            currency = WORD_CURRENCY.get(word, currency or ("" if word == ",-" else "$"))
            end = after.end()
    monthly = None if currency is None and COUNTED.match(lower, end) else PER_MONTH.match(lower, end)
    shortened = monthly is not None and monthly.group().strip() == "mo"
    if monthly and not (shortened and currency is None and number.readings[0] <= LONGEST_TERM):
        return Dimension.MONTHLY, currency or "", start, monthly.end()
    if currency is None:
        return None
    return Dimension.MONEY, currency, start, end


def _measure(lower: str, number: Number) -> tuple[Dimension, str, int, int, Decimal]:
    lower = _same_line(lower, number.end)
    money = _money(lower, number)
    if money:
        return (*money, Decimal(1))
    for dimension, pattern, factor, unit in UNITS:
        match = pattern.match(lower, number.end)
        if match:
            return dimension, unit, number.start, match.end(), factor
    seats = PREFIX_COUNT.search(lower, max(0, number.start - 20), number.start)
    if seats:
        return Dimension.COUNT, "seat", seats.start(), number.end, Decimal(1)
    noun = NOUN.match(lower, number.end)
    unit = noun[1] if noun else ""
    return Dimension.BARE, unit, number.start, number.end, Decimal(1)


def _bound(lower: str, start: int, end: int, dimension: Dimension | None = None) -> tuple[Bound, int, int]:
    window = max(0, start - 34)
    if dimension is Dimension.MONTHS and SPANNING.search(lower, window, start):
        return Bound.EXACT, start, end
    for bound, pattern in BEFORE:
        match = pattern.search(lower, window, start)
        if match:
            return bound, match.start(), end
    for bound, pattern in AFTER_BOUND:
        match = pattern.match(lower, end)
        if match:
            return bound, start, match.end()
    return Bound.EXACT, start, end


def _pair(lower: str, first: Quantity, second: Quantity) -> bool:
    between = lower[first.core[1] : second.start]
    if not RANGE.search(between) or len(between) > 16:
        return False
    if between.strip().startswith("and"):
        return bool(RANGE_OPENER.search(lower, max(0, first.core[0] - 26), first.core[0]))
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
            factor = next((scale for _, _, scale, name in UNITS if name == unit), Decimal(1))
        readings = tuple(value * factor for value in first.readings)
        opener = RANGE_OPENER.search(lower, max(0, first.core[0] - 26), first.core[0])
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
    for span in find_spans(lower):
        place = (span.start, span.end)
        bound, start, end = _bound(lower, *place)
        if span.unit in HOURS_IN:
            yield Quantity(start, end, place, Dimension.HOURS, (span.amount * HOURS_IN[span.unit],), span.unit, bound)
        else:
            months = span.amount * (12 if span.unit == "year" else 1)
            yield Quantity(start, end, place, Dimension.MONTHS, (months,), span.unit, bound)
    for match in SINGLE.finditer(lower):
        value = next((count for word, count in ORDINAL.items() if match.group().startswith(word)), Decimal(1))
        yield Quantity(*match.span(), match.span(), Dimension.COUNT, (value,), "owner")
    for match in CYLINDERS.finditer(lower):
        yield Quantity(*match.span(), match.span(), Dimension.COUNT, (Decimal(match[1]),), "cylinder")
    for match in SHARE.finditer(lower):
        bound, start, end = _bound(lower, *match.span())
        yield Quantity(start, end, match.span(), Dimension.PERCENT, (SHARES[match["s"]],), "%", bound)
    for match in ZERO.finditer(lower):
        yield Quantity(match.start(), match.end(1), match.span(1), Dimension.MONEY, (Decimal(0),), "")


def _added(lower: str, quantity: Quantity) -> bool:
    """Tell whether a span of time comes on top of another: "12 further months", "another 12 months"."""
    if quantity.dimension not in (Dimension.MONTHS, Dimension.HOURS):
        return False
    begin = max(0, quantity.core[0] - 24, *(lower.rfind(mark, 0, quantity.core[0]) for mark in ".;\n"))
    return bool(ADDED.search(lower, begin, quantity.end) or ADDED.match(lower[quantity.end :].lstrip(" ")))


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
        bound, start, end = _bound(lower, start, end, dimension)
        sharing = dimension is Dimension.PERCENT and number.ambiguous
        values = (min(number.readings),) if sharing else number.readings
        readings = tuple(value * factor for value in values)
        core = (number.start, number.end)
        plain = Quantity(
            start, end, core, dimension, readings, unit, bound, number.ambiguous and not sharing, number.spoken_short
        )
        found.append(replace(plain, grain=number.grain, added=_added(lower, plain)))
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
