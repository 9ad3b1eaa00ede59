"""Sums, shares and products that follow from the amounts of a sentence and of the evidence."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product
from weakref import WeakKeyDictionary

from api.services.grounding.charges import charges, names
from api.services.grounding.findings import Scene
from api.services.grounding.library import Fact, Library, matches_subject
from api.services.grounding.quantities import Bound, Dimension, Quantity
from api.services.grounding.reading import ReadClause
from api.services.grounding.roles import Role
from api.services.grounding.subjects import Subject
from api.services.grounding.wording import content_lemmas

Parts = list[tuple[Role, Quantity]]
_EACH = re.compile(
    r"\s*(?:(?:per|a|an|each|every|for each|for every|/)\s*(?:extra |additional |further )?"
    r"(?P<u>(?!month|mo\b|year|yr|week\b|payment)[a-z]{2,})\b|each\b|apiece\b)"
)
_LESS = frozenset({Role.DISCOUNT, Role.TRADE, Role.DOWN, Role.DEPOSIT})
_SHARES = frozenset({Role.DOWN, Role.DISCOUNT, Role.TAX, Role.DEPOSIT})
_MOST_PARTS = 5
_LARGE = 1000
_IN_ALL = re.compile(
    r"\b(?:fees|charges|costs) (?:\w+ ){0,2}?(?:add|come|total|amount|sum|run|make|are|of)\b|\bin fees\b|\ball fees\b"
)
COMPARES = re.compile(
    r"\b(?:more|less|fewer|lower|higher|further|farther|difference|apart|between|extra|beyond|than|over|under"
    r"|above|below"
    r"|short|shy|left|remaining|gap|away from)\b"
)
_LENGTHS = ("mi", "km", "ki")
_SCALE = {"da": 24, "we": 168}


def _known(library: Library, subject: Subject, value: Decimal) -> Fact | None:
    """Return a trusted amount of that value that may hold of the subject."""
    money = [fact for fact in library.facts if fact.quantity.dimension is Dimension.MONEY]
    fitting = [
        one for one in money if one.subject is None or one.subject.customers or matches_subject(one.subject, subject)
    ]
    return next((fact for fact in fitting if fact.quantity.value == value), None)


def _prices(library: Library, subject: Subject) -> list[Fact]:
    subject = subject if subject.indices and not subject.customers else library.default
    return [one for one in library.facts if one.role is Role.PRICE and matches_subject(one.subject, subject)]


def sums(library: Library, stated: Quantity, subject: Subject, named: Parts) -> list[tuple[Decimal, Fact]]:
    """Return what the other amounts of the sentence add up to, with the vehicle's price and without.

    Every part must be trusted itself; discounts, trade-ins and payments made count against the rest.
    """
    parts = [(role, one) for role, one in named if one.core != stated.core and one.dimension is Dimension.MONEY]
    if not parts or len(parts) > _MOST_PARTS:
        return []
    cut = {value: fact for role, _ in parts if role in _SHARES for value, fact in shares(library, role, subject)}
    facts = [_known(library, subject, one.value) or cut.get(one.value) for _, one in parts]
    if None in facts:
        return []
    choices = [_signed(role, fact, one.value) for (role, one), fact in zip(parts, facts, strict=True)]
    prices = [fact for fact in _prices(library, subject) if fact.quantity.value not in {one.value for _, one in parts}]
    found: list[tuple[Decimal, Fact]] = []
    for chosen in product(*choices):
        total = sum(chosen, Decimal(0))
        first = next(fact for fact in facts if fact)
        found += [(abs(total), first)] if len(parts) > 1 else []
        found += [(fact.quantity.value + total, fact) for fact in prices]
    return found


def _topic(fact: Fact, facts: list[Fact]) -> frozenset[str]:
    """Return the words of a policy's topic where it charges one amount only; they name that charge too."""
    alone = sum(1 for one in facts if one.evidence == fact.evidence) == 1
    return content_lemmas(str(fact.evidence.id).replace("_", " ").lower()) if alone else frozenset()


