"""Many at once: each message is stored once and seen once, in order; one draft is sent once."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

from api.core.errors import ConflictError
from api.core.security import Actor
from api.services import conversations, drafting, inbox, suggestions
from api.services.house import House
from models.conversations import ConversationInput
from models.messages import MessageInput, Sender
from models.suggestions import AcceptInput, DraftInput
from tests.conftest import SignIn

SENDS = 200


async def _conversation(house: House) -> UUID:
    wanted = ConversationInput.model_validate(
        {"customer": {"name": "Ann"}, "source": "web", "message": {"content": "hello"}}
    )
    async with house.unit(Actor.system("test")) as uow:
        return (await conversations.create(uow, wanted)).id


async def test_two_hundred_sends_and_accepts_are_seen_once_and_in_order(house: House, sign_in: SignIn) -> None:
    staff = (await sign_in()).actor
    conversation = await _conversation(house)
    stop = asyncio.Event()
    seen: list[dict[str, Any]] = []

    async def poll() -> None:
        since = "2000-01-01T00:00:00.000000Z"
        while True:
            last_round = stop.is_set()
            moment = datetime.fromisoformat(since)
            page = await inbox.messages_since(house.database, staff, conversation, moment, 100)
            sent = [row for row in page.rows if row["state"] == "sent"]
            seen.extend(sent)
            since = sent[-1]["sent_at"] if sent else since
            if last_round and not sent:
                return
            await asyncio.sleep(0.002)

    async def send(number: int) -> str:
        sender = Sender.CUSTOMER if number % 2 else Sender.STAFF
        async with house.unit(staff) as uow:
            wanted = MessageInput.model_validate({"content": f"message {number}", "sender": sender})
            message = await conversations.send(uow, conversation, wanted)
        return str(message.id)

    async def draft_and_accept() -> str | None:
        draft = await drafting.draft(house, staff, conversation, DraftInput())
        try:
            async with house.unit(staff) as uow:
                await suggestions.accept(uow, draft.id, AcceptInput(acknowledge_flags=True))
        except ConflictError as error:
            if error.code != "already_decided":
                raise
            return None
        return str(draft.id)

    poller = asyncio.create_task(poll())
    sends = [send(number) for number in range(SENDS)]
    accepts = [draft_and_accept() for _ in range(10)]
    results = await asyncio.gather(*sends, *accepts)
    stop.set()
    await asyncio.wait_for(poller, 30)
    expected = {result for result in results if result is not None}
    ids = [row["id"] for row in seen]
    assert len(ids) == len(set(ids)), "a message was seen twice"
    assert expected <= set(ids), "a message was missed"
    assert len(ids) == len(expected) + 1
    times = [row["sent_at"] for row in seen]
    assert times == sorted(times)
    assert len(set(times)) == len(times)


async def test_two_accepts_of_one_draft_send_once(house: House, sign_in: SignIn) -> None:
    actors = [(await sign_in()).actor for _ in range(8)]
    conversation = await _conversation(house)
    draft = await drafting.draft(house, actors[0], conversation, DraftInput())

    async def accept(actor: Actor) -> str:
        try:
            async with house.unit(actor) as uow:
                await suggestions.accept(uow, draft.id, AcceptInput(acknowledge_flags=True))
        except ConflictError as error:
            return error.code
        return "sent"

    outcomes = await asyncio.gather(*(accept(actor) for actor in actors))
    assert sorted(outcomes) == ["already_decided"] * 7 + ["sent"]


async def test_one_customer_out_of_many_at_once(house: House) -> None:
    async def arrive(number: int) -> UUID:
        customer = {"name": f"N{number}", "email": "One@Example.com" if number % 2 else "one@example.com"}
        wanted = ConversationInput.model_validate({"customer": customer, "source": "web"})
        async with house.unit(Actor.system("test")) as uow:
            return (await conversations.create(uow, wanted)).customer.id

    assert len(set(await asyncio.gather(*(arrive(number) for number in range(20))))) == 1


async def test_drafting_holds_no_connection_while_it_waits(house: House, sign_in: SignIn) -> None:
    staff = (await sign_in()).actor
    conversation = await _conversation(house)
    held: list[int] = []

    async def hear(_progress: drafting.DraftProgress) -> None:
        pool: Any = house.database.engine.pool
        held.append(pool.checkedout())

    await drafting.draft(house, staff, conversation, DraftInput(), hear)
    assert held
    assert max(held) == 0
