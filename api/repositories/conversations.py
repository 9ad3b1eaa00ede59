"""Customers, conversations, messages and read marks: the rows that services write."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, delete, func, null, select, text, update
from sqlalchemy.dialects.postgresql import insert

from api.core.errors import NotFoundError
from api.core.pagination import Page, PageRequest
from api.repositories.base import Repository, folded_pattern, person_words
from api.repositories.inbox import InboxShape, inbox_statement
from api.repositories.thread import one_message
from models.base import utc_now
from models.conversations import Conversation
from models.customers import Customer
from models.messages import Message, MessageState, ReadMark, Sender

_TICK = timedelta(microseconds=1)
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 20))")


class CustomerRepository(Repository[Customer]):
    """Customers by what identifies them."""

    model = Customer

    async def one_at_a_time(self, *names: str | None) -> None:
        """Hold what identifies a customer until the commit, so that two at once do not take the same."""
        for name in sorted(filter(None, names)):
            await self.session.execute(_ONE_AT_A_TIME, {"name": name})

    async def match(self, external_id: str | None, email: str | None, phone: str | None) -> Customer | None:
        """Return the customer with this external id, else this e-mail, else this phone.

        What identifies the newcomer is locked first, so that two at once do not make two customers.
        """
        await self.one_at_a_time(external_id, email and email.lower(), phone)
        table: Any = Customer
        tries = (
            (external_id, table.external_id == external_id),
            (email, func.lower(table.email) == (email or "").lower()),
            (phone, table.phone == phone),
        )
        for value, condition in tries:
            if value is None:
                continue
            found = await self.session.execute(select(Customer).where(condition).order_by(table.id).limit(1))
            if (customer := found.scalar_one_or_none()) is not None:
                return customer
        return None

    async def search(self, request: PageRequest, q: str | None) -> Page[Customer]:
        """Return a page of customers whose name, e-mail or phone contains `q`."""
        table: Any = Customer
        statement = select(Customer).where(table.erased_at.is_(None))
        if q:
            statement = statement.where(table.search.like(folded_pattern(person_words(q))))
        sorts = {"created_at": table.created_at, "name": table.name}
        return await self.page(statement, request, sorts, {"q": q})


class ConversationRepository(Repository[Conversation]):
    """Conversations, and how far each person has read them."""

    model = Conversation

    async def any(self) -> bool:
        """Tell whether there is a conversation at all."""
        table: Any = Conversation
        return (await self.session.execute(select(table.id).limit(1))).first() is not None

    async def by_lead(self, fingerprint: str) -> Conversation | None:
        """Return the conversation that a lead made, after waiting for a delivery of it that is under way."""
        await self.session.execute(_ONE_AT_A_TIME, {"name": fingerprint})
        table: Any = Conversation
        found = await self.session.execute(select(Conversation).where(table.lead_fingerprint == fingerprint))
        return found.scalar_one_or_none()

    async def row(self, conversation_id: UUID, caller: UUID | None) -> RowMapping:
        """Return the flat inbox row as this unit of work sees it.

        Raises:
            NotFoundError: `not_found`.
        """
        await self.session.flush()
        statement = inbox_statement(InboxShape(frozenset({"id"})))
        found = await self.session.execute(statement, {"id": conversation_id, "caller": caller, "limit": 1})
        row = found.mappings().one_or_none()
        if row is None:
            raise NotFoundError()
        return row

    async def anonymise(self, customer_id: UUID) -> list[UUID]:
        """Take the customer's words out of his conversations' own fields, with their undecided drafts; return them."""
        table: Any = Conversation
        words = {"last_message_preview": "[erased]", "subject": "", "resolution": None, "details": {}}
        drafts = {"pending_draft_id": None, "pending_draft_status": None}
        statement = update(Conversation).where(table.customer_id == customer_id)
        found = await self.session.execute(
            statement.values(**words, **drafts, version=table.version + 1, updated_at=func.now()).returning(table.id)
        )
        return list(found.scalars())

    async def mark_read(self, user_id: UUID, conversation_id: UUID, up_to: datetime) -> None:
        """Set the person's read mark."""
        mark = ReadMark(user_id=user_id, conversation_id=conversation_id, read_up_to=up_to)
        statement = insert(ReadMark).values(**mark.model_dump())
        await self.session.execute(
            statement.on_conflict_do_update(
                constraint="ux_read_marks", set_={"read_up_to": statement.excluded.read_up_to, "updated_at": func.now()}
            )
        )

    async def read_up_to(self, user_id: UUID, conversation_id: UUID) -> datetime | None:
        """Return the person's read mark, or None where he never read it."""
        table: Any = ReadMark
        mark = select(table.read_up_to).where(table.user_id == user_id, table.conversation_id == conversation_id)
        return (await self.session.execute(mark)).scalar_one_or_none()

    async def forget_mark(self, user_id: UUID, conversation_id: UUID) -> None:
        """Take the person's read mark away."""
        table: Any = ReadMark
        mine = delete(ReadMark).where(table.user_id == user_id, table.conversation_id == conversation_id)
        await self.session.execute(mine)

    async def next_waking(self, assignee_id: UUID | None = None) -> tuple[datetime, datetime] | None:
        """Return when the first put-aside customer who waits for a reply comes back, and since when he waits."""
        table: Any = Conversation
        asleep = select(table.snoozed_until, table.waiting_since).where(
            table.snoozed_until > func.now(), table.waiting_since.is_not(None), table.status != "resolved"
        )
        if assignee_id is not None:
            asleep = asleep.where(table.assignee_id == assignee_id)
        found = (await self.session.execute(asleep.order_by(table.snoozed_until).limit(1))).first()
        return None if found is None else (found[0], found[1])


