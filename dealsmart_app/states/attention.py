"""AttentionState: how the last days went, and what needs an administrator now, each thing read by itself."""

from datetime import datetime, timedelta
from typing import Any

import reflex as rx

from api.core.logging import get_logger
from api.core.security import Actor
from api.services import audit, overview
from api.services.house import house
from dealsmart_app.refusals import request_id_of
from dealsmart_app.states.attention_lines import READERS, Need, Reader, need
from dealsmart_app.states.base import HubState
from dealsmart_app.states.kpis import count_words, kpi, share_words, time_words
from dealsmart_app.states.reading import reading
from models.base import utc_now
from models.overview import OverviewView

RANGES = ("7", "28", "90")
DEFAULT = "28"
CHAIN_EVERY = timedelta(minutes=10)
log = get_logger(__name__)


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
    @reading
    async def load(self) -> None:
        """Read the figures of the range that the address names, and everything that can need somebody."""
        wanted = self.router.url.query_parameters.get("days", DEFAULT)
        self.days = wanted if wanted in RANGES else DEFAULT
        await self._figures()
        actor = await self.actor()
        readers: dict[str, Reader] = {**READERS, "Audit chain": self._chain}
        found = {name: await _tried(name, read, actor) for name, read in readers.items()}
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

    async def _chain(self, actor: Actor) -> list[Need]:
        """Walk the audit trail where the last walk is long past; a walk reads all of it."""
        if self._chain_at is None or self._chain_at < utc_now() - CHAIN_EVERY:
            found = await audit.examine(house(), actor)
            broken, fault = int(not found.holds), found.fault or ""
            self._chain_line = need(
                "chain", broken, "The audit chain is broken", "", fault, "Tampered", "danger", "/audit"
            )
            self._chain_at = utc_now()
        return [self._chain_line]


async def _tried(name: str, read: Reader, actor: Actor) -> list[Need]:
    try:
        return await read(actor)
    except Exception as error:
        request_id = request_id_of(error)
        log.exception("a line could not be read", line=name, fault_id=request_id)
        about = f"Refresh to try again. Request {request_id}"
        return [need("failed", 1, f"{name}: could not be read", "", about, "Not known", "neutral", "")]
