"""What there is of anything at all, read on the autocommit pool."""

from datetime import datetime

from api.core.database import Database, Row

_PRESENT = """
SELECT EXISTS (SELECT FROM conversations) AS conversations,
       EXISTS (SELECT FROM vehicles) AS inventory,
       EXISTS (SELECT FROM dealership) OR EXISTS (SELECT FROM canned_responses) AS house,
       EXISTS (SELECT FROM api_keys
               WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > %(now)s)) AS channel,
       (SELECT count(*) > 1 FROM (SELECT FROM users WHERE role IN ('staff', 'admin') AND status = 'active' LIMIT 2) t)
           AS team
"""


async def present(database: Database, now: datetime) -> Row:
    """Tell whether there are conversations, vehicles, facts of the house, a key that opens something, and a team."""
    return (await database.fetch(_PRESENT, {"now": now}))[0]
