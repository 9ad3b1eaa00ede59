"""Deletion takes two administrators: asked, confirmed, declined, withdrawn, over; alone after a day; the API's door."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from api.core.errors import ConflictError, ForbiddenError, HubError, NotFoundError
from api.core.settings import Settings
from api.services import departures, user_deletions, users
from api.services.house import House
from models.user_deletions import ReasonInput
from models.users import Role, UserPatch, UserStatus
from tests.conftest import SignedIn, SignIn

WHY = ReasonInput(reason="Asked for it on the phone")
NO = ReasonInput(reason="He has an order that runs")


async def ask(house: House, by: SignedIn, about: SignedIn, reason: ReasonInput = WHY) -> None:
    """Ask for a deletion."""
    async with house.unit(by.actor) as uow:
        await user_deletions.ask(uow, about.user.id, reason)


async def confirm(house: House, by: SignedIn, about: SignedIn) -> None:
    """Give the word for it."""
    async with house.unit(by.actor) as uow:
        await user_deletions.confirm(uow, about.user.id)


async def status(house: House, about: SignedIn) -> str:
    """Return what the row says."""
    rows = await house.database.fetch("SELECT status FROM users WHERE id = %(id)s", {"id": about.user.id})
    return rows[0]["status"]


async def trail(house: House, about: SignedIn) -> list[tuple[str, object]]:
    """Return what the trail tells of somebody: actions with what came after."""
    query = "SELECT action, after FROM audit_entries WHERE target = %(target)s ORDER BY created_at, id"
    rows = await house.database.fetch(query, {"target": f"user:{about.user.id}"})
    return [(row["action"], row["after"]) for row in rows]


async def later(house: House, by: timedelta) -> None:
    """Have every request be older."""
    query = """UPDATE deletion_requests SET created_at = created_at - %(by)s, expires_at = expires_at - %(by)s,
               alone_from = alone_from - %(by)s"""
    await house.database.fetch(query + " RETURNING id", {"by": by})


async def notices(house: House, of: SignedIn) -> list[str]:
    """Return the titles of what somebody was told."""
    query = "SELECT title FROM notifications WHERE user_id = %(id)s ORDER BY created_at"
    return [row["title"] for row in await house.database.fetch(query, {"id": of.user.id})]


async def test_another_admin_confirms_and_the_reason_stays(house: House, sign_in: SignIn) -> None:
    """The asker can't; afterwards the trail has the reason and who asked, and nothing else of the person."""
    ada, eve = await sign_in(Role.ADMIN, display_name="Ada"), await sign_in(Role.ADMIN, display_name="Eve")
    ann = await sign_in(Role.USER, display_name="Ann")
    await ask(house, ada, ann)
    assert await notices(house, eve) == ["Ada asks to delete an account"]
    with pytest.raises(ConflictError, match="another administrator confirms"):
        await confirm(house, ada, ann)
    assert await status(house, ann) == "active"
    async with house.unit(eve.actor) as uow:
        (waiting,) = await user_deletions.that_wait(uow)
        assert (waiting.name, waiting.asked_by, waiting.reason) == ("Ann", "Ada", WHY.reason)
    async with house.unit(ada.actor) as uow:
        assert await user_deletions.that_wait(uow) == []
        mine = await user_deletions.of_user(uow, ann.user.id)
        assert mine
        assert (mine.mine, mine.may_confirm, mine.alone_from) == (True, False, None)
    await confirm(house, eve, ann)
    assert await status(house, ann) == "deleted"
    told = {"reason": WHY.reason, "asked_by": f"user:{ada.user.id}"}
    assert await trail(house, ann) == [("user:ask_deletion", None), ("user:delete", told)]
    with pytest.raises(NotFoundError):
        await confirm(house, eve, ann)


