"""GET /users/search over the whole application: words, beginnings, near misses, filters, pages."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.core.security import Actor
from api.repositories import user_search
from api.services.house import House
from models.base import new_id, utc_now
from models.users import Role, User, UserStatus
from tests.conftest import SignedIn, SignIn

PATH = "/api/v1/users/search"
PEOPLE: list[dict[str, Any]] = [
    {"username": "mari", "display_name": "Zed", "email": "zed@example.org"},
    {"username": "marisol_v", "display_name": "Marisol Vega", "email": "mvega@dealer.example"},
    {"username": "mario88", "display_name": "Mario Rossi", "email": "rossi.mario@example.org", "role": Role.STAFF},
    {"username": "nakamura", "display_name": "Hana Nakamura", "email": "hana@example.org"},
    {"username": "gone", "display_name": "Marisol Gone", "email": "g@example.org", "status": UserStatus.DELETED},
]


@pytest.fixture
async def moderator(house: House, sign_in: SignIn) -> SignedIn:
    """Somebody who may look, among people."""
    now = utc_now()
    async with house.unit(Actor.system("test")) as uow:
        for place, person in enumerate(PEOPLE):
            checked = now + timedelta(days=9) if person["username"] == "nakamura" else None
            made = now + timedelta(seconds=place)
            await uow.users.add(User(id=new_id(), **person, age_verified_until=checked, created_at=made))
    return await sign_in(Role.MODERATOR, username="looker", display_name="Looker", email="looker@x.example")


async def seek(client: httpx.AsyncClient, person: SignedIn, **query: Any) -> list[str]:
    """Return the usernames of all pages, read two at a time."""
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        answer = await client.get(PATH, params={"limit": 2, **query, **cursor}, headers=person.headers)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += [row["username"] for row in page["data"]]
        if not page["meta"]["has_more"]:
            return found
        cursor = {"cursor": page["meta"]["next_cursor"]}


@pytest.mark.parametrize("window", [1, user_search.WINDOW])
async def test_words_and_their_beginnings(
    client: httpx.AsyncClient, moderator: SignedIn, monkeypatch: pytest.MonkeyPatch, window: int
) -> None:
    monkeypatch.setattr(user_search, "WINDOW", window)

    async def found(q: str, **more: Any) -> list[str]:
        return await seek(client, moderator, q=q, **more)

    assert await found("mari") == ["mari", "mario88", "marisol_v"]
    assert await found("MARISOL vega") == ["marisol_v"]
    assert await found("vega mar") == ["marisol_v"]
    assert await found("rossi.mario@example.org") == ["mario88"]
    assert await found("example org", role="staff") == ["mario88"]
    assert await found("example", age_verified="true") == ["nakamura"]
    assert "nakamura" not in await found("example", age_verified="false")
    assert await found("%") == []
    assert len(await found("")) == 5


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("marisl", "marisol_v"), ("nakamrua", "nakamura"), ("nakamra@example.org", "nakamura"), ("rosi mario", "mario88")],
)
async def test_a_near_miss_finds_whom_it_means(
    client: httpx.AsyncClient, moderator: SignedIn, slip: str, meant: str
) -> None:
    found = await seek(client, moderator, q=slip)
    assert found[0] == meant
    assert "gone" not in found


async def test_who_may_seek_and_with_what(client: httpx.AsyncClient, moderator: SignedIn, sign_in: SignIn) -> None:
    assert (await client.get(PATH)).status_code == 401
    for role in (Role.USER, Role.CREATOR, Role.STAFF):
        assert (await client.get(PATH, headers=(await sign_in(role)).headers)).status_code == 403
    first = (await client.get(f"{PATH}?q=mari&limit=1&include_total=true", headers=moderator.headers)).json()["meta"]
    assert (first["has_more"], first["total"]) == (True, 3)
    for query in (f"q=other&cursor={first['next_cursor']}", "cursor=x", "role=king", "q=%00", "limit=0", "sort=email"):
        answer = await client.get(f"{PATH}?{query}", headers=moderator.headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "validation_error"), query
