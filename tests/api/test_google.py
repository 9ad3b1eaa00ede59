"""Sign-in with Google, against a provider of our own: whose account it is, and everything that can be wrong."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr
from pyotp.totp import TOTP

from api.core.security import SESSION_COOKIE
from api.services.house import House
from models.users import Role
from tests.conftest import SignIn
from tests.fakes.openid_server import CLIENT_ID, CLIENT_SECRET, Faults, OpenIdServer
from tests.people import ANA, FORM_HEADERS, RIGHT, bearer, register

LOGIN, CALLBACK = "/api/v1/auth/google/login", "/api/v1/auth/google/callback"


@pytest.fixture
def google(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenIdServer]:
    """A provider that the house's settings name."""
    with OpenIdServer() as server:
        changes: dict[str, Any] = {
            "google_client_id": CLIENT_ID,
            "google_client_secret": SecretStr(CLIENT_SECRET),
            "google_discovery_url": server.discovery,
        }
        monkeypatch.setattr(house, "settings", house.settings.model_copy(update=changes))
        yield server


async def go(client: httpx.AsyncClient, google: OpenIdServer, **query: str) -> httpx.Response:
    """Go to the provider, say yes, and come back."""
    there = await client.get(LOGIN, params=query)
    assert there.status_code == 303, there.text
    return await client.get(f"{CALLBACK}?{google.consent(there.headers['location'])}")


async def me(client: httpx.AsyncClient) -> dict[str, Any]:
    """Return who is signed in by the cookie."""
    return (await client.get("/api/v1/users/me")).json()["data"]


async def test_without_settings_there_is_no_google(client: httpx.AsyncClient) -> None:
    for path in (LOGIN, CALLBACK):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_new_person_gets_an_account_and_keeps_it(client: httpx.AsyncClient, google: OpenIdServer) -> None:
    answer = await go(client, google, next="/profile")
    assert (answer.status_code, answer.headers["location"]) == (303, "/profile")
    first = await me(client)
    assert (first["email"], first["display_name"]) == ("ana.lopez@example.com", "Ana López")
    assert (first["email_verified"], first["role"]) == (True, "user")
    assert first["username"].startswith("ana_lopez_")
    client.cookies.clear()
    google.person.email = "moved@example.com"
    await go(client, google)
    assert (await me(client))["id"] == first["id"]
    login = {"email": "ana.lopez@example.com", "password": "anything at all"}
    assert (await client.post("/api/v1/auth/login", json=login)).status_code == 401


async def test_a_verified_email_links_to_its_account(
    client: httpx.AsyncClient, google: OpenIdServer, sign_in: SignIn
) -> None:
    known = await sign_in(Role.STAFF, email="Ana.Lopez@Example.com")
    await go(client, google)
    found = await me(client)
    assert (found["id"], found["role"]) == (str(known.user.id), "staff")
    assert (await client.get("/api/v1/users/me", headers=known.headers)).status_code == 200


async def test_an_account_prepared_by_somebody_else_is_emptied_before_it_is_linked(
    client: httpx.AsyncClient, google: OpenIdServer
) -> None:
    stranger = await register(client)
    body = {"name": "k", "scopes": ["vehicles:read"]}
    key = (await client.post("/api/v1/api-keys", json=body, headers=bearer(stranger))).json()["data"]["secret"]
    await go(client, google)
    assert (await me(client))["email_verified"] is True
    client.cookies.clear()
    assert (await client.get("/api/v1/users/me", headers=bearer(stranger))).status_code == 401
    assert (await client.get("/api/v1/vehicles", headers={"X-API-Key": key})).status_code == 401
    assert (await client.post("/api/v1/auth/login", json=RIGHT)).status_code == 401


async def test_an_unverified_email_links_to_nothing(client: httpx.AsyncClient, google: OpenIdServer) -> None:
    await register(client)
    google.person.email_verified = False
    answer = await go(client, google)
    assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")
    google.person.email = "other@example.com"
    assert (await go(client, google)).status_code == 303
    assert (await me(client))["email_verified"] is False


