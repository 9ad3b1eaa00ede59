"""/dealership as a client meets it."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from models.users import Role

URL = "/api/v1/dealership"
SignIn = Callable[..., Awaitable[Any]]


async def test_staff_read_what_an_admin_wrote(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin, staff = (await sign_in(Role.ADMIN)).headers, (await sign_in(Role.STAFF)).headers
    assert (await client.get(URL, headers=staff)).status_code == 404
    told = {
        "name": "Harbor View Motors",
        "phone": "+1 650 253 0142",
        "hours": {"mon": [["09:00", "12:00"], ["13:00", "19:00"]], "sun": []},
        "policies": [{"topic": "Deposits", "text": "48 hours."}],
    }
    saved = await client.put(URL, json=told, headers=admin)
    assert saved.status_code == 200, saved.text
    read = await client.get(URL, headers=staff)
    assert read.json() == saved.json()
    facts = read.json()["data"]
    assert facts.pop("updated_at").endswith("Z")
    assert facts == told | {
        "phone": "+16502530142",
        "email": None,
        "website": None,
        "address": dict.fromkeys(("street", "city", "region", "postal_code", "country")),
        "timezone": "UTC",
        "currency": "usd",
        "auto_draft": False,
    }
    assert (await client.get(URL, headers=staff | {"If-None-Match": read.headers["ETag"]})).status_code == 304


async def test_who_may(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    for headers, codes in (
        ({}, [401, 401]),
        ((await sign_in(Role.USER)).headers, [403, 403]),
        ((await sign_in(Role.STAFF)).headers, [404, 403]),
        ((await sign_in(Role.MODERATOR)).headers, [403, 403]),
    ):
        read = await client.get(URL, headers=headers)
        written = await client.put(URL, json={"name": "Mine"}, headers=headers)
        assert [read.status_code, written.status_code] == codes


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "body.name"),
        ({"name": "H", "timezone": "Mars/Olympus"}, "body.timezone"),
        ({"name": "H", "hours": {"mon": [["19:00", "09:00"]]}}, "body.hours.mon"),
        ({"name": "H", "address": {"country": "XX"}}, "body.address.country"),
        ({"name": "H", "website": "javascript:1"}, "body.website"),
        ({"name": "H", "owner": "me"}, "body.owner"),
    ],
)
async def test_a_bad_field_is_named(
    client: httpx.AsyncClient, sign_in: SignIn, told: dict[str, Any], field: str
) -> None:
    answer = await client.put(URL, json=told, headers=(await sign_in(Role.ADMIN)).headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field
