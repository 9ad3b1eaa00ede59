"""How old a vehicle is said to be, by its model year and the dealership's date."""

import re

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.numbers import SMALL
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_AGE = re.compile(rf"\b(?P<n>\d{{1,2}}|{'|'.join(SMALL)})[\s-]years?[\s-]old\b")
_BELOW = re.compile(r"\b(?:under|less than|younger than|not (?:even|yet)|below)\s*$")
_ABOVE = re.compile(r"\b(?:over|more than|older than|above|at least|past)\s*$")
_ROUGHLY = re.compile(r"\b(?:about|around|roughly|nearly|almost|some)\s*$")
_PEOPLE = re.compile(r"\b(?:drivers?|licen[sc]e|son|daughter|kids?|customers?|policy|you (?:must|need|have to))\b")


def check_age(scene: Scene) -> list[Finding]:
    """Check "a six-year-old van": red where the model year says otherwise."""
    found = []
    for index, clause in enumerate(scene.reading.clauses):
        if clause.clause.act is not Act.STATES or _PEOPLE.search(clause.clause.text):
            continue
        for match in _AGE.finditer(clause.clause.text):
            start, end = match.start() + clause.clause.start, match.end() + clause.clause.start
            found += _age(scene, index, (start, end), _number(match["n"]))
    return found


def _fits(before: str, stated: int, age: int) -> bool:
    """Tell whether an age that the words before it bound is that of a model year."""
    if _BELOW.search(before):
        return age <= stated
    if _ABOVE.search(before):
        return age >= stated
    return stated in (age, age - 1) or bool(_ROUGHLY.search(before) and abs(stated - age) <= 1)


def _number(written: str) -> int:
    return SMALL[written] if written in SMALL else int(written)


def _age(scene: Scene, index: int, place: tuple[int, int], stated: int) -> list[Finding]:
    subject = scene.finder.at(index, *place)
    if len(subject.indices) != 1:
        return []
    vehicle = scene.library.pack.vehicles[subject.indices[0]]
    age = scene.library.pack.now.year - int(vehicle["year"])
    right = _fits(scene.reading.normal.lower[max(0, place[0] - 16) : place[0]], stated, age)
    evidence = EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", subject.indices[0])), field="year")
    verdict = Verdict.SUPPORTED if right else Verdict.UNSUPPORTED
    return [Finding(ClaimKind.QUANTITY, *place, verdict, f"The model year is {vehicle['year']}.", evidence)]


__all__ = ["check_age"]
