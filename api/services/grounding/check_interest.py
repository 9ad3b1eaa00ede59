"""Financing without interest, which only a policy or a colleague can grant."""

import re

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, Verdict

_FREE = re.compile(r"\b(?:interest[- ]free|(?:no|zero|without(?: any)?) interest(?! (?:in|from|at|yet)\b))\b")


def check_interest(scene: Scene) -> list[Finding]:
    """Check "interest-free" and "no interest" against the sentences of policies and staff."""
    found = []
    granted = next((one.evidence for one in scene.library.units if _FREE.search(one.clause.clause.text)), None)
    for clause in scene.reading.clauses:
        match = _FREE.search(clause.clause.text) if clause.clause.act is Act.STATES else None
        denied = match and any(one < clause.clause.start + match.start() for one in clause.clause.negators)
        if match and not denied:
            start, end = match.start() + clause.clause.start, match.end() + clause.clause.start
            verdict = Verdict.SUPPORTED if granted else Verdict.UNSUPPORTED
            reason = "The policy says so." if granted else "No policy and no colleague lends without interest."
            found.append(Finding(ClaimKind.RATE, start, end, verdict, reason, granted))
    return found


__all__ = ["check_interest"]
