"""How often one may try, under concurrency and over time."""

import asyncio
import re
from collections.abc import Awaitable, Callable

import httpx
import pytest
from sqlalchemy import text, update

from api.core.security import Actor, token_hash
from api.services import attempts
from api.services.house import House
from models.base import utc_now
from models.users import User
from tests.people import ANA, PASSWORD, bearer, letters, register


async def test_the_mailed_link_verifies_once(
    client: httpx.AsyncClient, house: House, run_jobs: Callable[[], Awaitable[None]]
) -> None:
    data = await register(client)
    assert await house.database.fetch("SELECT 1 FROM verification_tokens") == []
    await run_jobs()
    letter = letters(house)[-1]
    assert letter["To"] == "Ana.Lopez@example.com"
    token = re.search(r"/verify-email\?token=(\S+)", letter.get_content())
    assert token is not None
    assert await house.database.fetch("SELECT 1 FROM verification_tokens WHERE token_hash = %s", [token_hash(token[1])])
    answer = await client.post("/api/v1/auth/verify-email", json={"token": token[1]})
    assert (answer.status_code, answer.json()) == (200, {"data": {"email_verified": True}})
    assert (await client.get("/api/v1/users/me", headers=bearer(data))).json()["data"]["email_verified"] is True
    for spent in (token[1], "guessed"):
        again = await client.post("/api/v1/auth/verify-email", json={"token": spent})
        assert (again.status_code, again.json()["errors"][0]["field"]) == (400, "body.token")


async def test_the_mail_is_sent_again_three_times_in_six_hours(
    client: httpx.AsyncClient, house: House, run_jobs: Callable[[], Awaitable[None]]
) -> None:
    data = await register(client)
    await run_jobs()
    before = len(letters(house))
    answers = [await client.post("/api/v1/auth/verify-email/resend", headers=bearer(data)) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    assert int(answers[3].headers["retry-after"]) > 6 * 3600 - 60
    await run_jobs()
    assert len(letters(house)) == before + 3
    async with house.unit(Actor.system("test")) as uow:
        await uow.session.execute(update(User).values(email_verified_at=utc_now()))
    assert (await client.post("/api/v1/auth/verify-email/resend", headers=bearer(data))).json() == {
        "data": {"email_verified": True}
    }


async def test_after_ten_failures_an_account_waits_but_never_for_good(client: httpx.AsyncClient, house: House) -> None:
    await register(client)
    wrong = {"email": ANA["email"].upper(), "password": "not it at all"}
    right = {"email": ANA["email"], "password": PASSWORD}
    codes = [(await client.post("/api/v1/auth/login", json=wrong)).status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]
    refused = await client.post("/api/v1/auth/login", json=right)
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert 0 < int(refused.headers["retry-after"]) <= 900
    async with house.unit(Actor.system("test")) as uow:
        await uow.session.execute(text("UPDATE attempts SET created_at = created_at - interval '15 minutes'"))
    assert (await client.post("/api/v1/auth/login", json=right)).status_code == 200


async def test_many_wrong_tries_at_once_do_not_slip_past_the_count(client: httpx.AsyncClient) -> None:
    await register(client)
    wrong = {"email": ANA["email"], "password": "not it at all"}
    answers = await asyncio.gather(*(client.post("/api/v1/auth/login", json=wrong) for _ in range(16)))
    assert sorted(answer.status_code for answer in answers) == [401] * 10 + [429] * 6


async def test_a_sign_in_that_succeeds_clears_the_account_and_does_not_count(
    client: httpx.AsyncClient, house: House
) -> None:
    await register(client)
    for _ in range(9):
        await client.post("/api/v1/auth/login", json={"email": ANA["email"], "password": "not it at all"})
    assert (await client.post("/api/v1/auth/login", json={"email": ANA["email"], "password": PASSWORD})).is_success
    kinds = await house.database.fetch("SELECT kind, count(*) AS number FROM attempts GROUP BY kind ORDER BY kind")
    assert [(row["kind"], row["number"]) for row in kinds] == [("registration_address", 1), ("sign_in_address", 9)]


async def multiply(house: House, kind: str, times: int) -> None:
    """Make an attempt that was counted so many more."""
    statement = text(
        "INSERT INTO attempts (id, created_at, updated_at, kind, subject) "
        "SELECT gen_random_uuid(), now(), now(), kind, subject FROM attempts, generate_series(1, :times) "
        "WHERE kind = :kind"
    )
    async with house.unit(Actor.system("test")) as uow:
        await uow.session.execute(statement, {"kind": kind, "times": times})


async def test_an_address_waits_after_thirty_failures_over_many_accounts(
    client: httpx.AsyncClient, house: House
) -> None:
    async def fail(place: int) -> int:
        wrong = {"email": f"u{place}@example.com", "password": "not it at all"}
        return (await client.post("/api/v1/auth/login", json=wrong)).status_code

    assert await fail(0) == 401
    await multiply(house, "sign_in_address", 27)
    assert sorted(await asyncio.gather(*(fail(place) for place in range(1, 6)))) == [401, 401, 429, 429, 429]


async def test_an_address_registers_thirty_accounts_an_hour(client: httpx.AsyncClient, house: House) -> None:
    await register(client)
    await multiply(house, "registration_address", 29)
    answer = await client.post("/api/v1/auth/register", json={**ANA, "email": "b@example.com", "username": "b_b"})
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")


async def test_limits_can_be_switched_off(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "settings", house.settings.model_copy(update={"rate_limit_enabled": False}))
    visitor = Actor.anonymous("192.0.2.1")
    async with house.unit(visitor) as uow:
        tries = [await attempts.reserve(uow, attempts.SIGN_IN_ACCOUNT, "ana") for _ in range(20)]
    assert tries == [None] * 20
    assert await house.database.fetch("SELECT 1 FROM attempts") == []
