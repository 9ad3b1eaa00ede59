"""What a text says that nobody needs, against the sentences that ask for it."""

import re
from collections.abc import Iterator

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Unit
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.subjects import NO_VEHICLE
from api.services.grounding.support import applicable
from api.services.grounding.wording import lemma
from models.claims import ClaimKind, Verdict

_NEEDED = r"(?:needed|necessary|required|mandatory|obligatory|a must|expected|called for)"
_THING = r"(?P<thing>[\w'-]+(?: [\w'-]+){0,3}?)"
_WAIVES = (
    re.compile(
        rf"\bno {_THING}(?:(?:'s| is| are| will be)? (?:\w+ly )?{_NEEDED}|, no (?:problem|worries|issue|sweat))\b"
    ),
    re.compile(rf"\b{_THING} (?:is|are|was)(?:n't| not) (?:\w+ly |even |at all )?{_NEEDED}\b"),
    re.compile(
        rf"\b(?:don't|do not|doesn't|does not|won't|needn't|need not) (?:even |really |actually )?(?:need|require"
        rf"|have to (?:bring|show|have|pay|put down|leave)|bring|show|ask for|want to see)(?: to (?:bring|show|have"
        rf"|leave))?(?: any| an?| the| your| for)* {_THING}(?=$|[,.;!]| (?:to|for|at|when|if|with|before)\b)"
    ),
    re.compile(
        rf"\byou(?: can|'ll| could| may)? (?:simply |just )?(?:skip|forget|forget about|leave out|do without"
        rf"|ignore|omit)"
        rf" (?:the|your|any|that) {_THING}(?=$|[,.;!]| (?:if|when|for|and|then|too|this|altogether)\b)"
    ),
    re.compile(
        rf"\b(?:even )?without (?:any |an? |the |your |showing |leaving )*{_THING}"
        r"(?=$|[,.;!]| (?:too|as|is|for|and|when|while|in|on|if)\b)"
    ),
)
_ASKS_FOR = re.compile(
    r"\b(?:needs?|must|required?s?|bring|necessary|mandatory|only with|shows?|ha(?:s|ve) to|holds?|reserves?|subject to"
    r"|on approved|at least)\b"
)


def _denied_before(clause: ReadClause, start: int) -> bool:
    """Tell whether the clause is denied as a whole: "we can't hold it without a deposit"."""
    before = [one for one in clause.clause.negators if one < start + clause.clause.start]
    return len(before) % 2 == 1


def _waived(clause: ReadClause) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield place and content words of each thing that a clause says is not needed."""
    offset = clause.clause.start
    for pattern in _WAIVES:
        match = pattern.search(clause.clause.text)
        if match and not _denied_before(clause, match.start()):
            low, high = match.start("thing") + offset, match.end("thing") + offset
            words = frozenset(word for start, end, word in clause.words if low <= start and end <= high)
            yield match.start() + offset, match.end() + offset, words


_FREED = re.compile(
    r"\b(?:is|are)(?: \w+)? waived (?:for|with|on|(?:if|when|for) (?:you )?pay(?:ing)?(?: in| with)?) (?P<who>\w+)"
)
_NEED = re.compile(
    r"^you(?: can|'ll| could| may)? (?:simply |just )?(?:skip|forget|leave out|do without|ignore|omit)\b.*\b(?:deposit"
    r"|down payment|licen[sc]e|insurance|proof|credit check|fees?|tax(?:es)?|inspection|co-?signer)\b"
)


def _excused(scene: Scene, start: int, end: int) -> bool:
    """Tell whether the customer is excused from something that sellers and lenders commonly ask for."""
    return bool(_NEED.search(scene.reading.normal.lower[start:end]))


_PAY = frozenset(lemma(word) for word in ("pay", "owe", "due", "charged", "applies"))
_CHARGED = re.compile(r"\b(?:pay|pays|owe|owes|due|charged|applies)\b")


def waiver_of(scene: Scene, clause: ReadClause) -> Finding | None:
    """Check "cash buyers pay the prep fee as well", or that they don't, where a policy waives it for them."""
    if not _CHARGED.search(clause.clause.text):
        return None
    for unit in scene.library.units:
        match = _FREED.search(unit.clause.clause.text)
        if not match or match["who"] not in clause.clause.text:
            continue
        charge, whole = _waived_here(scene, unit, unit.clause.clause.start + match.start("who"))
        free = len(clause.clause.negators) % 2 == 1
        if clause.lemmas & charge and (not free or clause.lemmas <= whole | _PAY):
            verdict = Verdict.SUPPORTED if free else Verdict.UNSUPPORTED
            reason = f"A policy waives it for {match['who']}."
            start, end = clause.clause.start, clause.clause.end
            return Finding(ClaimKind.FEE_OR_TOTAL, start, end, verdict, reason, unit.evidence)
    return None


def _waived_here(scene: Scene, unit: Unit, stop: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return the content words of a sentence that waives something: those before `stop` (for whom), and all."""
    same = [one.clause for one in scene.library.units if one.evidence.id == unit.evidence.id]
    sentence = [one for one in same if one.clause.sentence == unit.clause.clause.sentence]
    words = [word for one in sentence for word in one.words]
    return frozenset(word for _, end, word in words if end <= stop), frozenset(word for _, _, word in words)


def _asking(scene: Scene, words: frozenset[str]) -> Unit | None:
    """Return a sentence that asks for a thing."""
    units = [one for one in scene.library.units if not one.negated and applicable(scene, one, NO_VEHICLE)]
    return next((one for one in units if words <= one.clause.lemmas and _ASKS_FOR.search(one.clause.clause.text)), None)


def check_waived(scene: Scene) -> list[Finding]:
    """Check "no deposit needed" and its like; a sentence that says so itself settles it."""
    found = []
    for clause in scene.reading.clauses:
        for start, end, words in _waived(clause) if clause.clause.act is Act.STATES else ():
            asked = _asking(scene, words) if words else None
            skipped = _excused(scene, start, end)
            freed = words and [one for one in scene.library.units if one.negated and words <= one.clause.lemmas]
            if (asked or skipped) and not freed:
                reason = "A policy asks for it." if asked else "No policy and no colleague waives it."
                evidence = asked.evidence if asked else None
                found.append(Finding(ClaimKind.COMMITMENT, start, end, Verdict.UNSUPPORTED, reason, evidence))
    stated = (clause for clause in scene.reading.clauses if clause.clause.act is Act.STATES)
    return found + [one for clause in stated if (one := waiver_of(scene, clause))]


__all__ = ["check_waived", "waiver_of"]
