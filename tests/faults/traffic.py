"""People at work: they send, draft, accept and poll, and keep what was acknowledged to them."""

import asyncio
import contextlib
import itertools
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx

LONG_AGO = "2000-01-01T00:00:00.000000Z"


@dataclass
class Traffic:
    """Some conversations under load; what the API acknowledged stands in `sent`, by conversation."""

    client: httpx.AsyncClient
    conversations: list[str] = field(default_factory=list)
    sent: dict[str, list[str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def open(self, count: int) -> None:
        """Open conversations."""
        for number in range(count):
            body = {"customer": {"name": f"Customer {number}"}, "source": "web", "message": {"content": "Hello there"}}
            answer = await self.client.post("/api/v1/conversations", json=body)
            assert answer.status_code == 201, answer.text
            made = answer.json()["data"]
            self.conversations.append(made["id"])
            self.sent[made["id"]] = [made["last_message"]["id"]]

    def begin(self) -> None:
        """Write to every conversation, twice at a time, and draft and accept in each, until `end`."""
        for conversation in self.conversations:
            jobs = (self._write(conversation), self._write(conversation), self._draft(conversation))
            self._tasks += [asyncio.create_task(job) for job in jobs]

    async def end(self) -> None:
        """Stop."""
        for task in self._tasks:
            task.cancel()
        done = await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        faults = [one for one in done if isinstance(one, Exception)]
        assert not faults, faults

    async def acknowledged(self, more: int, seconds: float = 20) -> None:
        """Wait until so many more messages were acknowledged."""
        wanted = self.count() + more
        async with asyncio.timeout(seconds):
            while self.count() < wanted:  # noqa: ASYNC110 - a counter that many tasks move
                await asyncio.sleep(0.02)

    def count(self) -> int:
        """Return how many messages were acknowledged."""
        return sum(map(len, self.sent.values()))

    async def _write(self, conversation: str) -> None:
        for number in itertools.count():
            sender = "customer" if number % 2 else "staff"
            body = {"content": f"message {number}", "sender": sender}
            await self._post(f"/api/v1/conversations/{conversation}/messages", body, conversation)

    async def _draft(self, conversation: str) -> None:
        while True:
            draft = await self._post(f"/api/v1/conversations/{conversation}/ai-suggest", {}, None)
            if draft is not None:
                await asyncio.sleep(0.05)
                await self._post(f"/api/v1/messages/{draft}/accept", {"acknowledge_flags": True}, conversation)

    async def _post(self, path: str, body: dict[str, Any], conversation: str | None) -> str | None:
        try:
            answer = await self.client.post(path, json=body)
        except httpx.HTTPError as error:
            self.failures.append(type(error).__name__)
            await asyncio.sleep(0.1)
            return None
        if not answer.is_success:
            self.failures.append(f"{answer.status_code} {answer.json()['code']}")
            await asyncio.sleep(0.05)
            return None
        made = answer.json()["data"]["id"]
        if conversation is not None:
            self.sent[conversation].append(made)
        return made


@contextlib.asynccontextmanager
async def traffic(url: str, headers: dict[str, str], conversations: int) -> AsyncIterator[Traffic]:
    """Open conversations, and end whatever load there is with the block."""
    limits = httpx.Limits(max_connections=100)
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=15, limits=limits) as client:
        load = Traffic(client)
        await load.open(conversations)
        try:
            yield load
        finally:
            await load.end()


class Poller:
    """A client that polls a thread with the last `sent_at` it saw, as the contract tells it to."""

    def __init__(self, client: httpx.AsyncClient, conversation: str) -> None:
        self._client = client
        self._path = f"/api/v1/conversations/{conversation}/messages"
        self._since = LONG_AGO
        self.seen: list[dict[str, Any]] = []
        self.failures = 0

    async def poll(self) -> bool:
        """Ask once; tell whether something new came."""
        try:
            answer = await self._client.get(self._path, params={"since": self._since, "limit": 100})
        except httpx.HTTPError:
            self.failures += 1
            return True
        if not answer.is_success:
            self.failures += 1
            return True
        new = [message for message in answer.json()["data"] if message["state"] == "sent"]
        self.seen += new
        self._since = new[-1]["sent_at"] if new else self._since
        return bool(new)

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            await self.poll()
            await asyncio.sleep(0.05)

    async def finish(self) -> None:
        """Poll for what is left."""
        async with asyncio.timeout(20):
            while await self.poll():  # noqa: ASYNC110 - it is a poller
                await asyncio.sleep(0.05)


class Listener:
    """A browser's event stream: connects again by itself, with the last id it saw."""

    def __init__(self, client: httpx.AsyncClient, conversation: str) -> None:
        self._client = client
        self._path = f"/api/v1/conversations/{conversation}/events"
        self._last: str | None = None
        self.created: list[str] = []
        self.opened = asyncio.Event()
        self.connections = 0

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            with contextlib.suppress(httpx.HTTPError):
                await self._listen()
            await asyncio.sleep(0.2)

    async def _listen(self) -> None:
        headers = {"Last-Event-ID": self._last} if self._last else {}
        async with self._client.stream("GET", self._path, headers=headers) as response:
            if not response.is_success:
                return
            self.connections += 1
            event: dict[str, str] = {}
            async for line in response.aiter_lines():
                self.opened.set()
                name, _, value = line.partition(": ")
                event[name] = value
                if not line:
                    self._take(event)
                    event = {}

    def _take(self, event: dict[str, str]) -> None:
        if event.get("event") == "message.created":
            self.created.append(json.loads(event["data"])["id"])
            self._last = event["id"]
