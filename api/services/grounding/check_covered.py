"""Parts of a vehicle that a text says are under warranty, against the parts that the warranties name."""

import re

from api.services.grounding.components import COMPONENTS
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Unit
from api.services.grounding.opposing import polarity
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.support import applicable
from models.claims import ClaimKind, Verdict

_MORE = (
    r"electronics|electrics|electrical system|infotainment|screen|paint|body|exhaust|turbo|steering|differential|clutch"
    r"|interior|seats?|wheels?|bumpers?|wear and tear|wear parts|rust|hybrid (?:system|battery)"
)
_PART = "|".join([*COMPONENTS.values(), _MORE])
_COVERED = re.compile(
    rf"\b(?:the |its |your )?(?P<part>{_PART})(?:,? (?:and|too|also|as well))? (?:is|are|'s|'re)(?: also| all"
    rf"| fully| still)*"
    r" (?:covered|warrantied|guaranteed|under (?:the )?(?:warranty|guarantee)|included in the (?:warranty|coverage))\b"
    rf"|\b(?:warranty|guarantee|coverage|we)(?: also| even)* (?:covers?|includes?)(?: also| even)* (?:the |its |your )?"
    rf"(?P<other>{_PART})\b"
)
_WARRANTS = re.compile(r"\b(?:warrant\w*(?! (?:repairs?|work|claims?|jobs?)\b)|covered|covers|guarantee\w*)\b")
_NARROW = re.compile(rf"\b(?:{_PART}|power[- ]?train|drivetrain)\b")


def _same_part(one: str, other: str) -> bool:
    return any(re.fullmatch(part, one) and re.search(rf"\b(?:{part})\b", other) for part in [*COMPONENTS.values()]) or (
        one in other
    )


def _warranties(scene: Scene, index: int, clause: ReadClause) -> list[Unit]:
    """Return the sentences of policies that give the vehicle in question a warranty on named parts only."""
    subject = scene.finder.at(index, clause.clause.start, clause.clause.end)
    units = [one for one in scene.library.units if not one.negated and applicable(scene, one, subject)]
    told = [one for one in units if not one.staff and _WARRANTS.search(one.clause.clause.text)]
    return told if all(_NARROW.search(one.clause.clause.text) for one in told) else []


def check_covered(scene: Scene) -> list[Finding]:
    """Check "the brakes are covered too"; red where every warranty names other parts."""
    found = []
    for index, clause in enumerate(scene.reading.clauses):
        match = None if polarity(clause) or clause.clause.act is not Act.STATES else _COVERED.search(clause.clause.text)
        told = _warranties(scene, index, clause) if match else []
        if match and told:
            part = match["part"] or match["other"]
            known = [one for one in told if _same_part(part, one.clause.clause.text) or _powers(part, one)]
            place = (clause.clause.start + match.start(), clause.clause.start + match.end())
            verdict = Verdict.SUPPORTED if known else Verdict.UNSUPPORTED
            reason = "The warranty covers it." if known else "The warranty names other parts."
            evidence = (known or told)[0].evidence
            found.append(Finding(ClaimKind.WARRANTY_OR_SERVICE, *place, verdict, reason, evidence))
    return found


def _powers(part: str, unit: Unit) -> bool:
    """Tell whether a part belongs to the powertrain that a warranty names."""
    named = re.search(r"\bpower[- ]?train\b", unit.clause.clause.text)
    return bool(named) and part in {"engine", "motor", "transmission", "gearbox", "clutch", "differential"}


__all__ = ["check_covered"]
