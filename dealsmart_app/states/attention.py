"""AttentionState: how the last days went, and what needs an administrator now, each thing read by itself."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import reflex as rx

from api.core.logging import get_logger
from api.core.pagination import PageRequest
from api.services import audit, flags, inbox, jobs, overview, platform, webhook_endpoints
from api.services.house import house
from dealsmart_app.refusals import request_id_of
from dealsmart_app.states.base import HubState
from dealsmart_app.states.kpis import count_words, kpi, share_words, time_words
from dealsmart_app.states.system import WORDS
from models.base import utc_now
from models.flags import FlagStage
from models.jobs import JobQuery, JobStatus
from models.overview import NeedView, OverviewView, WaitingView
from models.webhook_endpoints import EndpointStatus

RANGES = ("7", "28", "90")
DEFAULT = "28"
FIRST = 3
CHAIN_EVERY = timedelta(minutes=10)  # a walk reads the whole trail
log = get_logger(__name__)
Need = dict[str, str]


def need(kind: str, count: int, one: str, many: str, about: str, badge: str, tone: str, href: str) -> Need:
    """Make a line of the list; it is left out where there is nothing to do."""
    title = one if count == 1 else f"{count:,} {many}"
    return {
        "kind": kind,
        "count": str(count),
        "title": title,
        "about": about,
        "badge": badge,
        "tone": tone,
        "href": href,
    }


def figures_of(view: OverviewView, days: str) -> list[dict[str, str]]:
    """Put the figures into words; each leads to where they come from."""
    drafts, target = f"/ai?days={days}", house().settings.reply_target_min
    late = f"First replies within {target} min, of those sent or already later"
    return [
        kpi("Conversations", "Begun in these days", view.conversations, count_words, "/inbox"),
        kpi(
            "First reply, median",
            "From the first message",
            view.first_reply_s,
            time_words,
            "/inbox",
            less_is_better=True,
        ),
        kpi("Reply on time", late, view.on_time, share_words, "/inbox?view=waiting"),
        kpi("Drafts sent", "Sent or edited, of those decided on", view.drafts_sent, share_words, drafts),
        kpi("New people", "Accounts made", view.sign_ups, count_words, "/users?sort=-created_at"),
    ]


def _span(moment: datetime) -> str:
    """Write how far away a moment is: `1 d 4 h`."""
    return time_words(abs((utc_now() - moment).total_seconds()))


def _named(found: list[WaitingView], before: str = "") -> str:
    return " · ".join(f"{one.name}, {before}{_span(one.at)}" for one in found)


class AttentionState(HubState):
    """The figures, and a line for each thing that needs somebody; one that fails leaves the others alone."""

    days: rx.Field[str] = rx.field(default=DEFAULT)
    loaded: rx.Field[bool] = rx.field(default=False)
    kpis: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    kpis_fault: rx.Field[str] = rx.field(default="")
    needs: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    well: rx.Field[str] = rx.field(default="")
    _chain_line: dict[str, str] = {}  # noqa: RUF012 - Reflex copies defaults
    _chain_at: datetime | None = None

    @rx.event
    async def load(self) -> None:
        """Read the figures of the range that the address names, and everything that can need somebody."""
        wanted = self.router.url.query_parameters.get("days", DEFAULT)
        self.days = wanted if wanted in RANGES else DEFAULT
        await self._figures()
        readers: dict[str, Callable[[], Awaitable[list[Need]]]] = {
            "Replies": self._conversations,
            "System": self._system,
            "Jobs": self._jobs,
            "Webhooks": self._webhooks,
            "Audit chain": self._chain,
            "Feature flags": self._flags,
            "Suspensions": self._people,
        }
        found = {name: await self._tried(name, read) for name, read in readers.items()}
        self.needs = [line for lines in found.values() for line in lines if line["count"] != "0"]
        self.well = ", ".join(name for name, lines in found.items() if all(line["count"] == "0" for line in lines))
        self.loaded = True

    @rx.event
    def choose(self, days: str) -> Any:
        """Show another range: put it into the address, which loads."""
        return rx.redirect(f"/admin?days={days}") if days in RANGES else None

    async def _figures(self) -> None:
        try:
            view = await overview.figures(house(), await self.actor(), int(self.days))
        except Exception as error:
            self.kpis, self.kpis_fault = [], request_id_of(error)
            log.exception("the figures could not be read", fault_id=self.kpis_fault)
            return
        self.kpis, self.kpis_fault = figures_of(view, self.days), ""

    async def _tried(self, name: str, read: Callable[[], Awaitable[list[Need]]]) -> list[Need]:
        try:
            return await read()
        except Exception as error:
            request_id = request_id_of(error)
            log.exception("a line could not be read", line=name, fault_id=request_id)
            about = f"Refresh to try again. Request {request_id}"
            return [need("failed", 1, f"{name}: could not be read", "", about, "Not known", "neutral", "")]

    async def _conversations(self) -> list[Need]:
        late = await overview.overdue(house(), await self.actor())
        counts = await self.call(inbox.counts)
        waits = f"{_span(late.first[0].at)} waiting" if late.first else ""
        proof = "A claim in each that nothing bears out"
        free = "Nobody answers for these"
        return [
            need(
                "late",
                late.total,
                "1 reply overdue",
                "replies overdue",
                _named(late.first),
                waits,
                "danger",
                "/inbox?view=waiting&overdue=1",
            ),
            need(
                "draft",
                counts.flagged,
                "1 draft held back",
                "drafts held back",
                proof,
                "To check",
                "warning",
                "/inbox?view=flagged",
            ),
            need(
                "free",
                counts.unassigned,
                "1 conversation unassigned",
                "conversations unassigned",
                free,
                "Nobody's",
                "neutral",
                "/inbox?view=unassigned",
            ),
        ]

    async def _jobs(self) -> list[Need]:
        page = await self.call(
            jobs.page, JobQuery(status=JobStatus.FAILED), PageRequest("-id", FIRST, include_total=True)
        )
        about = " · ".join(dict.fromkeys(job.task for job in page.rows))
        return [
            need(
                "job", page.total or 0, "1 job failed", "jobs failed", about, "Failed", "danger", "/jobs?status=failed"
            )
        ]

    async def _webhooks(self) -> list[Need]:
        request = PageRequest("-created_at", FIRST, include_total=True)
        page = await self.call(webhook_endpoints.page, request, EndpointStatus.DISABLED)
        about = " · ".join(row.url for row in page.rows)
        href = "/webhooks?status=disabled"
        return [
            need(
                "webhook", page.total or 0, "1 webhook disabled", "webhooks disabled", about, "Disabled", "danger", href
            )
        ]

    async def _flags(self) -> list[Need]:
        page = await self.call(flags.page, PageRequest("expires_at", FIRST, include_total=True), FlagStage.ENDING)
        about = _named([WaitingView(name=row.name, at=row.expires_at) for row in page.rows if not row.expired], "in ")
        over = ", ".join(row.name for row in page.rows if row.expired)
        about = " · ".join(part for part in (f"over: {over}" if over else "", about) if part)
        href = "/flags?stage=ending&sort=expires_at"
        return [
            need("flag", page.total or 0, "1 flag ends soon", "flags end soon", about, "Ends soon", "warning", href)
        ]

    async def _system(self) -> list[Need]:
        status = await platform.status(house(), await self.actor())
        bad = [
            WORDS.get(n, n.capitalize())
            for n, check in (status.checks or {}).items()
            if check.status in {"down", "degraded"}
        ]
        return [
            need(
                "system",
                len(bad),
                "1 check is not well",
                "checks are not well",
                ", ".join(bad),
                "Degraded",
                "danger",
                "/system",
            )
        ]

    async def _people(self) -> list[Need]:
        ending: NeedView = await overview.suspensions_that_end(house(), await self.actor())
        about = _named(ending.first, "in ")
        href = "/users?status=suspended"
        return [
            need(
                "suspension",
                ending.total,
                "1 suspension ends soon",
                "suspensions end soon",
                about,
                "Ends soon",
                "warning",
                href,
            )
        ]

    async def _chain(self) -> list[Need]:
        if self._chain_at is None or self._chain_at < utc_now() - CHAIN_EVERY:
            found = await audit.examine(house(), await self.actor())
            broken = int(not found.holds)
            self._chain_line = need(
                "chain", broken, "The audit chain is broken", "", found.fault or "", "Tampered", "danger", "/audit"
            )
            self._chain_at = utc_now()
        return [self._chain_line]
