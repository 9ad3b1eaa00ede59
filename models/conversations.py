"""Conversations: one matter with one customer."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from annotated_types import MaxLen
from pydantic import field_validator
from sqlalchemy import (
    Column,
    Computed,
    ForeignKey,
    Index,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from models.base import (
    GivenMoment,
    InputModel,
    JsonObject,
    PersonView,
    TableModel,
    Timestamp,
    ViewModel,
    moment,
)
from models.customers import CustomerInput, CustomerView
from models.messages import LastMessageView, MessageView
from models.texts import Content, Label, Note, Subject


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
        Index("ix_conversations_search", "search", postgresql_using="gin", postgresql_ops={"search": "gin_trgm_ops"}),
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
    search: str | None = Field(default=None, sa_column=Column(Text, Computed("folded_name(subject)", persisted=True)))
    clock_at: datetime = moment()
    version: int = 1


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


class AssignInput(InputModel):
    """Body of POST /conversations/{id}/assign; null takes the assignment away."""

    staff_id: UUID | None


class CloseInput(InputModel):
    """Body of POST /conversations/{id}/close."""

    resolution: Note | None = None


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
