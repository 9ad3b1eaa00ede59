"""Register, sign in, refresh, sign out; one's own sign-ins."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from api.core.errors import ForbiddenError, NotFoundError, UnauthorizedError
from api.core.pagination import Page, PageRequest
from api.core.security import (
    ACCESS_TOKEN_LIFETIME,
    SESSION_LIFETIME,
    SESSION_LONGEST,
    Actor,
    hash_password,
    issue_access_token,
    new_token,
    token_hash,
    verify_password,
)
from api.services import attempts, totp, users, verification
from api.services.dealership import name_of_house
from api.services.house import House
from api.services.passwords import require_good
from api.services.revocation import revoked
from api.services.unit_of_work import UnitOfWork
from models.auth import LoginInput, RegisterInput, SessionView, SignedInView
from models.base import utc_now
from models.users import AuthSession, Permission, Role, User, UserStatus

KEPT_AFTER_THE_END = timedelta(days=30)
LONGEST_USER_AGENT = 500
mail_verification = verification.mail_verification  # the job `auth.mail_verification`


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new sign-in: what the API answers, and the value of the browser's cookie."""

    view: SignedInView
    cookie: str


async def register(house: House, visitor: Actor, given: RegisterInput, user_agent: str | None = None) -> SignedIn:
    """Open an account with the role `user`, sign it in and have its e-mail verified.

    No connection is held while the password is hashed.

    Raises:
        ValidationError: The password is a bad one.
        RateLimitedError: `rate_limited`.
        ConflictError: `email_taken`, `username_taken`.
    """
    password = given.password.get_secret_value()
    async with house.unit(visitor) as uow:
        require_good(password, given.email, house_name=await name_of_house(uow))
        await attempts.reserve(uow, attempts.REGISTRATION_ADDRESS, attempts.network(visitor.ip))
    password_hash = await hash_password(password)
    async with house.unit(visitor) as uow:
        user = User(
            email=given.email,
            username=given.username,
            display_name=given.display_name or given.username,
            password_hash=password_hash,
            created_at=uow.now,
            updated_at=uow.now,
        )
        await users.add(uow, user)
        await uow.enqueue("auth.mail_verification", user_id=user.id)
        return await open_session(uow, user, user_agent)


async def log_in(house: House, visitor: Actor, given: LoginInput, user_agent: str | None = None) -> SignedIn:
    """Sign somebody in by e-mail and password; an unknown e-mail takes the same time and words as a wrong password.

    The try is counted before the password is checked and in a unit of its own, so that neither a refusal nor
    many tries at once escape the count.

    Raises:
        RateLimitedError: `rate_limited`.
        UnauthorizedError: `invalid_credentials`, also for a wrong second factor; `totp_required` where it lacks.
        ForbiddenError: `account_suspended`, only after the right password.
    """
    account, address = given.email.lower(), attempts.network(visitor.ip)
    async with house.unit(visitor) as uow:
        counted = [
            await attempts.reserve(uow, attempts.SIGN_IN_ACCOUNT, account),
            await attempts.reserve(uow, attempts.SIGN_IN_ADDRESS, address),
        ]
        user = await uow.users.by_email(given.email)
    known_hash = user.password_hash if user is not None else None
    right = await verify_password(given.password.get_secret_value(), known_hash)
    if user is None or not right:
        raise UnauthorizedError("The e-mail or the password is wrong.", code="invalid_credentials")

    async with house.unit(visitor) as uow:
        await attempts.forgive(uow, attempts.SIGN_IN_ACCOUNT, account)
        await uow.tokens.withdraw([attempt for attempt in counted if attempt is not None])
    if users.is_suspended(user):
        _refuse_suspended()
    await totp.require_code(house, visitor, user.id, given.totp_code)
    async with house.unit(visitor) as uow:
        signed_in = await _admit(uow, user.id, known_hash, user_agent)
    return signed_in or _refuse_suspended()


def _refuse_suspended() -> SignedIn:
    raise ForbiddenError("This account is suspended.", code="account_suspended")


async def _admit(uow: UnitOfWork, user_id: UUID, known_hash: str | None, user_agent: str | None) -> SignedIn | None:
    user = await uow.users.lock(user_id)
    if user.password_hash != known_hash or user.status == UserStatus.DELETED:
        raise UnauthorizedError("The e-mail or the password is wrong.", code="invalid_credentials")
    if users.is_suspended(user):
        return None
    return await open_session(uow, user, user_agent)


