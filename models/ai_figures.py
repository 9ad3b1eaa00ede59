"""What GET /admin/ai tells of drafts and the people who decide on them, and a draft as an evaluation case."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from models.base import InputModel, Timestamp, ViewModel
from models.claims import ClaimKind
from models.suggestions import RejectReason

Interval = Literal["day", "week", "month"]


class AiQuery(InputModel):
    """Which drafts count: those made from `since` (inclusive) until `until` (exclusive); None is 28 days until now."""

    since: datetime | None = None
    until: datetime | None = None
    interval: Interval = "day"


class AiCounts(ViewModel):
    """Counts over a group of drafts.

    `light_edits` changed at most a tenth of the text. `acceptance` is the share of accepted and edited among those
    that somebody decided on, 0 to 1, null where nobody did. `cost_micros` counts millionths of the unit that
    `AI_PRICES` is meant in, over the drafts whose model has a price; the others are `unpriced`.
    """

    drafts: int
    accepted: int
    edited: int
    light_edits: int
    rejected: int
    superseded: int
    undecided: int
    acceptance: float | None
    flagged: int
    overridden: int
    latency_p50_ms: int | None
    latency_p95_ms: int | None
    input_tokens: int
    output_tokens: int
    cost_micros: int
    unpriced: int


class AiGroup(AiCounts):
    """The counts of one provider, model, prompt version or person."""

    key: str
    name: str


class AiPoint(AiCounts):
    """The counts of the drafts of one day, week (from Monday) or month, in UTC."""

    start: date


class AiRejections(ViewModel):
    """How many drafts were rejected for a reason; null where none was given."""

    reason: RejectReason | None
    count: int


class AiFlags(ViewModel):
    """How many claims of a kind were flagged when their drafts were written."""

    kind: ClaimKind
    unsupported: int
    uncertain: int


class AiOverride(ViewModel):
    """A draft that somebody sent although claims were flagged or the draft was stale."""

    message_id: UUID
    conversation_id: UUID
    person: str
    decided_at: Timestamp
    claims: list[dict[str, str]]


class AiFiguresView(ViewModel):
    """Answer of GET /admin/ai; contract, section 7."""

    since: Timestamp
    until: Timestamp
    interval: Interval
    totals: AiCounts
    series: list[AiPoint]
    rejections: list[AiRejections]
    flags: list[AiFlags]
    overrides: list[AiOverride]
    providers: list[AiGroup]
    models: list[AiGroup]
    prompt_versions: list[AiGroup]
    people: list[AiGroup]


class EvaluationCaseView(ViewModel):
    """A draft and its evidence in the form of the evaluation set; `expect` and `bad_spans` are a proposal."""

    id: str
    category: str
    hard: bool
    dealership: dict[str, Any] | None
    vehicles: list[dict[str, Any]]
    messages: list[dict[str, str]]
    draft: str
    expect: Literal["hold", "clear"]
    bad_spans: list[str]
    note: str


__all__ = [
    "AiCounts",
    "AiFiguresView",
    "AiFlags",
    "AiGroup",
    "AiOverride",
    "AiPoint",
    "AiQuery",
    "AiRejections",
    "EvaluationCaseView",
    "Interval",
]
