"""The yardstick: bare Starlette, psycopg and orjson, doing the same queries and nothing else."""

import contextlib
import os
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import orjson
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.repositories.inbox import STATUS, InboxShape, Read, conversation_row, inbox_read
from api.repositories.thread import SINCE, message_row

CALLER = os.environ["BENCH_CALLER"]
LIST = inbox_read(InboxShape(frozenset({"status", "awake"})))
pool = AsyncConnectionPool(
    os.environ["DATABASE_URL"],
    min_size=2,
    max_size=10,
    open=False,
    kwargs={"autocommit": True, "row_factory": dict_row, "prepare_threshold": 0},
)


async def _rows(read: Read, values: dict[str, Any]) -> list[dict[str, Any]]:
    async with pool.connection() as connection:
        return await (await connection.execute(read.sql.encode(), read.with_values(values))).fetchall()


def _json(data: Any) -> Response:
    return Response(orjson.dumps({"data": data}), media_type="application/json")


async def listing(request: Request) -> Response:
    """The first 26 open conversations."""
    rows = await _rows(LIST, {"status": request.query_params["status"], "caller": CALLER, "limit": 26})
    return _json([conversation_row(row) for row in rows[:25]])


async def poll(request: Request) -> Response:
    """A thread's messages since a time."""
    moment = datetime.fromisoformat(request.query_params["since"])
    values = {"conversation_id": request.path_params["id"], "internal": True, "moment": moment, "limit": 26}
    return _json([message_row(row) for row in await _rows(SINCE, values)])


async def status(request: Request) -> Response:
    """A conversation's status."""
    return _json(await _rows(STATUS, {"id": request.path_params["id"], "caller": CALLER}))


@contextlib.asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    async with pool:
        yield


app = Starlette(
    routes=[
        Route("/api/v1/conversations", listing),
        Route("/api/v1/conversations/{id}/messages", poll),
        Route("/api/v1/conversations/{id}/status", status),
    ],
    lifespan=lifespan,
)
