"""AuditListState: the audit trail by actor, action, target and days; AuditChainState: whether it still holds."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import orjson
import reflex as rx

from api.core.pagination import PageRequest
from api.services import audit
from api.services.house import house
from dealsmart_app.states.base import HubState
from dealsmart_app.states.tables import ROWS, TableState, query_of
from models.base import rfc3339, utc_now
from models.platform import AuditQuery, AuditView

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


def _told(value: Any) -> str:
    return value if isinstance(value, str) else "–" if value is None else orjson.dumps(value).decode()


def changes_of(before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[dict[str, str]]:
    """List the fields that differ, with what they were and what they are, as text."""
    old, new = before or {}, after or {}
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return [{"field": name, "before": _told(old.get(name)), "after": _told(new.get(name))} for name in names]


def _row(entry: AuditView) -> dict[str, str]:
    plain = entry.model_dump(mode="json", exclude={"before", "after"})
    return {name: str(value or "") for name, value in plain.items()}


class AuditListState(TableState, HubState):
    """A page of the trail; the open entry is one of the page's."""

    ROUTE = "/audit"
    SORT = "-at"
    FILTERS = ("actor", "action", "target", "from", "to")
    NOUN = ("entry", "entries")

    changes: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)

    @rx.event
    async def load(self) -> None:
        """Read the page that the address names."""
        self.query = dict(self.router.url.query_parameters)
        sort = self.query.get("sort", "")
        request = PageRequest(sort if sort in SORTS else self.SORT, ROWS, self.query.get("cursor"), include_total=True)
        page = await self.call(audit.page, wanted_of(self.query), request)
        self.rows = [_row(entry) for entry in page.rows]
        self.next_cursor, self.total, self.loaded = page.next_cursor or "", page.total or 0, True
        opened = next((entry for entry in page.rows if str(entry.id) == self.query.get("id")), None)
        self.chosen = _row(opened) if opened else {}
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
