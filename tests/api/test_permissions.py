"""HTTP: every route of the OpenAPI document, against everybody who may knock; a route without a line here fails."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.openapi import KEY_SCOPES
from api.policy import ROUTES
from api.services.house import House
from models.platform import Scope
from models.users import Role
from tests.conftest import BASE, SignedIn, SignIn

NOTHING = "0190c0de-0000-7000-8000-000000000000"
NO_PICTURE = b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\n.\r\n--x--\r\n'
ADF = b"<?xml version='1.0'?><adf/>"


@dataclass(frozen=True)
class Door:
    """Who may pass, and with what body."""

    who: frozenset[Role | None]
    body: Any = None
    content_type: str = "application/json"


WORDS = {"content": "Hello", "sender": "customer"}
CAR = {"stock_number": "A1", "make": "Toyota", "model": "Camry"}
NEWCOMER = {"email": "new@example.com", "username": "newcomer", "password": "correct horse battery staple"}
SAMPLES = {"{job_id}": "1", "{name}": "nothing"}
BODIES: dict[str, tuple[Any, ...]] = {
    "POST /auth/register": (NEWCOMER,),
    "POST /auth/login": ({"email": 5},),
    "POST /auth/refresh": ({"refresh_token": 5},),
    "POST /auth/verify-email": ({"token": "unknown"},),
    "POST /auth/password-reset": ({"email": "new@example.com"},),
    "POST /auth/password-reset/confirm": ({"token": "unknown", "password": NEWCOMER["password"]},),
    "POST /auth/password": ({"new_password": NEWCOMER["password"]},),
    "POST /auth/totp/confirm": ({"code": "000000"},),
    "POST /auth/totp/recovery-codes": ({},),
    "DELETE /auth/totp": ({},),
    "POST /auth/google/totp": ({"code": 5},),
    "PATCH /users/me": ({"bio": "me"},),
    "DELETE /users/me": ({},),
    "PUT /users/me/avatar": (NO_PICTURE, "multipart/form-data; boundary=x"),
    "POST /users/verify-age": ({"date_of_birth": "1990-01-31"},),
    "PATCH /users/{user_id}": ({"role": "staff"},),
    "POST /api-keys": ({"name": "k", "scopes": ["vehicles:read"]},),
    "POST /conversations": ({"customer": {"name": "Ann"}, "source": "web"},),
    "PATCH /conversations/{conversation_id}": ({"priority": "low"},),
    "POST /conversations/{conversation_id}/read": ({"last_read_message_id": NOTHING},),
    "POST /conversations/{conversation_id}/assign": ({"staff_id": None},),
    "POST /conversations/{conversation_id}/messages": (WORDS,),
    "POST /messages/{message_id}/feedback": ({"rating": 5},),
    "POST /messages/{message_id}/check": ({"content": "Hello"},),
    "PATCH /customers/{customer_id}": ({"name": "Ann"},),
    "POST /canned-responses": ({"title": "Hi", "content": "Hello"},),
    "PATCH /canned-responses/{response_id}": ({"title": "Hi"},),
    "PUT /dealership": ({"name": "Harbor Motors"},),
    "POST /vehicles": (CAR,),
    "POST /vehicles/import": (b"stock_number,make,model\r\n", "text/csv"),
    "PATCH /vehicles/{vehicle_id}": ({"trim": "XLE"},),
    "POST /leads/adf": (ADF, "application/xml"),
    "POST /webhook-endpoints": ({"url": "https://hooks.example.com/in", "events": ["message.created"]},),
    "PATCH /webhook-endpoints/{endpoint_id}": ({"description": "x"},),
    "PATCH /admin/flags/{name}": ({"enabled": False},),
}
DOORS = {name: Door(access.who, *BODIES.get(name, ())) for name, access in ROUTES.items()}
PUBLIC = [name for name, door in DOORS.items() if None in door.who]
GUARDED = [name for name, door in DOORS.items() if None not in door.who]


def operations(api: FastAPI) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each operation of the document as `METHOD /path` below the base."""
    for path, methods in api.openapi()["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path.removeprefix('/api/v1')}", operation


def path_of(name: str) -> str:
    """Return a door's path with ids of nothing."""
    parts = name.partition(" ")[2].split("/")
    return "/api/v1" + "/".join(SAMPLES.get(part, NOTHING) if part.startswith("{") else part for part in parts)


async def knock(client: httpx.AsyncClient, name: str, headers: dict[str, str]) -> httpx.Response:
    """Try a door with a body that it takes."""
    door, sent = DOORS[name], dict(headers)
    content: dict[str, Any] = {}
    if isinstance(door.body, bytes):
        content, sent["Content-Type"] = {"content": door.body}, door.content_type
    elif door.body is not None:
        content = {"json": door.body}
    return await client.request(name.partition(" ")[0], path_of(name), headers=sent, **content)


def refused(answer: httpx.Response, status: int, code: str) -> bool:
    """Tell whether an answer is this refusal, as problem+json."""
    if answer.status_code != status or answer.headers["content-type"] != "application/problem+json":
        return False
    problem = answer.json()
    same_id = problem["request_id"] == answer.headers["x-request-id"]
    return problem["code"] == code and problem["status"] == status and same_id


def test_every_route_has_its_door(api: FastAPI) -> None:
    assert {name for name, _ in operations(api)} == set(DOORS)


@pytest.mark.parametrize("name", GUARDED)
async def test_nobody_gets_in_unsigned(client: httpx.AsyncClient, name: str) -> None:
    for headers in ({}, {"Authorization": "Basic YTpi"}):
        answer = await knock(client, name, headers)
        assert refused(answer, 401, "unauthorized"), answer.text
        assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_nobody_learns_what_a_request_should_be(client: httpx.AsyncClient) -> None:
    for name in GUARDED:
        path = path_of(name).replace(NOTHING, "no-id")
        answer = await client.request(name.partition(" ")[0], path, params={"limit": "x"})
        assert refused(answer, 401, "unauthorized"), f"{name}: {answer.text}"


@pytest.mark.parametrize(
    "proof", [{"Authorization": "Bearer x.y.z"}, {"Authorization": "Bearer"}, {"X-API-Key": "dsk_x"}]
)
async def test_a_proof_that_does_not_hold_is_refused_everywhere(
    client: httpx.AsyncClient, proof: dict[str, str]
) -> None:
    for name in [*GUARDED, "GET /status"]:
        answer = await knock(client, name, proof)
        assert refused(answer, 401, "unauthorized"), f"{name}: {answer.text}"


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_gets_in_where_it_may_and_nowhere_else(
    client: httpx.AsyncClient, sign_in: SignIn, role: Role
) -> None:
    await sign_in(Role.ADMIN)
    for name, door in DOORS.items():
        answer = await knock(client, name, (await sign_in(role)).headers)
        if role in door.who:
            assert answer.status_code in {200, 201, 202, 204, 400, 404}, f"{name}: {answer.text}"
        else:
            assert refused(answer, 403, "forbidden"), f"{name}: {answer.text}"


async def test_a_suspended_admin_gets_in_nowhere(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin, suspended = await sign_in(Role.ADMIN), await sign_in(Role.ADMIN)
    assert (await client.get("/api/v1/users/me", headers=suspended.headers)).status_code == 200
    cookie = {"Cookie": f"dealsmart_session={suspended.cookie}", "Sec-Fetch-Site": "same-origin"}
    key = await key_of(client, suspended, *Scope)
    path = f"/api/v1/users/{suspended.user.id}"
    done = await client.patch(path, json={"status": "suspended", "reason": "test"}, headers=admin.headers)
    assert done.status_code == 200
    for name in GUARDED:
        for proof in (suspended.headers, key, cookie):
            answer = await knock(client, name, proof)
            if proof is cookie and answer.status_code == 401:
                continue
            assert refused(answer, 403, "account_suspended") or answer.status_code == 401, f"{name}: {answer.text}"
    for name in PUBLIC:
        if name != "GET /status":
            assert (await knock(client, name, suspended.headers)).status_code not in {401, 403}, name


async def key_of(client: httpx.AsyncClient, owner: SignedIn, *scopes: str) -> dict[str, str]:
    """Make a key of an owner and return its header."""
    body = {"name": "k", "scopes": list(scopes)}
    answer = await client.post("/api/v1/api-keys", json=body, headers=owner.headers)
    assert answer.status_code == 201, answer.text
    return {"X-API-Key": answer.json()["data"]["secret"]}


async def test_a_key_with_every_scope_gets_in_where_keys_may_and_nowhere_else(
    client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    key = await key_of(client, await sign_in(Role.ADMIN), *Scope)
    for name in GUARDED:
        answer = await knock(client, name, key)
        if name in KEY_SCOPES:
            assert answer.status_code in {200, 201, 204, 400, 404}, f"{name}: {answer.text}"
        else:
            assert refused(answer, 403, "insufficient_scope"), f"{name}: {answer.text}"


@pytest.mark.parametrize("scope", list(Scope))
async def test_one_scope_opens_its_doors_only(client: httpx.AsyncClient, sign_in: SignIn, scope: Scope) -> None:
    key = await key_of(client, await sign_in(Role.ADMIN), scope)
    for name in GUARDED:
        answer = await knock(client, name, key)
        opens = KEY_SCOPES.get(name) == scope and name != "GET /conversations/{conversation_id}/events"
        assert refused(answer, 403, "insufficient_scope") is not opens, f"{name}: {answer.text}"


async def test_a_key_never_exceeds_its_owner(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    for role in (Role.USER, Role.CREATOR, Role.MODERATOR, Role.STAFF):
        key = await key_of(client, await sign_in(role), *Scope)
        for name in KEY_SCOPES:
            answer = await knock(client, name, key)
            if role not in DOORS[name].who:
                assert refused(answer, 403, "forbidden"), f"{role} {name}: {answer.text}"
            else:
                assert answer.status_code not in {401, 403}, f"{role} {name}: {answer.text}"


async def test_a_demoted_owners_key_and_token_lose_what_he_lost(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin, owner = await sign_in(Role.ADMIN), await sign_in(Role.STAFF)
    key = await key_of(client, owner, *Scope)
    assert (await client.get("/api/v1/conversations", headers=key)).status_code == 200
    assert (await client.get("/api/v1/conversations", headers=owner.headers)).status_code == 200
    await client.patch(f"/api/v1/users/{owner.user.id}", json={"role": "user"}, headers=admin.headers)
    for proof in (key, owner.headers):
        answer = await client.get("/api/v1/conversations", headers=proof)
        assert answer.status_code in {401, 403}, answer.text


async def test_a_key_speaks_for_customers_and_never_for_staff(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    key = await key_of(client, await sign_in(Role.ADMIN), *Scope)
    body = {"customer": {"name": "Ann"}, "source": "web", "message": {"content": "Hello"}}
    made = (await client.post("/api/v1/conversations", json=body, headers=key)).json()["data"]
    path = f"/api/v1/conversations/{made['id']}/messages"
    for words in ({"sender": "staff"}, {"sender": "staff", "internal": True}):
        answer = await client.post(path, json={"content": "As staff", **words}, headers=key)
        assert refused(answer, 403, "insufficient_scope"), answer.text
    assert (await client.post(path, json=WORDS, headers=key)).status_code == 201
    assert (await client.post(path, json={"content": "x", "sender": "ai"}, headers=key)).status_code == 400


UNSAFE = [name for name in GUARDED if not name.startswith("GET ")]
FOREIGN: list[dict[str, str]] = [
    {},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": f"{BASE}.evil.example"},
    {"Origin": BASE.replace("http", "https")},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Referer": f"{BASE}/inbox"},
]


@pytest.mark.parametrize("name", UNSAFE)
async def test_the_cookie_alone_writes_nothing_from_elsewhere(
    client: httpx.AsyncClient, sign_in: SignIn, name: str
) -> None:
    person = await sign_in(Role.ADMIN)
    cookie = {"Cookie": f"dealsmart_session={person.cookie}"}
    for origin in FOREIGN:
        answer = await knock(client, name, cookie | origin)
        assert refused(answer, 403, "csrf_failed"), f"{origin}: {answer.text}"


async def test_the_cookie_reads_from_anywhere_and_writes_from_our_own_pages(
    client: httpx.AsyncClient, house: House, sign_in: SignIn
) -> None:
    person = await sign_in(Role.STAFF)
    cookie = {"Cookie": f"dealsmart_session={person.cookie}"}
    assert (await client.get("/api/v1/users/me", headers=cookie)).status_code == 200
    for own in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": house.settings.public_url}):
        answer = await knock(client, "POST /conversations", cookie | own)
        assert answer.status_code == 201, answer.text
    beside = {**person.headers, **cookie, "Origin": "https://evil.example"}
    assert (await knock(client, "POST /conversations", beside)).status_code == 201


async def test_other_methods_are_refused_with_what_is_allowed(api: FastAPI, client: httpx.AsyncClient) -> None:
    offered: dict[str, set[str]] = {}
    for name in DOORS:
        offered.setdefault(path_of(name), set()).add(name.partition(" ")[0])
    for path, methods in offered.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} - methods:
            answer = await client.request(method, path)
            if path.endswith(("/users/me", "/users/search", "/users/verify-age")) or "/vehicles/import" in path:
                assert answer.status_code in {401, 405}
                continue
            assert refused(answer, 405, "method_not_allowed"), f"{method} {path}: {answer.text}"
            allowed = {word.strip() for word in answer.headers["allow"].split(",")}
            assert allowed - {"HEAD"} == methods, f"{method} {path}"


@pytest.mark.parametrize(
    "path",
    ["nothing", "conversationss", "conversations/", "users/me/", f"conversations/{NOTHING}/nothing", "docs/x", "v2"],
)
async def test_what_is_not_there_is_404_for_every_method(client: httpx.AsyncClient, path: str) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        answer = await client.request(method, f"/api/v1/{path}")
        assert refused(answer, 404, "not_found"), f"{method}: {answer.status_code} {answer.text}"
