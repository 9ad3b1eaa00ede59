"""Is a stated amount one that follows from trusted ones: a total, a difference, a product, a side of a limit."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from api.services.grounding.arithmetic import differences, payments_in_all, totals, values
from api.services.grounding.directions import wrong_way
from api.services.grounding.equations import balanced, multiples, raised, reduced, remainders, years_between
from api.services.grounding.findings import Scene
from api.services.grounding.ledger import COMPARES, charged, gaps, products, shares, sums
from api.services.grounding.library import Fact, Library, matches_subject
from api.services.grounding.match import agrees, same_unit, within
from api.services.grounding.quantities import Bound, Dimension, Quantity
from api.services.grounding.reading import ReadClause
from api.services.grounding.roles import Role
from api.services.grounding.subjects import Subject

Parts = list[tuple[Role, Quantity]]
_WITH_PART = re.compile(
    r"\bafter\b|\bwith (?:the |a |our )?(?:\S+ ){0,3}?(?:fees?|discount|delivery|tires)\b|\bincluding\b|\bplus\b"
    r"|\ball[- ]in\b|\bout[- ]the[- ]door\b|\botd\b|\baltogether\b|\bin (?:all|total)\b|\btotal\b|\beverything\b"
    r"|^\W*with\b.*\b(?:it|that|this)(?: is|'s| comes| would)\b"
)
_LAST = re.compile(
    r"\b(?:long|short|high|low|great|small|larg|bigg?)est\b|\b(?:max|min)(?:imum)?\b|\bat (?:most|least)\b"
)
_APART = re.compile(rf"{COMPARES.pattern}|\b(?:ago|since|until|before|to go)\b")
_BETWEEN = re.compile(rf"{_APART.pattern}|\bby \d|\b(?:against|vs|versus)\b")
_A_YEAR = re.compile(
    r"\s*(?:miles |mi |km |kilomet\w+ )?(?:a|per|each|every) year\b|\s*(?:miles |km )?(?:annually|yearly)\b"
)
_IN_YEARS = re.compile(r"\b(?:in|over|within|during) (?:its |the )?(?:last |past |about |only |just |first )?$")
_ROUGH = Decimal("0.07")
_AGES = re.compile(r"\b(?:newer|older|younger|more recent|apart|between|difference|ahead|later|earlier)\b")
_TWO = 2
_LEAST_MARK = 500
_MOST_NUMBERS = 20


def derived(
    scene: Scene,
    clause: ReadClause,
    stated: tuple[Quantity, Role],
    subject: Subject,
    named: Callable[[], Parts],
) -> Fact | None:
    """Return the fact that a stated amount follows from, or None.

    Args:
        scene: The text and its evidence.
        clause: The clause that states the amount.
        stated: The amount and its role.
        subject: Whom it is said of.
        named: Gives the amounts of the sentence with their roles, this one too.
    """
    quantity, role = stated
    if sum(len(one.quantities) for one in scene.sentence(clause)) > _MOST_NUMBERS:
        return None
    if quantity.dimension is Dimension.DISTANCE:
        sided = role is Role.MILEAGE and quantity.bound in (Bound.BELOW, Bound.ABOVE)
        limit = _policy_limit(scene.library, quantity, subject) if sided else None
        yearly = _per_year(scene, clause, quantity, subject)
        return limit or yearly if sided or yearly else _of_distances(scene, clause, quantity, subject)
    if quantity.dimension is Dimension.COUNT:
        return _counts_apart(scene, clause, quantity, subject)
    if quantity.dimension is Dimension.MONTHLY:
        return _payment_apart(scene, clause, quantity)
    return _of_money(scene, clause, stated, subject, named) if quantity.dimension is Dimension.MONEY else None


def _of_money(
    scene: Scene, clause: ReadClause, stated: tuple[Quantity, Role], subject: Subject, named: Callable[[], Parts]
) -> Fact | None:
    """Return the fact behind an amount that is worked out from others, or that is part of a right sum."""
    quantity = stated[0]
    for value, fact in _computed(scene, clause, stated, subject, named):
        if quantity.bound is Bound.EXACT and value not in quantity.readings:
            continue
        known = replace(fact.quantity, readings=(value,), dimension=Dimension.MONEY)
        if agrees(quantity, known, scene.library.locale.currency):
            return fact
    return balanced(scene, clause, quantity, subject)


def _counts_apart(scene: Scene, clause: ReadClause, quantity: Quantity, subject: Subject) -> Fact | None:
    """Return the count behind "4,200 lbs more": one vehicle's that lies so far from another's of the same unit."""
    if not COMPARES.search(clause.clause.text) or quantity.bound is not Bound.EXACT:
        return None
    several = _compared(scene, clause, subject)
    known = [one for one in scene.library.facts if one.quantity.unit == quantity.unit and one.subject is not None]
    pairs = (
        (one, other)
        for first, second in combinations(several, 2)
        for one in known
        for other in known
        if one.subject and other.subject and one.subject.indices == (first,) and other.subject.indices == (second,)
    )
    return next((one for one, other in pairs if abs(one.quantity.value - other.quantity.value) == quantity.value), None)


def _payment_apart(scene: Scene, clause: ReadClause, quantity: Quantity) -> Fact | None:
    """Return the payment that "$58 a month below your lease" tells apart from what the customer pays."""
    if not COMPARES.search(clause.clause.text):
        return None
    asked = [one for _, reading in scene.library.customer_readings for cl in reading.clauses for one in cl.quantities]
    known = [one for one in scene.library.facts if one.quantity.dimension is Dimension.MONTHLY]
    return next(
        (one for one in known for other in asked if abs(one.quantity.value - other.value) == quantity.value), None
    )


def _computed(
    scene: Scene, clause: ReadClause, stated: tuple[Quantity, Role], subject: Subject, named: Callable[[], Parts]
) -> Iterator[tuple[Decimal, Fact]]:
    quantity, role = stated
    if role is Role.DIFFERENCE:
        if not wrong_way(scene, clause, quantity, Role.PRICE, subject):
            yield from differences(scene.library, _compared(scene, clause, subject))
            yield from gaps(scene, clause, subject, named())
    elif role is Role.DISCOUNT:
        yield from shares(scene.library, role, subject)
        yield from _cuts(scene.library, subject)
    elif quantity.bound in (Bound.BELOW, Bound.ABOVE):
        found = shares(scene.library, role, subject)
        yield from ((value, fact) for value, fact in found if value == quantity.value)
        yield from _with_parts(scene, clause, stated, subject, named())
    else:
        yield from shares(scene.library, role, subject)
        yield from _combined(scene, clause, quantity, subject, named)
        yield from _with_parts(scene, clause, stated, subject, named())


def _combined(
    scene: Scene, clause: ReadClause, quantity: Quantity, subject: Subject, named: Callable[[], Parts]
) -> Iterator[tuple[Decimal, Fact]]:
    """Yield what products, sums, remainders and counts of trusted amounts come to."""
    yield from ((value, fact) for value, fact, _ in products(scene, clause))
    yield from sums(scene.library, quantity, subject, named())
    yield from charged(scene, clause, subject)
    yield from _together(scene, clause, subject)
    yield from remainders(scene, clause, subject)
    yield from raised(scene, clause)
    yield from reduced(scene, clause, subject)
    yield from ((value, fact) for value, fact, _ in multiples(scene, clause))


def _with_parts(
    scene: Scene, clause: ReadClause, stated: tuple[Quantity, Role], subject: Subject, named: Parts
) -> Iterator[tuple[Decimal, Fact]]:
    """Yield what a discount in percent leaves, and what the price comes to with its charges."""
    quantity, role = stated
    sentence = " ".join(one.clause.text for one in scene.sentence(clause))
    has_part = any(one is Role.DISCOUNT for one, _ in named) or bool(_WITH_PART.search(sentence))
    if has_part or "discount" in clause.clause.text:
        yield from _after_share(scene.library, subject)
    if role is Role.TOTAL or (role in (Role.PRICE, Role.FEE) and has_part):
        others = [one for one in named if one[1].core != quantity.core]
        yield from totals(scene.library, subject, others)
        yield from payments_in_all(scene.library, subject)


def _of_distances(scene: Scene, clause: ReadClause, quantity: Quantity, subject: Subject) -> Fact | None:
    """Return the fact behind "73,000 more miles than": the difference between two vehicles' mileages."""
    stated = {one.value for part in scene.sentence(clause) for one in part.quantities if one.value >= _LEAST_MARK}
    shown = any(abs(one - other) == quantity.value for one, other in combinations(stated - {quantity.value}, 2))
    if not (shown or _BETWEEN.search(clause.clause.text)) or wrong_way(scene, clause, quantity, Role.MILEAGE, subject):
        return None
    known = differences(scene.library, _compared(scene, clause, subject), Role.MILEAGE)
    known += _to_marks(scene, clause, subject) if _APART.search(clause.clause.text) else []
    home = scene.library.locale.currency
    fitting = (fact for value, fact in known if agrees(quantity, replace(fact.quantity, readings=(value,)), home))
    return next(fitting, None)


