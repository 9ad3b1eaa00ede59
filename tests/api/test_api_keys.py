"""/api-keys over the whole application: the secret once, scopes within the owner's permissions, revocation."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from api.core.security import Actor, token_hash
from api.services.house import House
from models.base import rfc3339, utc_now
from models.platform import ApiKey
from models.users import Role
from tests.conftest import SignIn


async def make(client: httpx.AsyncClient, headers: dict[str, str], *scopes: str, **more: Any) -> dict[str, Any]:
    """Make a key and return it with its secret."""
    answer = await client.post("/api/v1/api-keys", json={"name": "Till", "scopes": scopes, **more}, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


async def test_a_keys_secret_is_shown_once_and_stored_as_its_hash(
    client: httpx.AsyncClient, house: House, sign_in: SignIn
) -> None:
    person = await sign_in(Role.STAFF)
    body = {"name": " Till ", "scopes": ["vehicles:read", "vehicles:read"], "daily_quota": 5}
    answer = await client.post("/api/v1/api-keys", json=body, headers=person.headers)
    made = answer.json()["data"]
    assert answer.headers["location"] == f"/api/v1/api-keys/{made['id']}"
    assert answer.headers["cache-control"] == "no-store"
    assert made["secret"].startswith("dsk_")
    assert made["secret"].startswith(made["hint"])
    assert (made["name"], made["scopes"], made["daily_quota"]) == ("Till", ["vehicles:read"], 5)
    listed = await client.get("/api/v1/api-keys", headers=person.headers)
    assert listed.json()["data"] == [{name: value for name, value in made.items() if name != "secret"}]
    rows = await house.database.fetch("SELECT secret_hash FROM api_keys")
    assert rows[0]["secret_hash"] == token_hash(made["secret"])


@pytest.mark.parametrize(
    "changes",
    [
        {"scopes": []},
        {"scopes": ["vehicles:eat"]},
        {"name": ""},
        {"expires_at": "2020-01-01T00:00:00Z"},
        {"expires_at": "2099-01-01T00:00:00"},
        {"daily_quota": 0},
        {"secret": "dsk_mine"},
    ],
)
async def test_a_bad_key_is_refused(client: httpx.AsyncClient, sign_in: SignIn, changes: dict[str, Any]) -> None:
    person = await sign_in(Role.STAFF)
    body = {"name": "Till", "scopes": ["vehicles:read"], **changes}
    answer = await client.post("/api/v1/api-keys", json=body, headers=person.headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")


async def test_a_key_does_what_its_scopes_grant_and_nothing_else(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    key = {"X-API-Key": (await make(client, admin.headers, "vehicles:read"))["secret"]}
    assert (await client.get("/api/v1/vehicles", headers=key)).status_code == 200
    for path in ("users", "conversations", "users/me", "api-keys", "admin/audit", "auth/sessions", "notifications"):
        answer = await client.get(f"/api/v1/{path}", headers=key)
        assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope"), path
    wider = {"X-API-Key": (await make(client, admin.headers, "users:read"))["secret"]}
    assert (await client.get("/api/v1/users", headers=wider)).status_code == 200
    made = await client.post("/api/v1/api-keys", json={"name": "x", "scopes": ["users:read"]}, headers=wider)
    assert made.status_code == 403


async def test_a_key_never_exceeds_its_owner(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    person = await sign_in(Role.USER)
    key = {"X-API-Key": (await make(client, person.headers, "users:read", "vehicles:read"))["secret"]}
    for path in ("users", "vehicles"):
        answer = await client.get(f"/api/v1/{path}", headers=key)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_deleted_key_is_refused_at_once(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    owner, stranger = await sign_in(Role.STAFF), await sign_in(Role.ADMIN)
    made = await make(client, owner.headers, "vehicles:read")
    key, path = {"X-API-Key": made["secret"]}, f"/api/v1/api-keys/{made['id']}"
    assert (await client.get("/api/v1/vehicles", headers=key)).status_code == 200
    assert (await client.delete(path, headers=stranger.headers)).status_code == 404
    assert (await client.get("/api/v1/vehicles", headers=key)).status_code == 200
    assert (await client.delete(path, headers=owner.headers)).status_code == 204
    refused = await client.get("/api/v1/vehicles", headers=key)
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthorized")
    assert (await client.delete(path, headers=owner.headers)).status_code == 404
    assert (await client.get("/api/v1/api-keys", headers=owner.headers)).json()["data"] == []


async def test_a_key_ends_with_its_time(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    owner = await sign_in(Role.STAFF)
    soon = rfc3339(utc_now() + timedelta(hours=1))
    made = await make(client, owner.headers, "vehicles:read", expires_at=soon)
    assert made["expires_at"] == soon
    key = {"X-API-Key": made["secret"]}
    assert (await client.get("/api/v1/vehicles", headers=key)).status_code == 200
    async with house.unit(Actor.system("test")) as uow:
        await uow.session.execute(update(ApiKey).values(expires_at=utc_now()))
    house.sessions.clear()
    assert (await client.get("/api/v1/vehicles", headers=key)).status_code == 401


async def test_an_unknown_key_is_refused_even_beside_a_good_token(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    person = await sign_in(Role.STAFF)
    answer = await client.get("/api/v1/vehicles", headers={**person.headers, "X-API-Key": "dsk_unknown"})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
    answer = await client.get("/api/v1/vehicles", headers={"X-API-Key": person.cookie})
    assert answer.status_code == 401


async def test_use_is_noted(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    owner = await sign_in(Role.STAFF)
    made = await make(client, owner.headers, "vehicles:read")
    assert made["last_used_at"] is None
    await client.get("/api/v1/vehicles", headers={"X-API-Key": made["secret"]})
    listed = (await client.get("/api/v1/api-keys", headers=owner.headers)).json()["data"]
    assert listed[0]["last_used_at"] is not None


async def test_keys_are_listed_page_by_page_and_end_at_a_hundred(
    client: httpx.AsyncClient, house: House, sign_in: SignIn
) -> None:
    owner, stranger = await sign_in(Role.STAFF), await sign_in(Role.STAFF)
    await make(client, stranger.headers, "vehicles:read")
    async with house.unit(Actor.system("test")) as uow:
        for place in range(100):
            await uow.keys.add(
                ApiKey(
                    user_id=owner.user.id,
                    name=f"k{place}",
                    secret_hash=token_hash(str(place)),
                    hint="dsk_",
                    scopes=["vehicles:read"],
                    created_at=utc_now(),
                )
            )
    first = (await client.get("/api/v1/api-keys?limit=60&include_total=true", headers=owner.headers)).json()
    assert first["meta"]["total"] == 100
    second = await client.get(f"/api/v1/api-keys?limit=60&cursor={first['meta']['next_cursor']}", headers=owner.headers)
    shown = [row["name"] for row in first["data"] + second.json()["data"]]
    assert shown == [f"k{place}" for place in reversed(range(100))]
    body = {"name": "x", "scopes": ["vehicles:read"]}
    refused = await client.post("/api/v1/api-keys", json=body, headers=owner.headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
