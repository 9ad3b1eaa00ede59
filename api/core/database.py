"""The async engine for units of work, the autocommit pool for hot reads, and the database's health."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import sqlalchemy.exc
from psycopg import AsyncConnection, OperationalError
from psycopg.adapt import Loader
from psycopg.rows import dict_row
from psycopg.types.json import set_json_loads
from psycopg.types.string import TextLoader
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

Row = dict[str, Any]
AWAY: tuple[type[Exception], ...] = (OperationalError, sqlalchemy.exc.OperationalError, sqlalchemy.exc.TimeoutError)
NEAR = 0.45  # the share of a word's trigrams that a near miss keeps: one slip in seven letters
_READ_TRIES = 3
_READER_OPTIONS = f"-c timezone=UTC -c pg_trgm.word_similarity_threshold={NEAR}"
_FULL_LENGTH = len("2026-01-31 23:59:59.123456+00")


class _TimestampText(Loader):
    """Load a timestamptz of a UTC session as RFC 3339 text with six fractional digits."""

    def load(self, data: Any) -> str:
        text = str(data, "ascii")
        if len(text) == _FULL_LENGTH:
            return f"{text[:10]}T{text[11:26]}Z"
        moment = text[: text.rindex("+")]
        whole, _, fraction = moment.partition(".")
        return f"{whole[:10]}T{whole[11:]}.{fraction:0<6}Z"


async def _prepare_reader(connection: AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)
    connection.prepare_threshold = 0
    connection.adapters.register_loader("timestamptz", _TimestampText)
    connection.adapters.register_loader("uuid", TextLoader)
    set_json_loads(orjson.loads, connection)


class Database:
    """Both ways to PostgreSQL; each comes back by itself after the server restarts."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_pre_ping=True,
            connect_args={"options": "-c timezone=UTC", "connect_timeout": 5},
        )
        self.sessions = async_sessionmaker(self.engine, class_=AsyncSession, expire_on_commit=False)
        self._readers: AsyncConnectionPool[AsyncConnection[Row]] = AsyncConnectionPool(
            url,
            min_size=2,
            max_size=pool_size,
            open=False,
            timeout=10,
            reconnect_timeout=5,
            configure=_prepare_reader,
            kwargs={"row_factory": dict_row, "options": _READER_OPTIONS, "connect_timeout": 5},
        )

    async def open(self) -> None:
        """Open the read pool; the engine connects when first used."""
        await self._readers.open()

    async def close(self) -> None:
        """Close both pools."""
        await self._readers.close()
        await self.engine.dispose()

    async def fetch(
        self, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = (), *, prepared: bool = True
    ) -> list[Row]:
        """Run one read and return its rows as dicts, timestamps and UUIDs as the API's text.

        Where the best plan hangs on the values, as in a search, `prepared=False` has it planned for them each time.
        A connection that the server dropped is replaced and the read tried again, since a read has no effect.
        """
        for _ in range(_READ_TRIES - 1):
            try:
                return await self._fetch(sql, parameters, prepared)
            except OperationalError as error:
                if isinstance(error, PoolTimeout):
                    raise
                await self._readers.check()
        return await self._fetch(sql, parameters, prepared)

    async def _fetch(self, sql: str, parameters: Mapping[str, Any] | Sequence[Any], prepared: bool) -> list[Row]:
        async with self._readers.connection() as connection:
            cursor = await connection.execute(sql.encode(), parameters, prepare=prepared)
            return await cursor.fetchall()

    async def latency_ms(self) -> float:
        """Ask the server for nothing and return how long that took, in milliseconds."""
        start = time.perf_counter()
        await self.fetch("SELECT 1")
        return (time.perf_counter() - start) * 1000
