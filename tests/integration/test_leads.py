"""ADF leads against the real database: one conversation and one customer, however often and whenever they come."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.core.errors import ForbiddenError, ValidationError
from api.core.security import Actor
from api.services import dealership, leads, vehicles
from api.services.house import House
from models.conversations import ConversationSource, ConversationView
from models.dealership import DealershipInput
from models.platform import Scope
from models.users import Role
from models.vehicles import VehicleInput

ADMIN = Actor.system("test")
SOMEBODY = UUID(int=1)
DOCUMENT = """<?xml version="1.0"?><?adf version="1.0"?>
<adf><prospect>
  <id source="Portal">{id}</id>
  <requestdate>2026-11-17T14:32:08-08:00</requestdate>
  <vehicle interest="buy"><year>2013</year><make>Toyota</make><model>Corolla</model><stock>{stock}</stock></vehicle>
  <customer><contact><name part="full">{name}</name><email>{email}</email></contact>
    <comments>{comments}</comments></customer>
  <vendor><vendorname>Harbor View Motors</vendorname></vendor>
</prospect></adf>"""
TABLES = ("conversations", "customers", "messages")


def document(**told: str) -> bytes:
    filled = {"id": "L-1", "stock": "A1", "name": "Emma B.", "email": "emma@customer.example", "comments": "Hi"} | told
    return DOCUMENT.format(**filled).encode()


async def deliver(house: House, data: bytes, actor: Actor = ADMIN) -> tuple[ConversationView, bool]:
    async with house.unit(actor) as uow:
        return await leads.receive_adf(uow, data)


async def counted(house: House) -> tuple[int, ...]:
    async with house.database.engine.connect() as connection:
        return tuple([(await connection.execute(text(f"SELECT count(*) FROM {t}"))).scalar_one() for t in TABLES])


async def messages(house: House, conversation: ConversationView) -> list[str]:
    async with house.unit(ADMIN) as uow:
        return [message.content for message in await uow.messages.thread(conversation.id, 50)]


async def test_a_lead_opens_a_conversation_in_the_customers_words(house: House) -> None:
    conversation, made = await deliver(house, document(comments="Is it &lt;b&gt;there&lt;/b&gt;?\nEmma"))
    assert made
    assert (conversation.source, conversation.customer.name) == (ConversationSource.API, "Emma B.")
    assert conversation.subject == "2013 Toyota Corolla"
    assert conversation.metadata["requested_at"] == "2026-11-17T22:32:08.000000Z"
    assert conversation.waiting_since is not None
    assert await messages(house, conversation) == ["Is it <b>there</b>?\nEmma"]


async def test_the_same_document_again_finds_what_it_made(house: House) -> None:
    first, _ = await deliver(house, document())
    again, made = await deliver(house, document())
    assert (again.id, made) == (first.id, False)
    assert await counted(house) == (1, 1, 1)


async def test_ten_deliveries_at_once_make_one_conversation(house: House) -> None:
    answers = await asyncio.gather(*(deliver(house, document()) for _ in range(10)))
    assert sum(made for _, made in answers) == 1
    assert len({conversation.id for conversation, _ in answers}) == 1
    assert await counted(house) == (1, 1, 1)


async def test_ten_leads_of_one_customer_at_once_make_one_customer(house: House) -> None:
    answers = await asyncio.gather(*(deliver(house, document(id=f"L-{number}")) for number in range(10)))
    assert all(made for _, made in answers)
    assert await counted(house) == (10, 1, 10)


async def test_the_customer_is_matched_by_email_whatever_its_case(house: House) -> None:
    first, _ = await deliver(house, document())
    other, made = await deliver(house, document(id="L-2", email="EMMA@customer.example"))
    assert made
    assert other.customer.id == first.customer.id


async def test_a_wanted_vehicle_of_the_inventory_is_named_by_id(house: House) -> None:
    async with house.unit(ADMIN) as uow:
        car = await vehicles.create(uow, VehicleInput(stock_number="a1", make="Toyota", model="Corolla"))
    conversation, _ = await deliver(house, document())
    assert conversation.metadata["vehicles"][0]["inventory_id"] == str(car.id)
    unknown, _ = await deliver(house, document(id="L-2", stock="B2"))
    assert "inventory_id" not in unknown.metadata["vehicles"][0]


async def test_a_bare_number_is_of_the_dealerships_country(house: House) -> None:
    async with house.unit(ADMIN) as uow:
        await dealership.save(uow, DealershipInput.model_validate({"name": "H", "address": {"country": "US"}}))
    data = document().replace(b"<email>emma@customer.example</email>", b"<phone>(650) 253-0142</phone>")
    conversation, _ = await deliver(house, data)
    assert conversation.customer.phone == "+16502530142"


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (document()[:300], "line"),
        (document().replace(b"customer>", b"person>"), "customer"),
        (document(comments="x" * 10_001), "10,000"),
        (document(comments="</comments><comments>".join(["x" * 9_000] * 2)), "10000"),
        (b"<!DOCTYPE adf [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>" + document()[22:], "DOCTYPE"),
        (b"", "XML"),
    ],
    ids=["cut off", "no customer", "long comment", "long comments", "entity", "nothing"],
)
async def test_what_is_malformed_is_named_and_nothing_stored(house: House, data: bytes, named: str) -> None:
    with pytest.raises(ValidationError) as refused:
        await deliver(house, data)
    assert named in refused.value.detail
    assert await counted(house) == (0, 0, 0)


async def test_staff_and_keys_that_may_write_deliver_and_others_do_not(house: House) -> None:
    staff = Actor.person(SOMEBODY, Role.STAFF)
    writing = staff.with_scopes(SOMEBODY, frozenset({Scope.CONVERSATIONS_WRITE}))
    reading = staff.with_scopes(SOMEBODY, frozenset({Scope.CONVERSATIONS_READ}))
    for number, actor in enumerate((staff, writing)):
        assert (await deliver(house, document(id=str(number)), actor))[1]
    for actor in (reading, Actor.person(SOMEBODY, Role.USER), Actor.person(SOMEBODY, Role.MODERATOR)):
        with pytest.raises(ForbiddenError):
            await deliver(house, document(id="3"), actor)


async def test_the_shared_leads_do_as_their_readme_tells(house: House, shared_folder: Path) -> None:
    folder = shared_folder / "data" / "leads"
    opened: dict[str, Any] = {}
    for file in sorted(folder.glob("good-*.xml")):
        opened[file.name[:7]], made = await deliver(house, file.read_bytes())
        assert made, file.name
        assert (await deliver(house, file.read_bytes()))[0].id == opened[file.name[:7]].id
    for file in sorted(folder.glob("bad-*.xml")):
        with pytest.raises(ValidationError):
            await deliver(house, file.read_bytes())
    assert await counted(house) == (8, 8, 8)
    assert opened["good-02"].customer.phone == "+15550100171"
    assert {each["stock"] for each in opened["good-03"].metadata["vehicles"]} == {"A1075", "A1107"}
    assert "Civic" not in opened["good-04"].subject
    assert opened["good-08"].customer.name == "Jürgen G."
    assert "Golf" in opened["good-08"].subject
    assert "Passat" not in opened["good-08"].subject
