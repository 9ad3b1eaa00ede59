"""AiFiguresState: how AI drafts fare over a range of days, which stands in the address."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import plotly.graph_objects as go
import reflex as rx

from api.services import ai_figures
from api.services.house import house
from dealsmart_app.states.base import HubState
from dealsmart_app.states.reading import reading
from models.ai_figures import AiCounts, AiFiguresView, AiGroup, AiQuery
from models.base import rfc3339, utc_now

RANGES = {"7": "day", "28": "day", "90": "week", "365": "month"}
DEFAULT = "28"
_MICROS = 1_000_000


def percent(share: float | None) -> str:
    """Write a share as "71.6 %"; a dash where there is none."""
    return f"{share * 100:.1f} %" if share is not None else "–"


def cost(counts: AiCounts) -> str:
    """Write what drafts cost, in the unit of AI_PRICES; says where a price is missing."""
    if not counts.input_tokens and not counts.output_tokens:
        return "–"
    missing = f" + {counts.unpriced} without a price" if counts.unpriced else ""
    return f"{counts.cost_micros / _MICROS:,.4f}{missing}"


def stacked_bars(starts: list[str], series: dict[str, list[int]]) -> go.Figure:
    """Draw counts over time, one colour a series, from zero."""
    bars = [go.Bar(name=name, x=starts, y=values) for name, values in series.items()]
    return go.Figure(bars, go.Layout(barmode="stack", xaxis={"type": "date"}, yaxis={"tickformat": "d"}))


def _seconds(milliseconds: int | None) -> str:
    return f"{milliseconds / 1000:.1f} s" if milliseconds is not None else "–"


def _row(group: AiGroup) -> dict[str, str]:
    return {
        "name": group.name,
        "drafts": f"{group.drafts:,}",
        "acceptance": percent(group.acceptance),
        "light": f"{group.light_edits} of {group.edited}",
        "rejected": f"{group.rejected:,}",
        "flagged": f"{group.flagged:,}",
        "overridden": f"{group.overridden:,}",
        "latency": f"{_seconds(group.latency_p50_ms)} / {_seconds(group.latency_p95_ms)}",
        "tokens": f"{group.input_tokens:,} / {group.output_tokens:,}",
        "cost": cost(group),
    }


def _cards(view: AiFiguresView, before: AiCounts) -> list[dict[str, str]]:
    now = view.totals
    return [
        {"label": "Drafts", "value": f"{now.drafts:,}", "note": f"{before.drafts:,} in the range before"},
        {
            "label": "Sent of those decided",
            "value": percent(now.acceptance),
            "note": f"{percent(before.acceptance)} in the range before",
        },
        {
            "label": "Edits, light of all",
            "value": f"{now.light_edits:,} of {now.edited:,}",
            "note": "light: at most a tenth of the text",
        },
        {"label": "Held back", "value": f"{now.flagged:,}", "note": f"{now.overridden:,} sent all the same"},
        {
            "label": "Writing time, median",
            "value": _seconds(now.latency_p50_ms),
            "note": f"95th percentile {_seconds(now.latency_p95_ms)}",
        },
        {
            "label": "Cost",
            "value": f"{now.cost_micros / _MICROS:,.2f}",
            "note": f"{now.input_tokens + now.output_tokens:,} tokens"
            + (f", {now.unpriced:,} drafts without a price" if now.unpriced else ""),
        },
    ]


class AiFiguresState(HubState):
    """The figures of one range; numbers arrive as the texts that the page shows."""

    days: rx.Field[str] = rx.field(default=DEFAULT)
    loaded: rx.Field[bool] = rx.field(default=False)
    any_drafts: rx.Field[bool] = rx.field(default=False)
    cards: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    figure: rx.Field[go.Figure] = rx.field(default_factory=go.Figure)
    points: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    groups: rx.Field[dict[str, list[dict[str, str]]]] = rx.field(default_factory=dict)
    rejections: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    flags: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    overrides: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read the range that the address names, and the one before it to compare with."""
        wanted = self.router.url.query_parameters.get("days", DEFAULT)
        self.days = wanted if wanted in RANGES else DEFAULT
        span, until = timedelta(days=int(self.days)), utc_now()
        actor = await self.actor()
        query = AiQuery(since=until - span, until=until, interval=RANGES[self.days])  # pyright: ignore[reportArgumentType] - one of its three words
        view = await ai_figures.figures(house(), actor, query)
        before = await ai_figures.figures(
            house(), actor, AiQuery(since=until - 2 * span, until=until - span, interval="month")
        )
        self._show(view, before.totals)

    def _show(self, view: AiFiguresView, before: AiCounts) -> None:
        self.cards, self.any_drafts, self.loaded = _cards(view, before), view.totals.drafts > 0, True
        kinds = {"Sent as written": "accepted", "Edited": "edited", "Rejected": "rejected", "Superseded": "superseded"}
        starts = [point.start.isoformat() for point in view.series]
        self.figure = stacked_bars(
            starts, {words: [getattr(point, name) for point in view.series] for words, name in kinds.items()}
        )
        self.points = [
            {"start": point.start.isoformat(), **{name: str(getattr(point, name)) for name in kinds.values()}}
            for point in view.series
        ]
        self.groups = {
            "people": [_row(group) for group in view.people],
            "providers": [_row(group) for group in view.providers],
            "models": [_row(group) for group in view.models],
            "prompts": [_row(group) for group in view.prompt_versions],
        }
        self._show_reasons(view)

    def _show_reasons(self, view: AiFiguresView) -> None:
        self.rejections = [
            {"reason": (row.reason or "no reason given").replace("_", " ").capitalize(), "count": str(row.count)}
            for row in view.rejections
        ]
        self.flags = [
            {
                "kind": row.kind.replace("_", " ").capitalize(),
                "unsupported": str(row.unsupported),
                "uncertain": str(row.uncertain),
            }
            for row in view.flags
        ]
        self.overrides = [
            {
                "id": str(row.message_id),
                "conversation": str(row.conversation_id),
                "person": row.person,
                "at": rfc3339(row.decided_at),
                "claims": "\n".join(f"“{claim['text']}”: {claim['reason']}" for claim in row.claims)
                or "The draft was stale.",
            }
            for row in view.overrides
        ]

    @rx.event
    def choose(self, days: str) -> Any:
        """Show another range: put it into the address, which loads."""
        return rx.redirect(f"/ai?days={days}") if days in RANGES else None

    @rx.event
    async def export(self, message_id: str) -> Any:
        """Hand the draft over as an evaluation case, a JSON file."""
        case = await self.call(ai_figures.evaluation_case, UUID(message_id))
        content = orjson.dumps(case.model_dump(mode="json"), option=orjson.OPT_INDENT_2)
        return rx.download(data=content, filename=f"case-{message_id}.json")


__all__ = ["RANGES", "AiFiguresState", "cost", "percent"]
