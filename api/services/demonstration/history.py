"""Rows of the demonstration's past: people, customers, conversations, messages, read marks."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from api.services.conversations import PREVIEW_LENGTH
from api.services.demonstration.story import CUSTOMER, Line, Person, Thread
from api.services.unit_of_work import UnitOfWork
from models.conversations import PRIORITY_RANK, Conversation
from models.customers import Customer
from models.messages import Message, Sender
from models.notifications import Notification
from models.users import User

People = dict[str, UUID]
_MEMBERS_SINCE = timedelta(days=60)


async def add_people(uow: UnitOfWork, people: list[Person], password_hash: str) -> People:
    """Add who can sign in, e-mails verified; an account that is there already is taken as it is."""
    ids: People = {}
    for person in people:
        user = await uow.users.by_email(str(person.email))
        if user is None:
            since = uow.now - _MEMBERS_SINCE
            moments: dict[str, Any] = {"created_at": since, "updated_at": since, "email_verified_at": since}
            user = await uow.users.add(User(**person.model_dump(), password_hash=password_hash, **moments))
        ids[person.username] = user.id
    return ids


async def add_thread(uow: UnitOfWork, thread: Thread, people: People) -> None:
    """Add one conversation with its customer, messages and read marks, as the services would have left it."""
    began = uow.now + thread.messages[0].at
    guest = thread.customer.model_dump(mode="json")
    customer = await uow.customers.add(Customer(**guest, created_at=began, updated_at=began))
    conversation = await uow.conversations.add(_conversation(uow.now, thread, customer.id, people))
    newest: Message | None = None
    for line in thread.messages:
        message = await uow.messages.add(_message(uow.now, line, conversation.id, people))
        newest = newest if line.note else message
    if newest is not None:
        conversation.last_message_id = newest.id
        conversation.last_message_sender = newest.sender
        conversation.last_message_preview = " ".join(newest.content.split())[:PREVIEW_LENGTH]
    for username in {line.sender for line in thread.messages} - {CUSTOMER}:
        last = max(line.at for line in thread.messages if line.sender == username)
        await uow.conversations.mark_read(people[username], conversation.id, uow.now + last)
    await _notify(uow, thread, conversation, customer)


def _conversation(now: datetime, thread: Thread, customer_id: UUID, people: People) -> Conversation:
    last = now + thread.messages[-1].at
    return Conversation(
        customer_id=customer_id,
        subject=thread.subject,
        status=thread.status,
        priority=thread.priority,
        priority_rank=PRIORITY_RANK[thread.priority],
        source=thread.source,
        labels=thread.labels,
        assignee_id=people[thread.assigned_to] if thread.assigned_to else None,
        last_message_at=now + thread.spoken[-1].at,
        waiting_since=now + thread.waiting.at if thread.waiting else None,
        snoozed_until=now + thread.snoozed if thread.snoozed else None,
        resolution=thread.resolution,
        details=thread.metadata,
        clock_at=last,
        created_at=now + thread.messages[0].at,
        updated_at=last,
    )


def _message(now: datetime, line: Line, conversation_id: UUID, people: People) -> Message:
    at = now + line.at
    moments: dict[str, Any] = {"created_at": at, "updated_at": at, "ordered_at": at, "sent_at": at}
    by_customer = line.sender == CUSTOMER
    return Message(
        conversation_id=conversation_id,
        sender=Sender.CUSTOMER if by_customer else Sender.STAFF,
        author_id=None if by_customer else people[line.sender],
        content=line.text,
        internal=line.note,
        **moments,
    )


async def _notify(uow: UnitOfWork, thread: Thread, conversation: Conversation, customer: Customer) -> None:
    if conversation.assignee_id is None or thread.waiting is None:
        return
    at = uow.now + thread.waiting.at
    notice = Notification(
        user_id=conversation.assignee_id,
        kind="message.received",
        title=f"{customer.name} wrote",
        body=thread.waiting.text[:PREVIEW_LENGTH],
        link=f"/inbox?id={conversation.id}",
        created_at=at,
        updated_at=at,
    )
    await uow.notifications.add(notice)
