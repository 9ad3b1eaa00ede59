"""Flaws denied that the record tells of: "not a dent" of a car with hail damage, "one owner" of one with three."""

import re

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Unit
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.subjects import Subject
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_ANY = "any flaw"
_FLAWS = {
    "dent": r"dents?|dings?|hail|dented",
    "scratch": r"scratch\w*|scuff\w*|scrapes?|chips?|chipped|kerbed|curbed",
    "rust": r"rust\w*|corrosion|corroded",
    "accident": r"accidents?|collisions?|crash\w*|wreck\w*|hit|rear-ended|fender bender|claims?",
    "damage": r"damage\w*|hail|dents?|cracks?|cracked|dented|broken|wrecked",
    "paint": r"repaint\w*|respray\w*|paint ?work|touched up|overspray",
    "leak": r"leak\w*|drips?|dripping",
    "warning": r"(?:check engine|warning|engine|airbag|abs) lights?",
    "wear": r"worn|wear|tears?|torn|faded|stain\w*|slow|noisy|rattl\w*|cracked",
}
_PATTERNS = {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in _FLAWS.items()}
_GENERAL = re.compile(
    r"\b(?:flaws?|blemish\w*|issues?|problems?|faults?|defects?|imperfections?|marks?|damage|anything wrong)\b"
)
_DENIAL = re.compile(
    r"\b(?:no|not (?:a single|an|one|any|a)|without(?: a| any| a single)?|zero|free (?:of|from)(?: any)?"
    r"|never(?: been| had| seen"
    r"| in)?(?: a| an| any)?|(?:doesn't|does not|hasn't|has not|isn't|don't)(?: \w+)?(?: a| an| any"
    r"| one)?)\s+(?:\w+ ){0,1}?(?P<what>\w+(?: \w+)?)"
)
_ABSOLUTE = re.compile(
    r"\b(?:flawless|immaculate|spotless|pristine|unblemished|mint(?: condition)?|(?:perfect|showroom|excellent"
    r"|like-new) (?:condition|shape"
    r"|body)|like new|as new|looks new|nothing wrong with)\b"
)
_ORIGINAL = re.compile(
    r"\b(?:paint\w*(?: job)? (?:is|'s|was) (?:still )?(?:all |completely |fully )?(?:original|factory)"
    r"|(?:all |completely )?(?:original|factory) paint|never (?:been )?(?:re)?painted)\b"
)
_ALONE = re.compile(
    r"\b(?:one|single|sole|same|1)[- ](?:\w+ )?(?:owner|keeper|lady|gentleman|woman|man|family|person|driver|hand)\b"
    r"|\bonly (?:one|ever had one) (?:owner|keeper)\b"
)
_OWNERS = re.compile(
    r"\b(?P<n>two|three|four|five|six|several|multiple|second|third|[2-9]) (?:\w+ )?(?:owners?|keepers?|hands)\b"
)


def _flaws_denied(text: str) -> list[tuple[int, int, str]]:
    """Return what a lower-case clause denies: range and name of the flaw, or any flaw."""
    found = [(match.start(), match.end(), _ANY) for match in _ABSOLUTE.finditer(text)]
    found += [(match.start(), match.end(), "paint") for match in _ORIGINAL.finditer(text)]
    for match in _DENIAL.finditer(text):
        what = text[match.start("what") : match.end("what")]
        found += [(*match.span(), name) for name, pattern in _PATTERNS.items() if pattern.match(what)]
        found += [(*match.span(), _ANY)] if _GENERAL.match(what) else []
    return found


def _told(unit: Unit, flaw: str) -> bool:
    text = unit.clause.clause.text
    if unit.negated or _ABSOLUTE.search(text) or re.search(r"\b\w+-free\b", text):
        return False
    patterns = _PATTERNS.values() if flaw == _ANY else [_PATTERNS[flaw]]
    return any(pattern.search(text) for pattern in patterns)


def _of_vehicle(scene: Scene, subject: Subject) -> list[Unit]:
    """Return the trusted sentences about the very vehicle, from its record or from colleagues."""
    units = [unit for unit in scene.library.units if unit.subject and set(unit.subject.indices) & set(subject.indices)]
    return [unit for unit in units if unit.evidence.source in (EvidenceSource.VEHICLE, EvidenceSource.MESSAGE)]


def _against(units: list[Unit], flaw: str) -> EvidenceView | None:
    return next((unit.evidence for unit in units if _told(unit, flaw)), None)


def _in_clause(scene: Scene, index: int, clause: ReadClause) -> list[Finding]:
    text, offset = clause.clause.text, clause.clause.start
    claims = [(start, end, flaw) for start, end, flaw in _flaws_denied(text)]
    owner = None if clause.clause.negators else _ALONE.search(text)
    if not claims and not owner:
        return []
    subject = scene.finder.at(index, offset, clause.clause.end)
    if subject.unknown or subject.customers or len(subject.indices) != 1:
        return []
    units = _of_vehicle(scene, subject)
    found = [(start, end, view) for start, end, flaw in claims if (view := _against(units, flaw))]
    several = next((unit.evidence for unit in units if _OWNERS.search(unit.clause.clause.text)), None)
    found += [(owner.start(), len(text.rstrip()), several)] if owner and several else []
    reason = "The record says otherwise."
    return [
        Finding(ClaimKind.HISTORY_OR_CONDITION, offset + start, offset + end, Verdict.UNSUPPORTED, reason, view)
        for start, end, view in found
    ]


def check_flaws(scene: Scene) -> list[Finding]:
    """Check flaws, repairs and owners that a text denies against what is known of the vehicle."""
    clauses = enumerate(scene.reading.clauses)
    return [
        finding
        for index, clause in clauses
        if clause.clause.act is Act.STATES
        for finding in _in_clause(scene, index, clause)
    ]


__all__ = ["check_flaws"]
