"""The names of the pack's vehicles, and the pattern that finds them and others in a text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from api.services.grounding.gazetteer import (
    BODIES,
    COLOURS,
    MAKES,
    MODELS,
    NICKNAMES,
    PLAIN_TRIMS,
)
from api.services.grounding.traits import find_traits


def squash(name: str) -> str:
    """Return a name without spaces and hyphens, in lower case."""
    return re.sub(r"[\s\-_]+", "", name.lower())


def loose(name: str) -> str:
    """Return a pattern for a name that takes hyphens, spaces and nothing for one another."""
    parts = [re.escape(part) for part in re.split(r"[\s\-]+", name.lower()) if part]
    joined = r"[\s-]?".join(parts)
    joined = re.sub(r"(?<=[a-z])(?=\d)", r"[\\s-]?", joined) if len(joined) > 2 else joined
    return joined + r"(?:'?e?s)?"


@dataclass(frozen=True)
class Named:
    """The names of one vehicle of the pack, lower-cased."""

    index: int
    make: str
    model: str
    trim: str
    year: int | None
    colour: str
    body: str
    known: str
    traits: frozenset[tuple[str, str]] = frozenset()
    price: int | None = None
    mileage: int | None = None
    stock: str = ""


@dataclass(frozen=True)
class Catalogue:
    """The names of the pack's vehicles and the pattern that finds them and others; `owned` names the customer's own."""

    vehicles: tuple[Named, ...]
    pattern: re.Pattern[str] | None = field(repr=False)
    owned: frozenset[str] = frozenset()


def _canonical_make(make: str) -> str:
    plain = make.lower().replace(" ", "-")
    return MAKES.get(plain, plain)


def _named(index: int, vehicle: Mapping[str, Any]) -> Named:
    def text(name: str) -> str:
        return str(vehicle.get(name) or "").lower()

    known = " ".join(
        text(name) for name in ("make", "model", "trim", "engine", "body_style", "description", "drivetrain", "fuel")
    )
    known += " " + " ".join(str(item).lower() for item in vehicle.get("features") or ())
    body = BODIES.get(text("body_style"), text("body_style"))
    colour = next(
        (COLOURS[word] for word in re.findall(r"[a-z]+", text("exterior_color")) if word in COLOURS),
        text("exterior_color"),
    )
    return Named(
        index,
        _canonical_make(text("make")),
        text("model"),
        text("trim"),
        vehicle.get("year"),
        colour,
        body,
        known,
        _traits_of(text("transmission"), text("drivetrain"), text("fuel"), f"condition {text('condition')}"),
        (vehicle.get("price") or {}).get("amount"),
        vehicle.get("mileage"),
        text("stock_number"),
    )


def _traits_of(*fields: str) -> frozenset[tuple[str, str]]:
    """Return what the fields of a record say by family and value; the condition counts as a family of its own."""
    words = {("condition", one.split()[-1]) for one in fields if one.startswith("condition ")}
    return frozenset((one.family, one.value) for field in fields for one in find_traits(field)) | words


def build_catalogue(vehicles: Sequence[Mapping[str, Any]]) -> Catalogue:
    """Compile the pack's vehicles into a pattern; unknown makes and models come from the gazetteer."""
    named = tuple(_named(index, vehicle) for index, vehicle in enumerate(vehicles))
    names = {vehicle.model for vehicle in named}
    names |= {first for vehicle in named for first in _short_forms(vehicle.model)}
    names |= {vehicle.trim for vehicle in named if len(vehicle.trim) > 3 and vehicle.trim not in PLAIN_TRIMS}
    names |= {vehicle.make.replace("-", " ") for vehicle in named}
    return Catalogue(named, _names_pattern(frozenset(names - {""})))


def _short_forms(model: str) -> list[str]:
    """Return what people write for "RX 350", whose number they leave out, and for "Mustang Mach-E"."""
    parts = model.split()
    if len(parts) < 2:
        return []
    coded = parts[1][0].isdigit() and parts[0].isalpha() and len(parts[0]) > 1
    return [*(parts[:1] if coded else ()), *(one for one in parts[-1:] if "-" in one and one[0].isalpha())]


@lru_cache(maxsize=512)
def _names_pattern(names: frozenset[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    alternatives = "|".join(sorted(map(loose, names), key=len, reverse=True))
    return re.compile(rf"(?<![\w@.])(?<!\w-)(?:{alternatives})(?![\w@]|\.\w|-\w)")


_GAZETTEER = re.compile(
    r"(?<![\w@.])(?<!\w-)(?:"
    + "|".join(sorted({loose(name.replace("-", " ")) for name in (*MAKES, *MODELS, *NICKNAMES)}, key=len, reverse=True))
    + r")(?![\w@]|\.\w|-\w)"
)


_AFTER_WORD = re.compile(r"[a-z]'$")


def find_names(lower: str, catalogue: Catalogue) -> list[re.Match[str]]:
    """Return the longest names, whether the pack's or the gazetteer's, without overlaps."""
    found = list(_GAZETTEER.finditer(lower))
    if catalogue.pattern:
        found += catalogue.pattern.finditer(lower)
    found = [one for one in found if not _AFTER_WORD.search(lower, max(0, one.start() - 2), one.start())]
    kept: list[re.Match[str]] = []
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept


def singular(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9]{3})'?e?s$", "", name)


def same_name(written: str, name: str) -> bool:
    if not name:
        return False
    plain, wanted = squash(NICKNAMES.get(written, written)), squash(name)
    return plain in (wanted, wanted + "s", wanted + "'s", wanted + "es", wanted + "'")


_OTHER_MODEL = re.compile(
    r"[\s-]?(?:prime|euv|hd|cross|(?P<number>\d{1,4}[a-z]?)(?![\w,.]|\s?(?:mi|km|k\b|%|own|door|seat)))"
)


def short_for(written: str, name: str, after: str) -> bool:
    """Tell whether a written name is a part of a longer one: "Ioniq" of "Ioniq 5", "Miata" of "MX-5 Miata".

    Args:
        written: The name in a text, lower-cased.
        name: A model of the pack, lower-cased.
        after: What follows in the text; "Ioniq 6" is another car.
    """
    parts, written = re.split(r"[\s]+", name), written.removesuffix("'s")
    if len(parts) < 2:
        return False
    plain = squash(NICKNAMES.get(written, written))
    own = {plain, squash(singular(written))}
    other = _OTHER_MODEL.match(after)
    if other and squash(other.group()) not in squash(name):
        return False
    heads = {squash("".join(parts[:count])) for count in range(1, len(parts))}
    tails = {parts[-1]} if parts[0] not in {"grand", "land"} or parts[-1] == "caravan" else set()
    return bool(own & (heads | {plain for one in tails if (plain := squash(one)).isalpha() and len(plain) > 3}))


def make_of(written: str) -> str:
    for form in (written, written.replace(" ", "-"), singular(written), singular(written).replace(" ", "-")):
        if form in MAKES:
            return MAKES[form]
    return ""


__all__ = [
    "Catalogue",
    "Named",
    "build_catalogue",
    "find_names",
    "loose",
    "make_of",
    "same_name",
    "short_for",
    "singular",
    "squash",
]
