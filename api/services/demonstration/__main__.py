"""Fill an empty database with the demonstration dealership: `python -m api.services.demonstration`."""

import asyncio

from api.core.database import Database
from api.core.jobs import Jobs
from api.core.security import Actor
from api.core.settings import Settings, get_settings
from api.services.demonstration import DEMO_PASSWORD, seed
from api.services.unit_of_work import open_unit


async def fill(settings: Settings, url: str) -> bool:
    """Seed in one unit of work; return whether there was anything to do."""
    database = Database(url, settings.database_pool_size)
    try:
        async with open_unit(database, Jobs(url), settings, Actor.system("demonstration")) as uow:
            return await seed(uow)
    finally:
        await database.engine.dispose()


def main() -> None:
    """Read the settings, seed, and say how to sign in."""
    settings = get_settings()
    if settings.database_url is None:
        raise SystemExit("DATABASE_URL is not set: use `make seed`, which starts the embedded database.")
    if asyncio.run(fill(settings, settings.database_url.get_secret_value())):
        print(f"Demonstration data is in. Sign in as ada@demo.example with {DEMO_PASSWORD}")


if __name__ == "__main__":
    main()
