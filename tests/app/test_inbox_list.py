"""The list over a socket: twenty conversations posted close together are each pushed; many changed, undone, kept."""

import asyncio
import re
from typing import Any

import httpx
import pytest

from dealsmart_app.states.bulk import BulkState, words_of
from dealsmart_app.states.inbox import ROWS, query_from, remembered
from dealsmart_app.states.workspace import WorkspaceState
from models.base import new_id
from models.bulk import Before, BulkReport, Refused
from models.conversations import Priority
from tests.app.reaching import reaches
from tests.app.socket_client import HYDRATE, Socket
from tests.served import Served, cookie_of

INBOX = (
    "reflex___state____state.dealsmart_app___states___base____hub_state.dealsmart_app___states___inbox____inbox_state"
)
BULK = "reflex___state____state.dealsmart_app___states___base____hub_state.dealsmart_app___states___bulk____bulk_state"
KEPT = INBOX.replace("inbox____inbox_state", "workspace____workspace_state")
MANY = 20


async def _open(client: httpx.AsyncClient, name: str) -> str:
    body = {"customer": {"name": name}, "source": "web", "message": {"content": "Is it still there?"}}
    answer = await client.post("/api/v1/conversations", json=body)
    answer.raise_for_status()
    return answer.json()["data"]["id"]


