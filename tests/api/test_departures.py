"""What is held about somebody, and that it is gone when he goes."""

from typing import Any

import httpx
import pytest
from sqlmodel import SQLModel

from api.repositories.accounts import authored_columns, personal_columns, shown_columns
from api.services.house import House
from models.notifications import Notification
from models.users import Role
from tests.conftest import SignIn
from tests.people import ANA, PASSWORD, RIGHT, bearer, register

ME, EXPORT = "/api/v1/users/me", "/api/v1/users/me/export"


async def delete_me(client: httpx.AsyncClient, headers: dict[str, str], **body: Any) -> httpx.Response:
    """Delete oneself."""
    return await client.request("DELETE", ME, json=body, headers=headers)


async def test_the_export_holds_everything_but_secrets(client: httpx.AsyncClient, house: House) -> None:
    data = await register(client)
    headers, user_id = bearer(data), data["user"]["id"]
    key = await client.post("/api/v1/api-keys", json={"name": "mine", "scopes": ["users:read"]}, headers=headers)
    secret = (await client.post("/api/v1/auth/totp/enroll", headers=headers)).json()["data"]["secret"]
    await client.post("/api/v1/users/verify-age", json={"date_of_birth": "1971-03-09"}, headers=headers)
    answer = await client.get(EXPORT, headers=headers)
    assert answer.status_code == 200
    told = answer.json()["data"]
    assert (told["account"]["email"], told["account"]["id"]) == ("Ana.Lopez@example.com", user_id)
    held = told["held"]
    assert held["api_keys"][0]["name"] == "mine"
    assert len(held["auth_sessions"]) == len(held["totp_secrets"]) == len(held["age_checks"]) == 1
    sealed = (await house.database.fetch("SELECT secret FROM totp_secrets"))[0]["secret"]
    for never in (secret, sealed, key.json()["data"]["secret"], "hash", data["refresh_token"], "$2b$"):
        assert never not in answer.text
    assert set(held) >= {table.name for table, _ in [*personal_columns(), *authored_columns()]}


def test_no_column_that_is_shown_is_a_secret() -> None:
    for table in SQLModel.metadata.sorted_tables:
        names = {column.name for column in shown_columns(table)}
        assert not any("hash" in name or "secret" in name for name in names), table.name


async def test_who_leaves_is_gone_from_every_table_and_his_email_is_free(
    client: httpx.AsyncClient, house: House
) -> None:
    data = await register(client)
    headers, user_id = bearer(data), data["user"]["id"]
    await client.patch(ME, json={"bio": "my dog is called Rex", "timezone": "America/Chicago"}, headers=headers)
    body = {"name": "k", "scopes": ["vehicles:read"]}
    key = (await client.post("/api/v1/api-keys", json=body, headers=headers)).json()["data"]["secret"]
    await client.post("/api/v1/auth/totp/enroll", headers=headers)
    async with house.database.sessions() as session:
        session.add(Notification(user_id=user_id, kind="test", title="For Ana"))
        await session.commit()
    for proof in ({}, {"password": "not it at all"}):
        assert (await delete_me(client, headers, **proof)).status_code == 401
    assert (await delete_me(client, headers, password=PASSWORD)).status_code == 204
    for stale in (headers, {"X-API-Key": key}):
        assert (await client.get(ME, headers=stale)).status_code == 401
    for table, column in personal_columns():
        rows = await house.database.fetch(f"SELECT 1 FROM {table.name} WHERE {column.name} = %s", [user_id])
        assert rows == [], table.name
    row = (await house.database.fetch("SELECT u::text AS row FROM users u WHERE id = %s", [user_id]))[0]["row"]
    for trace in ("lopez", "Lopez", "ana_l", "Rex", "Chicago", "$2b$"):
        assert trace not in row
    assert (await client.post("/api/v1/auth/login", json=RIGHT)).status_code == 401
    again = await register(client)
    assert again["user"]["id"] != user_id
    assert again["user"]["username"] == ANA["username"].lower()


async def test_what_he_said_stays_under_no_name(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin, staff = await sign_in(Role.ADMIN), await sign_in(Role.STAFF, display_name="Bea Brandt")
    body = {"customer": {"name": "Ann"}, "source": "web", "message": {"content": "hello"}}
    made = (await client.post("/api/v1/conversations", json=body, headers=admin.headers)).json()["data"]
    path = f"/api/v1/conversations/{made['id']}"
    said = {"content": "We open at nine.", "sender": "staff"}
    assert (await client.post(f"{path}/messages", json=said, headers=staff.headers)).status_code == 201
    assert (await delete_me(client, staff.headers)).status_code == 204
    thread = await client.get(path, headers=admin.headers)
    assert "We open at nine." in thread.text
    assert "Bea" not in thread.text


async def test_an_admin_deletes_somebody_and_it_is_audited(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin, person = await sign_in(Role.ADMIN), await sign_in(Role.USER)
    path = f"/api/v1/users/{person.user.id}"
    for role in (Role.USER, Role.STAFF, Role.MODERATOR):
        other = await sign_in(role)
        assert (await client.delete(path, headers=other.headers)).status_code == 403
    body = {"status": "suspended", "reason": "wrote from a friend's house"}
    assert (await client.patch(path, json=body, headers=admin.headers)).status_code == 200
    assert (await client.delete(path, headers=admin.headers)).status_code == 204
    assert (await client.delete(path, headers=admin.headers)).status_code == 404
    assert (await client.get(ME, headers=person.headers)).status_code == 401
    lines = (await client.get("/api/v1/admin/audit?action=user:delete", headers=admin.headers)).json()["data"]
    assert [(line["actor"], line["target"]) for line in lines] == [(f"user:{admin.user.id}", f"user:{person.user.id}")]
    trail = await client.get(f"/api/v1/admin/audit?target=user:{person.user.id}", headers=admin.headers)
    assert (len(trail.json()["data"]), "friend" in trail.text) == (2, False)


@pytest.mark.parametrize("himself", [True, False])
async def test_the_last_admin_cannot_be_deleted(client: httpx.AsyncClient, sign_in: SignIn, himself: bool) -> None:
    admin = await sign_in(Role.ADMIN)
    path = f"/api/v1/users/{admin.user.id}"
    answer = await (delete_me(client, admin.headers) if himself else client.delete(path, headers=admin.headers))
    assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")
    assert (await client.get("/api/v1/users", headers=admin.headers)).status_code == 200
