"""/conversations/{id}/events over a served socket: what arrives, where it goes on, and when it ends."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.policy import ROUTES
from api.services import live
from api.services.house import House
from models.users import Role
from tests.conftest import SignedIn, SignIn
from tests.streaming import CONVERSATIONS, listening, opened


@pytest.fixture
async def web(api: FastAPI, house: House) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API as uvicorn serves it on a port of its own."""
    config = uvicorn.Config(api, port=0, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    for _ in range(500):
        if server.started:
            break
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        yield client
    server.should_exit = True
    await asyncio.wait_for(serving, 5)


async def say(web: httpx.AsyncClient, who: SignedIn, conversation: str, content: str) -> dict[str, Any]:
    """Send a reply and return it."""
    body = {"content": content, "sender": "staff"}
    answer = await web.post(f"{CONVERSATIONS}/{conversation}/messages", json=body, headers=who.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


async def subscribers(house: House, wanted: int) -> int:
    """Return how many listen to the bus, once it is `wanted` or 5 s have passed."""
    for _ in range(100):
        if _listeners(house) == wanted:
            break
        await asyncio.sleep(0.05)
    return _listeners(house)


def _listeners(house: House) -> int:
    return len(house.bus._subscribers)


async def test_everything_that_happens_arrives_as_the_object(web: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    conversation = await opened(web, staff.headers)
    async with listening(web, staff.headers, conversation) as stream:
        assert stream.response.headers["content-type"].startswith("text/event-stream")
        assert stream.response.headers["cache-control"] == "no-store"
        assert "content-encoding" not in stream.response.headers

        sent = await say(web, staff, conversation, "Yes, it is.")
        created = await stream.until("message.created")
        assert created.data == sent
        assert created.event_id == sent["sent_at"]
        updated = await stream.until("conversation.updated")
        assert updated.data["last_message"]["id"] == sent["id"]
        assert "pending_draft" not in updated.data
        shown = await web.get(f"{CONVERSATIONS}/{conversation}", headers=staff.headers)
        assert set(shown.json()["data"]) - set(updated.data) == {"messages", "older_cursor"}

        drafted = await web.post(f"{CONVERSATIONS}/{conversation}/ai-suggest", json={}, headers=staff.headers)
        draft = drafted.json()["data"]
        told = await stream.until("draft.updated")
        assert (told.data["id"], told.data["assistance"]["status"]) == (draft["id"], draft["assistance"]["status"])

        accepted = await web.post(
            f"/api/v1/messages/{draft['id']}/accept", json={"acknowledge_flags": True}, headers=staff.headers
        )
        assert accepted.status_code == 200, accepted.text
        arrived = await stream.until("message.created")
        assert (arrived.data["id"], arrived.data["state"]) == (draft["id"], "sent")

        rating = {"rating": 5}
        await web.post(f"/api/v1/messages/{draft['id']}/feedback", json=rating, headers=staff.headers)
        while (await stream.until("message.updated")).data["assistance"]["rating"] != 5:
            pass


async def test_a_neighbours_events_stay_with_him(web: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    mine, other = await opened(web, staff.headers), await opened(web, staff.headers)
    async with listening(web, staff.headers, mine) as stream:
        await say(web, staff, other, "not for this stream")
        sent = await say(web, staff, mine, "for this one")
        assert (await stream.until("message.created")).data["id"] == sent["id"]


async def test_a_stream_goes_on_where_it_broke_off(web: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    conversation = await opened(web, staff.headers)
    async with listening(web, staff.headers, conversation) as stream:
        await say(web, staff, conversation, "seen")
        seen = await stream.until("message.created")
    missed = [await say(web, staff, conversation, f"missed {number}") for number in range(3)]
    async with listening(web, staff.headers, conversation, seen.event_id) as stream:
        told = [await stream.until("message.created") for _ in missed]
        assert [one.data["id"] for one in told] == [one["id"] for one in missed]
        assert (await stream.until("conversation.updated")).data["last_message"]["id"] == missed[-1]["id"]
        live_one = await say(web, staff, conversation, "live again")
        assert (await stream.until("message.created")).data["id"] == live_one["id"]


async def test_an_id_that_is_not_the_streams_is_refused(web: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    conversation = await opened(web, staff.headers)
    for last in ("7", "2026-01-01T00:00:00"):
        headers = {**staff.headers, "Last-Event-ID": last}
        answer = await web.get(f"{CONVERSATIONS}/{conversation}/events", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")


async def test_silence_is_broken_by_a_comment_every_fifteen_seconds(web: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    conversation = await opened(web, staff.headers)
    async with listening(web, staff.headers, conversation) as stream:
        start = time.monotonic()
        beat = await stream.next(live.HEARTBEAT_SECONDS + 2)
        assert (beat.kind, beat.comment) == (None, "still here")
        assert live.HEARTBEAT_SECONDS - 3 < time.monotonic() - start < live.HEARTBEAT_SECONDS + 2


async def test_the_end_of_a_sign_in_ends_its_stream(web: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    conversation = await opened(web, staff.headers)
    async with listening(web, staff.headers, conversation) as stream:
        gone = await web.delete(f"/api/v1/auth/sessions/{staff.actor.session_id}", headers=staff.headers)
        assert gone.status_code == 204, gone.text
        assert await stream.seconds_to_end() < 5


async def test_a_suspension_ends_the_stream(web: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff, admin = await sign_in(), await sign_in(Role.ADMIN)
    conversation = await opened(web, staff.headers)
    async with listening(web, staff.headers, conversation) as stream:
        body = {"status": "suspended", "reason": "left"}
        done = await web.patch(f"/api/v1/users/{staff.user.id}", json=body, headers=admin.headers)
        assert done.status_code == 200, done.text
        assert await stream.seconds_to_end() < 5


async def test_a_lost_role_ends_the_stream(web: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff, admin = await sign_in(), await sign_in(Role.ADMIN)
    conversation = await opened(web, staff.headers)
    async with listening(web, staff.headers, conversation) as stream:
        done = await web.patch(f"/api/v1/users/{staff.user.id}", json={"role": "user"}, headers=admin.headers)
        assert done.status_code == 200, done.text
        assert await stream.seconds_to_end() < 5


async def test_a_key_that_may_not_read_what_is_internal_is_refused(web: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    conversation = await opened(web, staff.headers)
    statuses = []
    for scopes in (["conversations:read"], ["conversations:read", "conversations:internal"]):
        made = await web.post("/api/v1/api-keys", json={"name": "Till", "scopes": scopes}, headers=staff.headers)
        assert made.status_code == 201, made.text
        headers = {"X-API-Key": made.json()["data"]["secret"]}
        async with web.stream("GET", f"{CONVERSATIONS}/{conversation}/events", headers=headers) as answer:
            statuses.append(answer.status_code)
    assert statuses == [403, 200]


async def test_who_may_not_read_conversations_gets_no_stream(web: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff, visitor = await sign_in(), await sign_in(Role.USER)
    conversation = await opened(web, staff.headers)
    path = f"{CONVERSATIONS}/{conversation}/events"
    assert (await web.get(path, headers=visitor.headers)).status_code == 403
    assert (await web.get(path)).status_code == 401
    unknown = await web.get(path.replace(conversation, str(staff.user.id)), headers=staff.headers)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("role", [None, *Role])
async def test_a_stream_opens_at_once_or_is_refused_by_role(
    web: httpx.AsyncClient, sign_in: SignIn, role: Role | None
) -> None:
    """What schemathesis leaves out, since it has no end: its type, refusals as the table has them, its first event."""
    staff = await sign_in()
    conversation = await opened(web, staff.headers)
    headers = (await sign_in(role)).headers if role else {}
    if role not in ROUTES["GET /conversations/{conversation_id}/events"].who:
        answer = await web.get(f"{CONVERSATIONS}/{conversation}/events", headers=headers)
        assert answer.status_code == (403 if role else 401)
        assert answer.headers["content-type"] == "application/problem+json"
        return
    async with listening(web, headers, conversation) as stream:
        assert (stream.response.status_code, stream.response.headers["content-type"].split(";")[0]) == (
            200,
            "text/event-stream",
        )
        sent = await say(web, staff, conversation, "Hello")
        assert (await stream.until("message.created")).data["id"] == sent["id"]


async def test_who_hangs_up_leaves_no_subscriber_behind(web: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    staff = await sign_in()
    conversation = await opened(web, staff.headers)
    before = _listeners(house)
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(5):
            await stack.enter_async_context(listening(web, staff.headers, conversation))
        assert await subscribers(house, before + 5) == before + 5
    assert await subscribers(house, before) == before
