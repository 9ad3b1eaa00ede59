"""Values that follow from trusted ones: totals with fees, prices after a discount, differences, conversions."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from api.services.grounding.library import Fact, Library, matches_subject
from api.services.grounding.match import currency_of
from api.services.grounding.quantities import Quantity
from api.services.grounding.roles import Role
from api.services.grounding.subjects import Subject

_MOST_FEES = 4


def values(library: Library, role: Role, subject: Subject) -> list[Fact]:
    """Return the trusted facts of a role that hold of a subject."""
    return [
        fact
        for fact in library.facts
        if fact.role is role and matches_subject(fact.subject, subject) and library.admits(fact.guard, subject)
    ]


def _sums(fees: list[Decimal], needed: list[Decimal]) -> Iterable[Decimal]:
    """Return the sums of all sets of fees that hold those which the text itself names."""
    free = [fee for fee in fees if fee not in needed][:_MOST_FEES]
    base = sum(needed, Decimal(0))
    if needed:
        yield base
        return
    for count in range(len(free) + 1):
        for chosen in combinations(free, count):
            yield base + sum(chosen, Decimal(0))


def totals(library: Library, subject: Subject, named: list[tuple[Role, Quantity]]) -> list[tuple[Decimal, Fact]]:
    """Return every total that the evidence allows, with the price that it starts from.

    Args:
        library: The evidence.
        subject: The vehicle.
        named: The other amounts of the sentence; a fee or discount among them must be part of the total.
    """
    home = library.locale.currency
    prices = values(library, Role.PRICE, subject)
    fees = [fact.quantity.value for fact in values(library, Role.FEE, subject) if currency_of(fact.quantity.unit, home)]
    discounts = [fact.quantity.value for fact in values(library, Role.DISCOUNT, subject)]
    taxes = [fact.quantity.value for fact in library.facts if fact.role is Role.TAX]
    listed = {fact.quantity.value for fact in prices}
    charged = [one.value for role, one in named if role is Role.FEE or (role is Role.PRICE and one.value in fees)]
    needed = [value for value in charged if value not in listed]
    less = [quantity.value for role, quantity in named if role is Role.DISCOUNT]
    cuts = [sum(less, Decimal(0))] if less else [Decimal(0), *discounts]
    found = []
    for fact in prices:
        for extra in _sums(fees, needed):
            for cut in cuts:
                total = fact.quantity.value + extra - cut
                found.append((total, fact))
                found += [(round(total * (1 + tax / 100), 2), fact) for tax in taxes]
    return found


def differences(library: Library, subjects: tuple[int, ...], role: Role = Role.PRICE) -> list[tuple[Decimal, Fact]]:
    """Return the differences in price, or in another role's value, between the vehicles."""
    priced = [(index, values(library, role, Subject((index,)))) for index in subjects]
    known = [(index, facts[0]) for index, facts in priced if facts]
    return [
        (abs(first.quantity.value - second.quantity.value), first) for (_, first), (_, second) in combinations(known, 2)
    ]


def payments_in_all(library: Library, subject: Subject) -> list[tuple[Decimal, Fact]]:
    """Return monthly payment times term, with and without the down payment."""
    found = []
    for monthly in values(library, Role.MONTHLY, subject):
        for term in values(library, Role.TERM, subject):
            if not term.staff:
                continue
            total = monthly.quantity.value * term.quantity.value
            found.append((total, monthly))
            deposits = [one for one in values(library, Role.DEPOSIT, subject) if one.staff]
            first = (*values(library, Role.DOWN, subject), *deposits)
            found += [(total + down.quantity.value, monthly) for down in first]
    return found


__all__ = ["differences", "payments_in_all", "totals", "values"]
