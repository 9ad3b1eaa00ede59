"""The dealership's one row: what is saved, what an evidence pack gets, who may."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.core.errors import ForbiddenError, NotFoundError
from api.core.security import Actor
from api.services import dealership
from api.services.house import House
from models.dealership import DealershipInput, DealershipView
from models.users import Role

ADMIN = Actor.system("test")
SOMEBODY = UUID(int=1)
FULL = {
    "name": "Harbor View Motors",
    "phone": "(650) 253-0142",
    "address": {"city": "San Mateo", "country": "us"},
    "timezone": "America/Los_Angeles",
    "hours": {"sun": [], "mon": [["09:00", "19:00"]]},
    "policies": [{"topic": "Deposits", "text": "A deposit holds a car for 48 hours."}],
}


async def save(house: House, **told: Any) -> DealershipView:
    async with house.unit(ADMIN) as uow:
        return await dealership.save(uow, DealershipInput.model_validate(told))


async def scalar(house: House, sql: str) -> Any:
    async with house.database.engine.connect() as connection:
        return (await connection.execute(text(sql))).scalar_one()


async def test_there_is_nothing_until_it_is_filled_in(house: House) -> None:
    async with house.unit(ADMIN) as uow:
        assert await dealership.facts(uow) is None
        with pytest.raises(NotFoundError):
            await dealership.read(uow)


async def test_saving_keeps_the_whole_record_and_resets_what_is_absent(house: House) -> None:
    saved = await save(house, **FULL, auto_draft=True)
    assert (saved.phone, saved.currency, saved.auto_draft) == ("+16502530142", "usd", True)
    assert saved.hours == {"mon": [("09:00", "19:00")], "sun": []}
    async with house.unit(ADMIN) as uow:
        assert await dealership.read(uow) == saved
    again = await save(house, name="Harbor View")
    assert (again.phone, again.hours, again.policies, again.auto_draft) == (None, {}, [], False)
    assert await scalar(house, "SELECT count(*) FROM dealership") == 1


async def test_only_a_change_moves_its_time_and_every_saving_is_audited(house: House) -> None:
    first = await save(house, **FULL)
    assert (await save(house, **FULL)).updated_at == first.updated_at
    assert (await save(house, **FULL | {"name": "Harbor"})).updated_at > first.updated_at
    assert await scalar(house, "SELECT count(*) FROM audit_entries WHERE action = 'dealership:update'") == 3
    newest = "SELECT before->>'name' || '>' || (after->>'name') FROM audit_entries ORDER BY id DESC LIMIT 1"
    assert await scalar(house, newest) == "Harbor View Motors>Harbor"


async def test_an_evidence_pack_gets_the_contracts_shape_and_an_id(house: House) -> None:
    saved = await save(house, **FULL)
    async with house.unit(Actor.person(SOMEBODY, Role.STAFF)) as uow:
        facts = await dealership.facts(uow)
    assert facts is not None
    assert len(facts.pop("id")) == 36
    assert facts == saved.model_dump(mode="json")


async def test_two_first_savings_at_once_make_one_row(house: House) -> None:
    await asyncio.gather(*(scalar(house, "SELECT 1 FROM pg_sleep(0.05)") for _ in range(8)))
    await asyncio.gather(*(save(house, name=f"House {number}") for number in range(8)))
    assert await scalar(house, "SELECT count(*) FROM dealership") == 1


@pytest.mark.parametrize("role", [Role.USER, Role.STAFF, Role.MODERATOR])
async def test_only_admins_save(house: House, role: Role) -> None:
    with pytest.raises(ForbiddenError):
        async with house.unit(Actor.person(SOMEBODY, role)) as uow:
            await dealership.save(uow, DealershipInput(name="Mine"))
