"""Properties with a small set of values: colour, drive, fuel, title, accidents, refunds and their like.

Each family is exclusive: who states one value of a subject denies the family's others.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from api.services.grounding.families import FAMILIES
from api.services.grounding.gazetteer import COLOURS


@dataclass(frozen=True)
class Trait:
    """A property stated in a text; `denied` where the text says that it is not so."""

    start: int
    end: int
    family: str
    value: str
    denied: bool = False


_NO_LEATHER = re.compile(
    r"\s+(?:\w+\s+)?(?:leather(?:ette)?|cloth|interior|seats?|upholstery|inside|cabin|trim|wheels?|roof|rims?"
    r"|carpet|stitching|accents?|fabric|vinyl|alcantara|top)\b"
)
_COLOUR = re.compile(
    rf"\b(?:{'|'.join(sorted(COLOURS, key=len, reverse=True))})\b(?!\s?(?:book|friday|flag|light|tooth"
    rf"|carpet|standard|edition))"
)
_OVER = re.compile(r" (?:over|on) (?:an? )?(?:\w+ )?")  # "red over black": the second is within
_AFTER_INTERIOR = re.compile(
    r"\b(?:interior|inside|upholstery|seats|cabin)\b(?:,? (?:it|she))?(?:'s| is| are| in| comes in)?\s+(?:\w+\s+)?$"
)


def find_colours(lower: str) -> list[Trait]:
    """Return exterior and interior colours."""
    found = []
    for match in _COLOUR.finditer(lower):
        ahead = max(0, match.start() - 30)
        inside = _NO_LEATHER.match(lower, match.end()) or _AFTER_INTERIOR.search(lower, ahead, match.start())
        inside = inside or (found and _OVER.fullmatch(lower, found[-1].end, match.start()))
        family = "interior colour" if inside else "colour"
        if inside and re.match(r"\s+(?:\w+\s+)?(?:wheels?|roof|rims?|stitching|accents?|top)\b", lower[match.end() :]):
            family = "accent colour"
        found.append(Trait(*match.span(), family, COLOURS[match.group()]))
    return found


@lru_cache(maxsize=4096)
def find_traits(lower: str) -> tuple[Trait, ...]:
    """Return the traits of a lower-cased clause; within a family the first value that matches a place wins."""
    found: list[Trait] = find_colours(lower)
    for family in FAMILIES:
        spans: list[tuple[int, int]] = []
        for value, pattern in family.values:
            for match in pattern.finditer(lower):
                if not any(match.start() < end and start < match.end() for start, end in spans):
                    spans.append(match.span())
                    found.append(Trait(*match.span(), family.name, value))
    return tuple(sorted(found, key=lambda trait: trait.start))


__all__ = ["Trait", "find_traits"]
