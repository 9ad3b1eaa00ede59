"""Rate limits, quotas and retired routes over the whole application."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from api.core.settings import Settings
from api.dependencies import CurrentActor
from api.main import create_api
from api.retirement import retired
from api.routing import hub_router
from api.services.house import House, open_house
from api.services.registry import register_jobs
from models.base import Data
from tests.api.test_permissions import DOORS, key_of, knock, refused
from tests.conftest import BASE, SignIn
from tests.conversing import opened

ME = "/api/v1/users/me"
STATUS = "/api/v1/status"


async def limited_house(house: House, settings: Settings, **changes: Any) -> Any:
    """Return a house with other settings, for the block."""
    return open_house(settings.model_copy(update=changes), house.database.url, register_jobs, work=False)


@pytest.fixture
async def tight(house: House, settings: Settings) -> AsyncIterator[House]:
    """A house that lets 5 requests of a caller and 3 of an address pass a minute; the API uses it for the time."""
    changes = {"rate_limit_caller": 5, "rate_limit_anonymous": 3}
    async with await limited_house(house, settings, **changes) as own:
        yield own


async def test_a_caller_is_told_how_he_stands_and_then_refused(
    client: httpx.AsyncClient, tight: House, sign_in: SignIn
) -> None:
    person, other = await sign_in(), await sign_in()
    for left in (4, 3, 2, 1, 0):
        answer = await client.get(ME, headers=person.headers)
        assert answer.status_code == 200
        assert answer.headers["ratelimit-policy"] == '"caller";q=5;w=60'
        assert answer.headers["ratelimit"].startswith(f'"caller";r={left};t=')
    answer = await client.get(ME, headers=person.headers)
    assert refused(answer, 429, "rate_limited")
    assert 1 <= int(answer.headers["retry-after"]) <= 120
    assert answer.headers["ratelimit"].startswith('"caller";r=0;t=')
    assert (await client.get(ME, headers=other.headers)).status_code == 200


async def test_hot_reads_count_too(client: httpx.AsyncClient, tight: House, sign_in: SignIn) -> None:
    person = await sign_in()
    codes = [(await client.get("/api/v1/conversations", headers=person.headers)).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]


async def test_nobody_is_counted_by_his_address(client: httpx.AsyncClient, tight: House, sign_in: SignIn) -> None:
    bad = {"Authorization": "Bearer x.y.z"}
    codes = [(await client.get(path, headers=bad)).status_code for path in (ME, STATUS, ME, ME)]
    assert codes == [401, 401, 401, 429]
    assert (await client.get(STATUS)).status_code == 429
    assert (await client.get(ME, headers=(await sign_in()).headers)).status_code == 200


async def test_health_is_never_limited(client: httpx.AsyncClient, tight: House) -> None:
    for _ in range(10):
        answer = await client.get("/api/v1/health/live")
        assert answer.status_code == 200
        assert "ratelimit" not in answer.headers


async def test_every_other_route_is_limited(client: httpx.AsyncClient, house: House) -> None:
    for name in DOORS:
        if "/health/" not in name:
            answer = await knock(client, name, {})
            assert "ratelimit-policy" in answer.headers, f"{name}: {answer.status_code}"


async def test_only_a_trusted_proxy_is_believed(house: House, settings: Settings, api: FastAPI) -> None:
    async def codes(peer: str, *senders: str) -> list[int]:
        transport = httpx.ASGITransport(app=api, client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            headers = [{"X-Forwarded-For": sender} for sender in senders]
            return [(await client.get(STATUS, headers=one)).status_code for one in headers]

    changes = {"rate_limit_anonymous": 1, "trusted_proxies": ["192.0.2.1"]}
    async with await limited_house(house, settings, **changes):
        assert await codes("192.0.2.1", "203.0.113.1", "203.0.113.2", "203.0.113.1") == [200, 200, 429]
        assert await codes("198.51.100.1", "203.0.113.8", "203.0.113.9") == [200, 429]
        assert await codes("192.0.2.1", "203.0.113.66, 203.0.113.3", "203.0.113.77, 203.0.113.3") == [200, 429]


async def test_an_ipv6_network_is_one_address(house: House, settings: Settings, api: FastAPI) -> None:
    async with await limited_house(house, settings, rate_limit_anonymous=1):
        codes = []
        for peer in ("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", "2001:db8:1:2::1"):
            transport = httpx.ASGITransport(app=api, client=(peer, 1))
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                codes.append((await client.get(STATUS)).status_code)
    assert codes == [200, 429, 200]


async def test_switched_off_means_off(client: httpx.AsyncClient, house: House, settings: Settings) -> None:
    changes = {"rate_limit_enabled": False, "rate_limit_anonymous": 1}
    async with await limited_house(house, settings, **changes):
        answers = [await client.get(STATUS) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert "ratelimit" not in answers[0].headers


async def test_while_redis_is_away_the_process_counts(
    client: httpx.AsyncClient, house: House, settings: Settings
) -> None:
    changes = {"redis_url": SecretStr("redis://127.0.0.1:1/0"), "rate_limit_anonymous": 2}
    async with await limited_house(house, settings, **changes):
        codes = [(await client.get(STATUS)).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


async def test_thirty_drafts_a_minute_for_each_person(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    staff, colleague = await sign_in(), await sign_in()
    conversation = await opened(client, staff)
    path = f"/api/v1/conversations/{conversation['id']}/ai-suggest"
    for left in range(29, -1, -1):
        answer = await client.post(path, headers=staff.headers)
        assert answer.status_code == 201, answer.text
        assert f'"ai-drafts";r={left};' in answer.headers["ratelimit"]
    answer = await client.post(path, headers=staff.headers)
    assert refused(answer, 429, "rate_limited")
    assert '"ai-drafts";q=30;w=60' in answer.headers["ratelimit-policy"]
    assert (await client.post(path, headers=colleague.headers)).status_code == 201


@pytest.mark.parametrize("enabled", [True, False])
async def test_a_keys_day_ends_at_its_quota(
    client: httpx.AsyncClient, house: House, settings: Settings, sign_in: SignIn, *, enabled: bool
) -> None:
    staff = await sign_in()
    body = {"name": "k", "scopes": ["vehicles:read"], "daily_quota": 3}
    made = (await client.post("/api/v1/api-keys", json=body, headers=staff.headers)).json()["data"]
    key, free = {"X-API-Key": made["secret"]}, await key_of(client, staff, "vehicles:read")
    async with await limited_house(house, settings, rate_limit_enabled=enabled):
        answers = await asyncio.gather(*(client.get("/api/v1/vehicles", headers=key) for _ in range(12)))
        assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 9
        over = await client.get("/api/v1/vehicles", headers=key)
        assert refused(over, 429, "quota_exceeded")
        assert 1 <= int(over.headers["retry-after"]) <= 86_400
        assert '"key-day";q=3;w=86400' in over.headers["ratelimit-policy"]
        assert (await client.get("/api/v1/vehicles", headers=free)).status_code == 200
        await house.database.fetch("UPDATE api_key_usage SET day = day - 1 RETURNING day")
        assert (await client.get("/api/v1/vehicles", headers=key)).status_code == 200


async def test_a_retired_route_says_since_when_and_until_when(house: House, settings: Settings) -> None:
    router = hub_router("retired")
    gone = retired(
        since=datetime(2026, 3, 1, tzinfo=UTC), sunset=datetime(2027, 3, 1, 12, tzinfo=UTC), successor="/api/v1/status"
    )

    @router.get("/old-status", dependencies=[gone])
    async def old_status(actor: CurrentActor) -> Data[str]:
        return Data(data="ok")

    api = create_api(settings)
    api.router.routes.insert(0, router.routes[0])
    transport = httpx.ASGITransport(app=api)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        for headers, status in (({}, 200), ({"Authorization": "Bearer x"}, 401)):
            answer = await client.get("/api/v1/old-status", headers=headers)
            assert answer.status_code == status
            assert answer.headers["deprecation"] == "@1772323200"
            assert answer.headers["sunset"] == "Mon, 01 Mar 2027 12:00:00 GMT"
            assert answer.headers["link"] == '</api/v1/status>; rel="successor-version"'
        assert "deprecation" not in (await client.get(STATUS)).headers
    assert api.openapi()["paths"]["/api/v1/old-status"]["get"]["deprecated"] is True
    assert "deprecated" not in api.openapi()["paths"][STATUS]["get"]
