"""/, /health, /status, /migrations and /admin/audit over the whole application."""

import asyncio
import tomllib
from datetime import timedelta

import httpx
import pytest

from api.core.security import Actor
from api.core.settings import Settings
from api.services.house import House, open_house
from api.services.platform import VERSION
from api.services.registry import register_jobs
from models.base import rfc3339, utc_now
from models.users import Role
from tests.conftest import ROOT, SignIn

REVISIONS = list((ROOT / "migrations/versions").glob("0*.py"))


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION


@pytest.mark.parametrize("path", ["/", "/api/v1", "/api/v1/"])
async def test_the_root_says_what_this_is(client: httpx.AsyncClient, path: str) -> None:
    data = (await client.get(path)).json()["data"]
    assert data["version"] == VERSION
    for link in ("docs", "openapi"):
        assert (await client.get(data[link])).status_code == 200


async def test_a_healthy_process_is_live_and_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/v1/health/live")).json() == {"data": {"status": "live"}}
    assert (await client.get("/api/v1/health/ready")).json() == {"data": {"status": "ready"}}


async def test_a_missing_migration_is_named(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    state = (await client.get("/api/v1/migrations", headers=admin.headers)).json()["data"]
    assert len(state["applied"]) == len(REVISIONS)
    assert (state["pending"], state["applied"][-1]) == ([], state["head"])
    try:
        await revise(house, state["applied"][0])
        behind = (await client.get("/api/v1/migrations", headers=admin.headers)).json()["data"]
        assert (behind["applied"], behind["pending"]) == (state["applied"][:1], state["applied"][1:])
        answer = await client.get("/api/v1/health/ready")
        assert (answer.status_code, answer.json()["code"]) == (503, "upstream_unavailable")
        assert "migrations" in answer.json()["detail"]
        assert (await client.get("/api/v1/health/live")).status_code == 200
    finally:
        await revise(house, state["head"])
    assert (await client.get("/api/v1/health/ready")).status_code == 200


async def revise(house: House, revision: str) -> None:
    """Have the database say that it is at a revision."""
    await house.database.fetch(
        "UPDATE alembic_version SET version_num = %s RETURNING version_num",
        [revision],
    )


async def test_the_public_status_tells_no_details(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    for headers in ({}, (await sign_in(Role.STAFF)).headers, (await sign_in(Role.MODERATOR)).headers):
        answer = await client.get("/api/v1/status", headers=headers)
        assert answer.status_code == 200
        assert set(answer.json()["data"]) == {"status", "version", "uptime_s"}
        assert answer.json()["data"]["status"] == "ok"


async def test_admins_see_every_check(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    data = (await client.get("/api/v1/status", headers=admin.headers)).json()["data"]
    assert set(data["checks"]) == {"database", "migrations", "jobs", "stripe", "hubspot", "ai", "mail", "storage"}
    assert data["checks"]["database"]["status"] == "ok"
    assert data["checks"]["database"]["latency_ms"] > 0
    assert {data["checks"][name]["status"] for name in ("stripe", "hubspot")} == {"not_configured"}
    assert data["checks"]["mail"] == {"status": "ok", "latency_ms": None, "detail": "folder"}


@pytest.mark.parametrize("path", ["migrations", "admin/audit"])
async def test_the_inside_is_for_admins(client: httpx.AsyncClient, sign_in: SignIn, path: str) -> None:
    assert (await client.get(f"/api/v1/{path}")).status_code == 401
    for role in (Role.USER, Role.STAFF, Role.MODERATOR):
        person = await sign_in(role)
        assert (await client.get(f"/api/v1/{path}", headers=person.headers)).status_code == 403


async def test_the_audit_trail_filters_and_pages(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    admin, other = await sign_in(Role.ADMIN), await sign_in(Role.ADMIN)
    for person, target in ((admin, "thing:1"), (other, "thing:2"), (admin, "thing:3")):
        actor = Actor.person(person.user.id, Role.ADMIN, ip="192.0.2.7", request_id=f"request-{target}")
        async with house.unit(actor) as uow:
            await uow.audit("thing:change", target, {"a": 1}, {"a": 2})

    async def targets(query: str) -> list[str]:
        answer = await client.get(f"/api/v1/admin/audit?{query}", headers=admin.headers)
        assert answer.status_code == 200, answer.text
        return [line["target"] for line in answer.json()["data"]]

    assert await targets("") == ["thing:3", "thing:2", "thing:1"]
    assert await targets("sort=at") == ["thing:1", "thing:2", "thing:3"]
    assert await targets(f"actor={admin.user.id}") == ["thing:3", "thing:1"]
    assert await targets(f"actor=user:{other.user.id}") == ["thing:2"]
    assert await targets("target=thing:2") == ["thing:2"]
    assert await targets("action=thing:delete") == []
    today = utc_now().date()
    assert len(await targets(f"from={today - timedelta(days=1)}&to={today + timedelta(days=1)}")) == 3
    assert await targets(f"to={today}") == []
    lines = (await client.get("/api/v1/admin/audit?limit=1", headers=admin.headers)).json()
    line = lines["data"][0]
    names = {"actor_name", "actor_email", "target_name"}
    assert set(line) == {"id", "at", "actor", "action", "target", "before", "after", "ip", "request_id"} | names
    assert (line["before"], line["after"], line["ip"]) == ({"a": 1}, {"a": 2}, "192.0.2.7")
    moment = line["at"]
    assert await targets(f"from={moment}") == ["thing:3"]
    assert "thing:3" not in await targets(f"to={moment}")
    assert await targets(f"cursor={lines['meta']['next_cursor']}&limit=1") == ["thing:2"]
    for query in ("from=yesterday", f"to={rfc3339(utc_now())[:-1]}", "sort=actor"):
        refused = await client.get(f"/api/v1/admin/audit?{query}", headers=admin.headers)
        assert refused.status_code == 400


@pytest.mark.parametrize(
    ("changes", "mail", "storage"),
    [
        ({"mail_url": "smtp://127.0.0.1:1"}, ("degraded", "smtp: the server does not answer"), ("ok", "folder")),
        ({"media_url": "file:///dev/null/none"}, ("ok", "folder"), ("degraded", "folder: cannot be written")),
    ],
)
async def test_what_does_not_answer_degrades_the_platform(
    client: httpx.AsyncClient,
    house: House,
    settings: Settings,
    sign_in: SignIn,
    changes: dict[str, str],
    mail: tuple[str, str],
    storage: tuple[str, str],
) -> None:
    admin = await sign_in(Role.ADMIN)
    changed = settings.model_copy(update=changes)
    async with open_house(changed, house.database.url, register_jobs, work=False):
        data = (await client.get("/api/v1/status", headers=admin.headers)).json()["data"]
    checks = {name: (check["status"], check["detail"]) for name, check in data["checks"].items()}
    assert (checks["mail"], checks["storage"], data["status"]) == (mail, storage, "degraded")
    assert data["checks"]["stripe"]["status"] == "not_configured"


async def test_a_mail_server_that_answers_is_well(
    client: httpx.AsyncClient, house: House, settings: Settings, sign_in: SignIn
) -> None:
    admin = await sign_in(Role.ADMIN)
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    changed = settings.model_copy(update={"mail_url": f"smtp://user:hidden@127.0.0.1:{port}"})
    async with server, open_house(changed, house.database.url, register_jobs, work=False):
        answer = await client.get("/api/v1/status", headers=admin.headers)
    assert answer.json()["data"]["checks"]["mail"] == {"status": "ok", "latency_ms": None, "detail": "smtp"}
    assert "hidden" not in answer.text
