"""AI drafts and the log of what happened to them."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from api.repositories.base import Repository
from models.conversations import Conversation
from models.suggestions import UNDECIDED, Suggestion, SuggestionEvent, SuggestionStatus


class SuggestionRepository(Repository[Suggestion]):
    """Drafts; a draft's id is its message's."""

    model = Suggestion

    async def log(
        self, suggestion_id: UUID, actor_id: UUID | None, transition: str, details: dict[str, Any] | None = None
    ) -> None:
        """Write a line of a draft's event log."""
        event = SuggestionEvent(
            suggestion_id=suggestion_id, actor_id=actor_id, transition=transition, details=details or {}
        )
        self.session.add(event)
        await self.session.flush()

    async def anonymise(self, customer_id: UUID) -> None:
        """Take what drafts for a customer said and quoted out of them; undecided ones count as superseded."""
        table: Any = Suggestion
        theirs: Any = Conversation
        his = select(theirs.id).where(theirs.customer_id == customer_id)
        statement = update(Suggestion).where(table.conversation_id.in_(his))
        undecided = statement.where(table.status.in_(UNDECIDED))
        await self.session.execute(undecided.values(status=SuggestionStatus.SUPERSEDED))
        words = {"original": "[erased]", "claims": [], "rating_comment": None, "reject_comment": None}
        await self.session.execute(statement.values(**words, updated_at=func.now()))

    async def events(self, suggestion_id: UUID) -> list[SuggestionEvent]:
        """Return a draft's event log, oldest first."""
        table: Any = SuggestionEvent
        statement = select(SuggestionEvent).where(table.suggestion_id == suggestion_id).order_by(table.id)
        return list((await self.session.execute(statement)).scalars())
