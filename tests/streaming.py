"""A conversation's event stream as a client of it reads it."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx

CONVERSATIONS = "/api/v1/conversations"
PATIENCE_SECONDS = 5.0


@dataclass(frozen=True)
class Told:
    """One server-sent event; a comment has only text."""

    kind: str | None
    event_id: str | None
    data: Any
    comment: str | None = None


class Stream:
    """An open stream, read event by event."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.aiter_lines()

    async def next(self, timeout_seconds: float = PATIENCE_SECONDS) -> Told:
        """Return the next event or comment; raise StopAsyncIteration at the stream's end."""
        return await asyncio.wait_for(self._next(), timeout_seconds)

    async def _next(self) -> Told:
        fields: dict[str, str] = {}
        while (line := await anext(self._lines)) != "":
            name, _, value = line.partition(": ")
            fields[name or "comment"] = value
        data = json.loads(fields["data"]) if "data" in fields else None
        return Told(fields.get("event"), fields.get("id"), data, fields.get("comment"))

    async def until(self, kind: str) -> Told:
        """Return the next event of a kind."""
        while (told := await self.next()).kind != kind:
            pass
        return told

    async def seconds_to_end(self) -> float:
        """Wait for the stream's end, and return how long that took."""
        start = time.monotonic()
        with contextlib.suppress(StopAsyncIteration):
            while True:
                await self.next(10)
        return time.monotonic() - start


async def opened(web: httpx.AsyncClient, headers: dict[str, str]) -> str:
    """Open a conversation and return its id."""
    body = {"customer": {"name": "Marisol Vega"}, "source": "web", "message": {"content": "Is the RAV4 still there?"}}
    answer = await web.post(CONVERSATIONS, json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]["id"]


@contextlib.asynccontextmanager
async def listening(
    web: httpx.AsyncClient, headers: dict[str, str], conversation: str, last_event_id: str | None = None
) -> AsyncIterator[Stream]:
    """Open the conversation's stream, and wait until it listens."""
    resume = {"Last-Event-ID": last_event_id} if last_event_id else {}
    request = web.stream("GET", f"{CONVERSATIONS}/{conversation}/events", headers=headers | resume)
    async with request as response:
        assert response.status_code == 200, await response.aread()
        stream = Stream(response)
        assert (await stream.next()).comment == "open"
        yield stream
