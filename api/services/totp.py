"""The second factor: codes by the clock (RFC 6238), and recovery codes for a lost telephone."""

import hmac
import secrets
from datetime import datetime
from uuid import UUID

from pyotp import random_base32
from pyotp.totp import TOTP

from api.core.errors import ConflictError, NotFoundError, UnauthorizedError, ValidationError
from api.core.security import Actor, token_hash
from api.services import attempts
from api.services.house import House
from api.services.proof import require_proof
from api.services.revocation import revoked
from api.services.unit_of_work import UnitOfWork
from models.accounts import RecoveryCodesView, TotpSecret, TotpSecretView
from models.auth import Password
from models.users import Permission

ISSUER = "DealSmart"
STEP_SECONDS = 30
RECOVERY_CODES = 10
_LATE_AND_EARLY = (0, -1, 1)  # a clock may be one step off
_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


async def enroll(uow: UnitOfWork) -> TotpSecretView:
    """Make a secret for the caller's authenticator; it counts once a code of it was confirmed.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
        ConflictError: `conflict`: he has a second factor; it must be removed first.
    """
    user = await uow.users.lock(uow.actor.require_user(Permission.SIGN_IN))
    factor = await uow.totp.of_user(user.id)
    if factor is not None and factor.confirmed_at is not None:
        raise ConflictError("Two-factor sign-in is set up already; remove it first.")
    secret = random_base32()
    factor = factor or TotpSecret(user_id=user.id, secret="", created_at=uow.now)
    factor.secret, factor.last_step, factor.updated_at = uow.sealer.seal(secret), None, uow.now
    await uow.totp.add(factor)
    url = TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER)
    return TotpSecretView(secret=secret, otpauth_url=url)


async def confirm(house: House, actor: Actor, code: str) -> RecoveryCodesView:
    """Take the first code as proof that the authenticator works, and hand out the recovery codes, this once.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
        ValidationError: The code is wrong.
        NotFoundError: `not_found`: he did not enroll.
        ConflictError: `conflict`: it is confirmed already.
        RateLimitedError: `rate_limited`: five tries in five minutes.
    """
    user_id = actor.require_user(Permission.SIGN_IN)
    await _count_try(house, actor, user_id)
    async with house.unit(actor) as uow:
        factor = await uow.totp.of_user(user_id)
        if factor is None:
            raise NotFoundError("There is no second factor to confirm; enroll first.")
        if factor.confirmed_at is not None:
            raise ConflictError("Two-factor sign-in is set up already.")
        if not _take(uow, factor, code):
            raise ValidationError.at("body.code", "is not the code that the authenticator shows now", "invalid_code")
        factor.confirmed_at = uow.now
        codes = await _new_recovery_codes(uow, user_id)
        await attempts.forgive(uow, attempts.TOTP, str(user_id))
        revoked(uow, user_id=user_id)
        return codes


async def renew_recovery_codes(house: House, actor: Actor, password: Password | None) -> RecoveryCodesView:
    """Hand out recovery codes in place of those that the caller has; none of before opens anything from then on.

    The proof is the one that switching the second factor off takes: whoever lost his telephone has it, too.

    Raises:
        UnauthorizedError: `unauthorized`, `invalid_credentials`.
        ForbiddenError: `insufficient_scope` for an API key.
        NotFoundError: `not_found`: he has no second factor, or did not confirm it.
        RateLimitedError: `rate_limited`.
    """
    user = await require_proof(house, actor, password, Permission.SIGN_IN)
    async with house.unit(actor) as uow:
        factor = await uow.totp.of_user(user.id)
        if factor is None or factor.confirmed_at is None:
            raise NotFoundError("There is no second factor.")
        codes = await _new_recovery_codes(uow, user.id)
        await uow.audit("user:renew_recovery_codes", f"user:{user.id}")
        await uow.enqueue("new_passwords.mail_notice", user_id=user.id, what="recovery_codes_renewed")
        return codes


