"""Vehicles that a text points at without their name: "the blue one", "the van", "the cheaper one", "the hybrid"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from api.services.grounding.gazetteer import BODIES, COLOURS
from api.services.grounding.names import Catalogue, Named
from api.services.grounding.normalise import Normal
from api.services.grounding.traits import find_traits


@dataclass(frozen=True)
class Mention:
    """A vehicle as a text names it; `matches` are the pack's vehicles that fit all that was said.

    `wrong` holds the parts (start, end, what) that no vehicle of the same name bears out.
    """

    start: int
    end: int
    matches: tuple[int, ...]
    wrong: tuple[tuple[int, int, str], ...] = ()
    near: tuple[int, ...] = ()
    customers: bool = False
    generic: bool = False
    plural: bool = False


_COLOURS = "|".join(sorted(COLOURS, key=len, reverse=True))
_BODIES = "|".join(sorted((re.escape(body) for body in BODIES), key=len, reverse=True))
_TRAIT = (
    r"hybrid|diesel|electric|ev|manual|stick(?:[- ]shift)?|automatic|certified|awd|4x4|4wd|fwd|rwd|all-wheel-drive"
    r"|four-wheel-drive|gas"
)
_DEGREE = (
    r"cheap(?:er|est)|(?:less|least|more|most) expensive|pric(?:ier|iest)|newer|newest|older|oldest"
    r"|(?:low|high)(?:er|est)[- ](?:mileage|miles)"
)
_GENERIC_NAME = re.compile(
    rf"\b(?:the|that|this|our|another|a|an)\s+(?:(?P<year>(?:19|20)\d\d)\s+)?(?:nice\s+|beautiful\s+"
    rf"|used\s+)?"
    rf"(?:(?P<colour>{_COLOURS})\s+)?(?:(?P<body>{_BODIES})|(?P<noun>one|ones|car|vehicle|auto))\b"
    rf"|\b(?:the|that|our)\s+(?:(?P<colour2>{_COLOURS})|(?P<year2>(?:19|20)\d\d))"
    r"(?=\s+(?:is|was|has|isn't|hasn't|comes|runs|at|for|costs|goes)\b|'s)"
    rf"|\b(?:the|that|our)\s+(?:(?P<trait>{_TRAIT})|(?P<degree>{_DEGREE}))(?:\s+(?:of\s+the\s+two|one|car|vehicle"
    rf"|{_BODIES})\b|(?=\s+(?:is|was|has|isn't|hasn't|comes|costs|goes|does|doesn't)\b))"
)
_SEVERAL = re.compile(
    rf"\b(?:both|all|the|these|our|those|two)(?: (?:of )?(?:the|our|these|two|three))? (?P<body>{_BODIES})s\b"
)
_PART = re.compile(r"\s+(?:seats?|leather|interior|roof|wheels|insurance|bed|title|loan)")

_SAID_OF = re.compile(r"(?:\bis|\bwas|'s|\bbe|\bnot) $")


def _value(vehicle: Named, degree: str) -> int | None:
    if "new" in degree or "old" in degree:
        return vehicle.year
    return vehicle.mileage if "mile" in degree else vehicle.price


def _extreme(catalogue: Catalogue, degree: str) -> tuple[int, ...]:
    """Return the vehicle with the least or most of what a degree compares; none where records do not tell."""
    values = [(_value(vehicle, degree), vehicle.index) for vehicle in catalogue.vehicles]
    known = [(value, index) for value, index in values if value is not None]
    if not known or len(known) < len(values):
        return ()
    pick: Callable[..., int] = min if re.match(r"cheap|less|least|old|low", degree) else max
    end = pick(value for value, _ in known)
    return tuple(index for value, index in known if value == end)


def _has_trait(vehicle: Named, written: str) -> bool:
    if written == "certified":
        return ("condition", "certified") in vehicle.traits
    said = {(one.family, one.value) for one in find_traits(f"{written} engine" if written == "gas" else written)}
    return bool(said) and said <= vehicle.traits


def _matches(match: re.Match[str], catalogue: Catalogue) -> tuple[int, ...]:
    colour = match["colour"] or match["colour2"]
    year = match["year"] or match["year2"]
    if match["degree"]:
        return _extreme(catalogue, match["degree"])
    return tuple(
        vehicle.index
        for vehicle in catalogue.vehicles
        if (not colour or vehicle.colour == COLOURS[colour])
        and (not year or vehicle.year == int(year))
        and (not match["body"] or vehicle.body == BODIES[match["body"]])
        and (not match["trait"] or _has_trait(vehicle, match["trait"]))
    )


def _overlaps(start: int, end: int, taken: list[Mention]) -> bool:
    return any(start < one.end and one.start < end for one in taken)


def _plurals(normal: Normal, catalogue: Catalogue) -> list[Mention]:
    """Find "both minivans" where some vehicles of the pack have that body and others do not."""
    found = []
    for match in _SEVERAL.finditer(normal.lower):
        fitting = tuple(one.index for one in catalogue.vehicles if one.body == BODIES[match["body"]])
        if 1 < len(fitting) < len(catalogue.vehicles):
            found.append(Mention(match.start(), match.end(), fitting, generic=True, plural=True))
    return found


def find_generics(normal: Normal, catalogue: Catalogue, taken: list[Mention]) -> list[Mention]:
    """Find subjects by colour, body, year, drive or degree; what points at no vehicle by degree is left out."""
    found = [one for one in _plurals(normal, catalogue) if not _overlaps(one.start, one.end, taken)]
    taken = [*taken, *found]
    for match in _GENERIC_NAME.finditer(normal.lower):
        if _overlaps(match.start(), match.end(), taken):
            continue
        told = ("colour", "colour2", "year", "year2", "body", "trait", "degree")
        if not any(match[name] for name in told) or _PART.match(normal.lower, match.end()):
            continue
        matches = _matches(match, catalogue)
        said_of = match.group().startswith(("a ", "an ")) and _SAID_OF.search(normal.lower, 0, match.start())
        if matches or not (match["degree"] or match["trait"] or said_of):
            found.append(Mention(match.start(), match.end(), matches, generic=True))
    return found


__all__ = ["Mention", "find_generics"]
