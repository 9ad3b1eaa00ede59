"""HandlingState: what is done with a conversation: whose it is, how urgent, when it comes back, when it is done."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import reflex as rx

from api.services import conversations, dealership
from dealsmart_app.states.base import HubState
from dealsmart_app.states.thread import ThreadState
from models.base import utc_now
from models.conversations import ConversationPatch, ConversationView

MORNING = 9


def wake_at(choice: str, now: datetime) -> datetime:
    """Return when a snooze ends: `hour`, `tomorrow` or `monday` at nine in the morning of `now`'s zone, or RFC 3339.

    Raises:
        ValueError: The choice is none of them.
    """
    if choice not in ("hour", "tomorrow", "monday"):
        named = datetime.fromisoformat(choice)
        return named.astimezone(now.tzinfo) if named.tzinfo else named.replace(tzinfo=now.tzinfo)
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
