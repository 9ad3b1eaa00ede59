"""Second factors, recovery codes, outside identities, age checks; all that the database holds about one user."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from api.repositories.base import Repository
from models.accounts import AgeCheck, OutsideIdentity, RecoveryCode, TotpSecret
from models.platform import AuditEntry
from models.users import Attempt

_USERS = "users.id"
_NEVER_SHOWN = re.compile(r"hash|secret|token$|fingerprint")


class TotpRepository(Repository[TotpSecret]):
    """Second factors and their recovery codes."""

    model = TotpSecret

    async def of_user(self, user_id: UUID) -> TotpSecret | None:
        """Return a user's second factor, confirmed or not, locked until the commit."""
        table: Any = TotpSecret
        statement = select(TotpSecret).where(table.user_id == user_id).with_for_update()
        found = await self.session.execute(statement.execution_options(populate_existing=True))
        return found.scalar_one_or_none()

    async def take_recovery_code(self, user_id: UUID, code_hash: bytes, now: datetime) -> bool:
        """Use up a recovery code; False where it is unknown or used."""
        table: Any = RecoveryCode
        mine = (table.user_id == user_id, table.code_hash == code_hash, table.used_at.is_(None))
        taken = update(RecoveryCode).where(*mine).values(used_at=now).returning(table.id)
        return (await self.session.execute(taken)).scalar_one_or_none() is not None

    async def count_recovery_codes(self, user_id: UUID) -> int:
        """Count a user's recovery codes that are still good."""
        table: Any = RecoveryCode
        statement = select(func.count()).where(table.user_id == user_id, table.used_at.is_(None))
        return (await self.session.execute(statement)).scalar_one()

    async def replace_recovery_codes(self, user_id: UUID, hashes: list[bytes]) -> None:
        """Give a user these recovery codes and no others."""
        table: Any = RecoveryCode
        await self.session.execute(delete(RecoveryCode).where(table.user_id == user_id))
        self.session.add_all(RecoveryCode(user_id=user_id, code_hash=code_hash) for code_hash in hashes)
        await self.session.flush()


class OutsideIdentityRepository(Repository[OutsideIdentity]):
    """Who signs in with an account elsewhere."""

    model = OutsideIdentity

    async def by_subject(self, provider: str, subject: str) -> OutsideIdentity | None:
        """Return the identity that a provider calls so."""
        table: Any = OutsideIdentity
        statement = select(OutsideIdentity).where(table.provider == provider, table.subject == subject)
        return (await self.session.execute(statement)).scalar_one_or_none()

    async def hold(self, subject: str) -> None:
        """Wait until nobody else signs this subject in, and keep others waiting until the commit."""
        await self.session.execute(text("SELECT pg_advisory_xact_lock(7306, hashtext(:subject))"), {"subject": subject})


class AgeCheckRepository(Repository[AgeCheck]):
    """Checks of age, passed and not."""

    model = AgeCheck

    async def last_refusal(self, user_id: UUID, since: datetime) -> datetime | None:
        """Return when a user's newest check since a moment failed."""
        table: Any = AgeCheck
        mine = (table.user_id == user_id, table.passed.is_(False), table.created_at > since)
        statement = select(table.created_at).where(*mine).order_by(table.created_at.desc()).limit(1)
        return (await self.session.execute(statement)).scalar_one_or_none()


def personal_columns() -> list[tuple[Table, Column[Any]]]:
    """Return every column that names the user whom a row is about: its rows go with him (ON DELETE CASCADE)."""
    return [(table, column) for table, column, key in _references() if key.ondelete == "CASCADE"]


def authored_columns() -> list[tuple[Table, Column[Any]]]:
    """Return every column that names who did something: its rows stay when he goes."""
    return [(table, column) for table, column, key in _references() if key.ondelete != "CASCADE"]


def _references() -> list[tuple[Table, Column[Any], ForeignKey]]:
    return [
        (table, column, key)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == _USERS
    ]


def shown_columns(table: Table) -> list[Column[Any]]:
    """Return the columns of a table that its subject may see: no hash, no secret, no search text."""
    return [column for column in table.columns if not _is_kept_back(column)]


def _is_kept_back(column: Column[Any]) -> bool:
    named_so = _NEVER_SHOWN.search(column.name) is not None
    return named_so or isinstance(column.type, LargeBinary | TSVECTOR) or column.computed is not None


class HoldingsRepository:
    """What the database holds about one user, whatever table it is in; found by the foreign keys."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def of(self, user_id: UUID) -> dict[str, list[dict[str, Any]]]:
        """Return all of it by table, the oldest first."""
        held: dict[str, list[dict[str, Any]]] = {}
        for table, column in [*personal_columns(), *authored_columns()]:
            rows = await self._rows(table, column == user_id)
            held.setdefault(table.name, []).extend(rows)
        trail: Any = AuditEntry
        about = or_(trail.actor_id == user_id, trail.target == f"user:{user_id}")
        held["audit_entries"] = await self._rows(SQLModel.metadata.tables["audit_entries"], about)
        return held

    async def _rows(self, table: Table, condition: Any) -> list[dict[str, Any]]:
        columns = shown_columns(table)
        order = table.c.created_at if "created_at" in table.c else columns[0]
        found = await self.session.execute(select(*columns).where(condition).order_by(order))
        return [dict(row) for row in found.mappings()]

    async def erase(self, user_id: UUID, subjects: list[bytes]) -> None:
        """Delete every row about the user, and what was counted under the hashes of what he is known by."""
        for table, column in personal_columns():
            await self.session.execute(delete(table).where(column == user_id))
        attempt: Any = Attempt
        await self.session.execute(delete(Attempt).where(attempt.subject.in_(subjects)))
