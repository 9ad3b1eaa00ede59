"""Units, currencies, bounds and ranges as they are written beside a number."""

import re
from decimal import Decimal
from enum import StrEnum


class Dimension(StrEnum):
    """What a number measures; values of two dimensions never match."""

    MONEY = "money"
    MONTHLY = "money a month"
    PERCENT = "percent"
    DISTANCE = "distance"
    MONTHS = "months"
    HOURS = "hours"
    COUNT = "count"
    BARE = "bare"


class Bound(StrEnum):
    """How a number bounds what it speaks of."""

    EXACT = "exact"
    ABOUT = "about"
    BELOW = "below"
    ABOVE = "above"
    LOW_END = "low end"
    HIGH_END = "high end"


SYMBOL = re.compile(
    r"((?<![a-z0-9])(?:us\s?\$|usd\s?\$?|c(?:a|an|ad)?\s?\$|cad\s?\$?|au?\$|nzd?\s?\$|nzd\s|eur(?:o|os)?\s"
    r"|gbp\s|chf\s)|\$|€|£)\s*$"
)
CURRENCIES = {"us": "usd", "c": "cad", "€": "eur", "e": "eur", "£": "gbp", "g": "gbp", "a": "aud", "n": "nzd"}
AFTER_MONEY = re.compile(
    r"\s*(?:,-\s*(?=[€£$]))?(€|£|\$|usd\b|us dollars?\b|cad\b|canadian dollars?\b|eur\b|euros?\b|gbp\b"
    r"|pounds? sterling\b|quid\b|dollars?\b|bucks?\b|,-)"
)
WORD_CURRENCY = {
    "usd": "usd",
    "us dollar": "usd",
    "cad": "cad",
    "canadian dollar": "cad",
    "eur": "eur",
    "euro": "eur",
    "€": "eur",
    "£": "gbp",
    "gbp": "gbp",
    "quid": "gbp",
    "pound sterling": "gbp",
    "pounds sterling": "gbp",
}
PER_MONTH = re.compile(
    r"\s*(?:(?:/|per|a|an|each|every|p\.?)\s*(?:calendar )?(?:mo(?:nth)?s?|m)\b|monthly\b|(?:in"
    r" )?(?:the )?monthly (?:payments?|installments?|instalments?|rate)|pcm\b|mo\b|(?:in |as )?(?:an?"
    r" )?(?:monthly|month's) payments?)"
)
_OWNED = r" (?:have |had )?(?:owned|had|driven|drove)\b"
_FURTHER = r"(?:further|additional|extra|more|full|whole|consecutive) "
ADDED = re.compile(
    r"\b(?:another|further|additional|extra|more|add(?:s|ed|ing)?|extend\w*(?: \w+){0,2} by|plus|on top)\b"
)
COUNTED = re.compile(r"\s+(?:equal )?monthly (?:payments|instal+ments)\b")
UNITS = (
    (
        Dimension.PERCENT,
        re.compile(r"\s*(?:%|percent\b|per\s?cent\b|pct\b|percentage points?\b)(?:\s*apr\b)?"),
        Decimal(1),
        "%",
    ),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:mpg|miles per gallon|mpge)\b"), Decimal(1), "mpg"),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:mph|km/h|kph)\b"), Decimal(1), "speed"),
    (
        Dimension.COUNT,
        re.compile(r"[\s-]*(?:l/100\s?km|litres per 100|kwh|kw|hp|bhp|horsepower|ps|lb-?ft|nm)\b"),
        Decimal(1),
        "power",
    ),
    (Dimension.DISTANCE, re.compile(r"[\s-]*(?:miles?|mi)\b"), Decimal(1), "mi"),
    (Dimension.DISTANCE, re.compile(r"[\s-]*(?:kms?|kilomet(?:er|re)s?|klicks)\b"), Decimal(1), "km"),
    (Dimension.HOURS, re.compile(r"[\s-]*(?:minutes?|mins?)\b"), Decimal(1) / 60, "minute"),
    (Dimension.HOURS, re.compile(r"[\s-]*(?:hours?|hrs?)\b"), Decimal(1), "hour"),
    (
        Dimension.HOURS,
        re.compile(rf"[\s-]*(?:{_FURTHER})?(?:business |working |calendar )?(?:days?)\b"),
        Decimal(24),
        "day",
    ),
    (Dimension.HOURS, re.compile(rf"[\s-]*(?:{_FURTHER})?(?:weeks?|wks?)\b"), Decimal(168), "week"),
    (
        Dimension.MONTHS,
        re.compile(
            rf"[\s-]*(?:{_FURTHER})?(?:months?|mos?|mths?|(?:monthly )?(?:payments|installments|instalments))\b"
        ),
        Decimal(1),
        "month",
    ),
    (Dimension.MONTHS, re.compile(rf"[\s-]*(?:{_FURTHER})?(?:years?|yrs?)\b(?![\s-]old)"), Decimal(12), "year"),
    (
        Dimension.COUNT,
        re.compile(r"[\s-]*(?:inch(?:es)?\b|\"|''|in\b(?=\s+(?:lift|tires?|wheels?|rims?|screen|display)))"),
        Decimal(1),
        "inch",
    ),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:doors?)\b"), Decimal(1), "door"),
    (
        Dimension.COUNT,
        re.compile(rf"[\s-]*(?:seats?|seaters?|passengers?|people(?!{_OWNED})|persons?|adults?)\b"),
        Decimal(1),
        "seat",
    ),
    (
        Dimension.COUNT,
        re.compile(rf"[\s-]*(?:(?:previous|prior|former|registered) )?(?:owners?\b|keepers?\b|people(?={_OWNED}))"),
        Decimal(1),
        "owner",
    ),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:speeds?|gears?)\b"), Decimal(1), "speed gear"),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:cyl(?:inders?|s)?)\b\.?"), Decimal(1), "cylinder"),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:litres?|liters?|l)\b"), Decimal(1), "litre"),
    (Dimension.COUNT, re.compile(r"[\s-]*(?:lbs?|pounds?|kgs?|tons?|tonnes?)\b"), Decimal(1), "weight"),
)
LABEL_LINE = re.compile(r"\s*\n[ \t]*[-*•–]?[ \t]*[a-z][a-z' /()&-]{0,40}(?::|[ \t]+[-–=])")
NOUN = re.compile(r"[\s-]+((?:[a-z'-]+\s+){0,2}[a-z-]+)")
_JUST = (
    r"(?:\b(?P<just>just|slightly|barely|marginally|an? (?:\w+ )?(?:bit|little|touch|hair|shade|tad|tick|smidge)) )?"
)
BEFORE = (
    (
        Bound.BELOW,
        re.compile(
            rf"{_JUST}\b(?:under|below|less than|fewer than|cheaper than|lower than|(?<!add )(?<!adds )(?<!adding )"
            r"up to|at most|no more than|not more than|max(?:imum)?(?: of)?|within|not over|no longer than|shy of"
            r"|beneath|as much as|as long as|as far as|inside|a max of|until)\s*(?:the |a |your |that )?$"
        ),
    ),
    (
        Bound.ABOVE,
        re.compile(
            rf"{_JUST}\b(?:over|above|more than|at least|starting (?:at|from)|starts? (?:at|from)|from|minimum(?:"
            r" of)?|min|no less than|not less than|upwards? of|north of|beyond|past|exceed(?:s|ing)?|in excess of"
            r"|as low as|as little as|begin(?:s|ning)? (?:at|from))\s*(?:the |a |our )?$"
        ),
    ),
    (
        Bound.ABOUT,
        re.compile(
            r"(?:\b(?:about|around|roughly|approx(?:\.|imately)?|approximately|circa|ca\.?|nearly|almost|near"
            r"|close to|some|just about|in the (?:neighbou?rhood|region|ballpark|area) of|ballpark|give or"
            r" take|more or less|just (?:under|over|below|above|shy of)|a (?:bit|little|touch|hair) (?:under"
            r"|over|below|above|less than|more than))|~|≈)\s*(?:the |a |an )?$"
        ),
    ),
)
SPANNING = re.compile(r"(?<!\bof )(?<!\bwell )(?<!\bjust )(?<!\bgo )(?<!\ba bit )\bover\s+(?:the |a )?$")
AFTER_BOUND = (
    (
        Bound.BELOW,
        re.compile(r"\s*(?:or (?:less|under|below|fewer|lower)|max(?:imum)?\b|tops\b|at most\b|at the most\b)"),
    ),
    (
        Bound.ABOVE,
        re.compile(
            r"\s*(?:\+(?!\s*(?:us|ca?|au?|nz)?\s*[$€£\d])"
            r"|or (?:more|over|above|higher|longer)|and up\b|minimum\b|plus\b(?!\s))"
        ),
    ),
    (
        Bound.ABOUT,
        re.compile(
            r"\s*(?:or so\b|give or take\b|ish\b|-ish\b|roughly\b|approximately\b|ballpark\b|and change\b"
            r"|and a (?:bit|little)\b|-?odd\b)"
        ),
    ),
)
RANGE = re.compile(r"\s*(?:-|to|and|through|up to|bis)\s*(?:us|ca?)?[$€£]?\s*$")
RANGE_OPENER = re.compile(
    r"\b(?:between|from|anywhere from|range(?:s|d)? from|somewhere between)\s*(?:us|ca?)?[$€£]?\s*$"
)
SINGLE = re.compile(
    r"\b(?:one|single|1|first|original|second|third)[\s-]?(?:previous |prior |former |private )?(?:owner"
    r"|keeper)\b|\b(?:single"
    r"|one)[\s-](?:family|lady) own"
)
ORDINAL = {"second": Decimal(2), "third": Decimal(3)}
PREFIX_COUNT = re.compile(r"\b(?:seat(?:s|ing)?|fits|sits|room(?= for))(?: (?:for|up to|of))?\s*$")
SHARES = {"tenth": Decimal(10), "fifth": Decimal(20), "quarter": Decimal(25), "half": Decimal(50)}
SHARE = re.compile(
    r"\b(?:an?|one)[ -](?P<s>tenth|fifth|quarter|half)\b"
    r"(?= (?:of(?! an? (?:hour|day|week|month|year)\b)|down|up ?front))"
)
CYLINDERS = re.compile(r"\b(?:v|i|inline-|flat-)(\d{1,2})\b")
ZERO = re.compile(r"\b(zero|no|nothing)\s+(?=(?:money |cash )?down\b)")


__all__ = [
    "ADDED",
    "AFTER_BOUND",
    "AFTER_MONEY",
    "BEFORE",
    "COUNTED",
    "CURRENCIES",
    "CYLINDERS",
    "LABEL_LINE",
    "NOUN",
    "ORDINAL",
    "PER_MONTH",
    "PREFIX_COUNT",
    "RANGE",
    "RANGE_OPENER",
    "SHARE",
    "SHARES",
    "SINGLE",
    "SPANNING",
    "SYMBOL",
    "UNITS",
    "WORD_CURRENCY",
    "ZERO",
    "Bound",
    "Dimension",
]
