"""Who is listed and who is sought among a million users: by windows, words and near misses."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Text, and_, func, literal_column, or_, select, text

from api.core.database import NEAR
from api.core.errors import ValidationError
from api.core.pagination import Page, PageRequest, decode_cursor, encode_cursor, fingerprint, read_id
from api.repositories.base import Repository, after, key_reader, like_pattern, sort_column
from models.users import LAST_LOGIN, User, UserStatus

WINDOW = 5_000  # rows that are read in the list's order before an index collects every hit
MISSES = 300  # near misses of which the nearest are shown
_WORD = re.compile(r"[^\W_]+")
_PLANS = text(
    "SELECT set_config('plan_cache_mode', 'force_custom_plan', true),"
    " set_config('pg_trgm.word_similarity_threshold', :near, true)"
)
_FROM_THE_NEWEST = ["9999-12-31T23:59:59+00:00", UUID(int=2**128 - 1)]
_U: Any = User
SORTS: dict[str, Any] = {
    "created_at": _U.created_at,
    "email": func.lower(_U.email, type_=Text()),
    "last_login_at": literal_column(LAST_LOGIN, _U.created_at.type),
}


@dataclass(frozen=True)
class _Order:
    """What a page is sorted by, and which way."""

    key: Any
    descending: bool

    def of(self, key: Any, row_id: Any) -> list[Any]:
        return [key.desc(), row_id.desc()] if self.descending else [key.asc(), row_id.asc()]


class UserSearchRepository(Repository[User]):
    """Pages of users; deleted ones are left out unless they are asked for."""

    model = User

    async def listed(self, request: PageRequest, filters: dict[str, Any], now: datetime) -> Page[User]:
        """Return a page; filters are `role`, `status`, `verified` (e-mail), `age_verified` and `q`, a part of a name.

        Raises:
            ValidationError: The sort or the cursor is not of this list.
        """
        order = _Order(*sort_column(request.sort, SORTS))
        mark = fingerprint(request.sort, filters)
        scope = _conditions(filters, now)
        matching = _contains(filters["q"]) if filters.get("q") else None
        await self._plan_for_values()
        total = await self._count(scope, matching) if request.include_total else None
        if request.cursor is not None:
            scope = [*scope, _beyond(order, mark, request.cursor)]
        rows = await self._page(scope, matching, order, request.limit + 1)
        return _paged(rows, mark, request.limit, total)

    async def sought(self, request: PageRequest, filters: dict[str, Any], now: datetime) -> Page[User]:
        """Return whom the words of `q` mean: himself first, then the newest; else the nearest misses.

        Raises:
            ValidationError: The cursor is not of this list.
        """
        q = str(filters["q"]).lower()
        order = _Order(_U.created_at, descending=True)
        by_words, by_nearness = fingerprint("words", filters), fingerprint("near", filters)
        scope = _conditions({**filters, "q": None}, now)
        matching = _words(q)
        await self._plan_for_values()
        cursor = request.cursor
        if cursor is not None and not _is_of(by_words, cursor):
            return await self._near(request, scope, q, by_nearness)
        total = await self._count(scope, matching) if request.include_total else None
        himself = await self._exact(scope, q) if cursor is None and " " not in q else []
        place = [_beyond(order, by_words, cursor)] if cursor is not None else []
        wanted = request.limit - len(himself)
        rows = await self._page([*scope, ~_is_exactly(q), *place], matching, order, wanted + 1)
        if not (himself or rows or cursor):
            return await self._near(request, scope, q, by_nearness)
        page = _paged(rows, by_words, wanted, total)
        following = _FROM_THE_NEWEST if rows and not wanted else None
        cursor = encode_cursor(by_words, following) if following else page.next_cursor
        return Page([*himself, *page.rows], cursor, total)

    async def _plan_for_values(self) -> None:
        """Have each statement planned for its values: the best plan for a rare one is the worst for a common one."""
        await self.session.execute(_PLANS, {"near": str(NEAR)})

    async def _page(self, scope: list[Any], matching: Any, order: _Order, limit: int) -> list[Any]:
        if matching is None:
            statement = select(User, order.key).where(*scope).order_by(*order.of(order.key, _U.id)).limit(limit)
            return list((await self.session.execute(statement)).all())
        found = await self._run(_in_window(scope, order), matching, order, limit)
        return (
            found if len(found) == limit else await self._run(_everywhere(scope, matching, order), None, order, limit)
        )

    async def _run(self, source: Any, matching: Any, order: _Order, limit: int) -> list[Any]:
        """Take the first hits of a source, and only then read whole rows."""
        hits = select(source.c.id, source.c.key).order_by(*order.of(source.c.key, source.c.id)).limit(limit)
        if matching is not None:
            hits = hits.where(matching(source.c))
        chosen = hits.subquery()
        statement = select(User, chosen.c.key).join(chosen, chosen.c.id == _U.id)
        found = await self.session.execute(statement.order_by(*order.of(chosen.c.key, chosen.c.id)))
        return list(found.all())

    async def _exact(self, scope: list[Any], q: str) -> list[User]:
        statement = select(User).where(*scope, _is_exactly(q)).order_by(_U.id)
        return list((await self.session.execute(statement)).scalars())

    async def _near(self, request: PageRequest, scope: list[Any], q: str, mark: str) -> Page[User]:
        """Return the nearest of some misses; of an e-mail its name counts only, since half of all share its domain.

        The misses are found by their index, whatever the planner thinks of it: to compare two texts costs more
        than it believes.
        """
        wanted = q.partition("@")[0] or q
        nearness = func.round(func.word_similarity(wanted, _U.search) * 1000).cast(Integer)
        order = _Order(nearness, descending=True)
        await self.session.execute(text("SELECT set_config('enable_seqscan', 'off', true)"))
        misses = select(_U.id, nearness.label("key")).where(*scope, _U.search.op("%>")(wanted)).limit(MISSES)
        found = misses.cte("misses").prefix_with("MATERIALIZED")
        total = None
        if request.include_total:
            total = (await self.session.execute(select(func.count()).select_from(found))).scalar_one()
        beyond = None
        if request.cursor is not None:
            key, row_id = decode_cursor(mark, request.cursor, (key_reader(nearness.type), read_id))
            beyond = partial(_after, key=key, row_id=row_id)
        rows = await self._run(found, beyond, order, request.limit + 1)
        return _paged(rows, mark, request.limit, total)

    async def _count(self, scope: list[Any], matching: Any) -> int:
        conditions = scope if matching is None else [*scope, matching(_U)]
        return (await self.session.execute(select(func.count()).select_from(User).where(*conditions))).scalar_one()


def _in_window(scope: list[Any], order: _Order) -> Any:
    """Read some thousands of rows in the list's own order: a common hit is among them."""
    columns = (_U.id, order.key.label("key"), _U.search, _U.words)
    return select(*columns).where(*scope).order_by(*order.of(order.key, _U.id)).limit(WINDOW).subquery()


