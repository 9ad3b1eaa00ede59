"""A text that a screen hands over twice is stored once; a refused one may be tried again."""

import asyncio
from uuid import UUID, uuid4

import pytest

from api.core.errors import ConflictError, ForbiddenError
from api.services import conversations, inbox, sending
from api.services.house import House
from models.conversations import ConversationInput
from models.messages import MessageInput, Sender
from models.users import Role
from tests.conftest import SignedIn, SignIn


@pytest.fixture
async def ana(sign_in: SignIn) -> SignedIn:
    """A member of staff."""
    return await sign_in(Role.STAFF)


@pytest.fixture
async def matter(house: House, ana: SignedIn) -> UUID:
    """A conversation without a message."""
    wanted = ConversationInput.model_validate({"customer": {"name": "Casey"}, "source": "web"})
    async with house.unit(ana.actor) as uow:
        return (await conversations.create(uow, wanted)).id


def _text(content: str = "Hello.", seen: UUID | None = None) -> MessageInput:
    return MessageInput(content=content, sender=Sender.STAFF, last_seen_message_id=seen)


async def _send(house: House, who: SignedIn, matter: UUID, nonce: str, text: MessageInput) -> UUID | None:
    async with house.unit(who.actor) as uow:
        return await sending.send_once(uow, nonce, matter, text)


async def _said(house: House, who: SignedIn, matter: UUID) -> list[str]:
    async with house.unit(who.actor) as uow:
        return [message.content for message in (await inbox.read_thread(uow, matter)).messages]


async def test_eight_hands_at_once_store_one(house: House, ana: SignedIn, matter: UUID) -> None:
    """Whoever comes second waits and stores nothing; the same words under another number are another message."""
    stored = await asyncio.gather(*(_send(house, ana, matter, "n1", _text()) for _ in range(8)))
    assert len([one for one in stored if one is not None]) == 1
    assert await _send(house, ana, matter, "n2", _text())
    assert await _said(house, ana, matter) == ["Hello.", "Hello."]


async def test_a_refused_text_may_be_tried_again(house: House, ana: SignedIn, matter: UUID) -> None:
    """A refusal takes the claim back with it."""
    await _send(house, ana, matter, "seed", _text("First."))
    with pytest.raises(ConflictError):
        await _send(house, ana, matter, "n1", _text(seen=uuid4()))
    assert await _send(house, ana, matter, "n1", _text())
    assert await _said(house, ana, matter) == ["First.", "Hello."]


async def test_one_person_s_number_is_not_another_s(house: House, ana: SignedIn, matter: UUID, sign_in: SignIn) -> None:
    """Two screens may hit upon the same number."""
    luis = await sign_in(Role.STAFF)
    assert await _send(house, ana, matter, "n1", _text())
    assert await _send(house, luis, matter, "n1", _text())


async def test_who_may_not_reply_is_refused(house: House, matter: UUID, sign_in: SignIn) -> None:
    """And nothing is claimed for him."""
    with pytest.raises(ForbiddenError):
        await _send(house, await sign_in(Role.USER), matter, "n1", _text())
