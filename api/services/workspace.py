"""What staff keep for themselves: how their screens look, saved views, unsent texts; nobody sees another's."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.core.errors import ConflictError, NotFoundError, ValidationError
from api.services.unit_of_work import UnitOfWork
from models.messages import Sender
from models.users import Permission
from models.workspace import (
    MOST_VIEWS,
    PreferencesPatch,
    PreferencesView,
    QueryText,
    SavedView,
    SavedViewInput,
    SavedViewView,
    UnsentKind,
    UnsentTextView,
    UnsentWords,
    ViewName,
)


async def preferences(uow: UnitOfWork) -> PreferencesView:
    """Return how the caller's own screens look.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
    """
    row = await uow.preferences.of_user(uow.actor.require_user())
    return PreferencesView() if row is None else PreferencesView.model_validate(row)


async def prefer(uow: UnitOfWork, patch: PreferencesPatch) -> None:
    """Change what the patch tells; two tabs that change different things both get their way."""
    user_id = uow.actor.require_user()
    told = {name: value for name, value in patch.model_dump(exclude_unset=True).items() if value is not None}
    if told:
        await uow.preferences.keep(user_id, told)


async def saved_views(uow: UnitOfWork, page: str) -> list[SavedViewView]:
    """Return the caller's own views of a page in their order."""
    rows = await uow.saved_views.of_page(uow.actor.require_user(), page)
    return [SavedViewView.model_validate(row) for row in rows]


async def save_view(uow: UnitOfWork, wanted: SavedViewInput) -> SavedViewView:
    """Keep a view after the others of its page.

    Raises:
        ConflictError: `conflict`: a view of this page has the name, whatever its case.
        ValidationError: `too_many`: MOST_VIEWS are kept already.
    """
    user_id = uow.actor.require_user()
    others = await uow.saved_views.of_page(user_id, wanted.page)
    if len(others) >= MOST_VIEWS:
        raise ValidationError.at("body.name", f"is one more than the {MOST_VIEWS} views that a page keeps", "too_many")
    position = max((view.position for view in others), default=-1) + 1
    return await _kept(uow, SavedView(user_id=user_id, position=position, **wanted.model_dump()))


async def rename_view(uow: UnitOfWork, view_id: UUID, name: ViewName) -> SavedViewView:
    """Give a view of one's own another name.

    Raises:
        NotFoundError: `not_found`, also for somebody else's.
        ConflictError: `conflict`: the name is taken.
    """
    view = await _own(uow, view_id)
    view.name, view.updated_at = name, uow.now
    return await _kept(uow, view)


async def keep_query(uow: UnitOfWork, view_id: UUID, query: QueryText) -> SavedViewView:
    """Have a view of one's own show something else from now on.

    Raises:
        NotFoundError: `not_found`, also for somebody else's.
    """
    view = await _own(uow, view_id)
    view.query, view.updated_at = query, uow.now
    return await _kept(uow, view)


async def delete_view(uow: UnitOfWork, view_id: UUID) -> None:
    """Delete a view of one's own.

    Raises:
        NotFoundError: `not_found`, also for somebody else's.
    """
    await uow.saved_views.remove(await _own(uow, view_id))


async def _own(uow: UnitOfWork, view_id: UUID) -> SavedView:
    user_id = uow.actor.require_user()
    view = await uow.saved_views.lock(view_id)
    if view.user_id != user_id:
        raise NotFoundError()
    return view


async def _kept(uow: UnitOfWork, view: SavedView) -> SavedViewView:
    try:
        return SavedViewView.model_validate(await uow.saved_views.add(view))
    except IntegrityError as error:
        if "ux_saved_views_name" not in str(error.orig):
            raise
        raise ConflictError("Another view has this name.") from None


async def unsent_texts(uow: UnitOfWork, conversation_id: UUID) -> list[UnsentTextView]:
    """Return what the caller has typed in a conversation and not sent."""
    rows = await uow.unsent.of_conversation(_writer(uow), conversation_id)
    return [UnsentTextView.model_validate(row) for row in rows]


async def keep_unsent(
    uow: UnitOfWork, conversation_id: UUID, kind: UnsentKind, words: UnsentWords, message_id: UUID | None = None
) -> None:
    """Keep what the caller has typed, of the draft `message_id` where it is an edit; empty words forget it.

    Raises:
        NotFoundError: `not_found`: no such conversation, or no such draft in it.
        ValidationError: More than 10,000 characters.

    Source: ux 1.1 (text autosaves to the server).
    """
    user_id = _writer(uow)
    if not words.strip():
        await uow.unsent.drop(user_id, conversation_id, kind)
        return
    if len(words) > 10_000:
        raise ValidationError.at("body.text", "must have at most 10,000 characters", "too_long")
    await uow.conversations.require(conversation_id)
    if kind is UnsentKind.EDIT:
        await _require_draft(uow, conversation_id, message_id)
    await uow.unsent.keep(user_id, conversation_id, kind, words, message_id if kind is UnsentKind.EDIT else None)


async def _require_draft(uow: UnitOfWork, conversation_id: UUID, message_id: UUID | None) -> None:
    message = await uow.messages.require(message_id) if message_id else None
    if message is None or message.conversation_id != conversation_id or message.sender != Sender.AI:
        raise NotFoundError()


async def forget_unsent(uow: UnitOfWork, conversation_id: UUID, kind: UnsentKind) -> None:
    """Forget a text that was sent."""
    await uow.unsent.drop(_writer(uow), conversation_id, kind)


def _writer(uow: UnitOfWork) -> UUID:
    uow.actor.require(Permission.REPLY)
    return uow.actor.require_user()