async def test_who_declines_says_why_and_who_asked_is_told(house: House, sign_in: SignIn) -> None:
    ada, eve, ann = await sign_in(Role.ADMIN), await sign_in(Role.ADMIN, display_name="Eve"), await sign_in(Role.USER)
    await ask(house, ada, ann)
    async with house.unit(ada.actor) as uow:
        with pytest.raises(ConflictError, match="withdraw"):
            await user_deletions.decline(uow, ann.user.id, NO)
    async with house.unit(eve.actor) as uow:
        with pytest.raises(ConflictError, match="decline"):
            await user_deletions.withdraw(uow, ann.user.id)
        await user_deletions.decline(uow, ann.user.id, NO)
    assert await notices(house, ada) == ["Eve declined a deletion"]
    assert [action for action, _ in await trail(house, ann)] == ["user:ask_deletion", "user:decline_deletion"]
    with pytest.raises(NotFoundError):
        await confirm(house, eve, ann)
    await ask(house, eve, ann)
    async with house.unit(eve.actor) as uow:
        await user_deletions.withdraw(uow, ann.user.id)
    assert await status(house, ann) == "active"


async def test_a_request_is_over_after_a_week_and_with_its_asker(house: House, sign_in: SignIn) -> None:
    """The one of somebody who is no admin any more counts for nothing; it may be asked anew, but not twice."""
    ada, eve, ann = await sign_in(Role.ADMIN), await sign_in(Role.ADMIN), await sign_in(Role.USER)
    await ask(house, ada, ann)
    with pytest.raises(ConflictError, match="already"):
        await ask(house, eve, ann)
    await later(house, user_deletions.KEPT)
    with pytest.raises(NotFoundError):
        await confirm(house, eve, ann)
    await ask(house, ada, ann)
    async with house.unit(eve.actor) as uow:
        await users.change(uow, ada.user.id, UserPatch(role=Role.STAFF))
    with pytest.raises(NotFoundError):
        await confirm(house, eve, ann)
    await later(house, user_deletions.KEPT)
    await user_deletions.purge(house)
    assert await house.database.fetch("SELECT id FROM deletion_requests") == []


async def test_the_only_admin_waits_a_day(house: House, sign_in: SignIn) -> None:
    """Before that not; and not where another has come meanwhile."""
    ada, ann, bob = await sign_in(Role.ADMIN), await sign_in(Role.USER), await sign_in(Role.USER)
    await ask(house, ada, ann)
    await ask(house, ada, bob)
    await later(house, user_deletions.ALONE - timedelta(minutes=1))
    with pytest.raises(ConflictError):
        await confirm(house, ada, ann)
    await later(house, timedelta(minutes=2))
    async with house.unit(ada.actor) as uow:
        assert len(await user_deletions.that_wait(uow)) == 2
    await confirm(house, ada, ann)
    assert await status(house, ann) == "deleted"
    eve = await sign_in(Role.ADMIN)
    with pytest.raises(ConflictError):
        await confirm(house, ada, bob)
    await confirm(house, eve, bob)


async def test_who_became_alone_asks_anew(house: House, sign_in: SignIn) -> None:
    """To take the other's role and confirm at once is no way round: the day begins with the asking."""
    ada, eve, ann = await sign_in(Role.ADMIN), await sign_in(Role.ADMIN), await sign_in(Role.USER)
    await ask(house, ada, ann)
    async with house.unit(ada.actor) as uow:
        await users.change(uow, eve.user.id, UserPatch(status=UserStatus.SUSPENDED, reason="Gone"))
    await later(house, timedelta(days=2))
    with pytest.raises(ConflictError):
        await confirm(house, ada, ann)
    assert await status(house, ann) == "active"


async def test_an_admin_who_is_to_go_has_no_word_in_it(house: House, sign_in: SignIn) -> None:
    ada, eve, joe = await sign_in(Role.ADMIN), await sign_in(Role.ADMIN), await sign_in(Role.ADMIN)
    with pytest.raises(ConflictError, match="settings"):
        await ask(house, ada, ada)
    await ask(house, ada, eve)
    assert await notices(house, eve) == []
    async with house.unit(eve.actor) as uow:
        assert await user_deletions.that_wait(uow) == []
        for decide in (user_deletions.confirm(uow, eve.user.id), user_deletions.decline(uow, eve.user.id, NO)):
            with pytest.raises(ConflictError):
                await decide
    await confirm(house, joe, eve)
    assert await status(house, eve) == "deleted"


