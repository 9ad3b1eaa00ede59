"""The demonstration dealership: invented people, cars and conversations for an empty database."""

from api.core.errors import ConflictError
from api.core.security import hash_password
from api.core.settings import Environment
from api.services import canned_responses, dealership, leads, vehicles
from api.services.demonstration import history, story
from api.services.unit_of_work import UnitOfWork

DEMO_PASSWORD = "Quiet-Gearbox-27"  # noqa: S105 - shared by invented accounts and refused in production


async def seed(uow: UnitOfWork, password: str = DEMO_PASSWORD) -> bool:
    """Fill an empty database; return False, and change nothing, where there is something already.

    The past is written as rows, since services write only in the present. Its times are relative to the
    unit's clock, so that the inbox looks as if the day were under way. The leads arrive in the present.

    Args:
        uow: The open unit of work of a part of the system.
        password: What every invented person signs in with.

    Raises:
        ConflictError: `conflict`: this is production.
    """
    if uow.settings.environment is Environment.PRODUCTION:
        raise ConflictError("Demonstration data never goes into a production database.")
    await uow.vehicles.hold_inventory()
    if await _has_content(uow):
        return False
    told = story.read()
    await dealership.save(uow, told.dealership)
    await vehicles.import_csv(uow, told.inventory)
    for prepared in told.cast.canned_responses:
        await canned_responses.create(uow, prepared)
    people = await history.add_people(uow, told.cast.people, await hash_password(password))
    for thread in told.threads:
        await history.add_thread(uow, thread, people)
    for document in story.leads():
        await leads.receive_adf(uow, document)
    return True


async def _has_content(uow: UnitOfWork) -> bool:
    filled = await uow.dealership.current() is not None or await uow.conversations.any()
    return filled or bool(await uow.canned.every()) or bool(await uow.vehicles.names())


__all__ = ["DEMO_PASSWORD", "seed"]
