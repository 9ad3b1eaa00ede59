"""Decide on AI drafts: accept or edit, reject, rate; and check a text before it is sent."""

import asyncio
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from api.core.errors import ConflictError, NotFoundError
from api.repositories.conversations import next_moment
from api.services import conversations, evidence
from api.services.grounding import has_unsupported, needs_review, verify
from api.services.unit_of_work import UnitOfWork
from models.claims import ClaimView, Verdict
from models.conversations import Conversation
from models.messages import Message, MessageState, MessageView, Sender
from models.suggestions import (
    UNDECIDED,
    AcceptInput,
    CheckView,
    FeedbackInput,
    RejectInput,
    Suggestion,
    SuggestionStatus,
)
from models.users import Permission


async def accept(uow: UnitOfWork, message_id: UUID, wanted: AcceptInput) -> MessageView:
    """Send an AI draft as it is or as edited.

    Conversation and draft stay locked until the commit, so of two colleagues who accept at once,
    one sends and the other is told. An edited text is verified anew.

    Args:
        uow: The open unit of work; its actor becomes the message's author.
        message_id: The draft message.
        wanted: The wording, None for the draft's own; and whether its flags are known and stood behind.

    Raises:
        ForbiddenError: `forbidden`.
        NotFoundError: `not_found`.
        ConflictError: `already_decided`, `unsupported_claims`, `stale_draft`.

    Source: roadmap 8.4 (accept, edit and send), ai-drafts section 3.
    """
    uow.actor.require(Permission.REPLY)
    conversation, message, suggestion = await _locked(uow, message_id)
    text = wanted.content if wanted.content is not None else message.content
    edited = text != suggestion.original
    claims = await _verdicts(uow, conversation, suggestion, text, edited=edited)
    stale = (await uow.messages.row(message_id))["stale"]
    if not wanted.acknowledge_flags:
        _refuse_unproven(claims, stale=stale)
    await _send(uow, conversation, message, suggestion, text, claims)
    suggestion.status = SuggestionStatus.EDITED if edited else SuggestionStatus.ACCEPTED
    suggestion.acknowledged = wanted.acknowledge_flags and (stale or has_unsupported(claims))
    await _record_decision(uow, suggestion, {"edit_distance": _distance(suggestion.original, text), "stale": stale})
    if suggestion.acknowledged:
        flagged = [claim.text for claim in claims if claim.verdict is Verdict.UNSUPPORTED]
        await uow.audit("draft:override", f"message:{message_id}", None, {"claims": flagged, "stale": stale})
    return await conversations.message_view(uow, message_id)


def _refuse_unproven(claims: list[ClaimView], *, stale: bool) -> None:
    if has_unsupported(claims):
        wrong = next(claim for claim in claims if claim.verdict is Verdict.UNSUPPORTED)
        raise ConflictError(f"Nothing stands behind “{wrong.text}”: {wrong.reason}", code="unsupported_claims")
    if stale:
        raise ConflictError("The customer wrote again, or a record changed since.", code="stale_draft")


async def _locked(uow: UnitOfWork, message_id: UUID) -> tuple[Conversation, Message, Suggestion]:
    """Lock the conversation, then the draft: everybody in this order.

    Raises:
        NotFoundError: `not_found`: no such AI message.
        ConflictError: `already_decided`.
    """
    suggestion = await uow.suggestions.require(message_id)
    conversation = await uow.conversations.lock(suggestion.conversation_id)
    suggestion = await uow.suggestions.lock(message_id)
    message = await uow.messages.lock(message_id)
    if suggestion.status not in UNDECIDED:
        raise ConflictError("Somebody has already decided on this draft.", code="already_decided")
    return conversation, message, suggestion


async def _verdicts(
    uow: UnitOfWork, conversation: Conversation, suggestion: Suggestion, text: str, *, edited: bool
) -> list[ClaimView]:
    if not edited:
        return [ClaimView.model_validate(claim) for claim in suggestion.claims]
    gathered = await evidence.gather(uow, conversation)
    claims = await asyncio.to_thread(verify, text, gathered.pack)
    suggestion.claims = [claim.model_dump(mode="json") for claim in claims]
    suggestion.needs_review = needs_review(claims)
    return claims


async def _send(
    uow: UnitOfWork,
    conversation: Conversation,
    message: Message,
    suggestion: Suggestion,
    text: str,
    claims: list[ClaimView],
) -> None:
    message.content = text
    message.state = MessageState.SENT
    message.author_id = uow.actor.user_id
    message.sent_at = message.ordered_at = message.updated_at = next_moment(conversation)
    message.unsupported_spans = [[claim.start, claim.end] for claim in claims if claim.verdict is Verdict.UNSUPPORTED]
    _drop_pending(conversation, suggestion.id)
    await uow.session.flush()
    await conversations.after_message(uow, conversation, message)
    uow.announce("message.updated", conversation_id=conversation.id, id=message.id)


