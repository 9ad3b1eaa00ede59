"""HandlingState: what is done with a conversation: whose it is, how urgent, when it comes back, when it is done."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from api.services import conversations, dealership
from dealsmart_app.states.addresses import address
from dealsmart_app.states.base import HubState
from dealsmart_app.states.inbox import ROUTE, InboxState
from dealsmart_app.states.thread import ThreadState
from models.base import utc_now
from models.conversations import ConversationPatch, ConversationView

MORNING = 9


def wake_at(choice: str, now: datetime) -> datetime:
    """Return when a snooze ends: `hour`, `tomorrow` or `monday` at nine in the morning of `now`'s zone."""
    if choice == "hour":
        return now + timedelta(hours=1)
    days = 1 if choice == "tomorrow" else 7 - now.weekday()
    return (now + timedelta(days=days)).replace(hour=MORNING, minute=0, second=0, microsecond=0)


class HandlingState(HubState):
    """The commands of the thread's header; each answers with the conversation as it is now."""

    @rx.event
    async def assign(self, staff_id: str) -> None:
        """Give the conversation to somebody; empty takes it from everybody."""
        thread = await self.get_state(ThreadState)
        person = UUID(staff_id) if staff_id else None
        await self._show(await self.call(conversations.assign, UUID(thread.wanted), person))

    @rx.event
    async def take(self) -> None:
        """Give the conversation to whoever is at the screen."""
        await self.assign(self.user_id)

    @rx.event
    async def change(self, field: str, value: str) -> None:
        """Set status or priority."""
        await self._change(ConversationPatch.model_validate({field: value}))

    @rx.event
    async def label(self, name: str) -> None:
        """Put a label on, or take it off."""
        thread = await self.get_state(ThreadState)
        labels = list(thread.conversation["labels"])
        labels = [one for one in labels if one != name] if name in labels else [*labels, name]
        await self._change(ConversationPatch(labels=labels))

    @rx.event
    async def add_label(self, form: dict[str, str]) -> None:
        """Put on the label that was typed."""
        if name := form.get("label", "").strip():
            await self.label(name)

    @rx.event
    async def snooze(self, choice: str) -> None:
        """Let the conversation sleep until a later hour of the dealership's day; empty wakes it."""
        until = None
        if choice:
            facts = await self.call(dealership.read)
            until = wake_at(choice, utc_now().astimezone(ZoneInfo(facts.timezone)))
        await self._change(ConversationPatch(snoozed_until=until))

    @rx.event
    async def resolve(self) -> object:
        """Close the conversation and go on to the next one of the list."""
        thread = await self.get_state(ThreadState)
        return await self.finish(thread.wanted)

    @rx.event
    async def finish(self, conversation_id: str) -> object:
        """Close a conversation; whoever still has it open goes on to the next one of the list."""
        thread, inbox = await self.get_state(ThreadState), await self.get_state(InboxState)
        await self.call(conversations.close, UUID(conversation_id), None)
        if conversation_id != thread.wanted:
            return None
        ids = [row["id"] for row in inbox.rows]
        at = ids.index(thread.wanted) if thread.wanted in ids else -1
        following = next((one for one in [*ids[at + 1 :], *reversed(ids[: max(at, 0)])] if one != thread.wanted), "")
        return rx.redirect(address(ROUTE, inbox.query, id=following))

    @rx.event
    async def reopen(self) -> None:
        """Open a resolved conversation again."""
        await self._change(ConversationPatch.model_validate({"status": "open"}))

    async def _change(self, patch: ConversationPatch) -> None:
        thread = await self.get_state(ThreadState)
        await self._show(await self.call(conversations.change, UUID(thread.wanted), patch))

    async def _show(self, conversation: ConversationView) -> None:
        thread = await self.get_state(ThreadState)
        if thread.wanted == str(conversation.id):
            thread.conversation = conversation.model_dump(mode="json")
