"""The demonstration dealership in a real database: once, and as the services would have left it."""

import pytest
from sqlalchemy import text

from api.core.errors import ConflictError
from api.core.security import Actor, verify_password
from api.core.settings import Environment
from api.services import vehicles
from api.services.demonstration import DEMO_PASSWORD, seed, story
from api.services.house import House
from api.services.unit_of_work import UnitOfWork
from models.vehicles import VehicleInput

SEEDER = Actor.system("demonstration")
COUNTED = ("users", "customers", "conversations", "messages", "vehicles", "dealership", "canned_responses")
WAITING = """
SELECT c.subject, c.waiting_since, min(m.ordered_at) AS oldest FROM conversations c JOIN messages m
  ON m.conversation_id = c.id AND m.sender = 'customer' AND m.ordered_at > coalesce((
    SELECT max(s.ordered_at) FROM messages s
    WHERE s.conversation_id = c.id AND s.sender <> 'customer' AND NOT s.internal), '-infinity')
WHERE c.status <> 'resolved' GROUP BY c.id
"""


async def counts(uow: UnitOfWork) -> dict[str, int]:
    found = {}
    for table in COUNTED:
        found[table] = (await uow.session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
    return found


async def test_an_empty_database_is_filled_once(house: House) -> None:
    async with house.unit(SEEDER) as uow:
        assert await seed(uow)
    async with house.unit(SEEDER) as uow:
        first = await counts(uow)
        assert not await seed(uow)
        assert await counts(uow) == first
    told, leads = story.read(), len(story.leads())
    assert first["vehicles"] == 40
    assert first["conversations"] == first["customers"] == len(told.threads) + leads
    assert first["messages"] == sum(len(thread.messages) for thread in told.threads) + leads


async def test_a_database_with_a_vehicle_is_left_alone(house: House) -> None:
    async with house.unit(SEEDER) as uow:
        await vehicles.create(uow, VehicleInput(stock_number="OWN1", make="Kia", model="Soul"))
    async with house.unit(SEEDER) as uow:
        assert not await seed(uow)
        assert (await counts(uow))["vehicles"] == 1


async def test_everybody_can_sign_in(house: House) -> None:
    async with house.unit(SEEDER) as uow:
        await seed(uow)
        admin = await uow.users.by_email("ada@demo.example")
    assert admin is not None
    assert admin.email_verified_at is not None
    assert await verify_password(DEMO_PASSWORD, admin.password_hash)


async def test_waiting_times_agree_with_the_threads(house: House) -> None:
    async with house.unit(SEEDER) as uow:
        await seed(uow)
    async with house.unit(SEEDER) as uow:
        rows = (await uow.session.execute(text(WAITING))).all()
        waiting = "SELECT count(*) FROM conversations WHERE waiting_since IS NOT NULL"
        counted = (await uow.session.execute(text(waiting))).scalar_one()
    assert len(rows) == counted > 5
    for subject, since, oldest in rows:
        assert since == oldest, subject


async def test_a_second_import_of_the_feed_changes_nothing(house: House) -> None:
    async with house.unit(SEEDER) as uow:
        await seed(uow)
    async with house.unit(SEEDER) as uow:
        report = await vehicles.import_csv(uow, story.read().inventory)
    assert (report.created, report.updated, report.unchanged, report.errors) == (0, 0, 40, [])


async def test_production_is_refused(house: House) -> None:
    async with house.unit(SEEDER) as uow:
        uow.settings = house.settings.model_copy(update={"environment": Environment.PRODUCTION})
        with pytest.raises(ConflictError):
            await seed(uow)
        assert (await counts(uow))["vehicles"] == 0
