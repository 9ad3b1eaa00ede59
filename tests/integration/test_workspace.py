"""What staff keep for themselves, against the real database: preferences, saved views, unsent texts."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError as Malformed

from api.core.errors import ConflictError, ForbiddenError, NotFoundError, UnauthorizedError, ValidationError
from api.core.security import Actor
from api.services import conversations, customers, drafting, inbox, suggestions, workspace
from api.services.house import House
from models.conversations import ConversationInput
from models.suggestions import DraftInput, RejectInput
from models.users import Role
from models.workspace import MOST_VIEWS, Density, PreferencesPatch, PreferencesView, SavedViewInput, UnsentKind
from tests.conftest import SignedIn, SignIn

NEW = {"customer": {"name": "Marisol Vega"}, "source": "web", "message": {"content": "Is it there?"}}


@pytest.fixture
async def ana(sign_in: SignIn) -> SignedIn:
    """A member of staff."""
    return await sign_in(Role.STAFF, display_name="Ana")


async def call(house: House, who: Actor, service: Any, *args: Any) -> Any:
    async with house.unit(who) as uow:
        return await service(uow, *args)


async def opened(house: House, who: Actor) -> UUID:
    return (await call(house, who, conversations.create, ConversationInput.model_validate(NEW))).id


def view(name: str, page: str = "inbox", query: str = "view=mine&priority=high") -> SavedViewInput:
    return SavedViewInput(page=page, name=name, query=query)


async def test_who_never_chose_has_the_defaults(house: House, ana: SignedIn) -> None:
    assert await call(house, ana.actor, workspace.preferences) == PreferencesView()


async def test_a_patch_changes_what_it_tells(house: House, ana: SignedIn, sign_in: SignIn) -> None:
    await call(house, ana.actor, workspace.prefer, PreferencesPatch(density=Density.COMPACT, list_width=480))
    await call(house, ana.actor, workspace.prefer, PreferencesPatch(key_map={"list.next": "n"}, single_keys=False))
    kept = await call(house, ana.actor, workspace.preferences)
    assert kept == PreferencesView(
        density=Density.COMPACT, list_width=480, key_map={"list.next": "n"}, single_keys=False
    )
    luis = await sign_in(Role.STAFF)
    assert await call(house, luis.actor, workspace.preferences) == PreferencesView()


async def test_two_tabs_that_choose_at_once_both_count(house: House, ana: SignedIn) -> None:
    patches = [PreferencesPatch(list_width=300 + step) for step in range(8)] + [PreferencesPatch(single_keys=False)]
    await asyncio.gather(*(call(house, ana.actor, workspace.prefer, patch) for patch in patches))
    kept = await call(house, ana.actor, workspace.preferences)
    assert kept.list_width in range(300, 308)
    assert not kept.single_keys


@pytest.mark.parametrize(
    "told",
    [
        {"list_width": 299},
        {"list_width": 481},
        {"density": "huge"},
        {"collapsed_panes": ["list"]},
        {"inbox_query": "x" * 1_001},
        {"key_map": {"list.next": "n", "list.previous": "n"}},
        {"key_map": {"list.next": "two words"}},
        {"key_map": {"next": "n"}},
        {"key_map": {f"list.a{'b' * n}": f"f{n}" for n in range(1, 39)} | {f"x.{'c' * n}": "q" for n in range(1, 40)}},
        {"other": 1},
    ],
)
def test_what_is_out_of_bounds_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        PreferencesPatch.model_validate(told)


def test_a_draft_may_share_a_key_with_the_list() -> None:
    assert PreferencesPatch(key_map={"list.resolve": "e", "draft.edit": "e"}).key_map


async def test_views_keep_their_order_and_their_names_are_unique(house: House, ana: SignedIn) -> None:
    first = await call(house, ana.actor, workspace.save_view, view("Hot leads"))
    second = await call(house, ana.actor, workspace.save_view, view("Trucks"))
    with pytest.raises(ConflictError):
        await call(house, ana.actor, workspace.save_view, view("hot LEADS"))
    with pytest.raises(ConflictError):
        await call(house, ana.actor, workspace.rename_view, second.id, "HOT leads")
    await call(house, ana.actor, workspace.save_view, view("Hot leads", page="users"))
    await call(house, ana.actor, workspace.rename_view, first.id, "Hotter")
    names = [kept.name for kept in await call(house, ana.actor, workspace.saved_views, "inbox")]
    assert names == ["Hotter", "Trucks"]
    await call(house, ana.actor, workspace.delete_view, first.id)
    assert [kept.id for kept in await call(house, ana.actor, workspace.saved_views, "inbox")] == [second.id]


async def test_a_view_is_its_owners_alone(house: House, ana: SignedIn, sign_in: SignIn) -> None:
    kept = await call(house, ana.actor, workspace.save_view, view("Mine"))
    luis = (await sign_in(Role.ADMIN)).actor
    assert await call(house, luis, workspace.saved_views, "inbox") == []
    with pytest.raises(NotFoundError):
        await call(house, luis, workspace.rename_view, kept.id, "His")
    with pytest.raises(NotFoundError):
        await call(house, luis, workspace.delete_view, kept.id)
    assert (await call(house, luis, workspace.save_view, view("Mine"))).position == 0


async def test_a_page_keeps_so_many_views(house: House, ana: SignedIn) -> None:
    for number in range(MOST_VIEWS):
        await call(house, ana.actor, workspace.save_view, view(f"View {number}"))
    with pytest.raises(ValidationError):
        await call(house, ana.actor, workspace.save_view, view("One more"))


async def test_an_unsent_text_is_kept_replaced_and_forgotten(house: House, ana: SignedIn, sign_in: SignIn) -> None:
    where = await opened(house, ana.actor)
    for kind, words in ((UnsentKind.REPLY, "Yes"), (UnsentKind.NOTE, "ask Bo"), (UnsentKind.REPLY, "Yes, it")):
        await call(house, ana.actor, workspace.keep_unsent, where, kind, words)
    luis = (await sign_in(Role.STAFF)).actor
    await call(house, luis, workspace.keep_unsent, where, UnsentKind.REPLY, "his")
    kept = await call(house, ana.actor, workspace.unsent_texts, where)
    assert {text.kind: text.text for text in kept} == {UnsentKind.REPLY: "Yes, it", UnsentKind.NOTE: "ask Bo"}
    await call(house, ana.actor, workspace.forget_unsent, where, UnsentKind.REPLY)
    await call(house, ana.actor, workspace.keep_unsent, where, UnsentKind.NOTE, "  ")
    assert await call(house, ana.actor, workspace.unsent_texts, where) == []
    assert [text.text for text in await call(house, luis, workspace.unsent_texts, where)] == ["his"]


async def test_an_edit_is_kept_until_its_draft_is_decided(house: House, ana: SignedIn) -> None:
    """Of a draft of this very conversation; where it was decided nobody is given it back."""
    where, elsewhere = await opened(house, ana.actor), await opened(house, ana.actor)
    draft, other = [await drafting.draft(house, ana.actor, matter, DraftInput()) for matter in (where, elsewhere)]
    await call(house, ana.actor, workspace.keep_unsent, where, UnsentKind.EDIT, "Hello there", draft.id)
    (kept,) = await call(house, ana.actor, workspace.unsent_texts, where)
    assert (kept.kind, kept.text, kept.message_id) == (UnsentKind.EDIT, "Hello there", draft.id)
    for stranger in (None, other.id, UUID(int=9)):
        with pytest.raises(NotFoundError):
            await call(house, ana.actor, workspace.keep_unsent, where, UnsentKind.EDIT, "Hi", stranger)
    await call(house, ana.actor, suggestions.reject, draft.id, RejectInput())
    assert await call(house, ana.actor, workspace.unsent_texts, where) == []


async def test_an_unsent_text_has_bounds_and_a_conversation(house: House, ana: SignedIn) -> None:
    where = await opened(house, ana.actor)
    with pytest.raises(ValidationError):
        await call(house, ana.actor, workspace.keep_unsent, where, UnsentKind.REPLY, "x" * 10_001)
    with pytest.raises(NotFoundError):
        await call(house, ana.actor, workspace.keep_unsent, UUID(int=9), UnsentKind.REPLY, "x")


@pytest.mark.parametrize("role", [Role.USER, Role.MODERATOR, Role.CREATOR])
async def test_only_who_replies_keeps_replies(house: House, sign_in: SignIn, role: Role) -> None:
    who = (await sign_in(role)).actor
    with pytest.raises(ForbiddenError):
        await call(house, who, workspace.keep_unsent, UUID(int=9), UnsentKind.REPLY, "x")
    with pytest.raises(ForbiddenError):
        await call(house, who, workspace.unsent_texts, UUID(int=9))


@pytest.mark.parametrize(
    "asks", [(workspace.preferences,), (workspace.saved_views, "inbox"), (workspace.save_view, view("x"))]
)
async def test_nobody_keeps_nothing(house: House, asks: tuple[Any, ...]) -> None:
    with pytest.raises(UnauthorizedError):
        await call(house, Actor.anonymous(), *asks)


async def test_an_erased_customer_takes_unsent_texts_along(house: House, ana: SignedIn, sign_in: SignIn) -> None:
    """What was typed to him names him as well; texts to others stay."""
    admin = await sign_in(Role.ADMIN)
    his, other = await opened(house, ana.actor), await opened(house, ana.actor)
    for matter in (his, other):
        await call(house, ana.actor, workspace.keep_unsent, matter, UnsentKind.REPLY, "Dear Marisol")
    customer = (await call(house, ana.actor, inbox.read_thread, his)).customer.id
    await call(house, admin.actor, customers.erase, customer)
    assert await call(house, ana.actor, workspace.unsent_texts, his) == []
    assert len(await call(house, ana.actor, workspace.unsent_texts, other)) == 1
