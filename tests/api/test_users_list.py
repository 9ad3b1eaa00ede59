"""GET /users over the whole application: filters, sorts, pages."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from api.core.security import Actor
from api.services.house import House
from models.base import new_id, utc_now
from models.users import Role, User, UserStatus
from tests.conftest import SignIn


async def names(client: httpx.AsyncClient, headers: dict[str, str], **query: Any) -> list[str]:
    """Return the usernames of all pages of a list, read two at a time."""
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        answer = await client.get("/api/v1/users", params={"limit": 2, **query, **cursor}, headers=headers)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [row["username"] for row in page["data"]]
        assert page["meta"]["has_more"] == (page["meta"]["next_cursor"] is not None)
        if not page["meta"]["has_more"]:
            return found
        cursor = {"cursor": page["meta"]["next_cursor"]}


async def people(house: House) -> None:
    """Add five users, one of them deleted and one whose suspension is over."""
    now = utc_now()
    rows = [
        {"username": "bea", "email": "Bea@example.com", "role": Role.STAFF, "last_login_at": now},
        {"username": "cem", "email": "cem@example.com", "email_verified_at": now},
        {"username": "dan", "email": "dan@example.com", "status": UserStatus.SUSPENDED, "display_name": "50% Dan_"},
        {
            "username": "eve",
            "email": "a-eve@example.com",
            "status": UserStatus.SUSPENDED,
            "suspended_until": now - timedelta(seconds=1),
            "last_login_at": now - timedelta(days=1),
        },
        {"username": "fay", "email": "fay@example.com", "status": UserStatus.DELETED},
    ]
    async with house.unit(Actor.system("test")) as uow:
        for place, row in enumerate(rows):
            await uow.users.add(
                User(id=new_id(), **{"display_name": row["username"], **row}, created_at=now + timedelta(seconds=place))
            )


async def test_the_list_filters_sorts_and_pages(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN, username="admin", email="zz@example.com")
    await people(house)

    async def listed(**query: Any) -> list[str]:
        return await names(client, admin.headers, **query)

    assert await listed() == ["eve", "dan", "cem", "bea", "admin"]
    assert await listed(sort="created_at") == ["admin", "bea", "cem", "dan", "eve"]
    assert await listed(sort="email") == ["eve", "bea", "cem", "dan", "admin"]
    assert await listed(sort="-email") == ["admin", "dan", "cem", "bea", "eve"]
    assert (await listed(sort="-last_login_at"))[:2] == ["bea", "eve"]
    assert (await listed(sort="last_login_at"))[-2:] == ["eve", "bea"]
    assert sorted(await listed(sort="-last_login_at")) == ["admin", "bea", "cem", "dan", "eve"]
    assert await listed(role="staff") == ["bea"]
    assert await listed(status="suspended") == ["dan"]
    assert await listed(status="active") == ["eve", "cem", "bea", "admin"]
    assert await listed(verified="true") == ["cem", "admin"]
    assert await listed(verified="false") == ["eve", "dan", "bea"]
    assert await listed(q="BEA@ex") == ["bea"]
    assert await listed(q="50%") == ["dan"]
    assert await listed(q="%") == ["dan"]
    assert await listed(q="dan_") == ["dan"]


async def test_the_list_tells_its_total_and_refuses_what_it_does_not_know(
    client: httpx.AsyncClient, house: House, sign_in: SignIn
) -> None:
    admin = await sign_in(Role.ADMIN)
    await people(house)
    page = (await client.get("/api/v1/users?limit=1&include_total=true", headers=admin.headers)).json()
    assert page["meta"]["total"] == 5
    assert (await client.get("/api/v1/users?limit=1", headers=admin.headers)).json()["meta"]["total"] is None
    cursor = page["meta"]["next_cursor"]
    for query in (
        *("sort=password_hash", "limit=0", "limit=101", "role=king", "status=gone", "cursor=nonsense", "q=%00"),
        *(f"cursor={cursor}&sort=email", f"cursor={cursor}&role=user"),
    ):
        answer = await client.get(f"/api/v1/users?{query}", headers=admin.headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "validation_error"), query


async def test_a_deleted_user_is_nowhere(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    await people(house)
    rows = await house.database.fetch("SELECT id FROM users WHERE username = 'fay'")
    path = f"/api/v1/users/{UUID(rows[0]['id'])}"
    assert (await client.get(path, headers=admin.headers)).status_code == 404
    assert (await client.patch(path, json={"role": "staff"}, headers=admin.headers)).status_code == 404
    assert await names(client, admin.headers, status="deleted") == ["fay"]
