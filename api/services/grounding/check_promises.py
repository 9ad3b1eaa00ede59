"""Promises, gifts, guarantees and credit decisions: what binds the dealership unless the evidence says so."""

import re

from api.services.grounding.attribution import own_state
from api.services.grounding.charge_terms import charge_findings
from api.services.grounding.check_credit import check_credit, left_open
from api.services.grounding.check_exclusive import sets_apart
from api.services.grounding.check_hours import tells_hours
from api.services.grounding.check_inclusions import says_extra
from api.services.grounding.check_waived import waiver_of
from api.services.grounding.ellipsis import antecedent
from api.services.grounding.findings import Finding, Scene, otherwise
from api.services.grounding.limits import leaves_out_how_far, other_count, reaches_further, too_far
from api.services.grounding.opposing import denied_words, polarity
from api.services.grounding.reading import ReadClause
from api.services.grounding.restated import restated
from api.services.grounding.sentences import Act
from api.services.grounding.speech import binding, unable
from api.services.grounding.states import status_of
from api.services.grounding.support import plain_words, weigh
from api.services.grounding.undertakings import undertakes
from api.services.grounding.wording import content_lemmas
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_FROM_US = re.compile(
    r"\b(?:comes? with|gets?|includes?)\b[^.;]{0,40}\b(?:from us|on us|by us)\b|\bpaid (?:off |for )?by us\b"
)
_GRANTS = re.compile(
    r"\bconsider (?:it|them|(?:the|that|your|those) (?:\w+ ){1,3}?)\s?(?:gone|waived|done|settled|included|sold|dropped"
    r"|yours|arranged|handled|taken care of)\b|\byou(?: can| may|'ll| will| could)?"
    r" (?:take|keep|drive|have) (?:it|her|this|the \w+) (?:home|overnight|away|with you"
    r"|for (?:the|a|as|an?|two|three|\d+) ?\w+)"
    r"|\b(?:leave|drop|skip|take|switch|turn) (?:it|that|them|the \w+) (?:out|off|away)\b|\bfor you we\b"
    r"|\bthere(?:'s| is| are| will be) [^.;]{3,50}\b(?:waiting|ready|in it) for you\b"
)
_PAYS = re.compile(
    r"\b(?:we|i)(?:'ll| will| can| would|'d)? (?:\w+ly )?(?:take care of|cover|pay|absorb|eat|pick up|foot|waive|split)"
    r" [^.;]{0,30}\b(?:tax(?:es)?|fees?|registration|title|payments?|repairs?|shipping|delivery|costs?|bill|insurance"
    r"|inspection|difference)\b"
)
_BORNE = re.compile(r"\b(?:free|we (?:pay|cover|take care|settle|handle)|no charge|on us|at no|waive|covered)\b")
_BY_IDEA = frozenset({"delivery", "hold", "install", "free"})
_FREE = re.compile(
    r"\b(?:(?:is|are|it's|that's|comes?|come|get|gets)?\s*(?:\w+ ){0,2}?(?:on (?:us|the house)|free(?: of"
    r" charge)?|for free|at no (?:extra |additional )?(?:cost|charge)|no (?:extra |additional )?(?:charge"
    r"|cost)|complimentary|gratis|thrown in|our treat|as a (?:gift|bonus|thank)|included (?:for|at) no"
    r"|waived|without (?:extra )?(?:charge|cost)|won't cost you|costs you nothing|bonus)\b(?! (?:to|up\b"
    r"|and clear))(?!-))"
)
_FREE_HARMLESS = re.compile(
    r"\bfeel free|free to\b|(?:accident|smoke|rust|damage|pet|hassle|stress|worry|trouble|obligation"
    r"|haggle|scratch|dent|debt|interest|hands|problem|risk|toll|tax|fee|lead|maintenance)[- ]free|free"
    r" of (?!charge)|when you(?:'re| are) free|are you free|free (?:this|on|at|next|tomorrow|today)"
    r"|no-obligation|bonus car|(?:past|beyond|over|outside|above|after) (?:the|our|your) (?:free|first)"
)
_WISHED = re.compile(
    r"\byou(?:'d| would|'re| are|'ve| have)?(?: been)? (?:like|love|want|prefer|hop\w+|wish|ask\w*|look\w*)\b"
)
_GUARANTEE = re.compile(
    r"\b(?:guarantee[sd]?|promise[sd]?|you have (?:my|our) word|rest assured|legally binding|binding"
    r"|count on it|no questions asked|lifetime|unconditional\w*|price match\w*|lowest price|best price"
    r"|beat any|you can(?:'t| not) (?:go wrong|lose)|without fail|i swear|100 ?%)\b"
)
_GETS = re.compile(
    r"\b(?:you(?:'ll| will| can)? (?:also |even )?(?:get|receive|have|enjoy|qualify for|be given|be"
    r" getting|win|keep)|comes? with|includes?|(?:is|are) included|(?:is|are|'s) yours(?! (?:for|to)\b)"
    r"|throw(?:n|ing)? in"
    r"|you(?:'re| are) (?:getting|covered|entitled|eligible))\b(?<!you have(?=\W*$))(?! (?:here|there|off|home|in"
    r"|out|up|around"
    r"|a (?:look|chance|moment|minute"
    r"|feel)|back|in touch|it(?: here)?$|questions|any|more information|to ))"
)
_HAVE_DONE = re.compile(
    r"\byou(?:'ve| have)(?: \w+ly| just| already| also| all| both| not| never)* (?:\w{2,}ed|slept|had|read|seen|made"
    r"|found|thought|done|been|got|gotten|heard|spoken|written|sent|driven|bought|taken|chosen|come|gone|given|told|met"
    r"|left|lost|paid|sold|put|set|kept|felt|known|begun|grown|won)"
    r"(?= (?:it|this|that|them|on|up|out|in|over|the|your|an?|to|how|what|with|about|at|from|any|all|enough"
    r"|everything|us|through|around|so|time|here|there)\b|\W*$)"
)
_HAVE_SEEN = re.compile(
    r"\bhave (?:an?|your|the) (?:[\w-]+ ){0,3}?(?:mechanic|inspector|technician|friend) (?:check|inspect|look|see|go)\b"
)
_MIGHT = re.compile(r"\bmight\b|\b(?:it|that|there|they|one|the \w+) may (?!(?:also )?be \w+ed\b)")
_WE_GUARANTEE = re.compile(r"\b(?:we|i)(?:'ll| will| can| do| hereby| personally)* guarantee\b")
_NOBODY = re.compile(
    r"\byour name(?:'s| is) on\b|\b(?:has|got|have) your name on\b|\bgot you covered\b|\b(?:got"
    r"|have) your back\b|\bbeing (?:held|reserved|kept"
    r"|saved) for you\b"
    r"|\byou(?:'ll| will) be (?:driving|taking|riding)(?: it| her| this)?(?: home\b| off\b| away\b| by\b|\W*$)"
    r"|\b(?:is|are|be|'s|'re)(?: \w+ly| all| still)? (?:held|reserved|kept|saved|put aside|set aside)"
    r" (?:back )?(?:for you|(?:under|in) your name|until|till)\b"
    r"|\byou(?:'ll| will be|'re| are) (?:be )?(?:on the road|behind the wheel)\b|\b(?:it|she|the (?:car"
    r"|truck|van|suv"
    r"|vehicle)) stays (?:here|put|with us|on the lot)"
    r"|\b(?:have|has|got) you down for\b|\b(?:nobody|no one|no other (?:buyer|customer|person)|nobody else|no-one)(?:"
    r" else)?\b[^.,;]{0,14}\b(?:will|can|gets?|is going|is allowed|may|buys?|touch\w*|else)\b|\b(?:it"
    r"|this one|that one|she)(?:'s| is) (?:safe|yours|all yours|set aside|put aside|locked in|saved for"
    r" you|waiting for you|reserved for you|held for you)|\bset (?:it |this |one )?aside|\bsav(?:e|ing)"
    r" it for you|\bkeep it (?:for you|aside|off)|\bput your name on|\bfirst (?:dibs|refusal|in line)"
    r"|\btake it off the (?:market|lot|website)|\b(?:won't|not|never) (?:sell|show|let|give) (?:it|anyone"
    r"|anybody|this)|(?:\bwill|'ll) (?:still |all )?be (?:\w+ly )?(?:here|there|waiting|ready|available|yours"
    r"|held|delivered|done"
    r"|fixed|replaced|repaired|included|cleaned|detailed|serviced|approved|refunded|waived|covered"
    r"|installed|reserved)\b"
)
_FUTURE = re.compile(
    r"\b(?:prices?|rates?)\b[^.,;]{0,20}\b(?:going|go|goes|about to go) (?:up|down)\b|\b(?:price|rate"
    r"|offer|deal|it|they|car|vehicle|truck)\b[^.,;]{0,20}\b(?:won't|will) (?:go up|change"
    r"|stay|last|rise|drop|increase|hold|not|be honou?red|remain)\b|\bcome down (?:a (?:bit|little)|on"
    r"|to)"
)
_DISCOUNT = re.compile(
    r"\b(?:discounts?|rebates?|special offer|promo(?:tion|tional)?s?|(?:on )?sale price|price (?:drop|cut"
    r"|reduction)|coupon|cash ?back|special (?:price|deal|rate|financing)|reduced|marked down|clearance"
    r"|cheaper for you|a better (?:price|deal)|(?:something|money|a bit|a little|some) off|deal of|half price"
    r"|loyalty|employee pric\w+|incentives?"
    r"|blowout|knock\w* (?:it|the|some|something|a bit)|take (?:something|some|a bit|a little) off|drop"
    r" the price|lower the price|sweeten)\b"
)
_FEES = re.compile(r"\b(?:fees?|charges?|hidden|surcharges?|extra costs?|additional costs?|taxes|tax)\b")
_ABSORBED = re.compile(
    r"\b(?:tax(?:es)?|registration|fees?|title|tags|hst|delivery)\b[^.,;]{0,16}\b(?:included|covered"
    r"|taken care of|built in|part of|waived|on us|in the price)\b"
)
_DROPPED = re.compile(
    r"\b(?:drop|lose|skip|forget|cancel|remove|scrap|cut|strike|wipe)(?:p?s|p?ped|t?ting|ed)? (?:out |off )?"
    r"(?:the|that|your|all|any|those) (?:\w+ ){0,2}(?:fee|charge|cost|tax)(?:e?s)?\b|\b(?:gone|waived?|waiving"
    r"|dropped|forgotten|scrapped|struck|off the (?:bill|table|invoice)|(?:write|writing|written|wrote) off)\b"
)
_SOON = re.compile(r"\b(?:tomorrow|(?:this|next|the|all) (?:week|weekend|month)|within the hour|right away)\b")
_SAME_DAY = re.compile(r"\b(?:the|that) (?:very )?(?:same )?day\b|\bclosing time\b")
_TODAY = re.compile(r"\b(?:today|tonight|this (?:evening|afternoon))\b")
_INCLUDED = re.compile(
    r"\b(?:is|are|'s|comes?) (?:all |also |already )?(?:included|thrown in|taken care of|part of the (?:deal"
    r"|package|price)|covered"
    r"|waived|sorted|along with (?:it|the \w+))\b|^\W*(?:all )?taken care of\b|\bgoes away\b|\bcomes? with it\b"
    r"|\bexpect it \w+ed\b"
)
_MAY = re.compile(
    r"\b(?:you|customers?|everyone|anyone)(?:'re| are)? (?:can|may|could|might|are free to|welcome to|free to"
    r"|allowed to)\b"
)
_ALLOWED = frozenset({"exchange", "return", "refund", "alone", "walkin", "unlimited"})
_VALUING = content_lemmas("allow allowing credit credited value valued spare leave room") - {"credit"}
_CHARGED = frozenset({"fee", "tax", "hidden", "surcharg"})


