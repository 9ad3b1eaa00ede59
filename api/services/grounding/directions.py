"""Which of two vehicles a stated difference puts first: "$2,250 less than the CR-V"."""

import re

from api.services.grounding.arithmetic import values
from api.services.grounding.findings import Scene
from api.services.grounding.quantities import Quantity
from api.services.grounding.reading import ReadClause
from api.services.grounding.roles import Role
from api.services.grounding.subjects import Subject

_MORE = re.compile(r"\b(?:more|higher|above|over|pricier|dearer|extra|further)\b")
_TWO = 2
_LESS = re.compile(r"\b(?:less|fewer|lower|below|under|cheaper)\b")


def wrong_way(scene: Scene, clause: ReadClause, quantity: Quantity, role: Role) -> bool:
    """Tell whether a difference between two named vehicles has the wrong sign.

    Args:
        scene: The text and its evidence.
        clause: The clause that states the difference.
        quantity: The difference.
        role: Whose values are compared, the price's or the mileage's.
    """
    named = [one for one in clause.mentions if len(one.matches) == 1]
    after = clause.clause.text[quantity.core[1] - clause.clause.start :]
    more, less = bool(_MORE.search(after)), bool(_LESS.search(after))
    if len(named) != _TWO or not named[0].end <= quantity.core[0] <= named[1].start or more == less:
        return False
    first, second = (values(scene.library, role, Subject(tuple(one.matches))) for one in named)
    if not first or not second or first[0].quantity.value == second[0].quantity.value:
        return False
    return (first[0].quantity.value > second[0].quantity.value) != more


__all__ = ["wrong_way"]