def _everywhere(scope: list[Any], matching: Any, order: _Order) -> Any:
    """Collect every hit by its index; materialised, so that no hope of an early end makes it walk instead."""
    conditions = scope if matching is None else [*scope, matching(_U)]
    hits = select(_U.id, order.key.label("key")).where(*conditions).cte("hits")
    return hits.prefix_with("MATERIALIZED")


def _paged(rows: list[Any], mark: str, limit: int, total: int | None) -> Page[User]:
    shown = rows[:limit]
    cursor = None
    if len(rows) > limit and shown:
        user, key = shown[-1]
        cursor = encode_cursor(mark, [key.isoformat() if isinstance(key, datetime) else key, user.id])
    return Page([row[0] for row in shown], cursor, total)


def _beyond(order: _Order, mark: str, cursor: str) -> ColumnElement[bool]:
    key, row_id = decode_cursor(mark, cursor, (key_reader(order.key.type), read_id))
    return after(order.key, _U.id, key, row_id, descending=order.descending)


def _after(columns: Any, key: Any, row_id: Any) -> ColumnElement[bool]:
    return after(columns.key, columns.id, key, row_id, descending=True)


def _is_of(mark: str, cursor: str) -> bool:
    try:
        decode_cursor(mark, cursor, (key_reader(_U.created_at.type), read_id))
    except ValidationError:
        return False
    return True


def _contains(part: str) -> Any:
    pattern = func.lower(like_pattern(part))
    return lambda columns: columns.search.like(pattern)


def _words(q: str) -> Any:
    """Say that every word of `q` begins a word of the names; without a word in it, that the names contain it."""
    words = _WORD.findall(q)
    if not words:
        return _contains(q)
    query = func.to_tsquery(literal_column("'simple'"), " & ".join(f"{word}:*" for word in words))
    return lambda columns: columns.words.op("@@")(query)


def _is_exactly(q: str) -> ColumnElement[bool]:
    return or_(func.lower(_U.username) == q, func.lower(_U.email) == q)


def has_status(status: UserStatus, now: datetime) -> ColumnElement[bool]:
    """Say that a user has a status now; a suspension that is over counts as none."""
    over = (_U.status == UserStatus.SUSPENDED) & (_U.suspended_until <= now)
    match status:
        case UserStatus.ACTIVE:
            return (_U.status == UserStatus.ACTIVE) | func.coalesce(over, False)
        case UserStatus.SUSPENDED:
            return (_U.status == UserStatus.SUSPENDED) & ~func.coalesce(over, False)
        case UserStatus.DELETED:
            return _U.status == UserStatus.DELETED


def _conditions(filters: dict[str, Any], now: datetime) -> list[ColumnElement[bool]]:
    status = filters.get("status")
    found = [_U.status != UserStatus.DELETED if status is None else has_status(status, now)]
    if filters.get("role") is not None:
        found.append(_U.role == filters["role"])
    if filters.get("verified") is not None:
        found.append(_U.email_verified_at.is_not(None) == filters["verified"])
    if filters.get("age_verified") is not None:
        holds = and_(_U.age_verified_until.is_not(None), _U.age_verified_until > now)
        found.append(holds if filters["age_verified"] else or_(_U.age_verified_until.is_(None), ~holds))
    return found
