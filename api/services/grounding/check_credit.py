"""Claims about credit: granted or declined, certain for the customer, or left to the lender."""

import re

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.opposing import polarity
from api.services.grounding.reading import ReadClause
from api.services.grounding.subjects import NO_VEHICLE
from api.services.grounding.support import Support, plain_words, weigh
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_TOPIC = re.compile(
    r"\b(?:pre-?)?approv(?:al|als|ed|e|es|ing)\b|\b(?:pre-?)?qualif(?:y|ies|ied|ication)\b"
    r"(?! for (?:\S+ ){0,5}?(?:warranty|guarantee|rebate|discount|exchange|return|refund)\b)|\bcredit\b(?!"
    r" card)|\bfinanc(?:ed|ing|e)\b|\b(?:loan|application|app)s?\b|\b(?:lenders?|bank(?! (?:transfers?|wires?"
    r"|accounts?|drafts?|cheques?|checks?|cards?|details|statements?"
    r"|holidays?))s?|underwriters?)\b"
    r"|\bco-?sign\w*|\bbankruptc\w+|\brepo(?:session)?s?\b|\bgreen light\b|\bfunded\b"
    r"|\bget(?:s|ting)? you (?:in|into|behind)\b|\bwith (?:that|your|an?|\d+) (?:points?|(?:credit )?scores?)\b"
    r"|\b(?:answer|reply|response|decision|result) (?:will be|is going to be|is) (?:positive|favou?rable|good|a yes)\b"
    r"|\bdrive (?:it )?(?:home|away|off) (?:today|tonight|tomorrow|this)"
)
_ALONE = re.compile(r"approv|pre|qualif|get|drive|green|fund")
_SURE = re.compile(
    r"\b(?:(?:bank|lender)s? (?:\w+ly )?(?:loves?|likes?|prefers?|welcomes?|trusts?"
    r"|(?:is|are) (?:\w+ )?(?:easy|generous|lenient|flexible|relaxed))|your (?:loan|application|financing"
    r"|approval|credit(?! score))(?! (?:questions?|options?|needs?"
    r"|details|paperwork|form|side|application)\b)|you(?:'re| r| are| will be|'ll be"
    r"|'ve been| have been| get| can get| definitely| qualify|'ve"
    r" got| should| would)|everyone|everybody|anyone|anybody|all (?:customers|buyers|applicants|credit)"
    r"|guaranteed?|definite\w*|will (?:say yes|approve|accept)|no (?:problem|credit|matter|issue|worries"
    r"|obstacle|barrier|hurdle|concern|reason|trouble|hindrance|big deal|deal[- ]?breaker)"
    r"|(?:not|never|won't be|isn't|wouldn't be) (?:a|an|any|be a|be an) (?:problem|issue|obstacle|barrier|hurdle"
    r"|concern|deal[- ]?breaker)|regardless|doesn't matter|don't (?:check|need|run|care|mind"
    r"|do (?:\w+ ){0,2}(?:credit|checks?|scores?))|never|eas(?:y|ily)"
    r"|always|for sure|went through|came (?:through|back|in)|instant\w*|automatic\w*|good enough|bad credit"
    r"|gave you|already|in the bag|done|as long as|(?:sail|breez|fly|flies|slid|glid|cruis|waltz"
    r"|walk)\w* (?:right |straight"
    r" )?through|shoo-?in|look(?:s|ing)? past|overlook\w*|can't say no|stand(?:s)? in (?:the|your) way|a breeze"
    r"|home free|sure thing|certain|rubber[- ]?stamp\w*|a formality|welcome any|takes? anyone|all set)\b"
)
_OPEN_ENDED = re.compile(
    r"\b(?:if|once|after|when|provided(?: that)?|unless|until|before|as soon as) (?:(?:the|a|your|our|one of the) )?"
    r"(?:\w+ ){1,2}(?:approv|agree|accept|says? yes|clear|grant)"
    r"|\b(?:needs?|requires?|takes?|awaits?|depends? on|without|only with) (?:[\w']+ ){0,5}approval"
    r"|\b(?:on|with|upon|pending|subject to) (?:\w+ )?approv|\b(?:not|isn't|aren't|never|nothing is|can't be|cannot be)"
    r" (?:\w+ )?guarantee|\b(?:no|not (?:give|make|offer|promise)(?: you)? (?:any|a)|n't (?:give|make|offer"
    r"|promise)(?: you)?"
    r" (?:any|a)) guarantee|\b(?:no way of|can't|cannot|unable to|impossible to) (?:\w+ )?(?:know|predict"
    r"|tell|say|promis|foresee|guess|influence)\w*|\bout of (?:our|my) hands|\b(?:while|until|before"
    r"|once) you (?:sort|arrange|figure|line|look|shop|work|apply)"
    r"|\bwelcome to (?:apply|bring|use|arrange|check|talk|ask|try)\b"
    r"|\b(?:if|should|in case)\b[^,;]{0,16}\b(?:financing|loan|credit|application|lender|bank|finance)\b[^,;.]{0,12}"
    r"(?:fall|fail|declin|refus|reject|turned down|n't (?:work|go|come)|not (?:work|go|come|approved)|says? no)"
    r"|\b(?:has|have|needs?|must|had)(?: to)? be (?:\w+ )?approved"
    r"|\b(?:the|your|its|a) (?:bank|lender)(?:'s|s')? (?:\w+ )?(?:decision|call|choice)\b"
    r"|\bwhether (?:or not )?(?:you|your|it|the)\b|\b(?:may|can) apply"
)
_NOBODY_REFUSES = re.compile(
    r"\b(?:nobody|no ?one|no (?:lender|bank)|none of (?:them|the \w+|our \w+))(?: \w+){0,2}?"
    r" (?:says? no|turns?|refuses?|rejects?|declines?)\b"
)
_CONDITION = re.compile(r"\W*(?:and |but |so )?(?:if|in case|when|should) (?!we\b|i\b)[^,;]*$")
_VAGUE = frozenset({"finance", "credit", "application", "car", "vehicle", "great", "good", "happy"})


