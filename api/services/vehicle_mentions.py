"""Which vehicles a text speaks of: stock numbers, VINs, and year, make and model as people write them; pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from models.vehicles import Vehicle

MAX_CHARACTERS = 20_000
MAX_NUMBERS = 500
MAX_MENTIONS = 6
_SHORTEST_VIN = 11
_NEAR = 3
_LONGEST_NAME = 5
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_NAMED_STOCK = re.compile(
    r"(?:\bstock\b(?:\s*(?:no|number|num))?|#)[\s.:#]*([A-Za-z0-9][A-Za-z0-9._/-]*)", re.IGNORECASE
)
_TOKEN = re.compile(r"[a-z0-9]+")
_ALIASES = {
    "chevy": "chevrolet",
    "chev": "chevrolet",
    "vw": "volkswagen",
    "volkswagon": "volkswagen",
    "mercedes": "mercedesbenz",
    "benz": "mercedesbenz",
    "merc": "mercedesbenz",
    "beemer": "bmw",
    "bimmer": "bmw",
    "caddy": "cadillac",
    "subie": "subaru",
    "jag": "jaguar",
    "mitsu": "mitsubishi",
    "olds": "oldsmobile",
    "toyoda": "toyota",
    "alfa": "alfaromeo",
    "rover": "landrover",
    "vette": "corvette",
    "stang": "mustang",
    "silvy": "silverado",
    "taco": "tacoma",
}
_EVERYDAY_WORDS = frozenset(
    {"accent", "charger", "city", "cube", "edge", "element", "escape", "escort", "express", "fit", "flex", "focus"}
    | {"fusion", "journey", "leaf", "mark", "matrix", "mirage", "note", "pilot", "quest", "rogue", "sky", "soul"}
    | {"spark", "sport", "transit", "truck", "van", "vibe", "volt"}
)
_POINTING = frozenset({"the", "that", "this", "your"})
_SAY_NOTHING_ALONE = frozenset(
    {"city", "class", "crown", "grand", "great", "land", "model", "monte", "park", "range", "santa", "series"}
    | {"super", "town", "trail"}
)


@dataclass(frozen=True)
class Numbers:
    """Words of a thread that may be stock numbers (lower case) or are shaped like VINs, the latest first."""

    stock_keys: list[str]
    vins: list[str]

    def ordered(self, found: Iterable[Vehicle]) -> list[Vehicle]:
        """Return the vehicles in the order in which their numbers were spoken of, the latest first."""
        place = {key: index for index, key in enumerate(self.stock_keys)}
        last = len(place)

        def latest(row: Vehicle) -> int:
            return min(place.get(row.stock_number.lower(), last), place.get((row.vin or "").lower(), last))

        return sorted(found, key=latest)


@dataclass(frozen=True)
class Mention:
    """One vehicle as a text names it: the inventory's makes and models that it may be, and the year."""

    names: frozenset[tuple[str, str]]
    year: int | None
    whole: bool
    words: frozenset[str] = field(default=frozenset(), compare=False)


def numbers(texts: Sequence[str]) -> Numbers:
    """Return what may be a stock number or a VIN.

    A word counts that has a digit and is no mere year or price; after `stock` or `#` any word does.
    """
    found: dict[str, None] = {}
    for text in _latest(texts):
        plain = unicodedata.normalize("NFKC", text)
        words = [word for whole in _NUMBER.findall(plain) for word in (whole, *whole.split("/"))]
        for word in [*_NAMED_STOCK.findall(plain), *filter(_like_a_number, words)]:
            found[word.rstrip("._/-").lower()] = None
    keys = list(found)[:MAX_NUMBERS]
    return Numbers(keys, [key.upper() for key in keys if len(key) >= _SHORTEST_VIN and key.isalnum()])


def _latest(texts: Sequence[str]) -> Iterator[str]:
    """Yield the texts, the latest first, as far as MAX_CHARACTERS go."""
    left = MAX_CHARACTERS
    for text in reversed(texts):
        yield text[:left]
        left -= len(text)
        if left <= 0:
            return


def _like_a_number(word: str) -> bool:
    has_digit = any(character.isdigit() for character in word)
    return has_digit and (len(word) > 5 or not word.isdecimal())


