"""Repository[T]: get, require, lock, add, remove; keyset pages over a select."""

import re
from collections.abc import Mapping
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    SmallInteger,
    Table,
    Uuid,
    func,
    literal,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

from api.core.errors import NotFoundError, ValidationError
from api.core.pagination import (
    KeyReader,
    Page,
    PageRequest,
    decode_cursor,
    encode_cursor,
    fingerprint,
    read_id,
    read_integer,
    read_moment,
    read_text,
)
from models.base import TableModel

T = TypeVar("T", bound=TableModel)
_TELEPHONE = re.compile(r"\s*\+?[\d\s().\u2010-\u2013/-]+")
_LEAST_DIGITS = 7
_READERS: tuple[tuple[Any, KeyReader], ...] = (
    (DateTime, read_moment),
    (Uuid, read_id),
    (BigInteger, read_integer(64)),
    (SmallInteger, read_integer(16)),
    (Integer, read_integer(32)),
)


def table_of(model: type[TableModel]) -> Table:
    """Return the Core table of a model, for statements that are compiled once."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


class Repository(Generic[T]):
    """Rows of one table within the unit of work's session."""

    model: type[T]

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get(self, row_id: UUID) -> T | None:
        """Return the row, or None."""
        return await self.session.get(self.model, row_id)

    async def require(self, row_id: UUID) -> T:
        """Return the row.

        Raises:
            NotFoundError: `not_found`.
        """
        row = await self.get(row_id)
        if row is None:
            raise NotFoundError()
        return row

    async def lock(self, row_id: UUID) -> T:
        """Return the row, locked until the commit and read afresh.

        Raises:
            NotFoundError: `not_found`.
        """
        row = await self.session.get(self.model, row_id, with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFoundError()
        return row

    async def add(self, row: T) -> T:
        """Insert the row now, so that its constraints speak at once."""
        self.session.add(row)
        await self.session.flush()
        return row

    async def remove(self, row: T) -> None:
        """Delete the row."""
        await self.session.delete(row)
        await self.session.flush()

    async def page(self, statement: Select[T], request: PageRequest, sorts: Mapping[str, Any], filters: Any) -> Page[T]:
        """Return one keyset page of a select over this table; `filters` identify the list for its cursors."""
        column, descending = sort_column(request.sort, sorts)
        mark = fingerprint(request.sort, filters)
        total = await self._total(statement) if request.include_total else None
        id_column: Any = self.model.id
        if request.cursor is not None:
            key, row_id = decode_cursor(mark, request.cursor, (key_reader(column.type), read_id))
            statement = statement.where(after(column, id_column, key, row_id, descending=descending))
        order = (column.desc(), id_column.desc()) if descending else (column.asc(), id_column.asc())
        found = await self.session.execute(statement.add_columns(column).order_by(*order).limit(request.limit + 1))
        rows = found.all()
        shown = rows[: request.limit]
        last = shown[-1] if len(rows) > request.limit else None
        cursor = encode_cursor(mark, [_packed(last[1]), last[0].id]) if last is not None else None
        return Page([row[0] for row in shown], cursor, total)

    async def _total(self, statement: Select[T]) -> int:
        counted = await self.session.execute(select(func.count()).select_from(statement.order_by(None).subquery()))
        return counted.scalar_one()


def sort_column(sort: str, sorts: Mapping[str, Any]) -> tuple[Any, bool]:
    """Return the column of a sort and whether it goes down.

    Raises:
        ValidationError: The list does not offer this sort.
    """
    name = sort.removeprefix("-")
    if name not in sorts:
        offered = ", ".join(sorted(sorts))
        raise ValidationError.at("query.sort", f"must be one of {offered}, with - in front for descending", "enum")
    return sorts[name], sort.startswith("-")


def key_reader(kind: TypeEngine[Any]) -> KeyReader:
    """Return what reads a cursor's key for a column of this type."""
    return next((reader for known, reader in _READERS if isinstance(kind, known)), read_text)


def like_pattern(q: str) -> str:
    """Return the LIKE pattern of texts that contain `q`; the database makes it lower case, as it did the texts."""
    escaped = q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def person_words(q: str) -> str:
    """Return what people are sought by: of a telephone number the digits, however it is written."""
    digits = re.sub(r"\D", "", q).lstrip("0")
    return digits if _TELEPHONE.fullmatch(q) and len(digits) >= _LEAST_DIGITS else q


def folded_pattern(words: Any) -> Any:
    """Return the LIKE pattern of folded texts that contain the words; NULL, which nothing is like, where none is left.

    Wildcards are escaped after the folding, which makes some of signs that look like them.
    """
    folded = func.nullif(func.btrim(func.folded_name(words)), literal_column("''"))
    arguments = (literal_column(told) for told in (r"'([\\%_])'", r"'\\\1'", "'g'"))
    return literal_column("'%'").concat(func.regexp_replace(folded, *arguments)).concat(literal_column("'%'"))


def after(column: Any, id_column: Any, key: Any, row_id: Any, *, descending: bool) -> ColumnElement[bool]:
    """Say that a row comes after the one with this key and id."""
    here = tuple_(column, id_column)
    there = tuple_(literal(key).cast(column.type), literal(row_id).cast(id_column.type))
    return here < there if descending else here > there


def _packed(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