def _words(scene: Scene, clause: ReadClause) -> frozenset[str]:
    if _WE_GUARANTEE.search(clause.clause.text):
        return plain_words(clause) - {"warranty"} or frozenset({"guarantee"})
    if clause.clause.negators and _FEES.search(clause.clause.text):
        denied = denied_words(clause)
        return denied if denied & _CHARGED else plain_words(clause)
    valued = clause.words or clause.quantities or clause.times
    return plain_words(clause) or (frozenset() if valued else content_lemmas(clause.clause.text))


def _span(clause: ReadClause, start: int) -> tuple[int, int]:
    return clause.clause.start + start, clause.clause.end


def _arranges(clause: ReadClause) -> bool:
    """Tell whether a clause says by an idea that something is brought, kept or put on: "it is in your driveway"."""
    offset, text = clause.clause.start, clause.clause.text
    status = status_of(clause)
    ideas = [
        text[start - offset : end - offset]
        for start, end, word in clause.words
        if word in _BY_IDEA and not (status and start < status.end and status.start < end)
    ]
    return any(" " in idea for idea in ideas)


def _permits(clause: ReadClause) -> bool:
    """Tell whether a clause lets the customer do what only a policy can allow: bring it back, drive it alone."""
    return bool(_MAY.search(clause.clause.text) and clause.lemmas & _ALLOWED) and not polarity(clause)


