"""The second factor over the whole application: set up, sign-in, replay, recovery, tries, who must have it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyotp.totp import TOTP

from api.core.settings import Environment
from api.services.house import House
from api.services.totp import STEP_SECONDS, matching_step
from models.users import Role
from tests.conftest import SignedIn, SignIn
from tests.people import PASSWORD, RIGHT, bearer, letters, register

LOGIN = "/api/v1/auth/login"
RENEW = "/api/v1/auth/totp/recovery-codes"
RunJobs = Callable[[], Awaitable[None]]


async def set_up(client: httpx.AsyncClient, headers: dict[str, str]) -> tuple[TOTP, list[str]]:
    """Give somebody a second factor; return its clock and the recovery codes."""
    enrolled = await client.post("/api/v1/auth/totp/enroll", headers=headers)
    assert enrolled.status_code == 200, enrolled.text
    assert enrolled.headers["cache-control"] == "no-store"
    told = enrolled.json()["data"]
    assert told["otpauth_url"].startswith("otpauth://totp/DealSmart:")
    assert told["secret"] in told["otpauth_url"]
    clock = TOTP(told["secret"])
    confirmed = await client.post("/api/v1/auth/totp/confirm", json={"code": clock.now()}, headers=headers)
    assert confirmed.status_code == 200, confirmed.text
    return clock, confirmed.json()["data"]["recovery_codes"]


def later(clock: TOTP) -> str:
    """Return the next step's code, which is good already and was not used."""
    return clock.at(datetime.now(UTC) + timedelta(seconds=STEP_SECONDS))


async def log_in(client: httpx.AsyncClient, **more: str) -> tuple[int, str]:
    """Sign Ana in and return status and code."""
    answer = await client.post(LOGIN, json={**RIGHT, **more})
    client.cookies.clear()
    return answer.status_code, answer.json().get("code", "")


async def test_a_second_factor_is_asked_for_and_its_codes_are_good_once(client: httpx.AsyncClient) -> None:
    data = await register(client)
    clock, codes = await set_up(client, bearer(data))
    assert (len(codes), len(set(codes))) == (10, 10)
    assert await log_in(client) == (401, "totp_required")
    assert await log_in(client, totp_code="000000") == (401, "invalid_credentials")
    wrong = {**RIGHT, "password": "not it at all", "totp_code": later(clock)}
    answer = await client.post(LOGIN, json=wrong)
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_credentials")
    used = later(clock)
    assert await log_in(client, totp_code=used) == (200, "")
    assert await log_in(client, totp_code=used) == (401, "invalid_credentials")
    assert await log_in(client, totp_code=clock.now()) == (401, "invalid_credentials")


async def test_of_one_code_many_times_at_once_one_gets_in(client: httpx.AsyncClient, house: House) -> None:
    data = await register(client)
    _, codes = await set_up(client, bearer(data))
    results = await asyncio.gather(*(log_in(client, totp_code=codes[0]) for _ in range(5)))
    assert sorted(status for status, _ in results) == [200, 401, 401, 401, 401]
    rows = await house.database.fetch("SELECT 1 FROM recovery_codes WHERE used_at IS NOT NULL")
    assert len(rows) == 1


async def test_a_recovery_code_is_good_once_however_it_is_written(client: httpx.AsyncClient) -> None:
    data = await register(client)
    _, codes = await set_up(client, bearer(data))
    assert {len(code.replace("-", "")) for code in codes} == {24}, "over 112 bits, of 29 letters each"
    assert await log_in(client, totp_code=codes[3].upper().replace("-", " ")) == (200, "")
    assert await log_in(client, totp_code=codes[3]) == (401, "invalid_credentials")
    assert await log_in(client, totp_code=codes[4]) == (200, "")


async def test_recovery_codes_lapse_with_the_factor_and_are_others_afterwards(client: httpx.AsyncClient) -> None:
    """Set up anew, it hands out ten new ones; none of before opens anything, and the new ones do."""
    data = await register(client)
    _, before = await set_up(client, bearer(data))
    assert await log_in(client, totp_code=before[0]) == (200, "")
    off = await client.request("DELETE", "/api/v1/auth/totp", json={"password": PASSWORD}, headers=bearer(data))
    assert off.status_code == 204
    clock, after = await set_up(client, bearer(data))
    assert len({*before, *after}) == 20
    assert await log_in(client, totp_code=before[1]) == (401, "invalid_credentials")
    assert await log_in(client, totp_code=after[0]) == (200, "")
    assert await log_in(client, totp_code=later(clock)) == (200, "")


