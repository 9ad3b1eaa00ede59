"""The audit trail: pages of it, blanked details, and the chain as its verifier reads it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import null, select, update

from api.core.pagination import Page, PageRequest
from api.repositories.base import Repository
from models.platform import AuditEntry

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


class AuditRepository(Repository[AuditEntry]):
    """The audit trail, newest first; append-only."""

    model = AuditEntry

    async def search(self, request: PageRequest, filters: dict[str, Any]) -> Page[AuditEntry]:
        """Return a page; filters are `actor`, `action`, `target`, `from` (inclusive) and `to` (exclusive)."""
        table: Any = AuditEntry
        statement = select(AuditEntry)
        for name in ("actor", "action", "target"):
            if filters.get(name):
                statement = statement.where(getattr(table, name) == filters[name])
        if filters.get("from"):
            statement = statement.where(table.created_at >= filters["from"])
        if filters.get("to"):
            statement = statement.where(table.created_at < filters["to"])
        return await self.page(statement, request, {"at": table.created_at}, filters)

    async def redact(self, targets: Sequence[str], told_by: UUID) -> None:
        """Blank the details of every other entry about the targets, in the name of the erasure's entry."""
        table: Any = AuditEntry
        about = (table.target.in_(targets), table.redacted_by.is_(None), table.id != told_by)
        # a JSONB column's None would be the JSON null
        blank = {"before": null(), "after": null(), "ip": None, "salt": None, "redacted_by": told_by}
        await self.session.execute(
            update(AuditEntry).where(*about).values(blank).execution_options(synchronize_session=False)
        )
