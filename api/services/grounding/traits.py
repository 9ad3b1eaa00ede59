"""Properties with a small set of values: colour, drive, fuel, title, accidents, refunds and their like.

Each family is exclusive: who states one value of a subject denies the family's others.
"""

import re
from dataclasses import dataclass

from api.services.grounding.gazetteer import BODIES, COLOURS
from models.claims import ClaimKind


@dataclass(frozen=True)
class Trait:
    """A property stated in a text; `denied` where the text says that it is not so."""

    start: int
    end: int
    family: str
    value: str
    denied: bool = False


@dataclass(frozen=True)
class Family:
    """How a family's values are written, and the kind of claim that stating one is."""

    name: str
    kind: ClaimKind
    values: tuple[tuple[str, re.Pattern[str]], ...]
    opposites: bool = False


def _family(name: str, kind: ClaimKind, values: dict[str, str], opposites: bool = False) -> Family:
    return Family(name, kind, tuple((value, re.compile(rf"\b(?:{pattern})(?!\w)")) for value, pattern in values.items()), opposites)


_FEATURE, _HISTORY, _SERVICE = ClaimKind.FEATURE_OR_COLOUR, ClaimKind.HISTORY_OR_CONDITION, ClaimKind.WARRANTY_OR_SERVICE
_GOOD_STATE = r"(?:works?|working|blows?|runs?|functions?|fine|great|perfect(?:ly)?|ice[- ]cold|cold|cools?|good|excellent|intact|strong|new)"
_BAD_STATE = r"(?:broken|out|dead|busted|faulty|inop(?:erative)?|defective|shot|bad|leak(?:s|ing|y)?|fail(?:s|ed|ing)?|needs? (?:work|repair|replac\w+|a recharge|fixing|recharging))"
_AC = r"(?:a/?c|air[- ]?con(?:ditioning|ditioner)?|climate control)"

