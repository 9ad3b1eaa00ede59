"""Years that a text gives as a vehicle's: "the Civic is a 2019", "the Sienna is from 2018", "model year 2020"."""

import re

from api.services.grounding.findings import Finding, Scene, vehicle_title
from api.services.grounding.gazetteer import BODIES, COLOURS
from api.services.grounding.reading import ReadClause
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT = r"'(?P<short>\d\d)"
_CENTURY = 2000
_SUBJECT = r"(?:it|this|that|they|one|car|truck|van|suv|vehicle|ours|both|each|all|other|year|age|these|those|mine)"
_ADVERB = (
    r"(?:also|only|still|just|already|actually|indeed|a bit newer|newer|older|the|an?|model|year|of|from|my|two|years?"
    r"|younger|late|early|yes|no|so|then|even|dates|comes|goes|slightly|is|was|are|were|be|one|certainly|dated"
    r"|dating|back|to|both|all)"
)
_BUILT = r"(?:built|made|manufactured|produced)(?: in)?"
_BUILDS = ("hybrid", "diesel", "electric", "petrol", "gasoline", "automatic", "manual", "awd", "4wd", "fwd", "rwd")
_LOOKS = "|".join(sorted({*COLOURS, *BODIES, *_BUILDS}, key=len, reverse=True))
_LEAD = re.compile(
    rf"(?:(?:^|\b{_SUBJECT}\b|'s\b|\b(?:is|was|are|were)\b|[,:(–—-]|@)\s*)"
    rf"(?:(?:{_ADVERB}|{_BUILT}|{_LOOKS}|and|,)\s+)*(?:'s\s+)?(?:{_ADVERB}\s+|{_BUILT}\s+)?(?:year\s+)?\(?$"
)
_AFTER = re.compile(
    r"\s*(?:$|[,.;:!?)(–—]|-\s|(?:and|but|while|so|with|model|models|car|vehicle|as|which|according|by|than|too|though"
    r"|one|in|at|for|that|like|not|or|version|build|vintage|make|with its|is its|is the|was its)\b)"
)
_WORKED = re.compile(
    r"\b(?:replac\w+|servic\w+|chang\w+|renew\w+|repair\w+|inspect\w+|fitted|resealed|accident|claim|damage\w*|since"
    r"|bought|purchas\w+|sold|import\w+|regist\w+|painted|tires?|brakes?|batter\w+|clutch|until|till|through|valid"
    r"|warrant\w+|due|expir\w+|recall\w*|opened|founded|business|family|born|customer|yours?|collision|hail|flood)\b"
)
_NAMING = re.compile(
    rf"\b(?:model year|year of (?:manufacture|build|construction)|year model|my)(?: is| was|:|,)? {_YEAR}\b"
)
_OF_CAR = re.compile(rf"(?<![\w$€£.,/'-])(?:{_YEAR}|{_SHORT})(?![\w/%-]|[.,]\d| (?:miles|km|mi|dollars|euros)\b)")
_ALONE = re.compile(r"\W*(?:19|20)\d\d\W*")


def _trims(scene: Scene) -> frozenset[str]:
    return frozenset(word for vehicle in scene.library.catalogue.vehicles for word in vehicle.trim.split())


def _ends(text: str, place: int, trims: frozenset[str]) -> bool:
    """Tell whether a year is the end of what is said, or a trim of the inventory follows it."""
    word = re.match(r"\s*([\w.-]+)", text[place:])
    return bool(_AFTER.match(text, place)) or (word is not None and word[1] in trims)


def _between(clause: ReadClause, start: int) -> str | None:
    """Return what stands between a vehicle and a year of a clause; None where the year is not said of one."""
    text, offset = clause.clause.text, clause.clause.start
    inside = [(one.start - offset, one.end - offset) for one in clause.mentions]
    if any(low <= start < high for low, high in inside):
        return None
    begin = max([high for low, high in inside if high <= start], default=0)
    between = text[begin:start]
    named = begin > 0 or _ALONE.fullmatch(text) or re.search(rf"\b{_SUBJECT}\b|\b(?:an?|from) $", between)
    return between if named else None


def _said(scene: Scene, clause: ReadClause) -> list[tuple[int, int, int]]:
    """Return the years of a clause that are said of a vehicle, with their places in the text."""
    text, trims = clause.clause.text, _trims(scene)
    found = {match.span("year"): int(match["year"]) for match in _NAMING.finditer(text)}
    for match in _OF_CAR.finditer(text):
        between = _between(clause, match.start()) if _ends(text, match.end(), trims) else None
        if between is not None and _LEAD.search(between) and not _WORKED.search(between):
            found[match.span()] = int(match["year"] or _CENTURY + int(match["short"]))
    return [(start + clause.clause.start, end + clause.clause.start, year) for (start, end), year in found.items()]


def model_year_places(scene: Scene, clause: ReadClause) -> set[tuple[int, int]]:
    """Return the places of the years that a clause gives as a vehicle's; they are no dates of anything else."""
    return {(start, end) for start, end, _ in _said(scene, clause)}


def model_years(scene: Scene, index: int, clause: ReadClause) -> list[Finding]:
    """Check the years of clause `index` against the records of the vehicles that they are said of."""
    found = []
    for start, end, year in _said(scene, clause):
        subject = scene.finder.at(index, start, end)
        if subject.customers or not subject.indices:
            continue
        years = {one: scene.library.pack.vehicles[one].get("year") for one in subject.indices}
        wrong = [one for one, real in years.items() if real != year]
        right = not wrong or (not subject.every and len(wrong) < len(years) and subject.sure)
        known = (wrong or list(years))[0]
        verdict = Verdict.SUPPORTED if right else Verdict.UNCERTAIN if len(wrong) < len(years) else Verdict.UNSUPPORTED
        reason = f"The record is the {vehicle_title(scene.library, known)}."
        vehicle = scene.library.pack.vehicles[known]
        view = EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", known)), field="year")
        found.append(Finding(ClaimKind.VEHICLE, start, end, verdict, reason, view))
    return found


__all__ = ["model_year_places", "model_years"]
