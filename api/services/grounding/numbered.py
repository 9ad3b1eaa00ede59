"""Vehicles that a text calls by their stock number alone: "BF2207 is $19,450"."""

import re
from collections.abc import Sequence

from api.services.grounding.contacts import Form, Identifier
from api.services.grounding.mentions import Mention
from api.services.grounding.names import Catalogue
from api.services.grounding.sentences import Clause

_BEFORE = re.compile(
    r"(?:^|[,;:]|\b(?:and|but|while|whereas|or|against)\b)\W*(?:(?:and|but|also|then|the|our|unit|car|vehicle|stock"
    r"|number|no|nr|yes)\b\W*)*$"
)
_AFTER = re.compile(
    r"\s*(?:(?:is|was|has|comes|costs|goes|runs|shows|sits|at)\b|'s\b|[:=–—-](?:\s|$)|[$€£]|[a-z]+[.!]?\s*$|[a-z]+,)"
)


def numbered_cars(
    lower: str,
    clauses: Sequence[Clause],
    identifiers: Sequence[Identifier],
    mentions: Sequence[Mention],
    catalogue: Catalogue,
) -> list[Mention]:
    """Return a mention for each stock number that opens a statement which says something of it and names no vehicle."""
    known = {vehicle.stock: vehicle.index for vehicle in catalogue.vehicles if vehicle.stock}
    stocks = [one for one in identifiers if one.form is Form.STOCK and one.key in known]
    found = []
    for clause in clauses if stocks else ():
        named = any(clause.start <= one.start < clause.end for one in mentions)
        for one in () if named else stocks:
            inside = clause.start <= one.start and one.end <= clause.end
            before = clause.text[: max(0, one.start - clause.start)]
            if inside and _BEFORE.search(before) and _AFTER.match(lower, one.end):
                found.append(Mention(one.start, one.end, (known[one.key],), generic=True))
    return found


__all__ = ["numbered_cars"]
