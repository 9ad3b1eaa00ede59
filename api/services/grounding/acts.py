"""What a clause does: it states, asks, hedges or quotes the customer."""

import re
from enum import StrEnum

from api.services.grounding.talk import greets


class Act(StrEnum):
    """What a clause does with its content."""

    STATES = "states"
    ASKS = "asks"
    HEDGES = "hedges"
    QUOTES = "quotes"


_LOOK_UP = (
    r"(?:(?:double[- ]|re)?check(?:ing)?|look (?:it|that|this|them|into|at|for|up)"
    r"|look\b[^,;.]{0,40}\bup|find(?:ing)? out|verify|ask(?:ing)?(?! price)(?! (?:for |only |just |about "
    r"|around )*[$€£]?\d)"
    r"|confirm|get back to|come back to|follow up|be in touch|get (?:that|the|you|this) (?:answer"
    r"|info\w*|details)|see (?:if|whether|what|when|how)"
    r"|dig (?:up|into)|consult|clarify|[ie]nquire|investigate|get (?:confirmation|clarification)|know"
    r" more|research|run (?:it|that|this) (?:by|past))\b"
)
_HEDGE = re.compile(
    rf"\b(?:i|we|i'll|we'll|i'd|we'd|let me|let us|someone|somebody|happy to|glad to|allow me to"
    rf"|(?:our|my|the) (?:\w+ ){{0,2}}(?:team|manager|office|department|colleague|staff)"
    rf"|(?!you\b)[a-z]+,? (?:can|will|could|would))\b(?:(?!\b(?:got|which|you (?:can|could|may|might"
    rf"|would))\b)[^,;.]){{0,30}}?\b{_LOOK_UP}"
    r"|\b(?:not (?:\w+ )?(?:sure|certain)|unsure|(?:don't|do not) (?:know|have (?:the|that|this|its"
    r"|any (?:info|details|record|figure|data)\w*|(?:more |that )?info\w*|details|an? (?:vin|record"
    r"|figure|number|price|quote|answer|report)))"
    r"|not aware|couldn't say|hard to say|haven't (?:got|seen)|(?:have|'ve) (?:got )?no (?:info\w*"
    r"|record|details?|figure|price|data|vin|word|answer|confirmation)"
    r"|(?:can't|cannot|can not|couldn't|won't|not able to|unable to|be able to) (?:yet |really "
    r"|honestly |currently |be able to )*(?:quote|name|give|tell|promise|confirm|guarantee|say|commit"
    r"|speak|share|agree|offer|do|accept|match|go|provide|see|estimate|predict|speak|state|find|make"
    r" (?:any|a|that) (?:promise|commitment|offer))"
    r"|need(?:s)? to (?:ask|check|verify|confirm|look|see|speak|talk|find|run|clarify)|have to (?:ask"
    r"|check|verify|look|confirm|speak|talk|see|run|find|clarify)|depends? on|depending on"
    r"|(?:isn't|is not|not) (?:listed|stated|given|noted|recorded) (?:in|on|yet)|don't want to"
    r" (?:guess|promise|quote)|rather not|before (?:i|we) (?:can )?(?:quote|name|give|say|promise"
    r"|confirm))\b"
)
_QUOTE = re.compile(
    r"\b(?<!\bas )(?:you|you've|you'd|you're|customer)\s+(?:had |have |just |also |were |are |already |only "
    r"|kindly |were hoping )*(?:mention|said|say|told|tell|wrote|write|ask|offer|want|(?<!are )(?<!'re )not(?:e|ed)\b"
    r"|shar|found|find|propos|suggest"
    r"|like(?:d)? to\b|looking for|hop(?:e|ing)|thinking of|thinking about|stat|quot(?:e|ed)|gave|give us|have in"
    r" mind|had in mind|brought up|indicat|request|named|listed|described|came up with|report|spoke|"
    r"were told|saw|see|heard|need(?! to (?:pay|bring|show|arrange|get|buy|sign|put|come|be|have|provide)"
    r"| (?:an? |no |any )?(?:(?:good|great|strong|valid|better|steady) )?(?:co-?sign\w*|credit|down payment|insurance"
    r"|licen[cs]e|approval|appointment|income|proof))"
    r"|would like|prefer|can do|could do)\w*"
    r"|\b(?:thanks|thank you|thx|appreciate)\b[^.;]{0,25}?\b(?:telling|sharing|your|the (?:\S+ )?(?:offer"
    r"|estimate|figure|number|quote|you)|letting|offering|mentioning|giving|noting|sending)\b"
    r"|\byour (?:own |stated |suggested |proposed |target |max(?:imum)? |monthly |asking )*(?:offer"
    r"|budget|estimate|maximum|max|limit|target|figure|number|credit union|proposal|quote|message"
    r"|note|question|suggestion|ceiling|request|counter)\b"
    r"|\byour (?:wife|husband|partner|spouse|girlfriend|boyfriend|son|daughter|kids?|children|family|mom|mum|dad"
    r"|mother|father|parents|friend)(?: would|'d)?(?: also| really)? (?:like|want|need|prefer|ask|hop|look|mention)\w*"
    r"|\b(?:with|on|at) (?:a|your|that|the) budget\b"
    r"|\byou(?:'ve| have)(?: got)? (?:\w+ )?[$€£]?\d[\d.,]*\s?(?:k|grand|thousand|dollars|euros|pounds)?"
    r" (?:saved|set aside|put aside|to (?:put down|spend|work with)|in (?:cash|savings))"
    r"|\byou (?:currently |now )?(?:pay|are paying|drive|own|owe|earn)\b[^,.;]*\b(?:today|now|currently"
    r"|at (?:present|the moment)|these days)\b"
    r"|\bas you (?:said|mentioned|wrote|noted|asked)\b|\b(?:from|in) your (?:message|email|note"
    r"|text)\b|\byou(?:'re| are) (?:asking|looking|hoping|after|at|thinking|offering)\b"
)
OFFER = re.compile(
    r"\b(?:works? (?:for|on our)|(?:we|i)(?: can| could|'ll| will|'d| would|'re| are|'m| am)?(?:"
    r" gladly| happily| surely| certainly| definitely| totally| also)? (?:can do|do (?:it|that|the"
    r"|your)|match|accept|take (?:it|that|your|the)|honou?r|meet"
    r"|agree|give|sell|go (?:with|for|down|as low)|approve|beat|get you|make (?:it|that|this)|happy"
    r" with|ok with|okay with|fine with|good with|let (?:it|you"
    r"|(?:the|that|this) (?:\w+ ){1,3}go)|offer|confirm)|(?:we|i) (?:can|could"
    r"|'ll|will) (?:do|make|match|meet|accept|take)"
    r"|sounds (?:good|great|fair|fine)|(?:^|it's a |have a |got a )\W*deal\b|is (?:fine|ok|okay|good"
    r"|acceptable|doable|enough|approved|accepted|a deal)|you (?:can|could|may) have|it's yours"
    r"|\b(?:manager|boss|team|owner|director|we|i)(?: has| have|'s|'ve)?(?: just| already)*"
    r" (?:okayed|ok'd|approved|accepted|agreed|signed off|said yes)\b|done"
    r" deal|agreed|accepted)"
)
_NEGATED_OFFER = re.compile(
    r"\b(?:can't|cannot|won't|couldn't|not|unable|don't|doesn't|unfortunately|afraid|never|isn't"
    r"|wouldn't)\b"
)


