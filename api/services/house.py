"""The house: what one process has of database, jobs, events, models and settings; opened once."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

from api.core.bus import Bus, Event
from api.core.database import Database
from api.core.jobs import Jobs, cancel_and_wait
from api.core.limits import Limiter
from api.core.security import Actor
from api.core.settings import Settings
from api.integrations.drafting import DraftingRouter, router_from
from api.integrations.media import MediaStore, store_of
from api.integrations.webhook_endpoints import WebhookSender
from api.services.session_cache import SessionCache
from api.services.unit_of_work import UnitOfWork, open_unit

Registrar = Callable[["House"], None]


class House:
    """Handed to what needs more than one unit of work; everything else takes a UnitOfWork."""

    def __init__(self, settings: Settings, url: str) -> None:
        self.settings = settings
        self.database = Database(url, settings.database_pool_size)
        self.jobs = Jobs(url)
        self.bus = Bus(url)
        self.drafting: DraftingRouter = router_from(settings)
        self.media: MediaStore = store_of(settings)
        self.webhooks = WebhookSender(
            allow_private=settings.webhook_allow_private, timeout_seconds=settings.webhook_timeout_s
        )
        self.limits = Limiter(settings.redis_url.get_secret_value() if settings.redis_url else None)
        self.sessions = SessionCache()
        self.keys_without_quota = SessionCache()
        self.bus.subscribe(self._forget_revoked)

    def unit(self, actor: Actor) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a unit of work for the actor; it commits at the end of its block."""
        return open_unit(self.database, self.jobs, self.settings, actor)

    def _forget_revoked(self, event: Event) -> None:
        if event["kind"] == "session.revoked":
            self.sessions.forget(event.get("user_id"), event.get("session_id"), event.get("key_id"))
        elif event["kind"] == "bus.resumed":
            self.sessions.clear()


_open: list[House] = []


def house() -> House:
    """Return the process's house.

    Raises:
        RuntimeError: None is open, which is a fault of the composition.
    """
    if not _open:
        raise RuntimeError("the house is not open")
    return _open[-1]


@contextlib.asynccontextmanager
async def open_house(settings: Settings, url: str, register: Registrar, *, work: bool) -> AsyncIterator[House]:
    """Open the process's house: pools, listener, and with `work` the job worker.

    Args:
        settings: The settings.
        url: The database's address.
        register: Registers the jobs.
        work: Run jobs in this process.
    """
    opened = House(settings, url)
    register(opened)
    await opened.database.open()
    async with opened.jobs.opened():
        tasks = [asyncio.create_task(opened.bus.run())]
        if work:
            tasks.append(asyncio.create_task(opened.jobs.work()))
        _open.append(opened)
        try:
            yield opened
        finally:
            _open.remove(opened)
            for task in tasks:
                await cancel_and_wait(task)
            await opened.drafting.close()
            await opened.database.close()
