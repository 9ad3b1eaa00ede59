"""Runs the worker on every registered job: `python -m api.worker`, or inside the API process."""

import asyncio
import contextlib
import signal
import sys

from api.core.logging import configure_logging
from api.core.settings import SettingsError, get_settings
from api.services.house import open_house
from api.services.registry import register_jobs


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
