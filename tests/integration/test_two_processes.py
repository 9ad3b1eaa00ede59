"""Two processes of the API on one database: what is refused in the one ends in the other, and both count together."""

import asyncio
import time
from collections.abc import Iterator
from itertools import count, cycle

import httpx
import pytest

from models.users import Role
from tests.fakes.redis_server import RedisServer
from tests.own_process import OwnProcess, two_processes
from tests.streaming import listening, opened

MOST = 6
PATIENCE_SECONDS = 10
STATUS = "/api/v1/status"
Two = tuple[OwnProcess, OwnProcess]
_NEW = count(100)

pytestmark = pytest.mark.xdist_group("two processes")


@pytest.fixture(scope="module")
def two(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Two processes, as many requests as anybody likes."""
    with two_processes(database_url, tmp_path_factory.mktemp("two"), RATE_LIMIT_ENABLED="false") as running:
        yield running


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    """A Redis, which each test leaves as it found it."""
    server = RedisServer()
    yield server
    server.end()


@pytest.fixture(scope="module")
def both(database_url: str, tmp_path_factory: pytest.TempPathFactory, redis: RedisServer) -> Iterator[Two]:
    """Two processes that count in one Redis, MOST requests a minute from an address."""
    settings = {"REDIS_URL": redis.url, "RATE_LIMIT_ANONYMOUS": str(MOST), "TRUSTED_PROXIES": "127.0.0.1"}
    with two_processes(database_url, tmp_path_factory.mktemp("both"), **settings) as running:
        yield running


@pytest.fixture
def counting(both: Two, redis: RedisServer) -> Two:
    """The two, both of them with their Redis."""
    _wait_for_both(both, redis)
    return both


async def test_a_suspension_in_the_one_ends_the_open_stream_in_the_other(two: Two) -> None:
    here, there = two
    staff, admin = here.headers(Role.STAFF), here.headers(Role.ADMIN)
    async with (
        httpx.AsyncClient(base_url=here.url, timeout=30) as office,
        httpx.AsyncClient(base_url=there.url, timeout=30) as desk,
    ):
        me = (await desk.get("/api/v1/users/me", headers=staff)).json()["data"]["id"]
        conversation = await opened(desk, staff)
        async with listening(desk, staff, conversation) as his, listening(desk, admin, conversation) as another:
            body = {"status": "suspended", "reason": "left"}
            done = await office.patch(f"/api/v1/users/{me}", json=body, headers=admin)
            assert done.status_code == 200, done.text
            assert await his.seconds_to_end() < 5
            said = {"content": "Still here", "sender": "staff"}
            path = f"/api/v1/conversations/{conversation}/messages"
            assert (await office.post(path, json=said, headers=admin)).status_code == 201
            assert (await another.until("message.created")).data["content"] == "Still here"
        assert (await desk.get("/api/v1/users/me", headers=staff)).json()["code"] == "account_suspended"


def _answer(one: OwnProcess, caller: str) -> int:
    return httpx.get(one.url + STATUS, headers={"X-Forwarded-For": caller}, timeout=5).status_code


def _knock(two: Two, times: int, caller: str) -> list[int]:
    """Ask both in turn from an address, and return what they answered."""
    return [_answer(one, caller) for one, _ in zip(cycle(two), range(times), strict=False)]


def _wait_for_both(two: Two, redis: RedisServer) -> None:
    """Ask each from a new address of its own until both addresses stand in the Redis."""
    callers = [f"192.0.2.{next(_NEW)}" for _ in two]
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for one, caller in zip(two, callers, strict=True):
            _answer(one, caller)
        held = " ".join(redis.names())
        if all(caller in held for caller in callers):
            return
        time.sleep(0.2)
    raise AssertionError("they did not come back to Redis")


def test_two_processes_share_one_count(counting: Two, redis: RedisServer) -> None:
    assert _knock(counting, MOST + 4, "203.0.113.1") == [200] * MOST + [429] * 4
    assert any("203.0.113.1" in name for name in redis.names())


def test_without_redis_each_counts_for_itself_until_it_is_back(counting: Two, redis: RedisServer) -> None:
    assert _knock(counting, 2, "203.0.113.2") == [200] * 2
    redis.end()
    assert _knock(counting, 2 * MOST + 4, "203.0.113.2") == [200] * 2 * MOST + [429] * 4
    assert all("counted in this process only" in one.log.read_text() for one in counting)
    redis.start()
    _wait_for_both(counting, redis)
    assert _knock(counting, MOST + 4, "203.0.113.3") == [200] * MOST + [429] * 4


async def test_a_silent_redis_holds_nobody_up(counting: Two, redis: RedisServer) -> None:
    redis.fall_silent()
    async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
        answers = await asyncio.gather(*(client.get(one.url + STATUS) for one in counting for _ in range(MOST)))
        later = await asyncio.gather(*(client.get(one.url + STATUS) for one in counting))
    redis.go_on()
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.status_code for answer in later} == {429}
