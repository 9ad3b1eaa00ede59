"""Open, send, assign, close, change, read, delete; what is said is ordered under the conversation's row lock."""

from datetime import datetime
from typing import Any
from uuid import UUID

from api.core.errors import ConflictError, NotFoundError, PreconditionError, ValidationError
from api.repositories.inbox import conversation_row
from api.repositories.thread import message_row
from api.services import customers, notifications
from api.services.unit_of_work import UnitOfWork
from models.conversations import (
    PRIORITY_RANK,
    Conversation,
    ConversationInput,
    ConversationPatch,
    ConversationStatus,
    ConversationView,
)
from models.messages import Message, MessageInput, MessageState, MessageView, Sender
from models.users import STAFF_ROLES, Permission, UserStatus

PREVIEW_LENGTH = 140
TITLE_LENGTH = 200


async def create(uow: UnitOfWork, wanted: ConversationInput) -> ConversationView:
    """Open a conversation; the customer is matched by external id, else e-mail, else phone, else made.

    Raises:
        ForbiddenError: `forbidden`, `insufficient_scope`.
        ValidationError: A phone number that cannot be.

    Source: roadmap 8.3 (create a conversation).
    """
    conversation = await open_conversation(uow, wanted)
    if uow.actor.key_id is None:
        told = {"customer_id": conversation.customer_id, "subject": conversation.subject}
        await uow.audit("conversation:create", _target(conversation), None, told)
    return await view(uow, conversation)


async def open_conversation(
    uow: UnitOfWork, wanted: ConversationInput, *, lead_fingerprint: str | None = None, at: datetime | None = None
) -> Conversation:
    """Insert the conversation and its first message.

    Args:
        uow: The open unit of work.
        wanted: What the caller sent.
        lead_fingerprint: What identifies the lead document that this comes from.
        at: When the customer wrote, where that is known; the message's place in the thread stays now.
    """
    uow.actor.require(Permission.WRITE_AS_CUSTOMER)
    customer = await customers.find_or_make(uow, wanted.customer)
    conversation = Conversation(
        customer_id=customer.id,
        subject=wanted.subject,
        source=wanted.source,
        priority=wanted.priority,
        priority_rank=PRIORITY_RANK[wanted.priority],
        labels=list(dict.fromkeys(wanted.labels)),
        details=wanted.metadata | ({"requested_at": at.isoformat()} if at else {}),
        lead_fingerprint=lead_fingerprint,
        created_at=uow.now,
        last_message_at=uow.now,
        clock_at=uow.now,
    )
    await uow.conversations.add(conversation)
    if wanted.message is not None:
        await _say(
            uow,
            conversation,
            Message(conversation_id=conversation.id, sender=Sender.CUSTOMER, content=wanted.message.content),
        )
    uow.announce("conversation.updated", conversation_id=conversation.id, id=conversation.id)
    return conversation


async def send(uow: UnitOfWork, conversation_id: UUID, wanted: MessageInput) -> MessageView:
    """Store a message as the newest of its conversation: a reply, a note, or a customer's words.

    Raises:
        ForbiddenError: `forbidden`, `insufficient_scope`: a key speaks for customers only.
        NotFoundError: `not_found`.
        ConflictError: `newer_message` where `last_seen_message_id` is no longer the newest.

    Source: roadmap 8.3 (send a message).
    """
    needed = Permission.WRITE_AS_CUSTOMER if wanted.sender is Sender.CUSTOMER else Permission.REPLY
    uow.actor.require(needed)
    conversation = await uow.conversations.lock(conversation_id)
    if wanted.last_seen_message_id is not None:
        await _refuse_if_newer(uow, conversation, wanted.last_seen_message_id)
    content, internal = wanted.content, wanted.internal
    message = Message(conversation_id=conversation.id, sender=wanted.sender, content=content, internal=internal)
    message.author_id = uow.actor.user_id if wanted.sender is Sender.STAFF else None
    await _say(uow, conversation, message)
    if wanted.sender is Sender.CUSTOMER and uow.actor.key_id is None:
        told = {"conversation_id": conversation.id}
        await uow.audit("message:record", f"message:{message.id}", None, told)
    return await message_view(uow, message.id)


