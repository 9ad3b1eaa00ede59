"""What happened to a conversation besides what was said, as the screens tell it between the messages."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from models.base import PersonView, Timestamp, ViewModel


class HappeningKind(StrEnum):
    """What happened."""

    ASSIGNED = "assigned"
    STATUS = "status"
    PRIORITY = "priority"
    LABELS = "labels"
    SUBJECT = "subject"
    SNOOZED = "snoozed"
    WOKEN = "woken"
    REOPENED = "reopened"
    DRAFT_REJECTED = "draft_rejected"


class HappeningView(ViewModel):
    """One happening.

    `actor` is None where a customer's message or the system brought it about, `person` whom a conversation was
    given to. `details` holds only what the words need: `value` and `before` of a status or priority, `added` and
    `removed` labels, `until` of a snooze, `reason` and `comment` of a rejection. Never a
    subject: it may name the customer.
    """

    id: str
    at: Timestamp
    kind: HappeningKind
    actor: PersonView | None
    person: PersonView | None = None
    details: dict[str, Any] = Field(default_factory=dict)


class TimelineView(ViewModel):
    """What stands between and beside the messages of a stretch of a thread.

    `edited` maps ids of AI messages that were edited before they were sent to how much of the draft was changed, in
    per cent: 100 * (1 - 2 m / (a + b)), where a and b are the lengths of the draft and of the sent text in characters
    and m the number of characters in the blocks that difflib.SequenceMatcher finds in both. 0 is no change, 100 nothing
    kept; the figure is rounded to whole per cent, at least 1.
    """

    happenings: list[HappeningView]
    edited: dict[str, int]
