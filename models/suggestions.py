"""AI drafts: what is stored about one, its event log, and what people decide."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from annotated_types import Ge, Le
from pydantic import StrictInt, StringConstraints
from sqlalchemy import Column, ForeignKey, Index, SmallInteger, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from models.base import LONG_TEXT, InputModel, TableModel, Timestamp, ViewModel, moment
from models.claims import ClaimView


class SuggestionStatus(StrEnum):
    """A draft's only stored state; generating, verifying and editing are states of a screen."""

    READY = "ready"
    FLAGGED = "flagged"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


UNDECIDED = frozenset({SuggestionStatus.READY, SuggestionStatus.FLAGGED})


class RejectReason(StrEnum):
    """Why a draft was not good enough."""

    WRONG_FACTS = "wrong_facts"
    WRONG_TONE = "wrong_tone"
    NOT_HELPFUL = "not_helpful"
    TOO_LONG = "too_long"
    OTHER = "other"


class Tone(StrEnum):
    """How the draft should sound."""

    NEUTRAL = "neutral"
    FRIENDLY = "friendly"
    FORMAL = "formal"
    CONCISE = "concise"


class Suggestion(TableModel, table=True):
    """What stands behind an AI message; its id is the message's."""

    __tablename__ = "suggestions"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_suggestions_conversation", "conversation_id", "created_at"),
        Index("ix_suggestions_created", "created_at"),
    )

    id: UUID = Field(sa_column=Column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True))
    conversation_id: UUID = Field(sa_column=Column(ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False))
    status: SuggestionStatus = Field(sa_type=Text)
    original: str
    claims: list[dict[str, Any]] = Field(sa_column=Column(JSONB, nullable=False))
    cited: dict[str, dict[str, str]] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    based_on_at: datetime = moment()
    needs_review: bool = False
    clarifying_question: bool = False
    provider: str
    model: str
    prompt_version: str
    failures: list[str] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    latency_ms: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    rating: int | None = Field(default=None, sa_type=SmallInteger)
    rating_comment: str | None = None
    reject_reason: RejectReason | None = Field(default=None, sa_type=Text)
    reject_comment: str | None = None
    acknowledged: bool = False
    decided_by: UUID | None = Field(default=None, sa_column=Column(ForeignKey("users.id", ondelete="SET NULL")))
    decided_at: datetime | None = moment(None)


class SuggestionEvent(TableModel, table=True):
    """One stored transition of a draft: who, when, and what it was made of."""

    __tablename__ = "suggestion_events"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ix_suggestion_events", "suggestion_id", "created_at"),)

    suggestion_id: UUID = Field(sa_column=Column(ForeignKey("suggestions.id", ondelete="CASCADE"), nullable=False))
    actor_id: UUID | None = None
    transition: str
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False))


Comment = Annotated[str, StringConstraints(max_length=2_000), LONG_TEXT]
Wording = Annotated[str, StringConstraints(min_length=1, max_length=10_000), LONG_TEXT]


class DraftInput(InputModel):
    """Body of POST /conversations/{id}/ai-suggest."""

    instruction: Comment | None = None
    tone: Tone = Tone.NEUTRAL


class AcceptInput(InputModel):
    """Body of POST /messages/{id}/accept; None sends the draft unchanged."""

    content: Wording | None = None
    acknowledge_flags: bool = False


class RejectInput(InputModel):
    """Body of POST /messages/{id}/reject."""

    reason: RejectReason | None = None
    comment: Comment | None = None


class FeedbackInput(InputModel):
    """Body of POST /messages/{id}/feedback."""

    rating: Annotated[StrictInt, Ge(1), Le(5)]
    comment: Comment | None = None


class CheckInput(InputModel):
    """Body of POST /messages/{id}/check."""

    content: Wording


class CheckView(ViewModel):
    """Verdicts on a text; nothing is stored."""

    claims: list[ClaimView]
    flagged: bool
    needs_review: bool


class AssistanceView(ViewModel):
    """What an AI message carries; contract, section 3."""

    status: SuggestionStatus
    stale: bool
    provider: str
    model: str
    prompt_version: str
    needs_review: bool
    clarifying_question: bool
    claims: list[ClaimView]
    latency_ms: int
    input_tokens: int
    output_tokens: int
    rating: int | None
    decided_by: UUID | None
    decided_at: Timestamp | None
