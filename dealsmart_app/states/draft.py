"""DraftState: a draft in the making, streamed to the screen, and the verdicts on an edited one."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import reflex as rx

from api.core.errors import ConflictError, HubError
from api.core.logging import get_logger
from api.services import drafting, suggestions
from api.services.house import house
from dealsmart_app.states.base import HubState
from dealsmart_app.states.sources import examine
from dealsmart_app.states.thread import ThreadState
from models.messages import MessageView
from models.suggestions import DraftInput, RejectInput

FRAME_SECONDS = 0.08
FAILED = "The draft could not be written. Your text is kept."
log = get_logger(__name__)
_running: dict[str, asyncio.Task[MessageView]] = {}


class DraftState(HubState):
    """What the panel shows while a draft comes about; the draft itself belongs to the thread."""

    conversation_id: rx.Field[str] = rx.field(default="")
    phase: rx.Field[str] = rx.field(default="none")
    text: rx.Field[str] = rx.field(default="")
    reading: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    started_at: rx.Field[float] = rx.field(default=0)
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    check: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    engine: rx.Field[str] = rx.field(default="on")
    _run: int = 0

    @rx.event
    def arrive(self) -> None:
        """Learn whether any model is connected: `on`, `off` where the settings name the fallback alone, or `none`."""
        opened = house()
        without = "off" if opened.settings.ai_providers == ["fallback"] else "none"
        self.engine = "on" if opened.drafting.configured else without

    @rx.event(background=True)
    async def start(self, conversation_id: str, instruction: str, tone: str) -> None:
        """Draft a reply; the socket stays free for everything else meanwhile."""
        async with self:
            actor, token = await self.actor(), self.router.session.client_token
            run = self._begin(conversation_id)
        wanted = DraftInput.model_validate({"instruction": instruction or None, "tone": tone})
        frames = FrameDrawer(lambda progress: self._draw(run, progress))
        work = drafting.draft(house(), actor, UUID(conversation_id), wanted, frames.tell)
        _stop(token)
        task = _running[token] = asyncio.create_task(work)
        message, problem = await _outcome(task, actor.request_id or "")
        await frames.end()
        async with self:
            if self._run == run:
                self.phase, self.problem = ("failed", problem) if problem else ("none", {})
                thread = await self.get_state(ThreadState)
                if message is not None and thread.wanted == conversation_id:
                    await thread.take_draft(message)

    @rx.event
    def stop(self) -> None:
        """Give up the draft in the making; nothing of it is stored."""
        _stop(self.router.session.client_token)
        self._run += 1
        self.phase, self.text = "none", ""

    @rx.event
    def dismiss(self) -> None:
        """Take a failure off the screen."""
        self.phase, self.problem = "none", {}

    @rx.event
    async def examine(self, message_id: str, content: str) -> None:
        """Tell what stands behind a text that would be sent in a draft's place."""
        thread = await self.get_state(ThreadState)
        found = await self.call(examine, UUID(message_id), content, thread.messages)
        self.check = {"message_id": message_id, "content": content, **found}

    @rx.event
    async def reject(self, message_id: str) -> None:
        """Put a draft aside; that a colleague was quicker is no fault."""
        try:
            await self.call(suggestions.reject, UUID(message_id), RejectInput())
        except ConflictError as error:
            log.info("draft already decided", code=error.code)

    @rx.event
    async def explain(self, message_id: str, reason: str | None, comment: str) -> None:
        """Say why the draft was put aside; where a colleague had decided there is nothing to say."""
        wanted = RejectInput.model_validate({"reason": reason, "comment": comment.strip() or None})
        try:
            await self.call(suggestions.explain, UUID(message_id), wanted)
        except ConflictError as error:
            log.info("draft decided by somebody else", code=error.code)

    def _begin(self, conversation_id: str) -> int:
        self._run += 1
        self.conversation_id, self.phase, self.text = conversation_id, "reading", ""
        self.reading, self.problem, self.started_at = {}, {}, time.time() * 1000
        return self._run

    async def _draw(self, run: int, progress: drafting.DraftProgress) -> None:
        async with self:
            if self._run == run:
                self.phase, self.text = progress.phase, progress.text
                self.reading = {name: getattr(progress, name) for name in ("messages", "vehicles", "policies")}


class FrameDrawer:
    """Draws the newest progress at once, then once a frame at most; what came last before a pause is drawn too."""

    def __init__(self, draw: Callable[[drafting.DraftProgress], Awaitable[None]]) -> None:
        self._draw = draw
        self._newest: drafting.DraftProgress | None = None
        self._drawing: asyncio.Task[None] | None = None

    async def tell(self, progress: drafting.DraftProgress) -> None:
        """Take a progress in; it does not wait for the screen."""
        self._newest = progress
        if self._drawing is None or self._drawing.done():
            self._drawing = asyncio.create_task(self._run())

    async def end(self) -> None:
        """Draw nothing any more, and wait until nothing is being drawn."""
        self._newest = None
        if self._drawing is not None:
            await self._drawing

    async def _run(self) -> None:
        while (progress := self._newest) is not None:
            self._newest = None
            await self._draw(progress)
            await asyncio.sleep(FRAME_SECONDS)


def _stop(token: str) -> None:
    if (task := _running.pop(token, None)) is not None:
        task.cancel()


async def _outcome(task: asyncio.Task[MessageView], request_id: str) -> tuple[MessageView | None, dict[str, str]]:
    """Wait for a draft; return it, or what to tell, or neither where it was stopped."""
    await asyncio.wait([task])
    if task.cancelled():
        return None, {}
    error = task.exception()
    if error is None:
        return task.result(), {}
    if not isinstance(error, HubError):
        log.error("a draft failed", exc_info=error, fault_id=request_id)
    return None, {"detail": error.detail if isinstance(error, HubError) else FAILED, "request_id": request_id}
