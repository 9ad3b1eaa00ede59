"""Claims that everyday words make by themselves, each with its kind and what in the evidence bears it out."""

import re
from dataclasses import dataclass

from models.claims import ClaimKind


@dataclass(frozen=True)
class Saying:
    """A pattern of such claims and the sentences of the evidence that bear one out."""

    kind: ClaimKind
    said: re.Pattern[str]
    borne: re.Pattern[str]


def _saying(kind: ClaimKind, said: str, borne: str = "") -> Saying:
    return Saying(kind, re.compile(rf"\b(?:{said})"), re.compile(rf"\b(?:{borne or said})"))


_OKAYED = (
    r"(?:agreed|ok'?d|okayed|approved|accepted|said (?:yes|ok(?:ay)?|(?:it's|that's|it is|that is) (?:\w+ )?(?:fine"
    r"|ok(?:ay)?|all right))|gave (?:me|us) (?:the|his|her)"
    r"|(?:is |was |are )?(?:fine|ok(?:ay)?|good|cool|happy|on board) with (?:it|that|this|the|your))"
)
_IT = r"(?:it|this one|that one|this|that|she|the (?:car|truck|van|suv|(?:\w+ )?vehicle))"
_WHEN = r"(?:today|tomorrow|tonight|same day|(?:this|next) \w+|(?:on|by) (?:\w+day|the weekend)|right away)"
_LANGUAGES = (
    r"(?:english|spanish|french|german|italian|portuguese|polish|russian|ukrainian|turkish|arabic|hindi|urdu"
    r"|punjabi|tagalog"
    r"|mandarin|cantonese|chinese|korean|japanese|vietnamese|farsi|persian|creole|greek|hebrew|somali)"
)
_GUIDES = (
    r"(?:kbb|kelley(?: blue book)?|(?:the )?blue book|black book|edmunds|nada|jd power|consumer reports|cargurus"
    r"|autotrader|the reviews?|experts?)"
)
_LOOKS_AFTER = r"(?:likes?|loves?|wants?|eager|happy|willing|ready|open|always \w+|known)"