def _to_marks(scene: Scene, clause: ReadClause, subject: Subject) -> list[tuple[Decimal, Fact]]:
    """Return how far the mileage lies from the other distances of the sentence and from those that are trusted."""
    facts = [one.quantity for one in scene.library.facts if matches_subject(one.subject, subject)]
    stated = [one for cl in scene.sentence(clause) for one in cl.quantities if one.value >= _LEAST_MARK]
    marks = {one.value for one in facts if one.dimension is Dimension.DISTANCE}
    marks |= {one.value for one in stated if one.dimension in (Dimension.DISTANCE, Dimension.BARE)}
    return [
        (abs(mark - fact.quantity.value), fact)
        for fact in values(scene.library, Role.MILEAGE, subject)
        for mark in marks
        if mark != fact.quantity.value
    ]


def _after_share(library: Library, subject: Subject) -> list[tuple[Decimal, Fact]]:
    """Return the price less a discount that policies give in percent."""
    cuts = shares(library, Role.DISCOUNT, subject)
    prices = [fact for fact in values(library, Role.PRICE, subject) if not fact.staff]
    return [(fact.quantity.value - cut, rate) for fact in prices for cut, rate in cuts if rate.role is Role.DISCOUNT]


def _cuts(library: Library, subject: Subject) -> list[tuple[Decimal, Fact]]:
    """Return by how much staff's prices lie under the list price."""
    prices = values(library, Role.PRICE, subject)
    told = [one for one in prices if one.staff]
    return [(one.quantity.value - other.quantity.value, other) for one in prices for other in told]


