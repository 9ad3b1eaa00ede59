"""BulkState: one change to the chosen conversations, its report, and ten seconds to take it back."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import reflex as rx

from api.services import bulk, dealership
from dealsmart_app.states.addresses import address
from dealsmart_app.states.base import HubState
from dealsmart_app.states.handling import wake_at
from dealsmart_app.states.inbox import ROUTE, InboxState
from dealsmart_app.states.thread import ThreadState
from models.base import new_id, utc_now
from models.bulk import UNDO_SECONDS, Before, BulkChange, BulkReport

GRACE_SECONDS = 2
NAMED = 3


def words_of(report: BulkReport, done: str) -> str:
    """Tell what came of a change: `12 changed, 2 already so, 1 could not: Ana Ruiz (It was deleted.)`."""
    parts = [f"{len(report.changed)} {done}"] if report.changed or not report.unchanged else []
    if report.unchanged:
        parts.append(f"{report.unchanged} already so")
    if report.refused:
        named = "; ".join(f"{one.name} ({one.reason})" for one in report.refused[:NAMED])
        more = f" and {len(report.refused) - NAMED} more" if len(report.refused) > NAMED else ""
        parts.append(f"{len(report.refused)} could not: {named}{more}")
    return ", ".join(parts)


def next_of(ids: list[str], left: str) -> str:
    """Return which conversation follows one that is left: the one below it, else the one above, else none."""
    at = ids.index(left) if left in ids else -1
    return next((one for one in [*ids[at + 1 :], *reversed(ids[: max(at, 0)])] if one != left), "")


class BulkState(HubState):
    """The bar above the list."""

    report: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    _undo: tuple[Before, ...] = ()
    _done_at: datetime | None = None

    @rx.event
    async def change(self, ids: list[str], field: str, value: str) -> None:
        """Change all of them; `value` is empty for nobody and for waking."""
        told: Any = await self._until(value) if field == "snoozed_until" else value or None
        report = await self._change({"ids": ids, field: True if field == "read" else told})
        self._tell(words_of(report, "changed"), can_undo=bool(report.changed))
        await self._refresh()

    @rx.event
    async def resolve(self) -> object:
        """Close the open conversation and go on to the next one of the list; it can be given back."""
        thread = await self.get_state(ThreadState)
        return await self.finish(thread.wanted)

    @rx.event
    async def finish(self, conversation_id: str) -> object:
        """Close a conversation; whoever still has it open goes on to the next one of the list."""
        thread, inbox = await self.get_state(ThreadState), await self.get_state(InboxState)
        open_still = conversation_id == thread.wanted
        name = thread.conversation["customer"]["name"] if open_still and thread.conversation else "Conversation"
        following = next_of([row["id"] for row in inbox.rows], conversation_id)
        report = await self._change({"ids": [conversation_id], "status": "resolved"})
        words = words_of(report, "changed") if report.refused else f"{name}: resolved"
        self._tell(words, can_undo=bool(report.changed))
        return rx.redirect(address(ROUTE, inbox.query, id=following)) if open_still and not report.refused else None

    @rx.event
    async def undo(self) -> None:
        """Give back what the last change took, within its ten seconds."""
        befores, self._undo = list(self._undo), ()
        late = self._done_at is None or (utc_now() - self._done_at).total_seconds() > UNDO_SECONDS + GRACE_SECONDS
        if not befores or late:
            self._tell("Too late to undo; nothing was changed back.", can_undo=False)
            return
        report = await self.call(bulk.restore, befores)
        self._tell(words_of(report, "changed back"), can_undo=False)
        await self._refresh()

    async def _change(self, wanted: dict[str, Any]) -> BulkReport:
        report = await self.call(bulk.change_many, BulkChange.model_validate(wanted))
        self._undo, self._done_at = tuple(report.changed), utc_now()
        return report

    async def _until(self, choice: str) -> str | None:
        if not choice:
            return None
        facts = await self.call(dealership.read)
        return wake_at(choice, utc_now().astimezone(ZoneInfo(facts.timezone))).isoformat()

    def _tell(self, words: str, *, can_undo: bool) -> None:
        self.report = {"nonce": str(new_id()), "words": words, "can_undo": can_undo}

    async def _refresh(self) -> None:
        inbox = await self.get_state(InboxState)
        await inbox.heard([])
