"""Claims that nothing is added beside one fee or tax: red where the same policy adds another."""

import re

from api.services.grounding.findings import Finding, Scene, money_text
from api.services.grounding.library import Fact
from api.services.grounding.people import part_words
from api.services.grounding.quantities import Dimension
from api.services.grounding.reading import ReadClause
from api.services.grounding.roles import Role
from api.services.grounding.sentences import Act
from api.services.grounding.wording import content_lemmas
from models.claims import ClaimKind, EvidenceSource, Verdict

_COST = r"(?:fees?|charges?|tax(?:es)?|costs?|surcharges?)"
_ONLY = re.compile(
    rf"\b(?:(?:only|sole|single) (?:\w+ )?{_COST}|(?:only|just) the (?=[^,;]*\b(?:tax|gst|hst|vat|fee)\b)"
    rf"|nothing (?:else|more|further|on top)|no (?:other|further|additional|more|extra) {_COST}|that's (?:all|it)"
    r"|and that is all)\b|\b(?:only|just) the (?=\S+ (?:tax|gst|hst|vat|\w+ fee))"
)
_APART = re.compile(
    r"\b(?:apart from|aside from|other than|except(?:ing| for)?|besides|beyond) (?:the|our|a|that|this) [^;]*"
    r"(?:\b(?:no|nothing|not|never|none)\b|n't\b)"
)
_NAMED = re.compile(
    r"\b(?:there(?:'s| is| are| will be)|plus|we(?: also| do)? (?:charge|add|bill|collect)|you(?:'ll| will)?(?: also)?"
    r" pay)(?: only| also)? (?:an?|the|our|another|one) (?P<label>(?:[\w-]+ ){1,3}?)(?:fees?|charges?|surcharges?)\b"
)
_SIZES = frozenset({"small", "modest", "littl", "one", "time", "flat", "standard", "separat", "extra", "additional"})
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


def sets_apart(text: str) -> bool:
    """Tell whether a lower-case clause denies all but one thing: "apart from the document fee we charge nothing"."""
    return bool(_APART.search(text))


def _named_fees(scene: Scene) -> list[Finding]:
    """Check each fee that is told by name and without an amount: it is red where no policy knows such a one."""
    found = []
    for clause in scene.reading.clauses:
        match = _NAMED.search(clause.clause.text) if clause.clause.act is Act.STATES else None
        if match is None or clause.quantities:
            continue
        label = content_lemmas(match["label"]) - _SIZES
        if not label or any(label & unit.words for unit in scene.library.units):
            continue
        start, end = clause.clause.start + match.start("label"), clause.clause.start + match.end()
        reason = "No policy or colleague names this charge."
        found.append(Finding(ClaimKind.FEE_OR_TOTAL, start, end, Verdict.UNSUPPORTED, reason))
    return found


_ALONE_MAY = re.compile(
    r"^\W*only (?:the |our |an? )?(?P<who>[\w' ]{3,30}?) (?:can|may|is able to|are able to|could) (?P<what>\w+)\b"
)
_CAN = re.compile(r"\b(?:can|could|may|will|'ll|is able to|am able to)\b")


def _reserved(scene: Scene) -> list[Finding]:
    """Check who does what a sentence leaves to one person alone: "only the sales manager can approve"."""
    found = []
    people = scene.library.people
    rules = [(unit, match) for unit in scene.library.units if (match := _ALONE_MAY.match(unit.clause.clause.text))]
    for clause in scene.reading.clauses:
        text = clause.clause.text
        said = part_words(text)
        can = _CAN.search(text)
        for unit, match in rules if clause.clause.act is Act.STATES and can and not clause.clause.negators else ():
            who = part_words(match["who"])
            does = part_words(unit.clause.clause.text[match.start("what") :]) - who
            named = any(part.name in text and part.words & who for part in people)
            if does and does <= said and not who & said and not named:
                reason = f"A policy leaves this to the {match['who']}."
                start, end = clause.clause.start, clause.clause.end
                found.append(Finding(ClaimKind.COMMITMENT, start, end, Verdict.UNSUPPORTED, reason, unit.evidence))
    return found


def check_exclusive(scene: Scene) -> list[Finding]:
    """Check "the only fee is" and "nothing else" against the other amounts of the policy."""
    found = _named_fees(scene) + _reserved(scene)
    for clause in scene.reading.clauses:
        said = clause.clause.text
        match = _ONLY.search(said) or _APART.search(said) if clause.clause.act is Act.STATES else None
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


__all__ = ["check_exclusive", "sets_apart"]
