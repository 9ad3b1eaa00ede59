"""A text read once: its clauses with the vehicles, numbers, dates, hours, names and traits in each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from api.services.grounding.concepts import MERE, find_concepts
from api.services.grounding.contacts import Form, Identifier, find_identifiers
from api.services.grounding.dates import DateValue, DaySpec, find_dates, find_days
from api.services.grounding.markers import find_markers
from api.services.grounding.mentions import Mention
from api.services.grounding.names import Catalogue
from api.services.grounding.normalise import Normal, normalise
from api.services.grounding.numbered import numbered_cars
from api.services.grounding.owners import owned
from api.services.grounding.quantities import Dimension, Quantity, find_quantities
from api.services.grounding.sentences import Clause, split_clauses
from api.services.grounding.times import TimeValue, find_times
from api.services.grounding.traits import Trait, find_traits
from api.services.grounding.vehicles import find_mentions
from api.services.grounding.wording import WORD, is_content, lemma
from api.services.grounding.written_amounts import gapped, instalments, sterling, unclear_point, versus

_DOT_COUNTRIES = frozenset(re.findall(r"\S+", "DE AT NL BE ES IT PT DK NO SE FI PL CZ BR AR TR GR ID CL CO"))
_MONTH_FIRST = frozenset({"US", "CA", "PH"})
_TIME_TALK = re.compile(
    r"\b(?:lock up|shut|lunch|break|pause|siesta|open|opens|opening|close[sd]?|closing|hours?|until|till|booked|book"
    r"|see (?:you|u|ya)"
    r"|appointment|appt|come|waiting|slot|visit|scheduled?|meet|set for|set"
    r"|expect\w*|tomorrow|today|tonight|morning|afternoon|evening|noon|stop by|swing by|test drive"
    r"|runs?|starts?|begins?|takes place|event|fair|party|put you down|pencil\w*|confirmed|reserved"
    r"|o'clock|here|drop by|arrive|arrival|pick[- ]?up|in"
    r" store)\b"
)
_TIME_BEFORE = re.compile(
    r"(?:\b(?:at|from|until|till|til|to|by|around|between|and|after|before|past|through|thru|@)"
    r"|[-@,:])\s*$"
)
_TIME_AFTER = re.compile(
    r"\s*(?:(?:-|to|until|till|through|thru)\s*(?:\d|noon|midnight|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve)|tomorrow\b|today\b|tonight\b|on (?:mon|tue|wed|thu|fri|sat|sun)"
    r"|sharp\b|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)"
)
_NOT_TIME_AFTER = re.compile(
    r"\s*(?:%|percent|point\b|k\b|grand|thousand|hundred|miles?\b|mi\b|kms?\b|kilo|months?\b|mos?\b|years?\b"
    r"|yrs?\b|days?\b|hours?\b|hrs?\b|minutes?\b|mins?\b|weeks?\b|doors?\b|seats?\b|mpg|inch|owners?"
    r"|dollars?|bucks|euros?|eur|usd"
    r"|[-\s](?:speed|owner|door|seat|day|month|year|mile|inch|cyl)|more\b|others?\b|cars?\b"
    r"|vehicles?\b|keys?\b|people\b|of\b|\.\d|,\d{3}|\s\d{3}\b|one\b"
    r"|(?:-|to|and|or)\s*[\d.,]+[\s-]*(?:%|k\b|percent|months?\b|mos?\b|mi(?:les?|ns?|nutes?)?\b|km|year|day"
    r"|hour|week|door|seat|people))"
)


@dataclass(frozen=True)
class Locale:
    """How numbers and dates are written where the dealership is."""

    dots_group: bool
    month_first: bool
    currency: str
    year: int
    month: int


@dataclass(frozen=True)
class ReadClause:
    """A clause with all that was found in it; offsets count characters of the normalised text."""

    clause: Clause
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateValue, ...]
    days: tuple[DaySpec, ...]
    times: tuple[TimeValue, ...]
    identifiers: tuple[Identifier, ...]
    traits: tuple[Trait, ...]
    words: tuple[tuple[int, int, str], ...]

    @property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of its content words, the names of vehicles and identifiers left out."""
        return frozenset(word for _, _, word in self.words)


@dataclass(frozen=True)
class Reading:
    """A whole text read."""

    normal: Normal
    clauses: tuple[ReadClause, ...]


