"""Live screens: who watches what, and how the bus's events become pushes to the browsers that watch.

A screen's state says `watch(self, CONVERSATION, id)` and has a method `heard(events)` that reads
anew what it shows. A push goes round the event gate, so each one asks again who is there.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import reflex as rx
from reflex.istate.manager.token import BaseStateToken
from reflex.state import StateUpdate
from reflex_base.event import Event as ScreenEvent

from api.core.bus import Event
from api.core.logging import get_logger
from api.services.house import house
from dealsmart_app.states.base import HubState, door

CONVERSATION, INBOX, PERSON = "conversation", "inbox", "person"
COALESCE_SECONDS = 0.01
ABSENT_SECONDS = 60.0
ABSENT_STEP_SECONDS = 0.5
TRIES = 3
log = get_logger(__name__)


@runtime_checkable
class Listener(Protocol):
    """A screen's state that can be told that something it shows has changed."""

    async def heard(self, events: list[Event]) -> None:
        """Read anew what is on screen; called under the state's lock."""
        ...


@dataclass(frozen=True, slots=True)
class Seat:
    """One kind of screen in one browser tab."""

    token: str
    state: type[HubState]


class Watches:
    """Seats by what they watch: a seat watches one key a topic, `""` standing for the whole topic."""

    def __init__(self) -> None:
        self._keys: dict[Seat, dict[str, str]] = defaultdict(dict)
        self._seats: dict[tuple[str, str], set[Seat]] = defaultdict(set)

    def add(self, seat: Seat, topic: str, key: str) -> None:
        """Let the seat watch the key, instead of what it watched of this topic."""
        self.remove(seat, topic)
        self._keys[seat][topic] = key
        self._seats[topic, key].add(seat)

    def remove(self, seat: Seat, topic: str) -> None:
        """End what the seat watches of the topic."""
        key = self._keys[seat].pop(topic, None)
        if key is not None:
            self._seats[topic, key].discard(seat)
            if not self._seats[topic, key]:
                del self._seats[topic, key]
        if not self._keys[seat]:
            del self._keys[seat]

    def drop(self, token: str) -> None:
        """End everything that a tab watches."""
        for seat in [seat for seat in self._keys if seat.token == token]:
            for topic in list(self._keys[seat]):
                self.remove(seat, topic)

    def seats(self, topic: str, key: str) -> set[Seat]:
        """Return a copy of who watches the key."""
        return set(self._seats.get((topic, key), ()))

    def everybody(self) -> set[Seat]:
        """Return every seat."""
        return set(self._keys)

    def whole(self, topic: str) -> set[Seat]:
        """Return who watches anything of the topic."""
        return {seat for seat, keys in self._keys.items() if topic in keys}


WATCHES = Watches()


def _seat(state: HubState) -> Seat:
    return Seat(state.router.session.client_token, type(state))


def watch(state: HubState, topic: str, key: str = "") -> None:
    """Push to this screen what happens to the key from now on.

    Args:
        state: The screen's state; it must have `heard` (see Listener).
        topic: CONVERSATION (key: its id), INBOX (no key), PERSON (key: the user's id).
        key: Replaces the key that this screen watched of the topic before.

    Raises:
        TypeError: The state cannot be told.
    """
    if not isinstance(state, Listener):
        raise TypeError(f"{type(state).__name__} has no heard()")
    WATCHES.add(_seat(state), topic, key)


def unwatch(state: HubState, topic: str) -> None:
    """End what this screen watches of the topic."""
    WATCHES.remove(_seat(state), topic)


def concerned(event: Event) -> set[Seat]:
    """Return the seats that an event concerns."""
    kind = event["kind"]
    if kind == "bus.resumed":
        return WATCHES.everybody()
    if kind == "session.revoked" and event.get("session_id"):
        return WATCHES.whole(PERSON)
    if kind in ("notification.created", "session.revoked"):
        return WATCHES.seats(PERSON, str(event.get("user_id")))
    if (conversation := event.get("conversation_id")) is None:
        return set()
    return WATCHES.seats(CONVERSATION, str(conversation)) | WATCHES.seats(INBOX, "")


class Pusher:
    """Gathers what concerns a seat for 10 ms, then pushes it once, one push a seat at a time.

    What cannot be pushed is kept: a browser that is away for a moment gets it when it is back, since its screens
    are not loaded anew then; a push that fails is tried again.
    """

    def __init__(self, app: rx.App) -> None:
        self._app = app
        self._waiting: dict[Seat, list[Event]] = {}
        self._tasks: dict[Seat, asyncio.Task[None]] = {}

    def take(self, event: Event) -> None:
        """Queue an event for every seat that it concerns."""
        for seat in concerned(event):
            self._waiting.setdefault(seat, []).append(event)
            if seat not in self._tasks:
                self._tasks[seat] = asyncio.create_task(self._serve(seat))

    async def _serve(self, seat: Seat) -> None:
        try:
            while seat in self._waiting:
                await asyncio.sleep(COALESCE_SECONDS)
                if await self._there(seat):
                    await self._try(seat, self._waiting.pop(seat))
                else:
                    del self._waiting[seat]
                    WATCHES.drop(seat.token)
        finally:
            # here and not in a callback of the task: between its end and that, an event would find it still listed
            del self._tasks[seat]

    async def _there(self, seat: Seat) -> bool:
        """Wait for a browser that lost its socket; tell whether it is there."""
        loop = asyncio.get_running_loop()
        end = loop.time() + ABSENT_SECONDS
        while not self._connected(seat):
            if loop.time() > end:
                return False
            await asyncio.sleep(ABSENT_STEP_SECONDS)
        return True

    def _connected(self, seat: Seat) -> bool:
        namespace = self._app.event_namespace
        return namespace is not None and seat.token in namespace.token_to_sid

    async def _try(self, seat: Seat, events: list[Event]) -> None:
        for tried in range(1, TRIES + 1):
            try:
                await self._push(seat, events)
            except Exception:
                log.exception("a push failed", state=seat.state.__name__, tried=tried)
                await asyncio.sleep(tried * ABSENT_STEP_SECONDS)
            else:
                return

    async def _push(self, seat: Seat, events: list[Event]) -> None:
        namespace = self._app.event_namespace
        if namespace is None:
            return
        async with self._app.modify_state(BaseStateToken(ident=seat.token, cls=seat.state)) as root:
            hub = await root.get_state(HubState)
            if not await hub.still_here():
                WATCHES.drop(seat.token)
                go = ScreenEvent.from_event_type(rx.redirect(door(hub)))
                await namespace.emit_update(update=StateUpdate(events=go), token=seat.token)
                return
            state: Any = await root.get_state(seat.state)
            await state.heard(events)

    async def close(self) -> None:
        """Give up the pushes that have not gone out."""
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)


@contextlib.asynccontextmanager
async def pushing(app: rx.App) -> AsyncIterator[None]:
    """Push the house's events to the screens until the block ends."""
    pusher = Pusher(app)
    end = house().bus.subscribe(pusher.take)
    try:
        yield
    finally:
        end()
        await pusher.close()


__all__ = ["CONVERSATION", "INBOX", "PERSON", "pushing", "unwatch", "watch"]
