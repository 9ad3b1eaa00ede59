"""What happened to a conversation, told from what is stored; what may not be seen stays out."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from api.core.errors import ConflictError, ForbiddenError, NotFoundError
from api.core.security import Actor
from api.services import conversations, drafting, suggestions, timeline
from api.services.house import House
from models.base import utc_now
from models.conversations import ConversationInput, ConversationPatch, ConversationStatus, Priority
from models.messages import MessageInput, Sender
from models.platform import Scope
from models.suggestions import AcceptInput, DraftInput, RejectInput
from models.timeline import HappeningKind, HappeningView, TimelineView
from models.users import Role
from tests.conftest import SignedIn, SignIn

Did = tuple[HappeningKind, str | None]


@pytest.fixture
async def ana(sign_in: SignIn) -> SignedIn:
    """A member of staff."""
    return await sign_in(Role.STAFF, display_name="Ana")


@pytest.fixture
async def matter(house: House, ana: SignedIn) -> UUID:
    """A conversation in which a customer asked something."""
    wanted = ConversationInput.model_validate(
        {"customer": {"name": "Marisol"}, "source": "web", "subject": "RAV4", "message": {"content": "Still there?"}}
    )
    async with house.unit(ana.actor) as uow:
        return (await conversations.create(uow, wanted)).id


async def _change(house: House, who: Actor, matter: UUID, **fields: object) -> None:
    async with house.unit(who) as uow:
        await conversations.change(uow, matter, ConversationPatch.model_validate(fields))


async def _say(house: House, who: Actor, matter: UUID, text: str, sender: Sender = Sender.CUSTOMER) -> UUID:
    async with house.unit(who) as uow:
        wanted = MessageInput.model_validate({"content": text, "sender": sender})
        return (await conversations.send(uow, matter, wanted)).id


async def _around(house: House, who: Actor, matter: UUID, **window: object) -> TimelineView:
    async with house.unit(who) as uow:
        return await timeline.around(uow, matter, **window)  # type: ignore[arg-type]


def _kinds(happenings: list[HappeningView]) -> list[str]:
    return [one.kind.value for one in happenings]


async def test_each_change_is_told_once_with_its_names(
    house: House, ana: SignedIn, matter: UUID, sign_in: SignIn
) -> None:
    """Who did what to whom, in the order in which it was done; what did not change is not told."""
    luis = await sign_in(Role.STAFF, display_name="Luis")
    async with house.unit(ana.actor) as uow:
        await conversations.assign(uow, matter, luis.user.id)
    await _change(house, ana.actor, matter, status="pending", labels=["van"], priority="normal")
    await _change(house, luis.actor, matter, priority="urgent", labels=["lease"])
    async with house.unit(luis.actor) as uow:
        await conversations.assign(uow, matter, None)
    found = (await _around(house, ana.actor, matter)).happenings
    assert _kinds(found) == ["assigned", "status", "labels", "priority", "labels", "assigned"]
    assert (found[0].actor and found[0].actor.display_name, found[0].person and found[0].person.display_name) == (
        "Ana",
        "Luis",
    )
    assert found[1].details == {"value": ConversationStatus.PENDING, "before": ConversationStatus.OPEN}
    assert found[3].details == {"value": Priority.URGENT, "before": Priority.NORMAL}
    assert found[4].details == {"added": ["lease"], "removed": ["van"]}
    assert (found[5].actor and found[5].actor.id, found[5].person) == (luis.user.id, None)
    assert len({one.id for one in found}) == len(found)


async def test_a_new_message_reopens_only_what_was_resolved(house: House, ana: SignedIn, matter: UUID) -> None:
    """The first message after the end counts, unless a colleague opened it before."""
    async with house.unit(ana.actor) as uow:
        await conversations.close(uow, matter, None)
    await _say(house, ana.actor, matter, "One more thing.")
    await _say(house, ana.actor, matter, "And another.")
    async with house.unit(ana.actor) as uow:
        await conversations.close(uow, matter, None)
    await _change(house, ana.actor, matter, status="open")
    await _say(house, ana.actor, matter, "Hello again.")
    found = (await _around(house, ana.actor, matter)).happenings
    assert _kinds(found) == ["status", "reopened", "status", "status"]
    assert found[1].actor is None


async def test_a_message_wakes_what_sleeps(house: House, ana: SignedIn, matter: UUID) -> None:
    """Sleep ends by a customer's message or by hand, and each is told as it was."""
    until = (utc_now() + timedelta(hours=4)).isoformat()
    await _change(house, ana.actor, matter, snoozed_until=until)
    await _say(house, ana.actor, matter, "Are you there?")
    await _change(house, ana.actor, matter, snoozed_until=until)
    await _change(house, ana.actor, matter, snoozed_until=None)
    await _say(house, ana.actor, matter, "Hello?")
    found = (await _around(house, ana.actor, matter)).happenings
    assert _kinds(found) == ["snoozed", "woken", "snoozed", "woken"]
    assert [one.actor is None for one in found] == [False, True, False, False]


