"""PaletteState: what the palette finds of what one may see, and the conversations that were opened last."""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import reflex as rx

from api.core.errors import HubError, NotFoundError
from api.core.logging import get_logger
from api.core.pagination import PageRequest
from api.services import canned_responses, customers, inbox, user_desk, vehicles
from api.services.canned_responses import CannedResponseQuery
from api.services.unit_of_work import UnitOfWork
from api.services.vehicles import VehicleQuery
from dealsmart_app.refusals import request_id_of
from dealsmart_app.states.base import HubState
from dealsmart_app.states.composer import offered, vehicle_line
from dealsmart_app.states.tables import id_of
from models.inbox import InboxQuery
from models.users import Permission, UserQuery
from models.vehicles import VehicleStatus

Line = dict[str, str]
Search = Callable[[UnitOfWork, str], Awaitable[list[Line]]]
CONVERSATIONS = 6
FEW = 4
REMEMBERED = 6
SHORTEST, LONGEST = 2, 80  # letters: of one alone everything would be found
log = get_logger(__name__)


def conversation_line(row: dict[str, Any]) -> Line:
    """Return what the palette shows of a conversation's row."""
    last = row["last_message"] or {}
    said = " · ".join(part for part in (row["subject"], last.get("preview")) if part)
    return {
        "id": str(row["id"]),
        "title": row["customer"]["name"],
        "detail": said,
        "status": "snoozed" if row["snoozed_until"] and row["status"] != "resolved" else str(row["status"]),
        "at": row["last_message_at"] or row["created_at"],
    }


async def _conversations(uow: UnitOfWork, q: str) -> list[Line]:
    """Find conversations, the snoozed and the resolved too, by customer, subject or message."""
    found = await inbox.inbox(uow.database, uow.actor, InboxQuery(q=q, snoozed=True, limit=CONVERSATIONS))
    return [conversation_line(row) for row in found.rows]


async def _customers(uow: UnitOfWork, q: str) -> list[Line]:
    """Find customers who wrote; `id` is that of the newest conversation, since a customer has no page."""
    lines: list[Line] = []
    for one in (await customers.page(uow, PageRequest("-created_at", FEW, None, False), q)).rows:
        newest = InboxQuery(customer_id=one.id, snoozed=True, limit=1)
        rows = (await inbox.inbox(uow.database, uow.actor, newest)).rows
        reached = " · ".join(part for part in (one.email, one.phone) if part)
        lines += [{"id": str(row["id"]), "title": one.name, "detail": reached} for row in rows]
    return lines


async def _vehicles(uow: UnitOfWork, q: str) -> list[Line]:
    """Find vehicles: the one with this stock number, then those on offer; `words` go into a text."""
    rows = (await vehicles.page(uow, VehicleQuery(q=q, limit=FEW))).rows
    told = []
    for one in sorted(rows, key=lambda row: (row.stock_number.lower() != q.lower(), *offered(row))):
        line = vehicle_line(one)
        gone = "" if one.status is VehicleStatus.AVAILABLE else one.status.capitalize()
        known = (gone, line["stock_number"], line["price"], line["mileage"])
        detail = " · ".join(part for part in known if part)
        told.append({**line, "title": line["name"], "detail": detail, "stock": line["stock_number"]})
    return told


async def _prepared(uow: UnitOfWork, q: str) -> list[Line]:
    """Find canned responses by title, text or shortcut."""
    rows = (await canned_responses.page(uow, CannedResponseQuery(q=q, limit=FEW))).rows
    return [
        {
            "id": str(one.id),
            "title": one.title,
            "detail": one.content,
            "words": one.content,
            "key": f"/{one.shortcut}" if one.shortcut else "",
        }
        for one in rows
    ]


async def _people(uow: UnitOfWork, q: str) -> list[Line]:
    """Find users, or the nearest misses, as their page does."""
    page, _ = await user_desk.matching(uow, UserQuery(q=q, limit=FEW))
    return [
        {
            "id": str(one.id),
            "title": one.display_name,
            "detail": " · ".join(part for part in (f"@{one.username}", one.email) if part),
            "status": one.role.value,
        }
        for one in page.rows
    ]


class Kind(NamedTuple):
    """A group of what can be found: whoever lacks the permission is not told that it exists."""

    name: str
    permission: Permission
    search: Search


KINDS = (
    Kind("conversations", Permission.READ_CONVERSATIONS, _conversations),
    Kind("customers", Permission.REPLY, _customers),
    Kind("vehicles", Permission.READ_VEHICLES, _vehicles),
    Kind("canned", Permission.READ_DEALERSHIP, _prepared),
    Kind("users", Permission.LOOK_UP_USERS, _people),
)


async def search(uow: UnitOfWork, q: str) -> dict[str, list[Line]]:
    """Return what is found of each kind that the person may see; the services ask for the permission again."""
    return {kind.name: await kind.search(uow, q) for kind in KINDS if uow.actor.may(kind.permission)}


async def _opened(uow: UnitOfWork, ids: str) -> list[Line]:
    """Return the lines of conversations that are still there, in the order of their ids."""
    lines: list[Line] = []
    if not uow.actor.may(Permission.READ_CONVERSATIONS):
        return lines
    for conversation_id in filter(None, map(id_of, ids.split(",")[:REMEMBERED])):
        try:
            lines.append(conversation_line(await inbox.read_row(uow.database, uow.actor, conversation_id)))
        except NotFoundError:
            continue  # deleted since, or never there: the browser's memory is only a hint
    return lines


def sought(text: str) -> str:
    """Return typed words as the services take them: one line without control characters, not too long."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST].strip()


class PaletteState(HubState):
    """The answer to the newest question; `ask` says which one, so that a screen drops a late one."""

    found: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    recent: rx.Field[list[Line]] = rx.field(default_factory=list)

    @rx.event
    async def find(self, query: str, ask: str) -> None:
        """Look for the words among everything that the person may see; a failure is told within the palette."""
        q = sought(query)
        self.found = {"ask": ask, "problem": "", **(await self._find(q) if len(q) >= SHORTEST else {})}

    @rx.event
    async def arrive(self, ids: str) -> None:
        """Read the conversations that this browser says were opened last: ids, with commas between them."""
        self.recent = await self.call(_opened, ids)

    async def _find(self, q: str) -> dict[str, Any]:
        try:
            return dict(await self.call(search, q))
        except HubError as error:
            return {"problem": error.detail}
        except Exception as error:
            request_id = request_id_of(error)
            log.exception("the palette could not search", fault_id=request_id)
            return {"problem": f"The search failed on our side. Request {request_id}."}