async def open_session(uow: UnitOfWork, user: User, user_agent: str | None) -> SignedIn:
    """Sign a user in whose proof was checked."""
    user.last_login_at = uow.now
    await uow.users.add(user)
    cookie, refresh_token = new_token(), new_token()
    session = AuthSession(
        user_id=user.id,
        cookie_hash=token_hash(cookie),
        refresh_hash=token_hash(refresh_token),
        ip=uow.actor.ip,
        user_agent=user_agent[:LONGEST_USER_AGENT] if user_agent else None,
        created_at=uow.now,
        updated_at=uow.now,
        last_seen_at=uow.now,
        expires_at=uow.now + SESSION_LIFETIME,
    )
    await uow.sessions.add(session)
    return SignedIn(_tokens(uow, user, session, refresh_token), cookie)


def _tokens(uow: UnitOfWork, user: User, session: AuthSession, refresh_token: str) -> SignedInView:
    key = uow.settings.signing_key()
    return SignedInView(
        user=users.view_of(user),
        access_token=issue_access_token(key, user.id, session.id, Role(user.role), uow.now),
        refresh_token=refresh_token,
        expires_in=int(ACCESS_TOKEN_LIFETIME.total_seconds()),
    )


async def refresh(house: House, visitor: Actor, refresh_token: str) -> SignedInView:
    """Exchange a refresh token for a new pair, good for 30 days again, 90 in all; the browser's cookie stays as it is.

    A token that was used before is a stolen one, or its owner's after a theft: its whole session ends, which
    is committed although the answer is a refusal (RFC 9700, 4.14.2).

    Raises:
        UnauthorizedError: `unauthorized`, `token_expired`.
        ForbiddenError: `account_suspended`.
    """
    given = token_hash(refresh_token)
    async with house.unit(visitor) as uow:
        session = await uow.sessions.by_refresh_token(given)
        if session is None:
            await _revoke_stolen(uow, given)
        else:
            return await _rotate(uow, session)
    raise UnauthorizedError("The refresh token is not valid.")


async def _revoke_stolen(uow: UnitOfWork, spent_hash: bytes) -> None:
    session = await uow.sessions.by_spent_token(spent_hash)
    if session is not None:
        await _end(uow, session)


async def _rotate(uow: UnitOfWork, session: AuthSession) -> SignedInView:
    user = await uow.users.get(session.user_id)
    if user is None or session.revoked_at is not None or user.status == UserStatus.DELETED:
        raise UnauthorizedError("The refresh token is not valid.")
    if session.expires_at <= uow.now:
        raise UnauthorizedError("The refresh token has expired.", code="token_expired")
    if users.is_suspended(user):
        _refuse_suspended()
    new = new_token()
    session.last_seen_at = session.updated_at = uow.now
    session.expires_at = min(uow.now + SESSION_LIFETIME, session.created_at + SESSION_LONGEST)
    await uow.sessions.spend(session, token_hash(new))
    return _tokens(uow, user, session, new)


async def log_out(uow: UnitOfWork) -> None:
    """End the session that the caller came with.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
    """
    uow.actor.require_user(Permission.SIGN_IN)
    if uow.actor.session_id is not None:
        await _end(uow, await uow.sessions.lock(uow.actor.session_id))


async def log_out_cookie(house: House, visitor: Actor, cookie: str | None) -> None:
    """End the session of a browser's cookie, if it has one."""
    if not cookie:
        return
    async with house.unit(visitor) as uow:
        session = await uow.sessions.by_cookie(token_hash(cookie))
        if session is not None:
            await _end(uow, session)


async def page_of_sessions(uow: UnitOfWork, request: PageRequest) -> Page[SessionView]:
    """Return a page of the caller's own sign-ins that are still good.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
    """
    found = await uow.sessions.of_user(uow.actor.require_user(), request, uow.now)
    return Page([_listed(uow, session) for session in found.rows], found.next_cursor, found.total)


def _listed(uow: UnitOfWork, session: AuthSession) -> SessionView:
    current = session.id == uow.actor.session_id
    return SessionView.model_validate({**session.model_dump(), "current": current})


async def end_session(uow: UnitOfWork, session_id: UUID) -> None:
    """End one of the caller's own sign-ins.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
        NotFoundError: `not_found`, also for somebody else's and one that has ended.
    """
    user_id = uow.actor.require_user()
    session = await uow.sessions.lock(session_id)
    if session.user_id != user_id or session.revoked_at is not None:
        raise NotFoundError()
    await _end(uow, session)


async def _end(uow: UnitOfWork, session: AuthSession) -> None:
    if session.revoked_at is None:
        session.revoked_at = session.updated_at = uow.now
        await uow.sessions.add(session)
        revoked(uow, session_id=session.id)


async def purge(house: House, _tick: int = 0) -> None:
    """Delete what is long over: ended sessions, mailed tokens, counted attempts."""
    async with house.unit(Actor.system("auth")) as uow:
        await uow.sessions.purge(utc_now() - KEPT_AFTER_THE_END)
        await uow.tokens.purge(utc_now() - attempts.LONGEST_WINDOW)