def _certain(text: str) -> bool:
    return bool(_SURE.search(text) or _NOBODY_REFUSES.search(text))


def _reassures(clause: ReadClause) -> bool:
    """Tell whether a clause says how credit ends for somebody."""
    text, words = clause.clause.text, clause.lemmas
    if words & {"granted", "declined"} or ({"lender", "decide"} <= words and polarity(clause)):
        return True
    topic = _TOPIC.search(text) or _NOBODY_REFUSES.search(text)
    return bool(topic) and bool(_certain(text) or _ALONE.match(topic.group()))


def _settled(clause: ReadClause) -> bool:
    """Tell whether a clause leaves the end open, or is judged as a trait ("no credit check")."""
    ours = clause.lemmas & {"granted", "declined"}
    checks = [trait for trait in clause.traits if trait.family == "credit check"]
    if checks and not ours and not ("lender" in clause.lemmas and any(trait.value == "none" for trait in checks)):
        return True
    if "payoff" in clause.lemmas:
        return True
    left = {"lender", "decide"} <= clause.lemmas and not polarity(clause)
    return left or bool(_OPEN_ENDED.search(clause.clause.text))


def _support(scene: Scene, clause: ReadClause) -> Support:
    words = plain_words(clause)
    return weigh(scene, words - _VAGUE or words, clause, NO_VEHICLE)


def _rule(scene: Scene) -> EvidenceView | None:
    """Return the policy that leaves credit to the lender."""
    units = scene.library.units
    return next(
        (one.evidence for one in units if any(trait.family == "credit check" for trait in one.clause.traits)), None
    )


def left_open(text: str) -> bool:
    """Tell whether a lower-case clause says that nothing is certain: "not guaranteed", "subject to approval"."""
    return bool(_OPEN_ENDED.search(text))


def _supposed(scene: Scene, clause: ReadClause) -> bool:
    """Tell whether a clause is only the condition that its sentence begins with: "If your credit is a concern, ..."."""
    rest = [one for one in scene.sentence(clause) if one.clause.start > clause.clause.start]
    after = scene.reading.normal.lower[clause.clause.end :].lstrip()
    return bool(rest) and after.startswith(",") and bool(_CONDITION.match(clause.clause.text))


def check_credit(scene: Scene, clause: ReadClause) -> list[Finding]:
    """Check what one clause says of the customer's credit.

    A policy never bears out that this customer was approved; a colleague's message does.
    """
    topical = (
        bool(_NOBODY_REFUSES.search(clause.clause.text) or _TOPIC.search(clause.clause.text))
        or "lender" in clause.lemmas
    )
    if not topical or not _reassures(clause) or _settled(clause) or _supposed(scene, clause):
        return []
    kind, place = ClaimKind.CREDIT_APPROVAL, (clause.clause.start, clause.clause.end)
    support = _support(scene, clause)
    of_rule = support.evidence is not None and support.evidence.source is EvidenceSource.POLICY
    if support.supported and not (of_rule and _SURE.search(clause.clause.text)):
        return [Finding(kind, *place, Verdict.SUPPORTED, "The evidence says so.", support.evidence)]
    if polarity(clause) and not support.contradicted and not _certain(clause.clause.text):
        return []
    reason = "Nobody has approved credit in this thread."
    return [Finding(kind, *place, Verdict.UNSUPPORTED, reason, support.evidence or _rule(scene))]


__all__ = ["check_credit", "left_open"]
