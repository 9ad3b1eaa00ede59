"""Notices, newest first and unread."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from api.core.pagination import Page, PageRequest
from api.repositories.base import Repository
from models.notifications import Notification


class NotificationRepository(Repository[Notification]):
    """The notices of one person at a time."""

    model = Notification

    async def of_user(self, user_id: UUID, request: PageRequest, *, unread: bool | None) -> Page[Notification]:
        """Return a page of a person's notices; `unread` None for all of them."""
        table: Any = Notification
        statement: Any = select(Notification).where(table.user_id == user_id)
        if unread is not None:
            statement = statement.where(table.read_at.is_(None) == unread)
        return await self.page(statement, request, {"created_at": table.created_at}, [user_id, unread])

    async def count_unread(self, user_id: UUID) -> int:
        """Count what a person has not read."""
        table: Any = Notification
        statement = select(func.count()).where(table.user_id == user_id, table.read_at.is_(None))
        return (await self.session.execute(statement)).scalar_one()

    async def anonymise(self, conversation_ids: list[UUID]) -> None:
        """Take a customer's name and words out of the notices about his conversations."""
        table: Any = Notification
        links = [f"/inbox?id={conversation_id}" for conversation_id in conversation_ids]
        statement = update(Notification).where(table.link.in_(links))
        await self.session.execute(statement.values(title="About an erased customer", body=""))

    async def mark_all_read(self, user_id: UUID, now: datetime) -> None:
        """Mark everything of a person as read."""
        table: Any = Notification
        statement = update(Notification).where(table.user_id == user_id, table.read_at.is_(None))
        await self.session.execute(statement.values(read_at=now))
