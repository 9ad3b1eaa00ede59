"""Ideas of the trade that take several words, so that "costs you nothing" and "free of charge" compare as one.

A concept swallows the words that express it, its own negation with them; two concepts may exclude each other.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

MERE = "mere talk"
_CAR = (
    r"(?:(?:our |any )?(?:cars|vehicles|trucks)|it|them|that|this|one"
    r"|(?:the|a|any|your|this|that) (?:\w+ )?\w+)"
)
_HOME = (
    r"(?:you|customers|people|your (?:\w+ )?(?:door(?:step)?|home|house|place|driveway|address|work|office|street"
    r"|workplace))"
)
_SCORE = r"(?:your |the )?(?:credit )?(?:score|rating)"
_PATTERNS: dict[str, str] = {
    "free": (
        r"(?:you|customers) (?:don't|do not|won't|wouldn't|never) (?:have to |need to )?pay(?: anything"
        r"| extra)?(?= for\b)"
        r"|costs? (?:you |him |her |us )?(?:absolutely )?(?:nothing|zero|not a (?:thing|cent|penny|dime))"
        r"|(?:won't|wouldn't|doesn't|does not|don't|do not|will not) cost (?:you |him |her )?(?:anything|extra"
        r"|a (?:thing|cent|penny|dime))|(?:at|for|with) no (?:extra |additional |further )?(?:cost|charge|fee)"
        r"|free of (?:any )?(?:charge|cost)|for free|without (?:any )?(?:extra |additional )?(?:charge|cost|fee)"
        r"|(?:at|on) our (?:own )?(?:expense|cost|dime|tab|bill)|on the house|no (?:extra |additional )?(?:charge|cost)"
        r"|(?:you|customers) (?:don't|do not|won't) (?:have to |need to )?pay (?:anything|a (?:thing|cent|penny"
        r"|dime)|one (?:cent|penny|dime))"
        r"|(?:there(?:'s| is| are) )?no (?:\w+ )?(?:fees?|charges?|cost)(?= (?:for|to)\b)"
        r"|(?:don't|do not|doesn't|does not|won't|will not|never) charge(?: you| anything| a (?:fee|cent|dime|penny))*"
        r"(?= (?:for|to)\b)"
        r"|(?<!count )(?<!rely )(?<!call )(?<!depend )(?<!lean )on (?:us|me)(?! to\b)(?= |\W*$)"
        r"|nothing (?:more|else|extra|further) to pay(?= for\b)|(?:you|customers) pay nothing|for nothing"
        r"|complimentary|gratis|free(?! (?:to|from|up)\b)(?!-)"
    ),
    "norefund": (
        r"(?<=deposit )(?:cannot|can't|won't|will not|is not|isn't)(?: be)? (?:returned|given back|paid back)|"
        r"non-?refundable|(?:not|never|isn't|aren't|can't be|cannot be|won't be|can not be) (?:\w+ )?refund\w*"
        r"|no refunds?"
        r"|(?:don't|do not|won't|can't) (?:give |offer )?refund\w*"
    ),
    "refund": (
        r"(?:bring|take|send|give) (?:it|the \w+) back (?:and get|for) (?:all (?:of )?)?(?:your|the) money(?: back)?|"
        r"(?:hand|give|pay|send)(?:s|ing)? (?:you )?(?:the|your|any|that) (?:money|cash|deposit|sum|amount) back|"
        r"(?:get|gets|have|getting) (?:all of )?(?:it|that|(?:the|your|any|that)(?: \w+)?"
        r" (?:deposit|money|cash|[$€£]\d[\d,.]*)) back|"
        r"(?:get|have|receive|give you|giving you|gets)? ?(?:all (?:of )?|every (?:cent|penny|dollar) of |back )?"
        r"(?:your|the|their) (?:money|cash) (?:is |gets |be )?(?:back|returned|refunded|given back)"
        r"|(?<=to )change your mind|returned (?:to you )?(?:in any (?:event|case)|in full|no matter|whatever"
        r"|regardless|under any)"
        r"|(?:get|have) (?:all )?your money(?=\W*$|,)|(?:comes|goes) back to you|(?:given|handed|paid"
        r"|sent) back(?: to you)?|money[- ]back|full (?:refund"
        r"|reimbursement)|reimburs\w+|refund\w*"
    ),
    "return": r"(?:bring|take|give|hand|send|drive)(?:s|ing)? (?:it|that|this|the \w+|a \w+) back|returned|returns?",
    "broken": (
        r"out of order|out of service|(?:doesn't|does not|isn't|is not|not|won't|no longer|stopped"
        r"|stops)(?: \w+ly)? (?:work"
        r"|working|works|function|functioning)(?! (?:on|with|for|out|at|weekends?)\b)|inoperative|kaput|on the blink"
    ),
    "storage": r"stor(?:e|es|ed|ing) (?:it|them|her|your \w+|the (?:car|truck|van|rig|vehicle))|storage",
    "hirepurchase": r"hire[- ]purchase|hp(?! \d)",
    "hold": (
        rf"(?:keep|set|put|lay|leave)(?:s|ting|ping)? {_CAR} (?:aside|back|by)|(?:set|put|kept|laid) aside"
        rf"|(?:take|takes|taken|taking) {_CAR} off the (?:market|lot|website|floor)|off the market"
        rf"|(?:keep|save|saving|keeping) {_CAR} for (?:you|him|her|a customer)|reserv(?:e|es|ed|ing|ation)"
        r"|(?:put|have|has|got|keep|with|under|in) your name(?: on)?|your name(?:'s| is)(?: down)?(?: on)?"
        r"|(?:(?:is|are|stays?|being|been)|(?<=\w)'s) (?:kept|saved|put aside|promised)"
        r"(?= (?:back )?(?:for (?:you|him|her)|until|till)\b)"
        rf"|(?:nobody|no ?one|no-one)(?: else)? (?:can |will |else )*(?:gets?|buys?|takes?|ha(?:s|ve)|touch\w*) {_CAR}"
        r"|secur(?:e|es|ed|ing)(?= (?:it|the|an?|this|that|your)\b)|hold(?:s|ing)?(?: (?:on )?to)?|held|earmark\w*"
    ),
    "delivery": (
        rf"(?:bring|take|drop|ship|carry|haul|drive|get|have|leave|park)(?:s|ping|ing|ting|ving)? (?:off )?{_CAR}"
        rf" (?:off |out |over |round |around |right |up )?(?:to|at|in|on|by|outside) {_HOME}"
        rf"|(?:in|on|to|at|outside|by) your (?:driveway|(?:front )?door(?:step)?)|getting it to you|transport(?:s"
        rf"|ed|ing)?|deliver(?:y|ies|ed|ing|s)?"
    ),
    "decide": (
        r"(?:makes?|making|made) (?:its|their|her|his|the|that|this) (?:own )?(?:final )?(?:call|decisions?|choice)"
        r"|ha(?:s|ve) (?:the|no|any) (?:last|final|further|more) (?:word|say)|(?:is|are|'s) (?:entirely "
        r"|solely |only |all )?(?:up to|for)"
        r"(?= (?:the|our|each) (?:lender|bank|credit union|underwriter))|(?:rests?|lies|sits) with"
        r"|(?:decision|call|choice) (?:is|remains|stays) (?:theirs|(?:\w+ )?(?:up to|with) them)(?: alone)?"
        r"|decid(?:e|es|ed|ing)|decisions?|(?:final|last) approval (?=rests|lies)|(?:lender|bank)'s (?:call|decision)"
    ),
    "softcheck": r"soft(?:er)? (?:credit )?(?:pull|check|inquir\w+|enquir\w+|search)\w*",
    "prequalify": r"(?:get(?:ting)? )?pre-?qualif\w+",
    "scoresafe": (
        rf"(?:leaves?|keeps?) {_SCORE} (?:alone|unchanged|untouched|where it is|the same|intact|as it is)"
        rf"|{_SCORE} (?:stays|remains|is|will stay|won't) (?:where it is|the same|unchanged|put|untouched|intact"
        r"|safe|unaffected|budge|move|change|drop)"
        r"|(?:does not|doesn't|won't|will not|don't|without|never|not) (?:affect|hurt|impact|harm|lower|change"
        rf"|touch|ding|dent)(?:ing)? {_SCORE}|(?:no|zero) (?:effect|impact|bearing|influence) on {_SCORE}"
    ),
    "withheld": (
        r"(?:re-?stocking|cancell?ation|return) (?:fees?|charges?)|(?:is|are|gets?|will be) (?:withheld|kept back)"
        r"|(?:minus|less|with) an? (?:\w+ )?(?:fee|charge)(?= (?:is|kept|taken)|\W*$)"
    ),
    "scorehurt": (
        rf"(?:affect|hurt|lower|impact|harm|damage|ding|dent|drop|reduce)(?:s|ed|ing)? {_SCORE}"
        rf"|{_SCORE} (?:goes down|drops|suffers|takes a hit|is affected|will drop)"
    ),
    "hardcheck": r"hard(?:er)? (?:credit )?(?:pull|check|inquir\w+|enquir\w+|search)\w*",
    "online": r"online|remotely|electronically|from (?:your )?(?:home|couch|sofa)",
    "inperson": r"in[- ]person",
    "lender": (
        r"credit unions?|underwriters?|lenders?"
        r"|bank(?! (?:transfer|wire|account|draft|cheque|check|card|detail|statement|holiday)s?)s?"
    ),
    "granted": (
        r"(?<!to be )(?:pre-?)?approv(?:ed|es)(?! credit)|ok(?:ay)?'?ed|(?:said|says|say) yes|(?:gave|given|gives?"
        r"|got)(?: (?:you|us"
        r"|it))? the (?:green light|go-ahead"
        r"|nod|thumbs up|ok|okay)|green-?lit|sign(?:ed|s)? off(?: on)?|w[ea]nt through|accepted"
        r"|a (?:(?:clear|sure|definite|certain|safe|firm|quick) )?yes(?! or)|thumbs[- ]up"
        r"|(?:answer|reply|response|decision|result|outcome) (?:will be|is going to be|is|comes back) (?:positive"
        r"|favou?rable|good)"
    ),
    "declined": (
        r"declin(?:ed|es)|turned (?:it |you |(?:the|your) \w+ )?down|(?:said|says) no|reject(?:ed|s)|refused"
        r"|(?:did not|didn't) (?:approve|go through|accept)|not approved"
    ),
    "alone": (
        r"on your own|by yourself|alone|solo|unaccompanied|without (?:a |any |one of )?(?:our )?(?:salesperson|us"
        r"|salesman|salespeople|escort|chaperone|anyone|staff|someone)(?: (?:along|with you|in the car))?"
    ),
    "accompany": r"(?:comes?|goes|rides?|tags?|sits?|be|going|coming|come) (?:along|with you)|accompan\w+|joins? you",
    "walkin": (
        r"walk[- ]?ins?(?: \w+)?|walk (?:right )?in|without (?:an |any |making an |booking )?(?:appointment|booking)"
        r"|no need to book|needn't book|(?:turn|drop|pop|show) (?:in|up|by)(?= (?:for|any|when|without|at|on)\b|\W*$)"
        r"|no (?:appointment|booking)(?: is| are)?(?: needed| required| necessary)?|just (?:drop"
        r"|show|turn) (?:in|up|by)"
    ),
    "byappointment": (
        r"(?:strictly |only )?(?:by|with an?|on) (?:prior )?appointments?(?: only)?|need(?:s)? an appointment"
        r"|appointment (?:is )?(?:only|required|needed|necessary)|booked? (?:ahead|in advance)"
        r"|(?:need to|needs to|must|ha(?:s|ve) to) be booked|(?:have|need|got|ask you) to book|must book"
        r"|(?:please |do )book(?= (?:a|your|the|it|first))"
        r"|booking (?:is )?(?:needed|required|necessary|essential)"
    ),
    "install": (
        r"put (?:new|fresh|other) [\w ]{1,20}? on(?= (?:before|as|too|it|the|for))|"
        r"install(?!ment)\w*|fitted|fit(?:s|ting)? (?:it|them)|(?:go|goes|put|gets? put) on"
        r"(?= (?:before|as|too|it|the|with|free|for)|\W*$)|replac\w+|(?:chang|swapp|renew)(?:e|es|ed|ing) out"
    ),
    "repair": r"fix(?:es|ing)?|(?:get|be|gets|is|are|getting) fixed|fixed(?= (?:at|by|for|before|under|on us"
    r"|free)\b)|repair\w*|mend\w*|(?:sort|iron)(?:s|ed)? out"
    r"|sorts",
    "collect": r"^\W*pick-?up\b|pick-?up (?=at|from|is|in person)|(?:pick(?:s|ed|ing)?|come (?:to )?pick) (?:it|her"
    r"|this|that|the \w+|your \w+) up"
    r"|pick(?:s|ed|ing)? up it"
    r"|(?<=are )picked up(?= (?:at|from|here|in)\b)|(?<=is )picked up(?= (?:at|from|here|in)\b)"
    r"|(?<=before )pick-?up|(?<=at )pick-?up|(?<=on )pick-?up|(?<=until )pick-?up|collect(?:s|ed|ing|ion)?"
    r"|come (?:to get|for) (?:it|her|the \w+)",
    "offprice": (
        r"tak(?:e|es|ing) (?:it|that|this|the \w+) off (?:the|your) (?:\w+ )?(?:price|total|balance)"
        r"|(?:is|are|gets?|be)? ?(?:deducted|taken|subtracted) from (?:the|your) (?:\w+ )?(?:price|total|balance)"
        r"|(?:deducted|subtracted) from what you pay"
        r"|(?:comes?|goes|counts?|(?:is|are|gets?) (?:deducted|credited|subtracted|counted))"
        r" (?:off|from|toward|towards|against) (?:the|your) (?:\w+ )?(?:price|total|balance)"
    ),
    "deposit": r"deposits?|(?:any |some )?money down|(?<=without )(?:any )?money",
    "match": (
        r"(?:go with|(?:do|give you|charge(?: you)?|honou?r|meet|equal|take) )"
        r"(?:that|the same|the lower|their|this|it at the same)(?: one| lower| same)* (?:price|offer|amount"
        r"|figure|quote)"
        r"|go with (?:that|the lower|the cheaper)(?: one)?|meet (?:it|that|them)|that(?:'s| is) the price here(?: too)?"
        r"|(?:price[- ])?match(?:es|ing|ed)?"
    ),
    "banktransfer": r"(?:bank|wire) transfers?|wired?(?: (?:it|us|the (?:money|amount|price|funds)))?",
    "fulltank": (
        r"full tank(?: of (?:gas|fuel|petrol))?|fill(?:s|ed)? (?:it|the tank|her) up|tank (?:is|will be) full|gassed up"
        r"|fuell?ed(?: up)?"
    ),
    "payoff": r"tak(?:e|es|ing) over(?= (?:the rest|your loan|what|the remaining))|pa(?:y|ys|id|ying) off"
    "|settl(?:e|es|ed|ing)",
    "remaining": r"(?:the )?rest of (?:your|the|his|her)|remaining|remainder|outstanding|what(?:'s"
    r"| is) left (?:of|on)|balance",
    "separate": r"sold separately|(?:not|isn't|aren't) included|(?:don't|do not|doesn't|does not) include"
    r"|(?:ha(?:s|ve) to|must|needs? to|(?:is|are) to|(?:is|are)|gets?) be (?:arranged|paid|organi[sz]ed|sorted"
    r"|bought|done"
    r"|taken out|covered|handled)(?: for)? by (?:the (?:buyer|customer|new owner)|you(?:rself)?)"
    r"|for (?:you|yourself|the (?:buyer|customer|new owner)) to (?:arrange|organi[sz]e|sort(?: out)?|pay(?: for)?|buy"
    r"|book|get|do|handle)|(?:your|the (?:buyer|customer|new owner)'s) (?:own )?(?:responsibility|job|business"
    r"|affair|problem)"
    r"|(?:you(?:'d| would|'ll| will)?|the (?:buyer|customer)) (?:ha(?:s|ve) to|must|needs? to|(?:is|are) to) (?:pay for"
    r"|get|arrange|organi[sz]e|buy|book|sort(?: out)?)(?= (?:the|an?|your|its|that) (?:\w+ ){1,2}yourself)"
    r"|(?:have|need) to get (?:it|that|the \w+) \w+ed (?:yourself|on your own|elsewhere)"
    r"|extra cost|costs? extra|separate(?:ly)?"
    r"|(?:is|are|'s) (?:entirely )?up to you|yours to (?:arrange|pay)|(?:at|on) your own (?:cost|expense|dime)",
    "whilowned": r"(?:as|so) long as (?:you (?:own|have|keep)|(?:it|the \w+)(?: is|'s) yours)(?: \w+)?(?: \w+)?"
    r"|while (?:you (?:own|have|keep)|(?:it|the \w+)(?: is|'s) yours)(?: (?:it|the \w+))?",
    "unlimited": (
        r"whenever (?:you (?:like|want|wish|please|feel like it)|it suits you)|(?:at )?any ?(?:time"
        r"|point)(?! (?:before|until|up to|within|during)\b)(?: at all)?|no matter (?:what|when|how|why)"
        r"|forever|for life|lifetime|unlimited(?:ly)?|(?:with ?out|no) limits?|no questions asked|for (?:any"
        r"|no) reason(?: at all)?|as (?:often|long|many|much) as you (?:like|want|please)"
    ),
    "nationwide": r"nation-?wide|country-?wide|(?:anywhere in|all over|across|throughout) the (?:whole )?country",
    "include": (
        r"part of the (?:deal|package)|(?<!put )(?<!throw )in(?= (?:at no (?:extra )?(?:cost|charge)|for (?:free"
        r"|nothing)|free of charge)\b)|"
        r"includ\w*|(?:covered|built|contained|baked|part|rolled) (?:in|into|of|by) (?:the|our|that|your)"
        r" (?:\w+ )?(?:price|total|amount)"
    ),
    "heated": r"heated|warms? up|warmed|warming",
    "onrequest": r"(?:on|upon|by) request|(?:only |just )?(?:have|need) to ask(?: for it)?"
    r"|if you ask|just ask|when asked",
    "lastchance": r"all sales(?: are| is)? final|sales? (?:is|are) final|final sales?",
    "owns": r"(?:is|was) the owner(?: of)?|belongs to|owns|owner of the (?:dealership|business|place|store)",
    "handles": (
        r"(?:looks|looking) after|handles|takes care of|runs(?= (?:the|our)\b)"
        r"|(?:is )?in charge of|heads|manages|leads(?= (?:the|our)\b)|deals with"
    ),
    MERE: (
        r"(?:before|until|when|once|by the time|prior to|ahead of) (?:you |your "
        r"|the )?(?:pick (?:it|the \w+) up|pick up"
        r"|pickup|collect(?:ion| it| the \w+)?|drive (?:it )?(?:off|away|home)|take it home|hand-?over|handing over"
        r"|get it)|hand-?over"
        r"|take it(?: home| out)?|"
        r"(?:call|text|reach|e?-?mail|write|ask|contact|message|come|stop|visit|drop|swing|reply|phone|ring"
        r"|reach out)(?: \w+){0,3}"
        r" (?:any ?time|whenever you (?:like|want|wish|please)|at any time)|"
        r"feel free(?: to)?|lets? you know|(?:i|we)(?:'d| would| should|'ll)? (?:just )?(?:add|mention"
        r"|point out|note) that"
        r"|(?:i am|i'm|we are|we're) (?:pleased|glad|happy|delighted|sorry|afraid) to (?:say|tell you|report"
        r"|confirm)(?: that)?"
        r"|(?:whatever|whichever|what) you (?:decide|choose|prefer|want)|on the other hand|at (?:present|the moment)"
        r"|according to (?:our|the) (?:records?|listing|file)|as far as (?:i|we|the (?:listing"
        r"|record)) (?:can (?:see|tell)|knows?"
        r"|says|goes)|that (?:i|we) know of|(?<=your )old(?= (?:loan|car|one|vehicle|truck|van|ride))"
        r"|(?:for )?another (?:one|car|vehicle)(?= |\W"
        r"|$)|(?:before|when|once) (?:we|i) (?:hand|give) (?:it|her"
        r"|the \w+) (?:over|to you)(?: to you)?|my friend"
        r"|(?:just )?(?:to|so i can) (?:reassure|remind|clarify|recap|be (?:clear|honest|upfront|transparent))(?: you)?"
        r"|sets? of|in advance|in any event|(?<=close )of (?:business|trading|play)|(?<=end )of (?:business|trading)"
        r"|(?:if|should|in case) you (?:change your mind|back out|walk away|decide (?:against it|otherwise))"
    ),
}
_CONCEPTS = tuple((name, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])")) for name, pattern in _PATTERNS.items())
_SWALLOW_NEGATION = frozenset({"free", "scoresafe", "alone", "norefund", "walkin", "separate", "declined"})
_NOBODY = re.compile(r"no-? ?(?:body|one)\b")
_PAIRS = (
    ("alone", "accompany"),
    ("refund", "norefund"),
    ("walkin", "byappointment"),
    ("granted", "declined"),
    ("include", "separate"),
    ("free", "separate"),
    ("return", "lastchance"),
    ("refund", "lastchance"),
    ("refund", "withheld"),
    ("scoresafe", "scorehurt"),
    ("softcheck", "hardcheck"),
    ("online", "inperson"),
)
_EXCLUDE = {one: frozenset(b if a == one else a for a, b in _PAIRS if one in (a, b)) for pair in _PAIRS for one in pair}


@dataclass(frozen=True)
class Concept:
    """An idea and the range of the text that expresses it."""

    start: int
    end: int
    name: str


@lru_cache(maxsize=4096)
def find_concepts(lower: str) -> tuple[Concept, ...]:
    """Return the concepts of a lower-case text, by start, the longest first where two overlap."""
    found = [Concept(*match.span(), name) for name, pattern in _CONCEPTS for match in pattern.finditer(lower)]
    kept: list[Concept] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def swallowed(lower: str) -> list[tuple[int, int]]:
    """Return the ranges whose negation belongs to the concept: "at no charge" denies nothing."""
    return [
        (one.start, one.end)
        for one in find_concepts(lower)
        if one.name in _SWALLOW_NEGATION or _NOBODY.match(lower, one.start)
    ]


def excluded(names: frozenset[str]) -> frozenset[str]:
    """Return the concepts that some of these rule out."""
    return frozenset(other for name in names for other in _EXCLUDE.get(name, ()))


__all__ = ["MERE", "Concept", "excluded", "find_concepts", "swallowed"]