def _together(scene: Scene, clause: ReadClause, subject: Subject) -> list[tuple[Decimal, Fact]]:
    """Return the price of several vehicles at once, where the clause speaks of them together."""
    if not re.search(r"\b(?:together|both|combined|the two|all three)\b", clause.clause.text):
        return []
    prices = [values(scene.library, Role.PRICE, Subject((one,))) for one in _compared(scene, clause, subject)]
    known = [facts[0] for facts in prices if facts]
    return [(sum((one.quantity.value for one in known), Decimal(0)), known[0])] if len(known) == len(prices) > 1 else []


def _compared(scene: Scene, clause: ReadClause, subject: Subject) -> tuple[int, ...]:
    """Return the vehicles that a difference lies between: of the sentence, else with those that were asked about."""
    clauses = scene.sentence(clause)
    found = {index for one in clauses for mention in one.mentions for index in mention.matches} | set(subject.indices)
    if len(found) < _TWO:
        asked = [one for _, reading in scene.library.customer_readings[-1:] for one in reading.clauses]
        found |= {index for one in asked for mention in one.mentions for index in mention.matches}
    if len(found) < _TWO:
        earlier = [one for one in scene.reading.clauses if one.clause.start < clauses[0].clause.start and one.mentions]
        found |= {index for one in earlier[-1:] for mention in one.mentions for index in mention.matches}
    if len(found) < _TWO and len(scene.library.pack.vehicles) == _TWO:
        found = {0, 1}
    return tuple(sorted(found))


