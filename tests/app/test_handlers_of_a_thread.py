"""What a member of staff does in the workspace reaches the services: called over the socket, read over the API."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from dealsmart_app.states.base import HubState
from dealsmart_app.states.bulk import BulkState
from dealsmart_app.states.composer import ComposerState
from dealsmart_app.states.context import ContextState
from dealsmart_app.states.draft import DraftState
from dealsmart_app.states.handling import HandlingState
from dealsmart_app.states.inbox import InboxState
from dealsmart_app.states.notifications import NotificationState
from dealsmart_app.states.thread import ThreadState
from dealsmart_app.states.workspace import WorkspaceState
from tests.app.reaching import of, reaches
from tests.app.socket_client import Socket
from tests.served import Served, cookie_of

GUARD = of(HubState, "guard")


@dataclass
class Desk:
    """A conversation of one's own and the client of who handles it."""

    client: httpx.Client
    conversation: str
    url: str

    @property
    def at(self) -> str:
        """Where the screen shows it."""
        return f"/inbox?id={self.conversation}"

    def read(self, path: str = "") -> Any:
        """Read the conversation, or what belongs to it."""
        answer = self.client.get(f"/api/v1/conversations/{self.conversation}{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def draft(self) -> dict[str, Any]:
        """Have a draft made."""
        made = self.client.post(f"/api/v1/conversations/{self.conversation}/ai-suggest", json={})
        assert made.status_code == 201, made.text
        return made.json()["data"]

    def drafts(self) -> list[dict[str, Any]]:
        """Return the drafts that wait for a decision."""
        return [one for one in self.read()["messages"] if one["state"] == "draft"]

    async def drafted(self, tries: int = 100) -> list[dict[str, Any]]:
        """Return the drafts as soon as there is one; drafting goes on when the socket has long been quiet."""
        for _ in range(tries):
            if found := self.drafts():
                return found
            await asyncio.sleep(0.2)
        return []

    def message(self, message_id: str) -> dict[str, Any] | None:
        """Return a message as the API has it, None where it is none."""
        return next((one for one in self.read("/messages") if one["id"] == message_id), None)


@pytest.fixture
def desk(served: Served) -> Iterator[Desk]:
    """Luis with a conversation that nobody else has."""
    body = {
        "customer": {"name": f"Reach {uuid4().hex[:8]}", "email": f"{uuid4().hex}@demo.example"},
        "source": "web",
        "subject": "Which cars have you?",
        "message": {"content": "Hello, what are your opening hours on Monday?"},
    }
    with served.sign_in("luis") as luis:
        made = luis.post("/api/v1/conversations", json=body)
        assert made.status_code == 201, made.text
        yield Desk(luis, made.json()["data"]["id"], served.url)


@reaches(HandlingState, "assign", "take", "change", "label", "add_label", "snooze", "reopen")
@reaches(BulkState, "finish", "resolve")
async def test_a_conversation_is_handled_from_its_head(desk: Desk) -> None:
    own = desk.client.get("/api/v1/users/me").json()["data"]["id"]
    async with Socket(desk.url, cookie_of(desk.client)) as socket:
        await socket.send("reflex___state____state.hydrate")
        await socket.send(of(ThreadState, "show"), desk.at)
        await socket.send(of(HandlingState, "assign"), desk.at, staff_id=own)
        assert desk.read()["assigned_to"]["id"] == own
        await socket.send(of(HandlingState, "assign"), desk.at, staff_id="")
        assert desk.read()["assigned_to"] is None
        await socket.send(of(HandlingState, "change"), desk.at, field="priority", value="urgent")
        await socket.send(of(HandlingState, "add_label"), desk.at, form={"label": " Fleet "})
        await socket.send(of(HandlingState, "label"), desk.at, name="trade-in")
        shown = desk.read()
        assert (shown["priority"], sorted(shown["labels"])) == ("urgent", ["Fleet", "trade-in"])
        await socket.send(of(HandlingState, "label"), desk.at, name="Fleet")
        assert desk.read()["labels"] == ["trade-in"]
        for choice, sleeps in (("tomorrow", True), ("", False)):
            await socket.send(of(HandlingState, "snooze"), desk.at, choice=choice)
            assert (desk.read()["snoozed_until"] is not None) is sleeps
        await socket.send(of(BulkState, "finish"), desk.at, conversation_id=desk.conversation)
        assert desk.read()["status"] == "resolved"
        await socket.send(of(HandlingState, "reopen"), desk.at)
        assert desk.read()["status"] == "open"
        await socket.send(of(BulkState, "resolve"), desk.at)
        assert desk.read()["status"] == "resolved"
        await socket.send(GUARD, desk.at, route="/inbox")
        await socket.send(of(HandlingState, "take"), desk.at)
        assert desk.read()["assigned_to"]["id"] == own


@reaches(ComposerState, "send", "keep")
@reaches(InboxState, "mark_unread")
@reaches(ThreadState, "read")
@reaches(ContextState, "save")
async def test_a_reply_a_note_a_mark_and_particulars(desk: Desk) -> None:
    """What is sent is stored once whatever the socket repeats; what is typed is kept."""
    text = {"conversation_id": desk.conversation, "last_seen_message_id": None}
    async with Socket(desk.url, cookie_of(desk.client)) as socket:
        await socket.send(of(ThreadState, "show"), desk.at)
        for internal in (False, True, False):
            told = {
                **text,
                "nonce": f"n{internal}{desk.conversation}",
                "content": f"Said {internal}",
                "internal": internal,
            }
            await socket.send(of(ComposerState, "send"), desk.at, text=told)
        said = [(one["content"], one["internal"]) for one in desk.read("/messages")]
        assert sorted(said)[1:] == [("Said False", False), ("Said True", True)]
        kept = await socket.send(
            of(ComposerState, "keep"),
            desk.at,
            conversation_id=desk.conversation,
            mode="reply",
            text="half a",
            message_id="",
        )
        assert "half a" in kept
        newest = desk.read("/messages")[-1]["id"]
        await socket.send(of(ThreadState, "read"), desk.at, message_id=newest)
        assert desk.read()["unread_count"] == 0
        await socket.send(of(InboxState, "mark_unread"), desk.at, conversation_id=desk.conversation)
        assert desk.read()["unread_count"] > 0
        form = {"name": "Reached Renamed", "email": "", "phone": "", "do_not_contact": True}
        await socket.send(of(ContextState, "save"), desk.at, form=form)
        customer = desk.read()["customer"]
        assert (customer["name"], customer["do_not_contact"]) == ("Reached Renamed", True)


@reaches(DraftState, "start", "stop", "examine", "reject", "explain")
@reaches(ComposerState, "accept")
@reaches(ThreadState, "rate")
async def test_a_draft_is_made_examined_put_aside_sent_and_rated(desk: Desk) -> None:
    async with Socket(desk.url, cookie_of(desk.client)) as socket:
        await socket.send(of(ThreadState, "show"), desk.at)
        arguments = {"conversation_id": desk.conversation, "instruction": "", "tone": "friendly"}
        await socket.send(of(DraftState, "start"), desk.at, **arguments)
        [first] = await desk.drafted()
        checked = await socket.send(of(DraftState, "examine"), desk.at, message_id=first["id"], content="It costs $1.")
        assert "It costs $1." in checked
        await socket.send(of(DraftState, "reject"), desk.at, message_id=first["id"])
        why = {"message_id": first["id"], "reason": "other", "comment": "Reached"}
        assert "_toast" not in await socket.send(of(DraftState, "explain"), desk.at, **why)
        assert desk.drafts() == []
        assert await socket.send(of(DraftState, "stop"), desk.at)
        second = desk.draft()
        text = {"nonce": uuid4().hex, "message_id": second["id"], "content": None, "acknowledge_flags": True}
        await socket.send(of(ComposerState, "accept"), desk.at, text=text)
        sent = desk.message(second["id"])
        assert sent is not None
        assert sent["state"] == "sent"
        await socket.send(of(ThreadState, "rate"), desk.at, message_id=second["id"], stars=4)
        rated = desk.message(second["id"])
        assert rated is not None
        assert rated["assistance"]["rating"] == 4


@reaches(WorkspaceState, "save_view", "rename_view", "delete_view")
async def test_a_view_of_the_inbox_is_kept_renamed_and_dropped(desk: Desk) -> None:
    name, later = (f"{word} {uuid4().hex[:6]}" for word in ("First", "Later"))
    async with Socket(desk.url, cookie_of(desk.client)) as socket:
        assert name in await socket.send(of(WorkspaceState, "save_view"), "/inbox", name=name, query="priority=high")
        shown = await socket.send(of(WorkspaceState, "arrive"), "/inbox")
        before = shown[: shown.index(name)]
        view = before[before.rindex('"id": "') + 7 :][:36]
        assert later in await socket.send(of(WorkspaceState, "rename_view"), "/inbox", view_id=view, name=later)
        assert later not in await socket.send(of(WorkspaceState, "delete_view"), "/inbox", view_id=view)


@reaches(NotificationState, "follow", "mark_all_read")
async def test_notices_are_followed_and_read(served: Served, desk: Desk) -> None:
    """Each is one's own; following one leads to what it is about."""
    with served.sign_in("oluwaseun") as other:
        own = other.get("/api/v1/users/me").json()["data"]["id"]
        path = f"/api/v1/conversations/{desk.conversation}/assign"
        desk.client.post(path, json={"staff_id": own}).raise_for_status()
        notice = next(
            one
            for one in other.get("/api/v1/notifications", params={"limit": 100}).json()["data"]
            if desk.conversation in (one["link"] or "")
        )
        async with Socket(served.url, cookie_of(other)) as socket:
            await socket.send(GUARD, "/inbox", route="/inbox")
            followed = await socket.send(of(NotificationState, "follow"), "/inbox", notice_id=notice["id"])
            assert desk.conversation in followed
            await socket.send(of(NotificationState, "mark_all_read"), "/inbox")
        notices = other.get("/api/v1/notifications", params={"limit": 100}).json()["data"]
    assert not [one for one in notices if one["read_at"] is None]
