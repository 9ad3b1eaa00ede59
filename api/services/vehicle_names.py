"""The inventory's makes, models, trims and bodies by what people write for them; pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

Name = tuple[str, str]
_TOKEN = re.compile(r"[a-z0-9]+")
_LONGEST_NAME = 5
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
    "vette": "corvette",
    "stang": "mustang",
    "taco": "tacoma",
}
_EVERYDAY_WORDS = frozenset(
    {"accent", "charger", "city", "cube", "edge", "element", "escape", "escort", "express", "fit", "flex", "focus"}
    | {"fusion", "journey", "leaf", "mark", "matrix", "mirage", "note", "pilot", "quest", "rogue", "sky", "soul"}
    | {"spark", "sport", "transit", "vibe", "volt"}
)
_POINTING = frozenset({"the", "that", "this", "your"})
_SAY_NOTHING_ALONE = frozenset(
    {"city", "class", "crown", "grand", "great", "land", "model", "monte", "park", "range", "santa", "series"}
    | {"super", "town", "trail"}
)
_TRIMS_OF_MANY = frozenset(
    {"advance", "base", "business", "classic", "comfort", "convenience", "custom", "deluxe", "design", "edition"}
    | {"executive", "extended", "leather", "limited", "luxury", "package", "performance", "platinum", "preferred"}
    | {"premium", "select", "signature", "special", "sport", "standard", "technology", "titanium", "touring", "value"}
)
_SHORTEST_TRIM = 5
_BODIES = {body: body for body in ("pickup", "van", "suv", "sedan", "coupe", "hatchback", "convertible", "wagon")}
_BODIES |= {"truck": "pickup", "minivan": "van", "crossover": "suv", "hatch": "hatchback", "cabriolet": "convertible"}


def plain(text: str) -> str:
    """Return the text in lower case without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(each for each in decomposed if not unicodedata.combining(each)).lower()


def words(text: str) -> list[str]:
    """Return the text's words: runs of letters and digits, in lower case without accents."""
    return _TOKEN.findall(plain(text))


def spoken(text: str) -> list[str]:
    """Return the text's words with the usual nicknames made names: `chevy`, `mercedes benz`."""
    told: list[str] = []
    before = ""
    for word in words(text):
        if not (told and before != told[-1] and before + word == told[-1]):
            told.append(_ALIASES.get(word, word))
        before = word
    return told


def body(word: str) -> str | None:
    """Return the body that a word means, such as `pickup` for trucks."""
    return _BODIES.get(word.removesuffix("s"))


class Catalogue:
    """What the inventory has, to be found in what people write.

    Args:
        inventory: Its makes, models, trims and body styles in lower case, empty where unknown.
    """

    def __init__(self, inventory: Iterable[tuple[str, str, str, str]]) -> None:
        self._loose: defaultdict[str, set[Name]] = defaultdict(set)
        self._whole: defaultdict[str, set[Name]] = defaultdict(set)
        trims: defaultdict[str, set[Name]] = defaultdict(set)
        for make, model, trim, style in inventory:
            name = (make, model)
            self._add(name)
            for word in words(trim):
                trims[word].add(name)
            for meant in filter(None, map(body, words(style))):
                self._loose[meant].add(name)
        for word, named in trims.items():
            if len(named) == 1 and len(word) >= _SHORTEST_TRIM and word.isalpha() and word not in _TRIMS_OF_MANY:
                self._whole[word] |= named

    def longest(self, tokens: list[str], start: int, *, dated: bool) -> tuple[set[Name], bool, int]:
        """Return the makes and models that the most words from `start` on mean.

        Args:
            tokens: A text's words, as `spoken` gives them.
            start: Where to begin.
            dated: Whether a model year stands beside, so that an everyday word is meant as a model.

        Returns:
            The names, none where the words mean none; whether a model is named and not a make or body alone;
            where the words end.
        """
        pointed = dated or (start > 0 and tokens[start - 1] in _POINTING)
        for end in range(min(start + _LONGEST_NAME, len(tokens)), start, -1):
            written = "".join(tokens[start:end])
            for key in (written, written.removesuffix("s"), body(written)):
                if key in self._whole and (pointed or key not in _EVERYDAY_WORDS):
                    return self._whole[key], True, end
                if key in self._loose:
                    return self._loose[key], False, end
        return set(), False, start + 1

    def _add(self, name: Name) -> None:
        make = "".join(words(name[0]))
        make = _ALIASES.get(make, make)
        self._loose[make].add(name)
        for model in _spellings(name[1]):
            self._whole[f"{make}{model.removeprefix(make)}"].add(name)
            if not model.isdecimal() and len(model) > 1 and model != make and body(model) is None:
                self._whole[model].add(name)


def _spellings(model: str) -> set[str]:
    """Return the whole model and, where it tells enough, its first word: `silverado` of `Silverado 1500`."""
    told = words(model)
    first = told[0] if told else ""
    alone = len(told) > 1 and len(first) >= 4 and first.isalpha() and first not in _SAY_NOTHING_ALONE
    return {word for word in ("".join(told), first if alone else "") if word}
