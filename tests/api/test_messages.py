"""HTTP: replies, notes, read marks, the poll, older pages, repeated and refused requests."""

import httpx

from tests.conftest import SignedIn, SignIn
from tests.conversing import CONVERSATIONS, opened, say


async def test_a_reply_ends_the_waiting_and_a_note_does_not(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in(display_name="Ana")
    made = await opened(client, staff)
    note = (await say(client, staff, made["id"], "She wants it badly", internal=True)).json()["data"]
    assert note["internal"] is True
    after_note = (await client.get(f"{CONVERSATIONS}/{made['id']}", headers=staff.headers)).json()["data"]
    assert after_note["waiting_since"] is not None
    assert after_note["last_message"]["preview"] == "Is the RAV4 still there?"
    reply = (await say(client, staff, made["id"], "It is.")).json()["data"]
    assert reply["author"] == {"id": str(staff.user.id), "display_name": "Ana"}
    assert reply["assistance"] is None
    after_reply = (await client.get(f"{CONVERSATIONS}/{made['id']}", headers=staff.headers)).json()["data"]
    assert after_reply["waiting_since"] is None
    assert [message["content"] for message in after_reply["messages"]] == [
        "Is the RAV4 still there?",
        "She wants it badly",
        "It is.",
    ]


async def test_a_customer_writes_no_note(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    answer = await say(client, staff, made["id"], "psst", sender="customer", internal=True)
    assert answer.status_code == 400


async def test_newer_message_is_told(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    seen = made["last_message"]["id"]
    assert (await say(client, staff, made["id"], "one", last_seen_message_id=seen)).status_code == 201
    answer = await say(client, staff, made["id"], "two", last_seen_message_id=seen)
    assert answer.status_code == 409
    assert answer.json()["code"] == "newer_message"


async def test_read_marks_are_each_persons_own(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    ana, luis = await sign_in(), await sign_in()
    made = await opened(client, ana)
    await say(client, ana, made["id"], "second", sender="customer")
    first = made["last_message"]["id"]
    path = f"{CONVERSATIONS}/{made['id']}"
    marked = await client.post(f"{path}/read", json={"last_read_message_id": first}, headers=ana.headers)
    assert marked.status_code == 204
    assert marked.content == b""
    counts = [(await client.get(path, headers=who.headers)).json()["data"]["unread_count"] for who in (ana, luis)]
    assert counts == [1, 2]
    other = await opened(client, ana, customer={"name": "Other"})
    foreign = {"last_read_message_id": other["last_message"]["id"]}
    assert (await client.post(f"{path}/read", json=foreign, headers=ana.headers)).status_code == 404


async def test_the_poll_gives_what_came_after(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    path = f"{CONVERSATIONS}/{made['id']}/messages"
    since = made["last_message"]["sent_at"]
    for word in ("one", "two", "three"):
        await say(client, staff, made["id"], word)
    first = await client.get(path, params={"since": since, "limit": 2}, headers=staff.headers)
    assert [message["content"] for message in first.json()["data"]] == ["one", "two"]
    assert first.json()["meta"]["has_more"] is True
    again = await client.get(
        path, params={"since": since, "limit": 2}, headers={**staff.headers, "If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
    last = first.json()["data"][-1]["sent_at"]
    rest = await client.get(path, params={"since": last}, headers=staff.headers)
    assert [message["content"] for message in rest.json()["data"]] == ["three"]


async def test_older_messages_follow_the_cursor(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff, message=None)
    for number in range(53):
        await say(client, staff, made["id"], f"m{number}")
    thread = (await client.get(f"{CONVERSATIONS}/{made['id']}", headers=staff.headers)).json()["data"]
    assert [message["content"] for message in thread["messages"]] == [f"m{number}" for number in range(3, 53)]
    path = f"{CONVERSATIONS}/{made['id']}/messages"
    older = (await client.get(path, params={"cursor": thread["older_cursor"]}, headers=staff.headers)).json()
    assert [message["content"] for message in older["data"]] == ["m2", "m1", "m0"]
    assert older["meta"]["has_more"] is False


async def test_if_match_guards_a_change(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    path = f"{CONVERSATIONS}/{made['id']}"
    tag = (await client.get(path, headers=staff.headers)).headers["etag"]
    guarded = {**staff.headers, "If-Match": tag}
    assert (await client.patch(path, json={"subject": "one"}, headers=guarded)).status_code == 200
    refused = await client.patch(path, json={"subject": "two"}, headers=guarded)
    assert refused.status_code == 412
    assert refused.json()["code"] == "stale_version"


async def test_a_repeated_key_sends_once(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    keyed = SignedIn(staff.user, staff.actor, {**staff.headers, "Idempotency-Key": "k1"}, staff.cookie)
    first = await say(client, keyed, made["id"], "once")
    second = await say(client, keyed, made["id"], "once")
    assert second.status_code == 201
    assert second.json() == first.json()
    assert second.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    other = await say(client, keyed, made["id"], "twice")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    thread = (await client.get(f"{CONVERSATIONS}/{made['id']}", headers=staff.headers)).json()["data"]
    assert len(thread["messages"]) == 2


async def test_a_refused_request_gives_its_key_back(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    keyed = SignedIn(staff.user, staff.actor, {**staff.headers, "Idempotency-Key": "k2"}, staff.cookie)
    seen = made["last_message"]["id"]
    await say(client, staff, made["id"], "meanwhile")
    refused = await say(client, keyed, made["id"], "late", last_seen_message_id=seen)
    assert refused.status_code == 409
    newest = (await client.get(f"{CONVERSATIONS}/{made['id']}", headers=staff.headers)).json()["data"]["last_message"]
    again = await say(client, keyed, made["id"], "late", last_seen_message_id=newest["id"])
    assert again.status_code == 201
