"""ThreadState: the open conversation, its messages, and the draft that waits for a decision."""

from datetime import datetime
from typing import Any
from uuid import UUID

import reflex as rx

from api.core.bus import Event
from api.core.errors import HubError
from api.core.pagination import Page
from api.services import conversations, inbox, suggestions, timeline
from api.services.unit_of_work import UnitOfWork
from dealsmart_app.live import CONVERSATION, unwatch, watch
from dealsmart_app.states.base import HubState
from dealsmart_app.states.inbox import InboxState
from dealsmart_app.states.reading import reading
from dealsmart_app.states.sources import explain
from models.claims import ClaimView
from models.conversations import ThreadView
from models.messages import MessageState, MessageView
from models.suggestions import FeedbackInput
from models.timeline import TimelineView

Message = dict[str, Any]
GONE = "There is no such conversation. It may have been deleted, or the link is wrong."


async def _older(
    uow: UnitOfWork, conversation_id: UUID, cursor: str, shown_from: str
) -> tuple[Page[Message], TimelineView]:
    """Return a page of older messages, newest first, and what happened between its oldest one and `shown_from`."""
    page = await inbox.older(uow.database, uow.actor, conversation_id, cursor)
    sent = [row["sent_at"] for row in page.rows if row["sent_at"]]
    oldest = sent[-1] if sent and page.next_cursor else None
    since, until = (datetime.fromisoformat(at) if at else None for at in (oldest, shown_from))
    return page, await timeline.around(uow, conversation_id, since, until)


async def _whole(uow: UnitOfWork, conversation_id: UUID, shown_from: str | None) -> tuple[ThreadView, TimelineView]:
    """Return the newest messages and what happened since `shown_from`, or since the oldest of them where that is None.

    An empty `shown_from` goes back to the beginning.
    """
    thread = await inbox.read_thread(uow, conversation_id)
    since = datetime.fromisoformat(shown_from) if shown_from else None
    if shown_from is None and thread.older_cursor:
        since = next((message.sent_at for message in thread.messages if message.sent_at), None)
    return thread, await timeline.around(uow, conversation_id, since)


class ThreadState(HubState):
    """What the middle pane shows; the address names the conversation."""

    conversation: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    messages: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    happenings: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    edited: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    pending: rx.Field[dict[str, Any] | None] = rx.field(default=None)
    support: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    older_cursor: rx.Field[str] = rx.field(default="")
    wanted: rx.Field[str] = rx.field(default="")
    problem: rx.Field[str] = rx.field(default="")

    @rx.event
    @reading
    async def show(self, _: str = "") -> None:
        """Show the conversation that the address names, and hear of what changes in it."""
        self.wanted = self.router.url.query_parameters.get("id", "")
        if self.wanted == self.conversation.get("id", "") and not self.problem:
            return
        self._clear()
        if not self.wanted:
            unwatch(self, CONVERSATION)
            return
        await self._read()
        if self.conversation:
            watch(self, CONVERSATION, self.wanted)

    @rx.event
    async def older(self) -> None:
        """Put the messages before the oldest one shown in front of it."""
        if not self.older_cursor:
            return
        start = self.messages[0]["sent_at"] if self.messages else ""
        page, before = await self.call(_older, UUID(self.wanted), self.older_cursor, start)
        found = [MessageView.model_validate(row).model_dump(mode="json") for row in reversed(page.rows)]
        self.messages = [*(one for one in found if one["state"] == MessageState.SENT), *self.messages]
        self.older_cursor = page.next_cursor or ""
        told = before.model_dump(mode="json")
        self.happenings = [*told["happenings"], *self.happenings]
        self.edited = {**told["edited"], **self.edited}

    @rx.event
    async def read(self, message_id: str) -> None:
        """Move the reader's mark to a message that he has seen."""
        await self.call(conversations.mark_read, UUID(self.wanted), UUID(message_id))
        self.conversation = {**self.conversation, "unread_count": 0}
        inbox = await self.get_state(InboxState)
        inbox.rows = [{**row, "unread_count": 0} if row["id"] == self.wanted else row for row in inbox.rows]

    @rx.event
    async def rate(self, message_id: str, stars: int) -> None:
        """Rate a draft that was sent."""
        await self.call(suggestions.rate, UUID(message_id), FeedbackInput(rating=stars))

    async def heard(self, events: list[Event]) -> None:
        """Read the newest messages anew; older ones that were loaded stay."""
        if self.wanted:
            await self._read()

    async def _read(self) -> None:
        try:
            thread, told = await self.call(_whole, UUID(self.wanted), self._shown_from())
        except (HubError, ValueError) as error:
            self._clear()
            self.problem = error.detail if isinstance(error, HubError) and error.status != 404 else GONE
            return
        await self._take(thread)
        plain = told.model_dump(mode="json")
        if plain["happenings"] != self.happenings or plain["edited"] != self.edited:
            self.happenings, self.edited = plain["happenings"], plain["edited"]

    def _shown_from(self) -> str | None:
        """Return since when the thread is shown, empty for its beginning, None where it is not shown yet."""
        if not self.conversation or not self.messages:
            return None
        return self.messages[0]["sent_at"] if self.older_cursor else ""

    async def _take(self, thread: ThreadView) -> None:
        plain = thread.model_dump(mode="json")
        newest = [one for one in plain.pop("messages") if one["state"] == MessageState.SENT]
        drafts = [one for one in thread.messages if one.state is MessageState.DRAFT]
        cursor = plain.pop("older_cursor") or ""
        start = newest[0]["sent_at"] if newest else ""
        loaded = [one for one in self.messages if self.conversation and one["sent_at"] < start]
        self.messages = [*loaded, *newest]
        self.older_cursor = self.older_cursor if loaded else cursor
        self.problem, self.conversation = "", plain
        await self.take_draft(drafts[-1] if drafts else None)

    async def take_draft(self, draft: MessageView | None) -> None:
        """Show a draft that waits for a decision, with what stands behind its claims."""
        if draft is None or draft.assistance is None:
            self.pending, self.support = None, {}
            return
        plain = draft.model_dump(mode="json")
        if plain != self.pending or draft.assistance.stale:
            self.support = await self.explain(draft.id, draft.assistance.claims)
            self.pending = plain

    async def explain(self, message_id: UUID, claims: list[ClaimView]) -> dict[str, Any]:
        """Return sources and mends of claims; see `sources.explain`."""
        return await self.call(explain, message_id, claims, self.messages)

    def _clear(self) -> None:
        self.conversation, self.messages, self.older_cursor = {}, [], ""
        self.happenings, self.edited = [], {}
        self.pending, self.support, self.problem = None, {}, ""
