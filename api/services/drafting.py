"""Write a draft: read in one unit of work, ask a model with no connection held, write in another."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from api.core.logging import get_logger
from api.core.security import Actor
from api.integrations.drafting import AllProvidersFailed, ChatMessage, Completion
from api.services import conversations, evidence, limits
from api.services.ai_figures import flag_counts
from api.services.fallback_draft import MODEL, PROVIDER, fallback_template
from api.services.grounding import (
    Rendered,
    UnknownSlotError,
    fill_closed,
    has_unsupported,
    needs_review,
    render,
    slot_catalogue,
    verify_rendered,
)
from api.services.grounding.evidence import EvidencePack
from api.services.house import House
from api.services.prompts import v1
from api.services.unit_of_work import UnitOfWork
from models.base import clean_text
from models.claims import ClaimView
from models.messages import Message, MessageState, MessageView, Sender
from models.suggestions import UNDECIDED, DraftInput, Suggestion, SuggestionStatus
from models.users import Permission

TRIES = 2
LONGEST = 10_000
log = get_logger(__name__)


@dataclass(frozen=True)
class DraftProgress:
    """What a screen shows while a draft comes about; `text` is unverified."""

    phase: Literal["reading", "generating", "verifying"]
    text: str
    messages: int
    vehicles: int
    policies: int


OnProgress = Callable[[DraftProgress], Awaitable[None]]


@dataclass
class _Written:
    """A draft's text and how it came about."""

    rendered: Rendered
    clarifying: bool
    provider: str
    model: str
    latency_ms: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    failures: list[str] = field(default_factory=list)


async def draft(
    house: House,
    actor: Actor,
    conversation_id: UUID,
    wanted: DraftInput,
    on_progress: OnProgress | None = None,
) -> MessageView:
    """Draft a reply to the newest message, and store it undecided in place of an older undecided one.

    The only service that takes the house: a provider may think for 20 s, and no database connection
    waits for it. Where every provider fails, or none is configured, the built-in fallback writes.

    Args:
        house: The process's house.
        actor: Who asks.
        conversation_id: Which conversation.
        wanted: Tone and instruction.
        on_progress: Hears the text grow, slots filled as they close.

    Raises:
        ForbiddenError: `forbidden`.
        NotFoundError: `not_found`.
        RateLimitedError: `rate_limited`.

    Source: roadmap 8.4 (AI response generation), ai-drafts section 2.
    """
    async with house.unit(actor) as uow:
        uow.actor.require(Permission.REPLY)
        await limits.require_draft(house, actor)
        conversation = await uow.conversations.require(conversation_id)
        gathered = await evidence.gather(uow, conversation)
    teller = _Teller(gathered.pack, on_progress)
    await teller.tell("reading", "")
    written = await _write(house, gathered.pack, wanted, teller)
    await teller.tell("verifying", written.rendered.text)
    claims = await asyncio.to_thread(verify_rendered, written.rendered, gathered.pack)
    async with house.unit(actor) as uow:
        return await _store(uow, conversation_id, gathered, written, claims)


class _Teller:
    """Turns what a model writes into what a screen may show."""

    def __init__(self, pack: EvidencePack, on_progress: OnProgress | None) -> None:
        self._pack = pack
        self._on_progress = on_progress

    async def tell(self, phase: Literal["reading", "generating", "verifying"], text: str) -> None:
        if self._on_progress is not None:
            policies = len((self._pack.dealership or {}).get("policies", [])) + len(self._pack.canned)
            counts = (len(self._pack.messages), len(self._pack.vehicles), policies)
            await self._on_progress(DraftProgress(phase, text, *counts))

    async def hear(self, raw: str) -> None:
        text, _ = v1.read(raw)
        await self.tell("generating", fill_closed(text, self._pack))


async def _write(house: House, pack: EvidencePack, wanted: DraftInput, teller: _Teller) -> _Written:
    if not house.drafting.configured:
        return _fallback(pack, [])
    prompt = v1.build(pack, slot_catalogue(pack), wanted.tone, wanted.instruction)
    deadline = time.monotonic() + house.settings.ai_timeout_s
    failures: list[str] = []
    for _ in range(TRIES):
        try:
            completion = await _ask(house, prompt, teller, deadline - time.monotonic())
            return _read(completion, pack, failures)
        except AllProvidersFailed as error:
            failures.extend(error.reasons)
            break
        except ValueError as error:
            failures.append(str(error))
            prompt = [*prompt, ChatMessage("user", f"Your last answer was not usable: {error}. Write it anew.")]
    log.warning("the fallback drafts", reasons=failures)
    return _fallback(pack, failures)