def _acts(clause: ReadClause, names: tuple[str, ...]) -> int | None:
    """Return where a clause commits somebody of the dealership, or None."""
    text = clause.clause.text
    starts = [match.start() for pattern in (_NOBODY, _FROM_US, _GRANTS, _PAYS) if (match := pattern.search(text))]
    sure = _GUARANTEE.search(text)
    if sure and not polarity(clause) and not status_of(clause):
        starts.append(sure.start())
    starts += [place for find in (binding, undertakes) if (place := find(text, names)) is not None]
    starts += [0] if (_arranges(clause) and not polarity(clause)) or _permits(clause) else []
    return min(starts, default=None)


def _for_free(clause: ReadClause) -> bool:
    """Tell whether a clause says in several words that something costs the customer nothing."""
    return any(end - start > len("free") for start, end, word in clause.words if word == "free")


def _gives(clause: ReadClause) -> tuple[ClaimKind, int] | None:
    """Return the kind and place of a gift, a discount or what the customer gets, or None."""
    text = clause.clause.text
    if (_FREE.search(text) or _for_free(clause)) and not _FREE_HARMLESS.search(text):
        return ClaimKind.COMMITMENT, 0
    off = _DISCOUNT.search(text)
    if off and not polarity(clause) and not _WISHED.search(text[: off.start()]):
        return ClaimKind.DISCOUNT, off.start()
    gets = None if " like you" in text or _HAVE_DONE.search(text) or _HAVE_SEEN.search(text) else _GETS.search(text)
    if gets and gets.group().startswith(("you", "throw", "is yours", "are yours", "'s yours")):
        return ClaimKind.COMMITMENT, gets.start()
    if _INCLUDED.search(text) and not polarity(clause):
        return ClaimKind.COMMITMENT, 0
    return None