async def test_others_neither_ask_nor_decide(house: House, sign_in: SignIn) -> None:
    ada, ann = await sign_in(Role.ADMIN), await sign_in(Role.USER)
    await sign_in(Role.ADMIN)
    await ask(house, ada, ann)
    for role in (Role.USER, Role.STAFF, Role.MODERATOR):
        somebody = await sign_in(role)
        with pytest.raises(ForbiddenError):
            await ask(house, somebody, ann)
        with pytest.raises(ForbiddenError):
            await confirm(house, somebody, ann)


async def test_of_those_who_decide_at_once_one_does(house: House, sign_in: SignIn) -> None:
    """Three confirm, one withdraws and one asks anew, all at the same time: nothing hangs, and one thing holds."""
    ada, ann = await sign_in(Role.ADMIN), await sign_in(Role.USER)
    others = [await sign_in(Role.ADMIN) for _ in range(3)]
    await ask(house, ada, ann)

    async def take_back() -> None:
        async with house.unit(ada.actor) as uow:
            await user_deletions.withdraw(uow, ann.user.id)

    tries = [*(confirm(house, one, ann) for one in others), take_back(), ask(house, others[0], ann)]
    done = await asyncio.wait_for(asyncio.gather(*tries, return_exceptions=True), 20)
    assert all(result is None or isinstance(result, HubError) for result in done), done
    assert sum(result is None for result in done[:4]) >= 1
    deleted = await status(house, ann) == "deleted"
    assert [action for action, _ in await trail(house, ann)].count("user:delete") == int(deleted)


async def test_the_api_deletes_at_once_and_the_others_hear_of_it(
    client: httpx.AsyncClient, house: House, sign_in: SignIn
) -> None:
    """The contract's door: 204. Where another has asked, it is the second word, and nobody need be told."""
    ada, eve = await sign_in(Role.ADMIN, display_name="Ada"), await sign_in(Role.ADMIN)
    ann, bob = await sign_in(Role.USER), await sign_in(Role.USER)
    assert (await client.delete(f"/api/v1/users/{ann.user.id}", headers=ada.headers)).status_code == 204
    assert await notices(house, eve) == ["Ada deleted an account without a second administrator"]
    await ask(house, eve, bob)
    assert (await client.delete(f"/api/v1/users/{bob.user.id}", headers=ada.headers)).status_code == 204
    assert len(await notices(house, eve)) == 1
    assert (await trail(house, bob))[-1] == (
        "user:delete",
        {"reason": WHY.reason, "asked_by": f"user:{eve.user.id}"},
    )
    assert await house.database.fetch("SELECT id FROM deletion_requests") == []


async def test_a_house_may_have_the_api_ask_for_two_as_well(house: House, settings: Settings, sign_in: SignIn) -> None:
    """With API_DELETES_ALONE=false neither nobody's nor one's own request is enough; one's own account goes as ever."""
    ada, eve, ann = await sign_in(Role.ADMIN), await sign_in(Role.ADMIN), await sign_in(Role.USER)

    async def over_the_api(by: SignedIn) -> None:
        async with house.unit(by.actor) as uow:
            uow.settings = settings.model_copy(update={"api_deletes_alone": False})
            await departures.delete(uow, ann.user.id)

    with pytest.raises(ConflictError, match="asks for this first"):
        await over_the_api(ada)
    await ask(house, ada, ann)
    with pytest.raises(ConflictError):
        await over_the_api(ada)
    assert await status(house, ann) == "active"
    await over_the_api(eve)
    assert await status(house, ann) == "deleted"


async def test_a_request_stops_nobody_from_leaving(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    """His own way stays his own, and what was asked goes with him."""
    ada = await sign_in(Role.ADMIN)
    given = {"email": "ann@demo.example", "username": "ann_x", "password": "Quiet-Gearbox-27"}
    data = (await client.post("/api/v1/auth/register", json=given)).json()["data"]
    async with house.unit(ada.actor) as uow:
        await user_deletions.ask(uow, data["user"]["id"], WHY)
    headers = {"Authorization": f"Bearer {data['access_token']}"}
    gone = await client.request("DELETE", "/api/v1/users/me", json={"password": given["password"]}, headers=headers)
    assert gone.status_code == 204, gone.text
    assert await house.database.fetch("SELECT id FROM deletion_requests") == []
