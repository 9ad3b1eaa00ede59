"""How far a house is set up, who may ask, and to whom the demonstration is offered."""

import pytest

from api.core.errors import ForbiddenError, UnauthorizedError
from api.core.security import Actor
from api.services import api_keys, set_up, vehicles
from api.services.house import House
from models.platform import ApiKeyInput, Scope
from models.set_up import SetUpView
from models.users import Role
from models.vehicles import VehicleInput
from tests.conftest import SignIn


async def test_an_empty_house_has_everything_before_it(house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    nothing = {"conversations": False, "channel": False, "inventory": False, "team": False}
    assert await set_up.progress(house, admin.actor) == SetUpView(**nothing, may_load_demo=True)


async def test_each_step_shows_when_it_is_done(house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    key = ApiKeyInput(name="Website", scopes=[Scope.CONVERSATIONS_WRITE])
    async with house.unit(admin.actor) as uow:
        await api_keys.create(uow, key)
        await vehicles.create(uow, VehicleInput(stock_number="OWN1", make="Kia", model="Soul"))
    await sign_in(Role.STAFF)
    view = await set_up.progress(house, admin.actor)
    assert (view.channel, view.inventory, view.team, view.conversations) == (True, True, True, False)
    assert not view.may_load_demo


async def test_a_revoked_key_connects_nothing(house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    async with house.unit(admin.actor) as uow:
        made = await api_keys.create(uow, ApiKeyInput(name="Website", scopes=[Scope.CONVERSATIONS_WRITE]))
    async with house.unit(admin.actor) as uow:
        await api_keys.revoke(uow, made.id)
    assert not (await set_up.progress(house, admin.actor)).channel


async def test_staff_may_look_and_are_offered_no_demonstration(house: House, sign_in: SignIn) -> None:
    staff = await sign_in(Role.STAFF)
    assert not (await set_up.progress(house, staff.actor)).may_load_demo
    with pytest.raises(ForbiddenError):
        await set_up.load_demonstration(house, staff.actor)


@pytest.mark.parametrize("role", [Role.USER, Role.CREATOR, Role.MODERATOR])
async def test_others_may_not_ask(house: House, sign_in: SignIn, role: Role) -> None:
    somebody = await sign_in(role)
    with pytest.raises(ForbiddenError):
        await set_up.progress(house, somebody.actor)


async def test_nobody_is_told(house: House) -> None:
    with pytest.raises(UnauthorizedError):
        await set_up.progress(house, Actor(name="anonymous"))


async def test_the_demonstration_fills_an_empty_house_once(house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    assert await set_up.load_demonstration(house, admin.actor)
    view = await set_up.progress(house, admin.actor)
    assert (view.conversations, view.inventory, view.team, view.may_load_demo) == (True, True, True, False)
    assert not await set_up.load_demonstration(house, admin.actor)
