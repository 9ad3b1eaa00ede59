"""/canned-responses as a client meets it."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from models.users import Role

URL = "/api/v1/canned-responses"
SignIn = Callable[..., Awaitable[Any]]


async def test_kept_listed_changed_deleted(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin, staff = (await sign_in(Role.ADMIN)).headers, (await sign_in(Role.STAFF)).headers
    told = {"title": "Hours", "content": "We open at nine.\nSundays closed.", "shortcut": "hours"}
    answer = await client.post(URL, json=told, headers=admin)
    kept = answer.json()["data"]
    assert answer.status_code == 201
    assert kept == told | {"id": kept["id"], "approved": False}
    place = answer.headers["Location"]
    assert place == f"{URL}/{kept['id']}"
    listed = await client.get(URL, headers=staff)
    assert listed.json()["data"] == [kept]
    assert (await client.post(URL, json=told, headers=admin)).status_code == 409
    changed = await client.patch(place, json={"approved": True}, headers=admin)
    assert changed.json()["data"] == kept | {"approved": True}
    assert (await client.delete(place, headers=admin)).status_code == 204
    assert (await client.delete(place, headers=admin)).status_code == 404
    assert (await client.get(URL, headers=staff)).json()["data"] == []


async def test_pages_by_title(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin = (await sign_in(Role.ADMIN)).headers
    for letter in "dbeac":
        await client.post(URL, json={"title": letter, "content": letter}, headers=admin)
    first = (await client.get(URL, params={"limit": 3}, headers=admin)).json()
    rest = (await client.get(URL, params={"limit": 3, "cursor": first["meta"]["next_cursor"]}, headers=admin)).json()
    assert [row["title"] for row in first["data"] + rest["data"]] == list("abcde")
    assert not rest["meta"]["has_more"]
    found = (await client.get(URL, params={"q": "C"}, headers=admin)).json()["data"]
    assert [row["title"] for row in found] == ["c"]


async def test_staff_read_and_only_admins_write(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    told = {"title": "Hours", "content": "Nine."}
    place = (await client.post(URL, json=told, headers=(await sign_in(Role.ADMIN)).headers)).headers["Location"]
    for headers, reading, writing in (
        ({}, 401, 401),
        ((await sign_in(Role.USER)).headers, 403, 403),
        ((await sign_in(Role.STAFF)).headers, 200, 403),
    ):
        assert (await client.get(URL, headers=headers)).status_code == reading
        assert (await client.post(URL, json=told, headers=headers)).status_code == writing
        assert (await client.patch(place, json={}, headers=headers)).status_code == writing
        assert (await client.delete(place, headers=headers)).status_code == writing


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"title": ""}, "body.title"),
        ({"content": "x" * 10_001}, "body.content"),
        ({"shortcut": "two words"}, "body.shortcut"),
        ({"approved": True, "author": "me"}, "body.author"),
    ],
)
async def test_a_bad_field_is_named(
    client: httpx.AsyncClient, sign_in: SignIn, told: dict[str, Any], field: str
) -> None:
    body = {"title": "Hours", "content": "Nine."} | told
    answer = await client.post(URL, json=body, headers=(await sign_in(Role.ADMIN)).headers)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
