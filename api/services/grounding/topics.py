"""Is a trusted number about the same thing as a stated one: by its role, and by the words around both."""

from api.services.grounding.charges import names
from api.services.grounding.library import Fact
from api.services.grounding.quantities import Dimension, Quantity
from api.services.grounding.roles import Role
from api.services.grounding.wording import lemma

_SPECIFIC = frozenset(
    {Role.PRICE, Role.MONTHLY, Role.DOWN, Role.DISCOUNT, Role.TRADE, Role.RATE, Role.MILEAGE, Role.TAX, Role.DEPOSIT}
)
_LOOSE = frozenset({Dimension.HOURS, Dimension.MONTHS, Dimension.DISTANCE, Dimension.PERCENT})
_PLAIN = (
    "every|used|new|can|usually|usual|take|bring|due|receive|must|may|need|require|apply|available|given|made|valid"
    "|during|first|next|than|any|always|never|only|still|however|customer"
)
_GENERAL = frozenset(lemma(word) for word in _PLAIN.split("|"))


def on_topic(
    fact: Fact, role: Role, quantity: Quantity, words: frozenset[str], label: frozenset[str] = frozenset()
) -> bool:
    """Tell whether a trusted number may bear a stated one out.

    Args:
        fact: The trusted number.
        role: The role of the stated one.
        quantity: The stated number.
        words: The content words of its sentence.
        label: The words right beside it, everyday ones too.
    """
    if fact.role is role and role in _SPECIFIC:
        return True
    if quantity.dimension is Dimension.COUNT:
        return fact.quantity.unit == quantity.unit and (quantity.unit != "inch" or bool(fact.words & words))
    if fact.role in (Role.PRICE, Role.MILEAGE) or (
        role in _SPECIFIC and role not in (Role.DEPOSIT, Role.PRICE, Role.MILEAGE)
    ):
        return False
    if role is Role.TERM and fact.role is Role.TERM:
        return True
    return bool(fact.words & words) or _said_alike(fact, role, quantity, words, label)


def _said_alike(fact: Fact, role: Role, quantity: Quantity, words: frozenset[str], label: frozenset[str]) -> bool:
    """Tell whether staff gave the number in that role, or a policy gave one of that size in such words."""
    if fact.role is role and (fact.staff or not words):
        return True
    same = quantity.dimension in _LOOSE and fact.quantity.value == quantity.value
    return same and bool(names(label - _GENERAL, fact.label - _GENERAL))


__all__ = ["on_topic"]
