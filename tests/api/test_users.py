"""/users over the whole application: oneself, the list, roles, suspensions, the last admin."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import update

from api.core.security import SESSION_COOKIE, Actor
from api.services.house import House
from models.base import rfc3339, utc_now
from models.users import Role, User, UserStatus
from tests.conftest import SignIn


async def test_one_reads_and_changes_oneself(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    me = await sign_in(Role.USER)
    first = (await client.get("/api/v1/users/me", headers=me.headers)).json()["data"]
    assert first["id"] == str(me.user.id)
    patch = {
        "display_name": " Zoe\u0301 ",
        "username": "Zoe_7",
        "bio": "one\r\ntwo",
        "timezone": "America/Chicago",
        "locale": "en-US",
        "notification_preferences": {"message.created": False},
    }
    answer = await client.patch("/api/v1/users/me", json=patch, headers=me.headers)
    assert answer.status_code == 200
    changed = answer.json()["data"]
    assert {name: changed[name] for name in patch} == {
        **patch,
        "display_name": "Zo\u00e9",
        "username": "zoe_7",
        "bio": "one\ntwo",
    }
    assert changed["updated_at"] > first["updated_at"]
    read = await client.get("/api/v1/users/me", headers=me.headers)
    assert read.json()["data"] == changed
    same = await client.get("/api/v1/users/me", headers={**me.headers, "If-None-Match": read.headers["etag"]})
    assert same.status_code == 304
    cleared = await client.patch("/api/v1/users/me", json={"timezone": None}, headers=me.headers)
    assert cleared.json()["data"]["timezone"] is None
    assert cleared.json()["data"]["locale"] == "en-US"


@pytest.mark.parametrize(
    "patch",
    [
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
        {"locale": "english"},
        {"bio": "x" * 2_001},
        {"bio": None},
        {"bio": "a\u0000b"},
        {"display_name": " "},
        {"role": "admin"},
        {"email": "new@example.com"},
        {"notification_preferences": {"x": "maybe"}},
    ],
)
async def test_a_bad_change_of_oneself_changes_nothing(
    client: httpx.AsyncClient, sign_in: SignIn, patch: dict[str, Any]
) -> None:
    me = await sign_in(Role.USER)
    before = (await client.get("/api/v1/users/me", headers=me.headers)).json()
    answer = await client.patch("/api/v1/users/me", json=patch, headers=me.headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")
    assert (await client.get("/api/v1/users/me", headers=me.headers)).json() == before


async def test_a_username_is_taken_whatever_its_case(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    await sign_in(Role.USER, username="zoe_7")
    me = await sign_in(Role.USER)
    answer = await client.patch("/api/v1/users/me", json={"username": "ZOE_7"}, headers=me.headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "username_taken")


@pytest.mark.parametrize("role", [Role.USER, Role.CREATOR, Role.STAFF])
async def test_looking_up_people_is_for_moderators_and_admins(
    client: httpx.AsyncClient, sign_in: SignIn, role: Role
) -> None:
    me = await sign_in(role)
    for path in ("/api/v1/users", f"/api/v1/users/{me.user.id}", f"/api/v1/users/{uuid4()}"):
        assert (await client.get(path)).status_code == 401
        answer = await client.get(path, headers=me.headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    for role_within in (Role.MODERATOR, Role.ADMIN):
        other = await sign_in(role_within)
        answer = await client.get(f"/api/v1/users/{me.user.id}", headers=other.headers)
        assert answer.json()["data"]["email"] == me.user.email
        assert "password" not in answer.text
        assert (await client.get(f"/api/v1/users/{uuid4()}", headers=other.headers)).status_code == 404


async def test_only_admins_change_people(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    target = await sign_in(Role.USER)
    for role in (Role.USER, Role.STAFF, Role.MODERATOR):
        caller = await sign_in(role)
        answer = await client.patch(f"/api/v1/users/{target.user.id}", json={"role": "admin"}, headers=caller.headers)
        assert answer.status_code == 403
        answer = await client.patch(f"/api/v1/users/{caller.user.id}", json={"role": "admin"}, headers=caller.headers)
        assert answer.status_code == 403


async def test_a_new_role_holds_at_once_and_is_audited(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin, person = await sign_in(Role.ADMIN), await sign_in(Role.USER)
    assert (await client.get("/api/v1/users", headers=person.headers)).status_code == 403
    path = f"/api/v1/users/{person.user.id}"
    answer = await client.patch(path, json={"role": "moderator", "reason": "helps out"}, headers=admin.headers)
    assert (answer.status_code, answer.json()["data"]["role"]) == (200, "moderator")
    assert (await client.get("/api/v1/users", headers=person.headers)).status_code == 200
    await client.patch(path, json={"role": "moderator"}, headers=admin.headers)
    lines = (await client.get("/api/v1/admin/audit?action=user:update", headers=admin.headers)).json()["data"]
    assert len(lines) == 1
    assert (lines[0]["actor"], lines[0]["target"]) == (f"user:{admin.user.id}", f"user:{person.user.id}")
    assert (lines[0]["before"]["role"], lines[0]["after"]["role"]) == ("user", "moderator")
    assert lines[0]["after"]["reason"] == "helps out"


async def test_a_suspension_holds_at_once_on_every_door_and_can_be_ended(
    client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    admin, person = await sign_in(Role.ADMIN), await sign_in(Role.STAFF)
    key = (
        await client.post("/api/v1/api-keys", json={"name": "k", "scopes": ["vehicles:read"]}, headers=person.headers)
    ).json()["data"]["secret"]
    doors = [person.headers, {"Cookie": f"{SESSION_COOKIE}={person.cookie}"}, {"X-API-Key": key}]
    for door in doors:
        assert (await client.get("/api/v1/vehicles", headers=door)).status_code == 200
    path = f"/api/v1/users/{person.user.id}"
    answer = await client.patch(path, json={"status": "suspended", "reason": "spam"}, headers=admin.headers)
    assert answer.json()["data"]["status"] == "suspended"
    for door in doors:
        refused = await client.get("/api/v1/vehicles", headers=door)
        assert (refused.status_code, refused.json()["code"]) == (403, "account_suspended")
    answer = await client.patch(path, json={"status": "active"}, headers=admin.headers)
    assert answer.json()["data"]["status"] == "active"
    for door in doors:
        assert (await client.get("/api/v1/vehicles", headers=door)).status_code == 200


async def test_a_suspension_ends_by_itself(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    admin, person = await sign_in(Role.ADMIN), await sign_in(Role.USER)
    path = f"/api/v1/users/{person.user.id}"
    until = rfc3339(utc_now() + timedelta(hours=1))
    patch = {"status": "suspended", "reason": "spam", "suspended_until": until}
    assert (await client.patch(path, json=patch, headers=admin.headers)).status_code == 200
    assert (await client.get("/api/v1/users/me", headers=person.headers)).status_code == 403
    async with house.unit(Actor.system("test")) as uow:
        over = update(User).where(User.id == person.user.id).values(suspended_until=utc_now())  # pyright: ignore[reportArgumentType]
        await uow.session.execute(over)
    me = await client.get("/api/v1/users/me", headers=person.headers)
    assert (me.status_code, me.json()["data"]["status"]) == (200, "active")
    assert (await client.get(path, headers=admin.headers)).json()["data"]["status"] == "active"


@pytest.mark.parametrize(
    "patch",
    [
        {"status": "suspended"},
        {"status": "suspended", "reason": " "},
        {"status": "suspended", "reason": "spam", "suspended_until": "2020-01-01T00:00:00Z"},
        {"status": "suspended", "reason": "spam", "suspended_until": "2099-01-01T00:00:00"},
        {"status": "deleted"},
        {"suspended_until": "2099-01-01T00:00:00Z"},
        {"role": "owner"},
        {"email_verified": True},
    ],
)
async def test_a_bad_change_of_somebody_is_refused(
    client: httpx.AsyncClient, sign_in: SignIn, patch: dict[str, Any]
) -> None:
    admin, person = await sign_in(Role.ADMIN), await sign_in(Role.USER)
    answer = await client.patch(f"/api/v1/users/{person.user.id}", json=patch, headers=admin.headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")


@pytest.mark.parametrize("patch", [{"role": "user"}, {"status": "suspended", "reason": "holiday"}])
async def test_the_last_admin_stays(client: httpx.AsyncClient, sign_in: SignIn, patch: dict[str, str]) -> None:
    admin = await sign_in(Role.ADMIN)
    suspended = await sign_in(Role.ADMIN, status=UserStatus.SUSPENDED)
    answer = await client.patch(f"/api/v1/users/{admin.user.id}", json=patch, headers=admin.headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")
    assert (await client.get("/api/v1/users", headers=admin.headers)).status_code == 200
    assert (
        await client.patch(f"/api/v1/users/{suspended.user.id}", json={"role": "user"}, headers=admin.headers)
    ).is_success


async def test_however_many_admins_are_demoted_at_once_one_remains(
    client: httpx.AsyncClient, house: House, sign_in: SignIn
) -> None:
    admins = [await sign_in(Role.ADMIN) for _ in range(20)]
    for admin in admins:
        assert (await client.get("/api/v1/users/me", headers=admin.headers)).status_code == 200
    answers = await asyncio.gather(
        *(
            client.patch(
                f"/api/v1/users/{target.user.id}",
                json={"role": "user"} if place % 2 else {"status": "suspended", "reason": "race"},
                headers=admins[place - 7].headers,
            )
            for place, target in enumerate(admins)
        )
    )
    left = await house.database.fetch("SELECT id FROM users WHERE role = 'admin' AND status = 'active'")
    assert len(left) >= 1
    assert sum(answer.status_code == 200 for answer in answers) == 20 - len(left)
    assert {answer.status_code for answer in answers} <= {200, 401, 403, 409}
    survivors = [admin for admin in admins if str(admin.user.id) in {row["id"] for row in left}]
    for target in survivors:
        await client.patch(f"/api/v1/users/{target.user.id}", json={"role": "user"}, headers=survivors[0].headers)
    assert len(await house.database.fetch("SELECT 1 FROM users WHERE role = 'admin' AND status = 'active'")) == 1
