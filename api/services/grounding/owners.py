"""How many people owned a vehicle, whichever way that is put: "two people owned it", "you'd be its second owner"."""

import re
from dataclasses import replace

from api.services.grounding.quantities import Quantity

_OWNED = re.compile(r"\s+(?:have |has |had )?(?:previously |already )?(?:owned|owning)\b")
_NEXT = re.compile(r"\b(?:you(?:'d| would|'ll| will)? (?:only )?(?:be|become)|making you|makes you)\b[^.;,]{0,20}$")
_ORDINAL = re.compile(r"(?:second|third|fourth|2nd|3rd|4th)\b")


def owned(lower: str, quantity: Quantity) -> Quantity:
    """Return a count with what it says of owners: people who owned it are owners, the next owner is one too many."""
    people = _OWNED.match(lower, quantity.end) if quantity.unit == "seat" else None
    if people:
        return replace(quantity, unit="owner", end=people.end())
    begin = quantity.start
    if quantity.unit == "owner" and _ORDINAL.match(lower, begin) and _NEXT.search(lower, max(0, begin - 40), begin):
        return replace(quantity, readings=(quantity.value - 1,))
    return quantity


__all__ = ["owned"]