def _drop_pending(conversation: Conversation, message_id: UUID) -> None:
    if conversation.pending_draft_id == message_id:
        conversation.pending_draft_id = conversation.pending_draft_status = None


async def _record_decision(uow: UnitOfWork, suggestion: Suggestion, details: dict[str, Any]) -> None:
    suggestion.decided_by = uow.actor.user_id
    suggestion.decided_at = suggestion.updated_at = uow.now
    uow.announce("draft.updated", conversation_id=suggestion.conversation_id, id=suggestion.id)
    await uow.suggestions.log(suggestion.id, uow.actor.user_id, suggestion.status, details)


def _distance(original: str, text: str) -> float:
    """Return the share of the text that an edit changed, 0 to 1."""
    return round(1 - SequenceMatcher(None, original, text, autojunk=False).ratio(), 3)


async def reject(uow: UnitOfWork, message_id: UUID, wanted: RejectInput) -> MessageView:
    """Put a draft aside for good, with the reason.

    Raises:
        NotFoundError: `not_found`.
        ConflictError: `already_decided`.

    Source: roadmap 8.4 (reject).
    """
    uow.actor.require(Permission.REPLY)
    conversation, message, suggestion = await _locked(uow, message_id)
    message.state, message.updated_at = MessageState.REJECTED, uow.now
    suggestion.status = SuggestionStatus.REJECTED
    suggestion.reject_reason, suggestion.reject_comment = wanted.reason, wanted.comment
    _drop_pending(conversation, message_id)
    conversations.touch(uow, conversation)
    await _record_decision(uow, suggestion, {"reason": wanted.reason, "comment": wanted.comment})
    return await conversations.message_view(uow, message_id)


async def explain(uow: UnitOfWork, message_id: UUID, wanted: RejectInput) -> MessageView:
    """Say afterwards why one rejected a draft; again replaces.

    Raises:
        NotFoundError: `not_found`.
        ConflictError: `already_decided`: it was not this person who rejected it.

    Source: ux 1.2 (rejected: the reason by one tap, after the fact).
    """
    uow.actor.require(Permission.REPLY)
    suggestion = await uow.suggestions.lock(message_id)
    if suggestion.status != SuggestionStatus.REJECTED or suggestion.decided_by != uow.actor.user_id:
        raise ConflictError("Somebody else decided on this draft.", code="already_decided")
    suggestion.reject_reason, suggestion.reject_comment = wanted.reason, wanted.comment
    suggestion.updated_at = uow.now
    why = {"reason": wanted.reason, "comment": wanted.comment}
    await uow.suggestions.log(message_id, uow.actor.user_id, "explained", why)
    uow.announce("draft.updated", conversation_id=suggestion.conversation_id, id=message_id)
    return await conversations.message_view(uow, message_id)


async def rate(uow: UnitOfWork, message_id: UUID, wanted: FeedbackInput) -> MessageView:
    """Rate a draft from 1 to 5; a second rating replaces the first.

    Raises:
        NotFoundError: `not_found`.

    Source: roadmap 8.4 (feedback).
    """
    uow.actor.require(Permission.REPLY)
    suggestion = await uow.suggestions.lock(message_id)
    suggestion.rating, suggestion.rating_comment = wanted.rating, wanted.comment
    suggestion.updated_at = uow.now
    await uow.suggestions.log(message_id, uow.actor.user_id, "rated", {"rating": wanted.rating})
    uow.announce("message.updated", conversation_id=suggestion.conversation_id, id=message_id)
    return await conversations.message_view(uow, message_id)


async def check(uow: UnitOfWork, message_id: UUID, content: str) -> CheckView:
    """Verify a text that would be sent in this draft's place; nothing is stored.

    Raises:
        NotFoundError: `not_found`: no such AI message.
    """
    uow.actor.require(Permission.REPLY)
    message = await uow.messages.require(message_id)
    if message.sender != Sender.AI:
        raise NotFoundError()
    gathered = await evidence.gather(uow, await uow.conversations.require(message.conversation_id))
    claims = await asyncio.to_thread(verify, content, gathered.pack)
    return CheckView(claims=claims, flagged=has_unsupported(claims), needs_review=needs_review(claims))


async def failures(uow: UnitOfWork, message_id: UUID) -> list[str]:
    """Return a line for each provider that failed before this draft was written, for staff to read."""
    uow.actor.require(Permission.REPLY)
    return (await uow.suggestions.require(message_id)).failures
