"""Seals everything anew under the newest key of ENCRYPTION_KEY: `python -m api.rotate_keys`; safe to repeat."""

import asyncio
import contextlib
import sys

from api.audit_verify import reachable_database
from api.core.database import Database
from api.core.encryption import SealedTextError, sealer_of
from api.core.settings import Settings, SettingsError, get_settings
from api.repositories.sealed import reseal, sealed_columns


async def rotate(database: Database, settings: Settings) -> int:
    """Seal each text anew that is not under the newest key, and return how many there were.

    Raises:
        SealedTextError: A text is under none of the keys; what was done before it stays done.
    """
    sealer, count = sealer_of(settings), 0
    async with database.sessions() as session:
        for column in sealed_columns():
            async for changed in reseal(session, column, sealer.resealed):
                await session.commit()
                count += changed
    return count


async def _rotate_own(settings: Settings) -> int:
    async with reachable_database(settings) as database:
        return await rotate(database, settings)


def main() -> int:
    """Rotate the keys of the process's settings; what stops it is one line."""
    try:
        sys.stdout.write(f"Sealed anew: {asyncio.run(_rotate_own(get_settings()))}. The older keys can go.\n")
    except (SettingsError, SealedTextError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
