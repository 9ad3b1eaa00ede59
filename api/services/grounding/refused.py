"""What a sentence says that the house does not have, do, offer or allow, item by item.

"We do not offer in-house financing or leases" refuses two things; a text that affirms either is denied by it,
however many other words it has.
"""

import re
from functools import lru_cache
from itertools import pairwise

from api.services.grounding.reading import ReadClause

_PROVIDES = (
    r"(?:offer|provide|have|do|accept|take|give|sell|rent|lend|ship|carry|allow|make|match|negotiate|charge|arrange"
    r"|permit|handle|run|issue|honou?r|stock|install|perform|work on|buy|lease|finance|use|keep)"
)
_OBJECTS = re.compile(
    rf"\b(?:not|n't|never|no longer)(?: currently| also| ever)? {_PROVIDES}(?: any| a| an)?(?= )|\bno (?=\w)"
)
_SUBJECTS = re.compile(
    r"\bexcluded\b|\b(?:not|n't|never|cannot|no longer)(?: be)? (?:currently )?(?:available|offered|allowed|accepted"
    r"|included"
    r"|possible|provided|permitted|covered|given|sold|negotiable|an option|part of)\b"
)
_NARROWED = re.compile(
    r"\b(?:beyond|outside|more than|less than|fewer|over|under|after|before|until|within|unless|except|without|only"
    r"|on|if|when|while|once|during|than)\b"
)
_AND = re.compile(r",|\b(?:and|or|nor)\b")
_TURNED = re.compile(
    r"^\W*(?:if|whether|instead of|rather than|should you|as for|regarding|about)\b|\b(?:rather than|instead of)\b"
)


def _stretches(text: str) -> list[tuple[int, int]]:
    """Return where a refusing clause lists what it refuses."""
    subjects = _SUBJECTS.search(text)
    if subjects:
        return [(0, subjects.start())]
    found = _OBJECTS.search(text)
    if not found or _NARROWED.search(text, found.end()):
        return []
    return [(found.end(), len(text))]


@lru_cache(maxsize=1024)
def refused(clause: ReadClause) -> tuple[frozenset[str], ...]:
    """Return the content words of each thing that a clause refuses; nothing where it sets a limit instead."""
    valued = clause.quantities or clause.times or clause.days or clause.dates
    if not clause.clause.negators or valued:
        return ()
    text, offset, found = clause.clause.text, clause.clause.start, []
    for start, end in _stretches(text):
        cuts = [start, *(start + one.start() for one in _AND.finditer(text[start:end])), end]
        for low, high in pairwise(cuts):
            found.append(frozenset(word for begin, _, word in clause.words if low <= begin - offset < high))
    return tuple(one for one in found if one)


def turned_away(text: str) -> bool:
    """Tell whether a lower-case clause only supposes or sets aside what it names: "if you need a loaner"."""
    return bool(_TURNED.search(text))


__all__ = ["refused", "turned_away"]
