"""Amounts and counts worked out in a text: what is left of a price, n payments of an amount, periods in a span."""

import re
from decimal import Decimal
from itertools import combinations, product

from api.services.grounding.arithmetic import values
from api.services.grounding.charges import names
from api.services.grounding.findings import Scene
from api.services.grounding.ledger import products, shares
from api.services.grounding.library import Fact, matches_subject
from api.services.grounding.quantities import Dimension, Quantity
from api.services.grounding.reading import ReadClause
from api.services.grounding.roles import Role
from api.services.grounding.subjects import Subject

_LEFT = re.compile(
    r"\b(?:left|leav(?:es?|ing)|remain(?:s|ing|der)?|still (?:owe|due|to pay|open)|balance|rest|owe|owing|due"
    r"|outstanding|minus|to pay|financ(?:e|ing)|less(?! than)|after|net|without|tak(?:e|ing) off|deduct\w*|subtract\w*"
    r"|off|brings? (?:it|that|the \w+) down|difference)\b"
)
_MORE = re.compile(r"\b(?:plus|with|including|add\w*|on top|together|and|total|altogether|in all|extra|more)\b")
_COMES_OFF = frozenset({Role.TRADE, Role.DOWN, Role.DEPOSIT, Role.DISCOUNT})
_YEARLY = re.compile(
    r"\b(?:a|per|each|every|one|over the|in a|for the|the whole|the) year\b|\b(?:yearly|annual(?:ly)?)\b"
)
_PERIOD = re.compile(
    r"\b(?:every|each|per|once (?:a|every)|a payment (?:a|every)) (?:(?P<n>two|2|three|3|four|4|other|second) )?"
    r"(?P<u>week|fortnight|month|quarter|year|day)s?\b|\b(?P<w>bi-?weekly|fortnightly|weekly|monthly|quarterly"
    r"|yearly)\b"
)
_TIMES = {None: 1, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "other": 2, "second": 2}
_WEEKS = {"week": Decimal(1), "fortnight": Decimal(2), "month": Decimal(52) / 12, "quarter": Decimal(13)}
_WEEKS |= {"year": Decimal(52), "day": Decimal(1) / 7}
_ADVERBS = {"biweekly": "fortnight", "bi-weekly": "fortnight", "fortnightly": "fortnight", "weekly": "week"}
_ADVERBS |= {"monthly": "month", "quarterly": "quarter", "yearly": "year"}
_CARRIES_ON = re.compile(
    r"\b(?:that(?:'s| is| makes| brings| leaves| would| comes)|takes? (?:it|that|you) (?:up |down )?to"
    r"|this|together|total|altogether|all in|in all|more|less"
    r"|over|plus|on top|leaves?|comes? to|makes?|so|then|balance|remain\w*|difference)\b"
)
_LEAST = 20
_LARGE = 400
_MOST = 6
_PARTS = 4
_A_YEAR = Decimal(12)
_HOURS_A_WEEK = Decimal(168)
_MONEY = (Dimension.MONEY, Dimension.MONTHLY)
Worked = list[tuple[Decimal, Fact]]


def _asked(scene: Scene) -> list[Quantity]:
    return [one for _, reading in scene.library.customer_readings for cl in reading.clauses for one in cl.quantities]


def _text(scene: Scene, clause: ReadClause) -> str:
    return " ".join(one.clause.text for one in scene.sentence(clause))


def _taken_off(scene: Scene, subject: Subject) -> list[Decimal]:
    """Return what comes off a price: offers for the customer's car, deposits, discounts, what he puts down."""
    known = [
        one.quantity.value
        for one in scene.library.facts
        if one.role in _COMES_OFF and one.quantity.dimension is Dimension.MONEY
        if one.subject is None or one.subject.customers or one.staff or matches_subject(one.subject, subject)
    ]
    return [*known, *(one.value for one in _asked(scene) if one.dimension is Dimension.MONEY)]


def remainders(scene: Scene, clause: ReadClause, subject: Subject) -> Worked:
    """Return what is left of the vehicle's price after one or two amounts that come off it, where a word says so."""
    if not _LEFT.search(_text(scene, clause)):
        return []
    subject = subject if subject.indices else scene.library.default
    prices, off = values(scene.library, Role.PRICE, subject), sorted(set(_taken_off(scene, subject)))
    cuts = [*off, *(first + second for first, second in combinations(off, 2))]
    return [(one.quantity.value - cut, one) for one in prices for cut in cuts]


def reduced(scene: Scene, clause: ReadClause, subject: Subject) -> Worked:
    """Return the vehicle's price less a policy's discount for those whom the sentence names: "as a nurse"."""
    words = frozenset(word for one in scene.sentence(clause) for word in one.lemmas)
    named = [
        one
        for one in scene.library.facts
        if one.role is Role.DISCOUNT
        and one.quantity.dimension is Dimension.MONEY
        and names(words, one.label | one.words)
    ]
    prices = values(scene.library, Role.PRICE, subject if subject.indices else scene.library.default)
    return [(one.quantity.value - cut.quantity.value, one) for one in prices for cut in named]