_CURRENCY_OF = {"US": "usd", "CA": "cad", "GB": "gbp", "AU": "aud", "NZ": "nzd", "CH": "chf"}


def locale_of(dealership: Mapping[str, Any] | None, vehicles: tuple[Mapping[str, Any], ...], today: date) -> Locale:
    """Derive the locale from the dealership's country, else from the vehicles' currency; else US."""
    country = str(((dealership or {}).get("address") or {}).get("country") or "").upper()
    priced = [vehicle["price"]["currency"].lower() for vehicle in vehicles if vehicle.get("price")]
    currency = str((dealership or {}).get("currency") or "").lower() or (priced[0] if priced else "")
    if not currency:
        currency = _CURRENCY_OF.get(country, "eur" if country in _DOT_COUNTRIES else "usd")
    if not country:
        country = "DE" if currency == "eur" else "US"
    return Locale(country in _DOT_COUNTRIES, country in _MONTH_FIRST, currency, today.year, today.month)


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < stop and begin < end for begin, stop in spans)


def _is_time(lower: str, clause: str, time: TimeValue, has_days: bool) -> bool:
    """Accept a bare number as a time where its neighbours and its clause speak of times."""
    if _NOT_TIME_AFTER.match(lower, time.end) or re.search(r"[$€£]\s*$", lower[max(0, time.start - 3) : time.start]):
        return False
    if not time.plain:
        return True
    before = _TIME_BEFORE.search(lower, max(0, time.start - 10), time.start)
    after = _TIME_AFTER.match(lower, time.end)
    follows_day = has_days and re.search(
        r"(?:day|mon|tue|wed|thu|fri|sat|sun)s?\.?\s+$", lower[max(0, time.start - 8) : time.start]
    )
    return bool((before or after or follows_day) and (has_days or _TIME_TALK.search(clause)))


def _times(
    normal: Normal, clauses: tuple[Clause, ...], days: tuple[DaySpec, ...], taken: list[tuple[int, int]]
) -> list[TimeValue]:
    sentences: dict[int, str] = {}
    for clause in clauses:
        sentences[clause.sentence] = sentences.get(clause.sentence, "") + " " + clause.text
    found: list[TimeValue] = []
    for time in find_times(normal.lower):
        home = next((clause for clause in clauses if clause.start <= time.start < clause.end), None)
        if (
            home is None
            or _overlaps(time.start, time.end, taken)
            or _overlaps(time.start, time.end, [(one.start, one.end) for one in found])
        ):
            continue
        numbers = [clause.sentence for clause in clauses if any(clause.start <= day.start < clause.end for day in days)]
        if _is_time(normal.lower, sentences[home.sentence], time, home.sentence in numbers):
            found.append(time)
    return sorted(found, key=lambda one: one.start)


