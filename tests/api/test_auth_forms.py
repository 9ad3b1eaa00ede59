"""The forms of the screens: 303, same origin, `next` within this site."""

import httpx
import pytest

from api.core.security import SESSION_COOKIE
from models.users import Role
from tests.conftest import BASE, SignIn
from tests.people import ANA, FORM_HEADERS, PASSWORD, register


async def test_forms_sign_in_by_303(client: httpx.AsyncClient) -> None:
    form = {**ANA, "next": "/conversations?id=1"}
    answer = await client.post("/api/v1/auth/register", data=form, headers=FORM_HEADERS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/conversations?id=1")
    assert client.cookies[SESSION_COOKIE]
    answer = await client.post("/api/v1/auth/logout", data={"next": "/login"}, headers=FORM_HEADERS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert SESSION_COOKIE not in client.cookies
    login = {"email": ANA["email"], "password": PASSWORD}
    answer = await client.post("/api/v1/auth/login", data=login, headers={"Origin": BASE})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (await client.get("/api/v1/users/me")).status_code == 200


async def test_signing_out_by_form_ends_the_session(client: httpx.AsyncClient) -> None:
    await client.post("/api/v1/auth/register", data=ANA, headers=FORM_HEADERS)
    cookie = client.cookies[SESSION_COOKIE]
    assert (await client.get("/api/v1/users/me")).status_code == 200
    foreign = await client.post("/api/v1/auth/logout", data={"x": "y"}, headers={"Origin": "https://evil.example"})
    assert foreign.headers["location"] == "/login?error=csrf_failed"
    assert (await client.get("/api/v1/users/me")).status_code == 200
    await client.post("/api/v1/auth/logout", data={"x": "y"}, headers=FORM_HEADERS)
    assert (await client.get("/api/v1/users/me", cookies={SESSION_COOKIE: cookie})).status_code == 401


@pytest.mark.parametrize(
    ("path", "form", "location"),
    [
        ("login", {"email": "x@example.com", "password": "wrong"}, "/login?error=invalid_credentials"),
        ("login", {"email": "x@example.com"}, "/login?error=validation_error&field=password"),
        (
            "login",
            {"email": "x@example.com", "password": "wrong", "next": "/vehicles?q=a&b"},
            "/login?error=invalid_credentials&next=%2Fvehicles%3Fq%3Da%26b",
        ),
        ("register", {**ANA, "password": "password123"}, "/register?error=validation_error&field=password"),
        ("register", {**ANA, "role": "admin"}, "/register?error=validation_error&field=role"),
    ],
)
async def test_a_refused_form_goes_back_with_its_code(
    client: httpx.AsyncClient, path: str, form: dict[str, str], location: str
) -> None:
    answer = await client.post(f"/api/v1/auth/{path}", data=form, headers=FORM_HEADERS)
    assert (answer.status_code, answer.headers["location"]) == (303, location)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "wanted",
    [
        *("//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)"),
        *("/\t/evil.example", "/\n/evil.example", " //evil.example", "evil.example", "/a\r\nSet-Cookie: x=y"),
        *("/.//evil.example", "/%2e//evil.example", "/a/..//evil.example"),
    ],
)
async def test_next_leads_nowhere_but_here(client: httpx.AsyncClient, wanted: str) -> None:
    answer = await client.post("/api/v1/auth/register", data={**ANA, "next": wanted}, headers=FORM_HEADERS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
async def test_a_form_on_another_site_signs_nobody_in(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    await register(client)
    login = {"email": ANA["email"], "password": PASSWORD}
    answer = await client.post("/api/v1/auth/login", data=login, headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?error=csrf_failed")
    assert SESSION_COOKIE not in client.cookies


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", ""])
async def test_other_content_types_are_refused(client: httpx.AsyncClient, kind: str) -> None:
    answer = await client.post("/api/v1/auth/login", content=b"{}", headers={"Content-Type": kind} if kind else {})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("path", ["auth/refresh", "auth/verify-email", "api-keys"])
async def test_other_routes_refuse_forms(client: httpx.AsyncClient, path: str, sign_in: SignIn) -> None:
    person = await sign_in(Role.USER)
    answer = await client.post(f"/api/v1/{path}", data={"token": "x", "name": "x"}, headers=person.headers)
    assert answer.status_code == 415


async def test_signing_out_takes_no_other_body(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    person = await sign_in(Role.USER)
    headers = {**person.headers, "Content-Type": "text/plain"}
    answer = await client.post("/api/v1/auth/logout", content=b"x", headers=headers)
    assert answer.status_code == 415
    assert (await client.get("/api/v1/users/me", headers=person.headers)).status_code == 200
