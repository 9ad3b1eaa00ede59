"""Numbers that only order or point: "1)" before an item, "Step 2:", "the last six" of a code."""

import re
from collections.abc import Iterator

_LINE = re.compile(
    r"(?:(?<=\n)|\A)[ \t>*•·-]*\(?(?P<n>\d{1,2}|i{1,3}|iv|v)\)(?=\s|$)"
    r"|(?:(?<=\n)|\A)[ \t>*•·-]*(?P<dot>\d{1,2})[.:](?=[ \t]+\D|[ \t]+[$€£\d]|[ \t]*$)"
)
_INLINE = re.compile(r"(?:(?<=\s)|(?<=[(]))(?P<n>\d)\)(?=\s)")
_NAMED = re.compile(
    r"\b(?:step|option|point|item|question|answer|reason|part|no\.|nr\.?|number|choice|plan)\s*(?P<n>\d{1,2})"
    r"(?=\s*(?:[:.)](?:\s|$)|[-–—]\s|$|\n))"
)
_ENDING = re.compile(
    r"\b(?:last|first|final) (?P<n>three|four|five|six|seven|eight|[3-8])(?= (?:\w+ )?(?:digits?|characters?|letters?"
    r"|numbers?|figures|symbols|of (?:it|the vin|its vin)|is|are|being|would be)\b|:)"
)


def _in_sequence(lower: str) -> Iterator[tuple[int, int]]:
    """Yield "1)" and "2)" within a line, where they follow one another."""
    found = list(_INLINE.finditer(lower))
    numbers = {int(match["n"]) for match in found}
    for match in found:
        number = int(match["n"])
        if number - 1 in numbers or (number == 1 and number + 1 in numbers):
            yield match.span()


def find_markers(lower: str) -> list[tuple[int, int]]:
    """Return the places of numbers that state nothing in a lower-cased text: item marks and counts of characters."""
    places = [(match.start(match.lastgroup or 0), match.end()) for match in _LINE.finditer(lower)]
    places += [match.span("n") for pattern in (_NAMED, _ENDING) for match in pattern.finditer(lower)]
    return [*places, *_in_sequence(lower)]


__all__ = ["find_markers"]
