"""Is a vehicle the only one with something, against the other records: "only the Corolla has Bluetooth"."""

import re

from api.services.grounding.findings import Finding, Scene, vehicle_title
from api.services.grounding.mentions import Mention
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.subjects import Subject
from api.services.grounding.support import weigh
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_BEFORE = re.compile(r"\bonly (?:the |our )?(?:\d{4} )?$")
_HAS = re.compile(r"\W*(?:\w+ )?(?:has|have|comes? with|got|offers?|is|are|includes?)\b")
_AFTER = re.compile(
    r"\W*(?:\w+ )?(?:is|'s) the only (?:one|car|truck|suv|van|vehicle|model)?(?: here| of (?:the|these) \w+| we have)*"
    r" ?(?:with|that(?:'s| has| is| comes with)|to have|to come with)\b"
)
_SOLD = "sold"


def _alone(scene: Scene, clause: ReadClause) -> Mention | None:
    """Return the vehicle that a clause says to be the only one with what it names."""
    lower = scene.reading.normal.lower
    for mention in clause.mentions:
        ahead = lower[clause.clause.start : mention.start]
        rest = lower[mention.end : clause.clause.end]
        if len(mention.matches) == 1 and ((_BEFORE.search(ahead) and _HAS.match(rest)) or _AFTER.match(rest)):
            return mention
    return None


def _another(scene: Scene, clause: ReadClause, own: int) -> int | None:
    """Return another vehicle, not yet sold, whose record says the same."""
    vehicles = scene.library.pack.vehicles
    others = [one for one in range(len(vehicles)) if one != own and vehicles[one].get("status") != _SOLD]
    weighed = ((one, weigh(scene, clause.lemmas, clause, Subject((one,), sure=True))) for one in others)
    return next((one for one, support in weighed if support.supported), None)


def check_alone(scene: Scene) -> list[Finding]:
    """Check each vehicle that is said to be the only one with something; red where another record has it too."""
    found = []
    for clause in scene.reading.clauses:
        mention = _alone(scene, clause) if clause.clause.act is Act.STATES and clause.lemmas else None
        other = None if mention is None or clause.clause.negators else _another(scene, clause, mention.matches[0])
        if mention is not None and other is not None:
            vehicle = scene.library.pack.vehicles[other]
            view = EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", other)))
            end = max(mention.end, *(stop for _, stop, _ in clause.words))
            reason = f"The record of the {vehicle_title(scene.library, other)} says the same."
            kind = ClaimKind.FEATURE_OR_COLOUR
            found.append(Finding(kind, clause.clause.start, end, Verdict.UNSUPPORTED, reason, view))
    return found


__all__ = ["check_alone"]