def raised(scene: Scene, clause: ReadClause) -> Worked:
    """Return staff's offer for the customer's car with the extra that a policy pays for what the sentence names."""
    offers = [one for one in scene.library.facts if one.staff and one.role in (Role.TRADE, Role.PRICE)]
    words = frozenset(word for one in scene.sentence(clause) for word in one.lemmas)
    extra = [
        one.quantity.value
        for one in scene.library.facts
        if one.subject is None and not one.staff and one.quantity.dimension is Dimension.MONEY
        if len(one.words & words) > 1 or one.label & words
    ]
    if not _MORE.search(_text(scene, clause)):
        return []
    return [
        (one.quantity.value + more, one)
        for one in offers
        if one.quantity.dimension is Dimension.MONEY
        for more in extra
    ]


def _counts(scene: Scene, clause: ReadClause) -> set[Decimal]:
    """Return how many payments the sentence may speak of: its bare counts, its months, twelve of a year."""
    stated = [one for cl in scene.sentence(clause) for one in cl.quantities]
    fitting = (Dimension.BARE, Dimension.COUNT, Dimension.MONTHS)
    found = {one.value for one in stated if one.dimension in fitting and one.value > 1}
    found |= {value for span in _spans(scene, clause) for value in _payments(scene, clause, span)}
    return found | ({_A_YEAR} if _YEARLY.search(_text(scene, clause) + " " + scene.library.question) else set())


def multiples(scene: Scene, clause: ReadClause) -> list[tuple[Decimal, Fact, frozenset[Decimal]]]:
    """Return count times amount for the trusted payments that the sentence or staff name, with the count."""
    stated = {one.value for cl in scene.sentence(clause) for one in cl.quantities if one.dimension in _MONEY}
    trusted = [one for one in scene.library.facts if one.quantity.dimension in _MONEY]
    named = [one for one in trusted if one.quantity.value in stated or one.role is Role.MONTHLY]
    counts = _counts(scene, clause) if named else set()
    return [
        (one.quantity.value * count, one, frozenset({count, one.quantity.value})) for one in named for count in counts
    ]


def _spans(scene: Scene, clause: ReadClause) -> list[Quantity]:
    stated = [one for cl in scene.sentence(clause) for one in cl.quantities]
    return [one for one in (*stated, *_asked(scene)) if one.dimension in (Dimension.MONTHS, Dimension.HOURS)]


def _period(match: re.Match[str]) -> Decimal:
    unit = _ADVERBS[match["w"]] if match["w"] else match["u"]
    return _WEEKS[unit] * _TIMES[match["n"]]


def _payments(scene: Scene, clause: ReadClause, span: Quantity) -> set[Decimal]:
    """Return how often a period of the sentence or of a policy fits into a span of time."""
    policies = [one.clause.clause.text for one in scene.library.units if one.words & clause.lemmas or one.staff]
    texts = [_text(scene, clause), *policies]
    periods = {_period(match) for text in texts for match in _PERIOD.finditer(text)}
    weeks = span.value * _WEEKS["month"] if span.dimension is Dimension.MONTHS else span.value / _HOURS_A_WEEK
    fitting = {weeks / period for period in periods}
    return {round(one) + Decimal(0) for one in fitting if abs(one - round(one)) < Decimal("0.01")}


def counted(scene: Scene, clause: ReadClause, quantity: Quantity) -> bool:
    """Tell whether a bare count is how often a period fits into a span: "every two weeks, so over 24 months 52"."""
    if not _PERIOD.search(_text(scene, clause)):
        return False
    others = [one for one in _spans(scene, clause) if one.core != quantity.core]
    return any(quantity.value in _payments(scene, clause, span) for span in others)


def _amounts(clauses: list[ReadClause]) -> list[Decimal]:
    """Return the amounts of clauses, bare numbers of that size too: "$19,450 minus 9,150 leaves 10,300"."""
    stated = [one for cl in clauses for one in cl.quantities]
    fitting = [
        one for one in stated if one.dimension in _MONEY or (one.dimension is Dimension.BARE and one.value >= _LEAST)
    ]
    return list(dict.fromkeys(one.value for one in fitting))


def _trusted(scene: Scene, clause: ReadClause, subject: Subject) -> dict[Decimal, Fact]:
    """Return the amounts that may go into a sum: of the vehicle, of policies and staff, and what they multiply to."""
    known = [one for one in scene.library.facts if one.quantity.dimension in _MONEY]
    fitting = [
        one
        for one in known
        if one.subject is None or one.staff or one.subject.customers or matches_subject(one.subject, subject)
    ]
    made = {value: fact for value, fact, _ in (*products(scene, clause), *multiples(scene, clause))}
    cut = dict(shares(scene.library, Role.DISCOUNT, subject))
    return made | cut | {one.quantity.value: one for one in fitting}


