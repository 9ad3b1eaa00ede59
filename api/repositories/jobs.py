"""The queue's own tables as an administrator sees them, and the faults that we keep beside them."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.database import Row
from api.core.pagination import Page, PageRequest, decode_cursor, encode_cursor, fingerprint, read_integer

_WANTED = """
FROM procrastinate_jobs j
LEFT JOIN job_failures f ON f.job_id = j.id
WHERE (CAST(:status AS text) IS NULL OR j.status::text = :status)
  AND (CAST(:task AS text) IS NULL OR strpos(lower(j.task_name), lower(:task)) > 0)
"""
_COLUMNS = """
SELECT j.id, j.task_name AS task, j.queue_name AS queue, j.status::text AS status, j.attempts, j.scheduled_at, j.args,
       (SELECT min(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) AS enqueued_at,
       f.error AS last_error, f.failed_at
"""
_PAGES = {
    True: text(f"{_COLUMNS} {_WANTED} AND j.id < :after ORDER BY j.id DESC LIMIT :limit"),
    False: text(f"{_COLUMNS} {_WANTED} AND j.id > :after ORDER BY j.id LIMIT :limit"),
}
_ONE = text(f"{_COLUMNS} {_WANTED} AND j.id = :job_id")
_COUNT = text(f"SELECT count(*) {_WANTED}")
_AGAIN = text("""
UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL, worker_id = NULL, abort_requested = false
WHERE id = :job_id AND status IN ('failed', 'aborted', 'cancelled', 'todo')
""")
_FAULT = text("""
INSERT INTO job_failures (job_id, error, failed_at) VALUES (:job_id, :error, :failed_at)
ON CONFLICT (job_id) DO UPDATE SET error = excluded.error, failed_at = excluded.failed_at
""")
_FORGET = text("""
DELETE FROM job_failures f WHERE NOT EXISTS (SELECT FROM procrastinate_jobs j WHERE j.id = f.job_id)
""")
_LAST, _FIRST = 2**63 - 1, 0


class JobRepository:
    """Jobs by number; those that ended well are not there any more."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def search(self, request: PageRequest, status: str | None, task: str | None) -> Page[Row]:
        """Return a page of jobs, by their numbers; `task` is part of a name, in capitals or not."""
        descending = request.sort.startswith("-")
        mark = fingerprint(request.sort, status, task)
        after = _LAST if descending else _FIRST
        if request.cursor is not None:
            (after,) = decode_cursor(mark, request.cursor, [read_integer(64)])
        filters: dict[str, Any] = {"status": status, "task": task}
        found = await self.session.execute(_PAGES[descending], {**filters, "after": after, "limit": request.limit + 1})
        rows = [dict(row) for row in found.mappings()]
        shown = rows[: request.limit]
        cursor = encode_cursor(mark, [shown[-1]["id"]]) if len(rows) > request.limit else None
        total = (await self.session.execute(_COUNT, filters)).scalar_one() if request.include_total else None
        return Page(shown, cursor, total)

    async def find(self, job_id: int) -> Row | None:
        """Return one job, or None."""
        found = await self.session.execute(_ONE, {"status": None, "task": None, "job_id": job_id})
        row = found.mappings().one_or_none()
        return None if row is None else dict(row)

    async def run_again(self, job_id: int) -> bool:
        """Have a job that does not run now run at once; False where it runs."""
        changed: Any = await self.session.execute(_AGAIN, {"job_id": job_id})
        return changed.rowcount == 1

    async def note_fault(self, job_id: int, error: str, now: datetime) -> None:
        """Keep a job's last fault."""
        await self.session.execute(_FAULT, {"job_id": job_id, "error": error, "failed_at": now})

    async def forget_faults(self) -> None:
        """Drop the faults of jobs that are gone."""
        await self.session.execute(_FORGET)