def offers(text: str) -> bool:
    """Tell whether a clause commits the dealership to something rather than declines it."""
    return bool(OFFER.search(text)) and not _NEGATED_OFFER.search(text)


_ASSERTS = re.compile(
    r"\b(?:i|we)(?: can| do| am| are|'m|'re| hereby| gladly| happily| pleased to| glad to| happy to"
    r"| delighted to| now)* (?:confirm|verify"
    r"|say|tell you|report|announce|inform you)\b(?! (?:whether|if|with|when|what|how|which|by|once|after"
    r"|before))[^,;]*"
    r"\b(?:is|are|has|have|was|were|will|passed|'s)\b"
)


_NEVER_FIND = re.compile(r"\byou (?:won't|will not|will never|can't|cannot) (?:even )?(?:find|see|spot|notice|feel)\b")


def act_of(text: str, asked: bool) -> Act:
    """Return what a lower-case clause does.

    Args:
        text: The clause.
        asked: Whether it belongs to a question.
    """
    if asked:
        return Act.ASKS
    if greets(text):
        return Act.HEDGES
    if _ASSERTS.search(text) or _NEVER_FIND.search(text):
        return Act.STATES
    if _QUOTE.search(text) and not offers(text):
        return Act.QUOTES
    if _HEDGE.search(text):
        return Act.HEDGES
    return Act.STATES


__all__ = ["Act", "act_of", "offers"]