async def _ask(house: House, prompt: list[ChatMessage], teller: _Teller, seconds: float) -> Completion:
    return await house.drafting.complete(prompt, on_text=teller.hear, timeout_seconds=max(seconds, 0.01))


def _read(completion: Completion, pack: EvidencePack, failures: list[str]) -> _Written:
    """Fill the slots of an answer.

    Raises:
        ValueError: An unknown slot, or a text that is empty, too long or not text.
    """
    template, clarifying = v1.read(completion.text)
    try:
        rendered = render(clean_text(template), pack)
    except UnknownSlotError as error:
        raise ValueError(f"{completion.provider} used a slot that does not exist: {error}") from None
    if not 0 < len(rendered.text) <= LONGEST:
        raise ValueError(f"{completion.provider} wrote an unusable text")
    return _Written(
        rendered,
        clarifying,
        completion.provider,
        completion.model,
        completion.latency_ms,
        completion.input_tokens,
        completion.output_tokens,
        failures,
    )


def _fallback(pack: EvidencePack, failures: list[str]) -> _Written:
    template, clarifying = fallback_template(pack)
    return _Written(render(template, pack), clarifying, PROVIDER, MODEL, failures=failures)


async def _store(
    uow: UnitOfWork, conversation_id: UUID, gathered: evidence.Gathered, written: _Written, claims: list[ClaimView]
) -> MessageView:
    conversation = await uow.conversations.lock(conversation_id)
    if conversation.pending_draft_id is not None:
        await supersede(uow, conversation.pending_draft_id)
    text = written.rendered.text
    message = Message(conversation_id=conversation.id, sender=Sender.AI, content=text, state=MessageState.DRAFT)
    await uow.messages.append(conversation, message)
    status = SuggestionStatus.FLAGGED if has_unsupported(claims) else SuggestionStatus.READY
    suggestion = Suggestion(
        id=message.id,
        conversation_id=conversation_id,
        status=status,
        original=message.content,
        claims=[claim.model_dump(mode="json") for claim in claims],
        cited=gathered.cited(claims),
        based_on_at=gathered.read_up_to,
        needs_review=needs_review(claims),
        clarifying_question=written.clarifying,
        provider=written.provider,
        model=written.model,
        prompt_version=v1.VERSION if written.provider != PROVIDER else PROVIDER,
        failures=written.failures,
        latency_ms=written.latency_ms,
        input_tokens=written.input_tokens,
        output_tokens=written.output_tokens,
    )
    await uow.suggestions.add(suggestion)
    conversation.pending_draft_id, conversation.pending_draft_status = message.id, status
    conversations.touch(uow, conversation)
    uow.announce("draft.updated", conversation_id=conversation_id, id=message.id)
    details = suggestion.model_dump(mode="json", include={"provider", "model", "prompt_version", "failures", "cited"})
    tokens = suggestion.model_dump(include={"latency_ms", "input_tokens", "output_tokens"})
    counted = {**tokens, "flags": flag_counts(claims)}
    await uow.suggestions.log(message.id, uow.actor.user_id, status, {**details, **counted})
    return await conversations.message_view(uow, message.id)


async def supersede(uow: UnitOfWork, message_id: UUID) -> None:
    """Put an undecided draft aside; its conversation is locked by the caller."""
    suggestion = await uow.suggestions.lock(message_id)
    if suggestion.status not in UNDECIDED:
        return
    message = await uow.messages.require(message_id)
    suggestion.status, message.state = SuggestionStatus.SUPERSEDED, MessageState.SUPERSEDED
    suggestion.updated_at = message.updated_at = uow.now
    uow.announce("draft.updated", conversation_id=message.conversation_id, id=message_id)
    await uow.suggestions.log(message_id, uow.actor.user_id, SuggestionStatus.SUPERSEDED)


async def auto_draft(house: House, conversation_id: str) -> None:
    """Draft for a customer's message where the dealership wants that; the job of `conversations.send`."""
    actor = Actor.system("auto-draft")
    async with house.unit(actor) as uow:
        conversation = await uow.conversations.get(UUID(conversation_id))
        facts = await uow.dealership.current()
        if conversation is None or conversation.last_message_sender != Sender.CUSTOMER:
            return
        if facts is None or not facts.auto_draft:
            return
    await draft(house, actor, UUID(conversation_id), DraftInput())
