"""Financing without interest and payments put off, which only a policy or a colleague can grant."""

import re

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, Verdict

_FREE = re.compile(r"\b(?:interest[- ]free|(?:no|zero|without(?: any)?) interest(?! (?:in|from|at|yet)\b))\b")
_DEFERRED = re.compile(
    r"\bno (?:monthly )?payments? (?:until|till|for|before)\b|\bdefer\w*(?: \w+){0,3} payments?\b"
    r"|\b(?:first|next) (?:monthly )?payment (?:isn't|is not|won't be|is|starts?|will be)(?: \w+){0,2}"
    r" (?:due|until|till|in|after)\b|\bskip (?:an?|the first|your first|\w+) payments?\b"
)
_GRANTS = (
    (ClaimKind.RATE, _FREE, "No policy and no colleague lends without interest."),
    (ClaimKind.COMMITMENT, _DEFERRED, "No policy and no colleague puts payments off."),
)


def check_interest(scene: Scene) -> list[Finding]:
    """Check "interest-free" and "no payments until March" against the sentences of policies and staff."""
    found = []
    stated = [clause for clause in scene.reading.clauses if clause.clause.act is Act.STATES]
    for kind, pattern, why in _GRANTS:
        granted = next((one.evidence for one in scene.library.units if pattern.search(one.clause.clause.text)), None)
        for clause in stated:
            match = pattern.search(clause.clause.text)
            if match and not any(one < clause.clause.start + match.start() for one in clause.clause.negators):
                place = (match.start() + clause.clause.start, match.end() + clause.clause.start)
                verdict = Verdict.SUPPORTED if granted else Verdict.UNSUPPORTED
                reason = "The evidence says so." if granted else why
                found.append(Finding(kind, *place, verdict, reason, granted))
    return found


__all__ = ["check_interest"]
