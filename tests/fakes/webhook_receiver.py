"""Somebody's server that takes webhooks, and its faults: it refuses, hangs, redirects, drips, or never ends."""

import asyncio
from dataclasses import dataclass

from tests.fakes.http_server import Reply, Request, ThreadedServer

CHUNK = b"x" * 65_536


@dataclass(frozen=True)
class Received:
    """One delivery as it came, its body unread, since the signature covers the bytes."""

    path: str
    headers: dict[str, str]
    body: bytes


class WebhookReceiver(ThreadedServer):
    """Answers 200, or by its `fault`: a status, `hang`, `redirect`, `huge`, `drip` or `break`."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[Received] = []
        self.fault: int | str | None = None
        self.redirect_to = ""
        self.sent_bytes = 0

    @property
    def url(self) -> str:
        """Where it takes webhooks."""
        return f"http://127.0.0.1:{self.port}/hooks"

    async def answer(self, request: Request, reply: Reply) -> None:
        """Answer as the fault says."""
        if isinstance(self.fault, int):
            await reply.send(self.fault, b"no")
        elif self.fault == "redirect":
            await reply.send(307, b"", location=self.redirect_to)
        elif self.fault == "hang":
            await reply.wait_for_hang_up()
        elif self.fault == "break":
            reply.hang_up()
        elif self.fault in {"huge", "drip"}:
            await self._without_end(reply)
        else:
            await reply.send(200, b"{}")

    async def _without_end(self, reply: Reply) -> None:
        await reply.open_stream()
        for _ in range(10_000):
            part = CHUNK if self.fault == "huge" else b"x"
            await reply.event(part)
            self.sent_bytes += len(part)
            if self.fault == "drip":
                await asyncio.sleep(0.05)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().split("\r\n")
            headers = {
                name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
            }
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            method, path, _ = first.split(" ", 2)
            self.received.append(Received(path, headers, body))
            await self.answer(Request(method, path, headers), Reply(reader, writer))
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.transport.abort()
        finally:
            writer.close()
