"""HTTP: conventions of every route: envelopes, headers, times, tags, idempotency, audit, the OpenAPI document."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.core.settings import Environment, Settings
from api.main import create_api
from api.services.house import House
from models.notifications import Notification
from models.users import Role
from tests.api.test_conversations import CONVERSATIONS, opened, say
from tests.api.test_permissions import DOORS, NEWCOMER, NOTHING, PUBLIC, key_of, operations
from tests.conftest import BASE, SignedIn, SignIn

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
LIKE_A_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
NO_ENVELOPE = {"GET /conversations/{conversation_id}/events"}


def leaves(value: Any) -> Iterator[Any]:
    """Yield every text, number and truth value within a JSON value."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from leaves(part)
    else:
        yield value


async def furnished(client: httpx.AsyncClient, house: House, admin: SignedIn, sign_in: SignIn) -> dict[str, str]:
    """Make one of everything and return their ids by the names that paths give them."""
    headers = admin.headers
    hook = {"url": "https://hooks.example.com/in", "events": ["message.created"]}
    endpoint = (await client.post("/api/v1/webhook-endpoints", json=hook, headers=headers)).json()["data"]
    await client.patch("/api/v1/admin/flags/trial", json={}, headers=headers)
    made = await opened(client, admin, labels=["vip"])
    told = await client.get(f"/api/v1/webhook-endpoints/{endpoint['id']}/deliveries", headers=headers)
    jobs = (await client.get("/api/v1/admin/jobs", headers=headers)).json()["data"]
    path = f"{CONVERSATIONS}/{made['id']}"
    colleague = await sign_in(Role.STAFF)
    await client.patch(path, json={"snoozed_until": "2099-01-01T00:00:00Z"}, headers=headers)
    draft = (await client.post(f"{path}/ai-suggest", headers=headers)).json()["data"]
    car = await client.post(
        "/api/v1/vehicles", json={"stock_number": "B2", "make": "Kia", "model": "Soul"}, headers=headers
    )
    body = {"title": "Hours", "content": "Nine to seven."}
    canned = await client.post("/api/v1/canned-responses", json=body, headers=headers)
    key = await client.post("/api/v1/api-keys", json={"name": "k", "scopes": ["vehicles:read"]}, headers=headers)
    async with house.unit(admin.actor) as uow:
        notice = Notification(user_id=admin.user.id, kind="test", title="Hello", body="", link="/inbox")
        await uow.notifications.add(notice)
    await client.put("/api/v1/dealership", json={"name": "Harbor Motors"}, headers=headers)
    return {
        "endpoint_id": endpoint["id"],
        "delivery_id": told.json()["data"][0]["id"],
        "job_id": str(jobs[0]["id"]),
        "name": "trial",
        "conversation_id": made["id"],
        "message_id": draft["id"],
        "customer_id": made["customer"]["id"],
        "vehicle_id": car.json()["data"]["id"],
        "response_id": canned.json()["data"]["id"],
        "key_id": key.json()["data"]["id"],
        "notification_id": str(notice.id),
        "user_id": str(colleague.user.id),
        "session_id": str((await sign_in(Role.ADMIN)).actor.session_id),
        "last_message_id": made["last_message"]["id"],
    }


BODIES: dict[str, Any] = {
    "POST /messages/{message_id}/accept": lambda _: {"acknowledge_flags": True},
    "POST /conversations/{conversation_id}/assign": lambda ids: {"staff_id": ids["user_id"]},
    "POST /conversations/{conversation_id}/read": lambda ids: {"last_read_message_id": ids["last_message_id"]},
}
LAST = ("logout", "DELETE /conv", "DELETE /cust", "DELETE /", "ai-suggest", "old-secret")
ELSEWHERE = {"POST /auth/login", "POST /auth/refresh", "POST /auth/verify-email", "POST /leads/adf"}
ELSEWHERE |= {f"POST /auth/{path}" for path in ("password-reset/confirm", "password", "totp/enroll", "totp/confirm")}
ELSEWHERE |= {"POST /auth/totp/recovery-codes"}
ELSEWHERE |= {"DELETE /auth/totp", "GET /auth/google/login", "GET /auth/google/callback", "POST /auth/google/totp"}
ELSEWHERE |= {
    "GET /admin/ai/cases/{message_id}",
    "DELETE /users/me",
    "PUT /users/me/avatar",
    "GET /media/{folder}/{name}",
}
ELSEWHERE |= {"POST /messages/{message_id}/reject", "DELETE /auth/sessions/{session_id}", *NO_ENVELOPE}


