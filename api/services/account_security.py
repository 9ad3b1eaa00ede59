"""How somebody's account is secured, as he sees it himself; and the end of all his other sign-ins."""

from api.services.revocation import revoked
from api.services.unit_of_work import UnitOfWork
from models.accounts import SecurityView
from models.users import Permission


async def read(uow: UnitOfWork) -> SecurityView:
    """Tell which ways in the caller's account has.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
    """
    user = await uow.users.require(uow.actor.require_user(Permission.SIGN_IN))
    factor = await uow.totp.of_user(user.id)
    return SecurityView(
        has_password=user.password_hash is not None,
        two_factor=factor is not None and factor.confirmed_at is not None,
        recovery_codes_left=await uow.totp.count_recovery_codes(user.id),
    )


async def end_other_sessions(uow: UnitOfWork) -> None:
    """End every sign-in of the caller but the one that he is calling with.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
    """
    user_id = uow.actor.require_user()
    await uow.sessions.revoke_all(user_id, uow.now, but=uow.actor.session_id)
    revoked(uow, user_id=user_id)
