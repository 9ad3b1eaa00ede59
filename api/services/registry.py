"""Every job by its name, and the clockwork; the API's process and the worker's register the same."""

import functools

from api.core.jobs import Job
from api.services import auth, drafting, idempotency
from api.services.house import House

JOBS = {
    "auth.mail_verification": auth.mail_verification,
    "drafting.auto_draft": drafting.auto_draft,
}


def register_jobs(house: House) -> None:
    """Make every job known to the house's queue, and set its clockwork going."""

    def bound(job: Job) -> Job:
        async def run(**arguments: object) -> None:
            await job(house, **arguments)

        return functools.update_wrapper(run, job)

    for name, job in JOBS.items():
        house.jobs.register(name, bound(job))

    async def reap(timestamp: int) -> None:
        await house.jobs.reap(timestamp)

    async def purge(timestamp: int) -> None:
        await idempotency.purge(house)
        await auth.purge(house)

    house.jobs.every("* * * * *", "jobs.reap", reap)
    house.jobs.every("17 * * * *", "platform.purge", purge)
