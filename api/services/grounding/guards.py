"""Conditions that a policy sets on a vehicle: "used vehicles with fewer than 100,000 miles"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from api.services.grounding.gazetteer import BODIES

_NOUN = r"(?:vehicles?|cars?|models?|suvs?|trucks?|vans?|sedans?|ones|autos?)"
_LIMIT = re.compile(
    rf"\b{_NOUN}\s+(?:with|that have|having|of|which have)?\s*(?P<dir>fewer|less|under|below|up to"
    rf"|more|over|above|at least)\s*(?:than\s+)?"
    rf"(?:(?P<n>\d[\d,.]*)\s*)?(?P<unit>miles|mi|km|kilomet(?:er|re)s)"
)
_CONDITION = re.compile(
    rf"\b(?<!new and )(?<!new or )(?<!new & )(?<!used and )(?<!used or )(?P<c>used|pre-owned|new|certified)\s+"
    rf"(?:\w+\s+)?{_NOUN}\b|\b(?P<every>every|each|any|all"
    rf"|our)\s+(?P<c2>used|new|certified|pre-owned)\b"
)
_EITHER = re.compile(r"\b(?:new|used|certified|pre-owned) (?:and|or|&|as well as) (?:new|used|certified|pre-owned)\b")
_BODY = re.compile(
    rf"\b(?:every|each|any|all|an?|on|for|with)\s+(?:\w+\s+)?(?P<b>"
    rf"{'|'.join(sorted(map(re.escape, BODIES), key=len, reverse=True))})s?\b"
)
_OTHERS = re.compile(rf"\b(?:all|any|every|the) (?:the )?(?:others?|rest|remaining)\b|\bother (?:\w+ )?{_NOUN}\b")
_ALIKE = {"pre-owned": "used"}


@dataclass(frozen=True)
class Guard:
    """What a vehicle must be for a sentence to hold of it; None asks for nothing.

    `most` and `least` bound the mileage in the vehicle's own unit; `but` is the condition that "all others" leave out.
    """

    condition: str | None = None
    body: str | None = None
    most: Decimal | None = None
    least: Decimal | None = None
    but: str | None = None

    def admits(self, vehicle: Mapping[str, Any]) -> bool:
        """Tell whether the vehicle meets every condition that can be checked."""
        mileage = vehicle.get("mileage")
        if mileage is not None and self.most is not None and mileage > self.most:
            return False
        if mileage is not None and self.least is not None and mileage < self.least:
            return False
        condition = str(vehicle.get("condition") or "")
        if self.but and condition == self.but:
            return False
        if self.condition and condition and not self._condition_fits(condition):
            return False
        body = str(vehicle.get("body_style") or "").lower()
        return not (self.body and body and BODIES.get(body, body) != self.body)

    def _condition_fits(self, condition: str) -> bool:
        return condition == self.condition or (self.condition == "used" and condition == "certified")


def guard_of(sentence: str, before: "Guard | None" = None) -> Guard | None:
    """Return the guard of a lower-cased policy sentence, or None if it holds of everything.

    "Vehicles with more miles" takes its number from the guard of the sentence before.
    """
    limit = _LIMIT.search(sentence)
    condition = None if _EITHER.search(sentence) else _CONDITION.search(sentence)
    body = _BODY.search(sentence)
    most = least = None
    if limit:
        number = limit["n"]
        bound = (
            Decimal(number.strip().replace(",", "")) if number else (before.most or before.least) if before else None
        )
        below = limit["dir"] in {"fewer", "less", "under", "below", "up to"}
        most, least = (bound, None) if below else (None, bound)
    wanted = (condition["c"] or condition["c2"]) if condition else None
    kind = _ALIKE.get(wanted, wanted) if wanted else None
    others = before is not None and bool(_OTHERS.search(sentence))
    if before and others and limit is None and (before.most or before.least):
        return Guard(most=before.least, least=before.most)
    but = before.condition if before and others else None
    guard = Guard(kind, BODIES[body["b"]] if body else None, most, least, but)
    return None if guard == Guard() else guard


__all__ = ["Guard", "guard_of"]
