"""What a clause leaves unsaid: "it's free", "..., at no cost", "the first one is on us", "we go with that one"."""

import re

from api.services.grounding.findings import Scene
from api.services.grounding.reading import ReadClause
from api.services.grounding.support import PADDING, plain_words
from api.services.grounding.wording import content_lemmas

_HANGERS = frozenset({"free", "include", "match", "onrequest"})
_POINTS = re.compile(
    r"\b(?:it|that|this|they|these|those|them|one|ones|both|all|same|first|second|each)(?:'s|'re)?\b|^\W*(?:yes|sure)\b"
)
_DEED = re.compile(r"\b(?:is|are|was|we|i|you|it|they|that|this|comes?|gets?|has|have)\b|'(?:s|re|ll|ve|d|m)\b")


def _before(scene: Scene, clause: ReadClause) -> frozenset[str]:
    """Return the words of the nearest clause of the sentence that has some, those ahead of the clause first."""
    sentence = scene.sentence(clause)
    place = sentence.index(clause)
    ahead = [plain_words(one) for one in reversed(sentence[:place])]
    return next((words for words in ahead if words - _HANGERS - PADDING), frozenset())


def _sentence_before(scene: Scene, clause: ReadClause) -> frozenset[str]:
    clauses = scene.reading.clauses
    earlier = [one for one in clauses if one.clause.sentence == clause.clause.sentence - 1]
    return frozenset(word for one in earlier for word in plain_words(one))


def _asked(scene: Scene) -> frozenset[str]:
    """Return the words of the customer's last messages, what only gives or includes left out."""
    return content_lemmas(scene.library.question) - _HANGERS


def antecedent(scene: Scene, clause: ReadClause) -> frozenset[str]:
    """Return the words that a clause with no matter of its own takes from before it, or none.

    Args:
        scene: The text and its evidence.
        clause: The clause; its own words may only say "free" or "included".
    """
    text = clause.clause.text
    if plain_words(clause) - _HANGERS - PADDING or clause.quantities or clause.identifiers:
        return frozenset()
    fragment = not _DEED.search(text)
    if not fragment and not _POINTS.search(text):
        return frozenset()
    said = _before(scene, clause) or (_sentence_before(scene, clause) if fragment else frozenset())
    return said or (_asked(scene) if _POINTS.search(text) else frozenset())


__all__ = ["antecedent"]