def in_order(names: list[str]) -> list[str]:
    """Return routes so that what deletes comes after what reads."""
    return sorted(names, key=lambda name: next((n for n, mark in enumerate(reversed(LAST), 1) if mark in name), 0))


async def test_every_route_answers_as_the_document_says(
    api: FastAPI, client: httpx.AsyncClient, house: House, sign_in: SignIn
) -> None:
    admin = await sign_in(Role.ADMIN)
    ids = await furnished(client, house, admin, sign_in)
    documented = dict(operations(api))
    for name in in_order([name for name in DOORS if name not in ELSEWHERE]):
        method, _, path = name.partition(" ")
        url = "/api/v1" + path.format_map(ids)
        body = BODIES[name](ids) if name in BODIES else DOORS[name].body
        sent: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body} if body else {}
        kind = {"Content-Type": DOORS[name].content_type} if isinstance(body, bytes) else {}
        headers = {**({} if name in PUBLIC else admin.headers), **kind, "X-Request-ID": "kept-as-it-is"}
        answer = await client.request(method, url, headers=headers, **sent)
        success = min(status for status in documented[name]["responses"] if status.startswith("2"))
        assert str(answer.status_code) == success, f"{name}: {answer.status_code} {answer.text}"
        check_success(name, answer)


def check_success(name: str, answer: httpx.Response) -> None:
    """Assert what holds for every success."""
    assert answer.headers["x-request-id"] == "kept-as-it-is", name
    assert answer.headers["x-content-type-options"] == "nosniff", name
    if answer.status_code == 204:
        assert answer.content == b"", name
        return
    assert answer.headers["content-type"] == "application/json", name
    body = answer.json()
    assert set(body) in ({"data"}, {"data", "meta"}), name
    assert isinstance(body["data"], list) == ("meta" in body), name
    if "meta" in body:
        assert set(body["meta"]) == {"limit", "next_cursor", "has_more", "total"}, name
        assert body["meta"]["total"] is None, name
    if answer.status_code == 201:
        assert answer.headers["location"].startswith("/api/v1/"), name
        if "id" in body["data"]:
            assert UUID7.fullmatch(body["data"]["id"]), name
    for leaf in leaves(body):
        if isinstance(leaf, str) and LIKE_A_STAMP.match(leaf):
            assert STAMP.fullmatch(leaf), f"{name}: {leaf}"


