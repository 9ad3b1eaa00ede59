"""AttentionState: what needs an administrator now, each card read by itself."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import reflex as rx

from api.core.logging import get_logger
from api.core.pagination import PageRequest
from api.services import audit, flags, inbox, jobs, platform, users, webhook_endpoints
from api.services.house import house
from dealsmart_app.refusals import request_id_of
from dealsmart_app.states.base import HubState
from models.base import utc_now
from models.jobs import JobQuery, JobStatus
from models.users import UserQuery, UserStatus
from models.webhook_endpoints import EndpointStatus

SOON = timedelta(days=14)
MOST = 100
log = get_logger(__name__)
Card = dict[str, str]


def card(name: str, count: int, words: str, href: str, *, more: bool = False, tone: str = "warning") -> Card:
    """Make a card; one with nothing to do is quiet."""
    value = f"{count:,}{'+' if more else ''}"
    return {"name": name, "value": value, "words": words, "href": href, "tone": tone if count else "calm"}


def failed_card(name: str, request_id: str) -> Card:
    """Make the card of what could not be read."""
    return {
        "name": name,
        "value": "–",
        "words": f"Could not be read. Request {request_id}",
        "href": "",
        "tone": "failed",
    }


class AttentionState(HubState):
    """One card for each thing that can need somebody; one that fails leaves the others alone."""

    loaded: rx.Field[bool] = rx.field(default=False)
    cards: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)

    @rx.event
    async def load(self) -> None:
        """Read every card."""
        readers: dict[str, Callable[[], Awaitable[list[Card]]]] = {
            "Conversations": self._conversations,
            "Failed jobs": self._jobs,
            "Webhooks disabled": self._webhooks,
            "Flags that end": self._flags,
            "System": self._system,
            "Suspended people": self._people,
            "Audit chain": self._chain,
        }
        self.cards = [card for name, read in readers.items() for card in await self._tried(name, read)]
        self.loaded = True

    async def _tried(self, name: str, read: Callable[[], Awaitable[list[Card]]]) -> list[Card]:
        try:
            return await read()
        except Exception as error:
            request_id = request_id_of(error)
            log.exception("a card could not be read", card=name, fault_id=request_id)
            return [failed_card(name, request_id)]

    async def _conversations(self) -> list[Card]:
        counts = await self.call(inbox.counts)
        return [
            card("Waiting for reply", counts.waiting, "customers past the reply target", "/inbox?view=waiting"),
            card("Drafts held back", counts.flagged, "with a claim that nothing bears out", "/inbox?view=flagged"),
            card("Unassigned", counts.unassigned, "conversations that nobody has", "/inbox?view=unassigned"),
        ]

    async def _jobs(self) -> list[Card]:
        page = await self.call(jobs.page, JobQuery(status=JobStatus.FAILED), PageRequest("-id", 1, include_total=True))
        return [card("Failed jobs", page.total or 0, "tried as often as they may be", "/jobs?status=failed")]

    async def _webhooks(self) -> list[Card]:
        page = await self.call(webhook_endpoints.page, PageRequest("-created_at", MOST))
        off = sum(row.status == EndpointStatus.DISABLED for row in page.rows)
        return [card("Webhooks disabled", off, "endpoints that are told nothing", "/webhooks", more=page.has_more)]

    async def _flags(self) -> list[Card]:
        page = await self.call(flags.page, PageRequest("expires_at", MOST))
        ending = sum(row.expires_at <= utc_now() + SOON for row in page.rows if row.enabled)
        words = f"switched on, over or ending within {SOON.days} days"
        return [card("Flags that end", ending, words, "/flags?sort=expires_at", more=page.has_more)]

    async def _system(self) -> list[Card]:
        status = await platform.status(house(), await self.actor())
        bad = [name for name, check in (status.checks or {}).items() if check.status in {"down", "degraded"}]
        return [card("System", len(bad), ", ".join(bad) or "every check is well", "/system", tone="danger")]

    async def _people(self) -> list[Card]:
        query = UserQuery(status=UserStatus.SUSPENDED, limit=1, include_total=True)
        page = await self.call(users.page, query)
        return [card("Suspended people", page.total or 0, "cannot sign in", "/users?status=suspended")]

    async def _chain(self) -> list[Card]:
        found = await audit.examine(house(), await self.actor())
        words = f"{found.links:,} entries hold" if found.holds else found.fault or ""
        return [card("Audit chain", int(not found.holds), words, "/audit", tone="danger")]
