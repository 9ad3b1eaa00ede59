"""OWASP API Security Top 10 (2023): at least one attack a risk; each test names its risk."""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import httpx
import jwt
import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Route

from api.core.security import issue_access_token
from api.services.house import House
from models.base import utc_now
from models.users import Role
from tests.api.test_auth_limits import multiply
from tests.api.test_permissions import key_of, refused
from tests.conftest import SignIn
from tests.conversing import CONVERSATIONS, opened
from tests.people import PASSWORD, RIGHT, register

ME = "/api/v1/users/me"
NOWHERE = ("/api/v0/users", "/api/v2/users", "/api/users", "/internal", "/debug", "/metrics", "/.env", "/.git/config")


def _unsigned(claims: dict[str, object]) -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."


async def test_api1_objects_of_others_are_not_there(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    """API1:2023 Broken object level authorization: ids of others', tried by one with the same role."""
    owner, thief = await sign_in(Role.STAFF), await sign_in(Role.STAFF)
    body = {"name": "k", "scopes": ["vehicles:read"]}
    key = (await client.post("/api/v1/api-keys", json=body, headers=owner.headers)).json()["data"]
    conversation = await opened(client, owner)
    await client.post(
        f"{CONVERSATIONS}/{conversation['id']}/assign",
        json={"staff_id": str(owner.user.id)},
        headers=(await sign_in(Role.ADMIN)).headers,
    )
    (notice,) = (await client.get("/api/v1/notifications", headers=owner.headers)).json()["data"]
    for method, path in (
        ("DELETE", f"api-keys/{key['id']}"),
        ("PATCH", f"notifications/{notice['id']}/read"),
        ("DELETE", f"auth/sessions/{owner.actor.session_id}"),
    ):
        answer = await client.request(method, f"/api/v1/{path}", headers=thief.headers)
        assert refused(answer, 404, "not_found"), path
        assert (await client.request(method, f"/api/v1/{path}", headers=owner.headers)).status_code in {200, 204}


async def test_api2_no_forged_token_is_believed(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    """API2:2023 Broken authentication: no algorithm, another's key, another audience, a changed role, a past end."""
    person, admin = await sign_in(Role.USER), await sign_in(Role.ADMIN)
    good = person.headers["Authorization"].partition(" ")[2]
    claims = jwt.decode(good, options={"verify_signature": False})
    head, _, tail = good.split(".")
    promoted = base64.urlsafe_b64encode(json.dumps({**claims, "role": "admin"}).encode()).decode().rstrip("=")
    now = utc_now()
    key = house.settings.signing_key()
    forged = [
        _unsigned({**claims, "role": "admin"}),
        f"{head}.{promoted}.{tail}",
        jwt.encode(claims, "x" * 40, "HS256"),
        jwt.encode({**claims, "aud": "somebody-else"}, key, "HS256"),
        jwt.encode({**claims, "iss": "somebody-else"}, key, "HS256"),
        jwt.encode({name: value for name, value in claims.items() if name != "exp"}, key, "HS256"),
        issue_access_token(
            key, person.user.id, UUID(str(person.actor.session_id)), Role.USER, now - timedelta(hours=1)
        ),
    ]
    for token in forged:
        answer = await client.get(ME, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401, token
    lying = issue_access_token(key, person.user.id, UUID(str(person.actor.session_id)), Role.ADMIN, now)
    answer = await client.get("/api/v1/admin/audit", headers={"Authorization": f"Bearer {lying}"})
    assert refused(answer, 403, "forbidden"), "the role is the database's, whatever a token says"
    assert (await client.get(ME, headers=admin.headers)).status_code == 200


async def test_api2_guessing_a_password_ends(client: httpx.AsyncClient, house: House) -> None:
    """API2:2023 Broken authentication: 40 guesses at once are counted as surely as one after another."""
    await register(client)
    guesses = [{**RIGHT, "password": f"guess number {number}"} for number in range(40)]
    answers = await asyncio.gather(*(client.post("/api/v1/auth/login", json=guess) for guess in guesses))
    assert sum(answer.status_code == 401 for answer in answers) <= 10
    assert {answer.status_code for answer in answers} == {401, 429}


async def test_api3_what_is_not_offered_cannot_be_set_or_seen(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    """API3:2023 Broken object property level authorization: more than one's own is refused, secrets never shown."""
    person = await sign_in(Role.USER)
    for field, value in {
        "role": "admin",
        "status": "active",
        "email_verified": True,
        "age_verified": True,
        "password_hash": "x",
        "id": str(person.user.id),
    }.items():
        answer = await client.patch(ME, json={field: value}, headers=person.headers)
        assert refused(answer, 400, "validation_error"), field
        newcomer = {"email": "n@example.com", "username": "newcomer", "password": "tulips on the wall", field: value}
        assert (await client.post("/api/v1/auth/register", json=newcomer)).status_code == 400, field
    shown = (await client.get(ME, headers=person.headers)).json()["data"]
    assert shown["role"] == "user"
    assert not {"password_hash", "search", "words", "totp"} & set(shown)


async def test_api4_no_request_costs_without_end(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    """API4:2023 Unrestricted resource consumption: pages, bodies, nesting and searches are bounded."""
    staff = await sign_in(Role.STAFF)
    assert (await client.get(f"{CONVERSATIONS}?limit=101", headers=staff.headers)).status_code == 400
    huge = await client.post(CONVERSATIONS, content=b" " * (1024 * 1024 + 1), headers=staff.headers)
    assert refused(huge, 413, "payload_too_large")
    deep: object = "x"
    for _ in range(400):
        deep = {"a": deep}
    body = {"customer": {"name": "Ann"}, "source": "web", "metadata": deep}
    kind = {"Content-Type": "application/json"}
    raw = (
        '{"customer": {"name": "Ann"}, "source": "web", "metadata": ' + '{"a":' * 60_000 + "1" + "}" * 60_001
    ).encode()
    for content in (json.dumps(body).encode(), raw):
        answer = await client.post(CONVERSATIONS, content=content, headers={**staff.headers, **kind})
        assert answer.status_code == 400
    evil = "(a+)+$" * 20 + "%" * 60
    assert (await client.get(CONVERSATIONS, params={"q": evil}, headers=staff.headers)).status_code in {200, 400}


@pytest.mark.parametrize("role", [Role.USER, Role.CREATOR, Role.STAFF, Role.MODERATOR])
async def test_api5_nobody_rises_above_his_role(client: httpx.AsyncClient, sign_in: SignIn, role: Role) -> None:
    """API5:2023 Broken function level authorization: admin's functions, also by tricks with the method and the path."""
    person, other = await sign_in(role), await sign_in(Role.USER)
    path = f"/api/v1/users/{person.user.id}"
    assert refused(await client.patch(path, json={"role": "admin"}, headers=person.headers), 403, "forbidden")
    for trick in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        answer = await client.post(path, json={"role": "admin"}, headers={**person.headers, trick: "PATCH"})
        assert answer.status_code == 405
    for shape in ("/api/v1/admin/./audit", "/api/v1//admin/audit", "/api/v1/ADMIN/audit", "/api/v1/admin/audit/"):
        answer = await client.get(shape, headers=person.headers)
        assert answer.status_code in {403, 404}, shape
    for name in ("X-Original-URL", "X-Rewrite-URL"):
        answer = await client.get("/api/v1/", headers={**person.headers, name: "/api/v1/admin/audit"})
        assert "data" not in answer.json() or "docs" in answer.json()["data"]
    answer = await client.patch(f"/api/v1/users/{other.user.id}", json={"status": "active"}, headers=person.headers)
    assert refused(answer, 403, "forbidden")


async def test_api6_costly_flows_are_slowed_down(client: httpx.AsyncClient, house: House) -> None:
    """API6:2023 Unrestricted access to sensitive business flows: accounts and mails by the dozen."""
    await register(client)
    await multiply(house, "registration_address", 29)
    bot = {"email": "bot@example.com", "username": "bot", "password": PASSWORD}
    assert refused(await client.post("/api/v1/auth/register", json=bot), 429, "rate_limited")
    mails = [
        (await client.post("/api/v1/auth/password-reset", json={"email": "victim@example.com"})).status_code
        for _ in range(8)
    ]
    assert mails[-1] == 429
    assert mails.count(202) <= 5


@pytest.mark.parametrize(
    "url",
    ["https://169.254.169.254/latest/meta-data/", "https://localhost/", "https://[::ffff:127.0.0.1]/", "file:///etc"],
)
async def test_api7_our_server_fetches_nothing_inside(client: httpx.AsyncClient, sign_in: SignIn, url: str) -> None:
    """API7:2023 Server side request forgery: by a webhook's address, and by an XML document's entities.

    Redirects and names that change are in test_webhook_endpoints.py.
    """
    admin = await sign_in(Role.ADMIN)
    body = {"url": url, "events": ["message.created"]}
    assert (await client.post("/api/v1/webhook-endpoints", json=body, headers=admin.headers)).status_code == 400
    key = await key_of(client, admin, "conversations:write")
    entity = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{url}">]><adf><prospect>&x;</prospect></adf>'
    kind = {"Content-Type": "application/xml"}
    answer = await client.post("/api/v1/leads/adf", content=entity.encode(), headers={**key, **kind})
    assert answer.status_code == 400
    assert "DOCTYPE" in answer.text, "refused for its entities, not for what it lacks"


async def test_api8_nothing_is_told_and_nothing_is_open(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    """API8:2023 Security misconfiguration: headers, foreign origins, odd methods, and what a refusal tells."""
    staff = await sign_in(Role.STAFF)
    foreign = {**staff.headers, "Origin": "https://evil.example", "Access-Control-Request-Method": "DELETE"}
    for method in ("GET", "OPTIONS"):
        answer = await client.request(method, ME, headers=foreign)
        assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert (await client.request("TRACE", ME, headers=staff.headers)).status_code == 405
    answer = await client.get(ME, headers=staff.headers)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers
    for content in (b"\xff\xfe", b"{", b"[1,", b'{"a": NaN}'):
        told = await client.post(CONVERSATIONS, content=content, headers=staff.headers)
        assert told.status_code == 400
        for word in ("Traceback", "site-packages", "SELECT", "psycopg", "/work/", ".py"):
            assert word not in told.text


async def test_api9_there_is_no_route_that_the_document_does_not_know(api: FastAPI, client: httpx.AsyncClient) -> None:
    """API9:2023 Improper inventory management: no old version, no forgotten door."""

    def path_of(route: BaseRoute) -> str:
        return route.path if isinstance(route, Route) else ""

    known = set(api.openapi()["paths"])
    hidden = {path_of(route) for route in api.routes} - known - {""}
    assert hidden <= {"/", "/api/v1", "/api/v1/docs", "/api/v1/openapi.json", "/api/v1/{rest:path}"} | {
        path for path in hidden if path.startswith("/api/v1/docs")
    }
    for path in NOWHERE:
        assert (await client.get(path)).status_code == 404, path


async def test_api10_what_others_answer_is_taken_as_words(
    client: httpx.AsyncClient, sign_in: SignIn, run_jobs: Callable[[], Awaitable[None]]
) -> None:
    """API10:2023 Unsafe consumption of APIs: a partner's words with markup and commands are stored as typed, as text.

    Receivers of webhooks are in test_webhook_endpoints.py, language models in tests/integration/test_drafting.py.
    """
    admin = await sign_in(Role.ADMIN)
    key = await key_of(client, admin, "conversations:write", "conversations:read")
    words = "<script>alert(1)</script>'; DROP TABLE users; -- {{7*7}} ${jndi:ldap://x}"
    body = {"customer": {"name": "<b>Ann</b>"}, "source": "api", "message": {"content": words}}
    made = await client.post(CONVERSATIONS, json=body, headers=key)
    await run_jobs()
    thread = await client.get(made.headers["location"], headers=key)
    assert thread.headers["content-type"] == "application/json"
    assert thread.json()["data"]["messages"][0]["content"] == words
    assert (await client.get(ME, headers=admin.headers)).status_code == 200
