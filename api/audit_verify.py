"""Verifies the audit trail: `python -m api.audit_verify [position:hash]`; the first broken entry, exit status 1.

Exit status 2: nothing was verified, since the settings are wrong or the database is away or older than the chain.
"""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator

import psycopg

from api.core.database import Database
from api.core.embedded_postgres import EmbeddedPostgresError, running_url
from api.core.settings import Settings, SettingsError, get_settings
from api.main import database_url
from api.services.audit import Verdict, verify

CONNECT_SECONDS = 5


@contextlib.asynccontextmanager
async def reachable_database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database of the settings; where it is the embedded one, beside a running product or alone.

    Raises:
        psycopg.OperationalError: It does not answer.
    """
    async with contextlib.AsyncExitStack() as stack:
        url = running_url(settings.data_dir) if settings.database_url is None else None
        url = url or await stack.enter_async_context(database_url(settings))
        await (await psycopg.AsyncConnection.connect(url, connect_timeout=CONNECT_SECONDS)).close()
        database = Database(url, 2)
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
    """Verify the trail of the process's settings; what keeps it from that ends it with one sentence and status 2."""
    try:
        return report(asyncio.run(verdict_on(get_settings(), arguments[0] if arguments else None)))
    except (SettingsError, EmbeddedPostgresError) as error:
        told = str(error)
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn):
        told = "Not verified: this database is older than the audit chain. Run `make migrate`, then verify again."
    except psycopg.OperationalError as error:
        told = f"Not verified: the database does not answer ({str(error).partition(chr(10))[0]})."
    sys.stderr.write(f"{told}\n")
    return 2


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