@pytest.mark.parametrize(
    "faults",
    [
        Faults(claims={"nonce": "another one's"}),
        Faults(claims={"aud": "another.example"}),
        Faults(claims={"iss": "http://another.example"}),
        Faults(claims={"exp": 1}),
        Faults(claims={"email": None}),
        Faults(foreign_key=True),
    ],
)
async def test_a_word_that_does_not_hold_signs_nobody_in(
    client: httpx.AsyncClient, house: House, google: OpenIdServer, faults: Faults
) -> None:
    google.faults = faults
    answer = await go(client, google)
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_credentials")
    assert SESSION_COOKIE not in client.cookies
    assert await house.database.fetch("SELECT 1 FROM users") == []


@pytest.mark.parametrize(
    "metadata", [{"issuer": "https://accounts.google.com"}, {"issuer": None}, {"token_endpoint": 7}, ["issuer"]]
)
async def test_a_provider_that_gives_itself_out_for_another_is_asked_nothing(
    client: httpx.AsyncClient, google: OpenIdServer, metadata: Any
) -> None:
    there = await client.get(LOGIN)
    query = google.consent(there.headers["location"])
    google.faults = Faults(metadata=metadata)
    for path in (f"{CALLBACK}?{query}", LOGIN):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (503, "upstream_unavailable")
    assert google.tokens_asked == 0


async def test_a_provider_that_is_down_is_said_to_be(client: httpx.AsyncClient, google: OpenIdServer) -> None:
    google.faults = Faults(token_status=503)
    answer = await go(client, google)
    assert (answer.status_code, answer.json()["code"]) == (503, "upstream_unavailable")
    there = await client.get(LOGIN)
    query = google.consent(there.headers["location"])
    google.refuse()
    for path in (f"{CALLBACK}?{query}", LOGIN):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (503, "upstream_unavailable")


