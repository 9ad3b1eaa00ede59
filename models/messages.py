"""What was said, or is proposed to be said, and how far each person has read it."""

from datetime import datetime
from enum import StrEnum
from typing import Literal, Self
from uuid import UUID

from pydantic import model_validator
from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import Field

from models.base import (
    InputModel,
    PersonView,
    TableModel,
    Timestamp,
    ViewModel,
    moment,
)
from models.suggestions import AssistanceView
from models.texts import Content


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
        sa_column=Column(TSVECTOR, Computed(f"to_tsvector('{SEARCH_CONFIG}', folded(content))", persisted=True)),
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


class LastMessageView(ViewModel):
    """What the inbox row shows of the newest sent message; `preview` is at most 140 characters."""

    id: UUID
    sender: Sender
    preview: str
    sent_at: Timestamp
