"""Families of properties, how their values are written, and what kind of claim stating one is."""

import re
from dataclasses import dataclass

from api.services.grounding.components import BAD_STATE, COMPONENTS, GOOD_STATE, PARTS
from api.services.grounding.gazetteer import BODIES
from api.services.grounding.mechanics import MECHANICS
from models.claims import ClaimKind


@dataclass(frozen=True)
class Family:
    """How a family's values are written, and the kind of claim that stating one is."""

    name: str
    kind: ClaimKind
    values: tuple[tuple[str, re.Pattern[str]], ...]


def _family(name: str, kind: ClaimKind, values: dict[str, str]) -> Family:
    return Family(
        name, kind, tuple((value, re.compile(rf"\b(?:{pattern})(?!\w)")) for value, pattern in values.items())
    )


_FEATURE, _HISTORY, _SERVICE = (
    ClaimKind.FEATURE_OR_COLOUR,
    ClaimKind.HISTORY_OR_CONDITION,
    ClaimKind.WARRANTY_OR_SERVICE,
)
FAMILIES: tuple[Family, ...] = (
    *(_family(name, _FEATURE, values) for name, values in MECHANICS.items()),
    _family(
        "body",
        _FEATURE,
        {
            value: "|".join(re.escape(name) + "s?" for name, known in BODIES.items() if known == value)
            for value in dict.fromkeys(BODIES.values())
        },
    ),
    _family(
        "certified",
        _FEATURE,
        {
            "certified": r"certified(?: pre[- ]owned)?(?! (?:technician|mechanic|check|letter|mail))|cpo",
        },
    ),
    _family(
        "condition",
        _FEATURE,
        {
            "used": r"(?:used|pre[- ]owned|second[- ]hand|preowned) (?=car|vehicle|one|suv|truck|toyota|honda"
            r"|ford)|is (?:used|pre[- ]owned)",
            "new": r"brand[- ]new(?= |\W|$)(?! (?:tires?|tyres?|brakes?|battery|set|engine|transmission|paint))"
            r"|(?<=not )new(?=\W*$)|(?:is|are|'s|'re) (?:still )?new(?=\W*$|[,;.]| (?:and|but|so|while|with)\b)"
            r"|factory[- ]new|never been (?:owned|registered)",
        },
    ),
    _family(
        "title",
        _HISTORY,
        {
            "clean": r"clean(?:[, ]+(?:\w+ )?)titles?|clear titles?|title (?:is|was|comes|looks) (?:\w+ )?(?:clean"
            r"|clear)|clean[- ]titled?|title is totally clean|clean carfax title|titles?: clean|no"
            r" brands? on the title|spotless title|title (?:is|was|has) (?:never|not)(?: been)? (?:branded"
            r"|rebuilt|salvaged?)",
            "branded": r"(?:salvaged?|rebuilt|branded|reconstructed|lemon|flood|junk)(?: (?:law|damage))?[-"
            r" ]titles?d?|title (?:is|was) (?:a )?(?:salvaged?|rebuilt|branded)|salvaged?|rebuilt title",
        },
    ),
    _family(
        "accident",
        _HISTORY,
        {
            "none": r"(?:accident|crash|collision|damage|incident)[- ]?free|free (?:of|from) (?:any"
            r" )?(?:accidents|damage)|(?:clean|spotless|perfect) (?:accident |crash |driving )?(?:history"
            r"|record|carfax)|never (?:been |had |seen )?(?:in )?(?:a |an |any )?(?:\w+ )?(?:accidents?"
            r"|crash(?:ed|es)?|collisions?|hit|wrecked|damaged|wreck)"
            r"|(?:no|zero|without(?: any)?|not (?:a single|one)|0) (?:\w+ ){0,2}(?:accidents?"
            r"|crash(?:es)?|collisions?|damage|wrecks?)|(?:hasn't|has not|wasn't|was not|not)"
            r" (?:ever )?(?:been |had )?(?:in |involved in )?(?:an |a |any )?(?:accidents?|crash"
            r"|collision|damaged|wrecked)|accidents?:? none",
            "some": r"(?:had|has had|was in|been in|with|after|reported|one|an?|minor|previous|prior|its|small"
            r"|single|repaired|1) (?:\w+ ){0,2}(?:accidents?|crash|collision|wreck)(?! (?:history|report(?!ed)"
            r"|free|avoid|-free|record))|accidents? (?:of|in|from|was|were|has|had|damage)|was"
            r" (?:crashed|wrecked|hit|rear-ended)|(?:an?|the|one|minor|small) fender[- ]bender|(?:got|been)"
            r" (?:rear-ended|sideswiped|t-boned|hit)|has been (?:hit|crashed|wrecked)|(?:repaired|accident"
            r"|collision) damage",
        },
    ),
    _family(
        "smoke",
        _HISTORY,
        {
            "no": r"(?:no|non|never)[- ]?(?:been )?smok(?:e|ed|ing|er|ers)(?: in| car| vehicle)?|smoke[- ]free"
            r"|not smoked in",
            "yes": r"(?:was |been )?smoked in|smoker'?s? (?:car|vehicle)|smells? of smoke|smoke smell",
        },
    ),
    _family(
        "smog",
        _HISTORY,
        {
            "pass": r"(?:passed|passes|has passed|cleared|ok on|good on|fresh) (?:its |the |a |recent )*(?:smog"
            r"|emissions?|inspection)(?: test| check| inspection)?|smog(?:ged| (?:check|test"
            r"|cert\w*))?(?: is| was| has)? (?:done|passed|good|ok|complete\w*)|(?:smog|emissions?) passed",
            "fail": r"(?:failed|fails|didn't pass|hasn't passed|did not pass|needs) (?:its |the |a )*(?:smog"
            r"|emissions?|inspection)|no smog",
        },
    ),
    _family(
        "price firmness",
        ClaimKind.DISCOUNT,
        {
            "firm": r"(?:prices?|pricing|it|that|one|figure|number|stays?|amount)(?:'s| is| are| being| stays?|"
            r" remains?|, and)? (?:\w+ ){0,2}(?:firm|fixed|final|non[- ]?negotiable|set in stone|not"
            r" negotiable|as listed)|(?:firm|fixed|no[- ]haggle|final|non[- ]?negotiable|one) (?:listed"
            r" )?pric(?:es?|ing)|no[- ]haggl(?:e|ing)|firm on|non[- ]negotiable"
            r"|(?:no|zero|not any|isn't any|not much|not a lot of|little|isn't|without) (?:room"
            r"|wiggle room|haggling|negotiat\w+|discounts?|flexibility|leeway)(?: on| in| to|"
            r" for)?|(?:don't|do not|can't|cannot|won't|never|not able to|unable to|not) (?:\w+"
            r" )?(?:negotiate|haggle|bargain|discount|lower|come down|go (?:any )?lower|reduce"
            r"|budge|move|drop)|(?:not|isn't|aren't|non)[- ](?:\w+ )?(?:negotiable|flexible)|,"
            r" firm\b|and firm\b|firm$|firm\.",
            "flexible": r"negotiable|flexible|(?:some|a bit of|a little|still|there's|there is|plenty of|got|have|is"
            r"|any) (?:\w+ ){0,2}(?:wiggle room|room|leeway|flexibility|play|give|slack)(?! for)|wiggle"
            r" room|(?:aren't|isn't|are not|is not|not|never) (?:\w+ ){0,2}(?:firm|fixed|final|set in"
            r" stone)|(?:can|could|will|'ll|might|happy to|willing to|able to|open to|room to|may) (?:\w+"
            r" )?(?:negotiat\w+|haggl\w+|bargain\w*|come down|go (?:a (?:bit|little) )?lower|budge|work"
            r" (?:with you )?on (?:the|that) price|work something out|sharpen|discount\w*|lower\w*"
            r"|reduc\w+|move (?:a (?:bit|little) )?on|do better|talk (?:about )?(?:the )?price|meet you"
            r" (?:in the middle|halfway))|open to (?:\w+ )?offers|best offer|or best offer|obo|make (?:us"
            r"|me) an offer|price(?:s)? (?:is|are) (?:up for discussion|soft|just a starting point)",
        },
    ),
    _family(
        "refunds",
        _SERVICE,
        {
            "no": r"(?:non|not|isn't|aren't|never)[- ]?(?:\w+ )?refund(?:able|ed|s)?|no (?:\w+ )?refunds?"
            r"|(?:can't|cannot|don't|won't|do not|will not|unable to) (?:\w+ ){0,2}(?:refund|give (?:\w+"
            r" )?refunds?|get (?:\w+ )?(?:back|refund\w*)|be refunded|return (?:it|the deposit))|without"
            r" (?:a )?refund|(?:keep|lose|forfeit) (?:the|your) deposit|exchange only|deposit (?:is|stays) (?:kept|lost"
            r"|forfeited)|(?:money back|refunds?) (?:isn't|is not|are not|aren't) (?:possible|available"
            r"|an option|offered"
            r"|given|allowed)",
            "yes": r"(?:fully |completely |100% |totally |entirely )?refund(?:able|ed)|(?:full |complete |cash "
            r"|money |total |100% )(?:refund|back)|(?:a|your) refund|money[- ]back|(?:get|have|give you"
            r"|gets) (?:\w+ ){0,3}(?:money|deposit|cash|it all|everything) back|refunds? (?:are|is)"
            r" (?:available|possible|no problem|given)|we (?:'ll |will |can )?refund",
        },
    ),
    _family(
        "sold as is",
        _SERVICE,
        {
            "as is": r"(?:sold |is |goes |comes |strictly )?\"?as[- ]is\"?(?= |\.|,|;|$|\")(?! (?:the|it|that"
            r"|often))|as[- ]is|no warranty|without (?:a |any )?warranty|(?:doesn't|does not|don't)"
            r" (?:come with|have|include|carry|get) (?:a |any )?(?:\w+ )?warranty|not (?:covered|under"
            r" warranty)|warranty (?:doesn't|does not|won't|will not|wouldn't) (?:apply|cover (?:it|this|that)"
            r"|extend to)",
            "warranty": r"(?:comes? with|includes?|has|have|get|gets|carr(?:y|ies)|with|is covered by"
            r"|are covered by|under|covers|covered under|our|remaining|receives?|the)"
            r" (?:[\w']+ |\d+[ -]?\w*[ -]?/? ?|[\d,]+-\w+"
            r" ){0,6}?warranty|(?:is|are|be|'s|'re) (?:fully |still |all )?(?:covered|warrantied)(?! in)"
            r"|factory warranty"
            r"|warranty (?:included|is included|until|runs)",
        },
    ),
    _family(
        "warranty scope",
        _SERVICE,
        {
            "all": r"bumper[- ]to[- ]bumper|(?:everything|(?:the )?(?:whole|entire) (?:car|vehicle|truck|van|thing)"
            r"|(?:every|each) (?:single )?(?:part|component)|all (?:of the )?parts) (?:is|are|'s) (?:fully )?covered"
            r"|covers? (?:everything|(?:the )?(?:whole|entire) (?:car|vehicle|truck|van|thing)|(?:every"
            r"|each) (?:single )?"
            r"(?:part|component)|all parts)|(?:full|comprehensive|complete|all-round) (?:\w+ )?(?:warranty|coverage)",
            "part": r"power[- ]?train (?:warranty|coverage)|warranty on the (?:power[- ]?train|engine|drivetrain)"
            r"|(?:engine|transmission|gearbox|power[- ]?train|drivetrain)"
            r"(?: (?:and|&|or) (?:the )?(?:engine|transmission|gearbox|drivetrain))* (?:is|are) covered"
            r"|covers? (?:only )?(?:the )?(?:engine|transmission|gearbox|power[- ]?train|drivetrain)",
        },
    ),
    _family(
        "channel",
        ClaimKind.TRADE_IN_VALUE,
        {
            "remote": r"(?:by|over the|on the|via|through) (?:the )?(?:phone|telephone|text|e-?mail|photos?|video"
            r"|chat|web)|online|remotely|sight unseen|from photos?|without (?:seeing|an? (?:in-person"
            r" )?(?:inspection|appraisal)|bringing|having seen)",
            "in person": r"in[- ]person|on[- ]?site|at (?:the|our) (?:lot|dealership|store)|see(?:n|ing)? (?:the|your)"
            r" (?:car|vehicle|trade)",
        },
    ),
    _family(
        "credit check",
        ClaimKind.CREDIT_APPROVAL,
        {
            "none": r"(?:no|without(?: an?| any)?|skip the|zero) credit (?:checks?|approval|inquir\w+)|(?:don't"
            r"|do not|doesn't|never|won't|not|nobody|no ?one|no-one) (?:\w+ ){0,3}(?:check|pull|run|looks? at|cares?"
            r" about|asks? about)s? (?:your |the |any )?credit|credit (?:isn't|won't be|(?:is|will|gets?)"
            r" (?:not|never)(?: be)?) (?:even )?(?:pulled|checked|run|looked at)|(?:don't|do not|doesn't|does not"
            r"|never) (?:do"
            r"|run|need|require) (?:a |any )?credit"
            r" (?:checks?|approval)|credit (?:history |score )?(?:doesn't|does not|won't) matter",
            "required": r"(?:on|with|upon|pending) approved credit|subject to (?:\w+[ '])*?(?:s )?(?:credit (?:checks?"
            r"|approval)|approval|status)|(?:lender|bank|credit union)s? (?:alone |itself |always "
            r"|then )?(?:decides?|checks?"
            r"|has to approve|must approve|approves|makes? (?:the|its own|that|this) (?:final )?(?:decision|call)"
            r"|has the (?:last|final) (?:word|say))"
            r"|credit checks? (?:is|are) (?:required|needed|necessary)|only the (?:lender|bank)|(?:up to"
            r"|decided by|depends on|rests with|lies with) the (?:lender|bank)s?",
        },
    ),
    _family(
        "shop state",
        ClaimKind.TIME_OR_HOURS,
        {
            "closed": r"closed|not open|aren't open|isn't open|shut|won't be open|will not be open|don't open|off"
            r" (?:on )?(?:that day)",
            "open": r"open(?!(?:ing)| to\b| offer|ness)|opens|opening on|here for you|you can (?:visit|come)(?:"
            r" by| in)?|welcome to (?:visit|come)",
        },
    ),
)

