"""Claims of everyday words about cars and the house: their state and history, warranties, languages, parking, hours."""

from api.services.grounding.saying import IT, saying
from models.claims import ClaimKind

_LANGUAGES = (
    r"(?:english|spanish|french|german|italian|portuguese|polish|russian|ukrainian|turkish|arabic|hindi|urdu"
    r"|punjabi|tagalog"
    r"|mandarin|cantonese|chinese|korean|japanese|vietnamese|farsi|persian|creole|greek|hebrew|somali)"
)
OF_CARS = (
    saying(
        ClaimKind.FEATURE_OR_COLOUR,
        r"(?:has|got|with) (?:all|every|each)(?: of)?(?: the)? (?:options?|extras?|goodies)\b",
    ),
    saying(
        ClaimKind.FEATURE_OR_COLOUR,
        r"(?:gets?|has|have|with|gives?(?: you)?) (?:very |really |pretty |quite )?(?:good|great|excellent"
        r"|decent|amazing"
        r"|fantastic|solid|nice) (?:gas |fuel )?(?:mileage|mpg|economy)\b",
        r"mpg|mileage (?:rating|of)|fuel[- ](?:efficient|economy)|economical",
    ),
    saying(
        ClaimKind.HISTORY_OR_CONDITION,
        r"everything(?: on it| in it| inside)? (?:works|functions|is working|still works)\b",
    ),
    saying(
        ClaimKind.HISTORY_OR_CONDITION,
        r"(?:have|has|with|got) (?:all|every|the full|the complete)(?: of)?(?: the| its)? (?:records?|receipts?"
        r"|papers)\b",
        r"(?:records?|receipts?|service history)\b",
    ),
    saying(
        ClaimKind.HISTORY_OR_CONDITION,
        rf"{IT}(?:'s| is| was| came(?: in| to us)?)(?: in)?(?: as"
        rf"| on)? an? (?:\w+ )?trade(?:[- ]in)?\b(?! (?:offer|value"
        r"|appraisal))",
        r"(?:came|was|taken|local|as an?|recent|our) (?:\w+ ){0,3}trade",
    ),
    saying(
        ClaimKind.HISTORY_OR_CONDITION,
        rf"{IT}(?:'s| has)?(?: only| just| literally| recently| also)* (?:came|come|rolled|got|arrived|landed"
        rf"|showed up)"
        r"(?: in| here| to us| on (?:the|our) lot)*(?: just)? (?:yesterday|today|this \w+|last \w+|recently"
        r"|(?:a few|two"
        r"|three|some) (?:days|weeks) ago|on \w+day)\b",
        r"(?:arriv|came in|come in|new(?:ly)? in|in stock since|just in|landed|got here)",
    ),
    saying(
        ClaimKind.WARRANTY_OR_SERVICE,
        r"(?:factory|manufacturer(?:'s)?|original|maker's) (?:\w+ )?(?:warranty|guarantee)\b",
        r"(?:factory|manufacturer|original|maker)\b",
    ),
    saying(
        ClaimKind.WARRANTY_OR_SERVICE,
        r"extend(?:ing|ed)? (?:the|its|that|your) (?:\w+ )?(?:warranty|guarantee|coverage)\b",
        r"extend(?:ed|ing|s)?|extension",
    ),
    saying(
        ClaimKind.WARRANTY_OR_SERVICE,
        r"(?:warranty|guarantee|coverage)\b[^,;.]{0,20}\b(?:anywhere|nationwide|everywhere|at any (?:shop"
        r"|garage|dealer\w*)"
        r"|transfers?(?: to you| over| with)?|transferable)\b",
    ),
    saying(
        ClaimKind.WARRANTY_OR_SERVICE,
        r"(?:we|i)(?: always| fully| really)? stand (?:behind|by) (?:our|every|all|each|the|it|what)\b",
    ),
    saying(
        ClaimKind.HISTORY_OR_CONDITION,
        r"(?:is|'s|are)(?: still| just| currently)? being (?:detailed|cleaned|prepped|prepared|serviced|inspected|fixed"
        r"|repaired|washed|painted)\b",
    ),
)
OF_THE_HOUSE = (
    saying(
        ClaimKind.AVAILABILITY, r"we(?:'ve| have)? ?(?:also |still )?(?:got |have )?(?:an?|another) (?:\w+ )?ones?\b"
    ),
    saying(
        ClaimKind.UNCOVERED_ASSERTION,
        r"(?:our|the|at) other (?:location|store|branch|dealership|lot|shop|site)s?\b",
        r"(?:location|store|branch|dealership|lot|shop|site)s",
    ),
    saying(
        ClaimKind.UNCOVERED_ASSERTION,
        r"we (?:\w+ly )?work with (?:your|all|most|many|every|several|any|lots of|a lot of) [^,;.]{0,20}"
        r"(?:bank|lender|credit union|insur\w+)s?\b",
        r"(?:work|deal)\w* with [^.]*(?:bank|lender|credit union|insur)\w*|(?:all|most|many"
        r"|any) (?:\w+ )?(?:bank|lender)s",
    ),
    saying(
        ClaimKind.UNCOVERED_ASSERTION,
        rf"(?:speaks?|spoken|talks?|fluent in|se habla) (?:\w+ )?{_LANGUAGES}\b|{_LANGUAGES}[- ](?:speaking"
        rf"|speakers?)\b",
        rf"{_LANGUAGES}\b",
    ),
    saying(
        ClaimKind.UNCOVERED_ASSERTION,
        r"(?:you can|you could|you may|just|feel free to|go ahead and|and|please) park (?:right |just "
        r"|anywhere |for free )?"
        r"|parking(?: is|'s)? (?:\w+ )?(?:free|available|plentiful|easy)|(?:free|plenty of|lots of|ample"
        r"|customer) parking",
        r"park(?:ing)?\b",
    ),
    saying(
        ClaimKind.UNCOVERED_ASSERTION,
        r"(?:bring|have|send)(?: along)? (?:your|an?|any|that)(?: own| trusted| independent)* mechanic\b"
        r"|mechanic of yours\b",
        r"mechanic|inspection|inspect",
    ),
    saying(
        ClaimKind.TIME_OR_HOURS,
        r"(?:come|stop|drop|swing|pop|walk|show up|visit)(?: on| right)?(?: by| in| over| see us| down| past| out)?"
        r" (?:at )?(?:any ?time|whenever)(?= (?:that )?(?:suits|works|is (?:good|best|easiest)"
        r"|of (?:the )?(?:day|night)"
        r"|day or night)|,? day or night|\W*$)",
        r"(?:24/7|24 hours|around the clock|walk[- ]?ins?)",
    ),
    saying(
        ClaimKind.TIME_OR_HOURS,
        r"(?:some(?:one|body)|we|i)(?:'s|'re|'ll| is| are| will| can)?(?: \w+){0,3} (?:after[- ]hours"
        r"|outside (?:of )?(?:\w+ )?hours"
        r"|all night|around the clock|day and night)\b|holidays are (?:no problem|fine|okay|ok)\b",
    ),
)

__all__ = ["OF_CARS", "OF_THE_HOUSE"]
