"""HTTP: a key without `conversations:internal` learns nothing of private notes and undecided drafts, anywhere."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from models.platform import Scope
from models.users import Role
from tests.api.test_conversations import CONVERSATIONS, opened, say
from tests.api.test_permissions import key_of
from tests.conftest import SignedIn, SignIn

OUTWARD = [scope for scope in Scope if scope is not Scope.CONVERSATIONS_INTERNAL]
SECRET = "Zwetschgenknoedel"


@dataclass(frozen=True)
class Thread:
    """A conversation with one word of each kind in it, and two keys of one owner."""

    conversation: dict[str, Any]
    note: dict[str, Any]
    draft: dict[str, Any]
    key: dict[str, str]
    insider: dict[str, str]
    staff: SignedIn

    @property
    def path(self) -> str:
        return f"{CONVERSATIONS}/{self.conversation['id']}"


@pytest.fixture
async def thread(client: httpx.AsyncClient, sign_in: SignIn) -> Thread:
    staff = await sign_in(Role.ADMIN)
    made = await opened(client, staff, message={"content": "What are your hours?"})
    note = (await say(client, staff, made["id"], f"He knows about the {SECRET}", internal=True)).json()["data"]
    drafted = await client.post(f"{CONVERSATIONS}/{made['id']}/ai-suggest", headers=staff.headers)
    assert drafted.status_code == 201, drafted.text
    draft = drafted.json()["data"]
    key = await key_of(client, staff, *OUTWARD)
    insider = await key_of(client, staff, "conversations:read", "conversations:internal")
    return Thread(made, note, draft, key, insider, staff)


def reads(thread: Thread) -> list[tuple[str, dict[str, str]]]:
    """Return every read of conversations that a key may make."""
    before = {"since": "2020-01-01T00:00:00Z"}
    lists = [{}, {"q": SECRET}, {"q": "hours"}, {"unread": "true"}, {"snoozed": "true"}, {"include_total": "true"}]
    lists += [{"sort": sort} for sort in ("-created_at", "-priority")]
    return [
        *((CONVERSATIONS, query) for query in lists),
        (thread.path, {}),
        (f"{thread.path}/status", {}),
        (f"{thread.path}/messages", {}),
        (f"{thread.path}/messages", before),
        (f"{thread.path}/messages", {**before, "include_total": "true"}),
    ]


async def test_no_read_tells_of_notes_or_drafts(client: httpx.AsyncClient, thread: Thread) -> None:
    for path, query in reads(thread):
        answer = await client.get(path, params=query, headers=thread.key)
        assert answer.status_code == 200, answer.text
        for hidden in (SECRET, thread.note["id"], thread.draft["id"], thread.draft["content"][:40]):
            assert hidden not in answer.text, f"{path} {query}"
    listed = await client.get(f"{thread.path}/messages?include_total=true", headers=thread.key)
    assert (len(listed.json()["data"]), listed.json()["meta"]["total"]) == (1, 1)


async def test_a_search_for_a_notes_words_finds_nothing(client: httpx.AsyncClient, thread: Thread) -> None:
    query = {"q": SECRET, "include_total": "true"}
    outside = (await client.get(CONVERSATIONS, params=query, headers=thread.key)).json()
    inside = (await client.get(CONVERSATIONS, params=query, headers=thread.insider)).json()
    assert (outside["data"], outside["meta"]["total"]) == ([], 0)
    assert [row["id"] for row in inside["data"]] == [thread.conversation["id"]]
    assert inside["meta"]["total"] == 1


async def test_the_scope_shows_both(client: httpx.AsyncClient, thread: Thread) -> None:
    status = (await client.get(f"{thread.path}/status", headers=thread.insider)).json()["data"]
    assert status["pending_draft_id"] == thread.draft["id"]
    messages = (await client.get(thread.path, headers=thread.insider)).json()["data"]["messages"]
    assert {thread.note["id"], thread.draft["id"]} <= {message["id"] for message in messages}
    outside = (await client.get(f"{thread.path}/status", headers=thread.key)).json()["data"]
    assert outside["pending_draft_id"] is None


async def test_the_stream_is_closed_to_it(client: httpx.AsyncClient, thread: Thread) -> None:
    answer = await client.get(f"{thread.path}/events", headers=thread.key)
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")


async def test_writing_needs_no_note_read_and_tells_of_none(client: httpx.AsyncClient, thread: Thread) -> None:
    seen = thread.conversation["last_message"]["id"]
    words = {"content": "Anybody there?", "sender": "customer", "last_seen_message_id": seen}
    sent = await client.post(f"{thread.path}/messages", json=words, headers=thread.key)
    assert sent.status_code == 201, sent.text
    note = {"content": f"more {SECRET}", "sender": "staff", "internal": True}
    after = await client.post(f"{thread.path}/messages", json=note, headers=thread.staff.headers)
    assert after.status_code == 201
    listed = (await client.get(thread.path, headers=thread.key)).json()["data"]
    assert listed["last_message"]["preview"] == "Anybody there?"
    assert listed["last_message_at"] == sent.json()["data"]["sent_at"]


async def test_a_rejected_or_superseded_draft_stays_hidden_and_a_sent_one_appears(
    client: httpx.AsyncClient, thread: Thread
) -> None:
    second = (await client.post(f"{thread.path}/ai-suggest", headers=thread.staff.headers)).json()["data"]
    rejected = await client.post(f"/api/v1/messages/{second['id']}/reject", headers=thread.staff.headers)
    assert rejected.status_code == 200
    third = (await client.post(f"{thread.path}/ai-suggest", headers=thread.staff.headers)).json()["data"]
    for path, query in reads(thread):
        text = (await client.get(path, params=query, headers=thread.key)).text
        assert not [one for one in (thread.draft, second, third) if one["id"] in text], f"{path} {query}"
    body = {"acknowledge_flags": True}
    sent = await client.post(f"/api/v1/messages/{third['id']}/accept", json=body, headers=thread.staff.headers)
    assert sent.status_code == 200, sent.text
    messages = (await client.get(thread.path, headers=thread.key)).json()["data"]["messages"]
    assert [message["id"] for message in messages][-1] == third["id"]


async def test_an_etag_does_not_tell_that_a_note_was_written(client: httpx.AsyncClient, thread: Thread) -> None:
    path = f"{thread.path}/messages"
    first = await client.get(path, headers=thread.key)
    await say(client, thread.staff, thread.conversation["id"], "another note", internal=True)
    again = await client.get(path, headers={**thread.key, "If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


async def test_a_key_reaches_nothing_of_another_conversation_through_its_messages(
    client: httpx.AsyncClient, thread: Thread
) -> None:
    other = await opened(client, thread.staff, customer={"name": "Other"})
    path = f"{CONVERSATIONS}/{other['id']}"
    foreign = (await client.get(f"{thread.path}/messages?limit=1", headers=thread.staff.headers)).json()
    cursor = foreign["meta"]["next_cursor"]
    assert cursor is not None
    answer = await client.get(f"{path}/messages", params={"cursor": cursor}, headers=thread.key)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "invalid_cursor")
    mark = {"last_read_message_id": thread.conversation["last_message"]["id"]}
    assert (await client.post(f"{path}/read", json=mark, headers=thread.staff.headers)).status_code == 404
    draft = {"last_read_message_id": thread.draft["id"]}
    assert (await client.post(f"{thread.path}/read", json=draft, headers=thread.staff.headers)).status_code == 404


async def test_a_revoked_key_is_refused_at_once_under_load(client: httpx.AsyncClient, thread: Thread) -> None:
    keys = (await client.get("/api/v1/api-keys", headers=thread.staff.headers)).json()["data"]
    mine = next(row for row in keys if row["hint"] == thread.key["X-API-Key"][: len(row["hint"])])
    gone = False
    late: list[int] = []

    async def hammer() -> None:
        for _ in range(15):
            started_after = gone
            answer = await client.get(f"{thread.path}/status", headers=thread.key)
            if started_after:
                late.append(answer.status_code)

    async def revoke() -> None:
        nonlocal gone
        await asyncio.sleep(0.02)
        answer = await client.delete(f"/api/v1/api-keys/{mine['id']}", headers=thread.staff.headers)
        assert answer.status_code == 204
        gone = True

    await asyncio.gather(*(hammer() for _ in range(8)), revoke())
    late.append((await client.get(f"{thread.path}/status", headers=thread.key)).status_code)
    assert set(late) == {401}