FAMILIES: tuple[Family, ...] = (
    _family("transmission", _FEATURE, {
        "manual": r"manual(?:ly)?(?! (?:adjust|lumbar|seat|windows))|stick(?:[- ]shift)?|standard transmission|three pedals|clutch pedal",
        "cvt": r"cvt|continuously variable(?: transmission)?",
        "automatic": r"automatic(?:s| transmission| gearbox)?(?! (?:climate|headl|wip|brak|emerg|high|door))|auto (?:transmission|gearbox|box)|autobox|shifts? (?:for itself|by itself)|dual[- ]clutch|dsg",
    }),
    _family("drivetrain", _FEATURE, {
        "awd": r"awd|all[- ]wheel[- ]drive|all[- ]wheel|quattro|4matic|xdrive",
        "4wd": r"4wd|4x4|four[- ]wheel[- ]drive|4[- ]wheel[- ]drive|four by four|4 by 4|four[- ]wheeler",
        "fwd": r"fwd|front[- ]wheel[- ]drive|front[- ]wheel|2wd|two[- ]wheel[- ]drive",
        "rwd": r"rwd|rear[- ]wheel[- ]drive|rear[- ]wheel",
    }),
    _family("fuel", _FEATURE, {
        "plug-in": r"plug[- ]?in(?: hybrid)?|phev",
        "hybrid": r"hybrids?",
        "diesel": r"diesels?|tdi",
        "electric": r"(?:all[- ]|fully |pure(?:ly)? |battery[- ])?electric(?:ally)?(?! (?:windows?|seats?|mirrors?|tailgate|parking|roof|sunroof))|ev|bev",
        "gasoline": r"gasoline|petrol|gas(?:[- ](?:engine|powered|burner|car|motor))|(?<=runs on )gas|regular gas|unleaded",
    }),
    _family("body", _FEATURE, {value: "|".join(re.escape(name) + "s?" for name, known in BODIES.items() if known == value) for value in dict.fromkeys(BODIES.values())}),
    _family("certified", _FEATURE, {"certified": r"certified(?: pre[- ]owned)?(?! (?:technician|mechanic|check|letter|mail))|cpo", }),
    _family("condition", _FEATURE, {
        "used": r"(?:used|pre[- ]owned|second[- ]hand|preowned) (?=car|vehicle|one|suv|truck|toyota|honda|ford)|is (?:used|pre[- ]owned)",
        "new": r"brand[- ]new(?= |\W|$)(?! (?:tires?|tyres?|brakes?|battery|set|engine|transmission|paint))|factory[- ]new|never been (?:owned|registered)",
    }),
    _family("title", _HISTORY, {
        "clean": r"clean(?:[, ]+(?:\w+ )?)titles?|clear titles?|title (?:is|was|comes|looks) (?:\w+ )?(?:clean|clear)|clean[- ]titled?|title is totally clean|clean carfax title|titles?: clean|no brands? on the title|spotless title",
        "branded": r"(?:salvaged?|rebuilt|branded|reconstructed|lemon|flood|junk)(?: (?:law|damage))?[- ]titles?d?|title (?:is|was) (?:a )?(?:salvaged?|rebuilt|branded)|salvaged?|rebuilt title",
    }),
    _family("accident", _HISTORY, {
        "none": r"(?:accident|crash|collision|damage|incident)[- ]?free|free (?:of|from) (?:any )?(?:accidents|damage)|(?:clean|spotless|perfect) (?:accident |crash |driving )?(?:history|record|carfax)|never (?:been |had |seen )?(?:in )?(?:a |an |any )?(?:\w+ )?(?:accidents?|crash(?:ed|es)?|collisions?|hit|wrecked|damaged|wreck)"
                r"|(?:no|zero|without(?: any)?|not (?:a single|one)|0) (?:\w+ ){0,2}(?:accidents?|crash(?:es)?|collisions?|damage|wrecks?)|(?:hasn't|has not|wasn't|was not|not) (?:ever )?(?:been |had )?(?:in |involved in )?(?:an |a |any )?(?:accidents?|crash|collision|damaged|wrecked)|accidents?:? none",
        "some": r"(?:had|has had|was in|been in|with|after|reported|one|an?|minor|previous|prior|its|small|single|repaired|1) (?:\w+ ){0,2}(?:accidents?|crash|collision|wreck)(?! (?:history|report|repor|free|avoid|-free|record))|accidents? (?:of|in|from|was|were|has|had|damage)|was (?:crashed|wrecked|hit|rear-ended)|has been (?:hit|crashed|wrecked)|(?:repaired|accident|collision) damage",
    }),
    _family("smoke", _HISTORY, {
        "no": r"(?:no|non|never)[- ]?(?:been )?smok(?:e|ed|ing|er|ers)(?: in| car| vehicle)?|smoke[- ]free|not smoked in",
        "yes": r"(?:was |been )?smoked in|smoker'?s? (?:car|vehicle)|smells? of smoke|smoke smell",
    }),
    _family("smog", _HISTORY, {
        "pass": r"(?:passed|passes|has passed|cleared|ok on|good on|fresh) (?:its |the |a |recent )*(?:smog|emissions?|inspection)(?: test| check| inspection)?|smog(?:ged| (?:check|test|cert\w*))?(?: is| was| has)? (?:done|passed|good|ok|complete\w*)|(?:smog|emissions?) passed",
        "fail": r"(?:failed|fails|didn't pass|hasn't passed|did not pass|needs) (?:its |the |a )*(?:smog|emissions?|inspection)|no smog",
    }),
    _family("air conditioning", _HISTORY, {
        "bad": rf"{_AC}[^.,;]{{0,20}}?(?:(?:doesn't|does not|isn't|is not|not|no longer|never) (?:currently |really )?{_GOOD_STATE}|{_BAD_STATE})|no (?:working )?{_AC}|broken {_AC}",
        "good": rf"{_AC}[^.,;]{{0,20}}?\b{_GOOD_STATE}|(?:working|functional|ice[- ]cold|cold|great|good|strong) {_AC}",
    }),
    _family("price firmness", ClaimKind.DISCOUNT, {
        "firm": r"(?:prices?|pricing|it|that|one|figure|number|stays?|amount)(?:'s| is| are| being| stays?| remains?|, and)? (?:\w+ ){0,2}(?:firm|fixed|final|non[- ]?negotiable|set in stone|not negotiable|as listed)|(?:firm|fixed|no[- ]haggle|final|non[- ]?negotiable|one) (?:listed )?pric(?:es?|ing)|no[- ]haggl(?:e|ing)|firm on|non[- ]negotiable"
                r"|(?:no|zero|not any|isn't any|not much|not a lot of|little|isn't|without) (?:room|wiggle room|haggling|negotiat\w+|discounts?|flexibility|leeway)(?: on| in| to| for)?|(?:don't|do not|can't|cannot|won't|never|not able to|unable to|not) (?:\w+ )?(?:negotiate|haggle|bargain|discount|lower|come down|go (?:any )?lower|reduce|budge|move|drop)|(?:not|isn't|aren't|non)[- ](?:\w+ )?(?:negotiable|flexible)|, firm\b|and firm\b|firm$|firm\.",
        "flexible": r"negotiable|flexible|(?:some|a bit of|a little|still|there's|there is|plenty of|got|have|is|any) (?:\w+ ){0,2}(?:wiggle room|room|leeway|flexibility|play|give|slack)(?! for)|wiggle room|(?:aren't|isn't|are not|is not|not|never) (?:\w+ ){0,2}(?:firm|fixed|final|set in stone)|(?:can|could|will|'ll|might|happy to|willing to|able to|open to|room to|may) (?:\w+ )?(?:negotiat\w+|haggl\w+|bargain\w*|come down|go (?:a (?:bit|little) )?lower|budge|work (?:with you )?on (?:the|that) price|work something out|sharpen|discount\w*|lower\w*|reduc\w+|move (?:a (?:bit|little) )?on|do better|talk (?:about )?(?:the )?price|meet you (?:in the middle|halfway))|open to (?:\w+ )?offers|best offer|or best offer|obo|make (?:us|me) an offer|price(?:s)? (?:is|are) (?:up for discussion|soft|just a starting point)",
    }),
    _family("refunds", _SERVICE, {
        "no": r"(?:non|not|isn't|aren't|never)[- ]?(?:\w+ )?refund(?:able|ed|s)?|no (?:\w+ )?refunds?|(?:can't|cannot|don't|won't|do not|will not|unable to) (?:\w+ ){0,2}(?:refund|give (?:\w+ )?refunds?|get (?:\w+ )?(?:back|refund\w*)|be refunded|return (?:it|the deposit))|without (?:a )?refund|keep the deposit|exchange only",
        "yes": r"(?:fully |completely |100% |totally |entirely )?refund(?:able|ed)|(?:full |complete |cash |money |total |100% )(?:refund|back)|(?:a|your) refund|money[- ]back|(?:get|have|give you|gets) (?:\w+ ){0,3}(?:money|deposit|cash|it all|everything) back|refunds? (?:are|is) (?:available|possible|no problem|given)|we (?:'ll |will |can )?refund",
    }),
    _family("sold as is", _SERVICE, {
        "as is": r"(?:sold |is |goes |comes |strictly )?\"?as[- ]is\"?(?= |\.|,|;|$|\")(?! (?:the|it|that|often))|as[- ]is|no warranty|without (?:a |any )?warranty|(?:doesn't|does not|don't) (?:come with|have|include|carry|get) (?:a |any )?(?:\w+ )?warranty|not (?:covered|under warranty)",
        "warranty": r"(?:comes? with|includes?|has|have|get|gets|carries|with|is covered by|are covered by|under|covers|covered under|our|remaining|receives?) (?:\w+ |\d+[ -]?\w*[ -]?/? ?|[\d,]+-\w+ ){0,6}?warranty|(?:fully |still )?(?:covered|warrantied)(?: by| under)?|factory warranty|warranty (?:included|is included|until|runs)",
    }),
    _family("channel", ClaimKind.TRADE_IN_VALUE, {
        "remote": r"(?:by|over the|on the|via|through) (?:the )?(?:phone|telephone|text|e-?mail|photos?|video|chat|web)|online|remotely|sight unseen|from photos?|without (?:seeing|an? (?:in-person )?(?:inspection|appraisal)|bringing|having seen)",
        "in person": r"in[- ]person|on[- ]?site|at (?:the|our) (?:lot|dealership|store)|see(?:n|ing)? (?:the|your) (?:car|vehicle|trade)",
    }),
    _family("credit check", ClaimKind.CREDIT_APPROVAL, {
        "none": r"(?:no|without(?: an?| any)?|skip the|zero) credit (?:checks?|approval|inquir\w+)|(?:don't|do not|doesn't|never|won't|not) (?:\w+ ){0,3}(?:check|pull|run|look at|care about) (?:your |the |any )?credit|(?:don't|do not|never) (?:do|run|need|require) (?:a |any )?credit (?:checks?|approval)|credit (?:history |score )?(?:doesn't|does not|won't) matter",
        "required": r"(?:on|with|upon|pending) approved credit|subject to (?:\w+[ '])*?(?:s )?credit (?:checks?|approval)|(?:lender|bank)s? (?:decides?|checks?|has to approve|must approve|approves)|credit checks? (?:is|are) (?:required|needed|necessary)|only the (?:lender|bank)",
    }),
    _family("shop state", ClaimKind.TIME_OR_HOURS, {
        "closed": r"closed|not open|aren't open|isn't open|shut|won't be open|will not be open|don't open|off (?:on )?(?:that day)",
        "open": r"open(?!(?:ing)| to\b| offer|ness)|opens|opening on|here for you|you can (?:visit|come)(?: by| in)?|welcome to (?:visit|come)",
    }),
)  # fmt: skip

