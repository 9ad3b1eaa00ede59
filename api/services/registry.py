"""Every job by its name, and the clockwork; the API's process and the worker's register the same."""

import functools

from procrastinate import JobContext

from api.core.jobs import Job
from api.services import (
    audit,
    auth,
    avatars,
    drafting,
    idempotency,
    jobs,
    limits,
    new_passwords,
    user_deletions,
    webhook_deliveries,
)
from api.services.house import House

JOBS = {
    "auth.mail_verification": auth.mail_verification,
    "avatars.discard_file": avatars.discard_file,
    "new_passwords.mail_link": new_passwords.mail_link,
    "new_passwords.mail_notice": new_passwords.mail_notice,
    "drafting.auto_draft": drafting.auto_draft,
    "webhook_deliveries.deliver": webhook_deliveries.deliver,
}


def register_jobs(house: House) -> None:
    """Make every job known to the house's queue, and set its clockwork going."""
    for name, job in JOBS.items():
        house.jobs.register(name, _noted(house, job))
    _set_clockwork(house)


def _noted(house: House, job: Job) -> Job:
    async def run(context: JobContext, **arguments: object) -> None:
        try:
            await job(house, **arguments)
        except Exception as fault:
            await jobs.note_fault(house, context.job.id or 0, fault)
            raise

    return functools.update_wrapper(run, job)


def _set_clockwork(house: House) -> None:
    async def reap(timestamp: int) -> None:
        await house.jobs.reap(timestamp)

    async def purge(timestamp: int) -> None:
        for module in (idempotency, auth, webhook_deliveries, jobs, limits, user_deletions):
            await module.purge(house)

    async def tell_head(timestamp: int) -> None:
        await audit.tell_head(house)

    house.jobs.every("* * * * *", "jobs.reap", reap)
    house.jobs.every("17 * * * *", "platform.purge", purge)
    house.jobs.every("41 3 * * *", "audit.tell_head", tell_head)