async def remove(house: House, actor: Actor, password: Password | None) -> None:
    """Take the caller's second factor and his recovery codes away.

    Raises:
        UnauthorizedError: `unauthorized`, `invalid_credentials`.
        ForbiddenError: `insufficient_scope` for an API key.
        NotFoundError: `not_found`: he has none.
        RateLimitedError: `rate_limited`.
    """
    user = await require_proof(house, actor, password, Permission.SIGN_IN)
    async with house.unit(actor) as uow:
        factor = await uow.totp.of_user(user.id)
        if factor is None:
            raise NotFoundError("There is no second factor.")
        was_confirmed = factor.confirmed_at is not None
        await uow.totp.remove(factor)
        await uow.totp.replace_recovery_codes(user.id, [])
        if was_confirmed:
            await uow.audit("user:remove_second_factor", f"user:{user.id}")
            await uow.enqueue("new_passwords.mail_notice", user_id=user.id, what="two_factor_removed")
        revoked(uow, user_id=user.id)


async def require_code(house: House, visitor: Actor, user_id: UUID, code: str | None) -> None:
    """Let pass a sign-in whose account has no second factor, or that brings a fresh code or a recovery code.

    Raises:
        UnauthorizedError: `totp_required` without a code, `invalid_credentials` for a wrong or a used one.
        RateLimitedError: `rate_limited`: five tries in five minutes.
    """
    async with house.unit(visitor) as uow:
        factor = await uow.totp.of_user(user_id)
    if factor is None or factor.confirmed_at is None:
        return
    if not code:
        raise UnauthorizedError("This account needs the code of its authenticator.", code="totp_required")
    await _count_try(house, visitor, user_id)
    async with house.unit(visitor) as uow:
        if not await _takes(uow, user_id, code):
            raise UnauthorizedError("The code is wrong, or was used before.", code="invalid_credentials")
        await attempts.forgive(uow, attempts.TOTP, str(user_id))


async def _new_recovery_codes(uow: UnitOfWork, user_id: UUID) -> RecoveryCodesView:
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    await uow.totp.replace_recovery_codes(user_id, [token_hash(_plain(each)) for each in codes])
    return RecoveryCodesView(recovery_codes=codes)


async def _count_try(house: House, actor: Actor, user_id: UUID) -> None:
    async with house.unit(actor) as uow:
        await attempts.reserve(uow, attempts.TOTP, str(user_id))


async def _takes(uow: UnitOfWork, user_id: UUID, code: str) -> bool:
    factor = await uow.totp.of_user(user_id)
    if factor is None or factor.confirmed_at is None:
        return False
    if _take(uow, factor, code):
        return True
    return await uow.totp.take_recovery_code(user_id, token_hash(_plain(code)), uow.now)


def _take(uow: UnitOfWork, factor: TotpSecret, code: str) -> bool:
    """Use a code up: its step and all before it are good no more (RFC 6238, 5.2)."""
    step = matching_step(uow.sealer.open_sealed(factor.secret), code, uow.now)
    if step is None or (factor.last_step is not None and step <= factor.last_step):
        return False
    factor.last_step = step
    factor.updated_at = uow.now
    uow.session.add(factor)
    return True


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the number of the 30 s step whose code this is, at most one off; None for any other code."""
    current = int(now.timestamp()) // STEP_SECONDS
    given = code.replace(" ", "").encode()
    clock = TOTP(secret)
    steps = (current + offset for offset in _LATE_AND_EARLY)
    return next((step for step in steps if hmac.compare_digest(clock.generate_otp(step).encode(), given)), None)


def _recovery_code() -> str:
    """Return 116 random bits: enough for a plain hash to keep them (ASVS 6.5.2)."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(24))
    return "-".join(letters[place : place + 4] for place in range(0, 24, 4))


def _plain(code: str) -> str:
    return "".join(code.lower().split()).replace("-", "")
