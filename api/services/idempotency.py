"""Idempotency keys: for 24 hours the same key with the same request gets the first answer (contract, section 1)."""

import hashlib
from datetime import timedelta

from api.core.errors import ConflictError, IdempotencyError
from api.core.security import Actor
from api.services.house import House
from api.services.unit_of_work import UnitOfWork
from models.base import utc_now
from models.platform import IdempotencyRecord

ABANDONED_AFTER = timedelta(seconds=60)


def fingerprint(method: str, path: str, query: str, body: bytes) -> bytes:
    """Identify a request by its method, path, query and body."""
    return hashlib.sha256(b"\0".join([method.encode(), path.encode(), query.encode(), body])).digest()


async def begin(house: House, actor: Actor, key: str, request: bytes) -> IdempotencyRecord | None:
    """Claim the key for a request that begins now, in a unit of its own.

    Returns:
        None where the request goes on; the first answer where the key has one.

    Raises:
        IdempotencyError: `idempotency_key_reused`: the key was used with another request.
        ConflictError: `request_in_progress`: the first request still runs.
    """
    async with house.unit(actor) as uow:
        claimed = await uow.idempotency.claim(_caller(actor), key, request, uow.now, ABANDONED_AFTER)
        record = None if claimed else await uow.idempotency.find(_caller(actor), key)
    if claimed:
        return None
    if record is None or (record.fingerprint == request and record.status is None):
        raise ConflictError("The first request with this key still runs.", code="request_in_progress")
    if record.fingerprint != request:
        raise IdempotencyError()
    return record


async def finish(
    house: House,
    uow: UnitOfWork | None,
    actor: Actor,
    key: str,
    status: int,
    headers: dict[str, str],
    body: bytes,
) -> None:
    """Keep the answer, in the request's own unit where it has one."""
    if uow is not None:
        await uow.idempotency.complete(_caller(actor), key, status, headers, body)
        return
    async with house.unit(actor) as own:
        await own.idempotency.complete(_caller(actor), key, status, headers, body)


async def release(house: House, actor: Actor, key: str) -> None:
    """Give up the claim of a request that was refused."""
    async with house.unit(actor) as uow:
        await uow.idempotency.release(_caller(actor), key)


async def purge(house: House) -> None:
    """Delete the answers that are past their 24 hours."""
    async with house.unit(Actor.system("idempotency")) as uow:
        await uow.idempotency.purge(utc_now() - timedelta(hours=24))


def _caller(actor: Actor) -> str:
    return actor.name if actor.role is not None else f"anonymous:{actor.ip}"
