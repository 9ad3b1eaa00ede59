"""What the fake language models share: scripted replies, a log of what was asked, and the fault switches."""

import argparse
import asyncio
import re
import threading
from abc import abstractmethod
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.http_server import Reply, Request, ThreadedServer
from tests.fakes.steps import Steps

OFFERED_SLOT = re.compile(r"\{\{([\w.]+)\}\}:")
"""A slot as a list of facts offers it; rules that only mention one have no colon behind it."""
PAGE = b"<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>"
SWITCHES = frozenset(
    {"fail", "hang", "stall", "cut", "drop", "empty", "html", "garbage", "break_off", "slow", "no_usage", "truncate"}
)


@dataclass(frozen=True)
class Asked:
    """One request for an answer."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        """All the text that the model was shown, system prompt first."""
        system = self.body.get("system", "")
        return "\n".join([system, *(message["content"] for message in self.body["messages"])])


Script = str | Callable[[Asked], str]


@dataclass
class Fault:
    """What goes wrong, in the next `times` requests (None: until healed), after so many words."""

    kind: str
    times: int | None = None
    after: int = 0
    status: int = 500
    retry_after: int | None = None
    seconds: float = 0.0
    steps: Steps | None = None


def plausible(asked: Asked) -> str:
    """Write what a well-behaved model would: slots for facts where the prompt has them, else a question."""
    slots = set(OFFERED_SLOT.findall(asked.prompt))
    if {"v1.title", "v1.price"} <= slots:
        return "Thanks for your message! The {{v1.title}} is listed at {{v1.price}}. When would you like to see it?"
    return "Thanks for your message! Which vehicle are you asking about?"


class FakeModel(ThreadedServer):
    """A language model that says what it was told to, and fails as it was told to."""

    path: str

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.requests: list[Asked] = []
        self._scripts: deque[Script] = deque([plausible])
        self._faults: deque[Fault] = deque()
        self._lock = threading.Lock()

    @property
    @abstractmethod
    def base_url(self) -> str:
        """What the vendor's library takes as its base URL."""

    def reply(self, *scripts: Script) -> None:
        """Answer with these texts (or functions of what was asked), one a request; the last one stays."""
        with self._lock:
            self._scripts = deque(scripts)

    def fail(self, status: int = 500, times: int | None = None, retry_after: int | None = None) -> None:
        """Answer with an HTTP error; `retry_after` in seconds."""
        self._add(Fault("fail", times, status=status, retry_after=retry_after))

    def hang(self, times: int | None = None) -> None:
        """Take the request and never answer."""
        self._add(Fault("hang", times))

    def stall(self, after: int = 2, times: int | None = None) -> None:
        """Fall silent after so many words."""
        self._add(Fault("stall", times, after))

    def cut(self, after: int = 2, times: int | None = None) -> None:
        """End the stream in good order after so many words, without a finish reason."""
        self._add(Fault("cut", times, after))

    def drop(self, after: int = 2, times: int | None = None) -> None:
        """Break the connection after so many words."""
        self._add(Fault("drop", times, after))

    def break_off(self, after: int = 2, times: int | None = None) -> None:
        """Send the vendor's error event after so many words."""
        self._add(Fault("break_off", times, after))

    def empty(self, times: int | None = None) -> None:
        """Finish without a word."""
        self._add(Fault("empty", times))

    def html(self, times: int | None = None) -> None:
        """Answer 200 with a web page, as proxies do."""
        self._add(Fault("html", times))

    def garbage(self, times: int | None = None) -> None:
        """Stream what is not JSON."""
        self._add(Fault("garbage", times))

    def slow(self, seconds: float, times: int | None = None) -> None:
        """Wait so long before each word."""
        self._add(Fault("slow", times, seconds=seconds))

    def by_steps(self) -> Steps:
        """Let the next answer's words out only as the test says."""
        steps = Steps(self._loop)
        self._add(Fault("steps", 1, steps=steps))
        return steps

    def no_usage(self, times: int | None = None) -> None:
        """Tell no token counts."""
        self._add(Fault("no_usage", times))

    def truncate(self, after: int = 2, times: int | None = None) -> None:
        """Stop at the length limit after so many words, and say so."""
        self._add(Fault("truncate", times, after))

    def heal(self) -> None:
        """Turn all faults off."""
        with self._lock:
            self._faults.clear()

    def _add(self, fault: Fault) -> None:
        with self._lock:
            self._faults.append(fault)

    def _next(self, asked: Asked) -> tuple[str, Fault]:
        """Take the next script and the fault that stands first."""
        with self._lock:
            self.requests.append(asked)
            script = self._scripts.popleft() if len(self._scripts) > 1 else self._scripts[0]
            fault = self._faults[0] if self._faults else Fault("none")
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.popleft()
        return (script if isinstance(script, str) else script(asked)), fault

    async def answer(self, request: Request, reply: Reply) -> None:
        """Answer the vendor's path, and `/_…` for those who run the fake by itself."""
        if request.path.startswith("/_"):
            await reply.send_json(200, self._controlled(request))
        elif request.path.split("?")[0] != self.path or request.method != "POST":
            await reply.send_json(404, self._error_body(404))
        else:
            asked = Asked(request.path, request.headers, request.body)
            text, fault = self._next(asked)
            await self._play(asked, text, fault, reply)

    def _controlled(self, request: Request) -> Any:
        body = dict(request.body or {})
        match request.path.removeprefix("/_"):
            case "heal":
                self.heal()
            case "reply":
                self.reply(*body["texts"])
            case switch if switch in SWITCHES:
                getattr(self, switch)(**body)
            case _:
                return [asked.body for asked in self.requests]
        return {"ok": True}

    async def _play(self, asked: Asked, text: str, fault: Fault, reply: Reply) -> None:
        match fault.kind:
            case "fail":
                again = {} if fault.retry_after is None else {"retry_after": str(fault.retry_after)}
                await reply.send_json(fault.status, self._error_body(fault.status), **again)
            case "hang":
                await reply.wait_for_hang_up()
            case "html":
                await reply.send(200, PAGE, "text/html")
            case _ if asked.body.get("stream"):
                await self._stream(asked, text, fault, reply)
            case _:
                await self._whole(asked, text, fault, reply)

    async def _whole(self, asked: Asked, text: str, fault: Fault, reply: Reply) -> None:
        answer = self._answer(asked, "" if fault.kind == "empty" else text)
        if fault.kind in ("cut", "drop", "stall", "break_off"):
            await reply.send_half(repr(answer).encode())
        else:
            await reply.send_json(200, answer)

    async def _stream(self, asked: Asked, text: str, fault: Fault, reply: Reply) -> None:
        await reply.open_stream()
        await reply.event(self._opening(asked))
        words = [] if fault.kind == "empty" else re.findall(r"\s*\S+", text)
        breaks = fault.kind in ("stall", "cut", "drop", "break_off", "truncate", "garbage")
        for word in words[: fault.after] if breaks else words:
            await self._pace(fault, reply)
            await reply.event(self._word(asked, word))
        if fault.steps is not None:
            await fault.steps.turn(reply)
        if breaks and fault.kind != "truncate":
            await self._break(fault, reply)
            return
        await reply.event(self._closing(asked, len(words), fault))
        await reply.close_stream()

    async def _pace(self, fault: Fault, reply: Reply) -> None:
        if fault.steps is None:
            await asyncio.sleep(fault.seconds)
        else:
            await fault.steps.turn(reply)

    async def _break(self, fault: Fault, reply: Reply) -> None:
        match fault.kind:
            case "stall":
                await reply.wait_for_hang_up()
            case "drop":
                reply.hang_up()
            case "break_off":
                await reply.event(self._error_event())
                await reply.close_stream()
            case "garbage":
                await reply.event(b"event: message_start\ndata: <b>{not json\n\n")
                await reply.close_stream()
            case _:
                await reply.close_stream()

    @abstractmethod
    def _error_body(self, status: int) -> dict[str, Any]:
        """The vendor's JSON for an HTTP error."""

    @abstractmethod
    def _error_event(self) -> bytes:
        """The vendor's event for an error in mid-stream."""

    @abstractmethod
    def _answer(self, asked: Asked, text: str) -> dict[str, Any]:
        """A whole answer, for callers that do not stream."""

    @abstractmethod
    def _opening(self, asked: Asked) -> bytes:
        """What the vendor sends before the first word."""

    @abstractmethod
    def _word(self, asked: Asked, word: str) -> bytes:
        """One word of the answer."""

    @abstractmethod
    def _closing(self, asked: Asked, words: int, fault: Fault) -> bytes:
        """Finish reason and token counts; `no_usage` and `truncate` show here."""


def run(fake: type[FakeModel]) -> None:
    """Serve a fake until interrupted; `POST /_fail {"status": 429}` and the like turn its switches."""
    parser = argparse.ArgumentParser(description=fake.__doc__)
    parser.add_argument("--port", type=int, default=0)
    with fake(parser.parse_args().port) as server:
        print(server.base_url, flush=True)  # noqa: T201 - the caller reads the address here
        threading.Event().wait()


__all__ = ["Asked", "FakeModel", "Fault", "plausible", "run"]
