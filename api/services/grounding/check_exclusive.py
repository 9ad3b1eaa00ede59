"""Claims that nothing is added beside one fee or tax: red where the same policy adds another."""

import re

from api.services.grounding.findings import Finding, Scene, money_text
from api.services.grounding.library import Fact
from api.services.grounding.quantities import Dimension
from api.services.grounding.reading import ReadClause
from api.services.grounding.roles import Role
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceSource, Verdict

_COST = r"(?:fees?|charges?|tax(?:es)?|costs?|surcharges?)"
_ONLY = re.compile(
    rf"\b(?:(?:only|sole|single) (?:\w+ )?{_COST}|(?:only|just) the (?=[^,;]*\b(?:tax|gst|hst|vat|fee)\b)"
    rf"|nothing (?:else|more|further|on top)|no (?:other|further|additional|more|extra) {_COST}|that's (?:all|it)"
    r"|and that is all)\b|\b(?:only|just) the (?=\S+ (?:tax|gst|hst|vat|\w+ fee))"
)
_ROLES = (Role.FEE, Role.TAX)


def _stated(scene: Scene, sentence: list[ReadClause]) -> list[Fact]:
    """Return the policies' fees and taxes that a sentence gives."""
    values = {one.value for clause in sentence for one in clause.quantities}
    policies = [one for one in scene.library.facts if one.evidence.source is EvidenceSource.POLICY]
    return [one for one in policies if one.role in _ROLES and one.quantity.value in values]


def _left_out(scene: Scene, stated: list[Fact]) -> Fact | None:
    """Return a fee or tax that stands in the same policy as a stated one and was not said."""
    said = {one.quantity.value for one in stated}
    return next(
        (
            one
            for one in scene.library.facts
            if one.role in {fact.role for fact in stated}
            and one.evidence in [fact.evidence for fact in stated]
            and one.quantity.value not in said
        ),
        None,
    )


def check_exclusive(scene: Scene) -> list[Finding]:
    """Check "the only fee is" and "nothing else" against the other amounts of the policy."""
    found = []
    for clause in scene.reading.clauses:
        match = _ONLY.search(clause.clause.text) if clause.clause.act is Act.STATES else None
        stated = _stated(scene, scene.sentence(clause)) if match else []
        missing = _left_out(scene, stated)
        if match is None or missing is None:
            continue
        start, end = clause.clause.start + match.start(), clause.clause.start + match.end()
        end = max([end, *(one.end for one in clause.quantities if one.start >= start)])
        reason = f"The policy adds {_shown(scene, missing)} too."
        found.append(Finding(ClaimKind.FEE_OR_TOTAL, start, end, Verdict.UNSUPPORTED, reason, missing.evidence))
    return found


def _shown(scene: Scene, fact: Fact) -> str:
    if fact.quantity.dimension is Dimension.MONEY:
        return money_text(fact.quantity.value, scene.library.locale.currency)
    return f"{fact.quantity.value} %"


__all__ = ["check_exclusive"]
