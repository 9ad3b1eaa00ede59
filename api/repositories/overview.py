"""Counts of the last days for the administrators' home, each read on the autocommit pool."""

from datetime import datetime
from typing import Any

from api.core.database import Database, Row

FIRST = 3
# a day is 24 hours back from now, so that none is half over; `period` 0 is the one that ends now, 1 the one before
_SPLIT = """
SELECT d.back, d.back / %(days)s AS period, {columns}
FROM (SELECT s.*, floor(extract(epoch FROM %(now)s - s.at) / 86400)::int AS back FROM ({source}) s
      WHERE s.at <= %(now)s) d
GROUP BY GROUPING SETS ((d.back), (d.back / %(days)s))
"""
_REPLIES = """
SELECT c.created_at AS at, asked.at AS asked,
       (SELECT min(r.ordered_at) FROM messages r
        WHERE r.conversation_id = c.id AND r.sender <> 'customer' AND r.state = 'sent' AND NOT r.internal
          AND r.ordered_at > asked.at) AS replied
FROM conversations c
CROSS JOIN LATERAL (SELECT min(m.ordered_at) AS at FROM messages m
                    WHERE m.conversation_id = c.id AND m.sender = 'customer' AND m.state = 'sent') asked
WHERE c.created_at > %(since)s
"""
_SOURCES = {
    "conversations": (
        _REPLIES,
        """
        count(*) AS conversations,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM replied - asked)) AS first_reply_s,
        (count(*) FILTER (WHERE replied - asked <= %(target)s))::float
            / nullif(count(*) FILTER (WHERE replied IS NOT NULL OR asked < %(now)s - %(target)s), 0) AS on_time
        """,
    ),
    "drafts": (
        "SELECT created_at AS at, status FROM suggestions WHERE created_at > %(since)s",
        """
        (count(*) FILTER (WHERE status IN ('accepted', 'edited')))::float
            / nullif(count(*) FILTER (WHERE status IN ('accepted', 'edited', 'rejected')), 0) AS drafts_sent
        """,
    ),
    "people": (
        "SELECT created_at AS at FROM users WHERE created_at > %(since)s AND status <> 'deleted'",
        "count(*) AS sign_ups",
    ),
}
_OVERDUE = """
SELECT p.name, c.waiting_since AS at, count(*) OVER () AS total
FROM conversations c JOIN customers p ON p.id = c.customer_id
WHERE c.waiting_since < %(before)s AND c.status <> 'resolved' AND (c.snoozed_until IS NULL OR c.snoozed_until <= now())
ORDER BY c.waiting_since LIMIT %(first)s
"""
_SUSPENSIONS = """
SELECT display_name AS name, suspended_until AS at, count(*) OVER () AS total FROM users
WHERE status = 'suspended' AND suspended_until > now() AND suspended_until <= %(before)s
ORDER BY suspended_until LIMIT %(first)s
"""


async def figures(database: Database, values: dict[str, Any]) -> list[list[Row]]:
    """Return, for each kind of thing, a row a day (`back` whole days ago) and a row a period (0 now, 1 before).

    `values` are now, since, days (of one period) and target (an interval).
    """
    statements = [_SPLIT.format(source=source, columns=columns) for source, columns in _SOURCES.values()]
    return [await database.fetch(statement, values, prepared=False) for statement in statements]


async def overdue(database: Database, before: datetime) -> list[Row]:
    """Return the conversations whose customers have waited longest, since before the moment; each with the total."""
    return await database.fetch(_OVERDUE, {"before": before, "first": FIRST})


async def suspensions(database: Database, before: datetime) -> list[Row]:
    """Return the suspensions that end soonest, until the moment; each with the total."""
    return await database.fetch(_SUSPENSIONS, {"before": before, "first": FIRST})
