"""The reads that go the short way answer like every other route: who asks, what is wrong, what is logged."""

import io
import json
import logging

import httpx
import pytest

from api.core.logging import REDACTED, configure_logging
from tests.conftest import SignIn

UNKNOWN = "/api/v1/conversations/01890000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/api/v1/conversations?limit=0", ["query.limit"]),
        ("/api/v1/conversations?limit=101&sort=subject", ["query.sort", "query.limit"]),
        ("/api/v1/conversations?status=lost&unread=maybe", ["query.status", "query.unread"]),
        ("/api/v1/conversations?cursor=", ["query.cursor"]),
        ("/api/v1/conversations?q=", ["query.q"]),
        ("/api/v1/conversations/7/status", ["path.conversation_id"]),
        ("/api/v1/conversations/7/messages?since=yesterday", ["path.conversation_id", "query.since"]),
        (f"{UNKNOWN}/messages?since=2026-01-01T00:00:00", ["query.since"]),
    ],
)
async def test_what_makes_no_sense_is_named(
    client: httpx.AsyncClient, sign_in: SignIn, path: str, fields: list[str]
) -> None:
    answer = await client.get(path, headers=(await sign_in()).headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")
    assert [error["field"] for error in answer.json()["errors"]] == fields


@pytest.mark.parametrize("path", ["/api/v1/conversations?limit=0", f"{UNKNOWN}/status", f"{UNKNOWN}/messages"])
async def test_who_asks_comes_first(client: httpx.AsyncClient, sign_in: SignIn, path: str) -> None:
    assert (await client.get(path)).status_code in {400, 401}
    bad = await client.get(path, headers={"Authorization": "Bearer nonsense"})
    assert (bad.status_code, bad.json()["code"]) == (401, "unauthorized")
    if path.startswith(UNKNOWN):
        known = await client.get(path, headers=(await sign_in()).headers)
        assert (known.status_code, known.json()["code"]) == (404, "not_found")


async def test_a_parameter_that_nobody_knows_is_left_alone(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    answer = await client.get("/api/v1/conversations?colour=red", headers=(await sign_in()).headers)
    assert (answer.status_code, answer.json()["data"]) == (200, [])


async def test_each_request_has_a_line_with_its_id_and_no_secret(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    configure_logging("INFO", "json")
    try:
        await client.get("/api/v1/nowhere/ann@example.com?token=abc", headers={"X-Request-Id": "a-request-1"})
    finally:
        monkeypatch.undo()
        configure_logging("WARNING", "json")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    line = next(line for line in lines if line["event"] == "request")
    assert line["path"] == f"/api/v1/nowhere/{REDACTED}"
    assert (line["method"], line["status"], line["request_id"]) == ("GET", 404, "a-request-1")
    assert (line["level"], line["timestamp"][-1], len(line["timestamp"])) == ("info", "Z", 27)
    assert line["duration_ms"] > 0


async def test_no_line_is_written_where_nobody_wants_it(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    configure_logging("WARNING", "json")
    await client.get("/api/v1/nowhere")
    monkeypatch.undo()
    configure_logging("WARNING", "json")
    assert written.getvalue() == ""
    assert logging.getLogger().level == logging.WARNING


async def test_only_who_asks_gets_compressed_answers(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    for number in range(4):
        body = {"customer": {"name": f"Customer {number}"}, "source": "web", "message": {"content": "x" * 400}}
        assert (await client.post("/api/v1/conversations", json=body, headers=staff.headers)).status_code == 201
    answers = {}
    for coding in ("gzip", "identity"):
        headers = {**staff.headers, "Accept-Encoding": coding}
        answers[coding] = await client.get("/api/v1/conversations", headers=headers)
        assert answers[coding].headers["vary"] == "Accept-Encoding"
    assert answers["gzip"].headers["content-encoding"] == "gzip"
    assert "content-encoding" not in answers["identity"].headers
    assert answers["gzip"].json()["data"] == answers["identity"].json()["data"]
    assert int(answers["gzip"].headers["content-length"]) < int(answers["identity"].headers["content-length"])
