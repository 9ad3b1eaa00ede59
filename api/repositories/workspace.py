"""Screen preferences, saved views and unsent texts: rows that belong to one person."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from api.repositories.base import Repository, table_of
from models.base import new_id
from models.messages import Message, MessageState
from models.workspace import SavedView, ScreenPreferences, UnsentKind, UnsentText

_PREFERENCES = table_of(ScreenPreferences)
_UNSENT = table_of(UnsentText)


class PreferencesRepository(Repository[ScreenPreferences]):
    """How each person's screens look."""

    model = ScreenPreferences

    async def of_user(self, user_id: UUID) -> ScreenPreferences | None:
        """Return the person's row, or None where he never chose anything."""
        table: Any = ScreenPreferences
        found = await self.session.execute(select(ScreenPreferences).where(table.user_id == user_id))
        return found.scalar_one_or_none()

    async def keep(self, user_id: UUID, changes: dict[str, Any]) -> None:
        """Set these columns of the person's row, which is made where there is none; what is not named stays."""
        fresh = ScreenPreferences(user_id=user_id, **changes).model_dump()
        statement = insert(_PREFERENCES).values(**fresh)
        settled = {**changes, "updated_at": func.now()}
        await self.session.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=settled))


class SavedViewRepository(Repository[SavedView]):
    """Views by person and page."""

    model = SavedView

    async def of_page(self, user_id: UUID, page: str) -> list[SavedView]:
        """Return a person's views of a page in their order."""
        table: Any = SavedView
        mine = select(SavedView).where(table.user_id == user_id, table.page == page)
        found = await self.session.execute(mine.order_by(table.position, table.id))
        return list(found.scalars())


class UnsentTextRepository(Repository[UnsentText]):
    """Texts that wait to be sent, one a person, conversation and kind."""

    model = UnsentText

    async def of_conversation(self, user_id: UUID, conversation_id: UUID) -> list[UnsentText]:
        """Return what the person has typed in the conversation, one of a kind; no edit of a decided draft."""
        table, message = cast(Any, UnsentText), cast(Any, Message)
        undecided = select(message.id).where(message.id == table.message_id, message.state == MessageState.DRAFT)
        mine = select(UnsentText).where(
            table.user_id == user_id,
            table.conversation_id == conversation_id,
            table.message_id.is_(None) | undecided.exists(),
        )
        found = await self.session.execute(mine.order_by(table.kind), execution_options={"populate_existing": True})
        return list(found.scalars())

    async def keep(
        self, user_id: UUID, conversation_id: UUID, kind: UnsentKind, words: str, message_id: UUID | None = None
    ) -> None:
        """Keep the text, of the draft `message_id` where it is an edit, instead of what was kept before."""
        row = {"user_id": user_id, "conversation_id": conversation_id, "kind": kind.value}
        settled = {"text": words, "message_id": message_id, "updated_at": func.now()}
        statement = insert(_UNSENT).values(id=new_id(), **row, **settled, created_at=func.now())
        await self.session.execute(statement.on_conflict_do_update(constraint="ux_unsent_texts", set_=settled))

    async def drop(self, user_id: UUID, conversation_id: UUID, kind: UnsentKind) -> None:
        """Forget the text; it was sent or emptied."""
        table: Any = UnsentText
        mine = delete(UnsentText).where(table.user_id == user_id, table.conversation_id == conversation_id)
        await self.session.execute(mine.where(table.kind == kind))

    async def drop_all(self, conversation_ids: list[UUID]) -> None:
        """Forget what anybody has typed in these conversations; their customer was erased."""
        table: Any = UnsentText
        await self.session.execute(delete(UnsentText).where(table.conversation_id.in_(conversation_ids)))
