"""Registers every job and runs the worker: `python -m api.worker`, or inside the API process."""

import asyncio
import contextlib
import functools
import signal
import sys

from api.core.jobs import Job
from api.core.logging import configure_logging
from api.core.settings import SettingsError, get_settings
from api.services import auth, drafting, idempotency
from api.services.house import House, open_house

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

    house.jobs.every("* * * * *", "jobs.reap", reap)
    house.jobs.every("17 * * * *", "idempotency.purge", purge)


async def work() -> None:
    """Run jobs until SIGTERM or SIGINT; DATABASE_URL must name the database."""
    settings = get_settings()
    configure_logging(settings.log_level, settings.log_format)
    if settings.database_url is None:
        raise SettingsError("DATABASE_URL: a worker of its own needs a database that others reach too")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with open_house(settings, settings.database_url.get_secret_value(), register_jobs, work=True):
        await stop.wait()


def main() -> int:
    """Run the worker; bad settings end it with one line each."""
    try:
        asyncio.run(work())
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
