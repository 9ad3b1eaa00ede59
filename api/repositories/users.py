"""People, their sign-ins, mailed tokens and counted attempts; the reads that tell who is calling."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text, update

from api.core.pagination import Page, PageRequest
from api.repositories.base import Repository
from api.repositories.user_search import UserSearchRepository, has_status
from models.platform import ApiKey
from models.users import (
    STAFF_ROLES,
    Attempt,
    AttemptKind,
    AuthSession,
    Role,
    SpentRefreshToken,
    TokenPurpose,
    User,
    UserStatus,
    VerificationToken,
)

_CALLER = """u.id AS user_id, u.role, u.display_name,
       EXISTS (SELECT FROM totp_secrets t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) AS two_factor,
       (u.status = 'suspended' AND (u.suspended_until IS NULL OR u.suspended_until > now())) AS suspended"""
_SESSION = f"""
SELECT s.id AS session_id, s.last_seen_at < now() - interval '1 minute' AS unseen, {_CALLER}
FROM auth_sessions s JOIN users u ON u.id = s.user_id
WHERE s.revoked_at IS NULL AND s.expires_at > now() AND u.status <> 'deleted'
"""  # noqa: S608 - made of constants
CALLER_BY_COOKIE = _SESSION + "AND s.cookie_hash = %s"
CALLER_BY_SESSION = _SESSION + "AND s.id = %s"
CALLER_BY_KEY = f"""
SELECT k.id AS key_id, k.scopes,
       (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute') AS unseen, {_CALLER}
FROM api_keys k JOIN users u ON u.id = k.user_id
WHERE k.secret_hash = %s AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
  AND u.status <> 'deleted'
"""  # noqa: S608 - made of constants

_ADMIN_SET = 7_305_001
_LOCK = text("SELECT pg_advisory_xact_lock(:space, :what)")
_ATTEMPTS = 7_305


class UserRepository(UserSearchRepository):
    """Users by id, e-mail, role; the set of admins under a lock."""

    async def by_email(self, email: str) -> User | None:
        """Return the user with this e-mail, whatever its case."""
        table: Any = User
        statement = select(User).where(func.lower(table.email) == func.lower(email))
        return (await self.session.execute(statement)).scalar_one_or_none()

    async def wants(self, user_id: UUID, kind: str) -> bool:
        """Tell whether a user is to be told of this kind of thing: yes, unless he has switched it off."""
        table: Any = User
        statement = select(table.notification_preferences[kind].as_boolean()).where(table.id == user_id)
        return (await self.session.execute(statement)).scalar_one_or_none() is not False

    async def hold_admins(self) -> None:
        """Wait until nobody else changes who is an admin, and keep others waiting until the commit."""
        await self.session.execute(text("SELECT pg_advisory_xact_lock(:what)"), {"what": _ADMIN_SET})

    async def count_admins(self, now: datetime) -> int:
        """Count the admins who may sign in at this moment."""
        table: Any = User
        statement = select(func.count()).where(table.role == Role.ADMIN, has_status(UserStatus.ACTIVE, now))
        return (await self.session.execute(statement)).scalar_one()

    async def admins(self, now: datetime) -> list[User]:
        """Return the admins who may sign in at this moment."""
        table: Any = User
        statement = select(User).where(table.role == Role.ADMIN, has_status(UserStatus.ACTIVE, now))
        return list((await self.session.execute(statement.order_by(table.id))).scalars())

    async def staff(self, now: datetime) -> list[User]:
        """Return the active staff and admins by name."""
        table: Any = User
        statement = select(User).where(table.role.in_(STAFF_ROLES), has_status(UserStatus.ACTIVE, now))
        return list((await self.session.execute(statement.order_by(table.display_name, table.id))).scalars())


class SessionRepository(Repository[AuthSession]):
    """Sign-ins and their refresh tokens."""

    model = AuthSession

    async def by_refresh_token(self, token_hash: bytes) -> AuthSession | None:
        """Return the session whose refresh token this is, locked until the commit.

        Of two who bring the same token at once, the second waits and then finds it spent.
        """
        table: Any = AuthSession
        statement = select(AuthSession).where(table.refresh_hash == token_hash).with_for_update()
        return (await self.session.execute(statement)).scalar_one_or_none()

    async def by_spent_token(self, token_hash: bytes) -> AuthSession | None:
        """Return the session that a spent refresh token belonged to, locked until the commit."""
        session: Any = AuthSession
        spent: Any = SpentRefreshToken
        statement = select(AuthSession).join(SpentRefreshToken, spent.session_id == session.id)
        found = await self.session.execute(statement.where(spent.token_hash == token_hash).with_for_update(of=session))
        return found.scalar_one_or_none()

    async def by_cookie(self, cookie_hash: bytes) -> AuthSession | None:
        """Return the session with this cookie, revoked or not."""
        table: Any = AuthSession
        statement = select(AuthSession).where(table.cookie_hash == cookie_hash)
        return (await self.session.execute(statement)).scalar_one_or_none()

    async def spend(self, session: AuthSession, new_hash: bytes) -> None:
        """Give the session a new refresh token and remember the old one as spent."""
        self.session.add(SpentRefreshToken(session_id=session.id, token_hash=session.refresh_hash))
        session.refresh_hash = new_hash
        await self.session.flush()

    async def of_user(self, user_id: UUID, request: PageRequest, now: datetime) -> Page[AuthSession]:
        """Return a page of the user's sign-ins that are still good."""
        table: Any = AuthSession
        good = (table.user_id == user_id, table.revoked_at.is_(None), table.expires_at > now)
        statement: Any = select(AuthSession).where(*good)
        return await self.page(statement, request, {"created_at": table.created_at}, user_id)

    async def revoke_all(self, user_id: UUID, now: datetime, but: UUID | None = None) -> None:
        """End every sign-in of a user, but one where its id is given."""
        table: Any = AuthSession
        statement = update(AuthSession).where(table.user_id == user_id, table.revoked_at.is_(None))
        if but is not None:
            statement = statement.where(table.id != but)
        await self.session.execute(statement.values(revoked_at=now))

    async def revoke_keys(self, user_id: UUID, now: datetime) -> None:
        """End every API key of a user."""
        table: Any = ApiKey
        mine = (table.user_id == user_id, table.revoked_at.is_(None))
        await self.session.execute(update(ApiKey).where(*mine).values(revoked_at=now))

    async def touch(self, session_id: UUID, now: datetime) -> None:
        """Note that the session was used."""
        table: Any = AuthSession
        await self.session.execute(update(AuthSession).where(table.id == session_id).values(last_seen_at=now))

    async def touch_key(self, key_id: UUID, now: datetime) -> None:
        """Note that an API key was used."""
        table: Any = ApiKey
        await self.session.execute(update(ApiKey).where(table.id == key_id).values(last_used_at=now))

    async def purge(self, before: datetime) -> None:
        """Delete the sessions that ended before a moment, and their spent tokens."""
        table: Any = AuthSession
        await self.session.execute(delete(AuthSession).where((table.expires_at < before) | (table.revoked_at < before)))


class TokenRepository(Repository[VerificationToken]):
    """Mailed tokens, and attempts counted in a window of time."""

    model = VerificationToken

    async def take(self, purpose: TokenPurpose, token_hash: bytes, now: datetime) -> VerificationToken | None:
        """Use up a mailed token and return it; None where it is unknown, used or over."""
        table: Any = VerificationToken
        good = (table.purpose == purpose, table.token_hash == token_hash)
        fresh = (table.used_at.is_(None), table.expires_at > now)
        statement = update(VerificationToken).where(*good, *fresh).values(used_at=now)
        return (await self.session.execute(statement.returning(VerificationToken))).scalar_one_or_none()

    async def find(self, purpose: TokenPurpose, token_hash: bytes, now: datetime) -> VerificationToken | None:
        """Return a mailed token that is still good, without using it up."""
        table: Any = VerificationToken
        good = (table.purpose == purpose, table.token_hash == token_hash, table.used_at.is_(None))
        statement = select(VerificationToken).where(*good, table.expires_at > now)
        return (await self.session.execute(statement)).scalar_one_or_none()

    async def use_up(self, purpose: TokenPurpose, user_id: UUID, now: datetime) -> None:
        """Make all of a user's mailed tokens of a purpose good for nothing."""
        table: Any = VerificationToken
        mine = (table.purpose == purpose, table.user_id == user_id, table.used_at.is_(None))
        await self.session.execute(update(VerificationToken).where(*mine).values(used_at=now))

    async def hold_attempts(self, kind: AttemptKind, subject: bytes) -> None:
        """Wait until nobody else counts attempts of this subject, and keep others waiting until the commit."""
        what = int.from_bytes(subject[:4], signed=True) ^ len(kind)
        await self.session.execute(_LOCK, {"space": _ATTEMPTS, "what": what})

    async def attempts(self, kind: AttemptKind, subject: bytes, since: datetime) -> list[datetime]:
        """Return when the attempts since a moment were made, the oldest first."""
        table: Any = Attempt
        mine = (table.kind == kind, table.subject == subject, table.created_at > since)
        found = await self.session.execute(select(table.created_at).where(*mine).order_by(table.created_at))
        return list(found.scalars())

    async def count_attempt(self, kind: AttemptKind, subject: bytes, now: datetime) -> UUID:
        """Remember an attempt and return its id."""
        attempt = Attempt(kind=kind, subject=subject, created_at=now, updated_at=now)
        self.session.add(attempt)
        await self.session.flush()
        return attempt.id

    async def forgive(self, kind: AttemptKind, subject: bytes) -> None:
        """Forget the attempts of a subject."""
        table: Any = Attempt
        await self.session.execute(delete(Attempt).where(table.kind == kind, table.subject == subject))

    async def withdraw(self, attempt_ids: list[UUID]) -> None:
        """Forget single attempts, which turned out well."""
        table: Any = Attempt
        await self.session.execute(delete(Attempt).where(table.id.in_(attempt_ids)))

    async def purge(self, before: datetime) -> None:
        """Delete the tokens that were over, and the attempts made, before a moment."""
        attempt: Any = Attempt
        token: Any = VerificationToken
        await self.session.execute(delete(Attempt).where(attempt.created_at < before))
        await self.session.execute(delete(VerificationToken).where(token.expires_at < before))
