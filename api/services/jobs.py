"""Jobs as administrators see them: which wait, run or failed, and why; a failed one is tried again."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.core.database import Row
from api.core.errors import ConflictError, NotFoundError
from api.core.logging import cleaned
from api.core.pagination import Page, PageRequest
from api.core.security import Actor
from api.services.house import House
from api.services.unit_of_work import UnitOfWork
from models.base import utc_now
from models.jobs import JobQuery, JobView
from models.users import Permission

MOST_OF_AN_ERROR = 500
_ACTOR = Actor.system("jobs")


async def page(uow: UnitOfWork, query: JobQuery, request: PageRequest) -> Page[JobView]:
    """Return a page of jobs.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    found = await uow.jobs.search(request, query.status, query.task)
    return Page([_view(row) for row in found.rows], found.next_cursor, found.total)


async def retry(uow: UnitOfWork, job_id: int) -> JobView:
    """Have a job that failed, or that waits for its time, run at once.

    Raises:
        NotFoundError: `not_found`: no such job, or it ended well meanwhile.
        ConflictError: `conflict`: it runs, or another one waits in its place.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    if await uow.jobs.find(job_id) is None:
        raise NotFoundError()
    try:
        again = await uow.jobs.run_again(job_id)
    except IntegrityError:
        raise ConflictError("Another job of this kind waits already and will do.") from None
    if not again:
        raise ConflictError("The job runs, or has ended.")
    await uow.audit("job:retry", f"job:{job_id}")
    row = await uow.jobs.find(job_id)
    if row is None:
        raise NotFoundError()
    return _view(row)


def _view(row: Row) -> JobView:
    about = {name: value for name, value in row["args"].items() if name.endswith("_id") and _is_id(value)}
    return JobView.model_validate({**row, "about": about})


def _is_id(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


async def note_fault(house: House, job_id: int, fault: Exception) -> None:
    """Keep why a try of a job failed, without what is secret or personal in it; the queue keeps nothing."""
    told = str(cleaned(f"{type(fault).__name__}: {fault}".partition("\n")[0]))[:MOST_OF_AN_ERROR]
    async with house.unit(_ACTOR) as uow:
        await uow.jobs.note_fault(job_id, told, utc_now())


async def purge(house: House) -> None:
    """Drop the faults of jobs that are gone."""
    async with house.unit(_ACTOR) as uow:
        await uow.jobs.forget_faults()