def _crosses(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Tell whether an idea overlaps a span without holding it whole: "keep the Prius for you" holds its vehicle."""
    inside = [(low, high) for low, high in spans if start < low and high < end]
    return _overlaps(start, end, [one for one in spans if one not in inside])


def _words(lower: str, clause: Clause, skip: list[tuple[int, int]]) -> tuple[tuple[int, int, str], ...]:
    ideas = [(one.start + clause.start, one.end + clause.start, one.name) for one in find_concepts(clause.text)]
    ideas = [one for one in ideas if not _crosses(one[0], one[1], skip)]
    taken = [*skip, *((start, end) for start, end, _ in ideas)]
    found = [one for one in ideas if one[2] != MERE]
    for match in WORD.finditer(lower, clause.start, clause.end):
        written = match.group()
        if is_content(written) and not written.isdigit() and not _overlaps(match.start(), match.end(), taken):
            found.append((match.start(), match.end(), lemma(written)))
    return tuple(sorted(found))


_HELD = re.compile(r"deposit|\breserv(?:e|es|ed|ation)\b|\bholds?\b")
_LEANS = re.compile(r"\W*(?:it|this|that|they)\b")
_TURNS = re.compile(
    r"[,:] (?:and |but |so )?(?:the|it|we|you|that|they|this|i|only|our|your|all|every|each|both)(?:'\w+)?\b"
)


_OWN_NO = re.compile(r"(?:no|not|never|non|without|free)\b")
_BESIDE = re.compile(r"(?:,| and| or| nor|,? and also)\s+$")


def _denied(clause: Clause, trait: Trait) -> bool:
    own = _OWN_NO.match(clause.text, trait.start - clause.start)
    before = [
        negator
        for negator in clause.negators
        if trait.start - 34 < negator < trait.start
        and not _TURNS.search(clause.text, negator - clause.start, trait.start - clause.start)
        and not (own and _BESIDE.search(clause.text, negator - clause.start, trait.start - clause.start))
    ]
    return len(before) % 2 == 1


def _traits(
    normal: Normal, clause: Clause, clauses: tuple[Clause, ...], mentions: list[tuple[int, int]]
) -> tuple[Trait, ...]:
    sentence = " ".join(one.text for one in clauses if one.sentence == clause.sentence)
    if _LEANS.match(sentence):
        sentence += " ".join(one.text for one in clauses if one.sentence == clause.sentence - 1)
    found = []
    for trait in find_traits(normal.lower[clause.start : clause.end]):
        start, end = trait.start + clause.start, trait.end + clause.start
        family = trait.family
        if family == "refunds" and _HELD.search(sentence):
            family = "refunds of deposit"
        placed = Trait(start, end, family, trait.value)
        if family == "drivetrain" or not any(
            begin <= start and end <= stop and end - start < stop - begin - 6 for begin, stop in mentions
        ):
            found.append(Trait(start, end, family, trait.value, _denied(clause, placed)))
    return tuple(found)


def read(text: str, catalogue: Catalogue, stocks: re.Pattern[str] | None, locale: Locale) -> Reading:
    """Read a text: one pass for each grammar, then everything into its clause."""
    normal = normalise(text)
    lower = normal.lower
    clauses = split_clauses(normal)
    everyone = find_mentions(normal, catalogue)
    models = [(one.start, one.end) for one in everyone if not one.generic]
    identifiers = tuple(
        one
        for one in find_identifiers(lower, stocks)
        if one.form is not Form.STOCK or not _overlaps(one.start, one.end, models)
    )
    taken = [*find_markers(lower), *((one.start, one.end) for one in identifiers)]
    mentions = [one for one in everyone if not _overlaps(one.start, one.end, taken)]
    named = [(one.start, one.end) for one in mentions]
    mentions = sorted(
        [*mentions, *numbered_cars(lower, clauses, identifiers, mentions, catalogue)], key=lambda one: one.start
    )
    dates = [
        one
        for one in find_dates(lower, locale.month_first, locale.year, locale.month)
        if not _overlaps(one.start, one.end, taken + named)
    ]
    taken += [(one.start, one.end) for one in dates]
    days = find_days(lower)
    times = _times(normal, clauses, days, taken + named)
    specific = [(one.start, one.end) for one in mentions if not one.generic]
    amounts = find_quantities(
        lower,
        locale.dots_group,
        (*taken, *specific, *((one.start, one.end) for one in times), *_day_numbers(days, lower)),
    )
    amounts = tuple(unclear_point(lower, sterling(lower, owned(lower, one), locale.currency)) for one in amounts)
    amounts = gapped(lower, versus(lower, instalments(lower, amounts)))
    skip = taken + named + [(one.start, one.end) for one in times] + [(one.start, one.end) for one in days]
    skip += [(one.start, one.end) for one in amounts if one.dimension is not Dimension.BARE]

    read_clauses = tuple(
        ReadClause(
            clause,
            _inside(mentions, clause),
            _inside(amounts, clause),
            _inside(dates, clause),
            _inside(days, clause),
            _inside(times, clause),
            _inside(identifiers, clause),
            _traits(normal, clause, clauses, specific),
            _words(lower, clause, skip),
        )
        for clause in clauses
    )
    return Reading(normal, read_clauses)


_Item = TypeVar("_Item", Mention, Quantity, DateValue, DaySpec, TimeValue, Identifier)


def _inside(items: Sequence[_Item], clause: Clause) -> tuple[_Item, ...]:
    def place(item: _Item) -> int:
        return item.core[0] if isinstance(item, Quantity) else item.start

    return tuple(item for item in items if clause.start <= place(item) < clause.end)


def _day_numbers(days: tuple[DaySpec, ...], lower: str) -> list[tuple[int, int]]:
    return [(day.start, day.end) for day in days if re.search(r"\d|\bseven\b", lower[day.start : day.end])]


__all__ = ["Locale", "ReadClause", "Reading", "locale_of", "read"]
