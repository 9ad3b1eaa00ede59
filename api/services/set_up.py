"""The first steps of an empty house, and the invented one that can be looked at instead."""

from api.core.security import Actor
from api.core.settings import Environment
from api.repositories import set_up
from api.services import demonstration
from api.services.house import House
from models.base import utc_now
from models.set_up import SetUpView
from models.users import Permission


async def progress(house: House, actor: Actor) -> SetUpView:
    """Tell what of the set-up is done.

    Demonstration data is offered to those who may write the house's facts, while there is nothing at all, and never
    in production: its people sign in with a password that everybody can read.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.

    Source: ux.md, section 1.4.
    """
    actor.require(Permission.READ_CONVERSATIONS)
    found = await set_up.present(house.database, utc_now())
    facts = found.pop("house")
    empty = not (facts or found["conversations"] or found["inventory"])
    writes = actor.may(Permission.WRITE_DEALERSHIP)
    real = house.settings.environment is Environment.PRODUCTION
    return SetUpView(**found, may_load_demo=empty and writes and not real)


async def load_demonstration(house: House, actor: Actor) -> bool:
    """Fill the empty house with the demonstration dealership; return False where there was something already.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
        ConflictError: `conflict`: this is production.
    """
    actor.require(Permission.WRITE_DEALERSHIP)
    async with house.unit(Actor.system("demonstration")) as uow:
        loaded = await demonstration.seed(uow)
        if loaded:
            await uow.audit("demonstration:load", "house:demonstration", after={"by": str(actor.user_id)})
    return loaded