async def test_new_recovery_codes_void_those_of_before_and_leave_the_factor(
    client: httpx.AsyncClient, house: House, run_jobs: RunJobs
) -> None:
    """The trail and a mail tell of it, without a code; a wrong password or none voids nothing."""
    data = await register(client)
    clock, before = await set_up(client, bearer(data))
    for body in ({}, {"password": "not it at all"}):
        refused = await client.post(RENEW, json=body, headers=bearer(data))
        assert (refused.status_code, refused.json()["code"]) == (401, "invalid_credentials")
    assert await log_in(client, totp_code=before[0]) == (200, "")
    answer = await client.post(RENEW, json={"password": PASSWORD}, headers=bearer(data))
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    after = answer.json()["data"]["recovery_codes"]
    assert (len(after), len({*before, *after})) == (10, 20)
    assert await log_in(client, totp_code=before[1]) == (401, "invalid_credentials")
    assert await log_in(client, totp_code=after[0]) == (200, "")
    assert await log_in(client, totp_code=later(clock)) == (200, "")
    (entry,) = await house.database.fetch("SELECT * FROM audit_entries WHERE action = 'user:renew_recovery_codes'")
    assert (entry["target"], entry["before"], entry["after"]) == (f"user:{data['user']['id']}", None, None)
    await run_jobs()
    told = letters(house)[-1]
    assert told["Subject"] == "Your recovery codes were replaced"
    assert not any(code in told.get_content() for code in after)


async def test_who_has_no_confirmed_factor_gets_no_recovery_codes(client: httpx.AsyncClient) -> None:
    data = await register(client)
    proof: dict[str, Any] = {"json": {"password": PASSWORD}, "headers": bearer(data)}
    assert (await client.post(RENEW, **proof)).status_code == 404
    await client.post("/api/v1/auth/totp/enroll", headers=bearer(data))
    assert (await client.post(RENEW, **proof)).status_code == 404
    key = await client.post("/api/v1/api-keys", json={"name": "k", "scopes": ["users:read"]}, headers=bearer(data))
    by_key = {"X-API-Key": key.json()["data"]["secret"]}
    refused = await client.post(RENEW, json={"password": PASSWORD}, headers=by_key)
    assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")


