"""How often somebody may ask: the minute's requests, a person's AI drafts, a key's day (contract, "Rate limits")."""

import math
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from api.core.errors import RateLimitedError
from api.core.limits import Policy, Standing
from api.core.security import Actor
from api.repositories.quotas import COUNT_REQUEST, FORGET_USAGE
from api.services import attempts
from api.services.house import House
from models.base import utc_now

Headers = list[tuple[bytes, bytes]]
AI_DRAFTS = Policy("ai-drafts", 30)
_DAY_SECONDS = 86_400
_answer_headers: ContextVar[Headers | None] = ContextVar("answer_headers", default=None)
_address = lru_cache(maxsize=4_096)(attempts.network)


@lru_cache(maxsize=8)
def _policy(name: str, most: int) -> Policy:
    return Policy(name, most)


async def admit(house: House, actor: Actor, headers: Headers) -> None:
    """Count a request and note on its answer how the caller stands.

    Raises:
        RateLimitedError: `rate_limited` over the minute's requests, `quota_exceeded` over the key's day.
    """
    _answer_headers.set(headers)
    settings = house.settings
    if settings.rate_limit_enabled:
        if actor.role is None:
            policy, subject = _policy("anonymous", settings.rate_limit_anonymous), _address(actor.ip)
        else:
            policy, subject = _policy("caller", settings.rate_limit_caller), actor.name
        await _hit(house, policy, subject, headers)
    if actor.key_id is not None:
        await _count_in_day(house, actor, headers)


async def admit_unproven(house: House, ip: str | None, headers: Headers) -> None:
    """Count a request whose proof of identity did not hold, against its address."""
    if house.settings.rate_limit_enabled:
        policy = _policy("anonymous", house.settings.rate_limit_anonymous)
        await _hit(house, policy, _address(ip), headers)


async def require_draft(house: House, actor: Actor) -> None:
    """Let a person have another AI draft, by whichever door he came.

    Raises:
        RateLimitedError: `rate_limited`: over 30 in a minute.
    """
    if house.settings.rate_limit_enabled and actor.user_id is not None:
        await _hit(house, AI_DRAFTS, str(actor.user_id), _answer_headers.get() or [])


async def _hit(house: House, policy: Policy, subject: str, headers: Headers) -> None:
    standing = await house.limits.hit(policy, subject)
    _note(headers, policy, standing)
    if standing.retry_after_seconds is not None:
        raise RateLimitedError(
            "Too many requests. Wait a little and try again.", retry_after_seconds=standing.retry_after_seconds
        )


def _note(headers: Headers, policy: Policy, standing: Standing) -> None:
    text = f'"{policy.name}";r={standing.remaining};t={standing.reset_seconds}'
    headers += (policy.header, (b"ratelimit", text.encode()))


async def _count_in_day(house: House, actor: Actor, headers: Headers) -> None:
    """Count a key's request of this day in UTC in the database, where every process and a restart finds it."""
    key = str(actor.key_id)
    if house.keys_without_quota.get(b"q" + key.encode()) is not None:
        return
    now = utc_now()
    rows = await house.database.fetch(COUNT_REQUEST, {"key_id": key, "day": now.date()})
    if not rows:
        house.keys_without_quota.put(b"q" + key.encode(), actor, house.keys_without_quota.generation)
        return
    quota, used = rows[0]["daily_quota"], rows[0]["used"]
    left = _until_midnight(now)
    policy = _policy_of_day(quota)
    _note(headers, policy, Standing(quota - used if used is not None else 0, left))
    if used is None:
        raise RateLimitedError(
            "The key has used up its requests of this day (UTC).", code="quota_exceeded", retry_after_seconds=left
        )


@lru_cache(maxsize=1_024)
def _policy_of_day(quota: int) -> Policy:
    return Policy("key-day", quota, _DAY_SECONDS)


def _until_midnight(now: datetime) -> int:
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC)
    return max(1, math.ceil((midnight - now).total_seconds()))


async def purge(house: House) -> None:
    """Forget what keys used over a month ago."""
    await house.database.fetch(FORGET_USAGE, {"before": utc_now().date() - timedelta(days=31)})
