"""A browser's socket without a browser: what an attacker would write."""

import asyncio
import json
import uuid
from typing import Any, Self

import socketio

NAMESPACE = "/_event"
HYDRATE = "reflex___state____state.hydrate"


class Socket:
    """Speaks the screens' event protocol with any token, cookie and origin."""

    def __init__(self, url: str, cookie: str = "", token: str = "", origin: str = "") -> None:
        self.token = token or str(uuid.uuid4())
        self.heard: list[str] = []
        self._url = url
        self._headers = {"Cookie": cookie} if cookie else {}
        self._headers["Origin"] = origin or url
        self._news = asyncio.Event()
        self._client = socketio.AsyncClient(reconnection=False)
        self._client.on("event", self._take, namespace=NAMESPACE)

    async def _take(self, update: Any) -> None:
        self.heard.append(update if isinstance(update, str) else json.dumps(update))
        self._news.set()

    async def __aenter__(self) -> Self:
        await self._client.connect(
            f"{self._url}?token={self.token}",
            headers=self._headers,
            namespaces=[NAMESPACE],
            transports=["websocket"],
            socketio_path="/_event/",
            wait_timeout=10,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.disconnect()

    async def send(self, handler: str, path: str = "/", **payload: Any) -> str:
        """Call a handler and return all that comes back until it is quiet for 0.5 s."""
        seen = len(self.heard)
        event = {"name": handler, "payload": payload, "token": self.token}
        event["router_data"] = {"pathname": path, "asPath": path, "query": {}}
        await self._client.emit("event", event, namespace=NAMESPACE)
        return await self.quiet(seen)

    async def quiet(self, seen: int | None = None, patience: float = 0.5, first: float = 3.0) -> str:
        """Return what arrived since `seen` messages, once nothing more has come for `patience` seconds."""
        begin = len(self.heard) if seen is None else seen
        wait = first
        while True:
            self._news.clear()
            if len(self.heard) > begin:
                wait = patience
            try:
                await asyncio.wait_for(self._news.wait(), wait)
            except TimeoutError:
                return "\n".join(self.heard[begin:])
