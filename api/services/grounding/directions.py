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
_BESIDE = 24
_LESS = re.compile(r"\b(?:less|fewer|lower|below|under|cheaper)\b")


def wrong_way(scene: Scene, clause: ReadClause, quantity: Quantity, role: Role, subject: Subject) -> bool:
    """Tell whether a difference between two vehicles has the wrong sign.

    Args:
        scene: The text and its evidence.
        clause: The clause that states the difference.
        quantity: The difference.
        role: Whose values are compared, the price's or the mileage's.
        subject: Whom the difference is said of; the pack's other vehicle is then meant where only one is named.
    """
    named = [one for one in clause.mentions if len(one.matches) == 1]
    after = clause.clause.text[quantity.core[1] - clause.clause.start :]
    after = after if len(named) == _TWO else after[:_BESIDE]
    more, less = bool(_MORE.search(after)), bool(_LESS.search(after))
    if more == less:
        return False
    if len(named) == _TWO and named[0].end <= quantity.core[0] <= named[1].start:
        pair = (named[0].matches[0], named[1].matches[0])
    elif len(subject.indices) == 1 and subject.sure and len(scene.library.pack.vehicles) == _TWO and len(named) < _TWO:
        pair = (subject.indices[0], 1 - subject.indices[0])
    else:
        return False
    return _apart_wrongly(scene, pair, role, more)


def _apart_wrongly(scene: Scene, pair: tuple[int, int], role: Role, more: bool) -> bool:
    first, second = (values(scene.library, role, Subject((one,))) for one in pair)
    if not first or not second or first[0].quantity.value == second[0].quantity.value:
        return False
    return (first[0].quantity.value > second[0].quantity.value) != more


__all__ = ["wrong_way"]