def balanced(scene: Scene, clause: ReadClause, quantity: Quantity, subject: Subject) -> Fact | None:
    """Return the fact behind an amount of a sum that the sentence writes out and that is right, or None.

    All amounts but the result must be trusted or the customer's own; the vehicle's price may go unsaid.
    """
    place = subject if subject.indices else scene.library.default
    within = _balance(scene, scene.sentence(clause), quantity, place)
    if within or not _CARRIES_ON.search(_text(scene, clause)):
        return within
    return _balance(scene, [*_sentence_before(scene, clause), *scene.sentence(clause)], quantity, place)


def _sentence_before(scene: Scene, clause: ReadClause) -> list[ReadClause]:
    """Return the clauses of the sentence before a clause's own that has numbers in it."""
    start = scene.sentence(clause)[0].clause.start
    earlier = [one for one in scene.reading.clauses if one.clause.start < start and one.quantities]
    return scene.sentence(earlier[-1]) if earlier else []


def _balance(scene: Scene, clauses: list[ReadClause], quantity: Quantity, place: Subject) -> Fact | None:
    """Return the fact behind an amount of the clauses' right sums; what one sum gives may go into the next."""
    stated = _amounts(clauses)
    if not 2 <= len(stated) <= _MOST or quantity.value not in stated:
        return None
    trusted = {value: fact for clause in clauses for value, fact in _trusted(scene, clause, place).items()}
    own = {one.value for one in _asked(scene) if one.value >= _LEAST}
    results: set[Decimal] = set()
    rates = [one.quantity.value for one in scene.library.facts if one.role is Role.TAX]
    for value in (*stated, *stated):
        others = [other for other in stated if other != value]
        taxed = {round(one * rate / 100, 2) for one in others if one in trusted or one in results for rate in rates}
        if value in taxed or _result(value, others, trusted, own | results, (scene, place)):
            results.add(value)
    if not results or not any(one in trusted for one in stated):
        return None
    unknown = [one for one in stated if one not in trusted and one not in own and one not in results]
    anchor = next(trusted[one] for one in (quantity.value, *stated) if one in trusted)
    return None if unknown else trusted.get(quantity.value, anchor)


def _result(
    value: Decimal, others: list[Decimal], trusted: dict[Decimal, Fact], own: set[Decimal], at: tuple[Scene, Subject]
) -> bool:
    """Tell whether a value is the sum or the difference of two to four amounts, the price among them or not."""
    parts = [one for one in others if one in trusted or one in own]
    prices = [one.quantity.value for one in values(at[0].library, Role.PRICE, at[1])]
    pools = [parts, *([price, *parts] for price in prices if price not in parts)]
    sets = (chosen for pool in pools for size in range(2, _PARTS + 1) for chosen in combinations(pool, size))
    return any(value in _signed_sums(chosen) for chosen in sets)


def _signed_sums(amounts: tuple[Decimal, ...]) -> set[Decimal]:
    """Return all that some amounts add up to when each but the first may count against the rest."""
    signs = product(*((one, -one) for one in amounts[1:]))
    return {abs(sum(chosen, amounts[0])) for chosen in signs}


def explained(scene: Scene, clause: ReadClause) -> frozenset[Decimal]:
    """Return the numbers that a right product or share of the sentence was made from."""
    stated = [one for cl in scene.sentence(clause) for one in cl.quantities]
    amounts = {one.value for one in stated if one.dimension in _MONEY}
    made = [*products(scene, clause), *multiples(scene, clause)]
    right = [numbers for value, _, numbers in made if value in amounts and value not in numbers]
    rates = {one.value for one in stated if one.dimension is Dimension.PERCENT}
    amounts |= {one.value for one in stated if one.dimension is Dimension.BARE and one.value >= _LARGE}
    known = {one.quantity.value for one in scene.library.facts if one.quantity.dimension is Dimension.PERCENT}
    prices = amounts | {one.quantity.value for one in scene.library.facts if one.role is Role.PRICE}
    right += [
        frozenset({rate}) for rate in rates & known if any(round(one * rate / 100, 2) in amounts for one in prices)
    ]
    return frozenset().union(*right) if right else frozenset()


def years_between(scene: Scene, subjects: tuple[int, ...], quantity: Quantity) -> int | None:
    """Return the first of two vehicles whose model years lie apart by a span in years, or None."""
    years = [(one, int(scene.library.pack.vehicles[one].get("year") or 0)) for one in subjects]
    for (first, early), (_, late) in combinations(years, 2):
        if early and late and quantity.value == _A_YEAR * abs(early - late):
            return first
    return None


__all__ = ["balanced", "counted", "explained", "multiples", "raised", "reduced", "remainders", "years_between"]
