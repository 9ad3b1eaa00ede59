"""The age check over the whole application, and its rule on every day of the calendar."""

from datetime import date, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.errors import ForbiddenError
from api.services import age
from api.services.house import House
from models.base import utc_now
from models.users import Role
from tests.conftest import SignIn

PATH = "/api/v1/users/verify-age"


def years_ago(years: int, days: int = 0) -> str:
    """Return the day so many years before today, and `days` after that."""
    return str(age.anniversary(utc_now().date(), -years) + timedelta(days=days))


async def test_an_adult_is_verified_and_his_date_is_nowhere(
    client: httpx.AsyncClient, house: House, sign_in: SignIn
) -> None:
    me = await sign_in(Role.USER)
    async with house.unit(me.actor) as uow:
        with pytest.raises(ForbiddenError, match="verified"):
            await age.require_of_age(uow)
    answer = await client.post(PATH, json={"date_of_birth": "1971-03-09"}, headers=me.headers)
    assert (answer.status_code, answer.json()) == (200, {"data": {"age_verified": True}})
    assert (await client.get("/api/v1/users/me", headers=me.headers)).json()["data"]["age_verified"] is True
    async with house.unit(me.actor) as uow:
        await age.require_of_age(uow)
    rows = await house.database.fetch("SELECT * FROM age_checks")
    assert [(row["passed"], row["method"], row["provider"]) for row in rows] == [(True, "self_declared", "self")]
    assert rows[0]["expires_at"] > rows[0]["created_at"]
    kept = await house.database.fetch("SELECT u::text || c::text AS row FROM users u JOIN age_checks c ON true")
    assert "1971" not in kept[0]["row"]


async def test_a_check_that_is_over_counts_no_more(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    me = await sign_in(Role.USER)
    await client.post(PATH, json={"date_of_birth": "1971-03-09"}, headers=me.headers)
    async with house.database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE users SET age_verified_until = now()")
    assert (await client.get("/api/v1/users/me", headers=me.headers)).json()["data"]["age_verified"] is False
    async with house.unit(me.actor) as uow:
        with pytest.raises(ForbiddenError):
            await age.require_of_age(uow)


async def test_a_refusal_holds_a_day_even_where_limits_are_off(
    client: httpx.AsyncClient, house: House, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "settings", house.settings.model_copy(update={"rate_limit_enabled": False}))
    me, other = await sign_in(Role.USER), await sign_in(Role.USER)
    young = await client.post(PATH, json={"date_of_birth": years_ago(18, 2)}, headers=me.headers)
    assert (young.status_code, young.json()["code"]) == (403, "age_verification_required")
    again = await client.post(PATH, json={"date_of_birth": "1971-03-09"}, headers=me.headers)
    assert (again.status_code, again.json()["code"]) == (409, "try_later")
    assert (await client.post(PATH, json={"date_of_birth": "1971-03-09"}, headers=other.headers)).status_code == 200
    async with house.database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE age_checks SET created_at = created_at - interval '24 hours'")
    assert (await client.post(PATH, json={"date_of_birth": "1971-03-09"}, headers=me.headers)).status_code == 200


@pytest.mark.parametrize(
    "born", ["2999-01-01", years_ago(120, -2), "1971-3-9", "1971-02-30", "1971-03-09T00:00:00Z", 3, None]
)
async def test_a_date_that_cannot_be_is_refused_and_costs_no_try(
    client: httpx.AsyncClient, sign_in: SignIn, born: object
) -> None:
    me = await sign_in(Role.USER)
    answer = await client.post(PATH, json={"date_of_birth": born}, headers=me.headers)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "body.date_of_birth")
    assert (await client.post(PATH, json={"date_of_birth": "1971-03-09"}, headers=me.headers)).status_code == 200


def test_born_on_29_february_is_18_on_1_march() -> None:
    born = date(2004, 2, 29)
    assert not age.is_of_age(born, date(2022, 2, 28))
    assert age.is_of_age(born, date(2022, 3, 1))
    assert age.is_of_age(date(2004, 2, 28), date(2022, 2, 28))


@given(born=st.dates(date(1920, 1, 1), date(2030, 12, 31)))
def test_one_comes_of_age_on_one_day_and_stays_so(born: date) -> None:
    day = age.anniversary(born, 18)
    assert not age.is_of_age(born, day - timedelta(days=1))
    assert age.is_of_age(born, day)
    assert (day.month, day.day) == ((born.month, born.day) if (born.month, born.day) != (2, 29) else (3, 1))
