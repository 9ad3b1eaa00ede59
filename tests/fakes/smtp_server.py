"""A small SMTP server on 127.0.0.1 that keeps what it is sent, and can refuse or fall silent."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field


@dataclass
class SmtpServer:
    """What the server got and how it behaves; `refuse` answers every sender with 451."""

    port: int = 0
    refuse: bool = False
    letters: list[bytes] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hold one conversation (RFC 5321)."""
        writer.write(b"220 fake\r\n")
        while line := await reader.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if verb.upper() == "DATA":
                writer.write(b"354 go on\r\n")
                self.letters.append(await _letter(reader))
            writer.write(self._answer(verb.upper(), rest))
            if verb.upper() == "QUIT":
                break
        writer.close()

    def _answer(self, verb: str, rest: str) -> bytes:
        match verb:
            case "EHLO":
                return b"250-fake\r\n250 AUTH PLAIN\r\n"
            case "AUTH":
                self.logins.append(base64.b64decode(rest.removeprefix("PLAIN ")).decode())
                return b"235 welcome\r\n"
            case "MAIL" if self.refuse:
                return b"451 not now\r\n"
            case "QUIT":
                return b"221 bye\r\n"
            case _:
                return b"250 ok\r\n"


async def _letter(reader: asyncio.StreamReader) -> bytes:
    lines = []
    while (line := await reader.readline()) not in {b".\r\n", b""}:
        lines.append(line)
    return b"".join(lines)


@contextlib.asynccontextmanager
async def smtp_server() -> AsyncIterator[SmtpServer]:
    """Run a server for the block."""
    fake = SmtpServer()
    server = await asyncio.start_server(fake.serve, "127.0.0.1", 0)
    fake.port = server.sockets[0].getsockname()[1]
    async with server:
        yield fake
