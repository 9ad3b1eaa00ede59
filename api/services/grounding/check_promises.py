"""Promises, gifts, guarantees and credit decisions: what binds the dealership unless the evidence says so."""

import re

from api.services.grounding.check_credit import check_credit
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.support import denied_words, plain_words, polarity, weigh
from api.services.grounding.wording import content_lemmas
from models.claims import ClaimKind, Verdict

_WE = (
    r"(?:we|i|our (?:team|shop|manager|dealership|technicians?|guys|mechanics?|service department|finance"
    r" team)|the (?:dealership|dealer|manager|team|shop)|my manager|management)"
)
_HARMLESS = (
    r"(?:check|look|ask|find|see|get back|come back|be (?:open|closed|in (?:the )?(?:office|store)"
    r"|available|happy|glad|in touch|here|able|sure|delighted|pleased|waiting to hear|honest|looking)"
    r"|love|like|let (?:you|me)|send|e-?mail|text|call|share|forward|reach|follow|confirm|pass"
    r"|prepare|"
    r"help|assist|answer|show|walk|talk|discuss|explain|need|have to|recommend|suggest|keep you|think"
    r"|know|hope|look forward|understand|apologi[sz]e|say|tell|note|update|go over|point|review|try"
    r"|do (?:my|our) best|connect|put you in touch|introduce"
    r"|contact|respond|reply|message|give you a (?:call|ring|shout)|get (?:you )?(?:the|that|those"
    r"|more|some|an answer|in touch|a hold|hold of)|wait|welcome|see you|meet|also|just|only|still"
    r"|currently|mention|stand|sell|specialize|serve|carry|want|wish|add that|make sure you get the"
    r"|set up a time|arrange a time|schedule|double|verify|research|clarify|guide|touch base|circle"
    r"|jump|start|work (?:with|together)|compare|describe|be back|take (?:a|some|more) (?:look"
    r"|photos?|pictures?|video)|snap)"
)
_WILL = re.compile(
    rf"\b{_WE}(?:'ll| will| can| could|'d| would| are going to|'re going to|'m going to| am going to| are"
    rf" happy to|'re happy to|'m happy to| are able to| promise to| shall)(?:\s+(?:even|also|gladly"
    rf"|happily|definitely|certainly|always|absolutely|personally|of course|surely|then|still|totally"
    rf"|just|gladly|be happy to|be able to))*\s+(?!{_HARMLESS}\b)(?P<verb>[a-z]+)"
)
_DOES = re.compile(
    rf"\b{_WE}\s+(?:always |also |gladly |happily |even |just |now |currently |always"
    rf" )?(?P<verb>include|offer|provide|throw|cover|pay|give|guarantee|promise|waive|match|beat"
    rf"|deliver|ship|hold|reserve|honou?r|refund|repair|replace|fix|install|accept|take back|buy back"
    rf"|top|undercut|handle|knock|discount|absorb|eat|comp|double|extend|add|do (?:free|same)|price[-"
    rf" ]match|finance|approve|guarantee|charge|insure|back|buy)(?:s|es)?\b"
)
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
    r"|no-obligation|bonus car"
)
_GUARANTEE = re.compile(
    r"\b(?:guarantee[sd]?|promise[sd]?|you have (?:my|our) word|rest assured|legally binding|binding"
    r"|count on it|no questions asked|lifetime|unconditional\w*|price match\w*|lowest price|best price"
    r"|beat any|you can(?:'t| not) (?:go wrong|lose)|without fail|i swear|100 ?%)\b"
)
_GETS = re.compile(
    r"\b(?:you(?:'ll| will| can)? (?:also |even )?(?:get|receive|have|enjoy|qualify for|be given|be"
    r" getting|win|keep)|comes? with|includes?|(?:is|are) included|(?:is|are|'s) yours(?! for)|throw(?:n|ing)? in"
    r"|you(?:'re| are) (?:getting|covered|entitled|eligible))\b(?! (?:a (?:look|chance|moment|minute"
    r"|feel)|back|in touch|it(?: here)?$|questions|any|more information|to ))"
)
_NOBODY = re.compile(
    r"\b(?:nobody|no one|no other (?:buyer|customer|person)|nobody else|no-one)(?:"
    r" else)?\b[^.,;]{0,14}\b(?:will|can|gets?|is going|is allowed|may|buys?|touch\w*|else)\b|\b(?:it"
    r"|this one|that one|she)(?:'s| is) (?:safe|yours|all yours|set aside|put aside|locked in|saved for"
    r" you|waiting for you|reserved for you|held for you)|\bset (?:it |this |one )?aside|\bsav(?:e|ing)"
    r" it for you|\bkeep it (?:for you|aside|off)|\bput your name on|\bfirst (?:dibs|refusal|in line)"
    r"|\btake it off the (?:market|lot|website)|\b(?:won't|not|never) (?:sell|show|let|give) (?:it|anyone"
    r"|anybody|this)|\bwill (?:still |all )?be (?:\w+ly )?(?:here|there|waiting|ready|available|yours"
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
    r"|cheaper for you|a better (?:price|deal)|deal of|half price|loyalty|employee pric\w+|incentives?"
    r"|blowout|knock\w* (?:it|the|some|something|a bit)|take (?:something|some|a bit|a little) off|drop"
    r" the price|lower the price|sweeten)\b"
)
_FEES = re.compile(r"\b(?:fees?|charges?|hidden|surcharges?|extra costs?|additional costs?|taxes|tax)\b")
_ABSORBED = re.compile(
    r"\b(?:tax(?:es)?|registration|fees?|title|tags|hst|delivery)\b[^.,;]{0,16}\b(?:included|covered"
    r"|taken care of|built in|part of|waived|on us|in the price)\b"
)
_CHARGED = frozenset({"fee", "tax", "hidden", "surcharg"})


