"""What mends a flagged draft, and why a draft no longer fits."""

from uuid import UUID, uuid4

import pytest

from api.core.errors import ForbiddenError, NotFoundError
from api.services import conversations, drafting, remedies, staleness, vehicles
from api.services.house import House
from models.claims import Verdict
from models.conversations import ConversationInput
from models.messages import MessageInput, Sender
from models.suggestions import DraftInput
from models.users import Role
from models.vehicles import VehicleInput, VehiclePatch
from tests.conftest import SignedIn, SignIn

CAR = {
    "stock_number": "L2611",
    "year": 2021,
    "make": "Toyota",
    "model": "Tacoma",
    "condition": "used",
    "status": "available",
    "price": {"amount": 2_910_000, "currency": "usd"},
}


@pytest.fixture
async def ana(sign_in: SignIn) -> SignedIn:
    """An admin, who may change the inventory."""
    return await sign_in(Role.ADMIN, display_name="Ana")


@pytest.fixture
async def car(house: House, ana: SignedIn) -> UUID:
    """A vehicle of the inventory."""
    async with house.unit(ana.actor) as uow:
        return (await vehicles.create(uow, VehicleInput.model_validate(CAR))).id


@pytest.fixture
async def draft(house: House, ana: SignedIn, car: UUID) -> tuple[UUID, UUID]:
    """A conversation about the vehicle, and a draft that answers it."""
    wanted = ConversationInput.model_validate(
        {"customer": {"name": "Casey"}, "source": "web", "message": {"content": "What does the Tacoma L2611 cost?"}}
    )
    async with house.unit(ana.actor) as uow:
        matter = (await conversations.create(uow, wanted)).id
    return matter, (await drafting.draft(house, ana.actor, matter, DraftInput())).id


async def test_a_wrong_price_is_told_with_the_record_and_its_mends(
    house: House, ana: SignedIn, draft: tuple[UUID, UUID]
) -> None:
    """The sentence, and the value that stands in its place; nobody is asked and nobody need find out."""
    text = "The 2021 Toyota Tacoma is $28,400."
    async with house.unit(ana.actor) as uow:
        verdict, found = await remedies.examine(uow, draft[1], text)
    assert verdict.flagged
    price = next(one for one in found if text[one.start : one.end] == "$28,400")
    assert (price.value, price.question, price.finding_out) == ("$29,100", None, None)
    assert price.sentence == "Price $28,400 is not in inventory (record: $29,100, confirmed just now)."
    mended = text[: price.start] + str(price.value) + text[price.end :]
    async with house.unit(ana.actor) as uow:
        again, left = await remedies.examine(uow, draft[1], mended)
    assert (again.flagged, left) == (False, [])


async def test_remedies_of_a_draft_are_for_what_is_not_green(
    house: House, ana: SignedIn, draft: tuple[UUID, UUID]
) -> None:
    """One for each red or amber claim, none for a green one."""
    async with house.unit(ana.actor) as uow:
        verdict, found = await remedies.examine(uow, draft[1], "It is $1. It is $29,100. We will hold it for you.")
        of_draft = await remedies.of_draft(uow, draft[1], verdict.claims)
        assert await remedies.of_draft(uow, draft[1], []) == []
    open_claims = [(one.start, one.end) for one in verdict.claims if one.verdict is not Verdict.SUPPORTED]
    assert [(one.start, one.end) for one in found] == open_claims
    assert of_draft == found


async def test_a_draft_tells_why_it_no_longer_fits(
    house: House, ana: SignedIn, draft: tuple[UUID, UUID], car: UUID
) -> None:
    """Who wrote since and what was sold since, the newest first; a fresh draft has nothing to tell."""
    matter, message = draft
    async with house.unit(ana.actor) as uow:
        assert await staleness.why(uow, message) == []
        said = MessageInput(content="Or the blue one?", sender=Sender.CUSTOMER)
        await conversations.send(uow, matter, said)
    async with house.unit(ana.actor) as uow:
        await vehicles.change(uow, car, VehiclePatch.model_validate({"status": "sold"}))
    async with house.unit(ana.actor) as uow:
        reasons = await staleness.why(uow, message)
    assert [reason.words for reason in reasons] == ["The 2021 Toyota Tacoma is sold now", "The customer wrote again"]
    assert reasons[1].quote == "Or the blue one?"


async def test_who_may_not_reply_is_refused(
    house: House, draft: tuple[UUID, UUID], sign_in: SignIn, ana: SignedIn
) -> None:
    """Neither remedies nor reasons are for others; a message that is no draft has none."""
    other = await sign_in(Role.USER)
    async with house.unit(other.actor) as uow:
        for asked in (remedies.examine(uow, draft[1], "Hi."), remedies.of_draft(uow, draft[1], [])):
            with pytest.raises(ForbiddenError):
                await asked
        for refused in (staleness.why(uow, draft[1]), remedies.last_good(uow)):
            with pytest.raises(ForbiddenError):
                await refused
    async with house.unit(ana.actor) as uow:
        with pytest.raises(NotFoundError):
            await remedies.examine(uow, uuid4(), "Hi.")


async def test_the_last_draft_of_a_model_is_remembered(house: House, ana: SignedIn, draft: tuple[UUID, UUID]) -> None:
    """The fallback's drafts are none."""
    async with house.unit(ana.actor) as uow:
        assert await remedies.last_good(uow) is None
        (await uow.suggestions.require(draft[1])).provider = "openai"
    async with house.unit(ana.actor) as uow:
        assert await remedies.last_good(uow) is not None
