"""JobListState: what waits, runs or failed in the queue, and a try more for one."""

from typing import Any

import reflex as rx

from api.core.pagination import PageRequest
from api.services import jobs
from dealsmart_app.states.base import HubState
from dealsmart_app.states.reading import reading
from dealsmart_app.states.tables import ROWS, TableState, query_of
from models.jobs import JobQuery, JobView

RETRIABLE = ("failed", "aborted", "cancelled")


def _row(job: JobView) -> dict[str, str]:
    plain = job.model_dump(mode="json", exclude={"about"})
    return {
        **{name: str("" if value is None else value) for name, value in plain.items()},
        "about": ", ".join(f"{name} {value}" for name, value in job.about.items()),
        "retriable": "yes" if job.status in RETRIABLE else "",
    }


class JobListState(TableState, HubState):
    """A page of the queue; jobs that ended well are not kept."""

    ROUTE = "/jobs"
    SORT = "-id"
    FILTERS = ("status", "task")
    NOUN = ("job", "jobs")

    @rx.event
    @reading
    async def load(self) -> None:
        """Read the page that the address names; the open job is one of the page's."""
        self._arrive()
        sort = self.query.get("sort", "")
        order = sort if sort in {"id", "-id"} else self.SORT
        request = PageRequest(order, ROWS, self.query.get("cursor"), include_total=True)
        page = await self.call(jobs.page, query_of(JobQuery, self.query), request)
        self.rows = [_row(job) for job in page.rows]
        self.next_cursor, self.total, self.loaded = page.next_cursor or "", page.total or 0, True
        self.chosen = next((row for row in self.rows if row["id"] == self.query.get("id")), {})

    @rx.event
    async def retry(self, job_id: str) -> Any:
        """Have a failed job run again."""
        await self.call(jobs.retry, int(job_id))
        return [JobListState.load, rx.toast.success("The job runs again")]
