"""/admin/jobs and /admin/flags over the whole application."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.core.security import Actor
from api.services.flags import WEBHOOKS_PAUSED, is_active
from api.services.house import House
from models.base import rfc3339, utc_now
from models.users import Role
from tests.conftest import SignIn

JOBS = "/api/v1/admin/jobs"
FLAGS = "/api/v1/admin/flags"
NOBODY = "0190c0de-0000-7000-8000-000000000000"


async def enqueued(house: House, job: str, **arguments: Any) -> None:
    """Enqueue a job."""
    async with house.unit(Actor.system("test")) as uow:
        await uow.enqueue(job, **arguments)


async def test_jobs_are_listed_by_page_state_and_task(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    for _ in range(3):
        await enqueued(house, "webhook_deliveries.deliver", delivery_id=NOBODY)
    await enqueued(house, "drafting.auto_draft", conversation_id=NOBODY, token="dsk_secret-of-somebody")
    answer = await client.get(f"{JOBS}?include_total=true", headers=admin.headers)
    page = answer.json()
    assert page["meta"]["total"] == 4
    newest = page["data"][0]
    assert (newest["task"], newest["status"], newest["attempts"]) == ("drafting.auto_draft", "todo", 0)
    assert newest["about"] == {"conversation_id": NOBODY}
    assert "secret-of-somebody" not in answer.text
    assert [job["id"] for job in page["data"]] == sorted((job["id"] for job in page["data"]), reverse=True)
    first = (await client.get(f"{JOBS}?limit=3", headers=admin.headers)).json()
    second = (await client.get(f"{JOBS}?limit=3&cursor={first['meta']['next_cursor']}", headers=admin.headers)).json()
    assert [*first["data"], *second["data"]] == page["data"]
    assert second["meta"]["next_cursor"] is None
    for query, number in (
        ("task=drafting.auto_draft", 1),
        ("task=AUTO_dr", 1),
        ("task=auto%25draft", 0),
        ("task=o", 4),
        ("status=todo", 4),
        ("status=failed", 0),
    ):
        found = (await client.get(f"{JOBS}?{query}", headers=admin.headers)).json()["data"]
        assert len(found) == number, query
    for query in ("status=lost", f"sort=id&cursor={first['meta']['next_cursor']}", "sort=task"):
        assert (await client.get(f"{JOBS}?{query}", headers=admin.headers)).status_code == 400


async def test_a_failed_job_says_why_and_runs_again(
    client: httpx.AsyncClient, house: House, sign_in: SignIn, run_jobs: Callable[[], Awaitable[None]]
) -> None:
    admin = await sign_in(Role.ADMIN)
    await enqueued(house, "webhook_deliveries.deliver", delivery_id="not-an-id of ana@example.com")
    await run_jobs()
    listed = f"{JOBS}?task=webhook_deliveries.deliver"
    (job,) = (await client.get(listed, headers=admin.headers)).json()["data"]
    assert (job["status"], job["attempts"]) == ("todo", 1)
    assert job["last_error"].startswith("ValueError: ")
    assert "ana@example.com" not in job["last_error"]
    assert job["scheduled_at"]
    path = f"{JOBS}/{job['id']}/retry"
    again = await client.post(path, headers=admin.headers)
    assert (again.status_code, again.json()["data"]["scheduled_at"]) == (202, None)
    await run_jobs()
    (job,) = (await client.get(listed, headers=admin.headers)).json()["data"]
    assert job["attempts"] == 2
    await house.database.fetch("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'todo' RETURNING id")
    assert (await client.post(path, headers=admin.headers)).json()["data"]["status"] == "todo"
    await house.database.fetch("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo' RETURNING id")
    assert (await client.post(path, headers=admin.headers)).status_code == 409
    assert (await client.post(f"{JOBS}/999999999/retry", headers=admin.headers)).status_code == 404
    for wrong in ("x", "0", "-1", str(2**63)):
        assert (await client.post(f"{JOBS}/{wrong}/retry", headers=admin.headers)).status_code == 400
    trail = (await client.get("/api/v1/admin/audit?action=job:retry", headers=admin.headers)).json()["data"]
    assert len(trail) == 2


async def test_a_retry_gives_way_to_the_job_in_its_place(
    client: httpx.AsyncClient, house: House, sign_in: SignIn
) -> None:
    admin = await sign_in(Role.ADMIN)
    await enqueued(house, "drafting.auto_draft", lock="one", conversation_id=NOBODY)
    await house.database.fetch("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo' RETURNING id")
    await house.database.fetch("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'doing' RETURNING id")
    await enqueued(house, "drafting.auto_draft", lock="one", conversation_id=NOBODY)
    (_, failed) = (await client.get(JOBS, headers=admin.headers)).json()["data"]
    answer = await client.post(f"{JOBS}/{failed['id']}/retry", headers=admin.headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


async def test_a_flag_is_made_changed_and_listed(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN, display_name="Ada")
    assert (await client.get(f"{FLAGS}/new.thing", headers=admin.headers)).status_code == 404
    made = (await client.patch(f"{FLAGS}/new.thing", json={}, headers=admin.headers)).json()["data"]
    assert (made["enabled"], made["active"], made["expired"], made["owner"]) == (False, False, False, "Ada")
    on = {"enabled": True, "owner": "Sam", "description": "A trial"}
    changed = (await client.patch(f"{FLAGS}/new.thing", json=on, headers=admin.headers)).json()["data"]
    assert (changed["active"], changed["owner"], changed["expires_at"]) == (True, "Sam", made["expires_at"])
    assert (await client.get(f"{FLAGS}/new.thing", headers=admin.headers)).json()["data"] == changed
    await client.patch(f"{FLAGS}/another", json={}, headers=admin.headers)
    listed = (await client.get(FLAGS, headers=admin.headers)).json()["data"]
    assert [flag["name"] for flag in listed] == ["another", "new.thing"]
    trail = (await client.get("/api/v1/admin/audit?target=flag:new.thing", headers=admin.headers)).json()["data"]
    assert [line["before"] is None for line in trail] == [False, True]
    past = rfc3339(utc_now() - timedelta(seconds=1))
    for body in ({"expires_at": past}, {"enabled": None}, {"enabled": "maybe"}, {"name": "x"}):
        assert (await client.patch(f"{FLAGS}/new.thing", json=body, headers=admin.headers)).status_code == 400
    for name in ("UPPER", "9lives", "a" * 65):
        assert (await client.patch(f"{FLAGS}/{name}", json={}, headers=admin.headers)).status_code == 400


async def test_an_expired_flag_is_off_and_says_so(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    await client.patch(f"{FLAGS}/{WEBHOOKS_PAUSED}", json={"enabled": True}, headers=admin.headers)
    async with house.unit(Actor.system("test")) as uow:
        assert await is_active(uow, WEBHOOKS_PAUSED)
    await house.database.fetch("UPDATE feature_flags SET expires_at = now() RETURNING id")
    async with house.unit(Actor.system("test")) as uow:
        assert not await is_active(uow, WEBHOOKS_PAUSED)
    shown = (await client.get(f"{FLAGS}/{WEBHOOKS_PAUSED}", headers=admin.headers)).json()["data"]
    assert (shown["enabled"], shown["active"], shown["expired"]) == (True, False, True)


async def test_one_flag_however_many_make_it(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    tries = [client.patch(f"{FLAGS}/raced", json={"enabled": True}, headers=admin.headers) for _ in range(12)]
    codes = {answer.status_code for answer in await asyncio.gather(*tries)}
    assert codes <= {200, 409}
    listed = (await client.get(FLAGS, headers=admin.headers)).json()["data"]
    assert [flag["name"] for flag in listed] == ["raced"]


@pytest.mark.parametrize("path", ["admin/jobs", "admin/flags", "webhook-endpoints"])
async def test_the_levers_are_for_admins(client: httpx.AsyncClient, sign_in: SignIn, path: str) -> None:
    for role in (Role.USER, Role.STAFF, Role.MODERATOR):
        person = await sign_in(role)
        assert (await client.get(f"/api/v1/{path}", headers=person.headers)).status_code == 403
