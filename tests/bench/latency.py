"""How long a message takes from its POST to another client's open event stream."""

import asyncio
import time
from collections.abc import AsyncIterator

import httpx

BETWEEN_SECONDS = 0.05


async def latencies(port: int, conversation: str, token: str, times: int = 30) -> list[float]:
    """Post `times` messages, and return for each the milliseconds until the stream told of it."""
    headers = {"Authorization": f"Bearer {token}"}
    path = f"/api/v1/conversations/{conversation}"
    taken = []
    client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30)
    async with client, client.stream("GET", f"{path}/events") as response:
        lines = response.aiter_lines()
        await anext(lines)
        for number in range(times):
            start = time.perf_counter()
            body = {"content": f"measured {number}", "sender": "staff"}
            told = asyncio.create_task(_told(lines, f'"content":"measured {number}"'))
            (await client.post(f"{path}/messages", json=body)).raise_for_status()
            await told
            taken.append((time.perf_counter() - start) * 1000)
            await asyncio.sleep(BETWEEN_SECONDS)
    return taken


async def _told(lines: AsyncIterator[str], mark: str) -> None:
    async for line in lines:
        if mark in line:
            return
