"""What a bare number counts, from its clause and the question that it answers."""

import re
from collections.abc import Iterable
from dataclasses import replace

from api.services.grounding.quantities import LONGEST_TERM, Bound, Dimension, Quantity

_MONEY_TALK = re.compile(
    r"\b(?:price[ds]?|pricing|costs?|how much|ask(?:ing|s)?|listed|going for|goes for|pay|cash|otd"
    r"|out the door|firm|cheap\w*|expens\w+|grand|otd|dollars?|bucks|euros?|sell\w*|sold for|offer\w*"
    r"|take|budget|afford|deal|quote\w*|sticker|yours for)\b|[$€£]"
)
_MILES_TALK = re.compile(r"\b(?:miles?|mileage|odometer|kms?|kilomet\w+|driven|clock(?:ed)?|reading)\b")

_TERM_TALK = re.compile(r"\bterms?\b(?! and)|\bloan (?:length|duration)")
_SHORTEST_TERM = 6
_LARGE = 400
_NO_YEAR = 2100
_FIRST_YEAR, _LAST_YEAR = 1985, 2030
_CUT_FROM = re.compile(r"\b(?:came|come|went|gone|dropped|reduced|lowered|marked|cut|down)\b.* from [$€£]?\d")
_LENGTH = re.compile(r"(?:more|fewer|less|extra|additional|further) (mile|km|kilomet)")
_OVER = re.compile(r"\b(?:financ\w+|loans?|pay\w*|spread|repay\w*|apr|month|%|credit|terms?) over \d")
_OVER_SPAN = re.compile(r"^\W*(?:(?:it'?s|that'?s|yes|it is|that is|and|so)\W+)*over (?:\w+[ -]){1,3}?(?:month|year)")
_SPAN_ASKED = re.compile(r"\b(?:how long|how many|months?|terms?|years?|payments?|period|length|duration|spread)\b")


def settle(quantity: Quantity, clause: str, context: str) -> Quantity:
    """Give a bare number a dimension where its clause or the customer's question says what it counts."""
    if quantity.dimension is Dimension.MONTHS and quantity.bound is Bound.ABOVE and _OVER.search(clause):
        return replace(quantity, bound=Bound.EXACT)
    spans = quantity.dimension is Dimension.MONTHS and quantity.bound is Bound.ABOVE and _OVER_SPAN.search(clause)
    if spans and _SPAN_ASKED.search(context):
        return replace(quantity, bound=Bound.EXACT)
    if quantity.bound is Bound.ABOVE and _CUT_FROM.search(clause):
        return replace(quantity, bound=Bound.EXACT)
    length = _LENGTH.match(quantity.unit) if quantity.dimension is Dimension.BARE else None
    if length:
        return replace(quantity, dimension=Dimension.DISTANCE, unit="km" if length[1].startswith("k") else "mi")
    bare = quantity.dimension is Dimension.BARE and not _like_a_year(quantity)
    return _counted(quantity, clause, context) if bare else quantity


def _like_a_year(quantity: Quantity) -> bool:
    """Tell whether a bare number is more likely a model year than an amount."""
    year = _FIRST_YEAR <= quantity.value <= _LAST_YEAR and quantity.value % 100
    return bool(year) and not quantity.spoken_short


def counts_nothing(clause: str) -> bool:
    """Tell whether a clause has no word that says what its numbers count."""
    return not (_MONEY_TALK.search(clause) or _MILES_TALK.search(clause))


def as_asked(quantity: Quantity, asked: Iterable[Quantity], question: str = "") -> Quantity:
    """Give a bare number the unit that the customer gave the same number: "48 is possible" after "over 48 months?"."""
    quantity = _noun_asked(quantity, question)
    if quantity.dimension is not Dimension.BARE:
        return quantity
    same = [one for one in asked if one.dimension is not Dimension.BARE and one.value == quantity.value]
    return replace(quantity, dimension=same[0].dimension, unit=same[0].unit) if same else quantity


_ASKED_FOR = (
    ("seat", re.compile(r"\bseats?\b|\bhow many (?:people|passengers|kids|of us)\b|\bseating\b")),
    ("owner", re.compile(r"\bowners?\b|\bkeepers?\b")),
    ("door", re.compile(r"\bdoors?\b")),
)
_IN_IT = re.compile(r"(?:in|for|on|with|by) (?:the|this|that|our)\b|$")
_MOST = 12


def _noun_asked(quantity: Quantity, question: str) -> Quantity:
    """Give the small number of "7 in the Sienna" the noun that the customer's question counts: "how many seats"."""
    if quantity.dimension is not Dimension.BARE or quantity.value > _MOST or not _IN_IT.match(quantity.unit):
        return quantity
    asked = [noun for noun, pattern in _ASKED_FOR if pattern.search(question)]
    known = len(asked) == 1 and "how many" in question
    return replace(quantity, dimension=Dimension.COUNT, unit=asked[0]) if known else quantity


def _counted(quantity: Quantity, clause: str, context: str) -> Quantity:
    large = quantity.value >= _LARGE or quantity.ambiguous or quantity.spoken_short
    if large and _MILES_TALK.search(clause) and not re.search(r"[$€£]|\bprice|\bask", clause):
        unit = "mi" if re.search(r"\bmiles?\b", clause) else "km" if re.search(r"\bk(?:ms?\b|ilomet)", clause) else ""
        return replace(quantity, dimension=Dimension.DISTANCE, unit=unit)
    if large and (_MONEY_TALK.search(clause) or _MONEY_TALK.search(context) or quantity.value >= _NO_YEAR):
        noun = quantity.unit.split(" ")[0]
        if _MILES_TALK.search(context) and not _MONEY_TALK.search(clause) and not _MONEY_TALK.search(context):
            return replace(quantity, dimension=Dimension.DISTANCE, unit="")
        return replace(quantity, dimension=Dimension.MONEY, unit="") if noun not in {"lb", "lbs", "rpm"} else quantity
    if _TERM_TALK.search(clause) and _SHORTEST_TERM <= quantity.value <= LONGEST_TERM:
        return replace(quantity, dimension=Dimension.MONTHS, unit="month")
    if re.match(r"apr\b", quantity.unit):
        return replace(quantity, dimension=Dimension.PERCENT, unit="%")
    return quantity


__all__ = ["as_asked", "counts_nothing", "settle"]
