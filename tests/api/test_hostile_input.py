"""HTTP: what an attacker, a broken client or an odd keyboard sends: a refusal or plain text, never a 500."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import orjson
import pytest

from models.users import Role
from tests.conftest import SignedIn, SignIn
from tests.conversing import CONVERSATIONS, opened, say

NOWHERE = "0190c0de-0000-7000-8000-000000000000"
INJECTIONS = (
    "'; DROP TABLE messages; --",
    '" OR 1=1 --',
    "%",
    "_",
    "\\",
    "a & | ! ( b",
    "'':*",
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7} %s %(x)s {0}",
    "\u202eevil\u202c",
    "😀" * 50,
    "İıſß",
)
TURNING = str.maketrans("", "", "\u202c\u202e")  # which no name has: they would let it seem another
UNFIT = ("a\x00b", "a\x1bb", "a\x7fb", "a\x85b", "\x1fab", "a\ud800b")


async def post_raw(
    client: httpx.AsyncClient, who: SignedIn, path: str, body: bytes, kind: str | None = "application/json"
) -> httpx.Response:
    """Send bytes as they are, and return the answer."""
    headers = dict(who.headers) | ({"Content-Type": kind} if kind is not None else {})
    return await client.post(path, content=body, headers=headers)


def new_conversation(**changes: Any) -> dict[str, Any]:
    """Return a good body for POST /conversations with some fields changed."""
    return {"customer": {"name": "Ann"}, "source": "web", "message": {"content": "Hello"}, **changes}


@pytest.mark.parametrize("text", INJECTIONS)
async def test_a_search_takes_any_text_as_text(client: httpx.AsyncClient, sign_in: SignIn, text: str) -> None:
    admin = await sign_in(Role.ADMIN)
    made = await opened(client, admin, customer={"name": f"Name {text}"[:200]}, subject="plain")
    await opened(client, admin, customer={"name": "Somebody else"}, subject="other", message={"content": "zzz"})
    answer = await client.get(CONVERSATIONS, params={"q": f"name {text}"}, headers=admin.headers)
    assert answer.status_code == 200, answer.text
    assert [row["id"] for row in answer.json()["data"]] == [made["id"]]
    assert answer.json()["data"][0]["customer"]["name"] == f"Name {text}".translate(TURNING)
    for path in ("customers", "users", "vehicles", "canned-responses"):
        found = await client.get(f"/api/v1/{path}", params={"q": text}, headers=admin.headers)
        assert found.status_code == 200, f"{path}: {found.text}"


@pytest.mark.parametrize("path", ["conversations", "customers", "users", "vehicles", "canned-responses"])
@pytest.mark.parametrize("query", [{"q": "a\x00b"}, {"q": "a\x1bb"}, {"q": "x" * 201}, {"sort": "id;--"}, {"sort": ""}])
async def test_an_unfit_search_or_sort_is_refused(
    client: httpx.AsyncClient, sign_in: SignIn, path: str, query: dict[str, str]
) -> None:
    admin = await sign_in(Role.ADMIN)
    answer = await client.get(f"/api/v1/{path}", params=query, headers=admin.headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")
    assert answer.json()["errors"][0]["field"] == f"query.{next(iter(query))}"


@pytest.mark.parametrize("text", UNFIT)
@pytest.mark.parametrize("place", ["name", "external_id", "subject", "label", "message", "metadata", "metadata_key"])
async def test_control_characters_are_refused_everywhere(
    client: httpx.AsyncClient, sign_in: SignIn, text: str, place: str
) -> None:
    staff = await sign_in()
    bodies = {
        "name": new_conversation(customer={"name": text}),
        "external_id": new_conversation(customer={"name": "A", "external_id": text}),
        "subject": new_conversation(subject=text),
        "label": new_conversation(labels=[text]),
        "message": new_conversation(message={"content": text}),
        "metadata": new_conversation(metadata={"page": [{"deep": text}]}),
        "metadata_key": new_conversation(metadata={text: 1}),
    }
    answer = await post_raw(client, staff, CONVERSATIONS, json.dumps(bodies[place]).encode())
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error"), answer.text


async def test_long_text_keeps_its_newlines_and_tabs_and_loses_only_its_edges(
    client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    sent = await say(client, staff, made["id"], " \n one\r\n\ttwo\rthree \n")
    assert sent.json()["data"]["content"] == "one\n\ttwo\nthree"
    markup = '<b>Zoe\u0308</b> & "co" {{v1.price}}'
    kept = (await say(client, staff, made["id"], markup)).json()["data"]["content"]
    assert kept == '<b>Zoë</b> & "co" {{v1.price}}'


async def test_text_is_normalised_and_so_is_what_one_searches_for(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff, customer={"name": " Zoe\u0308 "}, labels=["cafe\u0301", "caf\u00e9"])
    assert made["customer"]["name"] == "Zo\u00eb"
    assert made["labels"] == ["caf\u00e9"]
    for query in ({"q": "zoe\u0308"}, {"label": "cafe\u0301"}):
        rows = (await client.get(CONVERSATIONS, params=query, headers=staff.headers)).json()["data"]
        assert [row["id"] for row in rows] == [made["id"]], query
    people = await client.get("/api/v1/customers", params={"q": "ZOE\u0308"}, headers=staff.headers)
    assert [row["id"] for row in people.json()["data"]] == [made["customer"]["id"]]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"null", "body"),
        (b"[]", "body"),
        (b'"text"', "body"),
        (b"\xff\xfe\x00", "body"),
        (b"\x80abc", "body"),
        (b'{"customer": NaN}', "body"),
        (b'{"a":' * 100_000, "body"),
        (b"[" * 100_000, "body"),
        (b'{"n": ' + b"9" * 5_000 + b"}", "body"),
    ],
)
async def test_what_is_no_json_object_is_refused(
    client: httpx.AsyncClient, sign_in: SignIn, body: bytes, field: str
) -> None:
    answer = await post_raw(client, await sign_in(), CONVERSATIONS, body)
    assert answer.status_code == 400, answer.text
    problem = answer.json()
    assert problem["code"] == "validation_error"
    for error in problem.get("errors", []):
        assert error["field"].startswith(field)
        assert not error["field"].removeprefix("body.").isdecimal()


@pytest.mark.parametrize(
    "metadata",
    [
        b'{"a":' * 300 + b"1" + b"}" * 300,
        b'{"n": 1e400}',
        b'{"n": NaN}',
        b'{"n": -Infinity}',
        b'{"n": 123456789012345678901234567890}',
        b'{"long": "' + b"x" * 100_000 + b'"}',
    ],
)
async def test_metadata_that_no_reader_could_read_again_is_refused(
    client: httpx.AsyncClient, sign_in: SignIn, metadata: bytes
) -> None:
    staff = await sign_in()
    body = b'{"customer": {"name": "A"}, "source": "web", "metadata": ' + metadata + b"}"
    answer = await post_raw(client, staff, CONVERSATIONS, body)
    assert answer.status_code == 400, answer.text
    listed = await client.get(CONVERSATIONS, headers=staff.headers)
    assert (listed.status_code, listed.json()["data"]) == (200, [])


async def test_metadata_comes_back_as_it_was_sent(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    metadata = {"utm": {"source": "mail", "n": [1, 2.5, None, True, -9_007_199_254_740_991]}, "ünï": "<b>'\"\\"}
    staff = await sign_in()
    made = await opened(client, staff, metadata=metadata)
    read = (await client.get(f"{CONVERSATIONS}/{made['id']}", headers=staff.headers)).json()["data"]
    assert made["metadata"] == read["metadata"] == metadata


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_other_content_types_are_refused(client: httpx.AsyncClient, sign_in: SignIn, content_type: str) -> None:
    staff = await sign_in(Role.ADMIN)
    made = await opened(client, staff)
    paths = ["conversations", f"conversations/{made['id']}/messages", f"conversations/{made['id']}/close"]
    paths += ["canned-responses", "vehicles", "vehicles/import", "leads/adf", "api-keys", "auth/refresh"]
    paths += [f"conversations/{made['id']}/ai-suggest", "auth/verify-email"]
    if content_type != "text/plain":
        paths += ["notifications/read-all", "auth/verify-email/resend"]
    for path in paths:
        answer = await post_raw(client, staff, f"/api/v1/{path}", b"content=x", content_type)
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type"), path


async def test_json_with_parameters_or_suffix_is_taken(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    for kind in ("application/json; charset=utf-8", "Application/JSON", "application/vnd.api+json", None):
        answer = await post_raw(client, staff, CONVERSATIONS, orjson.dumps(new_conversation()), kind)
        assert answer.status_code == 201, kind


async def test_a_body_over_a_mebibyte_is_refused_declared_or_not(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    declared = await post_raw(client, staff, CONVERSATIONS, b" " * (1024 * 1024 + 1))
    assert (declared.status_code, declared.json()["code"]) == (413, "payload_too_large")

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 65_536

    for path in (CONVERSATIONS, "/api/v1/leads/adf", "/api/v1/auth/login"):
        kind = "application/xml" if path.endswith("adf") else "application/json"
        headers = {**staff.headers, "Content-Type": kind}
        streamed = await client.post(path, content=chunks(), headers=headers)
        assert (streamed.status_code, streamed.json()["code"]) == (413, "payload_too_large"), path


def forged(cursor: str, *keys: Any) -> str:
    """Return a cursor with the mark of a real one and other keys."""
    mark = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[0]
    return base64.urlsafe_b64encode(orjson.dumps([mark, *keys])).decode().rstrip("=")


@pytest.mark.parametrize(
    "keys",
    [
        (),
        ("x",),
        ("x", "y"),
        (None, None),
        (1, 2),
        ("2026-01-01T00:00:00Z",),
        ("2026-01-01T00:00:00Z", "x"),
        ("infinity", NOWHERE),
        ({"a": 1}, [2]),
        ("2026-01-01T00:00:00Z", NOWHERE, "3"),
        ("a\x00b", NOWHERE),
        (10**18, 10**18),
    ],
)
async def test_a_forged_cursor_is_refused_or_harmless(
    client: httpx.AsyncClient, sign_in: SignIn, keys: tuple[Any, ...]
) -> None:
    admin = await sign_in(Role.ADMIN)
    for number in range(3):
        made = await opened(client, admin, customer={"name": f"C{number}"})
        await say(client, admin, made["id"], "one")
    lists = ["conversations", "conversations?sort=-priority", "customers", "customers?sort=name"]
    lists += ["users?role=admin", f"conversations/{made['id']}/messages"]
    await sign_in(Role.ADMIN)
    for path in lists:
        url = f"/api/v1/{path}{'&' if '?' in path else '?'}limit=1"
        cursor = (await client.get(url, headers=admin.headers)).json()["meta"]["next_cursor"]
        answer = await client.get(f"{url}&cursor={forged(cursor, *keys)}", headers=admin.headers)
        assert answer.status_code in {200, 400}, f"{path}: {answer.text}"
        if answer.status_code == 400:
            assert answer.json()["errors"][0] | {"message": ""} == {
                "field": "query.cursor",
                "code": "invalid_cursor",
                "message": "",
            }


@pytest.mark.parametrize("cursor", ["!", "a", "é", "AAAA", "bnVsbA", "e30", "W10", "WyJ4Il0", "x" * 1_001])
async def test_a_malformed_cursor_is_refused(client: httpx.AsyncClient, sign_in: SignIn, cursor: str) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    for path in ("conversations", "customers", "vehicles", "notifications", f"conversations/{made['id']}/messages"):
        answer = await client.get(f"/api/v1/{path}", params={"cursor": cursor}, headers=staff.headers)
        assert answer.status_code == 400, path
        assert answer.json()["errors"][0]["field"] == "query.cursor"


@pytest.mark.parametrize("limit", ["0", "-1", "101", "1e2", "", "ten", "9" * 30, "1.5", "\x00"])
async def test_a_limit_out_of_bounds_is_refused(client: httpx.AsyncClient, sign_in: SignIn, limit: str) -> None:
    staff = await sign_in()
    for path in ("conversations", "customers", "vehicles", "notifications", "api-keys", "auth/sessions"):
        answer = await client.get(f"/api/v1/{path}", params={"limit": limit}, headers=staff.headers)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "query.limit"), path


@pytest.mark.parametrize(
    "moment",
    ["2026-13-01", "yesterday", "2026-01-01T00:00:00", "20260101", "5", "-1", "1e9", "infinity", "2026-1-1", "\x00"],
)
async def test_a_moment_that_is_none_is_refused(client: httpx.AsyncClient, sign_in: SignIn, moment: str) -> None:
    admin = await sign_in(Role.ADMIN)
    made = await opened(client, admin)
    wanted = [("admin/audit", "from"), ("admin/audit", "to"), (f"conversations/{made['id']}/messages", "since")]
    for path, name in wanted:
        answer = await client.get(f"/api/v1/{path}", params={name: moment}, headers=admin.headers)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, f"query.{name}"), path


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z"])
async def test_moments_at_the_ends_of_time_break_nothing(
    client: httpx.AsyncClient, sign_in: SignIn, moment: str
) -> None:
    admin = await sign_in(Role.ADMIN)
    made = await opened(client, admin)
    path = f"{CONVERSATIONS}/{made['id']}"
    polled = await client.get(f"{path}/messages", params={"since": moment}, headers=admin.headers)
    trail = await client.get("/api/v1/admin/audit", params={"from": moment, "to": moment}, headers=admin.headers)
    snoozed = await client.patch(path, json={"snoozed_until": moment}, headers=admin.headers)
    key = {"name": "k", "scopes": ["vehicles:read"], "expires_at": moment}
    keyed = await client.post("/api/v1/api-keys", json=key, headers=admin.headers)
    suspended = await client.patch(
        f"/api/v1/users/{(await sign_in()).user.id}",
        json={"status": "suspended", "reason": "x", "suspended_until": moment},
        headers=admin.headers,
    )
    for answer in (polled, trail, snoozed, keyed, suspended):
        assert answer.status_code in {200, 201, 400}, answer.text
    for list_path in ("conversations?snoozed=true", "users", "api-keys", f"conversations/{made['id']}"):
        assert (await client.get(f"/api/v1/{list_path}", headers=admin.headers)).status_code == 200, list_path


@pytest.mark.parametrize(
    "path", ["x", "%00", "..%2f..%2fetc", "-1", "0", "9" * 40, "null", "'%20OR%201=1", "%ff%fe", NOWHERE]
)
async def test_an_id_of_nothing_finds_nothing(client: httpx.AsyncClient, sign_in: SignIn, path: str) -> None:
    admin = await sign_in(Role.ADMIN)
    for noun in ("conversations", "customers", "vehicles", "users"):
        answer = await client.get(f"/api/v1/{noun}/{path}", headers=admin.headers)
        assert answer.status_code in ({404} if path == NOWHERE else {400, 404}), f"{noun}: {answer.text}"
        assert answer.headers["content-type"] == "application/problem+json"
    for verb in ("accept", "reject"):
        answer = await client.post(f"/api/v1/messages/{path}/{verb}", headers=admin.headers)
        assert answer.status_code in {400, 404}


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x=1"]
)
async def test_next_and_location_stay_within_the_site(client: httpx.AsyncClient, wanted: str) -> None:
    form = {"email": "nobody@example.com", "password": "wrong password", "next": wanted}
    answer = await client.post("/api/v1/auth/login", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?error=")
    assert "evil" not in answer.headers["location"]
    assert not [value for name, value in answer.headers.multi_items() if name == "set-cookie"]
    out = await client.post("/api/v1/auth/logout", data={"next": wanted}, headers={"Sec-Fetch-Site": "same-origin"})
    assert (out.status_code, out.headers["location"]) == (303, "/login")


@pytest.mark.parametrize("sent", ["short", "x" * 129, "has space in it", "semi;colon-colon", "ünïcödé-id-long"])
async def test_a_malformed_request_id_is_replaced(client: httpx.AsyncClient, sent: str) -> None:
    answer = await client.get("/api/v1/health/live", headers={b"X-Request-ID": sent.encode()})
    assert answer.headers["x-request-id"] != sent
    assert len(answer.headers["x-request-id"]) == 32


async def test_twenty_at_once_with_one_external_id_make_one_customer(
    client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    staff = await sign_in()
    body = new_conversation(customer={"name": "Ann", "external_id": "crm-1", "email": "ann@example.com"})
    answers = await asyncio.gather(*(client.post(CONVERSATIONS, json=body, headers=staff.headers) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["data"]["customer"]["id"] for answer in answers}) == 1


async def test_twenty_closes_and_assigns_at_once_count_once(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff, colleague = await sign_in(Role.ADMIN), await sign_in()
    made = await opened(client, staff)
    path = f"{CONVERSATIONS}/{made['id']}"
    given = {"staff_id": str(colleague.user.id)}
    calls = [client.post(f"{path}/assign", json=given, headers=staff.headers) for _ in range(20)]
    calls += [client.post(f"{path}/close", json={"resolution": "sold"}, headers=staff.headers) for _ in range(20)]
    answers = await asyncio.gather(*calls)
    assert {answer.status_code for answer in answers} == {200}
    after = (await client.get(path, headers=staff.headers)).json()["data"]
    assert after["version"] == made["version"] + 2
    notices = (await client.get("/api/v1/notifications", headers=colleague.headers)).json()["data"]
    assert len(notices) == 1
    trail = (await client.get("/api/v1/admin/audit", headers=staff.headers)).json()["data"]
    actions = [line["action"] for line in trail if line["target"] == f"conversation:{made['id']}"]
    assert sorted(action for action in actions if action in {"conversation:assign", "conversation:close"}) == [
        "conversation:assign",
        "conversation:close",
    ]


async def test_imports_at_once_make_each_vehicle_once(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    rows = "".join(f"S{number},Toyota,Camry\r\n" for number in range(50))
    feed = f"stock_number,make,model\r\n{rows}".encode()
    answers = await asyncio.gather(
        *(post_raw(client, admin, "/api/v1/vehicles/import", feed, "text/csv") for _ in range(6))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["data"]["created"] for answer in answers) == 50
    page = (await client.get("/api/v1/vehicles?include_total=true", headers=admin.headers)).json()
    assert page["meta"]["total"] == 50


async def test_one_external_id_for_two_customers_is_a_conflict_however_it_comes(
    client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    staff = await sign_in()
    people = [(await opened(client, staff, customer={"name": f"P{n}"}))["customer"]["id"] for n in range(10)]
    calls = [
        client.patch(f"/api/v1/customers/{person}", json={"external_id": "crm-7"}, headers=staff.headers)
        for person in people
    ]
    body = new_conversation(customer={"name": "Ann", "external_id": "crm-7"})
    calls += [client.post(CONVERSATIONS, json=body, headers=staff.headers) for _ in range(5)]
    statuses = [answer.status_code for answer in await asyncio.gather(*calls)]
    assert set(statuses) <= {200, 201, 409}
    assert statuses.count(200) <= 1
