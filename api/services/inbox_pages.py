"""Pages of the inbox list: what it is asked for, what is sought in it, and where the next page begins."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from api.core.database import Database, Row
from api.core.pagination import Page, decode_cursor, encode_cursor, fingerprint, made_for
from api.core.security import Actor
from api.repositories.base import key_reader, person_words
from api.repositories.inbox import HITS, INBOX_SORTS, InboxShape, count_read, inbox_read, sort_keys
from api.repositories.inbox_search import EXACT, RARE_HITS, near_search
from models.inbox import InboxQuery, ListQuery
from models.users import Permission

_VALUES = ("status", "customer_id", "priority", "source", "label")
_CHOICES = ("statuses", "priorities", "sources", "labels")
_VIEWS = {
    "waiting": ("waiting", "unresolved", "awake"),
    "drafts": ("draft", "unresolved", "awake"),
    "flagged": ("draft", "unresolved", "awake"),
    "snoozed": ("asleep", "unresolved"),
    "unresolved": ("unresolved", "awake"),
}


async def page(database: Database, actor: Actor, query: ListQuery) -> Page[Row]:
    """Return a page of flat rows: near misses where nothing is what was sought, and where their cursor goes on.

    Raises:
        ValidationError: A cursor made for another sort or filter.
    """
    wanted = _wanted(actor, query)
    nearly = _nearly(wanted, query)
    if nearly is None or not made_for(nearly.mark, query.cursor):
        exact = await _page(database, wanted, query)
        if nearly is None or exact.rows or query.cursor is not None:
            return exact
    return replace(await _page(database, nearly, query), near=True)


@dataclass(frozen=True)
class _Wanted:
    """Which filters a list has, with their values, and how it is sought in, if it is."""

    sort: str
    filters: frozenset[str]
    values: Mapping[str, Any]
    search: str | None = None

    @property
    def mark(self) -> str:
        """The list's fingerprint for its cursors."""
        sought = () if self.search is None else (self.search,)
        return fingerprint(self.sort, sorted([*self.filters, *sought]), {**self.values, "caller": None})


def _wanted(actor: Actor, query: ListQuery) -> _Wanted:
    filters, values = _filters(actor, query)
    return _Wanted(query.sort, frozenset(filters), values, None if query.q is None else EXACT)


def _nearly(wanted: _Wanted, query: ListQuery) -> _Wanted | None:
    """Return the same list with the words of its search taken for misspelt, where they may be."""
    near = None if query.q is None else near_search(query.q)
    return near and replace(wanted, search=near[0], values={**wanted.values, **near[1]})


async def _page(database: Database, wanted: _Wanted, query: ListQuery) -> Page[Row]:
    values, filters = dict(wanted.values), wanted.filters
    if query.cursor is not None:
        readers = [key_reader(key.type) for key in INBOX_SORTS[query.sort.removeprefix("-")]]
        keys = decode_cursor(wanted.mark, query.cursor, readers)
        values.update({f"key_{place}": key for place, key in enumerate(keys)})
    if wanted.search is not None:
        hits = await _hits(database, wanted.search, values)
        if not hits:
            return Page([], None, 0 if query.include_total else None)
        filters |= {f"{wanted.search}_{'rare' if hits <= RARE_HITS else 'common'}"}
    shape = InboxShape(filters, query.sort, query.cursor is not None)
    total = await _total(database, shape, values) if query.include_total else None
    read = inbox_read(shape)
    values = read.with_values({**values, "limit": query.limit + 1})
    rows = await database.fetch(read.sql, values, prepared=query.q is None)
    shown = rows[: query.limit]
    cursor = encode_cursor(wanted.mark, sort_keys(shown[-1], query.sort)) if len(rows) > query.limit else None
    return Page(shown, cursor, total)


def _filters(actor: Actor, query: ListQuery) -> tuple[set[str], dict[str, Any]]:
    values: dict[str, Any] = {name: value for name in _VALUES if (value := getattr(query, name)) is not None}
    if isinstance(query, InboxQuery):
        values |= {name: [str(one) for one in chosen] for name in _CHOICES if (chosen := getattr(query, name))}
    filters = set(values)
    if query.assigned_to == "none":
        filters.add("unassigned")
    elif query.assigned_to is not None:
        filters.add("assigned_to")
        values["assigned_to"] = actor.user_id if query.assigned_to == "me" else query.assigned_to
    if query.unread:
        filters.add("unread")
    filters |= _view_filters(query)
    if isinstance(query, InboxQuery):
        values |= _view_values(query)
    if query.q is not None:
        values.update(q=query.q, sought=person_words(query.q), internal=actor.may(Permission.READ_INTERNAL))
    values["caller"] = actor.user_id
    return filters, values


def _view_filters(query: ListQuery) -> set[str]:
    if not isinstance(query, InboxQuery):
        return set() if query.snoozed else {"awake"}
    late = set() if query.overdue_min is None else {"overdue"}
    return late | (set(_VIEWS[query.view]) if query.view else set() if query.snoozed else {"awake"})


def _view_values(query: InboxQuery) -> dict[str, Any]:
    draft = {} if query.view is None else {"draft": "flagged" if query.view == "flagged" else "ready"}
    return draft if query.overdue_min is None else {**draft, "overdue_min": query.overdue_min}


async def _hits(database: Database, search: str, values: Mapping[str, Any]) -> int:
    """Count the hits of a search, those beyond RARE_HITS of a kind not at all."""
    read = HITS[search]
    return (await database.fetch(read.sql, read.with_values(values), prepared=False))[0]["hits"]


async def _total(database: Database, shape: InboxShape, values: dict[str, Any]) -> int:
    read = count_read(InboxShape(shape.filters, shape.sort))
    return (await database.fetch(read.sql, read.with_values(values), prepared="q" not in values))[0]["total"]
