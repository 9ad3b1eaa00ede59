"""Which vehicles a text speaks of: stock numbers, VINs, and year, make and model as people write them; pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from api.services.vehicle_names import Catalogue, Name, body, spoken, words
from models.vehicles import Vehicle

MAX_CHARACTERS = 20_000
MAX_NUMBERS = 500
MAX_MENTIONS = 6
_SHORTEST_VIN = 11
_NEAR = 3
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
_NAMED_STOCK = re.compile(
    r"(?:\bstock\b(?:\s*(?:no|number|num))?|#)[\s.:#]*([A-Za-z0-9][A-Za-z0-9._/-]*)", re.IGNORECASE
)
_WORDS_BEFORE = 8
_OWN = re.compile(
    r"(?:\b(?:my|our)|\bwants to sell|\btrad(?:e|ing)(?: in)?(?: an?)?"
    r"|(?<!can )(?<!could )(?<!may )\b(?:i|we)(?: have| ve| own| drive| got)+ an?)"
    r"(?: (?:old|current|own|used|paid|off|\d+|black|blue|brown|gold|gr[ae]y|green|red|silver|white|yellow))*$"
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
    """Vehicles as a text names them: makes and models, the year; `whole` by a model, `own` where the customer's."""

    names: frozenset[Name]
    year: int | None
    whole: bool
    own: bool = False
    words: frozenset[str] = field(default=frozenset(), compare=False)

    def fits(self, row: Vehicle) -> bool:
        """Whether the vehicle may be the one that is named."""
        return (row.make.lower(), row.model.lower()) in self.names and self.year in {None, row.year}


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


def find(texts: Sequence[str], inventory: Iterable[tuple[str, str, str, str]]) -> list[Mention]:
    """Return the vehicles that the texts name, the latest text's first and each once.

    A make or a body ("toyotas", "a truck") counts where no model of it is named, a model without a year where it has
    none elsewhere. What the customer calls his own ("my Civic") is no vehicle of the dealership.

    Args:
        texts: What was said, oldest first.
        inventory: Its makes, models, trims and body styles in lower case.
    """
    catalogue = Catalogue(inventory)
    found: dict[Mention, None] = {}
    for text in _latest(texts):
        for mention in _mentions(spoken(text), catalogue):
            found.setdefault(mention)
    offered = [mention for mention in found if not mention.own]
    return [mention for mention in offered if not _is_told_better(mention, offered)][:MAX_MENTIONS]


def _is_told_better(mention: Mention, others: Iterable[Mention]) -> bool:
    """Whether another mention of the same says more: the model where this has the make, the year where it has none."""
    models = {name for other in others if other.whole for name in other.names}
    dated = {name for other in others if other.whole and other.year for name in other.names}
    if mention.whole:
        return mention.year is None and bool(mention.names & dated)
    return bool(mention.names & models)


def rank(mention: Mention, rows: Sequence[Vehicle]) -> list[Vehicle]:
    """Return the rows, the likeliest first: of the mention's year where there are some, then by colour and trim."""
    exact = [row for row in rows if mention.year is not None and row.year == mention.year]

    def shared_words(row: Vehicle) -> int:
        told = words(f"{row.trim or ''} {row.exterior_color or ''} {row.body_style or ''}")
        return len(mention.words.intersection([body(word) or word for word in told]))

    return sorted(exact or rows, key=shared_words, reverse=True)


def _mentions(tokens: list[str], catalogue: Catalogue) -> list[Mention]:
    """Return the mentions in one text; "Toyota sedans" is one, and the body after "Camry" says nothing more."""
    told = frozenset(body(token) or token for token in tokens)
    found: list[Mention] = []
    start, ended = 0, -1
    while start < len(tokens):
        names, whole, end = catalogue.longest(tokens, start, dated=_year_near(tokens, start, start + 1) is not None)
        if names:
            year = _year_near(tokens, start, end)
            mention = Mention(frozenset(names), year, whole, _is_own(tokens, start), told)
            beside = found[-1] if ended == start and not whole else None
            if beside is None:
                found.append(mention)
            elif not beside.whole:
                found[-1] = replace(beside, names=beside.names & names or beside.names)
            ended = end
        start = end
    return found


def _is_own(tokens: list[str], start: int) -> bool:
    return bool(_OWN.search(" ".join(tokens[max(start - _WORDS_BEFORE, 0) : start])))


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
