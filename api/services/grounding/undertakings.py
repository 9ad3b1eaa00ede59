"""Deeds in harmless verbs: "I'll get you the mats", "we'll meet your price", "we'll work on the brakes".

To send, get, meet, start, touch or keep is mere service as long as its object is information, a person or a talk;
with a part of the car, a price or the car itself it is a promise.
"""

import re
from functools import lru_cache

from api.services.grounding.speech import ADVERBS, CREW, MODAL, harmless

_PART = (
    r"(?:tires?|tyres?|wheels?|rims?|hubcaps?|brakes?|brake pads?|rotors?|batter(?:y|ies)|paint(?: ?work)?"
    r"|scratch(?:es)?"
    r"|scuffs?|dents?|dings?|chips?|windshield|windscreen|wipers?|wiper blades?|mats?|carpets?|seat covers?|upholstery"
    r"|stereo|radio|speakers?|camera|dash ?cam|a/?c|air con(?:ditioning)?|heater|oil(?: changes?)?|filters?"
    r"|fluids?|tank"
    r"|gas|fuel|petrol|key|fob|key fob|spare(?: key)?|(?:roof )?rack|hitch|tow bar|cover|(?:bed )?liner|tint|windows?"
    r"|lights?|headlights?|bulbs?|alarm|rust|engine|transmission|gearbox|clutch|belts?|exhaust|muffler"
    r"|suspension|recall"
    r"|tune-?up|repairs?|inspection sticker|smog check|wash|detail(?:ing)?|polish|wax|full tank|loaner|rental|taxi|gift"
    r" ?cards?|voucher|accessor(?:y|ies)|extras?|fix(?:es)?)"
)
_BETTER = (
    r"(?:(?:better|lower|cheaper|best|lowest|great|special|nicer|reduced|smaller) (?:\w+ )?(?:price|rate|deal|number"
    r"|figure|offer|payment|terms|apr|fee|value)|discount|savings?|rebate|money off|(?:something|money|a bit) off)"
)
_DEAL = r"(?:prices?|fees?|costs?|charges?|rate|payments?|deposit|tax(?:es)?|doc fee|down payment)"
_CAR = r"(?:it|this one|that one|(?:the|your|this|that) (?:\w+ )?(?:car|truck|van|suv|vehicle|wagon|coupe|sedan))"
_SOME = (
    r"(?:(?:the|an?|your|some|those|these|this|that|any|all|both|its|two|new|fresh|free|second|extra|winter"
    r"|summer|floor"
    r"|rubber|all-weather|full|another|of|set|pair|complete|little|rear|front|whole|cracked|worn|bad|broken"
    r"|next|first|old"
    r"|small) )*"
)
_YOU = r"(?:(?:you|him|her|them) )?"
_DEEDS = (
    rf"(?:get|find|grab|buy|order|do|sort(?: out)?|see to|handle|tackle|fit|change) {_YOU}{_SOME}{_PART}\b",
    rf"(?:get|find|work(?: out)?|make|arrange) {_YOU}(?:an? |the |some |any )?{_BETTER}\b",
    rf"(?:send|mail|ship|bring|leave|hand|pass|forward) {_YOU}{_SOME}{_PART}\b",
    rf"(?:work|start|get started|begin|get going|get to work) (?:on )?{_SOME}(?:{_PART}|warranty)\b",
    rf"(?:prepare|prep|start on|work on|touch up|look after|detail|polish|clean|wash|service) {_CAR}\b",
    rf"(?:prepare|touch up|touch|look after|detail|point|use|spend|schedule|book|try) {_SOME}{_PART}\b",
    r"spend (?:money|some money|[$€£]?\d[\d.,]*)",
    r"meet (?:you )?(?:(?:at )?(?:your|that|their|his|her|the|any)(?: \w+)? (?:price|number|offer|budget|figure|target)"
    r"|half ?way|in the middle)",
    r"(?:reach|hit) (?:an? |the |your |that )?(?:\w+ )?(?:price|number|figure|target|payment)",
    r"(?:write|call|take) off (?:the|your|that|any|all)|(?:write|call) (?:the|your|that) (?:\w+ ){1,2}off",
    rf"(?:walk|talk|bring|get) (?:the |your |that )?(?:\w+ )?{_DEAL} down",
    r"(?:pass|share) (?:on )?(?:the|those|our|all|any) (?:\w+ )?(?:savings?|discounts?|rebates?)",
    rf"run {_CAR} through",
    rf"let {_CAR} go(?: for| at| to|$|\W)",
    rf"keep {_CAR} (?:here|for you|aside|safe|until|till|back|off|on hold)",
    r"keep an eye [^,;]*\band keep (?:it|this|that|the)",
    r"stay on (?:the|your|that|their) \w+",
    r"start (?:the|your|a new) warranty",
    r"(?:stay|keep) (?:open |on |around )?(?:late|longer|past|until|till|for you)",
    r"open (?:up )?(?:early|late|earlier|later|specially|just for|on (?:sun|sat|mon)|for you)",
    r"wait (?:for you )?(?:until|till) (?:\d|midnight|noon|after)",
)
_THEN = re.compile(
    r"\band (?:then |also |just |maybe |even )?(?!the\b|an?\b|your\b|our\b|any\b|all\b|that\b|this\b|if\b|so\b|what\b"
    r"|how\b|whether\b|it\b|we\b|i\b|you\b|they\b|everything\b|anything\b)(?P<verb>[a-z]+) (?:it|them|any\w*|every\w*"
    r"|whatever|the|your|both|all)\b"
)
_PARTICIPLE = re.compile(r"^be (?P<verb>\w{2,})ing\b")
_AT_WORK = frozenset(
    re.findall(
        r"\w+",
        "fix replac repair install add swap chang clean wash polish detail servic deliver hold sav tak giv low reduc"
        " cut drop waiv cover pay match refund throw upgrad extend includ approv ship paint buff mend put set",
    )
)
_EXPECT = re.compile(
    r"^\W*(?:and |so )?(?:you (?:can|may|should) )?(?:expect|count on|look forward to|rely on)"
    rf" (?:it to have |it with |getting |finding )?(?:an? |the |your |two |new |fresh |free )*{_PART}\b"
    rf"|\bcount on (?:us|me|it)\b[^,;]*\b{_PART}\b"
)


@lru_cache(maxsize=256)
def _undertaking(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile "subject will" and what follows, and "subject will" with a deed, for the names of colleagues."""
    known = "".join(f"|{re.escape(name)}" for name in names)
    who = rf"\b(?P<who>(?:we|i|someone|(?:our|the|my) {CREW}|management{known}){MODAL}(?:\s+{ADVERBS})*)\s+"
    return re.compile(rf"{who}(?P<rest>[^.;]*)"), re.compile(rf"{who}(?:{'|'.join(_DEEDS)})")


def undertakes(text: str, names: tuple[str, ...]) -> int | None:
    """Return where a lower-case clause undertakes something in a verb that mostly only serves, or None.

    Args:
        text: The clause.
        names: The people of the dealership, lower-case.
    """
    acts, deeds = _undertaking(names)
    if deed := deeds.search(text):
        return deed.start("who")
    if expected := _EXPECT.search(text):
        return expected.start()
    for match in acts.finditer(text):
        doing = _PARTICIPLE.match(match["rest"])
        then = _THEN.search(match["rest"])
        if (doing and doing["verb"] in _AT_WORK) or (then and not harmless(then["verb"])):
            return match.start("who")
    return None


__all__ = ["undertakes"]
