"""A stream whose words leave one by one, when a test says so."""

import asyncio
import threading

from tests.fakes.http_server import Reply


class Steps:
    """Holds a stream's words back and lets them out as a test says; knows when the reader has gone."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.left = threading.Event()
        self._loop = loop
        self._turns = asyncio.Semaphore(0)

    def let(self, words: int = 1) -> None:
        """Let so many more words out; the end of the stream takes a turn too."""
        for _ in range(words):
            self._loop.call_soon_threadsafe(self._turns.release)

    async def turn(self, reply: Reply) -> None:
        """Wait until the next word may go.

        Raises:
            ConnectionResetError: the reader went away instead.
        """
        may, gone = asyncio.ensure_future(self._turns.acquire()), asyncio.ensure_future(reply.wait_for_hang_up())
        done, waiting = await asyncio.wait({may, gone}, return_when=asyncio.FIRST_COMPLETED)
        for other in waiting:
            other.cancel()
        if gone in done:
            self.left.set()
            raise ConnectionResetError("the reader has gone")


__all__ = ["Steps"]
