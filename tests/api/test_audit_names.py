"""The audit trail by names: whose doing a line is, what it is about, and finding lines by either."""

from typing import Any

import httpx
import pytest

from models.users import Role
from tests.conftest import SignIn

Lines = list[dict[str, Any]]


async def trail(client: httpx.AsyncClient, headers: dict[str, str], **query: str) -> Lines:
    """Return the lines that an admin finds."""
    answer = await client.get("/api/v1/admin/audit", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def test_a_line_has_the_names_of_today(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin, staff = await sign_in(Role.ADMIN), await sign_in(Role.STAFF)
    body = {"customer": {"name": "Quirina Ohnesorg"}, "source": "phone", "subject": "A blue Saab"}
    made = (await client.post("/api/v1/conversations", json=body, headers=staff.headers)).json()["data"]
    line = (await trail(client, admin.headers, action="conversation:create"))[0]
    me = (await client.get("/api/v1/users/me", headers=staff.headers)).json()["data"]
    assert (line["actor_name"], line["actor_email"]) == (me["display_name"], me["email"])
    assert line["target_name"] == "A blue Saab"
    assert line["target"] == f"conversation:{made['id']}"


async def test_a_deleted_persons_lines_stay_under_no_name(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin, staff = await sign_in(Role.ADMIN), await sign_in(Role.STAFF)
    email = (await client.get("/api/v1/users/me", headers=staff.headers)).json()["data"]["email"]
    body = {"customer": {"name": "Ann"}, "source": "phone"}
    await client.post("/api/v1/conversations", json=body, headers=staff.headers)
    assert (await client.delete(f"/api/v1/users/{staff.user.id}", headers=admin.headers)).status_code == 204
    line = (await trail(client, admin.headers, actor=str(staff.user.id)))[0]
    assert (line["actor"], line["actor_name"]) == (f"user:{staff.user.id}", "Deleted user")
    assert line["actor_email"] is None
    assert await trail(client, admin.headers, actor=email) == []


async def test_lines_are_found_by_name_kind_and_id(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin, staff = await sign_in(Role.ADMIN), await sign_in(Role.STAFF)
    await client.patch("/api/v1/users/me", json={"display_name": "Zo\u00eb O'Bri%n"}, headers=staff.headers)
    body = {"customer": {"name": "Ann"}, "source": "phone"}
    made = (await client.post("/api/v1/conversations", json=body, headers=staff.headers)).json()["data"]
    await client.patch("/api/v1/admin/flags/a.flag", json={"enabled": True}, headers=admin.headers)
    both = {"conversation:create", "flag:update"}
    assert {line["action"] for line in await trail(client, admin.headers)} >= both
    for query in ({"actor": "zo\u00eb"}, {"actor": "o'bri%"}, {"action": "conversation"}, {"target": made["id"]}):
        found = {line["action"] for line in await trail(client, admin.headers, **query)}
        assert found & both == {"conversation:create"}, query
    assert [line["target"] for line in await trail(client, admin.headers, target="flag")] == ["flag:a.flag"]


@pytest.mark.parametrize("query", [{"actor": "Zo_"}, {"actor": "%"}, {"action": "conv%"}, {"target": "fl_g"}])
async def test_a_wildcard_is_a_letter_like_any_other(
    client: httpx.AsyncClient, sign_in: SignIn, query: dict[str, str]
) -> None:
    admin = await sign_in(Role.ADMIN)
    await client.patch("/api/v1/users/me", json={"display_name": "Zoe"}, headers=admin.headers)
    await client.patch("/api/v1/admin/flags/a.flag", json={"enabled": True}, headers=admin.headers)
    assert await trail(client, admin.headers, **query) == []


async def test_a_canned_response_and_the_dealership_have_their_names(
    client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    admin = await sign_in(Role.ADMIN)
    body = {"title": "Opening hours", "content": "From nine.", "shortcut": "hours"}
    made = (await client.post("/api/v1/canned-responses", json=body, headers=admin.headers)).json()["data"]
    assert (await client.put("/api/v1/dealership", json={"name": "Elm Cars"}, headers=admin.headers)).status_code == 200
    named = {line["action"]: line["target_name"] for line in await trail(client, admin.headers)}
    assert named["canned_response:create"] == "Opening hours"
    assert named["dealership:update"] == "Elm Cars"
    found = await trail(client, admin.headers, target=made["id"])
    assert [line["action"] for line in found] == ["canned_response:create"]
