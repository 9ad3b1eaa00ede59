"""What the house charges for and a text gives away: "winter tires come with it" where a set costs $899."""

import re

from api.services.grounding.charges import charges
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Fact
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, Verdict

_GIVES = re.compile(
    r"\b(?:(?<!we )(?<!i )(?:also )?(?:comes?|sold|sells)(?: \w+){0,2}? with|(?<!not )(?<!n't )includ(?:es?|ed|ing)"
    r"|(?<!we )(?<!i )(?<!you )(?:has|have|gets?|got)|(?:is|are|'s|'re) (?:already )?(?:fitted|mounted|on it|in there)"
    r"|you(?:'ll| will)?(?: also)? get|part of (?:the|this|our) (?:deal|price|package))\b"
)
_PAID = re.compile(
    r"[$€£]|\b(?:for|cost\w*|extra|fees?|charges?|price[ds]?|pay|paid|buy|order|option\w*|can|could|may|would|if)\b"
)
_KEPT = re.compile(
    r"\b(?:(?:not|n't) (?:be )?(?:included|part of)|n't (?:come|include)\w*|costs? extra|(?:is|are) extra)\b"
    r"|n't included\b"
)
_FREE = frozenset({"free", "include"})
_MERE = frozenset({"install", "every", "any", "home", "kit", "fee", "add"})


def _thing(fact: Fact) -> frozenset[str]:
    """Return the words that name what a charge is for."""
    return (fact.words & fact.label) - _MERE


def _free_too(scene: Scene, words: frozenset[str]) -> bool:
    """Tell whether the evidence itself gives the thing to somebody, or says that a vehicle has it."""
    units = (one for one in scene.library.units if words <= one.words)
    return any(one.words & _FREE or one.subject or one.staff for one in units) or any(
        words <= bag for bag in scene.library.bags
    )


def _given(scene: Scene, clause: ReadClause) -> Finding | None:
    text, offset = clause.clause.text, clause.clause.start
    match = _GIVES.search(text)
    if match is None or clause.clause.negators or clause.quantities or _PAID.search(text):
        return None
    for fact in charges(scene):
        words = _thing(fact)
        if fact.quantity.value and words and words <= clause.lemmas and not _free_too(scene, words):
            places = [(start, end) for start, end, word in clause.words if word in words]
            start = min(offset + match.start(), *(one for one, _ in places))
            end = max(offset + match.end(), *(one for _, one in places))
            reason = "The policy asks money for this."
            return Finding(ClaimKind.FEE_OR_TOTAL, start, end, Verdict.UNSUPPORTED, reason, fact.evidence)
    return None


def _kept(scene: Scene, clause: ReadClause) -> Finding | None:
    """Bear out "winter tires aren't included" where the policy asks money for them."""
    if clause.quantities or not _KEPT.search(clause.clause.text):
        return None
    paid = [one for one in charges(scene) if one.quantity.value and _thing(one) and _thing(one) <= clause.lemmas]
    place = (clause.clause.start, clause.clause.end)
    told = "The policy asks money for this."
    return Finding(ClaimKind.FEE_OR_TOTAL, *place, Verdict.SUPPORTED, told, paid[0].evidence) if paid else None


def check_given(scene: Scene) -> list[Finding]:
    """Check what a text says to come with a vehicle against what policies charge for; red where they do."""
    stated = (clause for clause in scene.reading.clauses if clause.clause.act is Act.STATES)
    return [finding for clause in stated if (finding := _given(scene, clause) or _kept(scene, clause))]


__all__ = ["check_given"]
