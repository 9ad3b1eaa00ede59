"""Hot reads answered ahead of FastAPI's layers answer like the ordinary way: status, headers, body, log."""

import re
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI, HTTPException, Response
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.core.errors import ConflictError
from api.dependencies import CurrentActor, CurrentHouse, Tagged
from api.hot_path import HotPath
from api.main import ERROR_ANSWERS
from api.middleware import RequestContext
from api.routing import KEPT_QUERY_BYTES, ReadRoute, hub_router
from api.services.house import House
from models.users import Role
from tests.conftest import BASE, SignedIn, SignIn

LIST = "/api/v1/conversations"
UNKNOWN = f"{LIST}/01890000-0000-7000-8000-000000000000"
_COUNT = re.compile(r"\br=\d+;t=\d+")
ID = {"X-Request-Id": "one-and-the-same"}


def asking(app: ASGIApp, *, ordinary: bool = False) -> httpx.AsyncClient:
    """Open a client; one of the ordinary way asks as if the application were mounted, which HotPath leaves alone."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, root_path="/mounted" if ordinary else "")
    return httpx.AsyncClient(transport=transport, base_url=BASE, headers=ID)


async def both(api: FastAPI, method: str, path: str, headers: dict[str, str]) -> tuple[httpx.Response, httpx.Response]:
    """Ask the same on the hot and on the ordinary way."""
    async with asking(api) as hot, asking(api, ordinary=True) as ordinary:
        return await hot.request(method, path, headers=headers), await ordinary.request(method, path, headers=headers)


def told(answer: httpx.Response) -> tuple[Any, ...]:
    """Return all that the caller gets to see, headers in an order of their own; each request counts down its limit."""
    shown = [(name, _COUNT.sub("", value)) for name, value in answer.headers.multi_items()]
    return answer.status_code, sorted(shown), answer.content


async def conversation(client: httpx.AsyncClient, staff: SignedIn) -> str:
    """Open a conversation with a long message and return its path."""
    body = {"customer": {"name": "Ann"}, "source": "web", "message": {"content": "Is it there? " * 120}}
    made = await client.post(LIST, json=body, headers=staff.headers)
    return f"{LIST}/{made.json()['data']['id']}"


ASKED = ["", "?status=open", "?limit=1&limit=2", "?q=is+it%20there&include_total=true", "?limit=0", "?cursor=x"]
POLLED = ["", "?since=2020-01-01T00%3A00%3A00%2B00%3A00", "?since=9000-01-01T00:00:00Z", "?since=now", "?limit=101"]


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "gzip"}, {"If-None-Match": "*"}, {"X-API-Key": "no"}])
async def test_both_ways_answer_the_same(
    api: FastAPI, client: httpx.AsyncClient, sign_in: SignIn, headers: dict[str, str]
) -> None:
    staff = await sign_in()
    path = await conversation(client, staff)
    paths = [LIST + query for query in ASKED]
    paths += [f"{path}/messages{query}" for query in POLLED]
    paths += [f"{path}/status", f"{UNKNOWN}/status", f"{UNKNOWN}/messages", f"{LIST}/7/status", f"{LIST}/7/messages"]
    seen = set()
    for asked in paths:
        hot, ordinary = await both(api, "GET", asked, {**staff.headers, **headers})
        assert told(hot) == told(ordinary), asked
        seen.add(hot.status_code)
    expected = {"X-API-Key": {401}, "If-None-Match": {200, 304, 400, 404}}
    assert seen == expected.get(next(iter(headers), ""), {200, 400, 404})


@pytest.mark.parametrize("role", [None, Role.USER])
async def test_both_ways_refuse_the_same(api: FastAPI, sign_in: SignIn, role: Role | None) -> None:
    headers = (await sign_in(role)).headers if role else {}
    for path in (LIST, f"{UNKNOWN}/messages", f"{UNKNOWN}/status"):
        hot, ordinary = await both(api, "GET", path, headers)
        assert told(hot) == told(ordinary)
        assert hot.status_code == (403 if role else 401)
        assert hot.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_other_methods_are_refused_alike(api: FastAPI, sign_in: SignIn, method: str) -> None:
    headers = (await sign_in()).headers
    for path in (LIST, f"{UNKNOWN}/messages", f"{UNKNOWN}/status"):
        hot, ordinary = await both(api, method, path, headers)
        assert told(hot) == told(ordinary)
        assert (hot.status_code, "GET" in hot.headers["allow"]) == (405, True)


async def test_paths_that_only_look_alike_are_unknown(api: FastAPI, sign_in: SignIn) -> None:
    headers = (await sign_in()).headers
    for path in (f"{LIST}/", f"{UNKNOWN}/status/", f"{UNKNOWN}/messages/1", f"{LIST}/a%2Fb/status", "/x" + LIST):
        hot, ordinary = await both(api, "GET", path, headers)
        assert told(hot) == told(ordinary)
        assert hot.status_code == 404, path


async def test_a_kept_query_is_its_own_text_only(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    await conversation(client, staff)
    long = "&unknown=" + "x" * KEPT_QUERY_BYTES
    for _ in range(2):
        for query, limit in (("?limit=3", 3), ("?limit=4", 4), ("?limit=3" + long, 3), ("?limit=4" + long, 4)):
            answer = await client.get(LIST + query, headers=staff.headers)
            assert answer.json()["meta"]["limit"] == limit
        refused = await client.get(f"{LIST}?limit=0", headers=staff.headers)
        assert [error["field"] for error in refused.json()["errors"]] == ["query.limit"]


def failing(error: Exception | None) -> ASGIApp:
    """Build a hot route that raises, or else answers; what goes the ordinary way meets a teapot."""
    router = hub_router("failing", route_class=ReadRoute)

    @router.get("/failing", dependencies=[Tagged])
    async def fail(house: CurrentHouse, actor: CurrentActor) -> Response:  # pyright: ignore[reportUnusedFunction]
        if error is not None:
            raise error
        return Response(b"{}", media_type="application/json")

    routes = [route for route in router.routes if isinstance(route, ReadRoute)]
    hot = HotPath(PlainTextResponse("ordinary", 418), routes=routes, answers=ERROR_ANSWERS)
    return RequestContext(hot, strict_transport=False)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (ConflictError(), 409, "conflict"),
        (psycopg.OperationalError("gone"), 503, "upstream_unavailable"),
        (psycopg.errors.AdminShutdown("gone"), 503, "upstream_unavailable"),
        (HTTPException(404), 404, "not_found"),
        (ValueError("a fault of ours"), 500, "internal_error"),
    ],
)
async def test_errors_are_answered_as_everywhere(
    house: House, sign_in: SignIn, error: Exception, status: int, code: str
) -> None:
    async with asking(failing(error)) as client:
        answer = await client.get("/api/v1/failing", headers=(await sign_in()).headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["request_id"] == answer.headers["x-request-id"] == ID["X-Request-Id"]
    assert answer.headers["x-frame-options"] == "DENY"
    assert "a fault of ours" not in answer.text


async def test_hot_reads_never_reach_the_ordinary_way(house: House, sign_in: SignIn) -> None:
    headers = (await sign_in()).headers
    app = failing(None)
    async with asking(app) as hot, asking(app, ordinary=True) as ordinary:
        answer = await hot.get("/api/v1/failing", headers=headers)
        assert (answer.status_code, answer.content, answer.headers["etag"][0]) == (200, b"{}", '"')
        assert (await hot.head("/api/v1/failing", headers=headers)).status_code == 418
        assert (await hot.get("/api/v1/failing/", headers=headers)).status_code == 418
        assert (await ordinary.get("/api/v1/failing", headers=headers)).status_code == 418


@pytest.mark.parametrize("refusal", [None, ConflictError(), ValueError("a fault of ours")])
async def test_what_a_policy_adds_stands_on_every_answer(refusal: Exception | None) -> None:
    async def policed(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"]["answer_headers"] += [(b"deprecation", b"@1"), (b"content-type", b"not/this")]
        if refusal is not None:
            raise refusal
        await PlainTextResponse("fine")(scope, receive, send)

    async with asking(RequestContext(policed, strict_transport=False)) as client:
        answers = [await client.get("/api/v1/anything") for _ in range(2)]
    for answer in answers:
        assert answer.headers.get_list("deprecation") == ["@1"]
        assert "not/this" not in answer.headers.get_list("content-type")