class MessageRepository(Repository[Message]):
    """Messages, stamped in order under their conversation's row lock."""

    model = Message

    async def append(self, conversation: Conversation, message: Message) -> Message:
        """Insert a message as the newest of its conversation, which the caller has locked."""
        moment = next_moment(conversation)
        message.created_at = message.updated_at = message.ordered_at = moment
        message.sent_at = moment if message.state is MessageState.SENT else None
        return await self.add(message)

    async def newest_id(self, conversation_id: UUID) -> UUID | None:
        """Return the newest sent message's id, private notes left out."""
        table: Any = Message
        statement = select(table.id).where(
            table.conversation_id == conversation_id, table.state == MessageState.SENT, table.internal.is_(False)
        )
        return (await self.session.execute(statement.order_by(table.ordered_at.desc()).limit(1))).scalar_one_or_none()

    async def newest_moment(self, conversation_id: UUID, *, customers_only: bool = False) -> datetime | None:
        """Return when the newest sent message was said, private notes left out; None where nobody spoke."""
        table: Any = Message
        statement = select(func.max(table.ordered_at)).where(
            table.conversation_id == conversation_id, table.state == MessageState.SENT, table.internal.is_(False)
        )
        if customers_only:
            statement = statement.where(table.sender == Sender.CUSTOMER)
        return (await self.session.execute(statement)).scalar_one()

    async def row(self, message_id: UUID) -> RowMapping:
        """Return the flat row of one message as this unit of work sees it.

        Raises:
            NotFoundError: `not_found`.
        """
        await self.session.flush()
        found = await self.session.execute(one_message(), {"message_id": message_id})
        row = found.mappings().one_or_none()
        if row is None:
            raise NotFoundError()
        return row

    async def thread(self, conversation_id: UUID, limit: int) -> list[Message]:
        """Return the newest sent messages that are no private notes, oldest first: what a draft is made from."""
        table: Any = Message
        statement = select(Message).where(
            table.conversation_id == conversation_id, table.state == MessageState.SENT, table.internal.is_(False)
        )
        found = await self.session.execute(statement.order_by(table.ordered_at.desc()).limit(limit))
        return list(found.scalars())[::-1]

    async def anonymise(self, customer_id: UUID, names: str) -> None:
        """Take the customer's words out of all his conversations, his names out of ours, and undecided drafts away."""
        table: Any = Message
        theirs: Any = Conversation
        his = select(theirs.id).where(theirs.customer_id == customer_id)
        statement = update(Message).where(table.conversation_id.in_(his))
        await self.session.execute(
            statement.where(table.sender == Sender.CUSTOMER).values(content="[erased]", updated_at=func.now())
        )
        unsaid = statement.where(table.state == MessageState.DRAFT)
        await self.session.execute(unsaid.values(state=MessageState.SUPERSEDED, updated_at=func.now()))
        nameless = func.regexp_replace(table.content, names, "[erased]", "gi")
        ours = statement.where(table.sender != Sender.CUSTOMER, table.content.op("~*")(names))
        await self.session.execute(ours.values(content=nameless, unsupported_spans=null(), updated_at=func.now()))


def next_moment(conversation: Conversation) -> datetime:
    """Return a time after every earlier one of this conversation, which the caller has locked."""
    conversation.clock_at = max(utc_now(), conversation.clock_at + _TICK)
    return conversation.clock_at
