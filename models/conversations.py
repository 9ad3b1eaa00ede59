"""Customers, their conversations and messages, read marks, canned responses."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from annotated_types import MaxLen
from pydantic import BaseModel, ConfigDict, EmailStr, StringConstraints, field_validator, model_validator
from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlmodel import Field

from models.base import (
    LONG_TEXT,
    ONE_LINE,
    GivenMoment,
    InputModel,
    JsonObject,
    PersonView,
    TableModel,
    Timestamp,
    ViewModel,
    moment,
)
from models.suggestions import AssistanceView


class ConversationStatus(StrEnum):
    """Whether somebody owes the customer an answer."""

    OPEN = "open"
    PENDING = "pending"
    RESOLVED = "resolved"


class Priority(StrEnum):
    """How soon; PRIORITY_RANK orders them."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


PRIORITY_RANK = {Priority.LOW: 0, Priority.NORMAL: 1, Priority.HIGH: 2, Priority.URGENT: 3}


class ConversationSource(StrEnum):
    """How the conversation began."""

    WEB = "web"
    EMAIL = "email"
    SMS = "sms"
    PHONE = "phone"
    WALK_IN = "walk_in"
    API = "api"


class Sender(StrEnum):
    """Who speaks; an accepted draft stays `ai`, its author is whoever accepted it."""

    CUSTOMER = "customer"
    STAFF = "staff"
    AI = "ai"


class MessageState(StrEnum):
    """Only `sent` messages reached the thread."""

    DRAFT = "draft"
    SENT = "sent"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


SEARCH_CONFIG = "simple"


class Customer(TableModel, table=True):
    """Somebody who writes to the dealership; matched by external id, else e-mail, else phone."""

    __tablename__ = "customers"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ux_customers_external_id", "external_id", unique=True),
        Index("ix_customers_email", func.lower(Column("email", Text))),
        Index("ix_customers_phone", "phone"),
        Index("ix_customers_created", "created_at", "id"),
        Index("ix_customers_search", "search", postgresql_using="gin", postgresql_ops={"search": "gin_trgm_ops"}),
    )

    name: str
    email: str | None = None
    phone: str | None = None
    external_id: str | None = None
    language: str | None = None
    do_not_contact: bool = False
    erased_at: datetime | None = moment(None)
    search: str | None = Field(
        default=None,
        sa_column=Column(
            Text,
            Computed("lower(name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))", persisted=True),
        ),
    )


class Conversation(TableModel, table=True):
    """One matter with one customer; what the inbox list needs is kept on the row."""

    __tablename__ = "conversations"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_conversations_last", text("last_message_at DESC"), text("id DESC")),
        Index("ix_conversations_created", text("created_at DESC"), text("id DESC")),
        Index(
            "ix_conversations_priority",
            text("priority_rank DESC"),
            text("last_message_at DESC"),
            text("id DESC"),
        ),
        Index("ix_conversations_status", "status", text("last_message_at DESC"), text("id DESC")),
        Index(
            "ix_conversations_assignee",
            "assignee_id",
            "status",
            text("last_message_at DESC"),
            text("id DESC"),
        ),
        Index("ix_conversations_customer", "customer_id", text("last_message_at DESC")),
        Index("ix_conversations_labels", "labels", postgresql_using="gin"),
        Index(
            "ix_conversations_subject",
            func.lower(Column("subject", Text)).label("subject_lower"),
            postgresql_using="gin",
            postgresql_ops={"subject_lower": "gin_trgm_ops"},
        ),
        Index("ux_conversations_lead", "lead_fingerprint", unique=True),
    )

    customer_id: UUID = Field(sa_column=Column(ForeignKey("customers.id", ondelete="CASCADE"), nullable=False))
    subject: str = ""
    status: ConversationStatus = Field(default=ConversationStatus.OPEN, sa_type=Text)
    priority: Priority = Field(default=Priority.NORMAL, sa_type=Text)
    priority_rank: int = Field(default=1, sa_type=SmallInteger)
    source: ConversationSource = Field(sa_type=Text)
    labels: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(Text), nullable=False))
    assignee_id: UUID | None = Field(default=None, sa_column=Column(ForeignKey("users.id", ondelete="SET NULL")))
    last_message_at: datetime = moment()
    last_message_id: UUID | None = None
    last_message_sender: str | None = None
    last_message_preview: str | None = None
    waiting_since: datetime | None = moment(None)
    pending_draft_id: UUID | None = None
    pending_draft_status: str | None = None
    snoozed_until: datetime | None = moment(None)
    resolution: str | None = None
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column("metadata", JSONB, nullable=False))
    lead_fingerprint: str | None = None
    clock_at: datetime = moment()
    version: int = 1


