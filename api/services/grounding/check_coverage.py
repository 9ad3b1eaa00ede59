"""Default deny: what states something and was covered by no claim is itself a claim."""

import re
from dataclasses import replace

from api.services.grounding.asides import asides
from api.services.grounding.attribution import customer_wrote
from api.services.grounding.charge_terms import less_settled
from api.services.grounding.check_credit import left_open
from api.services.grounding.concepts import excluded
from api.services.grounding.denials import denied
from api.services.grounding.ellipsis import completed
from api.services.grounding.findings import NOBODY_SAYS, Finding, Scene, otherwise
from api.services.grounding.kinds import numbered_kind
from api.services.grounding.limits import concedes, reaches_further, unbounded
from api.services.grounding.mere_words import ENDS, MERELY, PRAISE, SHOP
from api.services.grounding.opposing import polarity
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.speech import harmless, unable
from api.services.grounding.support import NOTHING, TAX_ASIDE, Support, weigh
from api.services.grounding.talk import claims_nothing, leads_in
from api.services.grounding.wording import lemma
from models.claims import ClaimKind, Verdict

_MAYBE = re.compile(r"\b(?:may|might|could be|perhaps|possibly)\b")
_COURTESY = re.compile(
    r"\b(?:thank(?:s| you)|welcome|hello|hi|hey|dear|regards|sincerely|cheers|sorry|glad to|happy to"
    r"|un momento|por favor|gracias|merci|danke|bitte|gern geschehen|melden sie sich|jederzeit|vielen dank"
    r"|guten tag|hola|bonjour|pleasure|looking forward|look forward"
    r"|hope (?:you|that|this|to)|feel free|let (?:me|us) know"
    r"|don't hesitate|have a (?:great|good|nice|wonderful)|take care|good (?:morning|afternoon"
    r"|evening|luck|question|to hear)|great (?:question|choice|to hear|news)|congrat\w*|i understand"
    r"|we understand|no worries|don't worry|i'd love|we'd love|would love|best wishes|see you|talk"
    r" soon|no problem|question for|message away|call away|if your plans|i appreciate|we appreciate|my"
    r" name is|this is (?=[a-z]+ (?:from|at|with)\b))\b"
)
_REQUEST = re.compile(
    r"^\W*(?:(?:and|also|but|always|yes|sure|ok|okay|then|just|simply)\W+)*(?:please|kindly|feel free to|if you"
    r"|a reminder"
    r"|so(?! (?:do|does|is|are|has|have|was|were)\b)|you (?:can|could|may)(?: also| always)?|let (?:me|us)|call|text"
    r"|email|write|send|reply|ask|bring|come|stop|swing|tell|give|check|contact|see|visit|drop|share|reach|note|mention"
    r"|pick|choose|look|say|fill)\b"
)
_ALLOWED = re.compile(
    r"^\W*(?:and |also |then |yes,? )*you (?:can|could|may)(?: also| always| even)* (?P<verb>[a-z]+)\b"
)
_EASY = re.compile(
    r"come|visit|stop|swing|drop|view|browse|decide|choose|pick|test|drive|bring|get|feel|count|rest|leave|request"
    r"|book|keep|use|click|fill|skip|hop|pop|head|go|be|always|sit|note|add|attach|upload|expect|learn|hold|print"
)
_CAPABLE = re.compile(
    r"\byou(?:'d| could| can|'ll| may)(?: \w+ly| even)? (?:tow|haul|fit|carry|load|sleep|seat|transport)\b"
)
_MEASURED = (ClaimKind.TERM, ClaimKind.RATE, ClaimKind.QUANTITY, ClaimKind.MILEAGE)
_BOUNDED = (*_MEASURED, ClaimKind.DOWN_PAYMENT, ClaimKind.FEE_OR_TOTAL)
_HISTORY = re.compile(
    r"\b(?:accident|owner|title|smok|garage|service|maint|history|condition|repair|replace|dent|scratch"
    r"|rust|clean|tires?|brakes?|engine|runs|drives|mechanic|damage|kept|driven|leak|battery|issue"
    r"|problem|flood|recall)\w*"
)
_WARRANTY = re.compile(r"\b(?:warrant|guarantee|service plan|refund|return|exchange|cover|oil change|roadside)\w*")
_FEATURE = re.compile(
    r"\b(?:has|have|comes? with|equipped|features?|includes?|with|fitted|seats|interior|package|system)\b"
)


