"""Webhooks over loopback: a receiver, a house that may reach it, and its jobs."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from api.core.settings import Settings
from api.services.house import House, open_house
from api.services.registry import register_jobs
from tests.fakes.webhook_receiver import WebhookReceiver

RunJobs = Callable[[], Awaitable[None]]


@pytest.fixture
def receiver() -> Iterator[WebhookReceiver]:
    """A server that takes webhooks."""
    with WebhookReceiver() as server:
        yield server


@pytest.fixture
async def open_to_loopback(house: House, settings: Settings) -> AsyncIterator[House]:
    """A house that may reach loopback addresses and waits half a second; the API uses it for the test's time."""
    changed = settings.model_copy(update={"webhook_allow_private": True, "webhook_timeout_s": 0.5})
    async with open_house(changed, house.database.url, register_jobs, work=False) as own:
        yield own


@pytest.fixture
def work(open_to_loopback: House) -> RunJobs:
    """Run every job that is due; scheduled ones are made due first."""

    async def run() -> None:
        await open_to_loopback.database.fetch(
            "UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' RETURNING id"
        )
        await open_to_loopback.jobs.app.run_worker_async(wait=False, install_signal_handlers=False, concurrency=1)

    return run
