"""InboxState: which conversations the list shows, as the address says, and how many each view holds."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode
from uuid import UUID

import pydantic
import reflex as rx

from api.core.bus import Event
from api.core.errors import HubError
from api.core.pagination import Page
from api.services import inbox, read_marks, workspace
from api.services.house import house
from api.services.unit_of_work import UnitOfWork
from dealsmart_app.live import INBOX, watch
from dealsmart_app.states.base import HubState
from dealsmart_app.states.reading import reading
from models.base import rfc3339
from models.inbox import InboxQuery
from models.workspace import PreferencesPatch

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
CHOICES = {"status": "statuses", "priority": "priorities", "source": "sources", "label": "labels"}
FILTERS = (*CHOICES, "assignee", "unread", "overdue", "snoozed", "q")
CAN_SLEEP = ("mine", "unassigned", "open")
MOST_REMEMBERED = 1_000
SHOW = "history.replaceState(history.state, '', {address!r}); window.dispatchEvent(new Event('hub:address'))"


async def _page(uow: UnitOfWork, query: InboxQuery) -> Page[dict[str, Any]]:
    return await inbox.with_speakers(uow.database, await inbox.inbox(uow.database, uow.actor, query))


def query_from(address: dict[str, str], limit: int, cursor: str = "") -> InboxQuery:
    """Read an address's query into the service's; what makes no sense there is left out."""
    wanted = _choices(address) | {"unread": True if address.get("unread") else None, "q": address.get("q") or None}
    wanted["assigned_to"] = address.get("assignee") or None
    if address.get("overdue"):
        wanted["overdue_min"] = house().settings.reply_target_min
    view = address.get("view", "")
    wanted |= VIEWS.get(view, VIEWS[DEFAULT_VIEW])
    if address.get("snoozed") and (view in CAN_SLEEP or view not in VIEWS):
        wanted["view"] = "snoozed"
    try:
        return InboxQuery.model_validate({**wanted, "limit": limit, "cursor": cursor or None})
    except pydantic.ValidationError as error:
        bad = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
        kept = {name: value for name, value in wanted.items() if name not in bad}
        return InboxQuery.model_validate({**kept, "limit": limit})


def _choices(address: dict[str, str]) -> dict[str, Any]:
    """Read what may have several values, `priority=high,urgent`; a comma within a value is written `%2C`."""
    wanted: dict[str, Any] = {}
    for name, several in CHOICES.items():
        values = list(dict.fromkeys(unquote(value) for value in address.get(name, "").split(",") if value))
        if values:
            wanted |= {name: values[0]} if len(values) == 1 else {several: values}
    if address.get("view") == "resolved":
        wanted.pop("statuses", None)
    return wanted


def remembered(query: dict[str, str]) -> str:
    """Return the view and filters as an address has them, without search and selection; the default is empty."""
    kept = {name: query[name] for name in ("view", *FILTERS) if name != "q" and query.get(name)}
    text = "" if kept == {"view": DEFAULT_VIEW} else urlencode(kept)
    return text if len(text) <= MOST_REMEMBERED else ""


class InboxState(HubState):
    """The list beside the thread; the address holds what it shows, so back and copy-link work."""

    rows: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    counts: rx.Field[dict[str, int]] = rx.field(default_factory=dict)
    query: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: {"view": DEFAULT_VIEW})
    colleagues: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    next_cursor: rx.Field[str] = rx.field(default="")
    problem: rx.Field[str] = rx.field(default="")
    loaded: rx.Field[bool] = rx.field(default=False)
    near: rx.Field[bool] = rx.field(default=False)
    target_minutes: rx.Field[int] = rx.field(default=0)
    next_due: rx.Field[str] = rx.field(default="")
    _remembered: str = ""

    @rx.var
    def list_key(self) -> str:
        """Name the list that is shown; another name means another list."""
        return "&".join(f"{name}={self.query.get(name, '')}" for name in ("view", *FILTERS))

    @rx.var
    def labels(self) -> list[str]:
        """The labels that the rows at hand carry."""
        return sorted({label for row in self.rows for label in row["labels"]}, key=str.lower)

    @rx.event
    @reading
    async def arrive(self) -> Any:
        """Read the list and the counts, and hear of what changes; without an address, the last view is shown."""
        watch(self, INBOX)
        self.target_minutes = house().settings.reply_target_min
        self._remembered = (await self.call(workspace.preferences)).inbox_query
        self.query = self._address()
        again = "" if self.router.url.query_parameters else urlencode(parse_qsl(self._remembered))
        if again:
            self.query = {"view": DEFAULT_VIEW, **dict(parse_qsl(again))}
        await self._read(ROWS)
        people = await self.call(inbox.colleagues)
        self.colleagues = [{"id": str(one.id), "name": one.display_name} for one in people]
        await self._remember()
        return rx.call_script(SHOW.format(address=f"{ROUTE}?{again}")) if again else None

    @rx.event
    @reading
    async def go(self, _: str = "") -> None:
        """Follow the address; a list that it does not change is not read again."""
        before = self.list_key
        self.query = self._address()
        if self.list_key != before or self.problem:
            await self._read(ROWS)
            await self._remember()

    @rx.event
    async def mark_unread(self, conversation_id: str) -> None:
        """Let a conversation count as unread again."""
        await self.call(read_marks.mark_unread, UUID(conversation_id))
        await self.heard([])

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
        self.next_due = "" if page.rows else await self._next_due()
        self.rows, self.next_cursor, self.near = _plain(page.rows), page.next_cursor or "", page.near
        self.problem, self.loaded = "", True

    async def _next_due(self) -> str:
        if self.query.get("view") not in ("waiting", "mine"):
            return ""
        due = await self.call(inbox.next_due, mine=self.query["view"] == "mine")
        return rfc3339(due) if due else ""

    async def _remember(self) -> None:
        """Keep which view is shown, for the next time that the inbox is opened without one."""
        now = remembered(self.query)
        if now != self._remembered:
            await self.call(workspace.prefer, PreferencesPatch(inbox_query=now))
            self._remembered = now

    def _address(self) -> dict[str, str]:
        query = dict(self.router.url.query_parameters)
        return query if query.get("view") in VIEWS else {**query, "view": DEFAULT_VIEW}


_ROWS = pydantic.TypeAdapter(list[dict[str, Any]])


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows as JSON has them, ids and times as text."""
    return _ROWS.dump_python(rows, mode="json")
