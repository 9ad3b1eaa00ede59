"""Who is told of which event."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import cast

import pytest
import reflex as rx

from api.core.bus import Event
from dealsmart_app.live import CONVERSATION, INBOX, PERSON, WATCHES, Pusher, Seat, concerned
from dealsmart_app.states.base import HubState
from dealsmart_app.states.notifications import NotificationState

ANA, LUIS = Seat("tab-ana", HubState), Seat("tab-luis", HubState)
BELL = Seat("tab-ana", NotificationState)


@pytest.fixture(autouse=True)
def nobody_watches() -> Iterator[None]:
    """Begin and end with nobody watching."""
    for seat in WATCHES.everybody():
        WATCHES.drop(seat.token)
    yield
    for seat in WATCHES.everybody():
        WATCHES.drop(seat.token)


def test_a_message_concerns_its_conversation_and_the_inbox() -> None:
    """Other conversations stay quiet."""
    WATCHES.add(ANA, CONVERSATION, "c1")
    WATCHES.add(LUIS, CONVERSATION, "c2")
    WATCHES.add(BELL, INBOX, "")
    assert concerned({"kind": "message.created", "conversation_id": "c1"}) == {ANA, BELL}


def test_a_seat_watches_one_key_a_topic() -> None:
    """Opening another conversation ends watching the first."""
    WATCHES.add(ANA, CONVERSATION, "c1")
    WATCHES.add(ANA, CONVERSATION, "c2")
    assert concerned({"kind": "draft.updated", "conversation_id": "c1"}) == set()
    assert concerned({"kind": "draft.updated", "conversation_id": "c2"}) == {ANA}


def test_a_notice_concerns_its_person() -> None:
    """A bell rings for one."""
    WATCHES.add(BELL, PERSON, "u1")
    assert concerned({"kind": "notification.created", "user_id": "u1"}) == {BELL}
    assert concerned({"kind": "notification.created", "user_id": "u2"}) == set()


def test_a_revocation_concerns_the_person_or_everybodys_bell() -> None:
    """An event with a session's id alone does not say whose it was, so every tab asks."""
    WATCHES.add(BELL, PERSON, "u1")
    WATCHES.add(LUIS, INBOX, "")
    assert concerned({"kind": "session.revoked", "user_id": "u1"}) == {BELL}
    assert concerned({"kind": "session.revoked", "user_id": "u2"}) == set()
    assert concerned({"kind": "session.revoked", "session_id": "s1"}) == {BELL}


def test_a_lost_connection_concerns_everybody() -> None:
    """What was said meanwhile was missed by all."""
    WATCHES.add(ANA, CONVERSATION, "c1")
    WATCHES.add(LUIS, INBOX, "")
    assert concerned({"kind": "bus.resumed"}) == {ANA, LUIS}


def test_a_closed_tab_is_forgotten() -> None:
    """Nothing of it stays behind."""
    WATCHES.add(ANA, CONVERSATION, "c1")
    WATCHES.add(BELL, PERSON, "u1")
    WATCHES.add(LUIS, INBOX, "")
    WATCHES.drop("tab-ana")
    assert WATCHES.everybody() == {LUIS}


class _Root:
    """A browser's states: the list, and whether the session stands."""

    def __init__(self, app: "_App") -> None:
        self._app = app

    async def get_state(self, _: type) -> "_Root":
        return self

    async def still_here(self) -> bool:
        return True

    async def heard(self, events: list[Event]) -> None:
        if self._app.faults:
            self._app.faults -= 1
            raise ConnectionError("the database restarts")
        self._app.heard.extend(str(event["id"]) for event in events)
        self._app.news.set()
        if self._app.afterwards:
            asyncio.get_running_loop().call_soon(self._app.afterwards.pop())


class _App:
    """As much of the app as a push uses: who is connected, and a state to be told."""

    def __init__(self) -> None:
        self.token_to_sid: dict[str, str] = {ANA.token: "sid"}
        self.event_namespace = self
        self.heard: list[str] = []
        self.news = asyncio.Event()
        self.afterwards: list[Callable[[], None]] = []
        self.faults = 0

    @contextlib.asynccontextmanager
    async def modify_state(self, _: object) -> AsyncIterator[_Root]:
        yield _Root(self)


def _news(number: int) -> Event:
    return {"kind": "conversation.updated", "conversation_id": f"c{number}", "id": number}


async def _until_heard(app: _App, count: int) -> None:
    async with asyncio.timeout(10):
        while len(app.heard) < count:
            app.news.clear()
            await app.news.wait()


@pytest.fixture
async def pushed() -> AsyncIterator[tuple[_App, Pusher]]:
    """A browser that watches the list, and who pushes to it."""
    app = _App()
    pusher = Pusher(cast(rx.App, app))
    WATCHES.add(ANA, INBOX, "")
    yield app, pusher
    await pusher.close()


async def test_no_event_is_lost_whenever_it_comes(pushed: tuple[_App, Pusher]) -> None:
    """Also one that comes in the very moment in which a push ends: it would wait for the next event."""
    app, pusher = pushed
    app.afterwards.append(lambda: pusher.take(_news(2)))
    pusher.take(_news(1))
    await _until_heard(app, 2)
    assert app.heard == ["1", "2"]


async def test_a_browser_that_was_away_hears_it_when_it_is_back(pushed: tuple[_App, Pusher]) -> None:
    """A socket that is lost for a moment leaves no list that is deaf from then on."""
    app, pusher = pushed
    app.token_to_sid.clear()
    pusher.take(_news(1))
    await asyncio.sleep(0.1)
    pusher.take(_news(2))
    assert app.heard == []
    app.token_to_sid[ANA.token] = "another"
    await _until_heard(app, 2)
    assert WATCHES.everybody() == {ANA}


async def test_a_push_that_fails_is_tried_again(pushed: tuple[_App, Pusher]) -> None:
    """The list does not stay behind until something else happens."""
    app, pusher = pushed
    app.faults = 1
    pusher.take(_news(1))
    await _until_heard(app, 1)