_OUTCOME = frozenset(lemma(word) for word in ("guarantee", "approved", "credit", "financing", "promise", "outcome")) | {
    "granted",
    "lender",
    "decide",
}
_CARRIES = re.compile(r"\b(?:comes?|sold|carries|has|have|gets?|with|on the|for the) ")
_HAD = re.compile(
    r"\b(?:has|have|had|with|gets?|includes?|comes with|supports?|offers?|features?|runs|takes|an?"
    r"|lacks?) (?:also |even |no |any |neither )*$"
)
_AT = re.compile(r"(?<!you're )(?<!you are )(?<!you live )\b(?:in|from|near|through|around|outside)(?: the)? $")
_FRAGMENT = re.compile(r"\W*(?:but |and )?not (?:for|on|in|at|with|to|by|from) ")
_ON = re.compile(r" (?:is|are|was|isn't|aren't|can|may|has|would|will|comes|works|costs|in|with|for)\b")
_SUPERLATIVE = re.compile(
    r"\b(?:(?:the|our|your) (?:absolute(?:ly)? |very |single )?(?:best|nicest|finest|cleanest|safest|greatest"
    r"|toughest) (?!way|time|day|number|place|person|of luck|part|thing|fit|option for you|contact|route"
    r"|e?mail|address|line|spot|one for you|wishes)"
    r"|(?:lowest|best|cheapest) (?:price|deal|rate|value|payment)s?\b|unbeatable|hard to beat"
    r"|next to nothing|dirt cheap|(?:well|far|way)? ?(?:below|under) what"
    r" (?:others|anyone|everyone|other \w+|the competition)"
    r"|(?:won't|will not|can't|cannot|never) (?:find|get|see|do|beat)[^.;]{0,20}\b(?:better|lower|cheaper|best|nicer)\b"
    r"|second to none|number one|top[- ]rated|award[- ]winning"
    r"|(?:better|cheaper|lower|nicer) than (?:anyone|anybody|any|everyone|the competition))"
)


def _boast(scene: Scene, clause: ReadClause, findings: list[Finding]) -> Finding | None:
    """Return an amber claim for a superlative that no trusted sentence uses, though its words say little."""
    match = _SUPERLATIVE.search(clause.clause.text)
    known = match and any(match.group().strip() in unit.clause.clause.text for unit in scene.library.units)
    if match is None or known or claims_nothing(clause.clause.text):
        return None
    if any(one.verdict is not Verdict.SUPPORTED for one in findings):
        return None
    start, end = clause.clause.start + match.start(), _extent(scene, clause)[1]
    return Finding(ClaimKind.UNCOVERED_ASSERTION, start, end, Verdict.UNCERTAIN, NOBODY_SAYS)


def _kind(clause: ReadClause, about_vehicle: bool) -> ClaimKind:
    text = clause.clause.text
    if _WARRANTY.search(text):
        return ClaimKind.WARRANTY_OR_SERVICE
    if _HISTORY.search(text):
        return ClaimKind.HISTORY_OR_CONDITION
    return ClaimKind.FEATURE_OR_COLOUR if about_vehicle and _FEATURE.search(text) else ClaimKind.UNCOVERED_ASSERTION


def _residue(scene: Scene, clause: ReadClause, findings: list[Finding]) -> list[tuple[int, int, str]]:
    """Return the content words of a clause that no finding covers."""
    covered = [(one.start, one.end) for one in findings]
    offset, after = clause.clause.start, scene.reading.normal.lower[clause.clause.end : clause.clause.end + 3]
    covered += [(match.start() + offset, match.end() + offset) for match in TAX_ASIDE.finditer(clause.clause.text)]
    covered += [(start + offset, end + offset) for start, end in asides(clause.clause.text, after)]
    return [word for word in clause.words if not any(start <= word[0] and word[1] <= end for start, end in covered)]


