"""The audit trail: its pages, and whether its chain still holds."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from api.core.database import Database, Row
from api.core.logging import get_logger
from api.core.pagination import Page, PageRequest
from api.core.security import Actor
from api.repositories.audit import CHAIN, LINKS_AT_ONCE, UNCHAINED, Named
from api.services.departures import GONE
from api.services.house import House
from api.services.unit_of_work import UnitOfWork
from models.platform import AuditEntry, AuditQuery, AuditView
from models.users import Permission

log = get_logger(__name__)


async def page(uow: UnitOfWork, query: AuditQuery, request: PageRequest) -> Page[AuditView]:
    """Return a page of the audit trail.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
        ValidationError: The cursor is not of this list.
    """
    uow.actor.require(Permission.READ_AUDIT)
    found = await uow.audits.search(request, query, await _people(uow, query.actor))
    names = await uow.audits.names(name for entry in found.rows for name in (_person(entry), entry.target))
    return Page([_view(entry, names) for entry in found.rows], found.next_cursor, found.total)


async def _people(uow: UnitOfWork, given: str | None) -> list[UUID] | None:
    """Return the users who are meant: by id, e-mail or the beginning of a name; None for a name in the trail."""
    if not given or ":" in given:
        return None
    try:
        return [UUID(given)]
    except ValueError:
        return await uow.audits.people(given)


def _person(entry: AuditEntry) -> str:
    """Name whose doing an entry is: a key's is its owner's."""
    return f"user:{entry.actor_id}" if entry.actor_id else entry.actor


def _view(entry: AuditEntry, names: dict[str, Named]) -> AuditView:
    gone = Named(GONE if _person(entry).startswith("user:") else None, None)
    actor = names.get(_person(entry), gone)
    target = names.get(entry.target, Named(None, None))
    named = {"actor_name": actor.name, "actor_email": actor.email, "target_name": target.name}
    return AuditView.model_validate({**entry.model_dump(), **named, "at": entry.created_at})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found: its last link, and the first thing that is wrong."""

    links: int
    head: str
    broken_entry: str | None = None
    fault: str | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None


async def verify(database: Database, known_head: str | None = None) -> Verdict:
    """Walk the chain from its first link, each entry's hash over itself and the hash before.

    The hashing is done here and not by the database's own functions, which whoever tampers could have changed.

    Args:
        database: Where the trail is.
        known_head: `position:hash` of an earlier walk or log line; a chain that does not pass through it was
            cut off or written anew.
    """
    position, chained, passed = 0, b"", known_head is None
    while rows := await database.fetch(CHAIN, {"after": position, "limit": LINKS_AT_ONCE}):
        for row in rows:
            fault = _fault(row, position, chained)
            if fault is not None:
                return Verdict(position, _head(position, chained), row["entry_id"], fault)
            position, chained = row["position"], bytes(row["hash"])
            passed = passed or _head(position, chained) == known_head
    return await _end(database, position, chained, passed=passed)


async def _end(database: Database, position: int, chained: bytes, *, passed: bool) -> Verdict:
    head = _head(position, chained)
    loose = await database.fetch(UNCHAINED)
    if loose:
        return Verdict(position, head, loose[0]["id"], "the entry is not in the chain")
    fault = None if passed else "the chain does not pass through the known head: its end was cut off or written anew"
    return Verdict(position, head, None, fault)


def _fault(row: Row, position: int, chained: bytes) -> str | None:
    if row["position"] != position + 1:
        return f"the links between {position} and {row['position']} are missing"
    if not row["found"]:
        return "the entry is missing"
    if row["details"] is None:
        if not (row["blank"] and row["redaction_told"]):
            return "the entry was blanked without an entry that tells of it"
    elif hashlib.sha256(row["details"]).digest() != bytes(row["digest"]):
        return "the entry's details were changed"
    if hashlib.sha256(chained + bytes(row["body"])).digest() != bytes(row["hash"]):
        return "the entry or its place in the chain was changed"
    return None


def _head(position: int, chained: bytes) -> str:
    return f"{position}:{chained.hex()}"


async def examine(house: House, actor: Actor) -> Verdict:
    """Verify the whole chain for somebody who asks.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
    """
    actor.require(Permission.READ_AUDIT)
    return await verify(house.database)


async def tell_head(house: House) -> None:
    """Verify the chain and write its head to the log, out of reach of who can write to the database only."""
    verdict = await verify(house.database)
    if verdict.holds:
        log.info("the audit trail holds", links=verdict.links, head=verdict.head)
    else:
        log.error("the audit trail was tampered with", fault=verdict.fault, entry=verdict.broken_entry)
