"""Outgoing webhooks: signed POSTs (Standard Webhooks) that reach no inner address, whatever a name resolves to."""

import asyncio
import ipaddress
import socket
import ssl
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlsplit

import httpcore
from standardwebhooks import Webhook

RESOLVE_SECONDS = 3.0
READ_AT_MOST = 64 * 1024
_NOT_FOR_HOSTS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "fc00::/7",
        "fec0::/10",
    )
)
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class InnerAddressError(Exception):
    """A name leads to an address that is not on the public internet, or to none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try went: the receiver's status, or what kept it from answering; `duration_ms` of all of it."""

    status: int | None
    error: str | None
    duration_ms: int

    @property
    def taken(self) -> bool:
        """Whether the receiver took it: any 2xx."""
        return self.status is not None and 200 <= self.status < 300


def is_outer(text: str) -> bool:
    """Tell whether an address is a host's on the public internet.

    Refused are private, loopback, link-local (cloud metadata among them), shared (CGNAT), unique-local, multicast
    and reserved ones, and every IPv6 form that carries an IPv4 address inside (mapped, 6to4, Teredo, NAT64).
    """
    address: _Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address.version == network.version and address in network for network in _NOT_FOR_HOSTS)


async def addresses_of(host: str, port: int) -> list[str]:
    """Resolve a name, or read an address in whatever notation the system's resolver knows.

    Raises:
        OSError: It does not resolve, or not within 3 s.
    """
    try:
        async with asyncio.timeout(RESOLVE_SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise OSError("the name is not one") from None
    return list(dict.fromkeys(str(item[4][0]) for item in found))


async def require_outer(url: str) -> None:
    """Let a URL pass whose name leads to outer addresses only, or does not resolve now; each try checks again.

    Raises:
        InnerAddressError: One of its addresses is an inner one.
    """
    parts = urlsplit(url)
    try:
        found = await addresses_of(parts.hostname or "", parts.port or 443)
    except OSError:
        return
    _require_all_outer(found)


def _require_all_outer(addresses: Iterable[str]) -> None:
    if not all(map(is_outer, addresses)):
        raise InnerAddressError("the name leads to an inner address")


class _CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to an address that it has checked itself, so that a name cannot lead elsewhere a moment later."""

    def __init__(self, *, allow_private: bool) -> None:
        self._inner = cast("httpcore.AsyncNetworkBackend", httpcore.AnyIOBackend())
        self._allow_private = allow_private

    async def connect_tcp(self, host: str, port: int, *rest: Any, **more: Any) -> httpcore.AsyncNetworkStream:
        """Resolve, check every address, and connect to the first one that takes it."""
        found = await addresses_of(host, port)
        if not self._allow_private:
            _require_all_outer(found)
        refusal: httpcore.ConnectError | None = None
        for address in found:
            try:
                return await self._inner.connect_tcp(address, port, *rest, **more)
            except httpcore.ConnectError as error:
                refusal = error
        raise refusal or httpcore.ConnectError("the name leads nowhere")


_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (httpcore.ConnectError, "nothing takes the connection"),
    (httpcore.NetworkError, "the connection broke off"),
    (httpcore.ProtocolError, "what came back is no HTTP"),
    (httpcore.TimeoutException, "it took too long"),
)


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    return httpcore.default_ssl_context()


class WebhookSender:
    """Sends signed messages; follows no redirect, uses no proxy, and never waits longer than its time."""

    def __init__(self, *, allow_private: bool, timeout_seconds: float) -> None:
        """Take whether inner addresses and plain HTTP are allowed, and the time for a whole try, in seconds."""
        self.allow_private = allow_private
        self._timeout = timeout_seconds

    async def send(self, url: str, secrets: Sequence[str], message_id: str, body: str, at: datetime) -> Outcome:
        """POST one message, signed for this moment.

        Args:
            url: Of the endpoint.
            secrets: Each `whsec_` and base64; one signature of each goes along, so that secrets can be changed.
            message_id: The same for every try (`webhook-id`).
            body: JSON text.
            at: The time of the try, in UTC.
        """
        headers = {
            "content-type": "application/json",
            "user-agent": "DealSmart-Webhooks/1",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(Webhook(secret).sign(message_id, at, body) for secret in secrets),
        }
        start = time.perf_counter()
        status, error = await self._tried(url, headers, body.encode())
        return Outcome(status, error, round((time.perf_counter() - start) * 1000))

    async def _tried(self, url: str, headers: dict[str, str], body: bytes) -> tuple[int | None, str | None]:
        try:
            async with asyncio.timeout(self._timeout):
                status = await self._post(url, headers, body)
        except TimeoutError:
            return None, f"no whole answer within {self._timeout:g} s"
        except InnerAddressError as error:
            return None, str(error)
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
            return None, _in_words(error)
        redirected = 300 <= status < 400
        return status, "redirects are not followed" if redirected else None

    async def _post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        network = _CheckedNetwork(allow_private=self.allow_private)
        async with (
            httpcore.AsyncConnectionPool(ssl_context=_trusted(), network_backend=network) as pool,
            pool.stream("POST", url, headers=list(headers.items()), content=body) as response,
        ):
            await _read_some(response.aiter_stream())
            return response.status


def _in_words(error: Exception) -> str:
    """Say why no answer came, without addresses or what the machine calls it."""
    if isinstance(error.__cause__, ssl.SSLError):
        return "its certificate is not trusted, or it speaks no TLS"
    return next((words for kind, words in _FAULTS if isinstance(error, kind)), "the name leads nowhere")


async def _read_some(parts: AsyncIterator[bytes]) -> None:
    """Read an answer's body up to 64 KiB, since a receiver may wait for that; nothing of it is kept."""
    seen = 0
    async for part in parts:
        seen += len(part)
        if seen > READ_AT_MOST:
            return