def _policy_limit(library: Library, quantity: Quantity, subject: Subject) -> Fact | None:
    """Accept "fewer than 100,000 miles" where a policy draws that line and the vehicle is on that side."""
    lines = [
        fact
        for fact in library.facts
        if fact.quantity.dimension is Dimension.DISTANCE and fact.quantity.value == quantity.value and fact.guard
    ]
    for fact in values(library, Role.MILEAGE, subject):
        below = fact.quantity.value < quantity.value
        if lines and below == (quantity.bound is Bound.BELOW):
            return fact
    return None


def _per_year(scene: Scene, clause: ReadClause, quantity: Quantity, subject: Subject) -> Fact | None:
    """Return the mileage that "roughly 13,000 a year" spreads over the vehicle's years, or None."""
    after = scene.reading.normal.lower[quantity.end : quantity.end + 24]
    if quantity.dimension is not Dimension.DISTANCE or not _A_YEAR.match(after) or len(subject.indices) != 1:
        return None
    age = scene.library.pack.now.year - int(scene.library.pack.vehicles[subject.indices[0]].get("year") or 0)
    for fact in values(scene.library, Role.MILEAGE, subject):
        rates = [fact.quantity.value / years for years in (age, age + 1) if years > 0]
        if any(abs(rate - quantity.value) <= rate * _ROUGH for rate in rates):
            return fact
    return None


def of_age(scene: Scene, clause: ReadClause, quantity: Quantity, subject: Subject) -> int | None:
    """Return the vehicle whose years on the road "48,000 miles in seven years" tells, or None."""
    spread = _IN_YEARS.search(clause.clause.text[: max(0, quantity.core[0] - clause.clause.start)])
    if quantity.unit != "year" or not spread or len(subject.indices) != 1:
        return None
    driven = any(one.dimension is Dimension.DISTANCE for cl in scene.sentence(clause) for one in cl.quantities)
    age = scene.library.pack.now.year - int(scene.library.pack.vehicles[subject.indices[0]].get("year") or 0)
    return subject.indices[0] if driven and quantity.value / 12 in (age, age + 1) else None


def apart_by_years(scene: Scene, clause: ReadClause, quantity: Quantity, subject: Subject) -> int | None:
    """Return a vehicle whose model year lies as many years from another's as "two years newer" says, or None."""
    if quantity.dimension is not Dimension.MONTHS or not _AGES.search(clause.clause.text):
        return None
    return years_between(scene, _compared(scene, clause, subject), quantity)


def inside(library: Library, clause: ReadClause, quantity: Quantity, fact: Fact) -> bool:
    """Tell whether a plain value lies under a limit or between two ends, and is not called the last one."""
    if fact.guard and fact.quantity.dimension is Dimension.DISTANCE and fact.quantity.value == fact.guard.most:
        return False
    limit = quantity.bound is Bound.BELOW and same_unit(quantity, fact.quantity, library.locale.currency)
    if limit and quantity.value == fact.quantity.value and quantity.unit == fact.quantity.unit:
        return True
    if _LAST.search(clause.clause.text):
        return False
    if fact.quantity.bound is not Bound.HIGH_END:
        return within(quantity, fact.quantity)
    lows = [
        one.quantity
        for one in library.facts
        if one.quantity.bound is Bound.LOW_END and (one.evidence, one.words) == (fact.evidence, fact.words)
    ]
    reached = any(low.dimension is quantity.dimension and low.value <= quantity.value for low in lows)
    return reached and within(quantity, replace(fact.quantity, bound=Bound.BELOW))


__all__ = ["apart_by_years", "derived", "inside", "of_age"]
