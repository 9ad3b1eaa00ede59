"""What a search of conversations means: names, subjects and messages that hold it, or names and subjects nearly."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text as SqlText
from sqlalchemy import and_, bindparam, func, literal_column, or_, select, true, union_all
from sqlalchemy.dialects import postgresql

import models.conversations
import models.customers
import models.messages
from api.repositories.base import folded_pattern, table_of

RARE_HITS = 2_000
SHORTEST = 5  # letters of a word that may be misspelt; shorter ones share their trigrams with too many
SHORT, LONG = 6, 10  # letters; of longer ones a slip of one letter, or of two changed about, leaves enough trigrams
TRIGRAM = 3
MOST_WORDS = 4  # that may be misspelt; who writes more seeks a sentence
APOSTROPHES = "'’‘ʼ`´"  # what the database's folded_name leaves out
C = table_of(models.conversations.Conversation)
CU = table_of(models.customers.Customer)
M = table_of(models.messages.Message)
_WORD = re.compile(r"[^\W_]+")
_EXACTLY = frozenset('"@')  # a phrase or an e-mail is meant as it is written


@dataclass(frozen=True)
class Search:
    """The conditions of a search; near misses have none of messages."""

    people: Any
    subject: Any
    message: Any = None

    def hits(self) -> Any:
        """Collect the conversations, of each kind at most one more than counts as rare."""
        found = [
            select(C.c.id).where(C.c.customer_id.in_(self._people())),
            select(C.c.id).where(self.subject),
        ]
        if self.message is not None:
            found.append(select(M.c.conversation_id).where(self.message))
        return union_all(*(each.limit(RARE_HITS + 1) for each in found))

    def holds(self) -> Any:
        """Say that a conversation is meant."""
        told = [C.c.customer_id.in_(self._people()), self.subject]
        return or_(*told) if self.message is None else or_(*told, self._some_message())

    def count(self) -> Any:
        """Count the hits, as far as they are collected."""
        return select(func.count().label("hits")).select_from(self.hits().subquery())

    def _people(self) -> Any:
        return select(CU.c.id).where(self.people)

    def _some_message(self) -> Any:
        """Say so by a scalar subquery: an EXISTS may be hashed, which collects every hit before the first row."""
        matching = select(true()).where(M.c.conversation_id == C.c.id, self.message)
        return matching.limit(literal_column("1")).correlate(C).scalar_subquery()


def _exact() -> Search:
    pattern = folded_pattern(bindparam("sought", type_=SqlText))
    words = func.websearch_to_tsquery(literal_column("'simple'"), func.folded(bindparam("q", type_=SqlText)))
    visible = or_(M.c.internal.is_(False), bindparam("internal", type_=postgresql.BOOLEAN()))
    message = and_(M.c.tsv.op("@@")(words), M.c.state == "sent", visible)
    return Search(CU.c.search.like(pattern), C.c.search.like(pattern), message)


def _near(count: int) -> Search:
    """Make the search for so many words that may be misspelt.

    Of a customer the name alone counts: half of all e-mails share a domain.
    """
    people = and_(nearly(func.folded_name(CU.c.name), count), CU.c.erased_at.is_(None))
    return Search(people, nearly(C.c.search, count))


def nearly(text: Any, count: int) -> Any:
    """Say that a folded text holds each of so many words nearly, and the shorter ones as they are.

    Nearly is a share NEAR of the trigrams, or one slip, which leaves a short word fewer of them.
    """
    alike = [
        or_(
            text.op("%>")(func.folded_name(bindparam(f"near_{place}", type_=SqlText))),
            text.like(func.any(_patterns(f"slips_{place}"))),
        )
        for place in range(count)
    ]
    return and_(*alike, text.like(func.all(_patterns("parts"))))


def _patterns(name: str) -> Any:
    """Fold many patterns at once; they hold letters, digits and wildcards, and no space."""
    return func.string_to_array(func.folded_name(bindparam(name, type_=SqlText)), literal_column("' '"))


EXACT = "exact"
SEARCHES = {EXACT: _exact(), **{f"near_{count}": _near(count) for count in range(1, MOST_WORDS + 1)}}


def near_search(q: str) -> tuple[str, dict[str, str]] | None:
    """Return the search that takes the words of `q` for misspelt, and its values; None where none of them may be.

    Short words and numbers must stand in the text as they are.
    """
    words = _WORD.findall(q.translate(dict.fromkeys(map(ord, APOSTROPHES))))
    alike = [word for word in words if word.isalpha() and len(word) >= SHORTEST]
    if not 0 < len(alike) <= MOST_WORDS or _EXACTLY & set(q):
        return None
    values = {"parts": _joined(word for word in words if word not in alike)}
    for place, word in enumerate(alike):
        values |= {f"near_{place}": word, f"slips_{place}": _joined(slips(word))}
    return f"near_{len(alike)}", values


def slips(word: str) -> list[str]:
    """Return the LIKE patterns of the word with one slip that may leave it too few trigrams.

    Any letter wrong, missing or too many in a SHORT one; two neighbours changed about in one that is not LONG. None has
    fewer than three letters in a row, of which the index knows nothing: of five letters the middle one must be right.
    """
    cuts = [(word[:at], word[at:]) for at in range(len(word))]
    found = [f"{before}{after[1]}{after[0]}{after[2:]}" for before, after in cuts[:-1] if len(word) <= LONG]
    if len(word) <= SHORT:
        found += [f"{before}{after[1:]}" for before, after in cuts]
        found += [f"{before}_{after[gone:]}" for before, after in cuts[1:] for gone in (0, 1) if after[gone:]]
    return [each for each in found if max(map(len, each.split("_"))) >= TRIGRAM]


def _joined(words: Iterable[str]) -> str:
    return " ".join(f"%{word}%" for word in words)