class Message(TableModel, table=True):
    """What was said, or is proposed to be said."""

    __tablename__ = "messages"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ux_messages_sent", "conversation_id", "ordered_at", unique=True),
        Index(
            "ix_messages_customer",
            "conversation_id",
            "ordered_at",
            postgresql_where=text("sender = 'customer' AND state = 'sent'"),
        ),
        Index("ix_messages_tsv", "tsv", postgresql_using="gin"),
        Index("ix_messages_created", text("created_at DESC")),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="ck_messages_sent_at"),
    )

    conversation_id: UUID = Field(sa_column=Column(ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False))
    sender: Sender = Field(sa_type=Text)
    author_id: UUID | None = Field(default=None, sa_column=Column(ForeignKey("users.id", ondelete="SET NULL")))
    content: str
    state: MessageState = Field(default=MessageState.SENT, sa_type=Text)
    internal: bool = False
    sent_at: datetime | None = moment(None)
    ordered_at: datetime = moment()
    unsupported_spans: list[list[int]] | None = Field(default=None, sa_column=Column(JSONB))
    tsv: str | None = Field(
        default=None,
        sa_column=Column(TSVECTOR, Computed(f"to_tsvector('{SEARCH_CONFIG}', content)", persisted=True)),
    )


class ReadMark(TableModel, table=True):
    """How far one person has read one conversation."""

    __tablename__ = "read_marks"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (UniqueConstraint("user_id", "conversation_id", name="ux_read_marks"),)

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False))
    conversation_id: UUID = Field(
        sa_column=Column(ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    read_up_to: datetime = moment()


class CannedResponse(TableModel, table=True):
    """A prepared reply; an approved one is evidence for drafts."""

    __tablename__ = "canned_responses"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ux_canned_shortcut", func.lower(Column("shortcut", Text)), unique=True),)

    title: str
    content: str
    shortcut: str | None = None
    approved: bool = False


Title = Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE]
Subject = Annotated[str, StringConstraints(max_length=200), ONE_LINE]
Label = Annotated[str, StringConstraints(min_length=1, max_length=50), ONE_LINE]
Content = Annotated[str, StringConstraints(min_length=1, max_length=10_000), LONG_TEXT]
Note = Annotated[str, StringConstraints(max_length=2_000), LONG_TEXT]


class CustomerInput(InputModel):
    """Who writes; the phone is checked and made E.164 by the service, which knows the region."""

    name: Title
    email: EmailStr | None = None
    phone: Annotated[str, StringConstraints(min_length=1, max_length=50), ONE_LINE] | None = None
    external_id: Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE] | None = None


class CustomerPatch(InputModel):
    """Body of PATCH /customers/{id}."""

    name: Title | None = None
    email: EmailStr | None = None
    phone: Annotated[str, StringConstraints(min_length=1, max_length=50), ONE_LINE] | None = None
    external_id: Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE] | None = None
    language: Annotated[str, StringConstraints(max_length=35), ONE_LINE] | None = None
    do_not_contact: bool | None = None


class FirstMessage(InputModel):
    """The customer's words that open a conversation."""

    content: Content


class ConversationInput(InputModel):
    """Body of POST /conversations."""

    customer: CustomerInput
    subject: Subject = ""
    source: ConversationSource
    priority: Priority = Priority.NORMAL
    labels: Annotated[list[Label], MaxLen(20)] = Field(default_factory=list)
    message: FirstMessage | None = None
    metadata: JsonObject = Field(default_factory=dict)


class ConversationPatch(InputModel):
    """Body of PATCH /conversations/{id}; an absent field stays, `snoozed_until: null` ends a snooze."""

    status: ConversationStatus | None = None
    priority: Priority | None = None
    subject: Subject | None = None
    labels: Annotated[list[Label], MaxLen(20)] | None = None
    snoozed_until: GivenMoment | None = None

    @field_validator("status", "priority", "subject", "labels")
    @classmethod
    def _not_null(cls, value: Any) -> Any:
        if value is None:
            raise ValueError("must not be null")
        return value


class MessageInput(InputModel):
    """Body of POST /conversations/{id}/messages."""

    content: Content
    sender: Literal[Sender.STAFF, Sender.CUSTOMER]
    internal: bool = False
    last_seen_message_id: UUID | None = None

    @model_validator(mode="after")
    def _customers_write_no_notes(self) -> Self:
        if self.internal and self.sender is Sender.CUSTOMER:
            raise ValueError("a private note is never the customer's")
        return self