def _words(scene: Scene, clause: ReadClause) -> frozenset[str]:
    if clause.clause.negators and _FEES.search(clause.clause.text):
        denied = denied_words(clause)
        return denied if denied & _CHARGED else plain_words(clause)
    return plain_words(clause) or (frozenset() if clause.words else content_lemmas(clause.clause.text))


def _span(clause: ReadClause, start: int) -> tuple[int, int]:
    return clause.clause.start + start, clause.clause.end


def _triggers(clause: ReadClause) -> tuple[ClaimKind, int] | None:
    """Return the kind of promise that a clause makes and where it begins, or None."""
    text = clause.clause.text
    negated = polarity(clause)
    for pattern, kind in (
        (_NOBODY, ClaimKind.COMMITMENT),
        (_GUARANTEE, ClaimKind.COMMITMENT),
        (_WILL, ClaimKind.COMMITMENT),
        (_DOES, ClaimKind.COMMITMENT),
    ):
        match = pattern.search(text)
        if match and not (negated and pattern is _GUARANTEE):
            return kind, match.start()
    match = _FREE.search(text)
    if match and not _FREE_HARMLESS.search(text):
        return ClaimKind.COMMITMENT, 0
    match = _DISCOUNT.search(text)
    if match and not negated:
        return ClaimKind.DISCOUNT, match.start()
    match = _GETS.search(text)
    if match and match.group().startswith(("you", "throw", "is yours", "are yours", "'s yours")):
        return ClaimKind.COMMITMENT, match.start()
    if (negated and _FEES.search(text)) or _ABSORBED.search(text):
        return ClaimKind.FEE_OR_TOTAL, 0
    return (ClaimKind.COMMITMENT, 0) if _FUTURE.search(text) else None


def _promise(scene: Scene, index: int, clause: ReadClause) -> list[Finding]:
    trigger = _triggers(clause)
    if trigger is None:
        return []
    kind, offset = trigger
    start, end = _span(clause, offset)
    words = _words(scene, clause)
    if not words and (clause.quantities or clause.identifiers or clause.times):
        return []
    subject = scene.finder.at(index, start, start)
    support = weigh(scene, words, clause, subject)
    if support.supported:
        return [Finding(kind, start, end, Verdict.SUPPORTED, "The evidence says so.", support.evidence)]
    reason = "The evidence says otherwise." if support.contradicted else "Nobody in the evidence has promised this."
    return [Finding(kind, start, end, Verdict.UNSUPPORTED, reason, support.evidence)]


def check_promises(scene: Scene) -> list[Finding]:
    """Check what a text promises, gives away, guarantees or says of credit."""
    found = []
    for index, clause in enumerate(scene.reading.clauses):
        if clause.clause.act is Act.STATES:
            found += check_credit(scene, clause) or _promise(scene, index, clause)
    return found


__all__ = ["check_promises"]