async def test_a_rejected_draft_is_told_with_its_reason(house: House, ana: SignedIn, matter: UUID) -> None:
    """The reason and the note come along, the draft's words do not."""
    draft = await drafting.draft(house, ana.actor, matter, DraftInput())
    async with house.unit(ana.actor) as uow:
        refusal = RejectInput.model_validate({"reason": "wrong_tone", "comment": "Too stiff."})
        await suggestions.reject(uow, draft.id, refusal)
    found = (await _around(house, ana.actor, matter)).happenings
    assert _kinds(found) == ["draft_rejected"]
    assert found[0].details == {"reason": "wrong_tone", "comment": "Too stiff."}


async def test_why_may_be_told_after_the_rejection(house: House, ana: SignedIn, sign_in: SignIn, matter: UUID) -> None:
    """By whoever rejected it, and again replaces; a colleague can't speak for him, nor of a draft that stands."""
    draft = await drafting.draft(house, ana.actor, matter, DraftInput())
    why = RejectInput.model_validate({"reason": "too_long", "comment": "Two pages."})
    async with house.unit(ana.actor) as uow:
        with pytest.raises(ConflictError):
            await suggestions.explain(uow, draft.id, why)
    async with house.unit(ana.actor) as uow:
        await suggestions.reject(uow, draft.id, RejectInput())
    colleague = await sign_in(Role.STAFF)
    async with house.unit(colleague.actor) as uow:
        with pytest.raises(ConflictError):
            await suggestions.explain(uow, draft.id, why)
    for told in (RejectInput.model_validate({"reason": "other"}), why):
        async with house.unit(ana.actor) as uow:
            await suggestions.explain(uow, draft.id, told)
    found = (await _around(house, ana.actor, matter)).happenings
    assert [(one.kind, one.details) for one in found] == [
        ("draft_rejected", {"reason": "too_long", "comment": "Two pages."})
    ]


async def test_an_edited_draft_says_how_much_was_changed(house: House, ana: SignedIn, matter: UUID) -> None:
    """Untouched drafts have no figure; an edit has one of at least 1 %."""
    untouched = await drafting.draft(house, ana.actor, matter, DraftInput())
    async with house.unit(ana.actor) as uow:
        await suggestions.accept(uow, untouched.id, AcceptInput(acknowledge_flags=True))
    touched = await drafting.draft(house, ana.actor, matter, DraftInput())
    async with house.unit(ana.actor) as uow:
        text = f"{touched.content} Bye"
        await suggestions.accept(uow, touched.id, AcceptInput(content=text, acknowledge_flags=True))
    edited = (await _around(house, ana.actor, matter)).edited
    assert set(edited) == {str(touched.id)}
    half_more = 1 - 2 * len(touched.content) / (2 * len(touched.content) + 4)
    assert edited[str(touched.id)] == max(1, round(100 * half_more))


async def test_pages_neither_lose_nor_repeat_anything(house: House, ana: SignedIn, matter: UUID) -> None:
    """Two stretches that meet hold together what the whole holds."""
    for number in range(6):
        await _change(house, ana.actor, matter, labels=[f"n{number}"])
    whole = (await _around(house, ana.actor, matter)).happenings
    cut = whole[3].at
    older = (await _around(house, ana.actor, matter, until=cut)).happenings
    newer = (await _around(house, ana.actor, matter, since=cut)).happenings
    assert [one.id for one in older + newer] == [one.id for one in whole]
    assert (len(older), len(newer)) == (3, 3)


async def test_names_of_the_deleted_and_subjects_stay_out(
    house: House, ana: SignedIn, matter: UUID, sign_in: SignIn
) -> None:
    """Somebody who left has no name any more; a subject may hold the customer's."""
    luis = await sign_in(Role.STAFF, display_name="Luis")
    await _change(house, luis.actor, matter, subject="Marisol's RAV4")
    async with house.unit(Actor.system("test")) as uow:
        (await uow.users.require(luis.user.id)).status = "deleted"  # type: ignore[assignment]
    found = await _around(house, ana.actor, matter)
    assert _kinds(found.happenings) == ["subject"]
    assert "Luis" not in found.model_dump_json()
    assert "Marisol" not in found.model_dump_json()


async def test_who_may_not_read_what_is_internal_is_refused(
    house: House, ana: SignedIn, matter: UUID, sign_in: SignIn
) -> None:
    """Keys without the scope and users of other roles learn nothing; an unknown conversation is not found."""
    key = ana.actor.with_scopes(uuid4(), frozenset({Scope.CONVERSATIONS_READ}))
    user = await sign_in(Role.USER)
    for actor in (key, user.actor):
        with pytest.raises(ForbiddenError):
            await _around(house, actor, matter)
    with pytest.raises(NotFoundError):
        await _around(house, ana.actor, uuid4())