def charged(scene: Scene, clause: ReadClause, subject: Subject) -> list[tuple[Decimal, Fact]]:
    """Return what the charges that a sentence names add up to, with the vehicle's price and without."""
    words = frozenset(word for one in scene.sentence(clause) for word in one.lemmas)
    known = {one.quantity.value: one for one in charges(scene)}
    named = [one for one in known.values() if names(words, one.label | _topic(one, list(known.values())))]
    total = sum((one.quantity.value for one in named), Decimal(0))
    found = [(fact.quantity.value + total, fact) for fact in _prices(scene.library, subject)] if named else []
    found += [(total, named[0])] if len(named) > 1 else []
    if _IN_ALL.search(clause.clause.text):
        found += [(one.quantity.value + other.quantity.value, one) for one, other in combinations(known.values(), 2)]
    return found


def gaps(scene: Scene, clause: ReadClause, subject: Subject, named: Parts) -> list[tuple[Decimal, Fact]]:
    """Return by how much the vehicle's price, or a trusted amount named, differs from what the customer wrote."""
    asked = [one for _, reading in scene.library.customer_readings for cl in reading.clauses for one in cl.quantities]
    large = {value * scale for one in asked for value in one.readings for scale in (1, 1000) if value * scale >= _LARGE}
    amounts = {one.value for one in asked if one.dimension is Dimension.MONEY} | large
    values = {one.value for _, one in named if one.dimension is Dimension.MONEY}
    known = [_known(scene.library, subject, value) for value in values] if len(values) <= _MOST_PARTS else []
    trusted = [fact for fact in (*_prices(scene.library, subject), *known) if fact]
    between = [(abs(one.quantity.value - other.quantity.value), one) for one in trusted for other in trusted]
    policy = [(one, other) for one, other in combinations(charges(scene), 2) if one.evidence == other.evidence]
    between += [(abs(one.quantity.value - other.quantity.value), one) for one, other in policy]
    return [(abs(fact.quantity.value - amount), fact) for fact in trusted for amount in amounts] + between


def _signed(role: Role, fact: Fact | None, value: Decimal) -> tuple[Decimal, ...]:
    less = role in _LESS or (fact is not None and fact.role in _LESS)
    return (-value,) if less else (value,)


_BACK = 32


def shares(library: Library, role: Role, subject: Subject) -> list[tuple[Decimal, Fact]]:
    """Return the shares of the vehicle's price that policies name: a down payment, a discount, a tax."""
    rates = [
        fact
        for fact in library.facts
        if fact.quantity.dimension is Dimension.PERCENT and fact.role in _SHARES and library.admits(fact.guard, subject)
    ]
    wanted = [fact for fact in rates if fact.role is role] or rates
    found = []
    for rate in wanted:
        for price in _prices(library, subject):
            share = round(price.quantity.value * rate.quantity.value / 100, 2)
            found.append((share, replace(rate, quantity=replace(price.quantity, bound=rate.quantity.bound))))
    return found


_PART_OF = re.compile(
    r"\b(?P<part>half|(?:a|one)[ -](?:third|quarter|fifth|tenth)|two[ -]thirds|three[ -]quarters)(?: of)?"
    r" (?:(?:the|its|that|this|your|of) )*$"
)
_PARTS_OF = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "thirds": Decimal("1.5")}
_PARTS_OF["quarters"] = Decimal(4) / 3


def parts_of(scene: Scene, clause: ReadClause) -> frozenset[Decimal]:
    """Return what a sentence's "half of the $5,499" or "a third of $900" comes to."""
    lower = scene.reading.normal.lower
    found = set()
    for one in (one for part in scene.sentence(clause) for one in part.quantities):
        match = _PART_OF.search(lower, max(0, one.start - _BACK), one.start)
        if match:
            found.add(round(one.value / _PARTS_OF[re.split(r"[ -]", match["part"])[-1]], 2))
    return frozenset(found)


