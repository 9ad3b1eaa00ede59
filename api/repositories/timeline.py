"""Reads of what happened to a conversation: the audit trail, its drafts' event log, messages that woke it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from api.core.database import Database, Row

_WINDOW = (
    "{at} >= coalesce(%(since)s::timestamptz, '-infinity') AND {at} < coalesce(%(until)s::timestamptz, 'infinity')"
)
AUDITED = """
SELECT a.id, a.created_at AS at, a.action, a.before, a.after, a.actor_id,
       CASE WHEN u.status <> 'deleted' THEN u.display_name END AS actor_name,
       s.id AS person_id, CASE WHEN s.status <> 'deleted' THEN s.display_name END AS person_name
FROM audit_entries a
LEFT JOIN users u ON u.id = a.actor_id
LEFT JOIN users s ON s.id = (a.after ->> 'staff_id')::uuid
WHERE a.target = %(target)s AND a.action IN ('conversation:assign', 'conversation:close', 'conversation:update')
  AND a.created_at >= coalesce(%(since)s::timestamptz, '-infinity')
  AND a.created_at < coalesce(%(until)s::timestamptz, 'infinity')
ORDER BY a.created_at DESC, a.id DESC LIMIT %(limit)s
"""
REJECTED = """
SELECT e.id, e.created_at AS at, d.reject_reason AS reason, d.reject_comment AS comment, e.actor_id,
       CASE WHEN u.status <> 'deleted' THEN u.display_name END AS actor_name
FROM suggestions d
JOIN suggestion_events e ON e.suggestion_id = d.id AND e.transition = 'rejected'
LEFT JOIN users u ON u.id = e.actor_id
WHERE d.conversation_id = %(conversation_id)s
  AND e.created_at >= coalesce(%(since)s::timestamptz, '-infinity')
  AND e.created_at < coalesce(%(until)s::timestamptz, 'infinity')
ORDER BY e.created_at DESC LIMIT %(limit)s
"""
_WOKE = """
SELECT m.id, m.ordered_at AS at, '{kind}' AS kind
FROM audit_entries a
CROSS JOIN LATERAL (
  SELECT id, ordered_at FROM messages
  WHERE conversation_id = %(conversation_id)s AND sender = 'customer' AND state = 'sent' AND ordered_at > a.created_at
  ORDER BY ordered_at LIMIT 1
) m
WHERE a.target = %(target)s AND {holds}
  AND m.ordered_at >= coalesce(%(since)s::timestamptz, '-infinity')
  AND m.ordered_at < coalesce(%(until)s::timestamptz, 'infinity')
  AND NOT EXISTS (
    SELECT FROM audit_entries b
    WHERE b.target = a.target AND b.created_at > a.created_at AND b.created_at < m.ordered_at AND {ends}
  )
"""
WOKEN = "\nUNION\n".join(
    (
        _WOKE.format(
            kind="reopened",
            holds="a.after ->> 'status' = 'resolved'",
            ends="b.after ? 'status'",
        ),
        _WOKE.format(
            kind="woken",
            holds="(a.after ->> 'snoozed_until')::timestamptz > m.ordered_at",
            ends="(b.after ? 'snoozed_until' OR b.after ->> 'status' = 'resolved')",
        ),
    )
)
EDITED = """
SELECT DISTINCT ON (e.suggestion_id) e.suggestion_id AS id, (e.details ->> 'edit_distance')::float AS share
FROM messages m
JOIN suggestion_events e ON e.suggestion_id = m.id AND e.transition = 'edited'
WHERE m.conversation_id = %(conversation_id)s AND m.state = 'sent' AND m.sender = 'ai'
  AND m.ordered_at >= coalesce(%(since)s::timestamptz, '-infinity')
  AND m.ordered_at < coalesce(%(until)s::timestamptz, 'infinity')
ORDER BY e.suggestion_id, e.created_at DESC
"""
LAST_GOOD = """
SELECT created_at AS at FROM suggestions WHERE provider <> 'fallback' ORDER BY created_at DESC LIMIT 1
"""


class TimelineRepository:
    """Reads over the autocommit pool; times come as the API's text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(
        self, sql: str, conversation_id: UUID, since: datetime | None, until: datetime | None, limit: int
    ) -> list[Row]:
        """Run one of this module's reads for a stretch of a thread; `since` is inclusive, `until` exclusive."""
        values: Mapping[str, Any] = {
            "conversation_id": conversation_id,
            "target": f"conversation:{conversation_id}",
            "since": since,
            "until": until,
            "limit": limit,
        }
        return await self._database.fetch(sql, values)

    async def last_good(self) -> str | None:
        """Return when a provider last wrote a draft, or None."""
        rows = await self._database.fetch(LAST_GOOD)
        return rows[0]["at"] if rows else None