_MONEY = (
    _saying(
        ClaimKind.PRICE,
        r"(?:it|this one|that one|this|the price)(?: was|'s been| has been| used to be)(?: priced| listed)?"
        r" (?:higher|lower|more expensive|cheaper|dearer)\b|we(?:'ve| have)? (?:just |recently )+(?:lowered"
        r"|dropped|reduced) it",
    ),
    _saying(
        ClaimKind.PRICE,
        r"(?:cheapest|lowest[- ]priced|best[- ]priced)(?: \w+)? (?:around|in (?:town"
        r"|the (?:area"
        r"|county|state|region|city|country))|anywhere|out there|on the market|for miles)\b",
    ),
    _saying(
        ClaimKind.PRICE,
        rf"{_GUIDES} (?:says?|values?|puts?|lists?|prices?|shows?|has) (?:it|this|that|the)\b"
        r"|(?:above|below|under|over) (?:kbb|blue book|book value|market value)\b",
    ),
    _saying(ClaimKind.FEE_OR_TOTAL, r"what you see is what you (?:pay|get)\b"),
    _saying(
        ClaimKind.FEE_OR_TOTAL,
        r"(?:no|zero) (?:extras?|add-ons|(?:other|further|additional|more) (?:costs?|fees?|charges?))"
        r" (?:to (?:pay|worry)|on top|at all|whatsoever)\b",
    ),
    _saying(
        ClaimKind.TRADE_IN_VALUE,
        r"(?:bring|fetch|get(?: you)?|worth|make(?: you)?|give you|earn(?: you)?) (?:in )?(?:an? )?(?:(?:very"
        r"|really|pretty)"
        r" )?(?:nice|good|pretty|decent|tidy|healthy|strong|handsome|solid|fair) (?:sum|penny|money|amount|value"
        r"|chunk|bit of money|offer|price) ?(?=\W*$|for (?:it|your|that)|toward|off\b)",
    ),
    _saying(
        ClaimKind.COMMITMENT,
        r"(?:we|i|they)(?:'ll| will| do| can| also)? (?:take|buy|accept) (?:in )?(?:any|every"
        r"|all) (?:\w+ )?(?:cars?|makes?"
        r"|vehicles?|trades?|trucks?|models?)\b",
    ),
    _saying(
        ClaimKind.MONTHLY_PAYMENT,
        r"(?:payments?|monthl(?:y|ies)|instal+ments?)\b[^,;.]{0,30}\b(?:under|within|below|inside|in) (?:your|the)"
        r" (?:budget|limit|range)\b|(?:about|around|close to|near|less than|under|below|same as) what you(?:'re| are)?"
        r" (?:now |currently )?pay(?:ing)?\b|(?:we|i)(?:'ll| can| could| will)(?: \w+ly)? (?:get|come|stay|go|keep it)"
        r" (?:under|within|below|inside) (?:your|that|the) (?:budget|limit|range)\b",
    ),
    _saying(
        ClaimKind.DISCOUNT,
        r"(?:i|we)(?: \w+){0,4}? (?:do|go) (?:an? )?(?:bit|little|touch|tad|hair)? ?(?:better"
        r"|lower)\b(?! (?:job|service))",
    ),
    _saying(
        ClaimKind.DISCOUNT,
        rf"(?:manager|boss|owner|team|we|i)(?:'s|'re|'m| is| are"
        rf"| am)?(?: \w+)? {_LOOKS_AFTER} to (?:make (?:an? )?deals?"
        r"|deal|negotiate|bargain|haggle|talk price)\b"
        r"|you(?:'ll| will) (?:be (?:\w+ )?(?:happy|pleased|thrilled|delighted|surprised) (?:with|by|at|about)"
        r"|love|like)"
        r" (?:the|our) (?:\w+ )?(?:numbers?|prices?|offers?|figures?|payments?|deal)\b",
    ),
)
_DEEDS = (
    _saying(
        ClaimKind.COMMITMENT,
        r"pay(?:ing)? (?:in|by|over) (?:monthly |weekly )?(?:instal+ments|parts)\b",
        r"financ\w+|loans?\b|instal+ments",
    ),
    _saying(
        ClaimKind.COMMITMENT,
        r"(?:we|i)(?:'ve| have)?(?: just| already)* (?:took|taken|pulled|removed) (?:it|that|this"
        r"|the (?:\w+ )?\w+) (?:off|down)\b",
    ),
    _saying(
        ClaimKind.COMMITMENT,
        rf"(?:manager|boss|owner|director|colleagues?|bank|lender)\b[^.;]{{0,24}}\b(?:he|she|they)(?:'s|'ve"
        rf"| has| have| all"
        rf"| both| just)* {_OKAYED}",
        rf"(?:he|she|they|we|i|manager|boss|owner)\b[^.;]{{0,20}}{_OKAYED}",
    ),
    _saying(
        ClaimKind.COMMITMENT,
        rf"(?:talked|spoke|spoken|checked|asked|cleared it)(?: to| with)? \w+,? and (?:he|she|they)(?:'s|'re"
        rf"| is| are| has)* {_OKAYED}"
        r"|(?:manager|boss|owner|director)(?: has| have|'s)?(?: just| already)* said (?:yes|ok(?:ay)?|(?:it's"
        r"|that's|it is"
        r"|that is) (?:\w+ )?(?:fine|ok(?:ay)?|all right))\b",
    ),
    _saying(
        ClaimKind.COMMITMENT,
        r"(?:we|i)(?:'ll| can| could| will|'d)(?: \w+ly| also)? wait (?:until|till|for) (?:(?:your"
        r"|the) )?(?:\w+ )?(?:loan|check"
        r"|cheque|money|funds|bank|payment|approval|financing)\b",
    ),
    _saying(
        ClaimKind.APPOINTMENT,
        r"(?:(?:i|we)(?:'ve| have)?(?: got)?(?: have)? you (?:on|in) (?:my|our|the|his|her) (?:calendar"
        r"|schedule|books?|diary)"
        r"|(?:is|are|'s|will be|'ll be) (?:already )?expecting you)\b",
        r"\d|expecting you|calendar|schedule|diary|see you|appointment|booked",
    ),
    _saying(
        ClaimKind.COMMITMENT,
        rf"you(?:'ll| will| can| could| may)(?: be able to| even| also)? (?:pick|collect|take|drive"
        rf"|have) {_IT}(?: up| home"
        rf"| away)*(?: the)? {_WHEN}",
        r"same[- ]day|pick(?:ed|ing)?[- ]?up|ready|(?:pick|collect|take|drive|have) (?:it|this|the)",
    ),
    _saying(
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
    _saying(
        ClaimKind.CREDIT_APPROVAL,
        r"(?:we|i|our \w+(?: \w+)?)(?: \w+ly| can| will|'ll)* (?:decide|approve|sign off|make the (?:decision"
        r"|call))s?(?: on)?"
        r"(?: the| your| all)* (?:credit|loans?|financing|applications?)\b",
        r"(?:we|our \w+) (?:\w+ )?(?:decide|approve)|in-house",
    ),
    _saying(
        ClaimKind.COMMITMENT,
        r"(?:deliver|ship)\w*\b[^.;]{0,20}\b(?:(?:same|next)[- ]day|overnight|tomorrow|today|tonight"
        r"|within (?:an?|one|two"
        r"|\d+) (?:hours?|days?))\b",
        r"(?:same|next)[- ]day|overnight|(?:deliver|ship)[^.]*\b(?:hours?|days?|tomorrow|today)",
    ),
    _saying(
        ClaimKind.COMMITMENT,
        r"(?:return|bring back|take back|hand back|give back)(?:ed|s)? (?:it|the \w+|any|this"
        r"|them)\b(?!.*\b(?:exchang|swap))",
        r"return|bring[^.]* back|tak[^.]* back|money[- ]back|(?<!no )(?<!no cash )refund(?:s|ed)?\b",
    ),
    _saying(
        ClaimKind.UNCOVERED_ASSERTION,
        rf"{_PAPERS}(?: was| were| is| has been| have been|'s been)(?: already| just)* (?:sent|e-?mailed|mailed"
        rf"|texted|ordered"
        r"|paid|processed|submitted|received|approved)\b|(?:i|we)(?:'ve| have)?(?: already| just)+ (?:sent"
        r"|e-?mailed|mailed"
        r"|texted|ordered|submitted|filed)\b",
        r"sent|e-?mailed|mailed|texted|ordered|paid|processed|submitted|received|filed",
    ),
    _saying(
        ClaimKind.WARRANTY_OR_SERVICE,
        r"whichever (?:comes |is |happens )?(?:later|last|longer)\b|(?:warranty"
        r"|coverage)(?: \w+){0,3}? (?:starts|begins"
        r"|kicks in|takes effect)\b",
        r"whichever (?:comes |is )?(?:later|last|longer)|starts|begins|from (?:the )?(?:date|day)",
    ),
)
_STATE = (
    _saying(
        ClaimKind.FEATURE_OR_COLOUR,
        r"(?:has|got|with) (?:all|every|each)(?: of)?(?: the)? (?:options?|extras?|goodies)\b",
    ),
    _saying(
        ClaimKind.FEATURE_OR_COLOUR,
        r"(?:gets?|has|have|with|gives?(?: you)?) (?:very |really |pretty |quite )?(?:good|great|excellent"
        r"|decent|amazing"
        r"|fantastic|solid|nice) (?:gas |fuel )?(?:mileage|mpg|economy)\b",
        r"mpg|mileage (?:rating|of)|fuel[- ](?:efficient|economy)|economical",
    ),
    _saying(
        ClaimKind.HISTORY_OR_CONDITION,
        r"everything(?: on it| in it| inside)? (?:works|functions|is working|still works)\b",
    ),
    _saying(
        ClaimKind.HISTORY_OR_CONDITION,
        r"(?:have|has|with|got) (?:all|every|the full|the complete)(?: of)?(?: the| its)? (?:records?|receipts?"
        r"|papers)\b",
        r"(?:records?|receipts?|service history)\b",
    ),
    _saying(
        ClaimKind.HISTORY_OR_CONDITION,
        rf"{_IT}(?:'s| is| was| came(?: in| to us)?)(?: in)?(?: as"
        rf"| on)? an? (?:\w+ )?trade(?:[- ]in)?\b(?! (?:offer|value"
        r"|appraisal))",
        r"(?:came|was|taken|local|as an?|recent|our) (?:\w+ ){0,3}trade",
    ),
    _saying(
        ClaimKind.HISTORY_OR_CONDITION,
        rf"{_IT}(?:'s| has)?(?: only| just| literally| recently| also)* (?:came|come|rolled|got|arrived|landed"
        rf"|showed up)"
        r"(?: in| here| to us| on (?:the|our) lot)*(?: just)? (?:yesterday|today|this \w+|last \w+|recently"
        r"|(?:a few|two"
        r"|three|some) (?:days|weeks) ago|on \w+day)\b",
        r"(?:arriv|came in|come in|new(?:ly)? in|in stock since|just in|landed|got here)",
    ),
    _saying(
        ClaimKind.WARRANTY_OR_SERVICE,
        r"(?:factory|manufacturer(?:'s)?|original|maker's) (?:\w+ )?(?:warranty|guarantee)\b",
        r"(?:factory|manufacturer|original|maker)\b",
    ),
    _saying(
        ClaimKind.WARRANTY_OR_SERVICE,
        r"extend(?:ing|ed)? (?:the|its|that|your) (?:\w+ )?(?:warranty|guarantee|coverage)\b",
        r"extend(?:ed|ing|s)?|extension",
    ),
    _saying(
        ClaimKind.WARRANTY_OR_SERVICE,
        r"(?:warranty|guarantee|coverage)\b[^,;.]{0,20}\b(?:anywhere|nationwide|everywhere|at any (?:shop"
        r"|garage|dealer\w*)"
        r"|transfers?(?: to you| over| with)?|transferable)\b",
    ),
    _saying(
        ClaimKind.WARRANTY_OR_SERVICE,
        r"(?:we|i)(?: always| fully| really)? stand (?:behind|by) (?:our|every|all|each|the|it|what)\b",
    ),
)
_HOUSE = (
    _saying(
        ClaimKind.AVAILABILITY, r"we(?:'ve| have)? ?(?:also |still )?(?:got |have )?(?:an?|another) (?:\w+ )?ones?\b"
    ),
    _saying(
        ClaimKind.UNCOVERED_ASSERTION,
        r"(?:our|the|at) other (?:location|store|branch|dealership|lot|shop|site)s?\b",
        r"(?:location|store|branch|dealership|lot|shop|site)s",
    ),
    _saying(
        ClaimKind.UNCOVERED_ASSERTION,
        r"we (?:\w+ly )?work with (?:your|all|most|many|every|several|any|lots of|a lot of) [^,;.]{0,20}"
        r"(?:bank|lender|credit union|insur\w+)s?\b",
        r"(?:work|deal)\w* with [^.]*(?:bank|lender|credit union|insur)\w*|(?:all|most|many"
        r"|any) (?:\w+ )?(?:bank|lender)s",
    ),
    _saying(
        ClaimKind.UNCOVERED_ASSERTION,
        rf"(?:speaks?|spoken|talks?|fluent in|se habla) (?:\w+ )?{_LANGUAGES}\b|{_LANGUAGES}[- ](?:speaking"
        rf"|speakers?)\b",
        rf"{_LANGUAGES}\b",
    ),
    _saying(
        ClaimKind.UNCOVERED_ASSERTION,
        r"(?:you can|you could|you may|just|feel free to|go ahead and|and|please) park (?:right |just "
        r"|anywhere |for free )?"
        r"|parking(?: is|'s)? (?:\w+ )?(?:free|available|plentiful|easy)|(?:free|plenty of|lots of|ample"
        r"|customer) parking",
        r"park(?:ing)?\b",
    ),
    _saying(
        ClaimKind.UNCOVERED_ASSERTION,
        r"(?:bring|have|send)(?: along)? (?:your|an?|any|that)(?: own| trusted| independent)* mechanic\b"
        r"|mechanic of yours\b",
        r"mechanic|inspection|inspect",
    ),
    _saying(
        ClaimKind.TIME_OR_HOURS,
        r"(?:come|stop|drop|swing|pop|walk|show up|visit)(?: on| right)?(?: by| in| over| see us| down| past| out)?"
        r" (?:at )?(?:any ?time|whenever)(?= (?:that )?(?:suits|works|is (?:good|best|easiest)"
        r"|of (?:the )?(?:day|night)"
        r"|day or night)|,? day or night|\W*$)",
        r"(?:24/7|24 hours|around the clock|walk[- ]?ins?)",
    ),
)
SAYINGS: tuple[Saying, ...] = (*_MONEY, *_DEEDS, *_PLEDGES, *_STATE, *_HOUSE)

__all__ = ["SAYINGS", "Saying"]