class ReadInput(InputModel):
    """Body of POST /conversations/{id}/read."""

    last_read_message_id: UUID


class AssignInput(InputModel):
    """Body of POST /conversations/{id}/assign; null takes the assignment away."""

    staff_id: UUID | None


class CloseInput(InputModel):
    """Body of POST /conversations/{id}/close."""

    resolution: Note | None = None


ConversationSort = Literal["-last_message_at", "last_message_at", "-created_at", "created_at", "-priority", "priority"]
Cursor = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]
PageLength = Annotated[int, Field(ge=1, le=100)]


class ListQuery(BaseModel):
    """Which conversations a list shows; `assigned_to` is `me`, `none` or a user's id."""

    status: ConversationStatus | None = None
    assigned_to: Literal["me", "none"] | UUID | None = None
    customer_id: UUID | None = None
    priority: Priority | None = None
    source: ConversationSource | None = None
    label: Label | None = None
    q: Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE] | None = None
    unread: bool | None = None
    snoozed: bool = False
    sort: ConversationSort = "-last_message_at"
    limit: PageLength = 25
    cursor: Cursor | None = None
    include_total: bool = False


class InboxQuery(ListQuery):
    """What the workspace lists.

    `view` narrows further: `waiting` for a reply, `drafts` to review, `flagged` drafts,
    `snoozed` ones only, `unresolved` ones only.
    """

    model_config = ConfigDict(extra="forbid")

    view: Literal["waiting", "drafts", "flagged", "snoozed", "unresolved"] | None = None


class ThreadQuery(BaseModel):
    """Which messages of a thread are wanted: after `since`, oldest first, or the newest; `cursor` goes on."""

    since: GivenMoment | None = None
    sort: Literal["-sent_at"] = "-sent_at"
    limit: PageLength = 25
    cursor: Cursor | None = None
    include_total: bool = False


class InboxCountsView(ViewModel):
    """How many conversations each view of the workspace holds."""

    mine: int
    unassigned: int
    waiting: int
    drafts: int
    flagged: int
    open: int
    snoozed: int


class CannedResponseInput(InputModel):
    """Body of POST /canned-responses."""

    title: Title
    content: Content
    shortcut: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,30}$"), ONE_LINE] | None = None
    approved: bool = False


class CannedResponsePatch(InputModel):
    """Body of PATCH /canned-responses/{id}."""

    title: Title | None = None
    content: Content | None = None
    shortcut: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,30}$"), ONE_LINE] | None = None
    approved: bool | None = None


class CustomerView(ViewModel):
    """A customer; contract, section 3."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    external_id: str | None
    language: str | None
    do_not_contact: bool
    created_at: Timestamp
    updated_at: Timestamp


class LastMessageView(ViewModel):
    """What the inbox row shows of the newest sent message; `preview` is at most 140 characters."""

    id: UUID
    sender: Sender
    preview: str
    sent_at: Timestamp


class ConversationView(ViewModel):
    """A conversation; contract, section 3."""

    id: UUID
    customer: CustomerView
    subject: str
    status: ConversationStatus
    priority: Priority
    source: ConversationSource
    labels: list[str]
    assigned_to: PersonView | None
    last_message: LastMessageView | None
    last_message_at: Timestamp
    waiting_since: Timestamp | None
    unread_count: int
    snoozed_until: Timestamp | None
    resolution: str | None
    metadata: dict[str, Any]
    version: int
    created_at: Timestamp
    updated_at: Timestamp


class MessageView(ViewModel):
    """A message; contract, section 3. `assistance` stands on AI messages only."""

    id: UUID
    conversation_id: UUID
    sender: Sender
    author: PersonView | None
    content: str
    state: MessageState
    internal: bool
    created_at: Timestamp
    sent_at: Timestamp | None
    assistance: AssistanceView | None = None


class ThreadView(ConversationView):
    """A conversation with its newest 50 messages, oldest first, and where older ones go on."""

    messages: list[MessageView]
    older_cursor: str | None


class ConversationStatusView(ViewModel):
    """Answer of GET /conversations/{id}/status."""

    status: ConversationStatus
    assigned_to: PersonView | None
    last_message_at: Timestamp
    unread_count: int
    pending_draft_id: UUID | None
    version: int


class CannedResponseView(ViewModel):
    """A canned response."""

    id: UUID
    title: str
    content: str
    shortcut: str | None
    approved: bool