_NO_LEATHER = re.compile(r"\s+(?:\w+\s+)?(?:leather|cloth|interior|seats?|upholstery|inside|cabin|trim|wheels?|roof|rims?|carpet|stitching|accents?|fabric|vinyl|alcantara|top)\b")
_COLOUR = re.compile(rf"\b(?:{'|'.join(sorted(COLOURS, key=len, reverse=True))})\b(?!\s?(?:book|friday|flag|light|tooth|carpet|standard|edition))")
_AFTER_INTERIOR = re.compile(r"\b(?:interior|inside|upholstery|seats|cabin)\b(?:'s| is| are| in| comes in)?\s+(?:\w+\s+)?$")
_DENY = {"firm": "flexible", "flexible": "firm"}


def find_colours(lower: str) -> list[Trait]:
    """Return exterior and interior colours."""
    found = []
    for match in _COLOUR.finditer(lower):
        inside = _NO_LEATHER.match(lower, match.end()) or _AFTER_INTERIOR.search(lower, max(0, match.start() - 30), match.start())
        family = "interior colour" if inside else "colour"
        if inside and re.match(r"\s+(?:\w+\s+)?(?:wheels?|roof|rims?|stitching|accents?|top)\b", lower[match.end() :]):
            family = "accent colour"
        found.append(Trait(*match.span(), family, COLOURS[match.group()]))
    return found


def find_traits(lower: str, families: tuple[Family, ...] = FAMILIES) -> tuple[Trait, ...]:
    """Return the traits of a lower-cased clause; within a family the first value that matches a place wins."""
    found: list[Trait] = find_colours(lower)
    for family in families:
        spans: list[tuple[int, int]] = []
        for value, pattern in family.values:
            for match in pattern.finditer(lower):
                if not any(match.start() < end and start < match.end() for start, end in spans):
                    spans.append(match.span())
                    found.append(Trait(*match.span(), family.name, value))
    return tuple(sorted(found, key=lambda trait: trait.start))


KIND_OF_FAMILY = {family.name: family.kind for family in FAMILIES} | {
    "colour": _FEATURE, "interior colour": _FEATURE, "accent colour": _FEATURE,
}  # fmt: skip
SELF_DENYING = frozenset({"title", "accident", "smoke", "smog", "air conditioning", "price firmness", "refunds", "sold as is", "credit check", "shop state", "channel"})

__all__ = ["FAMILIES", "KIND_OF_FAMILY", "SELF_DENYING", "Family", "Trait", "find_traits"]