async def test_a_location_leads_to_what_was_made(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    for name in ("POST /conversations", "POST /vehicles"):
        made = await client.post(f"/api/v1{name.partition(' ')[2]}", json=DOORS[name].body, headers=admin.headers)
        found = await client.get(made.headers["location"], headers=admin.headers)
        assert found.json()["data"]["id"] == made.json()["data"]["id"]


async def test_registration_signs_in(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/v1/auth/register", json=NEWCOMER)
    assert answer.status_code == 201
    assert set(answer.json()["data"]) == {"user", "access_token", "refresh_token", "token_type", "expires_in"}
    me = await client.get(
        answer.headers["location"], headers={"Authorization": f"Bearer {answer.json()['data']['access_token']}"}
    )
    fields = {"id", "email", "username", "display_name", "role", "status", "email_verified", "age_verified", "bio"}
    assert fields | {"avatar_url", "created_at", "updated_at", "last_login_at"} <= set(me.json()["data"])
    assert not re.search("password|hash|secret", me.text)


def test_the_document_is_complete(api: FastAPI) -> None:
    document = api.openapi()
    assert set(document["components"]["securitySchemes"]) == {"bearer", "apiKey", "cookie"}
    seen: set[str] = set()
    for name, operation in operations(api):
        assert operation["summary"], name
        assert operation["description"], name
        assert operation["tags"], name
        assert operation["operationId"] not in seen, name
        seen.add(operation["operationId"])
        assert bool(operation["security"]) is (name not in PUBLIC or name == "GET /status"), name
        assert "500" in operation["responses"], name
        refusals = {status: told for status, told in operation["responses"].items() if status >= "400"}
        for status, told in refusals.items():
            assert list(told["content"]) == ["application/problem+json"], f"{name} {status}"
            assert "`" in told["description"], f"{name} {status}"
        if name not in PUBLIC:
            assert {"401", "403"} <= set(refusals), name
        if "{" in name and name != "PATCH /admin/flags/{name}":  # which makes what is not there
            assert {"400", "404"} <= set(refusals), name
        if "requestBody" in operation:
            assert {"400", "413", "415"} <= set(refusals), name
    assert "422" not in document["paths"]["/api/v1/users"]["get"]["responses"]
    feeds = {"POST /vehicles/import": ["text/csv"], "POST /leads/adf": ["application/xml", "text/xml"]}
    for name, kinds in feeds.items():
        assert list(dict(operations(api))[name]["requestBody"]["content"]) == kinds


async def test_the_document_and_its_page_are_served(client: httpx.AsyncClient) -> None:
    served = await client.get("/api/v1/openapi.json")
    assert served.json()["openapi"].startswith("3.1")
    assert set(served.json()["components"]["schemas"]["Problem"]["required"]) >= {"type", "title", "status", "code"}
    page = await client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "/api/v1/openapi.json" in page.text


@pytest.mark.parametrize("path", ["/api/v1/health/live", "/api/v1/nothing", "/api/v1/conversations", "/api/v1/docs"])
async def test_security_headers_stand_on_every_answer(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "strict-transport-security" not in headers
    assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"])


async def test_production_asks_for_https(settings: Settings, house: House) -> None:
    production = settings.model_copy(update={"environment": Environment.PRODUCTION})
    transport = httpx.ASGITransport(app=create_api(production))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        answer = await client.get("/api/v1/health/live")
    assert "max-age=" in answer.headers["strict-transport-security"]


SINGLE = [name for name in DOORS if name.startswith("GET ") and name.endswith("_id}") and name not in ELSEWHERE]
SINGLE += ["GET /users/me", "GET /dealership", "GET /conversations/{conversation_id}/status"]


async def test_single_things_have_a_tag_and_are_not_sent_twice(
    client: httpx.AsyncClient, house: House, sign_in: SignIn
) -> None:
    admin = await sign_in(Role.ADMIN)
    ids = await furnished(client, house, admin, sign_in)
    for name in SINGLE:
        url = "/api/v1" + name.partition(" ")[2].format_map(ids)
        tag = (await client.get(url, headers=admin.headers)).headers["etag"]
        for wanted in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = await client.get(url, headers={**admin.headers, "If-None-Match": wanted})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), f"{name} {wanted}"
        other = await client.get(url, headers={**admin.headers, "If-None-Match": '"other"'})
        assert other.status_code == 200, name


async def test_a_change_honours_if_match(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    path = f"{CONVERSATIONS}/{(await opened(client, staff))['id']}"
    tag = (await client.get(path, headers=staff.headers)).headers["etag"]

    async def change(match: str, priority: str) -> httpx.Response:
        return await client.patch(path, json={"priority": priority}, headers={**staff.headers, "If-Match": match})

    answers = await asyncio.gather(*(change(tag, priority) for priority in ("high", "urgent", "low")))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    stale = next(answer for answer in answers if answer.status_code == 412)
    assert stale.json()["code"] == "stale_version"
    assert (await change('"no version"', "normal")).status_code == 412
    assert (await change("*", "normal")).status_code == 200
    fresh = (await client.get(path, headers=staff.headers)).headers["etag"]
    assert fresh != tag
    assert (await change(fresh, "low")).status_code == 200


IDEMPOTENT = {
    "conversations": {"customer": {"name": "Ann"}, "source": "web", "message": {"content": "Hello"}},
    "conversations/{id}/messages": {"content": "Hello", "sender": "staff"},
    "conversations/{id}/ai-suggest": {"tone": "formal"},
}


@pytest.mark.parametrize("route", IDEMPOTENT)
async def test_a_key_does_its_work_once(client: httpx.AsyncClient, sign_in: SignIn, route: str) -> None:
    staff, colleague = await sign_in(), await sign_in()
    made = await opened(client, staff)
    path, body = f"/api/v1/{route.format(id=made['id'])}", IDEMPOTENT[route]
    keyed = {**staff.headers, "Idempotency-Key": "once"}
    first = await client.post(path, json=body, headers=keyed)
    assert first.status_code == 201
    assert "idempotent-replayed" not in first.headers
    again = await client.post(path, json=body, headers=keyed)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    other = await client.post(path, json={**body, "internal": True}, headers=keyed)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    elsewhere = await client.post(CONVERSATIONS, json=IDEMPOTENT["conversations"] | {"subject": "x"}, headers=keyed)
    assert elsewhere.status_code == 422
    theirs = await client.post(path, json=body, headers={**colleague.headers, "Idempotency-Key": "once"})
    assert (theirs.status_code, "idempotent-replayed" in theirs.headers) == (201, False)
    assert theirs.json()["data"]["id"] != first.json()["data"]["id"]


async def test_the_same_key_at_once_runs_once(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    path = f"{CONVERSATIONS}/{made['id']}/messages"
    keyed = {**staff.headers, "Idempotency-Key": "k" * 255}
    body = {"content": "Once", "sender": "staff"}
    answers = await asyncio.gather(*(client.post(path, json=body, headers=keyed) for _ in range(12)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert all(answer.json()["code"] == "request_in_progress" for answer in answers if answer.status_code == 409)
    fresh = [answer for answer in answers if answer.status_code == 201 and "idempotent-replayed" not in answer.headers]
    assert len(fresh) == 1
    said = (await client.get(path, headers=staff.headers)).json()["data"]
    assert [message["content"] for message in said].count("Once") == 1
    for bad in ("k" * 256, ""):
        refused = await client.post(path, json=body, headers={**staff.headers, "Idempotency-Key": bad})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "header.Idempotency-Key")


async def test_a_refused_request_gives_its_key_back(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff, user = await sign_in(), await sign_in(Role.USER)
    keyed = {"Idempotency-Key": "again"}
    good = IDEMPOTENT["conversations"]
    assert (await client.post(CONVERSATIONS, json={}, headers=staff.headers | keyed)).status_code == 400
    assert (await client.post(CONVERSATIONS, json=good, headers=user.headers | keyed)).status_code == 403
    assert (await client.post(CONVERSATIONS, json=good, headers=keyed)).status_code == 401
    assert (await client.post(CONVERSATIONS, json=good, headers=staff.headers | keyed)).status_code == 201


async def test_lists_go_on_page_by_page(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    for number in range(5):
        made = await opened(client, admin, customer={"name": f"Same name {number // 2}"})
        await client.post(
            "/api/v1/vehicles", json={"stock_number": f"S{number}", "make": "K", "model": "S"}, headers=admin.headers
        )
        await client.post("/api/v1/canned-responses", json={"title": "Same", "content": "x"}, headers=admin.headers)
        await sign_in(Role.USER)
    for word in "abcde":
        await say(client, admin, made["id"], word)
    thread = f"conversations/{made['id']}/messages"
    sorted_lists = {
        "conversations": ("-last_message_at", "last_message_at", "-created_at", "created_at", "-priority", "priority"),
        "customers": ("-created_at", "name", "-name"),
        "users": ("-created_at", "email", "-email", "-last_login_at", "last_login_at"),
        "vehicles": ("-updated_at", "updated_at", "price", "-price", "mileage", "-mileage"),
        "canned-responses": ("title", "-updated_at"),
        "admin/audit": ("-at", "at"),
        thread: ("-sent_at",),
        f"{thread}?since=2020-01-01T00:00:00Z": ("-sent_at",),
    }
    for path, sorts in sorted_lists.items():
        whole: set[str] = set()
        for sort in sorts:
            seen = await walked(client, admin, path, sort)
            assert len(seen) == len(set(seen)) >= 5, f"{path} {sort}"
            whole = whole or set(seen)
            assert set(seen) == whole, f"{path} {sort}"


async def walked(client: httpx.AsyncClient, who: SignedIn, path: str, sort: str) -> list[str]:
    """Return the ids of a whole list, two a page."""
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2, "sort": sort, "include_total": "true"}
    mark = "&" if "?" in path else "?"
    while True:
        url = f"/api/v1/{path}{mark}" + "&".join(f"{name}={value}" for name, value in query.items())
        page = (await client.get(url, headers=who.headers)).json()
        assert page["meta"]["limit"] == 2
        assert len(page["data"]) <= 2
        seen += [row["id"] for row in page["data"]]
        if not page["meta"]["has_more"]:
            assert page["meta"]["next_cursor"] is None
            assert page["meta"]["total"] == len(seen)
            return seen
        query["cursor"] = page["meta"]["next_cursor"]


async def test_filters_by_time_include_their_start_and_not_their_end(
    client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    admin = await sign_in(Role.ADMIN)
    made = await opened(client, admin)
    await client.post(f"{CONVERSATIONS}/{made['id']}/close", headers=admin.headers)
    line = (await client.get("/api/v1/admin/audit?action=conversation:close", headers=admin.headers)).json()["data"][0]

    async def found(**query: str) -> int:
        answer = await client.get("/api/v1/admin/audit", params=query, headers=admin.headers)
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()["data"]].count(line["id"])

    day = line["at"][:10]
    assert await found(**{"from": line["at"]}) == 1
    assert await found(to=line["at"]) == 0
    assert await found(**{"from": day}) == 1
    assert await found(to=day) == 0
    since = (await client.get(f"{CONVERSATIONS}/{made['id']}", headers=admin.headers)).json()["data"]["last_message"]
    poll = await client.get(f"{CONVERSATIONS}/{made['id']}/messages?since={since['sent_at']}", headers=admin.headers)
    assert poll.json()["data"] == []


AUDITED: dict[str, tuple[str, str, Any]] = {
    "conversation:update": ("PATCH", "conversations/{conversation_id}", {"priority": "low"}),
    "conversation:assign": ("POST", "conversations/{conversation_id}/assign", {"staff_id": None}),
    "conversation:close": ("POST", "conversations/{conversation_id}/close", None),
    "customer:update": ("PATCH", "customers/{customer_id}", {"name": "Bea"}),
    "vehicle:update": ("PATCH", "vehicles/{vehicle_id}", {"trim": "XLE"}),
    "canned_response:update": ("PATCH", "canned-responses/{response_id}", {"title": "New"}),
    "dealership:update": ("PUT", "dealership", {"name": "Bay Motors"}),
    "user:update": ("PATCH", "users/{user_id}", {"role": "creator"}),
    "message:record": (
        "POST",
        "conversations/{conversation_id}/messages",
        {"content": "By phone", "sender": "customer"},
    ),
    "vehicle:create": ("POST", "vehicles", {"stock_number": "C3", "make": "Kia", "model": "Rio"}),
    "canned_response:create": ("POST", "canned-responses", {"title": "T", "content": "C"}),
    "conversation:create": ("POST", "conversations", {"customer": {"name": "Cy"}, "source": "phone"}),
    "customer:erase": ("DELETE", "customers/{customer_id}", None),
    "conversation:delete": ("DELETE", "conversations/{conversation_id}", None),
    "vehicle:delete": ("DELETE", "vehicles/{vehicle_id}", None),
    "canned_response:delete": ("DELETE", "canned-responses/{response_id}", None),
}


async def test_every_write_to_what_is_not_ones_own_is_audited(
    client: httpx.AsyncClient, house: House, sign_in: SignIn
) -> None:
    admin = await sign_in(Role.ADMIN)
    ids = await furnished(client, house, admin, sign_in)
    path = f"{CONVERSATIONS}/{ids['conversation_id']}"
    await client.post(f"{path}/assign", json={"staff_id": ids["user_id"]}, headers=admin.headers)
    for action, (method, route, body) in AUDITED.items():
        url = f"/api/v1/{route.format_map(ids)}"
        sent = {"json": body} if body is not None else {}
        headers = {**admin.headers, "X-Request-ID": f"audit-{action.replace(':', '-')}"}
        answer = await client.request(method, url, headers=headers, **sent)
        assert answer.status_code in {200, 201, 204}, f"{action}: {answer.text}"
        trail = (await client.get("/api/v1/admin/audit", headers=admin.headers)).json()["data"]
        lines = [line for line in trail if line["request_id"] == headers["X-Request-ID"]]
        assert len(lines) == 1, action
        assert (lines[0]["actor"], lines[0]["action"]) == (f"user:{admin.user.id}", action)
        assert UUID7.fullmatch(lines[0]["target"].partition(":")[2]), lines[0]["target"]
        for leaf in leaves(lines[0]):
            if isinstance(leaf, str) and LIKE_A_STAMP.match(leaf):
                assert STAMP.fullmatch(leaf), f"{action}: {leaf}"


async def test_an_erased_customer_is_nowhere(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    admin, colleague = await sign_in(Role.ADMIN), await sign_in()
    person = {"name": "Quirina Ohnesorg", "email": "quirina@example.com", "phone": "+15550100177", "external_id": "q-1"}
    made = await opened(client, admin, customer=person, subject="Quirina's car", message={"content": "Quirina here"})
    path = f"{CONVERSATIONS}/{made['id']}"
    await client.post(f"{path}/assign", json={"staff_id": str(colleague.user.id)}, headers=admin.headers)
    await say(client, admin, made["id"], "Quirina again", sender="customer")
    await client.post(f"{path}/ai-suggest", headers=admin.headers)
    await client.post(f"{path}/close", json={"resolution": "Quirina bought it"}, headers=admin.headers)
    erased = await client.delete(f"/api/v1/customers/{made['customer']['id']}", headers=admin.headers)
    assert erased.status_code == 204
    looks = [path, f"{path}/messages", CONVERSATIONS, "/api/v1/customers", f"{CONVERSATIONS}?q=quirina"]
    for look in [*looks, f"/api/v1/customers/{made['customer']['id']}"]:
        text = (await client.get(look, headers=admin.headers)).text
        for word in ("uirina", "Ohnesorg", "0100177", "q-1"):
            assert word not in text, f"{look}: {word}"
    notices = await client.get("/api/v1/notifications", headers=colleague.headers)
    assert notices.json()["data"]
    assert "uirina" not in notices.text
    fresh = await opened(client, admin, customer=person)
    assert fresh["customer"]["id"] != made["customer"]["id"]


async def test_a_deleted_conversation_takes_its_drafts_along(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    made = await opened(client, admin)
    path = f"{CONVERSATIONS}/{made['id']}"
    draft = (await client.post(f"{path}/ai-suggest", headers=admin.headers)).json()["data"]
    await client.post(f"{path}/read", json={"last_read_message_id": made["last_message"]["id"]}, headers=admin.headers)
    assert (await client.delete(path, headers=admin.headers)).status_code == 204
    assert (await client.delete(path, headers=admin.headers)).status_code == 404
    bodies = {"accept": None, "reject": None, "feedback": {"rating": 3}, "check": {"content": "x"}}
    for verb, body in bodies.items():
        answer = await client.post(f"/api/v1/messages/{draft['id']}/{verb}", json=body, headers=admin.headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), verb
    assert (await client.get("/api/v1/customers", headers=admin.headers)).json()["data"]
    for left in ("", "/messages", "/status", "/events"):
        assert (await client.get(path + left, headers=admin.headers)).status_code == 404


async def test_decisions_on_what_is_no_draft_are_refused(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    for verb, body in {"accept": {}, "reject": {}, "feedback": {"rating": 3}, "check": {"content": "x"}}.items():
        for message in (made["last_message"]["id"], NOTHING):
            answer = await client.post(f"/api/v1/messages/{message}/{verb}", json=body, headers=staff.headers)
            assert answer.status_code == 404, verb


async def test_bounds_are_counted_in_characters(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff, subject="é" * 200, customer={"name": "😀" * 200})
    assert (await say(client, staff, made["id"], "😀" * 10_000)).status_code == 201
    assert (await say(client, staff, made["id"], "x" * 10_001)).status_code == 400
    assert (await say(client, staff, made["id"], " \n\t ")).status_code == 400
    path = f"{CONVERSATIONS}/{made['id']}"
    assert (await client.patch(path, json={"subject": "x" * 201}, headers=staff.headers)).status_code == 400
    close = await client.post(f"{path}/close", json={"resolution": "x" * 2_001}, headers=staff.headers)
    assert close.status_code == 400
    for field in ("status", "priority", "labels", "subject"):
        nulled = await client.patch(path, json={field: None}, headers=staff.headers)
        assert (nulled.status_code, nulled.json()["errors"][0]["field"]) == (400, f"body.{field}")


async def test_a_key_may_read_what_it_posted(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    key = await key_of(client, await sign_in(Role.STAFF), "conversations:read", "conversations:write")
    made = await client.post(CONVERSATIONS, json=IDEMPOTENT["conversations"], headers=key)
    assert made.status_code == 201
    thread = (await client.get(made.headers["location"], headers=key)).json()["data"]
    assert [message["content"] for message in thread["messages"]] == ["Hello"]
    assert thread["messages"][0]["author"] is None
