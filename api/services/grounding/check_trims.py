"""Claims of a trim that stand apart from the model: "it's the Touring", "the trim is SE", "a 2020 XLE"."""

import re

from api.services.grounding.findings import Finding, Scene, vehicle_title
from api.services.grounding.gazetteer import PLAIN_TRIMS, TRIMS
from api.services.grounding.names import loose
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_NAMES = "|".join(sorted(map(loose, (one.replace("-", " ") for one in TRIMS)), key=len, reverse=True))
_SAID = re.compile(
    rf"\b(?:is|was|it's|that's|one's|be|not|isn't|wasn't|rather than|but|trim:|trim is|level:|level is) "
    rf"(?:only |actually |just )?(?:an? |the |in )?(?:base )?(?P<trim>{_NAMES})(?=$|[\s.,;:)!?])"
    rf"|(?P<of>(?<![\w-])(?:{_NAMES}))(?= (?:trim|version|grade|package)\b)"
)
_LATER = re.compile(r"\s+(?:seats?|drive|mode|sound|audio|fuel|gas|paint|interior|price|condition|option|choice)\b")


def _known(scene: Scene, index: int, written: str) -> bool:
    text = scene.library.catalogue.vehicles[index].known
    return bool(re.search(rf"(?<!\w){loose(written)}(?!\w)", text))


def _proper(scene: Scene, start: int, end: int) -> bool:
    """Tell a trim's name from an everyday word: "Limited", not "limited"."""
    written = scene.text(start, end)
    everyday = written.lower() in PLAIN_TRIMS or len(written) < 2
    return written[0].isupper() if everyday else True


def _in_clause(scene: Scene, index: int, clause: ReadClause) -> list[Finding]:
    found = []
    for match in _SAID.finditer(clause.clause.text):
        group = "trim" if match["trim"] else "of"
        start, end = (clause.clause.start + place for place in match.span(group))
        named = any(one.start < end and start < one.end for one in (*clause.mentions, *clause.quantities))
        if named or not _proper(scene, start, end) or _LATER.match(clause.clause.text, match.end()):
            continue
        finding = _judged(scene, index, clause, (start, end))
        found += [finding] if finding else []
    return found


def _judged(scene: Scene, index: int, clause: ReadClause, place: tuple[int, int]) -> Finding | None:
    subject = scene.finder.at(index, *place)
    vehicles = scene.library.pack.vehicles
    if subject.customers or len(subject.indices) != 1 or not vehicles[subject.indices[0]].get("trim"):
        return None
    own = subject.indices[0]
    denied = sum(1 for one in clause.clause.negators if place[0] - 16 < one < place[0]) % 2 == 1
    right = _known(scene, own, scene.reading.normal.lower[place[0] : place[1]]) != denied
    view = EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicles[own].get("id", own)), field="trim")
    reason = f"The record is the {vehicle_title(scene.library, own)}."
    return Finding(ClaimKind.VEHICLE, *place, Verdict.SUPPORTED if right else Verdict.UNSUPPORTED, reason, view)


def check_trims(scene: Scene) -> list[Finding]:
    """Check trims that are said of a vehicle apart from its name."""
    clauses = enumerate(scene.reading.clauses)
    return [
        one for index, clause in clauses if clause.clause.act is Act.STATES for one in _in_clause(scene, index, clause)
    ]


__all__ = ["check_trims"]