def _stray_numbers(scene: Scene, clause: ReadClause, findings: list[Finding]) -> list[Finding]:
    """Flag numbers with no unit that nothing else explains."""
    found = []
    for quantity in clause.quantities:
        start, end = quantity.core
        if any(one.start < end and start < one.end for one in findings) or any(
            time.start < end and start < time.end for time in clause.times
        ):
            continue
        same = _number_known(scene, quantity.value)
        small_talk = quantity.value <= 3 and not any(character.isdigit() for character in scene.text(start, end))
        put_right = denied(clause, quantity) and customer_wrote(scene, quantity)
        if small_talk or put_right or (same and quantity.value > 3) or numbered_kind(scene, start, end):
            continue
        shown = scene.text(quantity.start, quantity.end)
        verdict = Verdict.UNCERTAIN if quantity.spoken_short or same else Verdict.UNSUPPORTED
        found.append(
            Finding(
                ClaimKind.QUANTITY,
                quantity.start,
                quantity.end,
                verdict,
                f"No record, policy or message of your team has the number {shown}.",
            )
        )
    return found


def _number_known(scene: Scene, value: object) -> bool:
    years = {vehicle.get("year") for vehicle in scene.library.pack.vehicles}
    years |= {one.year for unit in scene.library.units for one in unit.clause.dates}
    return value in years or any(fact.quantity.value == value for fact in scene.library.facts)


def _opinion(scene: Scene, index: int, clause: ReadClause, findings: list[Finding]) -> Finding | None:
    residue = _residue(scene, clause, findings)
    words = frozenset(word for _, _, word in residue)
    settled = not residue and any(one.kind is ClaimKind.FEE_OR_TOTAL for one in findings)
    denied = None if settled else _denied_idea(scene, index, clause, findings)
    if denied:
        return denied
    if _claims_nothing(scene, clause, residue) or _borne_out(scene, clause, words, findings):
        return None
    start, end = residue[0][0], residue[-1][1]
    subject = scene.finder.at(index, start, end)
    borne = any(one.verdict is Verdict.SUPPORTED for one in findings)
    tries = (words, clause.lemmas, words - MERELY if borne else words)
    weighed = (weigh(scene, one, clause, subject) for one in tries)
    support = next((one for one in weighed if one.supported or one.contradicted), NOTHING)
    kind = _kind(clause, bool(subject.indices))
    if support.supported and concedes(clause.clause.text) and reaches_further(scene, clause, support.evidence):
        support = replace(support, supported=False, contradicted=True)
    if support.supported:
        return Finding(kind, start, end, Verdict.SUPPORTED, "The evidence says so.", support.evidence)
    start, end = _extent(scene, clause)
    if support.contradicted:
        return Finding(kind, start, end, Verdict.UNSUPPORTED, otherwise(support.evidence), support.evidence)
    if _MAYBE.search(clause.clause.text) or _only_asks(scene, clause.clause.text, residue):
        return None
    return Finding(kind, start, end, Verdict.UNCERTAIN, NOBODY_SAYS)


def _only_asks(scene: Scene, text: str, residue: list[tuple[int, int, str]]) -> bool:
    """Tell whether a clause asks the customer to do something rather than says what the vehicle can do."""
    allowed = _ALLOWED.search(text)
    may = allowed is not None and not harmless(allowed["verb"]) and not _EASY.fullmatch(allowed["verb"])
    may = may and not any({one[2] for one in residue} <= unit.words for unit in scene.library.units)
    return bool(_REQUEST.search(text)) and len(residue) <= 2 and not _CAPABLE.search(text) and not may


def _without_end(scene: Scene, index: int, clause: ReadClause) -> Support | None:
    """Return the policy that sets a limit where a clause speaks of none."""
    words = clause.lemmas - {"unlimited"}
    if not unbounded(clause.clause.text) or not words:
        return None
    support = weigh(scene, words, clause, scene.finder.at(index, clause.clause.start, clause.clause.end))
    further = support.supported and reaches_further(scene, clause, support.evidence)
    return replace(support, supported=False, contradicted=True) if further else None


def _denied_idea(scene: Scene, index: int, clause: ReadClause, findings: list[Finding]) -> Finding | None:
    """Return a red claim where a trusted sentence rules out an idea of the clause, however kindly that is put."""
    text = clause.clause.text
    if unable(text) or _assures_nothing(clause) or (claims_nothing(text) and not clause.quantities):
        return None
    if _FRAGMENT.match(text):
        return None
    opposed = excluded(clause.lemmas) or (polarity(clause) and not findings and not clause.quantities)
    if not (opposed or unbounded(clause.clause.text)) or any(one.verdict is Verdict.UNSUPPORTED for one in findings):
        return None
    start, end = _extent(scene, clause)
    support = weigh(scene, clause.lemmas, clause, scene.finder.at(index, start, end))
    support = _without_end(scene, index, clause) or support
    if not support.contradicted:
        return None
    reason = otherwise(support.evidence)
    return Finding(_kind(clause, False), start, end, Verdict.UNSUPPORTED, reason, support.evidence)