def _triggers(clause: ReadClause, names: tuple[str, ...]) -> tuple[ClaimKind, int] | None:
    """Return the kind of promise that a clause makes and where it begins, or None."""
    text = clause.clause.text
    if unable(text) or left_open(text) or _MIGHT.search(text):
        return None
    act = _acts(clause, names)
    given = (ClaimKind.COMMITMENT, act) if act is not None else _gives(clause)
    if given:
        return given
    if says_extra(text) or sets_apart(text):
        return None
    if (polarity(clause) and _FEES.search(text)) or _ABSORBED.search(text):
        return ClaimKind.FEE_OR_TOTAL, 0
    return (ClaimKind.COMMITMENT, 0) if _FUTURE.search(text) else None


def _exceeds(scene: Scene, clause: ReadClause, evidence: EvidenceView | None) -> bool:
    """Tell whether a promise goes beyond the sentence behind it: undated, unlimited, or a charge dropped."""
    recorded = evidence is not None and evidence.source in (EvidenceSource.VEHICLE, EvidenceSource.DEALERSHIP)
    if recorded and _GRANTS.search(clause.clause.text):
        return True
    dropped = _DROPPED.search(clause.clause.text)
    units = [unit for unit in scene.library.units if unit.evidence == evidence]
    if _PAYS.search(clause.clause.text) and not any(_BORNE.search(unit.clause.clause.text) for unit in units):
        return True
    if dropped and not any(_DROPPED.search(unit.clause.clause.text) for unit in units):
        return True
    if (_FREE.search(clause.clause.text) or _for_free(clause)) and leaves_out_how_far(scene, clause, evidence):
        return True
    if too_far(scene, clause, evidence) or other_count(scene, clause, evidence):
        return True
    return _undated(scene, clause, evidence) or reaches_further(scene, clause, evidence)


