"""Which vehicle a text speaks of: the pack's names, mentions in a text, and what in a mention is wrong."""

import re
from dataclasses import dataclass, field

from api.services.grounding.gazetteer import (
    BODIES,
    COLOURS,
    COMMON_WORD_MAKES,
    COMMON_WORD_MODELS,
    PLAIN_TRIMS,
    TRIMS,
)
from api.services.grounding.mentions import Mention, find_generics
from api.services.grounding.names import (
    Catalogue,
    Named,
    find_names,
    loose,
    make_of,
    same_name,
    short_for,
    singular,
)
from api.services.grounding.normalise import Normal

_OWN = re.compile(
    r"\b(?:your|my|his|her|their|you have an?|you drive an?|trade(?:-in)?(?: of)?(?: your| my|"
    r" an?)?)\s+(?:[a-z'-]+\s+){0,1}$"
)
_DEFINITE = re.compile(r"\b(?:the|that|this|your) (?:(?:19|20)\d\d )?(?:old )?$")
_HAVE = re.compile(r"\bi(?:'ve| have| also have)?(?: got| own| drive|'m driving)? an? (?:[\w-]+ ){0,2}$")
_YEAR_BEFORE = re.compile(
    r"(?:(?<![\w$€£.,/-])((?:19|20)\d\d)|(?<!\w)'(\d\d)"
    r"|(?<![\w$€£.,:/-])([0-3]\d|9\d))\s+(?:[a-z'-]+\s+){0,1}$"
)

_YOUNGEST = 40


@dataclass
class _Draft:
    """A mention while it is put together."""

    start: int
    end: int
    makes: list[tuple[int, int, str]] = field(default_factory=list)
    models: list[tuple[int, int, str]] = field(default_factory=list)
    trims: list[tuple[int, int, str]] = field(default_factory=list)
    year: tuple[int, int, int] | None = None


def _capital(normal: Normal, start: int) -> bool:
    return normal.text[start].isupper() or normal.text[start].isdigit()


def _plausible(written: str, start: int, normal: Normal, catalogue: Catalogue) -> bool:
    """Refuse everyday words that happen to be names, unless the pack holds such a car."""
    for vehicle in catalogue.vehicles:
        if (
            same_name(written, vehicle.model)
            or same_name(written, vehicle.trim)
            or short_for(written, vehicle.model, "")
            or (make_of(written) == vehicle.make and written not in {"seat", "smart", "mini"})
        ):
            return True
    bare = singular(written)
    if bare in COMMON_WORD_MAKES or written in COMMON_WORD_MODELS or bare in COMMON_WORD_MODELS:
        before = normal.text[:start].rstrip()
        fresh = not before or before[-1] in ".!?\n"
        return (
            _capital(normal, start) and not fresh and normal.text[start + 1 : start + 2].islower() | written.isdigit()
        )
    return True


def _raw(normal: Normal, catalogue: Catalogue) -> list[_Draft]:
    drafts: list[_Draft] = []
    for match in find_names(normal.lower, catalogue):
        start, end = match.span()
        written = match.group()
        if not _plausible(written, start, normal, catalogue):
            continue
        part = (start, end, written)
        known_trim = any(
            same_name(written, vehicle.trim) and not same_name(written, vehicle.model) for vehicle in catalogue.vehicles
        )
        gap = normal.lower[drafts[-1].end : start] if drafts else "."
        glued = drafts and re.fullmatch(r"[\s-]{1,2}", gap)
        known_trim = known_trim or bool(glued and drafts[-1].models and written in TRIMS)
        if not glued or (drafts[-1].models and not known_trim):
            drafts.append(_Draft(start, end))
        draft = drafts[-1]
        draft.end = end
        make = make_of(written) or any(_is_make(written, vehicle) for vehicle in catalogue.vehicles)
        (draft.trims if known_trim else draft.makes if make else draft.models).append(part)
    return drafts


_TRIM_WORD = re.compile(r"\s+(?P<word>[A-Za-z0-9][\w./-]*)")
_NOT_TRIM = frozenset(
    [
        "vin",
        "apr",
        "awd",
        "fwd",
        "rwd",
        "suv",
        "us",
        "usd",
        "eur",
        "cad",
        "ok",
        "hst",
        "gst",
        "otd",
        "mpg",
        "km",
        "mi",
        "cd",
        "dvd",
        "ac",
        "abs",
        "led",
        "gps",
        "am",
        "pm",
        "and",
        "v6",
        "v8",
        "v4",
        "i4",
        "tv",
        "usb",
        "kbb",
        "faq",
        "id",
        "cpo",
    ]
)


def _read_trim(draft: _Draft, normal: Normal, catalogue: Catalogue) -> None:
    """Add the trim that follows a model: a known trim name or a short code in capitals."""
    if not draft.models or draft.trims:
        return
    for vehicle in catalogue.vehicles:
        match = re.compile(rf"\s+{loose(vehicle.trim)}(?!\w)").match(normal.lower, draft.end) if vehicle.trim else None
        if match:
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            draft.trims.append((start, match.end(), normal.lower[start : match.end()]))
            draft.end = match.end()
            return
    match = _TRIM_WORD.match(normal.text, draft.end)
    if not match:
        return
    word = match["word"].rstrip(".-,")
    known = word.lower() in TRIMS and (word[0].isupper() or word.lower() not in PLAIN_TRIMS) and not word.isdigit()
    code = word.isupper() and 1 < len(word) <= 4 and not word.isdigit()
    if word and (known or code) and word.lower() not in _NOT_TRIM:
        draft.trims.append((match.start("word"), match.start("word") + len(word), word.lower()))
        draft.end = match.start("word") + len(word)


