"""The fake language models by themselves: whole answers, and switches over HTTP."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from anthropic import AsyncAnthropic
from openai import AsyncOpenAI

from tests.fakes.anthropic_server import FakeAnthropic
from tests.fakes.openai_server import FakeOpenAI

ROOT = Path(__file__).resolve().parents[2]


async def test_whole_answers_parse_in_the_vendors_libraries() -> None:
    with FakeOpenAI() as fake, FakeAnthropic() as other:
        for server in (fake, other):
            server.reply("First.", "Second.")
        openai = AsyncOpenAI(api_key="x", base_url=fake.base_url, max_retries=0)
        anthropic = AsyncAnthropic(api_key="x", base_url=other.base_url, max_retries=0)
        for expected in ("First.", "Second.", "Second."):
            chat = await openai.chat.completions.create(model="m", messages=[{"role": "user", "content": "hi"}])
            assert (chat.choices[0].message.content, chat.choices[0].finish_reason) == (expected, "stop")
            message = await anthropic.messages.create(
                model="m", max_tokens=9, messages=[{"role": "user", "content": "hi"}]
            )
            assert message.content[0].type == "text"
            assert (message.content[0].text, message.stop_reason) == (expected, "end_turn")
        await openai.close()
        await anthropic.close()


async def test_a_script_may_look_at_the_prompt() -> None:
    with FakeOpenAI() as fake:
        client = AsyncOpenAI(api_key="x", base_url=fake.base_url, max_retries=0)
        prompt = "- {{v1.title}}: Camry\n- {{v1.price}}: $5,499"
        chat = await client.chat.completions.create(model="m", messages=[{"role": "user", "content": prompt}])
        assert chat.choices[0].message.content is not None
        assert "{{v1.price}}" in chat.choices[0].message.content
        await client.close()


@pytest.fixture(params=["tests.fakes.openai_server", "tests.fakes.anthropic_server"])
def running(request: pytest.FixtureRequest) -> Iterator[str]:
    command = [sys.executable, "-m", request.param, "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ}) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def test_a_fake_that_runs_by_itself_is_switched_over_http(running: str) -> None:
    root = running.removesuffix("/v1")
    path = "/v1/chat/completions" if running.endswith("/v1") else "/v1/messages"
    asked = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}
    with httpx.Client(base_url=root) as client:
        assert client.post("/_fail", json={"status": 429, "times": 1, "retry_after": 2}).json() == {"ok": True}
        refused = client.post(path, json=asked)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")
        client.post("/_reply", json={"texts": ["Scripted."]})
        assert "Scripted." in client.post(path, json=asked).text
        assert len(client.get("/_requests").json()) == 2
        assert client.post("/v1/other", json=asked).status_code == 404
