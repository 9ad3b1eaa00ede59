"""/notifications over the whole application: one's own bell."""

import httpx
import pytest

from api.core.bus import Feed
from api.core.errors import ConflictError, HubError
from api.core.security import Actor
from api.services import notifications
from api.services.house import House
from models.users import Role
from tests.conftest import SignedIn, SignIn


async def tell(house: House, person: SignedIn, *titles: str) -> None:
    """Give a person notices, one after the other."""
    for title in titles:
        async with house.unit(Actor.system("test")) as uow:
            await notifications.notify(uow, person.user.id, "test", title, "more", "/conversations")


async def tell_and_fail(house: House, person: SignedIn) -> None:
    """Give a person a notice in a unit that is refused in the end."""
    async with house.unit(Actor.system("test")) as uow:
        await notifications.notify(uow, person.user.id, "test", "never")
        raise ConflictError()


async def test_the_bell_shows_ones_own_newest_first(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    me, other = await sign_in(Role.USER), await sign_in(Role.STAFF)
    await tell(house, me, "one", "two", "three")
    await tell(house, other, "not mine")
    first = (await client.get("/api/v1/notifications?limit=2", headers=me.headers)).json()
    assert [row["title"] for row in first["data"]] == ["three", "two"]
    assert set(first["data"][0]) == {"id", "kind", "title", "body", "link", "read_at", "created_at"}
    path = f"/api/v1/notifications?limit=2&cursor={first['meta']['next_cursor']}"
    second = (await client.get(path, headers=me.headers)).json()
    assert [row["title"] for row in second["data"]] == ["one"]
    assert (await client.get("/api/v1/notifications")).status_code == 401


async def test_reading_one_and_all(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    me, other = await sign_in(Role.USER), await sign_in(Role.STAFF)
    await tell(house, me, "one", "two", "three")
    await tell(house, other, "not mine")

    async def titles(person: SignedIn, unread: str) -> list[str]:
        answer = await client.get(f"/api/v1/notifications?unread={unread}", headers=person.headers)
        return [row["title"] for row in answer.json()["data"]]

    newest = (await client.get("/api/v1/notifications", headers=me.headers)).json()["data"][0]
    path = f"/api/v1/notifications/{newest['id']}/read"
    assert (await client.patch(path, headers=other.headers)).status_code == 404
    assert await titles(me, "true") == ["three", "two", "one"]
    answer = await client.patch(path, headers=me.headers)
    read_at = answer.json()["data"]["read_at"]
    assert (answer.status_code, read_at is not None) == (200, True)
    assert (await client.patch(path, headers=me.headers)).json()["data"]["read_at"] == read_at
    assert await titles(me, "true") == ["two", "one"]
    assert await titles(me, "false") == ["three"]
    assert (await client.post("/api/v1/notifications/read-all", headers=me.headers)).status_code == 204
    assert await titles(me, "true") == []
    assert await titles(other, "true") == ["not mine"]


async def test_the_screens_count_what_is_unread(house: House, sign_in: SignIn) -> None:
    me = await sign_in(Role.USER)
    await tell(house, me, "one", "two", "three")
    async with house.unit(me.actor) as uow:
        newest = await notifications.recent(uow, limit=1)
        await notifications.mark_read(uow, newest.rows[0].id)
        assert (newest.rows[0].title, newest.has_more) == ("three", True)
        assert await notifications.count_unread(uow) == 2


async def test_a_notice_is_announced_with_its_commit_and_not_without(house: House, sign_in: SignIn) -> None:
    me = await sign_in(Role.USER)
    with Feed(house.bus, lambda event: event["kind"] == "notification.created") as feed:
        with pytest.raises(HubError):
            await tell_and_fail(house, me)
        assert await feed.next(0.2) is None
        await tell(house, me, "now")
        event = await feed.next(5)
    assert event is not None
    assert event["user_id"] == str(me.user.id)
    assert len(await house.database.fetch("SELECT 1 FROM notifications")) == 1
