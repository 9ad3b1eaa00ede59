"""The vehicles that "two other SUVs" means: those of the kind that the text has not named yet."""

import re
from collections.abc import Callable

from api.services.grounding.findings import Scene
from api.services.grounding.reading import ReadClause
from api.services.grounding.subjects import Subject

MORE = re.compile(r"\b(?:more|other|another|additional|further)\b")
_GROUP = re.compile(
    rf"{MORE.pattern}(?P<kind>(?:\s+[a-z-]+){{0,2}}?\s+(?:cars?|vehicles?|models?|ones?|suvs?|trucks?|pickups?|vans?"
    r"|minivans?|sedans?|coupes?|hatchbacks?|wagons?|convertibles?|hybrids?|diesels?|evs?))\b"
)
Matching = Callable[[Scene, str, tuple[int, ...] | None], list[int]]


def unnamed(scene: Scene, clause: ReadClause, indices: list[int]) -> list[int]:
    """Return those of some vehicles that no earlier clause spoke of by name."""
    earlier = (one for one in scene.reading.clauses if one.clause.start < clause.clause.start)
    named = {
        index for one in earlier for mention in one.mentions if len(mention.matches) == 1 for index in mention.matches
    }
    return [index for index in indices if index not in named]


def others_meant(scene: Scene, clause: ReadClause, before: int, matching: Matching) -> Subject | None:
    """Return the others of a kind that a clause speaks of ahead of a place; None where it names none so."""
    group = _GROUP.search(clause.clause.text, 0, max(0, before - clause.clause.start))
    if group is None or any(mention.matches and not mention.generic for mention in clause.mentions):
        return None
    left = tuple(unnamed(scene, clause, matching(scene, group["kind"], None)))
    return Subject(left, sure=False, every=True) if left else None


__all__ = ["MORE", "others_meant", "unnamed"]