async def _refuse_if_newer(uow: UnitOfWork, conversation: Conversation, seen: UUID) -> None:
    newest = await uow.messages.newest_id(conversation.id)
    if newest is not None and newest != seen:
        raise ConflictError("Somebody wrote meanwhile. Read it, then send again.", code="newer_message")


async def _say(uow: UnitOfWork, conversation: Conversation, message: Message) -> None:
    await uow.messages.append(conversation, message)
    await after_message(uow, conversation, message)
    if message.sender is Sender.CUSTOMER:
        facts = await uow.dealership.current()
        if facts is not None and facts.auto_draft:
            await uow.enqueue("drafting.auto_draft", lock=f"draft:{conversation.id}", conversation_id=conversation.id)


async def after_message(uow: UnitOfWork, conversation: Conversation, message: Message) -> None:
    """Bring the conversation's row in step with a message that was just sent, and tell everybody."""
    uow.announce("message.created", conversation_id=conversation.id, id=message.id)
    touch(uow, conversation)
    if message.internal:
        return
    conversation.last_message_id = message.id
    conversation.last_message_at = message.ordered_at
    conversation.last_message_sender = message.sender
    conversation.last_message_preview = " ".join(message.content.split())[:PREVIEW_LENGTH]
    if message.sender is Sender.CUSTOMER:
        conversation.waiting_since = conversation.waiting_since or message.ordered_at
        conversation.status = ConversationStatus.OPEN
        conversation.snoozed_until = None
        conversation.resolution = None
        await _tell_assignee(uow, conversation)
    else:
        conversation.waiting_since = None


async def _tell_assignee(uow: UnitOfWork, conversation: Conversation) -> None:
    if conversation.assignee_id is not None and conversation.assignee_id != uow.actor.user_id:
        customer = await uow.customers.require(conversation.customer_id)
        await notifications.notify(
            uow,
            conversation.assignee_id,
            "message.received",
            f"{customer.name} wrote",
            conversation.last_message_preview or "",
            f"/inbox?id={conversation.id}",
        )


def touch(uow: UnitOfWork, conversation: Conversation) -> None:
    """Count a change of the conversation and announce it."""
    conversation.version += 1
    conversation.updated_at = uow.now
    uow.announce("conversation.updated", conversation_id=conversation.id, id=conversation.id)


async def assign(uow: UnitOfWork, conversation_id: UUID, staff_id: UUID | None) -> ConversationView:
    """Give a conversation to somebody, or to nobody, and tell him.

    Raises:
        NotFoundError: `not_found`.
        ValidationError: The person is not active staff or admin.

    Source: roadmap 8.3 (assign).
    """
    uow.actor.require(Permission.REPLY)
    conversation = await uow.conversations.lock(conversation_id)
    if staff_id is not None:
        user = await uow.users.get(staff_id)
        if user is None or user.role not in STAFF_ROLES or user.status != UserStatus.ACTIVE:
            raise ValidationError.at("body.staff_id", "is nobody who answers customers", "not_staff")
    if conversation.assignee_id == staff_id:
        return await view(uow, conversation)
    before, conversation.assignee_id = conversation.assignee_id, staff_id
    touch(uow, conversation)
    await uow.audit("conversation:assign", _target(conversation), {"staff_id": before}, {"staff_id": staff_id})
    if staff_id is not None and staff_id != uow.actor.user_id:
        customer = await uow.customers.require(conversation.customer_id)
        title = f"{uow.actor.display_name or 'A colleague'} assigned {customer.name} to you"[:TITLE_LENGTH]
        body, link = conversation.subject or (conversation.last_message_preview or ""), f"/inbox?id={conversation.id}"
        await notifications.notify(uow, staff_id, "conversation.assigned", title, body, link)
    return await view(uow, conversation)


