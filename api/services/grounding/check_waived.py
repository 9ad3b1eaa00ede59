"""What a text says that nobody needs, against the sentences that ask for it."""

import re
from collections.abc import Iterator

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Unit
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.subjects import NO_VEHICLE
from api.services.grounding.support import applicable
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
            freed = [one for one in scene.library.units if one.negated and words <= one.clause.lemmas]
            if asked and not freed:
                reason = "A policy asks for it."
                found.append(Finding(ClaimKind.COMMITMENT, start, end, Verdict.UNSUPPORTED, reason, asked.evidence))
    return found


__all__ = ["check_waived"]