def find(texts: Sequence[str], inventory: Iterable[tuple[str, str]]) -> list[Mention]:
    """Return the vehicles that the texts name, the latest text's first and each once.

    Args:
        texts: What was said, oldest first.
        inventory: Its makes and models in lower case.
    """
    catalogue = _Catalogue(inventory)
    found: dict[Mention, None] = {}
    for text in _latest(texts):
        for mention in catalogue.mentions(_tokens(text)):
            found.setdefault(mention)
    models = {name for mention in found if mention.whole for name in mention.names}
    telling = [mention for mention in found if mention.whole or not mention.names & models]
    return telling[:MAX_MENTIONS]


def rank(mention: Mention, rows: Sequence[Vehicle]) -> list[Vehicle]:
    """Return the rows, the likeliest first: of the mention's year where there are some, then by colour and trim."""
    exact = [row for row in rows if mention.year is not None and row.year == mention.year]

    def shared_words(row: Vehicle) -> int:
        told = f"{row.trim or ''} {row.exterior_color or ''} {row.body_style or ''}"
        return len(mention.words.intersection(_TOKEN.findall(_plain(told))))

    return sorted(exact or rows, key=shared_words, reverse=True)


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(each for each in decomposed if not unicodedata.combining(each)).lower()


def _tokens(text: str) -> list[str]:
    tokens: list[str] = _TOKEN.findall(_plain(text))
    return [_ALIASES.get(token, token) for token in tokens]


def _squashed(name: str) -> str:
    return "".join(_tokens(name))


class _Catalogue:
    """The inventory's names by what people write for them, without spaces and hyphens."""

    def __init__(self, inventory: Iterable[tuple[str, str]]) -> None:
        self._makes: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self._models: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for name in inventory:
            make = _squashed(name[0])
            self._makes[make].add(name)
            for model in _spellings(name[1]):
                self._models[f"{make}{model.removeprefix(make)}"].add(name)
                if not model.isdecimal() and len(model) > 1 and model != make:
                    self._models[model].add(name)

    def mentions(self, tokens: list[str]) -> Iterator[Mention]:
        """Yield the mentions in one text, the longest reading of each place."""
        words = frozenset(tokens)
        start = 0
        while start < len(tokens):
            names, whole, end = self._longest(tokens, start)
            if names:
                yield Mention(frozenset(names), _year_near(tokens, start, end), whole, words)
            start = end

    def _longest(self, tokens: list[str], start: int) -> tuple[set[tuple[str, str]], bool, int]:
        """Return the names that the most tokens from `start` on spell, whether with a model, and where they end."""
        for end in range(min(start + _LONGEST_NAME, len(tokens)), start, -1):
            written = "".join(tokens[start:end])
            for key in (written, written.removesuffix("s")):
                if key in self._models and self._meant(key, tokens, start, end):
                    return self._models[key], True, end
                if key in self._makes:
                    return self._makes[key], False, end
        return set(), False, start + 1

    @staticmethod
    def _meant(key: str, tokens: list[str], start: int, end: int) -> bool:
        """Tell whether an everyday word is meant as a model: pointed at, or with a make or year beside it."""
        if key not in _EVERYDAY_WORDS:
            return True
        before = tokens[start - 1] if start else ""
        return before in _POINTING or _year_near(tokens, start, end) is not None


def _spellings(model: str) -> set[str]:
    """Return the whole model and, where it tells enough, its first word: `silverado` of `Silverado 1500`."""
    words = _tokens(model)
    first = words[0] if words else ""
    alone = len(words) > 1 and len(first) >= 4 and first.isalpha() and first not in _SAY_NOTHING_ALONE
    return {word for word in ("".join(words), first if alone else "") if word}


def _year_near(tokens: list[str], start: int, end: int) -> int | None:
    """Return the model year beside a name: four digits near it, or two right before it."""
    before = tokens[max(start - _NEAR, 0) : start]
    for token in [*reversed(before), *tokens[end : end + _NEAR]]:
        if len(token) == 4 and token.isdecimal() and 1900 <= int(token) <= 2100:
            return int(token)
    short = tokens[start - 1] if start else ""
    if len(short) == 2 and short.isdecimal():
        return int(short) + (1900 if int(short) > 50 else 2000)
    return None
