"""Verifies the audit trail: `python -m api.audit_verify [position:hash]`; the first broken entry, exit status 1."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator

from api.core.database import Database
from api.core.embedded_postgres import running_url
from api.core.settings import Settings, SettingsError, get_settings
from api.main import database_url
from api.services.audit import Verdict, verify


@contextlib.asynccontextmanager
async def reachable_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database of the settings; where it is the embedded one, beside a running product or alone."""
    async with contextlib.AsyncExitStack() as stack:
        url = running_url(settings.data_dir) if settings.database_url is None else None
        database = Database(url or await stack.enter_async_context(database_url(settings)), 2)
        await database.open()
        stack.push_async_callback(database.close)
        yield database


async def verdict_on(settings: Settings, known_head: str | None) -> Verdict:
    """Walk the chain in the database of the settings."""
    async with reachable_database(settings) as database:
        return await verify(database, known_head)


def report(verdict: Verdict) -> int:
    """Print what was found and return the exit status."""
    if verdict.holds:
        sys.stdout.write(f"The audit trail holds: {verdict.links} entries, head {verdict.head}\n")
        return 0
    entry = f"entry {verdict.broken_entry}: " if verdict.broken_entry else ""
    sys.stdout.write(f"BROKEN after {verdict.links} good entries. {entry}{verdict.fault}\n")
    return 1


def main(arguments: list[str]) -> int:
    """Verify the trail of the process's settings; bad settings end it with one line each."""
    try:
        return report(asyncio.run(verdict_on(get_settings(), arguments[0] if arguments else None)))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