def _claims_nothing(scene: Scene, clause: ReadClause, residue: list[tuple[int, int, str]]) -> bool:
    """Tell whether only courtesy, a word of praise or the name of somebody addressed is left."""
    text = clause.clause.text
    if _assures_nothing(clause):
        return True
    after = scene.reading.normal.lower[clause.clause.end : clause.clause.end + 3]
    if not clause.quantities and (claims_nothing(text) or leads_in(text, after)):
        return True
    if not residue or (_COURTESY.search(text) and len(residue) <= 3) or _is_name(scene, residue):
        return True
    if re.match(r"\W*(?:in order )?to \w+", text) and not clause.quantities:
        return True
    return (len(text.split()) <= 5 or bool(clause.quantities)) and all(word in PRAISE for _, _, word in residue)


def _borne_out(scene: Scene, clause: ReadClause, words: frozenset[str], findings: list[Finding]) -> bool:
    """Tell whether the sentences behind the clause's claims hold its words too, verbs of mere being aside."""
    beside = _beside(scene, clause, findings)
    if any(one.kind is ClaimKind.TIME_OR_HOURS and one.verdict is Verdict.SUPPORTED for one in findings):
        beside |= SHOP
    if any(one.kind in _BOUNDED and one.verdict is Verdict.SUPPORTED for one in findings):
        beside |= ENDS
    if any(one.kind is ClaimKind.PERSON and one.verdict is Verdict.SUPPORTED for one in findings):
        beside |= {"handles"}
    borne = any(one.verdict is Verdict.SUPPORTED for one in findings)
    return borne and words <= beside | MERELY


def _beside(scene: Scene, clause: ReadClause, findings: list[Finding]) -> frozenset[str]:
    """Return the words of the very sentences that bear out the clause's other claims."""
    borne = [one.evidence for one in findings if one.verdict is Verdict.SUPPORTED and one.evidence]
    units = [one for one in scene.library.units if one.evidence in borne and (not one.negated or polarity(clause))]
    return frozenset(word for unit in units for word in unit.words)


def _assures_nothing(clause: ReadClause) -> bool:
    """Tell whether a clause only says that an outcome is not certain: "no guarantee from us"."""
    return left_open(clause.clause.text) and clause.lemmas <= _OUTCOME and not _CARRIES.search(clause.clause.text)


def _is_name(scene: Scene, residue: list[tuple[int, int, str]]) -> bool:
    """Tell whether only the name of somebody addressed is left, not of something that a vehicle has."""
    start, _, word = residue[0]
    lower, end = scene.reading.normal.lower, residue[0][1]
    had = _HAD.search(lower, max(0, start - 24), start) or _ON.match(lower, end)
    had = had or _AT.search(lower, max(0, start - 24), start)
    return len(residue) == 1 and scene.reading.normal.text[start].isupper() and len(word) > 1 and not had


def _extent(scene: Scene, clause: ReadClause) -> tuple[int, int]:
    text = scene.reading.normal.text[clause.clause.start : clause.clause.end]
    lead = len(text) - len(text.lstrip(" \n,;:-—"))
    return clause.clause.start + lead, clause.clause.start + len(text.rstrip())


def check_coverage(scene: Scene, findings: list[Finding]) -> list[Finding]:
    """Return an amber claim for each clause that says more than its claims cover; red where the evidence denies it."""
    found = []
    for index, read in enumerate(scene.reading.clauses):
        if read.clause.act is not Act.STATES:
            continue
        clause = completed(scene, read)
        near = [one for one in findings if one.start < clause.clause.end and clause.clause.start < one.end]
        found += _stray_numbers(scene, clause, near)
        clause = less_settled(clause, near)
        opinion = _opinion(scene, index, clause, near)
        if opinion is None or opinion.verdict is Verdict.SUPPORTED:
            opinion = _boast(scene, clause, near) or opinion
        found += [opinion] if opinion else []
    return found


__all__ = ["check_coverage"]