def _read_year(draft: _Draft, lower: str) -> None:
    match = _YEAR_BEFORE.search(lower, max(0, draft.start - 24), draft.start)
    if not match:
        return
    gap = match.group().split()[1:]
    if any(word not in COLOURS and word not in BODIES for word in gap):
        return
    if match[1]:
        year, span = int(match[1]), match.span(1)
    else:
        short = int(match[2] or match[3])
        if match[3] and (not draft.models + draft.makes or not _is_year(short, draft, lower)):
            return
        year, span = (2000 if short < 40 else 1900) + short, match.span(2 if match[2] else 3)
        span = (span[0] - (1 if match[2] else 0), span[1])
    draft.year = (*span, year)
    draft.start = min(draft.start, span[0])


def _is_year(short: int, draft: _Draft, lower: str) -> bool:
    """Tell a bare "21" before a name from a count: "21 CR-V", not "21 CR-Vs"."""
    return short < _YOUNGEST and not re.search(r"(?<!s)s$", lower[draft.start : draft.end])


def _is_make(written: str, vehicle: Named) -> bool:
    """Tell whether a name is a vehicle's make, one that only its record knows included."""
    return make_of(written) == vehicle.make or same_name(written, vehicle.make)


def _fits_make(draft: _Draft, vehicle: Named) -> bool:
    return all(_is_make(written, vehicle) for _, _, written in draft.makes)


def _fits_name(draft: _Draft, vehicle: Named) -> bool:
    names = (vehicle.model, vehicle.trim, f"{vehicle.make} {vehicle.model}")
    return _fits_make(draft, vehicle) and all(
        any(same_name(written, name) for name in names) for _, _, written in draft.models
    )


def _fits_short(draft: _Draft, vehicle: Named, lower: str) -> bool:
    """Tell whether a part of a vehicle's model was written: "Sierra" of "Sierra 1500"."""
    return _fits_make(draft, vehicle) and all(
        same_name(written, vehicle.model) or short_for(written, vehicle.model, lower[end : end + 16])
        for _, end, written in draft.models
    )


def _trim_known(written: str, vehicle: Named) -> bool:
    return same_name(written, vehicle.trim) or bool(re.search(rf"(?<!\w){loose(written)}(?!\w)", vehicle.known))


def _known_own(draft: _Draft, lower: str, catalogue: Catalogue) -> bool:
    """Tell whether "the Polo" is the car that the customer called his own before."""
    definite = _DEFINITE.search(lower, max(0, draft.start - 20), draft.start)
    return bool(definite) and any(written in catalogue.owned for _, _, written in (*draft.models, *draft.makes))


def owned_names(normal: Normal, mentions: tuple[Mention, ...], by_customer: bool) -> frozenset[str]:
    """Return the words that name the customer's own car in a message.

    Args:
        normal: The message.
        mentions: The vehicles that it names.
        by_customer: Whether the customer wrote it; only then "I have a 2012 Focus" tells whose it is.
    """

    def own(one: Mention) -> bool:
        before = normal.lower[max(0, one.start - 40) : one.start]
        return one.customers or (by_customer and bool(_HAVE.search(before)))

    spans = [normal.lower[one.start : one.end] for one in mentions if not one.matches and own(one)]
    return frozenset(word for span in spans for word in (span, *span.split()) if not word.isdigit())


def _judge(draft: _Draft, lower: str, catalogue: Catalogue) -> Mention:
    customers = bool(_OWN.search(lower, max(0, draft.start - 40), draft.start))
    plural = bool(re.search(r"[a-z0-9]{2}(?<!s)(?:s|es)$", lower[draft.start : draft.end])) and not draft.trims
    named = [vehicle for vehicle in catalogue.vehicles if _fits_name(draft, vehicle)]
    named = named or [vehicle for vehicle in catalogue.vehicles if _fits_short(draft, vehicle, lower)]
    if draft.trims and not (draft.models or draft.makes):
        named = [vehicle for vehicle in named if all(_trim_known(part[2], vehicle) for part in draft.trims)]
    near = tuple(vehicle.index for vehicle in named)
    if not named:
        customers = customers or _known_own(draft, lower, catalogue)
        whole = (draft.start, draft.end, "vehicle")
        return Mention(draft.start, draft.end, (), (whole,), (), customers, plural=plural)
    year = draft.year
    of_year = [vehicle for vehicle in named if year is None or vehicle.year == year[2]]
    wrong = [] if of_year or year is None else [(year[0], year[1], "year")]
    fitting = of_year or named
    for start, end, written in draft.trims:
        kept = [vehicle for vehicle in fitting if _trim_known(written, vehicle)]
        if kept:
            fitting = kept
        else:
            wrong.append((start, end, "trim"))
    matches = tuple(vehicle.index for vehicle in fitting)
    return Mention(draft.start, draft.end, matches, tuple(wrong), near, customers, plural=plural)


def find_mentions(normal: Normal, catalogue: Catalogue) -> tuple[Mention, ...]:
    """Return the vehicles that a text names, in order."""
    mentions = []
    for draft in _raw(normal, catalogue):
        _read_trim(draft, normal, catalogue)
        _read_year(draft, normal.lower)
        mentions.append(_judge(draft, normal.lower, catalogue))
    mentions += find_generics(normal, catalogue, mentions)
    return tuple(sorted(mentions, key=lambda mention: mention.start))


__all__ = ["find_mentions", "owned_names"]