_EACH_OF: WeakKeyDictionary[Library, list[tuple[Fact, str]]] = WeakKeyDictionary()


def _per_unit(scene: Scene) -> list[tuple[Fact, str]]:
    """Return the trusted amounts that are charged for each mile, day or piece, with that unit; read once a library."""
    if scene.library not in _EACH_OF:
        _EACH_OF[scene.library] = _read_per_unit(scene.library)
    return _EACH_OF[scene.library]


def _read_per_unit(library: Library) -> list[tuple[Fact, str]]:
    places = {(one.quantity.core, one.evidence.id): one for one in library.facts if one.subject is None}
    found = []
    for unit in library.units:
        text, offset = unit.clause.clause.text, unit.clause.clause.start
        for one in unit.clause.quantities:
            match = _EACH.match(text, one.end - offset) if one.dimension is Dimension.MONEY else None
            fact = places.get((one.core, unit.evidence.id)) if match else None
            if match and fact:
                found.append((fact, (match["u"] or "")[:2]))
    return found


def same_each(scene: Scene, clause: ReadClause, quantity: Quantity) -> Fact | None:
    """Return the policy's charge for each unit that "$2 a mile" repeats, or None."""
    stated = _EACH.match(clause.clause.text, quantity.end - clause.clause.start)
    unit = (stated["u"] or "")[:2] if stated else ""
    known = _per_unit(scene) if unit and quantity.dimension is Dimension.MONEY else []
    fitting = (fact for fact, one in known if one == unit and fact.quantity.value == quantity.value)
    return next(fitting, None)


def _counts(scene: Scene, clause: ReadClause, unit: str) -> set[Decimal]:
    """Return the numbers of the sentence and of the customer that may count a unit."""
    asked = [one for _, reading in scene.library.customer_readings for cl in reading.clauses for one in cl.quantities]
    stated = [one for cl in scene.sentence(clause) for one in cl.quantities]
    scale = Decimal(_SCALE.get(unit, 1))
    span = unit in ("da", "we", "ho")
    fitting = (Dimension.HOURS,) if span else (Dimension.DISTANCE,) if unit else (Dimension.COUNT,)
    counted = {one.value / scale for one in (*asked, *stated) if one.dimension in fitting}
    return counted | {one.value for one in stated if one.dimension is Dimension.BARE}


def products(scene: Scene, clause: ReadClause) -> list[tuple[Decimal, Fact, frozenset[Decimal]]]:
    """Return rate times count, with the fact of the rate and all numbers that went into it.

    Where the rate's policy gives a stretch that is free or paid otherwise, only what lies beyond it counts.
    """
    found: list[tuple[Decimal, Fact, frozenset[Decimal]]] = []
    for fact, unit in _per_unit(scene):
        scale = Decimal(_SCALE.get(unit, 1))
        limits = [limit / scale for limit in _free_stretches(scene, fact, unit)]
        for count in _counts(scene, clause, unit):
            if not limits:
                found.append((fact.quantity.value * count, fact, frozenset({count, count * scale})))
            for limit in (one for one in limits if one < count):
                used = (count, count - limit, limit)
                found.append((fact.quantity.value * used[1], fact, frozenset({*used, *(one * scale for one in used)})))
    return found


def _free_stretches(scene: Scene, fact: Fact, unit: str) -> list[Decimal]:
    """Return the miles or the hours that a rate's policy lets pass before the rate sets in."""
    wanted = Dimension.DISTANCE if unit in _LENGTHS else Dimension.HOURS if unit in _SCALE else None
    near = [one for one in scene.library.facts if one.quantity.dimension is wanted and one.subject is None]
    near = [one for one in near if one.evidence == fact.evidence]
    free = frozenset({"free", "include"})
    return [one.quantity.value for one in near if one.quantity.bound is Bound.BELOW or one.words & free]


__all__ = ["COMPARES", "charged", "gaps", "parts_of", "products", "same_each", "shares", "sums"]
