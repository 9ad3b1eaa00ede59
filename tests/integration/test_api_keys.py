"""API keys beneath the routes: who a key stands for, when its use is noted, revocation across processes."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from api.core.bus import Feed
from api.core.errors import ForbiddenError, UnauthorizedError
from api.core.security import Actor
from api.core.settings import Settings
from api.services import api_keys
from api.services.house import House, open_house
from api.services.identity import Credentials, identify
from api.worker import register_jobs
from models.base import utc_now
from models.platform import ApiKey, ApiKeyInput, NewApiKeyView, Scope
from models.users import Permission, Role
from tests.conftest import SignedIn, SignIn


async def make(house: House, owner: SignedIn, *scopes: Scope) -> NewApiKeyView:
    """Make a key for somebody."""
    async with house.unit(owner.actor) as uow:
        return await api_keys.create(uow, ApiKeyInput(name="Till", scopes=list(scopes)))


async def test_a_key_stands_for_its_owner_within_its_scopes(house: House, sign_in: SignIn) -> None:
    owner = await sign_in(Role.ADMIN)
    key = await make(house, owner, Scope.VEHICLES_READ, Scope.CONVERSATIONS_WRITE)
    actor = await identify(house, Credentials(api_key=key.secret, ip="192.0.2.1"))
    assert (actor.name, actor.user_id, actor.session_id) == (f"key:{key.id}", owner.user.id, None)
    assert actor.permissions == {Permission.READ_VEHICLES, Permission.WRITE_AS_CUSTOMER, Permission.POST_LEADS}
    with pytest.raises(ForbiddenError) as refusal:
        actor.require(Permission.READ_CONVERSATIONS)
    assert refusal.value.code == "insufficient_scope"


async def test_use_of_a_key_is_noted_once_a_minute(house: House, sign_in: SignIn) -> None:
    key = await make(house, await sign_in(Role.STAFF), Scope.VEHICLES_READ)

    async def used() -> str | None:
        house.sessions.clear()
        await identify(house, Credentials(api_key=key.secret))
        return (await house.database.fetch("SELECT last_used_at FROM api_keys"))[0]["last_used_at"]

    first = await used()
    assert first is not None
    assert await used() == first
    async with house.unit(Actor.system("test")) as uow:
        await uow.session.execute(update(ApiKey).values(last_used_at=utc_now() - timedelta(seconds=61)))
    later = await used()
    assert later is not None
    assert later > first


async def test_a_deleted_key_is_refused_in_another_process_at_once(
    house: House, sign_in: SignIn, settings: Settings, database_url: str
) -> None:
    owner = await sign_in(Role.STAFF)
    key = await make(house, owner, Scope.VEHICLES_READ)
    async with open_house(settings, database_url, register_jobs, work=False) as elsewhere:
        await elsewhere.bus.connected.wait()
        assert (await identify(house, Credentials(api_key=key.secret))).key_id == key.id
        with Feed(house.bus, lambda event: event["kind"] == "session.revoked") as feed:
            async with elsewhere.unit(owner.actor) as uow:
                await api_keys.revoke(uow, key.id)
            assert await feed.next(2) == {"kind": "session.revoked", "key_id": str(key.id)}
        with pytest.raises(UnauthorizedError):
            await identify(house, Credentials(api_key=key.secret))
