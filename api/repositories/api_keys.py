"""A user's keys, page by page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from api.core.pagination import Page, PageRequest
from api.repositories.platform import ApiKeyRepository
from models.platform import ApiKey


class OwnKeys(ApiKeyRepository):
    """The keys of one user that are not revoked."""

    async def of_owner(self, user_id: UUID, request: PageRequest) -> Page[ApiKey]:
        """Return a page of a user's keys."""
        table: Any = ApiKey
        statement: Any = select(ApiKey).where(table.user_id == user_id, table.revoked_at.is_(None))
        return await self.page(statement, request, {"created_at": table.created_at}, user_id)

    async def count_usable(self, user_id: UUID, now: datetime) -> int:
        """Count a user's keys that still open something."""
        table: Any = ApiKey
        in_time = table.expires_at.is_(None) | (table.expires_at > now)
        statement = select(func.count()).where(table.user_id == user_id, table.revoked_at.is_(None), in_time)
        return (await self.session.execute(statement)).scalar_one()
