"""InboxState: which conversations the list shows, as the address says, and how many each view holds."""

from typing import Any

import pydantic
import reflex as rx

from api.core.bus import Event
from api.core.errors import HubError
from api.core.pagination import Page
from api.services import inbox
from api.services.unit_of_work import UnitOfWork
from dealsmart_app.live import INBOX, watch
from dealsmart_app.states.base import HubState
from models.inbox import InboxQuery

ROUTE = "/inbox"
ROWS = 40
MOST_ROWS = 100
DEFAULT_VIEW = "open"
VIEWS: dict[str, dict[str, str]] = {
    "mine": {"assigned_to": "me", "view": "unresolved"},
    "unassigned": {"assigned_to": "none", "view": "unresolved"},
    "waiting": {"view": "waiting"},
    "drafts": {"view": "drafts"},
    "flagged": {"view": "flagged"},
    "open": {"view": "unresolved"},
    "snoozed": {"view": "snoozed"},
    "resolved": {"status": "resolved"},
}
FILTERS = ("status", "priority", "source", "label", "q")


async def _page(uow: UnitOfWork, query: InboxQuery) -> Page[dict[str, Any]]:
    return await inbox.inbox(uow.database, uow.actor, query)


def query_from(address: dict[str, str], limit: int, cursor: str = "") -> InboxQuery:
    """Read an address's query into the service's; what makes no sense there is left out."""
    wanted: dict[str, Any] = {name: address[name] for name in FILTERS if address.get(name)}
    wanted |= VIEWS.get(address.get("view", ""), VIEWS[DEFAULT_VIEW])
    try:
        return InboxQuery.model_validate({**wanted, "limit": limit, "cursor": cursor or None})
    except pydantic.ValidationError as error:
        bad = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
        kept = {name: value for name, value in wanted.items() if name not in bad}
        return InboxQuery.model_validate({**kept, "limit": limit})


class InboxState(HubState):
    """The list beside the thread; the address holds what it shows, so back and copy-link work."""

    rows: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    counts: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    query: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: {"view": DEFAULT_VIEW})
    colleagues: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    next_cursor: rx.Field[str] = rx.field(default="")
    problem: rx.Field[str] = rx.field(default="")
    loaded: rx.Field[bool] = rx.field(default=False)

    @rx.var
    def list_key(self) -> str:
        """Name the list that is shown; another name means another list."""
        return "&".join(f"{name}={self.query.get(name, '')}" for name in ("view", *FILTERS))

    @rx.event
    async def arrive(self) -> None:
        """Read the list and the counts, and hear of what changes."""
        watch(self, INBOX)
        self.query = self._address()
        await self._read(ROWS)
        people = await self.call(inbox.colleagues)
        self.colleagues = [{"id": str(one.id), "name": one.display_name} for one in people]

    @rx.event
    async def go(self, _: str = "") -> None:
        """Follow the address; a list that it does not change is not read again."""
        before = self.list_key
        self.query = self._address()
        if self.list_key != before or self.problem:
            await self._read(ROWS)

    @rx.event
    async def more(self) -> None:
        """Read the rows after those shown."""
        if not self.next_cursor:
            return
        page = await self.call(_page, query_from(self.query, ROWS, self.next_cursor))
        known = {row["id"] for row in self.rows}
        self.rows = [*self.rows, *(row for row in _plain(page.rows) if row["id"] not in known)]
        self.next_cursor = page.next_cursor or ""

    async def heard(self, events: list[Event]) -> None:
        """Read anew as many rows as are shown."""
        await self._read(min(max(len(self.rows), ROWS), MOST_ROWS))

    async def _read(self, limit: int) -> None:
        try:
            page = await self.call(_page, query_from(self.query, limit))
            self.counts = (await self.call(inbox.counts)).model_dump()
        except HubError as error:
            self.problem = error.detail
            return
        self.rows, self.next_cursor = _plain(page.rows), page.next_cursor or ""
        self.problem, self.loaded = "", True

    def _address(self) -> dict[str, str]:
        query = dict(self.router.url.query_parameters)
        return query if query.get("view") in VIEWS else {**query, "view": DEFAULT_VIEW}


_ROWS = pydantic.TypeAdapter(list[dict[str, Any]])


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows as JSON has them, ids and times as text."""
    return _ROWS.dump_python(rows, mode="json")
