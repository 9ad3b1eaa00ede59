"""Counts over drafts, each one read on the autocommit pool."""

from typing import Any

from api.core.database import Database, Row

LIGHT_EDIT = 0.1
GROUPS = {
    "totals": "''",
    "series": "to_char(date_trunc(%(interval)s, d.created_at AT TIME ZONE 'UTC'), 'YYYY-MM-DD')",
    "providers": "d.provider",
    "models": "d.model",
    "prompt_versions": "d.prompt_version",
    "people": "d.decided_by::text",
}
_DRAFTS = """
WITH prices AS (
    SELECT model, input, output
    FROM jsonb_to_recordset(%(prices)s::jsonb) AS p(model text, input numeric, output numeric)
), d AS (
    SELECT s.id, s.created_at, s.status, s.provider, s.model, s.prompt_version, s.decided_by, s.acknowledged,
           s.latency_ms, s.input_tokens, s.output_tokens, e.distance, e.flagged,
           p.input * s.input_tokens + p.output * s.output_tokens AS micros
    FROM suggestions s
    LEFT JOIN prices p ON p.model = s.model
    CROSS JOIN LATERAL (
        SELECT max((details ->> 'edit_distance')::float) FILTER (WHERE transition = 'edited') AS distance,
               coalesce(bool_or(transition = 'flagged'), false) AS flagged
        FROM suggestion_events WHERE suggestion_id = s.id
    ) e
    WHERE s.created_at >= %(since)s AND s.created_at < %(until)s
)
"""
_COUNTS = """
SELECT {key} AS key, count(*) AS drafts,
       count(*) FILTER (WHERE status = 'accepted') AS accepted,
       count(*) FILTER (WHERE status = 'edited') AS edited,
       count(*) FILTER (WHERE status = 'edited' AND distance <= %(light)s) AS light_edits,
       count(*) FILTER (WHERE status = 'rejected') AS rejected,
       count(*) FILTER (WHERE status = 'superseded') AS superseded,
       count(*) FILTER (WHERE status IN ('ready', 'flagged')) AS undecided,
       count(*) FILTER (WHERE d.flagged) AS flagged,
       count(*) FILTER (WHERE acknowledged) AS overridden,
       (percentile_cont(0.5) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE provider <> 'fallback'))::int
           AS latency_p50_ms,
       (percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE provider <> 'fallback'))::int
           AS latency_p95_ms,
       coalesce(sum(input_tokens), 0)::int8 AS input_tokens, coalesce(sum(output_tokens), 0)::int8 AS output_tokens,
       coalesce(round(sum(micros)), 0)::int8 AS cost_micros,
       count(*) FILTER (WHERE micros IS NULL AND provider <> 'fallback') AS unpriced
FROM d WHERE {key} IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1
"""
_REJECTIONS = """
SELECT reject_reason AS reason, count(*) AS count FROM suggestions
WHERE status = 'rejected' AND created_at >= %(since)s AND created_at < %(until)s
GROUP BY 1 ORDER BY 2 DESC, 1
"""
_FLAGS = """
SELECT f.key AS kind, sum(coalesce((f.value ->> 'unsupported')::int, 0)) AS unsupported,
       sum(coalesce((f.value ->> 'uncertain')::int, 0)) AS uncertain
FROM suggestions s
JOIN suggestion_events e ON e.suggestion_id = s.id AND e.transition IN ('ready', 'flagged')
CROSS JOIN LATERAL jsonb_each(coalesce(e.details -> 'flags', '{}'::jsonb)) f
WHERE s.created_at >= %(since)s AND s.created_at < %(until)s
GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1
"""
_OVERRIDES = """
SELECT s.id AS message_id, s.conversation_id, s.decided_at, coalesce(u.display_name, 'Somebody') AS person,
       coalesce((SELECT jsonb_agg(jsonb_build_object(
                           'kind', c ->> 'kind', 'text', c ->> 'text', 'reason', c ->> 'reason'))
                 FROM jsonb_array_elements(s.claims) c WHERE c ->> 'verdict' = 'unsupported'), '[]'::jsonb) AS claims
FROM suggestions s LEFT JOIN users u ON u.id = s.decided_by
WHERE s.acknowledged AND s.created_at >= %(since)s AND s.created_at < %(until)s
ORDER BY s.decided_at DESC LIMIT 50
"""
_NAMES = "SELECT id::text AS id, display_name FROM users WHERE id::text = ANY(%(ids)s)"


async def counts(database: Database, group: str, values: dict[str, Any]) -> list[Row]:
    """Return a row for each key of a group of GROUPS; `values` are since, until, interval, prices (JSON)."""
    sql = _DRAFTS + _COUNTS.format(key=GROUPS[group])
    return await database.fetch(sql, {**values, "light": LIGHT_EDIT}, prepared=False)


async def rejections(database: Database, values: dict[str, Any]) -> list[Row]:
    """Return how many drafts were rejected, by reason."""
    return await database.fetch(_REJECTIONS, values)


async def flags(database: Database, values: dict[str, Any]) -> list[Row]:
    """Return how many claims were flagged when their drafts were written, by kind."""
    return await database.fetch(_FLAGS, values)


async def overrides(database: Database, values: dict[str, Any]) -> list[Row]:
    """Return the newest fifty drafts that were sent in spite of flags."""
    return await database.fetch(_OVERRIDES, values)


async def names(database: Database, ids: list[str]) -> dict[str, str]:
    """Return the display names of people."""
    return {row["id"]: row["display_name"] for row in await database.fetch(_NAMES, {"ids": ids})}
