"""/auth over the whole application: JSON, cookies, rotation, the mailed link."""

import asyncio
import json
import re
import statistics
import time
from datetime import datetime, timedelta

import httpx
import jwt
import pytest
from sqlalchemy import select, text, update

from api.core.security import SESSION_COOKIE, Actor, token_hash
from api.services.house import House
from models.base import utc_now
from models.users import AuthSession, Role, User, UserStatus
from tests.conftest import BASE, SignIn
from tests.people import ANA, PASSWORD, bearer, register


async def test_registration_answers_with_user_tokens_and_cookie(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/auth/register", json={**ANA, "display_name": "  Ana López "})
    assert answer.status_code == 201
    assert answer.headers["location"] == "/api/v1/users/me"
    assert answer.headers["cache-control"] == "no-store"
    data = answer.json()["data"]
    assert set(data) == {"user", "access_token", "refresh_token", "token_type", "expires_in"}
    assert (data["token_type"], data["expires_in"]) == ("bearer", 900)
    user = data["user"]
    assert set(user) == {
        *("id", "email", "username", "display_name", "role", "status", "email_verified", "age_verified"),
        *("bio", "avatar_url", "created_at", "updated_at", "last_login_at"),
    }
    assert (user["username"], user["role"], user["email_verified"]) == ("ana_l", "user", False)
    assert user["display_name"] == "Ana López"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", user["created_at"])
    claims = jwt.decode(data["access_token"], options={"verify_signature": False})
    assert set(claims) == {"sub", "sid", "role", "iat", "exp", "iss", "aud"}
    assert claims["exp"] - claims["iat"] == 900
    crumb = answer.headers["set-cookie"]
    assert crumb.startswith(f"{SESSION_COOKIE}=")
    assert "HttpOnly" in crumb
    assert "SameSite=lax" in crumb
    assert "Max-Age=2592000" in crumb
    assert client.cookies[SESSION_COOKIE] not in {data["access_token"], data["refresh_token"]}
    assert (await client.get("/api/v1/users/me")).json()["data"]["id"] == user["id"]


@pytest.mark.parametrize(
    ("changes", "field", "codes"),
    [
        ({"password": "tiny pw"}, "body.password", {"too_short"}),
        ({"password": "x" * 257}, "body.password", {"too_long", "too_common"}),
        ({"password": "password123"}, "body.password", {"too_common"}),
        ({"password": "my ana.lopez 77"}, "body.password", {"contains_email"}),
        ({"email": "no address"}, "body.email", {"value_error"}),
        ({"username": "a"}, "body.username", {"string_pattern_mismatch"}),
        ({"username": "ana lopez"}, "body.username", {"string_pattern_mismatch"}),
        ({"display_name": "Ana\u0000"}, "body.display_name", {"value_error"}),
        ({"display_name": "x" * 201}, "body.display_name", {"string_too_long"}),
        ({"role": "admin"}, "body.role", {"extra_forbidden"}),
    ],
)
async def test_a_bad_registration_names_what_is_wrong(
    client: httpx.AsyncClient, changes: dict[str, str], field: str, codes: set[str]
) -> None:
    answer = await client.post("/api/v1/auth/register", json={**ANA, **changes})
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["code"] == "validation_error"
    assert {(error["field"], error["code"]) for error in problem["errors"]} == {(field, code) for code in codes}
    assert changes.get("password", "no such text") not in answer.text


async def test_emails_and_usernames_are_taken_whatever_their_case(client: httpx.AsyncClient) -> None:
    await register(client)
    same_mail = await client.post(
        "/api/v1/auth/register", json={**ANA, "email": "ANA.lopez@example.COM", "username": "b_b"}
    )
    assert (same_mail.status_code, same_mail.json()["code"]) == (409, "email_taken")
    same_name = await client.post("/api/v1/auth/register", json={**ANA, "email": "b@example.com", "username": "ANA_l"})
    assert (same_name.status_code, same_name.json()["code"]) == (409, "username_taken")


async def test_of_registrations_at_once_that_differ_in_case_one_is_made(
    client: httpx.AsyncClient, house: House
) -> None:
    mails = ["ana@example.com", "ANA@example.com", "Ana@Example.com", "aNa@example.com"]
    answers = await asyncio.gather(
        *(
            client.post("/api/v1/auth/register", json={**ANA, "email": mail, "username": f"ana_{place}"})
            for place, mail in enumerate(mails)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"email_taken"}
    assert len(await house.database.fetch("SELECT 1 FROM users")) == 1


async def test_sign_in_whatever_the_case_of_the_email(client: httpx.AsyncClient) -> None:
    await register(client)
    answer = await client.post("/api/v1/auth/login", json={"email": "ana.lopez@EXAMPLE.com", "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.json()["data"]["user"]["last_login_at"] is not None
    assert client.cookies[SESSION_COOKIE]


async def test_an_unknown_email_and_a_wrong_password_are_answered_alike(client: httpx.AsyncClient) -> None:
    await register(client)
    wrong = await client.post("/api/v1/auth/login", json={"email": ANA["email"], "password": "not it at all"})
    unknown = await client.post("/api/v1/auth/login", json={"email": "x@example.com", "password": "not it at all"})
    for answer in (wrong, unknown):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "set-cookie" not in answer.headers
    named = [{k: v for k, v in answer.json().items() if k != "request_id"} for answer in (wrong, unknown)]
    assert named[0] == named[1]
    assert named[0]["code"] == "invalid_credentials"


async def test_an_unknown_email_takes_the_time_of_a_wrong_password(client: httpx.AsyncClient) -> None:
    await register(client)

    async def seconds(email: str) -> float:
        start = time.perf_counter()
        await client.post("/api/v1/auth/login", json={"email": email, "password": "not it at all"})
        return time.perf_counter() - start

    pairs = [(await seconds(ANA["email"]), await seconds("nobody@example.com")) for _ in range(4)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert 0.5 < known / unknown < 2


@pytest.mark.parametrize("password", ["x" * 5_000, "päss\u0000wort", "\ud800 alone"])
async def test_odd_passwords_are_refused_and_break_nothing(client: httpx.AsyncClient, password: str) -> None:
    await register(client)
    body = json.dumps({"email": ANA["email"], "password": password})
    answer = await client.post("/api/v1/auth/login", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 401}


async def test_a_suspended_user_learns_it_only_by_the_right_password(client: httpx.AsyncClient, house: House) -> None:
    data = await register(client)
    async with house.unit(Actor.system("test")) as uow:
        await uow.session.execute(update(User).values(status=UserStatus.SUSPENDED, suspension_reason="spam"))
    wrong = await client.post("/api/v1/auth/login", json={"email": ANA["email"], "password": "not it at all"})
    assert wrong.json()["code"] == "invalid_credentials"
    right = await client.post("/api/v1/auth/login", json={"email": ANA["email"], "password": PASSWORD})
    assert (right.status_code, right.json()["code"]) == (403, "account_suspended")
    again = await client.post("/api/v1/auth/refresh", json={"refresh_token": data["refresh_token"]})
    assert (again.status_code, again.json()["code"]) == (403, "account_suspended")


async def test_a_refresh_token_rotates_and_the_cookie_stays(client: httpx.AsyncClient) -> None:
    first = (await client.post("/api/v1/auth/register", json=ANA)).json()["data"]
    cookie = client.cookies[SESSION_COOKIE]
    answer = await client.post("/api/v1/auth/refresh", json={"refresh_token": first["refresh_token"]})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    second = answer.json()["data"]
    assert second["refresh_token"] != first["refresh_token"]
    client.cookies.clear()
    assert (await client.get("/api/v1/users/me", headers=bearer(second))).status_code == 200
    assert (await client.get("/api/v1/users/me", cookies={SESSION_COOKIE: cookie})).status_code == 200
    third = await client.post("/api/v1/auth/refresh", json={"refresh_token": second["refresh_token"]})
    assert third.status_code == 200


async def test_a_refresh_token_used_twice_ends_its_session_and_no_other(client: httpx.AsyncClient) -> None:
    first = await register(client)
    other = await client.post("/api/v1/auth/login", json={"email": ANA["email"], "password": PASSWORD})
    client.cookies.clear()
    second = (await client.post("/api/v1/auth/refresh", json={"refresh_token": first["refresh_token"]})).json()["data"]
    assert (await client.get("/api/v1/users/me", headers=bearer(second))).status_code == 200
    reused = await client.post("/api/v1/auth/refresh", json={"refresh_token": first["refresh_token"]})
    assert (reused.status_code, reused.json()["code"]) == (401, "unauthorized")
    assert (await client.get("/api/v1/users/me", headers=bearer(second))).status_code == 401
    assert (await client.get("/api/v1/users/me", headers=bearer(first))).status_code == 401
    newest = await client.post("/api/v1/auth/refresh", json={"refresh_token": second["refresh_token"]})
    assert newest.status_code == 401
    assert (await client.get("/api/v1/users/me", headers=bearer(other.json()["data"]))).status_code == 200


async def test_of_one_refresh_token_used_by_many_at_once_one_wins_and_the_session_ends(
    client: httpx.AsyncClient, house: House
) -> None:
    data = await register(client)
    answers = await asyncio.gather(
        *(client.post("/api/v1/auth/refresh", json={"refresh_token": data["refresh_token"]}) for _ in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401]
    rows = await house.database.fetch("SELECT revoked_at FROM auth_sessions")
    assert [row["revoked_at"] is not None for row in rows] == [True]


async def test_an_expired_session_is_refused(client: httpx.AsyncClient, house: House) -> None:
    data = await register(client)
    async with house.unit(Actor.system("test")) as uow:
        await uow.session.execute(update(AuthSession).values(expires_at=utc_now()))
    house.sessions.clear()
    answer = await client.post("/api/v1/auth/refresh", json={"refresh_token": data["refresh_token"]})
    assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")
    assert (await client.get("/api/v1/users/me", headers=bearer(data))).status_code == 401


async def test_a_session_ends_after_ninety_days_however_often_it_is_refreshed(
    client: httpx.AsyncClient, house: House
) -> None:
    data, began = await register(client), utc_now() - timedelta(days=80)
    async with house.unit(Actor.system("test")) as uow:
        await uow.session.execute(update(AuthSession).values(created_at=began))
    answer = await client.post("/api/v1/auth/refresh", json={"refresh_token": data["refresh_token"]})
    assert answer.status_code == 200
    (row,) = await house.database.fetch("SELECT expires_at FROM auth_sessions")
    assert datetime.fromisoformat(row["expires_at"]) == began + timedelta(days=90)


@pytest.mark.parametrize("token", ["nonsense", "", "a.b.c"])
async def test_a_bearer_token_that_does_not_hold_is_refused_even_beside_a_good_cookie(
    client: httpx.AsyncClient, token: str
) -> None:
    await client.post("/api/v1/auth/register", json=ANA)
    answer = await client.get("/api/v1/users/me", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


async def test_a_token_of_another_key_or_of_none_is_refused(client: httpx.AsyncClient) -> None:
    data = await register(client)
    claims = jwt.decode(data["access_token"], options={"verify_signature": False})
    forged = [jwt.encode(claims, "k" * 48, algorithm="HS256"), jwt.encode(claims, "", algorithm="none")]
    for token in forged:
        answer = await client.get("/api/v1/users/me", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401


async def test_an_expired_access_token_says_so(client: httpx.AsyncClient, house: House) -> None:
    data = await register(client)
    claims = jwt.decode(data["access_token"], options={"verify_signature": False})
    old = jwt.encode({**claims, "exp": claims["iat"] - 1}, house.settings.signing_key(), algorithm="HS256")
    answer = await client.get("/api/v1/users/me", headers={"Authorization": f"Bearer {old}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")


async def test_signing_out_ends_the_session_at_once(client: httpx.AsyncClient) -> None:
    data = (await client.post("/api/v1/auth/register", json=ANA)).json()["data"]
    cookie = client.cookies[SESSION_COOKIE]
    assert (await client.get("/api/v1/users/me")).status_code == 200
    answer = await client.post("/api/v1/auth/logout", headers=bearer(data))
    assert answer.status_code == 204
    assert answer.content == b""
    assert "Max-Age=0" in answer.headers["set-cookie"]
    client.cookies.clear()
    assert (await client.get("/api/v1/users/me", headers=bearer(data))).status_code == 401
    assert (await client.get("/api/v1/users/me", cookies={SESSION_COOKIE: cookie})).status_code == 401
    assert (await client.post("/api/v1/auth/logout")).status_code == 401


async def test_unsafe_requests_with_the_cookie_come_from_our_pages_only(client: httpx.AsyncClient) -> None:
    await client.post("/api/v1/auth/register", json=ANA)
    patch = {"bio": "x"}
    refused = [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
    for headers in refused:
        answer = await client.patch("/api/v1/users/me", json=patch, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    for headers in ({"Origin": BASE}, {"Sec-Fetch-Site": "same-origin"}):
        assert (await client.patch("/api/v1/users/me", json=patch, headers=headers)).status_code == 200


async def test_own_sign_ins_are_listed_and_ended(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    data = await register(client)
    login = {"email": ANA["email"], "password": PASSWORD}
    phone = await client.post("/api/v1/auth/login", json=login, headers={"User-Agent": "phone"})
    client.cookies.clear()
    listed = (await client.get("/api/v1/auth/sessions", headers=bearer(data))).json()
    assert set(listed["data"][0]) == {"id", "current", "ip", "user_agent", "created_at", "last_seen_at"}
    assert listed["data"][0]["user_agent"] == "phone"
    assert [row["current"] for row in listed["data"]] == [False, True]
    path = f"/api/v1/auth/sessions/{listed['data'][0]['id']}"
    stranger = await sign_in(Role.ADMIN)
    assert (await client.delete(path, headers=stranger.headers)).status_code == 404
    assert (await client.get("/api/v1/users/me", headers=bearer(phone.json()["data"]))).status_code == 200
    assert (await client.delete(path, headers=bearer(data))).status_code == 204
    assert (await client.get("/api/v1/users/me", headers=bearer(phone.json()["data"]))).status_code == 401
    assert (await client.delete(path, headers=bearer(data))).status_code == 404
    assert len((await client.get("/api/v1/auth/sessions", headers=bearer(data))).json()["data"]) == 1


async def test_a_stale_cookie_is_nobody_and_does_not_stand_in_the_way(client: httpx.AsyncClient) -> None:
    await register(client)
    client.cookies.set(SESSION_COOKIE, "left-over")
    assert (await client.get("/api/v1/users/me")).status_code == 401
    login = await client.post("/api/v1/auth/login", json={"email": ANA["email"], "password": PASSWORD})
    assert login.status_code == 200


async def test_no_secret_stands_in_the_database(client: httpx.AsyncClient, house: House) -> None:
    answer = await client.post("/api/v1/auth/register", json=ANA)
    data = answer.json()["data"]
    async with house.unit(Actor.system("test")) as uow:
        user = (await uow.session.execute(select(User))).scalar_one()
        jobs = (await uow.session.execute(text("SELECT args::text FROM procrastinate_jobs"))).scalars().all()
    assert (user.password_hash or "").startswith("$2b$12$")
    rows = await house.database.fetch("SELECT cookie_hash, refresh_hash FROM auth_sessions")
    assert rows[0]["cookie_hash"] == token_hash(client.cookies[SESSION_COOKIE])
    assert rows[0]["refresh_hash"] == token_hash(data["refresh_token"])
    assert [set(json.loads(job)) for job in jobs] == [{"user_id"}]