async def close(uow: UnitOfWork, conversation_id: UUID, resolution: str | None) -> ConversationView:
    """Resolve a conversation; a second time changes nothing.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.REPLY)
    conversation = await uow.conversations.lock(conversation_id)
    if conversation.status == ConversationStatus.RESOLVED:
        return await view(uow, conversation)
    before = conversation.status
    conversation.status = ConversationStatus.RESOLVED
    conversation.resolution = resolution
    conversation.snoozed_until = None
    conversation.waiting_since = None
    touch(uow, conversation)
    await uow.audit("conversation:close", _target(conversation), {"status": before}, {"status": "resolved"})
    return await view(uow, conversation)


async def change(
    uow: UnitOfWork, conversation_id: UUID, patch: ConversationPatch, version: int | None = None
) -> ConversationView:
    """Change status, priority, subject, labels or snooze.

    Args:
        uow: The open unit of work.
        conversation_id: Which one.
        patch: Only the fields that were sent count.
        version: The version that the caller saw; None takes the newest.

    Raises:
        NotFoundError: `not_found`.
        PreconditionError: `stale_version`.
        ValidationError: A snooze that ends in the past.
    """
    uow.actor.require(Permission.REPLY)
    conversation = await uow.conversations.lock(conversation_id)
    if version is not None and version != conversation.version:
        raise PreconditionError()
    wanted = patch.model_dump(exclude_unset=True)
    _check_snooze(uow, wanted)
    if "labels" in wanted:
        wanted["labels"] = list(dict.fromkeys(wanted["labels"]))
    before = {name: getattr(conversation, name) for name in wanted}
    if before == wanted:
        return await view(uow, conversation)
    for name, value in wanted.items():
        setattr(conversation, name, value)
    _settle(conversation, reopened=before.get("status") == ConversationStatus.RESOLVED)
    touch(uow, conversation)
    await uow.audit("conversation:update", _target(conversation), before, wanted)
    return await view(uow, conversation)


def _check_snooze(uow: UnitOfWork, wanted: dict[str, Any]) -> None:
    until = wanted.get("snoozed_until")
    if until is not None and until <= uow.now:
        raise ValidationError.at("body.snoozed_until", "must lie in the future", "in_the_past")


def _settle(conversation: Conversation, *, reopened: bool) -> None:
    conversation.priority_rank = PRIORITY_RANK[conversation.priority]
    if conversation.status == ConversationStatus.RESOLVED:
        conversation.snoozed_until = conversation.waiting_since = None
        return
    conversation.resolution = None
    if reopened and conversation.last_message_sender == Sender.CUSTOMER:
        conversation.waiting_since = conversation.last_message_at


async def mark_read(uow: UnitOfWork, conversation_id: UUID, message_id: UUID) -> None:
    """Set the caller's read mark at a message; nothing else moves it.

    Raises:
        NotFoundError: `not_found`: no such message in this conversation.
    """
    uow.actor.require(Permission.REPLY)
    user_id = uow.actor.require_user()
    message = await uow.messages.require(message_id)
    if message.conversation_id != conversation_id or message.state != MessageState.SENT:
        raise NotFoundError()
    await uow.conversations.mark_read(user_id, conversation_id, message.ordered_at)


async def delete(uow: UnitOfWork, conversation_id: UUID) -> None:
    """Delete a conversation with all that was said in it.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.DELETE_CONVERSATIONS)
    conversation = await uow.conversations.lock(conversation_id)
    told = {"customer_id": conversation.customer_id, "subject": conversation.subject}
    await uow.audit("conversation:delete", _target(conversation), told)
    await uow.conversations.remove(conversation)
    uow.announce("conversation.updated", conversation_id=conversation_id, id=conversation_id)


async def view(uow: UnitOfWork, conversation: Conversation) -> ConversationView:
    """Show the conversation as this unit of work leaves it."""
    row = await uow.conversations.row(conversation.id, uow.actor.user_id)
    return ConversationView.model_validate(conversation_row(row))


async def message_view(uow: UnitOfWork, message_id: UUID) -> MessageView:
    """Show a message as this unit of work leaves it."""
    return MessageView.model_validate(message_row(await uow.messages.row(message_id)))


def _target(conversation: Conversation) -> str:
    return f"conversation:{conversation.id}"