def _undated(scene: Scene, clause: ReadClause, evidence: EvidenceView | None) -> bool:
    """Tell whether a promise names a day that the policy behind it does not."""
    if evidence is None or evidence.source not in (EvidenceSource.POLICY, EvidenceSource.MESSAGE):
        return False
    units = [unit for unit in scene.library.units if unit.evidence == evidence]
    if any(_SAME_DAY.search(unit.clause.clause.text) for unit in units) and _TODAY.search(clause.clause.text):
        return False
    named = clause.days or clause.dates or _SOON.search(clause.clause.text)
    return bool(named) and not any(unit.clause.days or unit.clause.dates for unit in units)


def _promise(scene: Scene, index: int, clause: ReadClause, names: tuple[str, ...]) -> list[Finding]:
    trigger = _triggers(clause, names)
    own = clause.quantities and all(own_state(scene, clause, one) for one in clause.quantities)
    if trigger is None or own or tells_hours(scene, clause):
        return []
    kind, offset = trigger
    if kind is ClaimKind.FEE_OR_TOTAL and (charge_findings(scene, clause) or waiver_of(scene, clause)):
        return []
    start, end = _span(clause, offset)
    leans = antecedent(scene, clause)
    words = _words(scene, clause) | leans
    words -= _VALUING if clause.quantities else frozenset()
    valued = clause.quantities or clause.identifiers or clause.times
    if not words and valued and not _GRANTS.search(clause.clause.text):
        return []
    subject = scene.finder.at(index, start, start)
    support = weigh(scene, words, clause, subject)
    if support.supported and not _exceeds(scene, clause, support.evidence):
        return [Finding(kind, start, end, Verdict.SUPPORTED, "The evidence says so.", support.evidence)]
    again = None if support.contradicted else restated(scene, words, clause)
    if again:
        return [Finding(kind, start, end, Verdict.SUPPORTED, "Staff said so in the conversation.", again)]
    start = min(start, scene.sentence(clause)[0].clause.start) if leans else start
    reason = otherwise(support.evidence) if support.contradicted else "No policy and no colleague has promised this."
    return [Finding(kind, start, end, Verdict.UNSUPPORTED, reason, support.evidence)]


def check_promises(scene: Scene) -> list[Finding]:
    """Check what a text promises, gives away, guarantees or says of credit."""
    found = []
    names = tuple(sorted({part.name for part in scene.library.people}))
    for index, clause in enumerate(scene.reading.clauses):
        if clause.clause.act is Act.STATES:
            found += check_credit(scene, clause) or _promise(scene, index, clause, names)
    return found


__all__ = ["check_promises"]
