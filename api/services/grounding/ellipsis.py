"""What a clause leaves unsaid: "it's free", "..., at no cost", "the first one is on us", "we go with that one"."""

import re
from dataclasses import replace

from api.services.grounding.acts import Act
from api.services.grounding.findings import Scene
from api.services.grounding.opposing import EVERYDAY, PADDING
from api.services.grounding.reading import ReadClause
from api.services.grounding.support import plain_words

_HANGERS = frozenset({"free", "include"})
_LEANING = _HANGERS | {"match", "hold", "onrequest"}
_POINTS = re.compile(
    r"\b(?:it|that|this|they|these|those|them|one|ones|both|all|same|first|second|each)(?:'s|'re)?\b"
    r"|^\W*(?:(?:yes|sure)\b|so there(?:'d|'s|'ll| is| would| will| are)\b)"
)
_ELLIPTICAL = re.compile(
    r"\b(?:is|are|was|does|do|can|will|has|isn't|aren't|wasn't|doesn't|don't|can't"
    r"|won't)(?: not)?(?: too| as well| also| either)?\W*$"
    r"|\b(?:so|nor|neither) (?:do|does|is|are|has|have|was|were) (?:the|our|that)\b"
)
_WISHES = re.compile(r"\b(?:i|we|my|our|me|us|you)\b")
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
    """Return the words of what the customer asked or wished for last, what only gives or includes left out."""
    newest = [one for _, one in scene.library.customer_readings if one.normal.lower in scene.library.question]
    clauses = [clause for one in newest for clause in one.clauses]
    wished = [one for one in clauses if one.clause.act is Act.ASKS or _WISHES.search(one.clause.text)] or clauses[:1]
    return frozenset(word for one in wished for word in one.lemmas) - _HANGERS


def completed(scene: Scene, clause: ReadClause) -> ReadClause:
    """Return a clause that ends with a bare verb with what the one before says: "..., installing isn't (included)"."""
    said = _predicate(scene, clause)
    if not said:
        return clause
    verb = _ELLIPTICAL.search(clause.clause.text)
    start, end = (clause.clause.start + place for place in (verb.span() if verb else (0, len(clause.clause.text))))
    if "include" in said and len(clause.clause.negators) % 2:
        bare = replace(clause.clause, negators=())
        return replace(clause, clause=bare, words=(*clause.words, (start, end, "separate")))
    return replace(clause, words=(*clause.words, *((start, end, word) for word in sorted(said))))


def _predicate(scene: Scene, clause: ReadClause) -> frozenset[str]:
    sentence = scene.sentence(clause)
    place = sentence.index(clause)
    if not place or not (clause.words or clause.mentions) or not _ELLIPTICAL.search(clause.clause.text):
        return frozenset()
    if clause.words:
        return sentence[place - 1].lemmas & EVERYDAY
    return next((one.lemmas for one in reversed(sentence[:place]) if one.lemmas), frozenset())


def antecedent(scene: Scene, clause: ReadClause) -> frozenset[str]:
    """Return the words that a clause with no matter of its own takes from before it, or none.

    Args:
        scene: The text and its evidence.
        clause: The clause; its own words may only say "free" or "included".
    """
    text = clause.clause.text
    own = plain_words(clause) - PADDING
    if own - _LEANING or clause.quantities or clause.identifiers:
        return frozenset()
    fragment = not _DEED.search(text)
    if not fragment and not _POINTS.search(text):
        return frozenset()
    leaning = bool(own & {"match"}) and bool(_POINTS.search(text))
    said = _before(scene, clause) or (_sentence_before(scene, clause) if fragment or leaning else frozenset())
    asks = _POINTS.search(text) and own <= _HANGERS
    return said or (_asked(scene) if asks else frozenset())


__all__ = ["antecedent", "completed"]
