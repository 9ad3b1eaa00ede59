"""Is a charge inside an amount or on top of it: "tax is extra", "$21,750 including the document fee"."""

import re
from decimal import Decimal

from api.services.grounding.charges import charges, names
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Fact, Unit
from api.services.grounding.quantities import Dimension
from api.services.grounding.reading import ReadClause
from api.services.grounding.roles import Role
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, Verdict

_NOT = r"(?:not|isn't|aren't|wasn't|doesn't|don't|never|won't be|n't)(?: \w+)?"
_INSIDE = r"(?:includ\w+|part of|in (?:the|that|this)|inside|covered|contained|reflected|counted|factored|baked|built)"
_EXTRA = re.compile(
    rf"\b(?:{_NOT} {_INSIDE}|exclud\w+|exclusive of|without|extra|separate(?:ly)?|on top|in addition|additional"
    r"|added (?:to|on|at|later)|comes? later|net of|before)\b"
)
_WITHIN = re.compile(
    r"\bha(?:s|ve)(?= (?:the |all |our )?(?:\w+ ){1,3}?(?:in it|in there|(?:built|baked|rolled|figured|worked) in)\b)"
    r"|\b(?:includ(?:es?|ing)|inclusive of|with|counting|covers?|contains?)\b"
)
_CHARGES = re.compile(
    r"\b(?:tax(?:es)?|fees?|charges?|hst|gst|vat|title|registration|tags|plates?|licen[sc]e|licensing)\b"
)
_TAXES = re.compile(r"\b(?:tax(?:es)?|hst|gst|vat)\b")
_ADVERSE = re.compile(r"\bno\b|\bfree\b|\bwaiv")
_REACH = 30
_DENIES = re.compile(r"\b(?:no|without an?y?|(?:don't|do not|never|doesn't|won't) charge(?: you)?(?: an?y?)?)\b")
_FREE = frozenset({"free", "include", "other", "more"})


def says_extra(text: str) -> bool:
    """Tell whether a lower-case clause says that a charge comes on top: "sales tax isn't included"."""
    return bool(_CHARGES.search(text) and _EXTRA.search(text) and not _ADVERSE.search(text))


def _on_top(scene: Scene, clause: ReadClause) -> Unit | None:
    """Return the policy that says that what the clause names comes on top, or None."""
    taxes = bool(_TAXES.search(clause.clause.text))
    for unit in scene.library.units:
        text = unit.clause.clause.text
        named = _TAXES.search(text) if taxes else names(clause.lemmas, unit.words) and _CHARGES.search(text)
        if named and (_EXTRA.search(text) or unit.clause.quantities):
            return unit
    return None


def _extra(scene: Scene, clause: ReadClause) -> list[Finding]:
    unit = _on_top(scene, clause)
    if unit is None:
        return []
    text, offset = clause.clause.text, clause.clause.start
    places = [match.span() for pattern in (_CHARGES, _EXTRA) for match in pattern.finditer(text)]
    place = (min(start for start, _ in places) + offset, max(end for _, end in places) + offset)
    return [Finding(ClaimKind.FEE_OR_TOTAL, *place, Verdict.SUPPORTED, "The policy says so.", unit.evidence)]


_COMES_TO = re.compile(
    r"\b(?:comes? (?:out )?(?:to|at)|(?:makes?|is|gives?|adds up to|totals?|would be) (?:\w+ )?[a-z$€£]*\d)"
)
_MOST = Decimal("1.4")


def _list_price(scene: Scene, clause: ReadClause) -> bool:
    """Tell whether the only amount of a clause's sentence that is a price is a vehicle's list price."""
    prices = {one.quantity.value: one for one in scene.library.facts if one.role is Role.PRICE and one.subject}
    stated = [one for part in scene.sentence(clause) for one in part.quantities if one.value in prices]
    plain = [one for one in stated if one.dimension is not Dimension.DISTANCE and not prices[one.value].staff]
    return len(plain) == len(stated) == 1


def _swallowed(scene: Scene, clause: ReadClause) -> list[Finding]:
    """Return a red claim where a plain list price is said to hold a charge that policies add to it."""
    text, offset = clause.clause.text, clause.clause.start
    if clause.clause.negators or _EXTRA.search(text) or not _list_price(scene, clause):
        return []
    for match in _WITHIN.finditer(text):
        near = [word for start, _, word in clause.words if 0 <= start - offset - match.end() <= _REACH]
        added = next((fact for fact in charges(scene) if names(frozenset(near), fact.label)), None)
        taxed = _TAXES.search(text, match.end(), match.end() + _REACH)
        unit = _on_top(scene, clause) if taxed else None
        shown = _COMES_TO.search(text, match.end()) or (added and _summed(scene, clause, added))
        evidence = None if shown else unit.evidence if unit else added.evidence if added else None
        if evidence:
            reason = "The listed price does not hold this charge; it comes on top."
            place = (offset + match.start(), clause.clause.end)
            return [Finding(ClaimKind.FEE_OR_TOTAL, *place, Verdict.UNSUPPORTED, reason, evidence)]
    return []


def _summed(scene: Scene, clause: ReadClause, added: Fact) -> bool:
    """Tell whether the sentence also gives an amount above the list price that may hold the charge."""
    amounts = [one.value for part in scene.sentence(clause) for one in part.quantities]
    prices = {one.quantity.value for one in scene.library.facts if one.role is Role.PRICE}
    plain = min((one for one in amounts if one in prices), default=None)
    beyond = plain is not None and any(plain < one <= plain * _MOST for one in amounts)
    return beyond or any(value + added.quantity.value in amounts for value in amounts)


def _dropped(scene: Scene, clause: ReadClause) -> list[Finding]:
    """Return a red claim where a charge that policies name is denied: "no document fee"."""
    text, offset = clause.clause.text, clause.clause.start
    for match in _DENIES.finditer(text):
        words = [word for start, _, word in clause.words if match.start() <= start - offset <= match.end() + _REACH]
        for fact in charges(scene):
            if fact.quantity.value and fact.guard is None and not fact.words & _FREE and fact.label <= frozenset(words):
                place = (offset + match.start(), clause.clause.end)
                reason = "The policy does charge this."
                return [Finding(ClaimKind.FEE_OR_TOTAL, *place, Verdict.UNSUPPORTED, reason, fact.evidence)]
    return []


def check_inclusions(scene: Scene) -> list[Finding]:
    """Check what a text says to be inside an amount or on top of it."""
    found: list[Finding] = []
    for clause in scene.reading.clauses:
        if clause.clause.act is Act.STATES:
            found += _extra(scene, clause) if says_extra(clause.clause.text) else _swallowed(scene, clause)
            found += _dropped(scene, clause)
    return found


__all__ = ["check_inclusions", "says_extra"]
