"""What lists of conversations and messages can be asked for."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlmodel import Field

from models.base import (
    ONE_LINE,
    GivenMoment,
    ViewModel,
)
from models.conversations import ConversationSource, ConversationStatus, Priority
from models.texts import Label

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
    `snoozed` ones only, `unresolved` ones only. Of several statuses, priorities, channels or labels
    any one will do; all kinds must hold. `overdue_min`: customers who have waited longer than so many minutes.
    """

    model_config = ConfigDict(extra="forbid")

    view: Literal["waiting", "drafts", "flagged", "snoozed", "unresolved"] | None = None
    overdue_min: Annotated[int, Field(ge=0)] | None = None
    statuses: list[ConversationStatus] = Field(default_factory=list, max_length=3)
    priorities: list[Priority] = Field(default_factory=list, max_length=4)
    sources: list[ConversationSource] = Field(default_factory=list, max_length=6)
    labels: list[Label] = Field(default_factory=list, max_length=10)


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
