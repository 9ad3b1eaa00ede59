"""AI drafts and the log of what happened to them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from api.repositories.base import Repository
from models.suggestions import Suggestion, SuggestionEvent


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

    async def events(self, suggestion_id: UUID) -> list[SuggestionEvent]:
        """Return a draft's event log, oldest first."""
        table: Any = SuggestionEvent
        statement = select(SuggestionEvent).where(table.suggestion_id == suggestion_id).order_by(table.id)
        return list((await self.session.execute(statement)).scalars())
