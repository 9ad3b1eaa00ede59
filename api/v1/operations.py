"""/admin/jobs and /admin/flags: the platform's levers."""

from typing import Annotated

from fastapi import Path

from api.core.pagination import PageRequest
from api.dependencies import Tagged, Unit, page_request
from api.routing import hub_router
from api.services import flags, jobs
from models.base import Data, Line, Listing, Meta
from models.flags import FLAG_NAME, FlagPatch, FlagView
from models.jobs import JobQuery, JobStatus, JobView

router = hub_router("platform")
JobNumber = Annotated[int, Path(ge=1, le=2**63 - 1)]
Flag = Annotated[str, Path(pattern=FLAG_NAME, examples=["webhooks.paused"])]


@router.get("/admin/jobs", summary="List the jobs")
async def list_jobs(
    uow: Unit,
    page: Annotated[PageRequest, page_request("-id")],
    status: JobStatus | None = None,
    task: Line | None = None,
) -> Listing[JobView]:
    """List the jobs that wait, run or failed; `about` holds the ids that they work on. `task` is part of a name.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`.
    """
    found = await jobs.page(uow, JobQuery(status=status, task=task), page)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.post("/admin/jobs/{job_id}/retry", status_code=202, summary="Run a job again")
async def retry_job(job_id: JobNumber, uow: Unit) -> Data[JobView]:
    """Have a failed job, or one that waits for its time, run at once.

    Errors: 401 `unauthorized`, 403 `forbidden`, 404 `not_found`, 409 `conflict` while it runs.
    """
    return Data(data=await jobs.retry(uow, job_id))


@router.get("/admin/flags", summary="List the feature flags")
async def list_flags(
    uow: Unit, page: Annotated[PageRequest, page_request("name", "expires_at", "updated_at")]
) -> Listing[FlagView]:
    """List the flags; an expired one is off, and says so.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`.
    """
    found = await flags.page(uow, page)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.get("/admin/flags/{name}", dependencies=[Tagged], summary="Read a feature flag")
async def read_flag(name: Flag, uow: Unit) -> Data[FlagView]:
    """Read one flag.

    Errors: 401 `unauthorized`, 403 `forbidden`, 404 `not_found`.
    """
    return Data(data=await flags.read(uow, name))


@router.patch("/admin/flags/{name}", summary="Set a feature flag")
async def set_flag(name: Flag, given: FlagPatch, uow: Unit) -> Data[FlagView]:
    """Change a flag, or make it: then it is off, the caller's and good for 90 days unless the body says otherwise.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`, 409 `conflict`.
    """
    return Data(data=await flags.change(uow, name, given))
