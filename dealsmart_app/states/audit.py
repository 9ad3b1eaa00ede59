"""AuditListState: the audit trail by actor, action, target and days; AuditChainState: whether it still holds."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import reflex as rx

from api.core.pagination import PageRequest
from api.services import audit
from api.services.house import house
from dealsmart_app.states.base import HubState
from dealsmart_app.states.reading import reading
from dealsmart_app.states.tables import ROWS, TableState, query_of
from dealsmart_app.states.trail import changes_of, line_of
from models.base import rfc3339, utc_now
from models.platform import AuditQuery

SORTS = ("at", "-at")


def midnight(day: str | None, plus: int = 0) -> str:
    """Return the first moment (UTC) of an ISO day, or of one some days later; empty where it is no day."""
    try:
        start = date.fromisoformat(day or "") + timedelta(days=plus)
    except (ValueError, OverflowError):
        return ""
    return datetime.combine(start, time(), UTC).isoformat()


def wanted_of(query: dict[str, str]) -> AuditQuery:
    """Read the filters of the address; both of its days count whole."""
    return query_of(
        AuditQuery, {**query, "since": midnight(query.get("from")), "until": midnight(query.get("to"), plus=1)}
    )


class AuditListState(TableState, HubState):
    """A page of the trail; the open entry is one of the page's."""

    ROUTE = "/audit"
    SORT = "-at"
    FILTERS = ("actor", "action", "target", "from", "to")
    NOUN = ("entry", "entries")

    changes: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)

    @rx.var
    def kind(self) -> str:
        """What the actions that are shown were done to; `user:update` is one of `user`."""
        return self.query.get("action", "").partition(":")[0]

    @rx.event
    @reading
    async def load(self) -> None:
        """Read the page that the address names."""
        self._arrive()
        sort = self.query.get("sort", "")
        request = PageRequest(sort if sort in SORTS else self.SORT, ROWS, self.query.get("cursor"), include_total=True)
        page = await self.call(audit.page, wanted_of(self.query), request)
        self.rows = [line_of(entry) for entry in page.rows]
        self.next_cursor, self.total, self.loaded = page.next_cursor or "", page.total or 0, True
        opened = next((entry for entry in page.rows if str(entry.id) == self.query.get("id")), None)
        self.chosen = line_of(opened) if opened else {}
        self.changes = changes_of(opened.before, opened.after) if opened else []


class AuditChainState(HubState):
    """What the last walk along the chain found."""

    verdict: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    async def verify(self) -> None:
        """Walk the whole chain now."""
        found = await audit.examine(house(), await self.actor())
        self.verdict = {
            "holds": "yes" if found.holds else "no",
            "links": f"{found.links:,}",
            "fault": found.fault or "",
            "entry": str(found.broken_entry or ""),
            "at": rfc3339(utc_now()),
        }

    @rx.event
    async def verify_once(self) -> Any:
        """Walk the chain unless this screen has done so before."""
        return None if self.verdict else AuditChainState.verify
