"""The job queue: procrastinate on PostgreSQL, transactional enqueue, retries, the reaper of dead workers' jobs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any

import psycopg
from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.logging import get_logger

POLL_SECONDS = 1.0
RECONNECT_SECONDS = 0.5
STALLED_AFTER_SECONDS = 30
RETRIES = RetryStrategy(max_attempts=8, exponential_wait=2)
Job = Callable[..., Awaitable[None]]
log = get_logger(__name__)


class Jobs:
    """Jobs by name (`<service module>.<function>`); one instance a process."""

    def __init__(self, url: str) -> None:
        self.app = App(connector=PsycopgConnector(conninfo=url, min_size=1, max_size=4))

    def register(self, name: str, job: Job, retry: RetryStrategy | bool = RETRIES) -> None:
        """Make a coroutine function callable by name; its first argument is the queue's `JobContext`."""
        self.app.task(name=name, retry=retry, pass_context=True)(job)

    def every(self, cron: str, name: str, job: Job) -> None:
        """Run a job by the clock; `cron` is in UTC. Its argument is the tick in Unix seconds."""
        self.app.periodic(cron=cron)(self.app.task(name=name, queueing_lock=name)(job))

    async def enqueue(
        self,
        session: AsyncSession,
        name: str,
        lock: str | None = None,
        at: datetime | None = None,
        **arguments: Any,
    ) -> None:
        """Enqueue in the session's own transaction: no commit, no job.

        Args:
            session: The open session, whose connection is used.
            name: A registered job.
            lock: With a lock, a job that waits under it already is enough.
            at: Not to run before this moment, in UTC.
            arguments: JSON-ready arguments.
        """
        raw = await (await session.connection()).get_raw_connection()
        task = self.app.configure_task(name, connection=raw.driver_connection, queueing_lock=lock, schedule_at=at)
        if lock is None:
            await task.defer_async(**arguments)
            return
        try:
            async with session.begin_nested():
                await task.defer_async(**arguments)
        except AlreadyEnqueued:
            log.debug("job already waits", job=name)

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Keep the queue's own connections open for the block."""
        async with self.app.open_async():
            yield

    async def work(self, concurrency: int = 4) -> None:
        """Run jobs until cancelled; polls once a second at most, and is woken by NOTIFY before that.

        A worker of procrastinate ends when its listener can't connect; another begins until the server is back.
        """
        task = asyncio.current_task()
        while task is None or not task.cancelling():
            try:
                await self._work(concurrency)
            except (ConnectorException, psycopg.Error, OSError) as error:
                log.warning("the worker lost its connection", reason=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _work(self, concurrency: int) -> None:
        await self.app.run_worker_async(
            concurrency=concurrency,
            install_signal_handlers=False,
            fetch_job_polling_interval=POLL_SECONDS,
            shutdown_graceful_timeout=5,
            delete_jobs="successful",
        )

    async def reap(self, _tick: int = 0) -> None:
        """Give back the jobs of workers that died, so that another runs them."""
        stalled = await self.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS)
        for job in stalled:
            log.warning("job of a dead worker goes back to the queue", job=job.task_name, job_id=job.id)
            try:
                await self.app.job_manager.retry_job(job)
            except UniqueViolation:  # another one waits under the same lock and will do
                await self.app.job_manager.finish_job(job, Status.FAILED, delete_job=True)


async def cancel_and_wait(task: "asyncio.Task[Any]") -> None:
    """Cancel a task and wait until it ended."""
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