async def test_two_renewals_at_once_leave_ten_codes(client: httpx.AsyncClient, house: House) -> None:
    data = await register(client)
    await set_up(client, bearer(data))
    proof: dict[str, Any] = {"json": {"password": PASSWORD}, "headers": bearer(data)}
    answers = await asyncio.gather(*(client.post(RENEW, **proof) for _ in range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len(await house.database.fetch("SELECT 1 FROM recovery_codes")) == 10


async def test_a_recovery_code_is_its_owners_alone(client: httpx.AsyncClient) -> None:
    """Another account with a second factor does not take it, and it is not spent by the try."""
    data = await register(client)
    _, codes = await set_up(client, bearer(data))
    other = {"email": "ben@example.com", "username": "ben_b", "password": PASSWORD}
    theirs = await register(client, **other)
    await set_up(client, bearer(theirs))
    body = {"email": other["email"], "password": PASSWORD, "totp_code": codes[0]}
    assert (await client.post(LOGIN, json=body)).status_code == 401
    assert await log_in(client, totp_code=codes[0]) == (200, "")


async def test_five_tries_in_five_minutes_even_where_limits_are_off(
    client: httpx.AsyncClient, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "settings", house.settings.model_copy(update={"rate_limit_enabled": False}))
    data = await register(client)
    clock, _ = await set_up(client, bearer(data))
    tried = await asyncio.gather(*(log_in(client, totp_code="000000") for _ in range(7)))
    assert sorted(status for status, _ in tried) == [401] * 5 + [429] * 2
    assert await log_in(client, totp_code=later(clock)) == (429, "rate_limited")
    async with house.database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE attempts SET created_at = created_at - interval '5 minutes'")
    assert await log_in(client, totp_code=later(clock)) == (200, "")


async def test_the_secret_lies_sealed_and_codes_as_hashes(client: httpx.AsyncClient, house: House) -> None:
    data = await register(client)
    clock, codes = await set_up(client, bearer(data))
    both = "SELECT t::text AS row FROM totp_secrets t UNION ALL SELECT r::text FROM recovery_codes r"
    rows = await house.database.fetch(both)
    stored = " ".join(row["row"] for row in rows)
    assert clock.secret not in stored
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


async def test_it_is_removed_with_the_password_only(client: httpx.AsyncClient) -> None:
    data = await register(client)
    await set_up(client, bearer(data))
    twice = await client.post("/api/v1/auth/totp/enroll", headers=bearer(data))
    assert (twice.status_code, twice.json()["code"]) == (409, "conflict")
    path = "/api/v1/auth/totp"
    for body in ({}, {"password": "not it at all"}):
        refused = await client.request("DELETE", path, json=body, headers=bearer(data))
        assert (refused.status_code, refused.json()["code"]) == (401, "invalid_credentials")
    proof: dict[str, Any] = {"json": {"password": PASSWORD}, "headers": bearer(data)}
    assert (await client.request("DELETE", path, **proof)).status_code == 204
    assert (await client.request("DELETE", path, **proof)).status_code == 404
    assert await log_in(client) == (200, "")


async def test_a_wrong_first_code_confirms_nothing(client: httpx.AsyncClient) -> None:
    data = await register(client)
    early = await client.post("/api/v1/auth/totp/confirm", json={"code": "000000"}, headers=bearer(data))
    assert (early.status_code, early.json()["code"]) == (404, "not_found")
    await client.post("/api/v1/auth/totp/enroll", headers=bearer(data))
    answer = await client.post("/api/v1/auth/totp/confirm", json={"code": "12 34"}, headers=bearer(data))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "body.code")
    assert await log_in(client) == (200, "")


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MODERATOR])
async def test_in_production_who_must_enroll_reaches_nothing_before(
    client: httpx.AsyncClient, house: House, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    person = await sign_in(role)
    key = await key_of(client, person)
    changed = house.settings.model_copy(update={"environment": Environment.PRODUCTION})
    monkeypatch.setattr(house, "settings", changed)
    house.sessions.clear()
    for path in ("/users", "/auth/sessions", "/users/me/export", "/notifications", "/api-keys"):
        answer = await client.get(f"/api/v1{path}", headers=person.headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), path
        assert "two-factor" in answer.json()["detail"]
    assert (await client.get("/api/v1/users", headers=key)).status_code == 403
    assert (await client.get("/api/v1/users/me", headers=person.headers)).status_code == 200
    assert (await client.patch("/api/v1/users/me", json={"bio": "x"}, headers=person.headers)).status_code == 200
    await set_up(client, person.headers)
    assert (await client.get("/api/v1/users", headers=person.headers)).status_code == 200
    assert (await client.get("/api/v1/users", headers=key)).status_code == 200
    assert (await client.post("/api/v1/auth/logout", headers=person.headers)).status_code == 204
    other = await sign_in(Role.STAFF)
    assert (await client.get("/api/v1/conversations", headers=other.headers)).status_code == 200


async def key_of(client: httpx.AsyncClient, owner: SignedIn) -> dict[str, str]:
    """Make a key that may look up users."""
    body = {"name": "k", "scopes": ["users:read"]}
    answer = await client.post("/api/v1/api-keys", json=body, headers=owner.headers)
    return {"X-API-Key": answer.json()["data"]["secret"]}


@given(offset=st.integers(-4, 4), moment=st.integers(1_700_000_000, 2_000_000_000))
def test_a_code_is_good_one_step_early_or_late_and_no_more(offset: int, moment: int) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    now = datetime.fromtimestamp(moment, UTC)
    code = TOTP(secret).at(now + timedelta(seconds=offset * STEP_SECONDS))
    step = moment // STEP_SECONDS + offset
    found = matching_step(secret, code, now)
    assert found == step if abs(offset) <= 1 else found != step