async def _heard(socket: Socket, words: list[str], seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not all(any(word in line for line in socket.heard) for word in words):
            await socket.quiet(len(socket.heard), patience=0.05, first=0.5)


def _client(served: Served, signed_in: httpx.Client) -> httpx.AsyncClient:
    headers = {"Cookie": cookie_of(signed_in), "Origin": served.url}
    return httpx.AsyncClient(base_url=served.url, headers=headers, timeout=30)


async def test_twenty_conversations_posted_close_together_are_each_pushed(served: Served) -> None:
    """None of them has to wait for the one after it."""
    batch = new_id().hex[:8]
    with served.sign_in("luis") as luis:
        async with _client(served, luis) as client, Socket(served.url, cookie_of(luis)) as socket:
            await socket.send(HYDRATE)
            await socket.send(f"{INBOX}.arrive", "/inbox")
            names = [f"Close {batch} {number}" for number in range(MANY)]
            for name in names:
                await _open(client, name)
            await _heard(socket, names)


@reaches(BulkState, "change", "undo")
async def test_the_list_says_that_what_it_shows_only_comes_near(served: Served) -> None:
    """Who is misspelt is shown as the nearest, who is written as he is called is not."""
    with served.sign_in("luis") as luis:
        async with _client(served, luis) as client, Socket(served.url, cookie_of(luis)) as socket:
            one = await _open(client, "Wim Quellenberger")
            await socket.send(HYDRATE)
            for q, near in (("qelenberger", "true"), ("quellenberger", "false")):
                said = await socket.send(f"{INBOX}.arrive", f"/inbox?view=open&q={q}")
                assert one in said
                assert re.search(rf'"near[^:]*: ?{near}', said), q


async def test_many_are_changed_reported_and_given_back(served: Served) -> None:
    """One call, one report, and what it took comes back."""
    with served.sign_in("luis") as luis:
        async with _client(served, luis) as client, Socket(served.url, cookie_of(luis)) as socket:
            ids = [await _open(client, f"Bulk {new_id().hex[-6:]}") for _ in range(3)]
            await socket.send(HYDRATE)
            said = await socket.send(f"{BULK}.change", "/inbox", ids=ids, field="priority", value="high")
            assert "3 changed" in said
            assert await _priorities(client, ids) == {"high"}
            assert "3 changed back" in await socket.send(f"{BULK}.undo", "/inbox")
            assert await _priorities(client, ids) == {"normal"}
            assert "Too late to undo" in await socket.send(f"{BULK}.undo", "/inbox")


async def _priorities(client: httpx.AsyncClient, ids: list[str]) -> set[str]:
    answers = [(await client.get(f"/api/v1/conversations/{one}")).json()["data"]["priority"] for one in ids]
    return set(answers)


async def test_who_may_not_reply_changes_nothing(served: Served) -> None:
    """The service refuses, whatever the socket asks."""
    with served.sign_in("luis") as luis, served.sign_in("sam") as sam:
        async with _client(served, luis) as client, Socket(served.url, cookie_of(sam)) as socket:
            one = await _open(client, "Not for Sam")
            await socket.send(HYDRATE)
            await socket.send(f"{BULK}.change", "/inbox", ids=[one], field="status", value="resolved")
            await socket.send(f"{INBOX}.mark_unread", "/inbox", conversation_id=one)
            answer = await client.get(f"/api/v1/conversations/{one}")
            assert answer.json()["data"]["status"] == "open"


@reaches(WorkspaceState, "prefer")
async def test_what_somebody_prefers_is_kept_for_him(served: Served) -> None:
    """Another tab of the same person finds it."""
    with served.sign_in("luis") as luis:
        async with Socket(served.url, cookie_of(luis)) as socket:
            await socket.send(HYDRATE)
            await socket.send(f"{KEPT}.prefer", "/inbox", change={"list_width": 444})
        async with Socket(served.url, cookie_of(luis)) as other:
            await other.send(HYDRATE)
            assert re.search(r'"list_width[^:]*: ?444', await other.send(f"{KEPT}.arrive", "/inbox"))
            await other.send(f"{KEPT}.prefer", "/inbox", change={"list_width": 360})


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ({"priority": "high,urgent"}, {"priorities": [Priority.HIGH, Priority.URGENT]}),
        ({"priority": "high"}, {"priority": Priority.HIGH, "priorities": []}),
        ({"label": "van%2C old,suv"}, {"labels": ["van, old", "suv"]}),
        ({"assignee": "none", "unread": "1"}, {"assigned_to": "none", "unread": True}),
        ({"view": "mine", "assignee": "none"}, {"assigned_to": "me"}),
        ({"view": "mine", "snoozed": "1"}, {"assigned_to": "me", "view": "snoozed"}),
        ({"view": "drafts", "snoozed": "1"}, {"view": "drafts"}),
        ({"view": "resolved", "status": "open,pending"}, {"status": "resolved", "statuses": []}),
        ({"priority": "high,very"}, {"priorities": []}),
        ({"assignee": "somebody"}, {"assigned_to": None}),
    ],
)
def test_filters_of_an_address(address: dict[str, str], wanted: dict[str, Any]) -> None:
    """Any value of a kind, all kinds together; what makes no sense is left out."""
    query = query_from({"view": "open", **address}, ROWS)
    assert {name: getattr(query, name) for name in wanted} == wanted


def test_what_is_remembered_is_the_view_and_not_what_was_looked_for() -> None:
    """A search or an open conversation is not where somebody wants to begin tomorrow."""
    assert remembered({"view": "mine", "priority": "high", "q": "x", "id": "y"}) == "view=mine&priority=high"
    assert remembered({"view": "open"}) == ""
    assert remembered({"view": "open", "label": "x" * 2_000}) == ""


def test_the_report_says_how_many_and_who_could_not() -> None:
    """Three are named, the others counted."""
    fails = [Refused(id=new_id(), name=f"C{n}", reason="It was deleted.") for n in range(5)]
    report = BulkReport(changed=[Before(id=new_id(), version=2)] * 12, unchanged=2, refused=fails[:1])
    assert words_of(report, "changed") == "12 changed, 2 already so, 1 could not: C0 (It was deleted.)"
    assert words_of(BulkReport(refused=fails), "changed").endswith("C2 (It was deleted.) and 2 more")
    assert words_of(BulkReport(unchanged=1), "changed") == "1 already so"
    assert words_of(BulkReport(), "changed") == "0 changed"
