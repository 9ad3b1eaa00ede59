"""The audit trail: pages of it with today's names, blanked details, and the chain as its verifier reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, null, or_, select, text, update

from api.core.pagination import Page, PageRequest
from api.repositories.base import Repository, like_pattern
from models.platform import AuditEntry, AuditQuery
from models.users import User

LINKS_AT_ONCE = 2_000
CHAIN = """
SELECT l.position, l.entry_id, l.hash, e.id IS NOT NULL AS found, e.target, e.redacted_by, e.digest,
       CASE WHEN e.salt IS NOT NULL
            THEN e.salt || convert_to(jsonb_build_array(e.before, e.after, e.ip)::text, 'UTF8') END AS details,
       e.before IS NULL AND e.after IS NULL AND e.ip IS NULL AS blank,
       split_part(r.action, ':', 2) IN ('erase', 'delete') AS redaction_told,
       convert_to(jsonb_build_array(l.position, e.id, (extract(epoch FROM e.created_at) * 1000000)::bigint,
           e.actor_id, e.actor, e.action, e.target, e.request_id, encode(e.digest, 'hex'))::text, 'UTF8') AS body
FROM audit_links l
LEFT JOIN audit_entries e ON e.id = l.entry_id
LEFT JOIN audit_entries r ON r.id = e.redacted_by
WHERE l.position > %(after)s
ORDER BY l.position
LIMIT %(limit)s
"""
UNCHAINED = """
SELECT e.id FROM audit_entries e
WHERE NOT EXISTS (SELECT FROM audit_links l WHERE l.entry_id = e.id)
ORDER BY e.created_at, e.id
LIMIT 1
"""
MOST_PEOPLE = 50
NAMED = {
    "user": "SELECT id, display_name AS name, CASE WHEN status <> 'deleted' THEN email END AS email FROM users",
    "conversation": """
        SELECT c.id, coalesce(nullif(c.subject, ''), p.name) AS name, NULL AS email
        FROM conversations c JOIN customers p ON p.id = c.customer_id
    """,
    "customer": "SELECT id, name, email FROM customers",
    "vehicle": "SELECT id, concat_ws(' ', year, make, model, stock_number) AS name, NULL AS email FROM vehicles",
    "canned_response": "SELECT id, title AS name, NULL AS email FROM canned_responses",
    "dealership": "SELECT id, name, NULL AS email FROM dealership",
    "webhook_endpoint": "SELECT id, url AS name, NULL AS email FROM webhook_endpoints",
}
_ONE_KIND = """
SELECT '{kind}:' || n.id AS target, n.name, n.email FROM ({named}) n WHERE n.id = ANY(CAST(:{kind} AS uuid[]))
"""
_NAMES = text(" UNION ALL ".join(_ONE_KIND.format(kind=kind, named=named) for kind, named in NAMED.items()))


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody or something is called today."""

    name: str | None
    email: str | None


def _of_subject(column: Any, given: str) -> ColumnElement[bool]:
    """Match `subject:rest` whole, a subject alone by all that begins with it."""
    return column == given if ":" in given else column.startswith(f"{given}:", autoescape=True)


def _of_target(column: Any, given: str) -> ColumnElement[bool]:
    try:
        return column.in_([f"{kind}:{UUID(given)}" for kind in (*NAMED, "message", "webhook_delivery")])
    except ValueError:
        return _of_subject(column, given)


class AuditRepository(Repository[AuditEntry]):
    """The audit trail, newest first; append-only."""

    model = AuditEntry

    async def search(self, request: PageRequest, query: AuditQuery, people: Sequence[UUID] | None) -> Page[AuditEntry]:
        """Return a page of what the query wants; `people` are who is meant by its actor, None: the name itself."""
        table: Any = AuditEntry
        wanted: list[ColumnElement[bool]] = []
        if query.actor:
            acted = table.actor == query.actor
            wanted.append(acted if people is None else or_(acted, table.actor_id.in_(people)))
        if query.action:
            wanted.append(_of_subject(table.action, query.action))
        if query.target:
            wanted.append(_of_target(table.target, query.target))
        if query.since:
            wanted.append(table.created_at >= query.since)
        if query.until:
            wanted.append(table.created_at < query.until)
        mark = query.model_dump(mode="json")
        return await self.page(select(AuditEntry).where(*wanted), request, {"at": table.created_at}, mark)

    async def people(self, given: str) -> list[UUID]:
        """Return the users with this e-mail, or with a name one of whose words begins so."""
        table: Any = User
        named = func.lower(" " + table.display_name).like(like_pattern(f" {given.lower()}"))
        wanted = select(table.id).where(or_(func.lower(table.email) == given.lower(), named))
        return list((await self.session.execute(wanted.limit(MOST_PEOPLE))).scalars())

    async def names(self, things: Iterable[str]) -> dict[str, Named]:
        """Return what `kind:id` is called today, in one statement; what has no name or is gone is left out."""
        wanted: dict[str, list[str]] = {kind: [] for kind in NAMED}
        for kind, _, thing_id in (thing.partition(":") for thing in set(things)):
            if kind in wanted and _is_id(thing_id):
                wanted[kind].append(thing_id)
        found = await self.session.execute(_NAMES, wanted)
        return {row.target: Named(row.name, row.email) for row in found}

    async def moment_after(self, targets: Sequence[str], moment: datetime) -> datetime:
        """Return the moment, or a later entry's about the targets, which may have come while a lock was waited for."""
        table: Any = AuditEntry
        newest = select(func.max(table.created_at)).where(table.target.in_(targets))
        return max(moment, (await self.session.execute(newest)).scalar_one() or moment)

    async def redact(self, targets: Sequence[str], told_by: UUID) -> None:
        """Blank the details of every other entry about the targets, in the name of the erasure's entry."""
        table: Any = AuditEntry
        about = (table.target.in_(targets), table.redacted_by.is_(None), table.id != told_by)
        # a JSONB column's None would be the JSON null
        blank = {"before": null(), "after": null(), "ip": None, "salt": None, "redacted_by": told_by}
        await self.session.execute(
            update(AuditEntry).where(*about).values(blank).execution_options(synchronize_session=False)
        )


def _is_id(given: str) -> bool:
    try:
        UUID(given)
    except ValueError:
        return False
    return True
