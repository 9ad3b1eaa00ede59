"""Sums, shares and products that follow from the amounts of a sentence and of the evidence."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import product

from api.services.grounding.findings import Scene
from api.services.grounding.library import Fact, Library, matches_subject
from api.services.grounding.quantities import Bound, Dimension, Quantity
from api.services.grounding.reading import ReadClause
from api.services.grounding.roles import Role
from api.services.grounding.subjects import Subject

Parts = list[tuple[Role, Quantity]]
_EACH = re.compile(
    r"\s*(?:(?:per|a|an|each|every|for each|for every|/)\s*(?:extra |additional |further )?"
    r"(?P<u>mile|mi|km|kilomet(?:er|re)|day|hour|week)\b|each\b|apiece\b)"
)
_LESS = frozenset({Role.DISCOUNT, Role.TRADE, Role.DOWN, Role.DEPOSIT})
_SHARES = frozenset({Role.DOWN, Role.DISCOUNT, Role.TAX, Role.DEPOSIT})
_MOST_PARTS = 5
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
    facts = [_known(library, subject, one.value) for _, one in parts]
    if not parts or len(parts) > _MOST_PARTS or None in facts:
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


def _signed(role: Role, fact: Fact | None, value: Decimal) -> tuple[Decimal, ...]:
    less = role in _LESS or (fact is not None and fact.role in _LESS)
    return (-value,) if less else (value,)


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


def _per_unit(scene: Scene) -> list[tuple[Fact, str]]:
    """Return the trusted amounts that are charged for each mile, day or piece, with that unit."""
    places = {(one.quantity.core, one.evidence.id): one for one in scene.library.facts if one.subject is None}
    found = []
    for unit in scene.library.units:
        text, offset = unit.clause.clause.text, unit.clause.clause.start
        for one in unit.clause.quantities:
            match = _EACH.match(text, one.end - offset) if one.dimension is Dimension.MONEY else None
            fact = places.get((one.core, unit.evidence.id)) if match else None
            if match and fact:
                found.append((fact, (match["u"] or "")[:2]))
    return found


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
    stretches = [
        one
        for one in scene.library.facts
        if one.quantity.dimension is Dimension.DISTANCE and one.quantity.bound is Bound.BELOW and one.subject is None
    ]
    for fact, unit in _per_unit(scene):
        limits = [one.quantity.value for one in stretches if one.words == fact.words and unit in _LENGTHS]
        counts = _counts(scene, clause, unit)
        for count in counts:
            if not limits:
                found.append((fact.quantity.value * count, fact, frozenset({count, count * _SCALE.get(unit, 1)})))
            for limit in limits:
                if count > limit:
                    rest = count - limit
                    found.append((fact.quantity.value * rest, fact, frozenset({count, rest, limit})))
    return found


def explained(scene: Scene, clause: ReadClause) -> frozenset[Decimal]:
    """Return the counts that a right product of the text was made from."""
    amounts = {one.value for cl in scene.sentence(clause) for one in cl.quantities if one.dimension is Dimension.MONEY}
    right = [numbers for value, _, numbers in products(scene, clause) if value in amounts]
    return frozenset().union(*right) if right else frozenset()


__all__ = ["explained", "products", "shares", "sums"]
