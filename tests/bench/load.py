"""A small load: some keep-alive connections that ask the same thing for some seconds."""

import asyncio
import time
from dataclasses import dataclass

from tests.bench.figures import percentile


@dataclass(frozen=True)
class Outcome:
    """One round: requests a second, and milliseconds."""

    rate: float
    p50_ms: float
    p95_ms: float


async def _one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode("latin-1").partition("\r\n")[0])
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(int(length.partition(b":")[2]))


async def load(port: int, path: str, token: str, connections: int = 16, seconds: float = 3.0) -> Outcome:
    """Ask `path` over and over."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n\r\n"
    request = head.encode()
    end = time.perf_counter() + seconds
    taken: list[float] = []

    async def ask() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        while (start := time.perf_counter()) < end:
            await _one(reader, writer, request)
            taken.append((time.perf_counter() - start) * 1000)
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(connections)))
    rate = len(taken) / (time.perf_counter() - start)
    return Outcome(rate, percentile(taken, 50), percentile(taken, 95))
