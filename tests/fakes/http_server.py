"""A bare HTTP/1.1 server in a thread: it can also stall, hang up and refuse, which real frameworks prevent."""

import asyncio
import json
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}


@dataclass(frozen=True)
class Request:
    """One request as it came; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    text: str = ""
    raw: bytes = b""


async def read_request(reader: asyncio.StreamReader) -> Request:
    """Read one request with a JSON body, another one as text or as bytes alone, or none."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    raw = await reader.readexactly(int(headers.get("content-length", "0")))
    kind = headers.get("content-type", "")
    if kind.startswith(("image/", "application/xml")):
        return Request(method, path, headers, raw=raw)
    is_form = "form" in kind
    return Request(method, path, headers, json.loads(raw) if raw and not is_form else None, raw.decode(), raw)


class Reply:
    """Writes one answer; every connection serves one request."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, status: int, body: bytes, content_type: str = "application/json", **headers: str) -> None:
        """Send a whole answer; header names are spelt with underscores."""
        await self._head(status, content_type, content_length=str(len(body)), **headers)
        await self._write(body)

    async def send_json(self, status: int, body: Any, **headers: str) -> None:
        """Send JSON."""
        await self.send(status, json.dumps(body).encode(), **headers)

    async def send_half(self, body: bytes, content_type: str = "application/json", **headers: str) -> None:
        """Announce an answer, send half of it, and hang up."""
        await self._head(200, content_type, content_length=str(len(body)), **headers)
        await self._write(body[: len(body) // 2])
        self.hang_up()

    async def open_stream(self) -> None:
        """Begin a stream of server-sent events."""
        await self._head(200, "text/event-stream; charset=utf-8", transfer_encoding="chunked")

    async def event(self, data: bytes) -> None:
        """Send one event of the stream."""
        await self._write(b"%x\r\n%s\r\n" % (len(data), data))

    async def close_stream(self) -> None:
        """End the stream in good order."""
        await self._write(b"0\r\n\r\n")

    async def wait_for_hang_up(self) -> None:
        """Say nothing until the client goes away."""
        await self._reader.read()

    def hang_up(self) -> None:
        """Break the connection in the middle."""
        self._writer.transport.abort()

    async def _head(self, status: int, content_type: str, **headers: str) -> None:
        fields = {"content_type": content_type, "connection": "close", **headers}
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
        head = "\r\n".join([f"HTTP/1.1 {status} {REASONS.get(status, 'Fault')}", *lines, "", ""])
        await self._write(head.encode())

    async def _write(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()


class ThreadedServer:
    """Serve on a port of 127.0.0.1 from a thread of its own, for the time of a `with` block."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None

    async def answer(self, request: Request, reply: Reply) -> None:
        """Answer one request."""
        raise NotImplementedError

    def refuse(self) -> None:
        """Stop listening, so that connections are refused; `listen` undoes it."""
        self._run(self._close())

    def listen(self) -> None:
        """Listen (again) on the same port."""
        self._run(self._open())

    def __enter__(self) -> Self:
        self._thread.start()
        self.listen()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=5)

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _stop(self) -> None:
        await self._close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self.answer(await read_request(reader), Reply(reader, writer))
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.transport.abort()
        finally:
            writer.close()


__all__ = ["Reply", "Request", "ThreadedServer"]
