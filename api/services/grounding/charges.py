"""What policies charge for, by the words that name each charge."""

from api.services.grounding.findings import Scene
from api.services.grounding.library import Fact
from api.services.grounding.quantities import Dimension
from api.services.grounding.roles import Role

_SHORTEST = 3


def same_word(one: str, other: str) -> bool:
    """Tell whether two lemmas are one word or its short form: "doc" and "document"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and long.startswith(short)


def names(words: frozenset[str], label: frozenset[str]) -> frozenset[str]:
    """Return those of a clause's words that name what a label names."""
    return frozenset(word for word in words if any(same_word(word, other) for other in label))


def charges(scene: Scene) -> list[Fact]:
    """Return the trusted amounts that policies charge for something that they name."""
    facts = [one for one in scene.library.facts if one.quantity.dimension is Dimension.MONEY and one.subject is None]
    return [one for one in facts if one.label and not one.staff and one.role is Role.FEE]


__all__ = ["charges", "names", "same_word"]
