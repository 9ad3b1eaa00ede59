"""Every sealed column of every table, for the rotation of the keys."""

from collections.abc import AsyncIterator, Callable
from typing import Any

from sqlalchemy import Column, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from models.sealing import MARK

ROWS_AT_ONCE = 500


def sealed_columns() -> list[Column[Any]]:
    """Return the columns that models declare with `sealed_text`."""
    tables = SQLModel.metadata.sorted_tables
    return [column for table in tables for column in table.columns if column.info.get(MARK)]


async def reseal(session: AsyncSession, column: Column[Any], moved: Callable[[str], str | None]) -> AsyncIterator[int]:
    """Rewrite a column's texts as `moved` returns them; yield how many of a batch changed, for a commit each.

    Args:
        session: Whose caller commits after each batch.
        column: A sealed column of a table whose key is `id`.
        moved: Returns the new text, or None where the old one may stay.
    """
    key, last = column.table.c.id, None
    while True:
        wanted = select(key, column).where(column.is_not(None)).order_by(key).limit(ROWS_AT_ONCE).with_for_update()
        rows = (await session.execute(wanted if last is None else wanted.where(key > last))).all()
        if not rows:
            return
        last = rows[-1][0]
        changes = [{"row": row_id, "text": text} for row_id, old in rows if (text := moved(old)) is not None]
        if changes:
            statement = update(column.table).where(key == bindparam("row")).values({column.name: bindparam("text")})
            await (await session.connection()).execute(statement, changes)
        yield len(changes)
