"""Claims that everyday words make about money, promises and deeds, and the table of all such claims."""

from api.services.grounding.saying import IT, Saying, saying
from api.services.grounding.sayings_of_cars import OF_CARS, OF_THE_HOUSE
from models.claims import ClaimKind

_OKAYED = (
    r"(?:agreed|ok'?d|okayed|approved|accepted|said (?:yes|ok(?:ay)?|(?:it's|that's|it is|that is) (?:\w+ )?(?:fine"
    r"|ok(?:ay)?|all right))|gave (?:me|us) (?:the|his|her)"
    r"|(?:is |was |are )?(?:fine|ok(?:ay)?|good|cool|happy|on board) with (?:it|that|this|the|your))"
)
_WHEN = r"(?:today|tomorrow|tonight|same day|(?:this|next) \w+|(?:on|by) (?:\w+day|the weekend)|right away)"
_GUIDES = (
    r"(?:kbb|kelley(?: blue book)?|(?:the )?blue book|black book|edmunds|nada|jd power|consumer reports|cargurus"
    r"|autotrader|the reviews?|experts?)"
)
_LOOKS_AFTER = r"(?:likes?|loves?|wants?|eager|happy|willing|ready|open|always \w+|known)"

_MONEY = (
    saying(
        ClaimKind.PRICE,
        r"(?:it|this one|that one|this|the price)(?: was|'s been| has been| used to be)(?: priced| listed)?"
        r" (?:higher|lower|more expensive|cheaper|dearer)\b|we(?:'ve| have)? (?:just |recently )+(?:lowered"
        r"|dropped|reduced) it",
    ),
    saying(
        ClaimKind.PRICE,
        r"(?:cheapest|lowest[- ]priced|best[- ]priced)(?: \w+)? (?:around|in (?:town"
        r"|the (?:area"
        r"|county|state|region|city|country))|anywhere|out there|on the market|for miles)\b",
    ),
    saying(
        ClaimKind.PRICE,
        rf"{_GUIDES} (?:says?|values?|puts?|lists?|prices?|shows?|has) (?:it|this|that|the)\b"
        r"|(?:above|below|under|over) (?:kbb|blue book|book value|market value)\b",
    ),
    saying(ClaimKind.FEE_OR_TOTAL, r"what you see is what you (?:pay|get)\b"),
    saying(
        ClaimKind.FEE_OR_TOTAL,
        r"(?:no|zero) (?:extras?|add-ons|(?:other|further|additional|more) (?:costs?|fees?|charges?))"
        r" (?:to (?:pay|worry)|on top|at all|whatsoever)\b",
    ),
    saying(
        ClaimKind.TRADE_IN_VALUE,
        r"(?:bring|fetch|get(?: you)?|worth|make(?: you)?|give you|earn(?: you)?) (?:in )?(?:an? )?(?:(?:very"
        r"|really|pretty)"
        r" )?(?:nice|good|pretty|decent|tidy|healthy|strong|handsome|solid|fair) (?:sum|penny|money|amount|value"
        r"|chunk|bit of money|offer|price) ?(?=\W*$|for (?:it|your|that)|toward|off\b)",
    ),
    saying(
        ClaimKind.COMMITMENT,
        r"(?:we|i|they)(?:'ll| will| do| can| also)? (?:take|buy|accept) (?:in )?(?:any|every"
        r"|all) (?:\w+ )?(?:cars?|makes?"
        r"|vehicles?|trades?|trucks?|models?)\b",
    ),
    saying(
        ClaimKind.MONTHLY_PAYMENT,
        r"(?:payments?|monthl(?:y|ies)|instal+ments?)\b[^,;.]{0,30}\b(?:under|within|below|inside|in) (?:your|the)"
        r" (?:budget|limit|range)\b|(?:about|around|close to|near|less than|under|below|same as) what you(?:'re| are)?"
        r" (?:now |currently )?pay(?:ing)?\b|(?:we|i)(?:'ll| can| could| will)(?: \w+ly)? (?:get|come|stay|go|keep it)"
        r" (?:under|within|below|inside) (?:your|that|the) (?:budget|limit|range)\b",
    ),
    saying(
        ClaimKind.DISCOUNT,
        r"(?:i|we)(?: \w+){0,4}? (?:do|go) (?:an? )?(?:bit|little|touch|tad|hair)? ?(?:better"
        r"|lower)\b(?! (?:job|service))",
    ),
    saying(
        ClaimKind.DISCOUNT,
        rf"(?:manager|boss|owner|team|we|i)(?:'s|'re|'m| is| are"
        rf"| am)?(?: \w+)? {_LOOKS_AFTER} to (?:make (?:an? )?deals?"
        r"|deal|negotiate|bargain|haggle|talk price)\b"
        r"|you(?:'ll| will) (?:be (?:\w+ )?(?:happy|pleased|thrilled|delighted|surprised) (?:with|by|at|about)"
        r"|love|like)"
        r" (?:the|our) (?:\w+ )?(?:numbers?|prices?|offers?|figures?|payments?|deal)\b",
    ),
    saying(
        ClaimKind.TRADE_IN_VALUE,
        r"(?:be|very|pretty|quite|really) generous (?:on|with|about|for|toward) (?:your|the|that) (?:trade|car|old)",
    ),
    saying(ClaimKind.AVAILABILITY, r"waiting list\b"),
    saying(
        ClaimKind.COMMITMENT,
        r"(?:it's|you're|you are|it is|everything is|(?:the|our) (?:car|drive|test drive)s? (?:is"
        r"|are)) (?:fully )?insured\b"
        r"|our insurance covers\b",
        r"(?:our|dealer\w*) insurance|insured by us|we insure",
    ),
)
_DEEDS = (
    saying(
        ClaimKind.COMMITMENT,
        r"pay(?:ing)? (?:in|by|over) (?:monthly |weekly )?(?:instal+ments|parts)\b",
        r"financ\w+|loans?\b|instal+ments",
    ),
    saying(
        ClaimKind.COMMITMENT,
        r"(?:we|i)(?:'ve| have)?(?: just| already)* (?:took|taken|pulled|removed) (?:it|that|this"
        r"|the (?:\w+ )?\w+) (?:off|down)\b",
    ),
    saying(
        ClaimKind.COMMITMENT,
        rf"(?:manager|boss|owner|director|colleagues?|bank|lender)\b[^.;]{{0,24}}\b(?:he|she|they)(?:'s|'ve"
        rf"| has| have| all"
        rf"| both| just)* {_OKAYED}",
        rf"(?:he|she|they|we|i|manager|boss|owner)\b[^.;]{{0,20}}{_OKAYED}",
    ),
    saying(
        ClaimKind.COMMITMENT,
        rf"(?:talked|spoke|spoken|checked|asked|cleared it)(?: to| with)? \w+,? and (?:he|she|they)(?:'s|'re"
        rf"| is| are| has)* {_OKAYED}"
        r"|(?:manager|boss|owner|director)(?: has| have|'s)?(?: just| already)* said (?:yes|ok(?:ay)?|(?:it's"
        r"|that's|it is"
        r"|that is) (?:\w+ )?(?:fine|ok(?:ay)?|all right))\b",
    ),
    saying(
        ClaimKind.COMMITMENT,
        r"(?:we|i)(?:'ll| can| could| will|'d)(?: \w+ly| also)? wait (?:until|till|for) (?:(?:your"
        r"|the) )?(?:\w+ )?(?:loan|check"
        r"|cheque|money|funds|bank|payment|approval|financing)\b",
    ),
    saying(
        ClaimKind.APPOINTMENT,
        r"(?:(?:i|we)(?:'ve| have)?(?: got)?(?: have)? you (?:on|in) (?:my|our|the|his|her) (?:calendar"
        r"|schedule|books?|diary)"
        r"|(?:is|are|'s|will be|'ll be) (?:already )?expecting you)\b",
        r"\d|expecting you|calendar|schedule|diary|see you|appointment|booked",
    ),
    saying(
        ClaimKind.COMMITMENT,
        rf"you(?:'ll| will| can| could| may)(?: be able to| even| also)? (?:pick|collect|take|drive"
        rf"|have) {IT}(?: up| home"
        rf"| away)*(?: the)? {_WHEN}",
        r"same[- ]day|pick(?:ed|ing)?[- ]?up|ready|(?:pick|collect|take|drive|have) (?:it|this|the)",
    ),
    saying(
        ClaimKind.COMMITMENT,
        r"(?:i|we|my (?:wife|husband|mom|mother|dad|sister|brother|son|daughter|boss))(?:'ve| have)?(?: \w+ly| also)?"
        r" (?:drive|drove|own|owned|have|has|owns|drives|had|bought) (?:one|the same (?:\w+ )?(?:one|car"
        r"|model))(?= myself"
        r"| too| as well| at home|\W*$| and (?:i|we|he|she)\b)",
    ),
)
_PAPERS = (
    r"(?:report|quote|e-?mail|photos?|pictures?|video|application|paperwork|contract|deposit|payment|forms?|offer)"
)
_PLEDGES = (
    saying(
        ClaimKind.CREDIT_APPROVAL,
        r"(?:we|i|our \w+(?: \w+)?)(?: \w+ly| can| will|'ll)* (?:decide|approve|sign off|make the (?:decision"
        r"|call))s?(?: on)?"
        r"(?: the| your| all)* (?:credit|loans?|financing|applications?)\b",
        r"(?:we|our \w+) (?:\w+ )?(?:decide|approve)|in-house",
    ),
    saying(
        ClaimKind.COMMITMENT,
        r"(?:deliver|ship)\w*\b[^.;]{0,20}\b(?:(?:same|next)[- ]day|overnight|tomorrow|today|tonight"
        r"|within (?:an?|one|two"
        r"|\d+) (?:hours?|days?))\b",
        r"(?:same|next)[- ]day|overnight|(?:deliver|ship)[^.]*\b(?:hours?|days?|tomorrow|today)",
    ),
    saying(
        ClaimKind.COMMITMENT,
        r"(?:return|bring back|take back|hand back|give back)(?:ed|s)? (?:it|the \w+|any|this"
        r"|them)\b(?!.*\b(?:exchang|swap))",
        r"return|bring[^.]* back|tak[^.]* back|money[- ]back|(?<!no )(?<!no cash )refund(?:s|ed)?\b",
    ),
    saying(
        ClaimKind.UNCOVERED_ASSERTION,
        rf"{_PAPERS}(?: was| were| is| has been| have been|'s been)(?: already| just)* (?:sent|e-?mailed|mailed"
        rf"|texted|ordered"
        r"|paid|processed|submitted|received|approved)\b|(?:i|we)(?:'ve| have)?(?: already| just)+ (?:sent"
        r"|e-?mailed|mailed"
        r"|texted|ordered|submitted|filed)\b",
        r"sent|e-?mailed|mailed|texted|ordered|paid|processed|submitted|received|filed",
    ),
    saying(
        ClaimKind.WARRANTY_OR_SERVICE,
        r"whichever (?:comes |is |happens )?(?:later|last|longer)\b|(?:warranty"
        r"|coverage)(?: \w+){0,3}? (?:starts|begins"
        r"|kicks in|takes effect)\b",
        r"whichever (?:comes |is )?(?:later|last|longer)|starts|begins|from (?:the )?(?:date|day)",
    ),
)
SAYINGS: tuple[Saying, ...] = (*_MONEY, *_DEEDS, *_PLEDGES, *OF_CARS, *OF_THE_HOUSE)

__all__ = ["SAYINGS"]
