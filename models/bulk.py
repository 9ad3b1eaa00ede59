"""One change to many conversations at once, what came of it, and what an undo needs."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from annotated_types import MaxLen, MinLen
from pydantic import AfterValidator, Field, model_validator

from models.base import GivenMoment, InputModel, ViewModel
from models.conversations import ConversationStatus, Priority
from models.texts import Label

MOST_AT_ONCE = 100
UNDO_SECONDS = 10


def _distinct(ids: list[UUID]) -> list[UUID]:
    return sorted(set(ids))


class BulkChange(InputModel):
    """Exactly one change; `staff_id: null` takes the owner away, `snoozed_until: null` ends a snooze."""

    ids: Annotated[list[UUID], MinLen(1), MaxLen(MOST_AT_ONCE), AfterValidator(_distinct)]
    staff_id: UUID | None = None
    status: ConversationStatus | None = None
    priority: Priority | None = None
    label: Label | None = None
    snoozed_until: GivenMoment | None = None
    read: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_change(self) -> Self:
        told = self.model_fields_set - {"ids"}
        if len(told) != 1:
            raise ValueError("must ask for exactly one change")
        if not told & {"staff_id", "snoozed_until"} and getattr(self, next(iter(told))) is None:
            raise ValueError(f"{next(iter(told))} must not be null")
        return self

    @property
    def kind(self) -> str:
        """The one change's field."""
        return next(iter(self.model_fields_set - {"ids"}))


class Before(ViewModel):
    """What a conversation was before a change, and the version that the change left it at."""

    id: UUID
    version: int
    values: dict[str, Any] = Field(default_factory=dict)
    read_up_to: datetime | None = None


class Refused(ViewModel):
    """A conversation that could not be changed."""

    id: UUID
    name: str
    reason: str


class BulkReport(ViewModel):
    """What came of it; `changed` is what an undo takes."""

    changed: list[Before] = Field(default_factory=list)
    unchanged: int = 0
    refused: list[Refused] = Field(default_factory=list)
