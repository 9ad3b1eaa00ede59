"""kill -9 of a worker in the middle of a job: the reaper gives the job to another worker."""

import asyncio
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.core.jobs import STALLED_AFTER_SECONDS, Jobs
from tests.fakes.openai_server import FakeOpenAI
from tests.faults.product import HALF_DONE, Product, running

JOB = "drafting.auto_draft"
DRAFTS = "SELECT count(*) AS number FROM messages WHERE state = 'draft'"


def until(what: str, true: Callable[[], Any], seconds: float = 20) -> None:
    """Wait for something."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds} s in vain: {what}")
        time.sleep(0.05)


async def reap(product: Product) -> None:
    """Do now what the clock does each minute: enqueue the reaper, for any worker to run."""
    jobs = Jobs(product.database_url)
    jobs.register("jobs.reap", jobs.reap)
    async with jobs.opened():
        await jobs.app.configure_task("jobs.reap").defer_async(timestamp=0)


def write(product: Product, headers: dict[str, str], conversation: str | None = None) -> str:
    """Write as a customer, to a new conversation or to one that is open."""
    if conversation is None:
        body = {"customer": {"name": "Ann"}, "source": "web", "message": {"content": "Is the RAV4 still there?"}}
        answer = httpx.post(f"{product.url}/api/v1/conversations", json=body, headers=headers)
    else:
        path = f"{product.url}/api/v1/conversations/{conversation}/messages"
        answer = httpx.post(path, json={"content": "Hello?", "sender": "customer"}, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]["id"]


def draft_by_itself(product: Product, headers: dict[str, str]) -> None:
    """Have a draft made for each message of a customer."""
    facts = {"name": "Larkfield Motors", "auto_draft": True}
    answer = httpx.put(f"{product.url}/api/v1/dealership", json=facts, headers=headers)
    assert answer.is_success, answer.text


def killed_at_work(product: Product, model: FakeOpenAI, headers: dict[str, str]) -> str:
    """Have a worker killed while it drafts; return the conversation's id."""
    worker = worker_of(product)
    conversation = write(product, headers)
    until("the worker asks the model", lambda: model.requests)
    worker.kill()
    worker.wait(10)
    assert product.rows("SELECT status FROM procrastinate_jobs WHERE task_name = %s", [JOB]) == [{"status": "doing"}]
    return conversation


def worker_of(product: Product) -> subprocess.Popen[bytes]:
    """Start a worker on the product's database."""
    return product.spawn("-m", "api.worker", DATABASE_URL=product.database_url)


async def test_another_worker_takes_the_job_over(tmp_path: Path) -> None:
    with FakeOpenAI() as model:
        model.hang()
        settings = {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "sk-test-only", "AI_TIMEOUT_S": "60"}
        with running(tmp_path, JOBS_IN_PROCESS="false", **settings) as product:
            headers = product.sign_in()
            draft_by_itself(product, headers)
            conversation = await asyncio.to_thread(killed_at_work, product, model, headers)
            write(product, headers, conversation)  # waits under the same lock as the dead worker's job
            model.heal()
            product.write(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => %s)",
                [STALLED_AFTER_SECONDS + 1],
            )
            await reap(product)
            worker = worker_of(product)
            try:
                unfinished = "SELECT task_name, status FROM procrastinate_jobs WHERE task_name = %s"
                until("the job is done", lambda: product.rows(unfinished, [JOB]) == [])
                until("a draft stands", lambda: product.rows(DRAFTS)[0]["number"] == 1)
                assert product.rows(HALF_DONE) == []
            finally:
                worker.terminate()
                assert worker.wait(10) == 0
