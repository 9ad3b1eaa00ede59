"""Requests to delete somebody's account that are open: not over, and of an administrator who still is one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select

from api.repositories.base import Repository
from api.repositories.user_search import has_status
from models.user_deletions import DeletionRequest
from models.users import Role, User, UserStatus

_R: Any = DeletionRequest
_U: Any = User


class DeletionRequestRepository(Repository[DeletionRequest]):
    """One a person at most."""

    model = DeletionRequest

    async def open_of(self, user_id: UUID, now: datetime) -> DeletionRequest | None:
        """Return the open request about somebody, locked until the commit."""
        statement = _open(select(DeletionRequest), now).where(_R.user_id == user_id).with_for_update(of=DeletionRequest)
        found = await self.session.execute(statement.execution_options(populate_existing=True))
        return found.scalar_one_or_none()

    async def all_open(self, now: datetime) -> list[DeletionRequest]:
        """Return every open one, the first to end first."""
        found = await self.session.execute(_open(select(DeletionRequest), now).order_by(_R.expires_at, _R.id))
        return list(found.scalars())

    async def clear(self, user_id: UUID) -> None:
        """Remove what there is about somebody, open or not."""
        await self.session.execute(delete(DeletionRequest).where(_R.user_id == user_id))

    async def purge(self, now: datetime) -> None:
        """Remove what is over."""
        await self.session.execute(delete(DeletionRequest).where(_R.expires_at <= now))


def _open(statement: Select[Any], now: datetime) -> Select[Any]:
    asker = (_U.id == _R.asked_by) & (_U.role == Role.ADMIN) & has_status(UserStatus.ACTIVE, now)
    return statement.join(User, asker).where(_R.expires_at > now)
