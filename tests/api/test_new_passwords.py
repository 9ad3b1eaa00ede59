"""A forgotten and a changed password over the whole application."""

import asyncio
import re
from collections.abc import Awaitable, Callable

import httpx
import pytest

from api.core.security import token_hash
from api.services.house import House
from models.users import Role
from tests.conftest import SignIn
from tests.people import ANA, PASSWORD, RIGHT, bearer, letters, register

RESET, CONFIRM, CHANGE = (f"/api/v1/auth/{path}" for path in ("password-reset", "password-reset/confirm", "password"))
LOGIN = "/api/v1/auth/login"
NEW = "gravel under the tall oak"
RunJobs = Callable[[], Awaitable[None]]


async def mailed_token(client: httpx.AsyncClient, house: House, run_jobs: RunJobs) -> str:
    """Ask for a new password and return the token that is mailed."""
    answer = await client.post(RESET, json={"email": ANA["email"].lower()})
    assert (answer.status_code, answer.json()) == (202, {"data": {"accepted": True}})
    await run_jobs()
    found = re.search(r"/reset-password\?token=(\S+)", letters(house)[-1].get_content())
    assert found is not None
    return found[1]


async def confirm(client: httpx.AsyncClient, token: str, password: str = NEW) -> httpx.Response:
    """Bring the token and a new password."""
    return await client.post(CONFIRM, json={"token": token, "password": password})


async def test_the_mailed_link_sets_a_password_once_and_ends_every_session(
    client: httpx.AsyncClient, house: House, run_jobs: RunJobs
) -> None:
    data = await register(client)
    other = await mailed_token(client, house, run_jobs)
    token = await mailed_token(client, house, run_jobs)
    assert await house.database.fetch("SELECT 1 FROM verification_tokens WHERE token_hash = %s", [token_hash(token)])
    bad = await confirm(client, token, "password123")
    assert (bad.status_code, bad.json()["errors"][0]["code"]) == (400, "too_common")
    answer = await confirm(client, token)
    assert (answer.status_code, answer.json()) == (200, {"data": {"password_changed": True}})
    assert (await client.get("/api/v1/users/me", headers=bearer(data))).status_code == 401
    refreshed = await client.post("/api/v1/auth/refresh", json={"refresh_token": data["refresh_token"]})
    assert refreshed.status_code == 401
    for spent in (token, other, "guessed"):
        again = await confirm(client, spent, "another fine password")
        assert (again.status_code, again.json()["errors"][0]["code"]) == (400, "invalid_token")
    assert (await client.post(LOGIN, json=RIGHT)).status_code == 401
    entered = await client.post(LOGIN, json={**RIGHT, "password": NEW})
    assert entered.json()["data"]["user"]["email_verified"] is True
    await run_jobs()
    assert letters(house)[-1]["Subject"] == "Your password was changed"


async def test_a_token_is_over_after_an_hour(client: httpx.AsyncClient, house: House, run_jobs: RunJobs) -> None:
    await register(client)
    token = await mailed_token(client, house, run_jobs)
    async with house.database.engine.begin() as connection:
        moved = "UPDATE verification_tokens SET expires_at = expires_at - interval '1 hour'"
        await connection.exec_driver_sql(moved)
    assert (await confirm(client, token)).status_code == 400


async def test_of_many_who_bring_one_token_one_sets_a_password(
    client: httpx.AsyncClient, house: House, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "settings", house.settings.model_copy(update={"rate_limit_enabled": False}))
    await register(client)
    token = await mailed_token(client, house, run_jobs)
    answers = await asyncio.gather(*(confirm(client, token, f"{NEW} {place}") for place in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 5


async def test_an_unknown_email_gets_the_same_answer_and_no_mail(
    client: httpx.AsyncClient, house: House, run_jobs: RunJobs
) -> None:
    before = len(letters(house))
    answer = await client.post(RESET, json={"email": "nobody@example.com"})
    assert (answer.status_code, answer.json()) == (202, {"data": {"accepted": True}})
    jobs = await house.database.fetch("SELECT args::text AS args FROM procrastinate_jobs")
    assert len(jobs) == 1
    assert "nobody" not in jobs[0]["args"]
    await run_jobs()
    assert len(letters(house)) == before


async def test_five_requests_an_hour_known_or_not(client: httpx.AsyncClient) -> None:
    await register(client)
    for email in (ANA["email"], "nobody@example.com"):
        codes = [(await client.post(RESET, json={"email": email})).status_code for _ in range(6)]
        assert codes[-1] == 429, email
    tries = [(await confirm(client, "guessed")).status_code for _ in range(6)]
    assert tries == [400] * 5 + [429]


async def test_a_change_needs_the_old_password_and_ends_the_other_sessions(client: httpx.AsyncClient) -> None:
    here = await register(client)
    there = (await client.post(LOGIN, json=RIGHT)).json()["data"]
    client.cookies.clear()
    wrong = await client.post(CHANGE, json={"current_password": "no", "new_password": NEW}, headers=bearer(here))
    assert (wrong.status_code, wrong.json()["code"]) == (401, "invalid_credentials")
    lacking = await client.post(CHANGE, json={"new_password": NEW}, headers=bearer(here))
    assert lacking.status_code == 401
    bad = {"current_password": PASSWORD, "new_password": "ana.lopez-1234"}
    refused = await client.post(CHANGE, json=bad, headers=bearer(here))
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "body.new_password")
    right = {"current_password": PASSWORD, "new_password": NEW}
    assert (await client.post(CHANGE, json=right, headers=bearer(here))).status_code == 204
    assert (await client.get("/api/v1/users/me", headers=bearer(here))).status_code == 200
    assert (await client.get("/api/v1/users/me", headers=bearer(there))).status_code == 401
    assert (await client.post(LOGIN, json=RIGHT)).status_code == 401


async def test_a_stolen_session_cannot_guess_the_password(client: httpx.AsyncClient) -> None:
    data = await register(client)
    body = {"current_password": "not it at all", "new_password": NEW}
    codes = [(await client.post(CHANGE, json=body, headers=bearer(data))).status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]


async def test_the_dealerships_name_is_no_password(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    await client.put("/api/v1/dealership", json={"name": "Harbor Lane Motors"}, headers=admin.headers)
    client.cookies.clear()
    wanted = {**ANA, "password": "HarborLane2026"}
    refused = await client.post("/api/v1/auth/register", json=wanted)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "too_common")
    tokens = await register(client)
    change = {"current_password": ANA["password"], "new_password": "Motors-Harbor1"}
    refused = await client.post("/api/v1/auth/password", json=change, headers=bearer(tokens))
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "body.new_password")


async def test_the_dealerships_name_is_no_password_by_the_mailed_link_either(
    client: httpx.AsyncClient, house: House, run_jobs: RunJobs, sign_in: SignIn
) -> None:
    """A refused word does not spend the link."""
    admin = await sign_in(Role.ADMIN)
    await client.put("/api/v1/dealership", json={"name": "Harbor Lane Motors"}, headers=admin.headers)
    client.cookies.clear()
    await register(client)
    token = await mailed_token(client, house, run_jobs)
    for word in ("HarborLane2026", "Motors-Harbor1", "dealsmart-1234"):
        refused = await confirm(client, token, word)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, "too_common"), word
        assert refused.json()["errors"][0]["field"] == "body.password"
    assert (await confirm(client, token)).status_code == 200
