"""Which words of a clause belong to which of its amounts."""

import re
from collections.abc import Sequence

from api.services.grounding.quantities import Dimension
from api.services.grounding.reading import ReadClause
from api.services.grounding.wording import lemma

_PLAIN = (
    "fee|cost|charge|price|day|mile|amount|month|include|vehicle|car|pay|total|dollars|euros|come|add|make|take"
    "|extra|separate|another|just|only|about|from|with|and|the|our|your|you|for|this|that|there|here|plus|also|then"
    "|would|will|have|has|are|was|not|per|each|one|more|less|which|customer|get|receive|within|after|before|all|any"
)
_COMMON = frozenset(lemma(word) for word in _PLAIN.split("|"))
_FOLLOWED = re.compile(r"\s*(?:for|as|in) ")
_NAMING = re.compile(r"[a-z][a-z'-]{2,}")


def label(clause: ReadClause, core: tuple[int, int]) -> frozenset[str]:
    """Return the lemmas that name one amount of a clause: those before it, or after it where all amounts come first.

    Args:
        clause: The clause.
        core: The place of the amount's number in the text.
    """
    words = _words(clause)
    places = sorted(one.core for one in clause.quantities if one.dimension is Dimension.MONEY) or [core]
    lead = clause.clause.text[places[0][1] - clause.clause.start :]
    before = any(start < places[0][0] for start, _ in words) and not _FOLLOWED.match(lead)
    index = places.index(core) if core in places else 0
    if before:
        low, high = places[index - 1][1] if index else clause.clause.start, core[0]
    else:
        low, high = core[1], places[index + 1][0] if index + 1 < len(places) else clause.clause.end
    own = frozenset(word for start, word in words if low <= start < high)
    return own or frozenset(word for _, word in words)


def label_in(sentence: Sequence[ReadClause], clause: ReadClause, core: tuple[int, int]) -> frozenset[str]:
    """Return an amount's label; where its clause has no word, as after "Storage:", that of the clauses before it."""
    own = label(clause, core)
    ahead = [one for one in sentence if one.clause.start < clause.clause.start and not one.quantities]
    return own or frozenset(word for one in ahead[-1:] for word in label(one, core))


def heading(lower: str, sentence: Sequence[ReadClause], clause: ReadClause) -> ReadClause | None:
    """Return the clause that ends with a colon right before this one and holds no amount: "Down payment: $1,000".

    Args:
        lower: The whole text, lower-cased.
        sentence: The clauses of the clause's sentence.
        clause: The clause.
    """
    ahead = [one for one in sentence if one.clause.start < clause.clause.start][-1:]
    headed = [one for one in ahead if not one.quantities and ":" in lower[one.clause.end - 1 : clause.clause.start]]
    return headed[0] if headed else None


def _words(clause: ReadClause) -> list[tuple[int, str]]:
    """Return the naming words of a clause with their places: no number, no unit, no word of mere grammar."""
    units = [(one.start, one.end) for one in clause.quantities]
    found = [(match.start() + clause.clause.start, match.group()) for match in _NAMING.finditer(clause.clause.text)]
    free = [one for one in found if not any(start <= one[0] < end for start, end in units)]
    return [(start, lemma(word)) for start, word in free if lemma(word) not in _COMMON]


__all__ = ["heading", "label", "label_in"]
