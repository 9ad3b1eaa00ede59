"""What a text says that a record does not mention: "navigation isn't listed for it", right where that is so."""

import re

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.wording import content_lemmas
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_RECORD = (
    r"(?:(?:the|its|this|that|our|my) (?:\w+ ){0,2}?)"
    r"(?:listing|record|description|specs?|(?:spec|data) sheet|list(?: of features)?|feature list|features|equipment"
    r"|file|notes|page|details|entry|info(?:rmation)?|ad)"
)
_TELLS = r"(?:say|mention|list|show|tell|state|include|specify|note|indicate|cover)"
_SILENT = re.compile(
    rf"\b{_RECORD}(?: that (?:i|we) have)? (?:doesn't|does not|don't|do not)(?: \w+ly)? {_TELLS}\b"
    r"|\b(?:isn't|is not|aren't|are not|not|wasn't)(?: \w+ly)? (?:listed|mentioned|noted|shown|recorded|specified"
    rf"|on {_RECORD}|in {_RECORD}|among {_RECORD})\b"
    rf"|\b(?:don't|do not|can't|cannot) (?:\w+ )?(?:see|find)\b[^,;]*\b(?:on|in|among) {_RECORD}\b"
    rf"|\bno mention of\b|\bnothing (?:on|in) {_RECORD} (?:about|on)\b"
)
_BESIDE = content_lemmas(
    "listing record description spec specs sheet list feature features equipment file notes page details entry info ad"
    " information say mention list show tell state include specify note indicate cover see find listed mentioned noted"
    " shown recorded specified whether data far vehicle car have has come comes"
)


def silent(text: str) -> bool:
    """Tell whether a lower-case clause says that a record does not mention something."""
    return bool(_SILENT.search(text))


def _silence(scene: Scene, index: int, clause: ReadClause) -> Finding | None:
    subject = scene.finder.at(index, clause.clause.start, clause.clause.end)
    words = clause.lemmas - _BESIDE
    if not silent(clause.clause.text) or len(subject.indices) != 1 or subject.customers or not words:
        return None
    vehicle = scene.library.pack.vehicles[subject.indices[0]]
    view = EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", subject.indices[0])))
    told = words <= scene.library.bags[subject.indices[0]]
    verdict = Verdict.UNSUPPORTED if told else Verdict.SUPPORTED
    reason = "The record does mention it." if told else "The record does not mention it."
    return Finding(ClaimKind.FEATURE_OR_COLOUR, clause.clause.start, clause.clause.end, verdict, reason, view)


def check_unlisted(scene: Scene) -> list[Finding]:
    """Check what a text says that the record of its vehicle leaves out."""
    stated = [(index, one) for index, one in enumerate(scene.reading.clauses) if one.clause.act is Act.STATES]
    return [finding for index, clause in stated if (finding := _silence(scene, index, clause))]


__all__ = ["check_unlisted", "silent"]
