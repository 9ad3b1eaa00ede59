"""LISTEN/NOTIFY: one listener a process, which hands each event to everybody who subscribed."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import psycopg

from api.core.logging import get_logger

CHANNEL = "hub"
RECONNECT_SECONDS = 0.5
Event = dict[str, Any]
Subscriber = Callable[[Event], Awaitable[None] | None]
log = get_logger(__name__)


class Bus:
    """Events carry a `kind` and ids, never contents: a subscriber reads what he may see.

    After the connection was lost, subscribers get `{"kind": "bus.resumed"}`, since events may have been missed.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._subscribers: list[Subscriber] = []
        self.connected = asyncio.Event()

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call `subscriber` with each event; return what ends that."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber) if subscriber in self._subscribers else None

    async def run(self) -> None:
        """Listen until cancelled, connecting again whenever the server went away."""
        lost = False
        while True:
            try:
                await self._listen(resumed=lost)
            except (psycopg.Error, OSError) as error:
                log.warning("the event listener lost its connection", reason=type(error).__name__)
            lost = True
            self.connected.clear()
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen(self, *, resumed: bool) -> None:
        connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True, connect_timeout=5)
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}".encode())
            self.connected.set()
            if resumed:
                await self._deliver({"kind": "bus.resumed"})
            async for notice in connection.notifies():
                await self._deliver(orjson.loads(notice.payload))

    async def _deliver(self, event: Event) -> None:
        for subscriber in list(self._subscribers):
            try:
                result = subscriber(event)
                if result is not None:
                    await result
            except Exception:
                # one subscriber's fault must not end the others' events
                log.exception("a subscriber failed", kind=event.get("kind"))


class Feed:
    """A subscriber with a bounded queue of its own; what is too much for it becomes `bus.resumed`."""

    def __init__(self, bus: Bus, wanted: Callable[[Event], bool], size: int = 256) -> None:
        self._queue: asyncio.Queue[Event] = asyncio.Queue(size)
        self._wanted = wanted
        self._bus = bus
        self._end: Callable[[], None] | None = None

    def __enter__(self) -> "Feed":
        self._end = self._bus.subscribe(self._take)
        return self

    def __exit__(self, *_: object) -> None:
        if self._end is not None:
            self._end()

    def _take(self, event: Event) -> None:
        if not (self._wanted(event) or event["kind"] == "bus.resumed"):
            return
        if self._queue.full():
            with contextlib.suppress(asyncio.QueueEmpty):
                self._queue.get_nowait()
            event = {"kind": "bus.resumed"}
        self._queue.put_nowait(event)

    async def next(self, timeout_seconds: float) -> Event | None:
        """Return the next event, or None when the time is over."""
        try:
            return await asyncio.wait_for(self._queue.get(), timeout_seconds)
        except TimeoutError:
            return None
