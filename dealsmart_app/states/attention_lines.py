"""What needs an administrator: a reader for each kind of thing, which puts what it finds into lines."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from api.core.pagination import PageRequest
from api.core.security import Actor
from api.services import flags, inbox, jobs, overview, platform, user_deletions, webhook_endpoints
from api.services.house import house
from dealsmart_app.states.kpis import time_words
from dealsmart_app.states.system import WORDS
from models.base import utc_now
from models.flags import FlagStage
from models.jobs import JobQuery, JobStatus
from models.overview import WaitingView
from models.user_deletions import DeletionRequestView
from models.webhook_endpoints import EndpointStatus

FIRST = 3
Need = dict[str, str]
Reader = Callable[[Actor], Awaitable[list[Need]]]


def need(kind: str, count: int, one: str, many: str, about: str, badge: str, tone: str, href: str) -> Need:
    """Make a line of the list; it is left out where there is nothing to do."""
    title = one if count == 1 else f"{count:,} {many}"
    told = {"kind": kind, "count": str(count), "title": title, "about": about}
    return {**told, "badge": badge, "tone": tone, "href": href}


def _span(moment: datetime) -> str:
    """Write how far away a moment is: `1 d 4 h`."""
    return time_words(abs((utc_now() - moment).total_seconds()))


def _named(found: list[WaitingView], before: str = "") -> str:
    return " · ".join(f"{one.name}, {before}{_span(one.at)}" for one in found)


async def replies(actor: Actor) -> list[Need]:
    """Tell what customers wait for."""
    late = await overview.overdue(house(), actor)
    async with house().unit(actor) as uow:
        counts = await inbox.counts(uow)
    about, waits = _named(late.first), f"{_span(late.first[0].at)} waiting" if late.first else ""
    proof, free = "A claim in each that nothing bears out", "Nobody answers for these"
    to = "/inbox?view="
    over = f"{to}waiting&overdue=1"
    return [
        need("late", late.total, "1 reply overdue", "replies overdue", about, waits, "danger", over),
        need(
            "draft",
            counts.flagged,
            "1 draft held back",
            "drafts held back",
            proof,
            "To check",
            "warning",
            f"{to}flagged",
        ),
        need(
            "free",
            counts.unassigned,
            "1 conversation unassigned",
            "conversations unassigned",
            free,
            "Nobody's",
            "neutral",
            f"{to}unassigned",
        ),
    ]


async def failed_jobs(actor: Actor) -> list[Need]:
    """Tell which jobs failed for good."""
    request = PageRequest("-id", FIRST, include_total=True)
    async with house().unit(actor) as uow:
        page = await jobs.page(uow, JobQuery(status=JobStatus.FAILED), request)
    about, count = " · ".join(dict.fromkeys(job.task for job in page.rows)), page.total or 0
    return [need("job", count, "1 job failed", "jobs failed", about, "Failed", "danger", "/jobs?status=failed")]


async def webhooks(actor: Actor) -> list[Need]:
    """Tell which endpoints were switched off."""
    request = PageRequest("-created_at", FIRST, include_total=True)
    async with house().unit(actor) as uow:
        page = await webhook_endpoints.page(uow, request, EndpointStatus.DISABLED)
    about, count, href = " · ".join(row.url for row in page.rows), page.total or 0, "/webhooks?status=disabled"
    return [need("webhook", count, "1 webhook disabled", "webhooks disabled", about, "Disabled", "danger", href)]


async def ending_flags(actor: Actor) -> list[Need]:
    """Tell which flags are over or end soon."""
    async with house().unit(actor) as uow:
        page = await flags.page(uow, PageRequest("expires_at", FIRST, include_total=True), FlagStage.ENDING)
    soon = _named([WaitingView(name=row.name, at=row.expires_at) for row in page.rows if not row.expired], "in ")
    over = ", ".join(row.name for row in page.rows if row.expired)
    about = " · ".join(part for part in (f"over: {over}" if over else "", soon) if part)
    href = "/flags?stage=ending&sort=expires_at"
    return [need("flag", page.total or 0, "1 flag ends soon", "flags end soon", about, "Ends soon", "warning", href)]


async def system(actor: Actor) -> list[Need]:
    """Tell which checks are not well."""
    checks = (await platform.status(house(), actor)).checks or {}
    bad = [WORDS.get(n, n.capitalize()) for n, check in checks.items() if check.status in {"down", "degraded"}]
    one, many = "1 check is not well", "checks are not well"
    return [need("system", len(bad), one, many, ", ".join(bad), "Degraded", "danger", "/system")]


async def suspensions(actor: Actor) -> list[Need]:
    """Tell who is let in again soon."""
    ending = await overview.suspensions_that_end(house(), actor)
    one, many, href = "1 suspension ends soon", "suspensions end soon", "/users?status=suspended"
    return [need("suspension", ending.total, one, many, _named(ending.first, "in "), "Ends soon", "warning", href)]


async def deletions(actor: Actor) -> list[Need]:
    """Tell which deletions wait for the reader's word, each with the way to the person."""
    async with house().unit(actor) as uow:
        found = await user_deletions.that_wait(uow)
    return [_deletion(one) for one in found] or [need("deletion", 0, "", "", "", "", "", "")]


def _deletion(one: DeletionRequestView) -> Need:
    about = f"{one.asked_by} asks; {_span(one.expires_at)} left"
    return need("deletion", 1, f"Delete {one.name}?", "", about, "To confirm", "warning", f"/users?id={one.user_id}")


READERS: dict[str, Reader] = {
    "Replies": replies,
    "Deletions": deletions,
    "System": system,
    "Jobs": failed_jobs,
    "Webhooks": webhooks,
    "Feature flags": ending_flags,
    "Suspensions": suspensions,
}