async def test_a_state_is_its_own_browsers_and_good_once(client: httpx.AsyncClient, google: OpenIdServer) -> None:
    there = await client.get(LOGIN)
    query = google.consent(there.headers["location"])
    mine = list(client.cookies.jar)
    client.cookies.clear()
    answer = await client.get(f"{CALLBACK}?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "query.state")
    for cookie in mine:
        client.cookies.jar.set_cookie(cookie)
    forged = await client.get(CALLBACK, params={"state": "guessed", "code": "x"})
    assert forged.status_code == 400
    assert google.tokens_asked == 0
    assert (await client.get(f"{CALLBACK}?{query}")).status_code == 303
    assert (await client.get(f"{CALLBACK}?{query}")).status_code == 400
    other = await client.get(LOGIN)
    state = parse_qs(urlsplit(other.headers["location"]).query)["state"][0]
    spent = parse_qs(query)["code"][0]
    assert (await client.get(CALLBACK, params={"state": state, "code": spent})).status_code == 401


async def test_a_browser_is_sent_back_to_the_sign_in_page(client: httpx.AsyncClient, google: OpenIdServer) -> None:
    browser = {"Accept": "text/html"}
    await client.get(LOGIN, params={"next": "//evil.example"})
    answer = await client.get(CALLBACK, params={"error": "access_denied", "state": "x"}, headers=browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?error=invalid_credentials")
    assert SESSION_COOKIE not in client.cookies
    assert (await go(client, google, next="//evil.example")).headers["location"] == "/"


async def test_the_suspended_and_the_deleted_stay_out(
    client: httpx.AsyncClient, google: OpenIdServer, sign_in: SignIn
) -> None:
    await go(client, google)
    person = await me(client)
    client.cookies.clear()
    admin = await sign_in(Role.ADMIN)
    body = {"status": "suspended", "reason": "spam"}
    await client.patch(f"/api/v1/users/{person['id']}", json=body, headers=admin.headers)
    answer = await go(client, google)
    assert (answer.status_code, answer.json()["code"]) == (403, "account_suspended")
    assert (await client.delete(f"/api/v1/users/{person['id']}", headers=admin.headers)).status_code == 204
    client.cookies.clear()
    assert (await go(client, google)).status_code == 303
    assert (await me(client))["id"] != person["id"]


async def test_the_second_factor_is_asked_for_after_google(client: httpx.AsyncClient, google: OpenIdServer) -> None:
    await go(client, google)
    enrolled = await client.post("/api/v1/auth/totp/enroll", headers=FORM_HEADERS)
    clock = TOTP(enrolled.json()["data"]["secret"])
    confirmed = await client.post("/api/v1/auth/totp/confirm", json={"code": clock.now()}, headers=FORM_HEADERS)
    code = confirmed.json()["data"]["recovery_codes"][0]
    client.cookies.clear()
    answer = await go(client, google)
    assert answer.headers["location"].startswith("/login?error=totp_required")
    assert SESSION_COOKIE not in client.cookies
    path = "/api/v1/auth/google/totp"
    foreign = await client.post(path, json={"code": code})
    assert (foreign.status_code, foreign.json()["code"]) == (403, "csrf_failed")
    wrong = await client.post(path, json={"code": "000000"}, headers=FORM_HEADERS)
    assert (wrong.status_code, wrong.json()["code"]) == (401, "invalid_credentials")
    right = await client.post(path, json={"code": code}, headers=FORM_HEADERS)
    assert (right.status_code, (await me(client))["email"]) == (200, "ana.lopez@example.com")
    client.cookies.clear()
    alone = await client.post(path, json={"code": code}, headers=FORM_HEADERS)
    assert (alone.status_code, alone.json()["code"]) == (401, "unauthorized")


async def test_who_has_no_password_proves_himself_by_a_fresh_sign_in(
    client: httpx.AsyncClient, house: House, google: OpenIdServer
) -> None:
    await go(client, google)
    async with house.database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE auth_sessions SET created_at = created_at - interval '5 minutes 1 s'")
    wanted = {"new_password": ANA["password"]}
    stale = await client.post("/api/v1/auth/password", json=wanted, headers=FORM_HEADERS)
    assert (stale.status_code, stale.json()["code"]) == (401, "invalid_credentials")
    await go(client, google)
    assert (await client.post("/api/v1/auth/password", json=wanted, headers=FORM_HEADERS)).status_code == 204
    client.cookies.clear()
    login = {"email": "ana.lopez@example.com", "password": ANA["password"]}
    assert (await client.post("/api/v1/auth/login", json=login)).status_code == 200


def carry(client: httpx.AsyncClient, cookie: str) -> None:
    """Let the browser have this session's cookie and no other."""
    client.cookies.clear()
    client.cookies.set(SESSION_COOKIE, cookie, domain="localhost.local")


async def test_a_sign_in_with_google_ends_the_session_that_the_browser_had(
    client: httpx.AsyncClient, google: OpenIdServer, sign_in: SignIn
) -> None:
    """Whoever's it was, its streams and screens end with it; a sign-in that fails ends nothing."""
    before = await sign_in(Role.STAFF)
    carry(client, before.cookie)
    google.faults = Faults(foreign_key=True)
    assert (await go(client, google)).status_code == 401
    assert (await me(client))["id"] == str(before.user.id)
    google.faults = Faults()
    assert (await go(client, google)).status_code == 303
    assert (await me(client))["id"] != str(before.user.id)
    first = client.cookies[SESSION_COOKIE]
    await go(client, google)
    assert client.cookies[SESSION_COOKIE] != first
    for cookie in (before.cookie, first):
        carry(client, cookie)
        assert (await client.get("/api/v1/users/me")).status_code == 401


async def test_the_browsers_session_stands_until_the_second_factor_is_brought(
    client: httpx.AsyncClient, google: OpenIdServer, sign_in: SignIn
) -> None:
    await go(client, google)
    enrolled = await client.post("/api/v1/auth/totp/enroll", headers=FORM_HEADERS)
    clock = TOTP(enrolled.json()["data"]["secret"])
    confirmed = await client.post("/api/v1/auth/totp/confirm", json={"code": clock.now()}, headers=FORM_HEADERS)
    code = confirmed.json()["data"]["recovery_codes"][0]
    before = await sign_in(Role.STAFF)
    carry(client, before.cookie)
    await go(client, google)
    assert (await me(client))["id"] == str(before.user.id)
    path = "/api/v1/auth/google/totp"
    assert (await client.post(path, json={"code": code}, headers=FORM_HEADERS)).status_code == 200
    carry(client, before.cookie)
    assert (await client.get("/api/v1/users/me")).status_code == 401
