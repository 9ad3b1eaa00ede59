"""Is it really he? Asked again before what only an account's owner may do."""

from datetime import timedelta

from api.core.errors import UnauthorizedError
from api.core.security import Actor, verify_password
from api.services import attempts
from api.services.house import House
from api.services.unit_of_work import UnitOfWork
from models.auth import Password
from models.users import Permission, User

FRESH_SIGN_IN = timedelta(minutes=5)


async def require_proof(
    house: House, actor: Actor, password: Password | None, permission: Permission = Permission.OWN_ACCOUNT
) -> User:
    """Let pass who gives his password or, where he has none, signed in within the last five minutes.

    Wrong passwords count as failed sign-ins, so that a stolen session is no way to guess it.

    Raises:
        UnauthorizedError: `unauthorized`; `invalid_credentials` for a wrong or missing proof.
        ForbiddenError: `insufficient_scope` for an API key.
        RateLimitedError: `rate_limited`.
    """
    user_id = actor.require_user(permission)
    async with house.unit(actor) as uow:
        user = await uow.users.require(user_id)
        if user.password_hash is None:
            await _require_fresh(uow)
            return user
        await attempts.reserve(uow, attempts.SIGN_IN_ACCOUNT, user.email.lower())
    if password is None or not await verify_password(password.get_secret_value(), user.password_hash):
        raise UnauthorizedError("The password is wrong.", code="invalid_credentials")
    async with house.unit(actor) as uow:
        await attempts.forgive(uow, attempts.SIGN_IN_ACCOUNT, user.email.lower())
    return user


async def _require_fresh(uow: UnitOfWork) -> None:
    session = await uow.sessions.get(uow.actor.session_id) if uow.actor.session_id else None
    if session is None or session.created_at < uow.now - FRESH_SIGN_IN:
        raise UnauthorizedError("Sign in again first, within five minutes before this.", code="invalid_credentials")
