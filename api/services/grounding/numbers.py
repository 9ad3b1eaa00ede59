"""Numbers as people write and say them: "25,000", "25k", "twenty-five thousand", "24 five"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL = {word: value for value, word in enumerate(_UNITS + _TEENS)}
SMALL |= {word: 20 + 10 * value for value, word in enumerate(_TENS)} | {"fourty": 40, "oh": 0}
SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "k": 1000, "dozen": 12, "million": 1_000_000}

_DIGITS = (
    r"(?<![\w.,])(?:\d{1,3}(?:(?P<sep>[,.' ])\d{3})(?:(?P=sep)\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?|[.]\d+)"
    r"(?!\d)(?![,.]\d)(?!st\b|nd\b|rd\b|th\b)"
)
_WORD = rf"(?:{'|'.join(sorted([*SMALL, 'hundred', 'thousand', 'million', 'dozen'], key=len, reverse=True))})"
_SCALE = r"(?:[\s-]?k\b|[\s-](?:grand|thousand|hundred|million)\b|grand\b)"
_SPOKEN = rf"\b(?:(?:an?\s+)?(?:hundred|thousand|dozen)|{_WORD})(?:(?:\s+and\s+|[\s-]+|\s+point\s+){_WORD})*\b"
DIGITS = re.compile(_DIGITS)
_TAIL = re.compile(_SCALE)
SPOKEN = re.compile(rf"{_SPOKEN}(?:[\s-]grand\b|\s?k\b)?")
_PART_WORDS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_PART = re.compile(
    r"(?:\s+and\s+|[\s-]+)(?:a|one) (?P<part>half|quarter)[\s-]+(?P<scale>hundred|thousand|grand|k|million)\b"
)
_AFTER_DIGITS = re.compile(rf"\s({'|'.join(SMALL)})\b(?![\s-](?:{'|'.join(SCALES)})\b)")


@dataclass(frozen=True)
class Number:
    """A number in a normalised text.

    `readings` holds the value and, where the writing is ambiguous, the others it may stand for;
    `spoken_short` marks forms such as "twenty-four five" that are prices only where prices are the talk;
    `grain` is the worth of the last written place before a scale: 100 in "48.2k", 0 without a scale.
    """

    start: int
    end: int
    readings: tuple[Decimal, ...]
    ambiguous: bool = False
    spoken_short: bool = False
    words: bool = False
    grain: Decimal = Decimal(0)

    @property
    def value(self) -> Decimal:
        """The likeliest reading."""
        return self.readings[0]


def _grouped(text: str, separator: str, dots_group: bool) -> tuple[tuple[Decimal, ...], bool]:
    whole = text
    decimals = ""
    tail = re.search(r"[.,](\d{1,2})$", text)
    if tail and text[tail.start()] != separator:
        whole, decimals = text[: tail.start()], tail[1]
    value = Decimal(whole.replace(separator, "") + (f".{decimals}" if decimals else ""))
    unclear = separator == "." and not dots_group and text.count(".") == 1 and not decimals
    return ((value, Decimal(text)) if unclear else (value,)), unclear


def _from_digits(match: re.Match[str], text: str, dots_group: bool) -> Number:
    written = match.group()
    separator = match.group("sep")
    unclear = False
    if separator:
        readings, unclear = _grouped(written, separator, dots_group)
    else:
        readings = (Decimal(written.replace(",", ".")),)
    end = match.end()
    whole = _with_part(text, match.start(), end, readings[0])
    if whole:
        return whole
    tail = _TAIL.match(text, end)
    if tail:
        scale = SCALES[tail.group().strip(" -")]
        grain = scale * Decimal(1).scaleb(max(int(readings[0].as_tuple().exponent), -3))
        return Number(match.start(), tail.end(), tuple(value * scale for value in readings), False, grain=grain)
    short = None if separator else _AFTER_DIGITS.match(text, end)
    if short and readings[0] < 100 and SMALL[short[1]] > 0:
        joined = _juxtaposed([int(readings[0]), SMALL[short[1]]])
        return Number(match.start(), short.end(), joined, False, True)
    return Number(match.start(), end, readings, unclear)


def _with_part(text: str, start: int, end: int, whole: Decimal) -> Number | None:
    """Return "thirty-three and a half thousand" as one number, or None where no such part follows."""
    part = _PART.match(text, end)
    if part is None:
        return None
    scale = SCALES[part["scale"]]
    value = (whole + _PART_WORDS[part["part"]]) * scale
    return Number(start, part.end(), (value,), words=True, grain=Decimal(scale) / 2)


def _fits(current: int, value: int) -> bool:
    """Tell whether "twenty" + "one" or "hundred" + "five" go on as one number."""
    if value == 0:
        return False
    if current % 100 == 0:
        return value < 100 and current > 0
    return current % 100 >= 20 and current % 10 == 0 and value < 10


def _groups(words: list[str]) -> list[int]:
    groups: list[int] = []
    total, current, started = 0, 0, False
    for word in words:
        if word in SCALES:
            scale = SCALES[word]
            if scale == 100:
                current = (current or 1) * 100
            else:
                total, current = total + (current or 1) * scale, 0
            started = True
            continue
        value = SMALL[word]
        fresh = current == 0 and (not started or total > 0)
        if fresh or _fits(current, value):
            current, started = current + value, True
        else:
            groups.append(total + current)
            total, current = 0, value
    return [*groups, total + current]


def _juxtaposed(groups: list[int]) -> tuple[Decimal, ...]:
    head, rest = groups[0], groups[1:]
    if len(rest) == 2 and rest[0] < 10:
        return (Decimal(head * 1000 + rest[0] * 100 + rest[1]),)
    if len(rest) != 1:
        return (Decimal(int("".join(str(group) for group in groups))),)
    last = rest[0]
    if last < 10:
        return (Decimal(head * 1000 + last * 100),)
    if last < 100:
        return Decimal(head * 100 + last), Decimal(head * 1000 + last * 10)
    return (Decimal(head * 1000 + last),)


def _from_words(match: re.Match[str]) -> Number | None:
    words = re.findall(r"[a-z]+", match.group())
    if words in (["one"], ["oh"]) or words[0] == "oh":
        return None
    start, end = match.span()
    words = [word for word in words if word not in {"and", "a", "an"}]
    if "point" in words:
        cut = words.index("point")
        whole = _groups(words[:cut])[0] if cut else 0
        digits = "".join(str(SMALL.get(word, 0)) for word in words[cut + 1 :])
        return Number(start, end, (Decimal(f"{whole}.{digits}"),), words=True)
    groups = _groups(words)
    if len(groups) == 1:
        return Number(start, end, (Decimal(groups[0]),), words=True)
    if len(groups) == 2 and groups[0] < 10 and groups[1] == 1:
        return None
    return Number(start, end, _juxtaposed(groups), spoken_short=True, words=True)


def _spoken(match: re.Match[str], text: str) -> Number | None:
    words = [word for word in re.findall(r"[a-z]+", match.group()) if word not in {"and", "a", "an"}]
    plain = _groups(words) if words and "point" not in words else []
    parted = _with_part(text, *match.span(), Decimal(plain[0])) if len(plain) == 1 else None
    return parted or _from_words(match)


def find_numbers(text: str, dots_group: bool = False) -> Iterator[Number]:
    """Yield the numbers of a lower-cased normalised text, by start.

    Args:
        text: The normalised text in lower case.
        dots_group: Whether the dealership's country groups thousands with dots.
    """
    found = [_from_digits(match, text, dots_group) for match in DIGITS.finditer(text)]
    taken = [(number.start, number.end) for number in found]
    for match in SPOKEN.finditer(text):
        number = None if text[: match.start()].endswith(("thanks ", "thanks a ")) else _spoken(match, text)
        if number and not any(start < number.end and number.start < end for start, end in taken):
            found.append(number)
            taken.append((number.start, number.end))
    yield from sorted(found, key=lambda number: number.start)


__all__ = ["DIGITS", "SMALL", "SPOKEN", "Number", "find_numbers"]
