"""Rate limits: so many requests of a subject in a sliding minute, counted in this process or in Redis for all."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from api.core.logging import get_logger

MOST_SUBJECTS = 50_000
REDIS_PATIENCE_SECONDS = 0.5  # for each answer of Redis; longer is away
REDIS_PAUSE_SECONDS = 2.0  # before it is asked again
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Policy:
    """At most so many requests of a subject in any window, by the sliding-window-counter estimate.

    `name` stands in the answers' `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10).
    """

    name: str
    most: int
    window_seconds: int = 60
    header: tuple[bytes, bytes] = field(init=False)

    def __post_init__(self) -> None:
        text = f'"{self.name}";q={self.most};w={self.window_seconds}'
        object.__setattr__(self, "header", (b"ratelimit-policy", text.encode()))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a subject stands after a request: what is left, seconds until the window ends, and to wait if refused."""

    remaining: int
    reset_seconds: int
    retry_after_seconds: int | None = None


class Windows:
    """Counts by policy and subject in this process: this window's, and the last one's in proportion.

    The library's own counters in memory cost five times as much, which a hot read feels (docs/performance.md).
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts: dict[tuple[str, str], list[float]] = {}

    def hit(self, policy: Policy, subject: str) -> Standing:
        """Count a request, unless it is refused, so that who waits is let in again."""
        now, window = self._clock(), policy.window_seconds
        number, passed = divmod(now, window)
        key = (policy.name, subject)
        counts = self._counts.get(key)
        if counts is None:
            self._make_room()
            counts = self._counts[key] = [number, 0, 0]
        elif counts[0] != number:
            counts[2] = counts[1] if counts[0] == number - 1 else 0
            counts[0], counts[1] = number, 0
        used = counts[1] + counts[2] * (1 - passed / window)
        if used + 1 > policy.most:
            wait = _wait(policy.most - 1, counts[1], counts[2], passed, window)
            return Standing(0, math.ceil(window - passed), max(1, math.ceil(wait)))
        counts[1] += 1
        return Standing(int(policy.most - used - 1), math.ceil(window - passed))

    def _make_room(self) -> None:
        if len(self._counts) >= MOST_SUBJECTS:
            for key in list(self._counts)[: MOST_SUBJECTS // 10]:
                del self._counts[key]

    def clear(self) -> None:
        """Forget everything."""
        self._counts.clear()


def _wait(room: int, current: float, previous: float, passed: float, window: int) -> float:
    """Return the seconds until the estimate has fallen to `room`."""
    if current <= room and previous:
        return (1 - (room - current) / previous) * window - passed
    return window - passed + (1 - room / current) * window if current else window - passed


class Limiter:
    """Counts where the settings say; where Redis is away, each process counts for itself, and asks again soon."""

    def __init__(self, redis_url: str | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.windows = Windows()
        self._clock = clock
        self._away_until = -math.inf
        storage = _storage(redis_url) if redis_url else None
        self._shared = SlidingWindowCounterRateLimiter(storage) if storage else None

    async def hit(self, policy: Policy, subject: str) -> Standing:
        """Count a request of a subject and tell how it stands."""
        if self._shared is None or self._clock() < self._away_until:
            return self.windows.hit(policy, subject)
        try:
            return await self._hit_shared(self._shared, policy, subject)
        except (RedisError, StorageError, OSError) as fault:
            self._away_until = self._clock() + REDIS_PAUSE_SECONDS
            log.warning("rate limits are counted in this process only", fault=type(fault).__name__)
            return self.windows.hit(policy, subject)

    async def _hit_shared(self, shared: SlidingWindowCounterRateLimiter, policy: Policy, subject: str) -> Standing:
        item = RateLimitItemPerSecond(policy.most, policy.window_seconds, namespace="dealsmart")
        taken = await shared.hit(item, policy.name, subject)
        stats = await shared.get_window_stats(item, policy.name, subject)
        reset = max(1, math.ceil(stats.reset_time - time.time()))
        return Standing(max(0, stats.remaining), reset, None if taken else reset)


def _storage(redis_url: str) -> RedisStorage:
    """Return Redis as it may keep a request waiting: briefly, and without the client's own second tries."""
    client: dict[str, Any] = {
        "socket_timeout": REDIS_PATIENCE_SECONDS,
        "socket_connect_timeout": REDIS_PATIENCE_SECONDS,
        "retry": Retry(NoBackoff(), 1),  # one: a connection of the pool may have died unseen
    }
    return RedisStorage(f"async+{redis_url}", implementation="redispy", **client)