_STATES = tuple(
    Family(
        name,
        _HISTORY,
        (
            (
                "bad",
                re.compile(
                    rf"\b(?:{part})\b[^.,;]{{0,20}}?(?:(?:doesn't|does not|isn't|is not|don't|do not|aren't|not"
                    rf"|no longer|never) (?:currently |really |always )?{GOOD_STATE}|{BAD_STATE})\b|\bno"
                    rf" (?:working )(?:{part})\b|\b(?:broken|dead|faulty|cracked|leaking|bad) (?:{part})\b"
                ),
            ),
            (
                "good",
                re.compile(
                    rf"\b(?:{part})\b[^.,;]{{0,20}}?\b{GOOD_STATE}\b|\b(?:working|functional|ice[- ]cold|great"
                    rf"|good|strong|perfect) (?:{part})\b"
                ),
            ),
        ),
    )
    for name, part in COMPONENTS.items()
)
_BEEN = r"(?: (?:was|were|is|are|has been|have been|got|have|has))?(?: just| recently| all)*"
_AGES = tuple(
    _family(
        f"{name} age",
        _HISTORY,
        {
            "new": rf"(?:brand[- ])?new (?:front |rear )?(?:{part})|(?:{part}){_BEEN} (?:replaced|changed|renewed)"
            rf"|fresh (?:{part})",
            "original": rf"(?:(?:factory[- ])?original|factory) (?:{part})|(?:{part}){_BEEN}(?: still)? (?:the )?"
            rf"(?:(?:factory[- ])?original|factory(?= (?:ones?|set)))(?: ones?| set)?"
            rf"|(?:{part}) (?:was|were|has|have) never (?:been )?"
            r"(?:replaced|changed)",
        },
    )
    for name, part in PARTS.items()
)
FAMILIES += _STATES + _AGES


KIND_OF_FAMILY = {family.name: family.kind for family in FAMILIES} | {
    "colour": _FEATURE,
    "interior colour": _FEATURE,
    "accent colour": _FEATURE,
}


__all__ = ["FAMILIES", "KIND_OF_FAMILY", "Family"]
