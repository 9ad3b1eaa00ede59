"""The first admin from the settings."""

import asyncio
from typing import Any

import pytest
from pydantic import SecretStr

from api.core.errors import UnauthorizedError
from api.core.security import Actor
from api.core.settings import Settings, SettingsError
from api.services import auth
from api.services.house import House
from api.services.identity import actor_of_cookie
from api.services.platform import prepare_house
from models.auth import LoginInput
from models.users import Role
from tests.conftest import SignIn

EMAIL, PASSWORD = "Boss@Dealer.example", "tulips on the north wall"


@pytest.fixture
def wanting(house: House, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Any:
    """Give the house settings that name a first admin, until the test's end."""

    def want(email: str | None = EMAIL, password: str | None = PASSWORD) -> House:
        secret = SecretStr(password) if password is not None else None
        changed = settings.model_copy(update={"first_admin_email": email, "first_admin_password": secret})
        monkeypatch.setattr(house, "settings", changed)
        return house

    return want


async def admins(house: House) -> list[str]:
    """Return the e-mails of the admins."""
    rows = await house.database.fetch("SELECT email FROM users WHERE role = 'admin' AND status = 'active'")
    return [row["email"] for row in rows]


async def enter(house: House, password: str = PASSWORD) -> Role:
    """Sign in with the first admin's e-mail and return the role."""
    signed_in = await auth.log_in(house, Actor.anonymous(), LoginInput(email=EMAIL, password=SecretStr(password)))
    return signed_in.view.user.role


async def test_the_first_admin_is_made_once_and_can_sign_in(wanting: Any) -> None:
    house = wanting()
    await asyncio.gather(prepare_house(house), prepare_house(house), prepare_house(house))
    assert await admins(house) == [EMAIL]
    assert await enter(house) is Role.ADMIN
    await prepare_house(wanting("other@dealer.example"))
    assert await admins(house) == [EMAIL]


async def test_where_there_is_an_admin_nothing_changes(wanting: Any, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    house = wanting()
    await prepare_house(house)
    assert await admins(house) == [admin.user.email]


async def test_an_account_with_the_email_becomes_the_admins_own(wanting: Any, sign_in: SignIn) -> None:
    squatter = await sign_in(Role.USER, email=EMAIL.lower())
    house = wanting()
    assert (await actor_of_cookie(house, squatter.cookie)).role is Role.USER
    await prepare_house(house)
    assert await admins(house) == [EMAIL.lower()]
    assert (await actor_of_cookie(house, squatter.cookie)).role is None
    assert await enter(house) is Role.ADMIN
    with pytest.raises(UnauthorizedError):
        await enter(house, "what the squatter chose")


@pytest.mark.parametrize(
    ("email", "password", "complaint"),
    [
        (EMAIL, None, "go together"),
        (None, PASSWORD, "go together"),
        (EMAIL, "password123", "FIRST_ADMIN_PASSWORD: .*commonest"),
        (EMAIL, "the boss was here", "FIRST_ADMIN_PASSWORD: .*name of the e-mail"),
    ],
)
async def test_bad_settings_stop_the_start(
    wanting: Any, email: str | None, password: str | None, complaint: str
) -> None:
    house = wanting(email, password)
    with pytest.raises(SettingsError, match=complaint):
        await prepare_house(house)
    assert await admins(house) == []
