"""Limits on tries that must survive a restart: counted in PostgreSQL, in a window that slides."""

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from api.core.errors import RateLimitedError
from api.services.unit_of_work import UnitOfWork
from models.users import AttemptKind

_IPV6_NETWORK_BITS = 64


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries of a kind in any window of time; `always` holds with RATE_LIMIT_ENABLED=false too."""

    kind: AttemptKind
    most: int
    window: timedelta
    always: bool = False


SIGN_IN_ACCOUNT = Limit(AttemptKind.SIGN_IN_ACCOUNT, 10, timedelta(minutes=15))
SIGN_IN_ADDRESS = Limit(AttemptKind.SIGN_IN_ADDRESS, 30, timedelta(minutes=15))
REGISTRATION_ADDRESS = Limit(AttemptKind.REGISTRATION_ADDRESS, 30, timedelta(hours=1))
VERIFICATION_MAIL = Limit(AttemptKind.VERIFICATION_MAIL, 3, timedelta(hours=6))
RESET_ADDRESS = Limit(AttemptKind.RESET_ADDRESS, 5, timedelta(hours=1))
RESET_ACCOUNT = Limit(AttemptKind.RESET_ACCOUNT, 5, timedelta(hours=1))
RESET_CONFIRM_ADDRESS = Limit(AttemptKind.RESET_CONFIRM_ADDRESS, 5, timedelta(hours=1))
RESET_CONFIRM_ACCOUNT = Limit(AttemptKind.RESET_CONFIRM_ACCOUNT, 5, timedelta(hours=1))
TOTP = Limit(AttemptKind.TOTP, 5, timedelta(minutes=5), always=True)
LONGEST_WINDOW = timedelta(hours=6)


async def reserve(uow: UnitOfWork, limit: Limit, subject: str) -> UUID | None:
    """Count a try before it is made, so that many at once cannot all be the last one allowed.

    A refused try is not counted, so nobody is ever locked out for longer than the window.

    Returns:
        The try's id, by which it is taken back if it turns out well; None where limits are off.

    Raises:
        RateLimitedError: `rate_limited`.
    """
    if not (uow.settings.rate_limit_enabled or limit.always):
        return None
    hashed = subject_hash(subject)
    await uow.tokens.hold_attempts(limit.kind, hashed)
    made = await uow.tokens.attempts(limit.kind, hashed, uow.now - limit.window)
    if len(made) >= limit.most:
        wait = made[-limit.most] + limit.window - uow.now
        raise RateLimitedError(
            "Too many tries. Wait a little and try again.",
            retry_after_seconds=max(1, math.ceil(wait.total_seconds())),
        )
    return await uow.tokens.count_attempt(limit.kind, hashed, uow.now)


async def forgive(uow: UnitOfWork, limit: Limit, subject: str) -> None:
    """Forget a subject's tries, since one of them turned out well."""
    await uow.tokens.forgive(limit.kind, subject_hash(subject))


def network(ip: str | None) -> str:
    """Return what counts as one address: an IPv4 address, or an IPv6 network of 64 bits."""
    try:
        address = ipaddress.ip_address(ip or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, _IPV6_NETWORK_BITS), strict=False))
    return str(address)


def subject_hash(subject: str) -> bytes:
    """Return what stands for an e-mail, an address or an id among the counted tries."""
    return hashlib.sha256(subject.encode()).digest()
