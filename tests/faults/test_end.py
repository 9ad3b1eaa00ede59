"""SIGTERM with an open event stream and a draft that hangs: everything ends within ten seconds."""

import asyncio
import time
from pathlib import Path

import httpx

from tests.fakes.openai_server import FakeOpenAI
from tests.faults.product import HALF_DONE, running
from tests.faults.traffic import Listener, traffic

END_SECONDS = 10


async def test_sigterm_ends_streams_drafts_and_the_database(tmp_path: Path) -> None:
    with FakeOpenAI() as model:
        model.hang()
        settings = {"OPENAI_BASE_URL": model.base_url, "OPENAI_API_KEY": "sk-test-only", "AI_TIMEOUT_S": "60"}
        with running(tmp_path, **settings) as product:
            async with traffic(product.url, product.sign_in(), 1) as load:
                conversation = load.conversations[0]
                listener = Listener(load.client, conversation)
                listening = asyncio.create_task(listener.run())
                await asyncio.wait_for(listener.opened.wait(), 10)
                drafting = asyncio.create_task(_draft(product.url, load.client.headers, conversation))
                async with asyncio.timeout(10):
                    while not model.requests:  # noqa: ASYNC110 - the fake lives in another thread
                        await asyncio.sleep(0.05)

                database, start = product.postmaster(), time.monotonic()
                product.process.terminate()
                await asyncio.to_thread(product.process.wait, END_SECONDS)
                taken = time.monotonic() - start
                listening.cancel()
                outcome = await drafting
            assert taken < END_SECONDS
            assert not alive(database), "PostgreSQL outlived the product"
            assert outcome != 201
            model.heal()
            product.start()
            assert product.rows(HALF_DONE) == []


def alive(pid: int) -> bool:
    """Tell whether a process runs."""
    return Path(f"/proc/{pid}").exists()


async def _draft(url: str, headers: httpx.Headers, conversation: str) -> int | str:
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30) as client:
        try:
            return (await client.post(f"/api/v1/conversations/{conversation}/ai-suggest", json={})).status_code
        except httpx.HTTPError as error:
            return type(error).__name__
