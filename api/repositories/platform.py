"""API keys and idempotency records."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from api.core.pagination import Page, PageRequest
from api.repositories.base import Repository
from models.platform import ApiKey, IdempotencyRecord


class ApiKeyRepository(Repository[ApiKey]):
    """Keys by their owner, those left out that were revoked."""

    model = ApiKey

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


class IdempotencyRepository(Repository[IdempotencyRecord]):
    """Claims and first answers, by caller and key."""

    model = IdempotencyRecord

    async def claim(self, caller: str, key: str, fingerprint: bytes, now: datetime, stale: timedelta) -> bool:
        """Take the key for a request that begins now; False where somebody holds or held it.

        A claim without an answer that is older than `stale` was left by a process that died before it
        committed anything, and is taken over; so is one older than 24 hours.
        """
        table: Any = IdempotencyRecord
        await self.session.execute(
            delete(IdempotencyRecord).where(
                table.caller == caller,
                table.key == key,
                (table.created_at < now - timedelta(hours=24))
                | (table.status.is_(None) & (table.created_at < now - stale)),
            )
        )
        record = IdempotencyRecord(caller=caller, key=key, fingerprint=fingerprint, created_at=now)
        values = record.model_dump(include={"id", "caller", "key", "fingerprint", "created_at", "updated_at"})
        statement = insert(IdempotencyRecord).values(**values).on_conflict_do_nothing().returning(table.id)
        return (await self.session.execute(statement)).scalar_one_or_none() is not None

    async def find(self, caller: str, key: str) -> IdempotencyRecord | None:
        """Return the record of a key, read afresh."""
        table: Any = IdempotencyRecord
        statement = select(IdempotencyRecord).where(table.caller == caller, table.key == key)
        return (await self.session.execute(statement)).scalar_one_or_none()

    async def complete(self, caller: str, key: str, status: int, headers: dict[str, str], body: bytes) -> None:
        """Keep the first answer."""
        table: Any = IdempotencyRecord
        statement = update(IdempotencyRecord).where(table.caller == caller, table.key == key)
        await self.session.execute(statement.values(status=status, headers=headers, body=body))

    async def release(self, caller: str, key: str) -> None:
        """Give up a claim whose request was refused, so that it can be tried again."""
        table: Any = IdempotencyRecord
        unanswered = (table.caller == caller, table.key == key, table.status.is_(None))
        await self.session.execute(delete(IdempotencyRecord).where(*unanswered))

    async def purge(self, before: datetime) -> None:
        """Delete the records that are past their 24 hours."""
        table: Any = IdempotencyRecord
        await self.session.execute(delete(IdempotencyRecord).where(table.created_at < before))
