"""A new password: by a mailed link, or by its owner who knows the old one."""

from datetime import timedelta
from uuid import UUID

from api.core.errors import ValidationError
from api.core.security import Actor, hash_password, new_token, token_hash
from api.integrations.mail import Letter, Mailer
from api.services import attempts
from api.services.dealership import name_of_house
from api.services.house import House
from api.services.passwords import require_good
from api.services.proof import require_proof
from api.services.revocation import revoked
from api.services.unit_of_work import UnitOfWork
from models.accounts import NewPasswordInput, PasswordInput, ResetDoneView, ResetView
from models.users import TokenPurpose, User, UserStatus, VerificationToken

TOKEN_LIFETIME = timedelta(hours=1)
_LINK = """Hello {name},

somebody asked for a new password for your account. If it was you, choose one here:

{link}

The link works once, for one hour. If it was not you, you can ignore this mail: nothing has changed.
"""
_NOTICES = {
    "password_changed": (
        "Your password was changed",
        "the password of your account was changed, and other devices were signed out.",
    ),
    "recovery_codes_renewed": (
        "Your recovery codes were replaced",
        "new recovery codes were made for your account, and those of before open nothing any more.",
    ),
    "two_factor_removed": (
        "Two-factor sign-in was switched off",
        "two-factor sign-in was switched off for your account: the password alone is enough now.",
    ),
}
_NOTICE = """Hello {name},

{what} If it was not you, ask for a new password at once:

{link}
"""


async def request_reset(uow: UnitOfWork, email: str) -> ResetView:
    """Have a link mailed to whoever has this e-mail; known or not, the same is done and answered.

    Whether there is such an account is looked up in the job; the address waits there sealed.

    Raises:
        RateLimitedError: `rate_limited`: five times an hour for an address, and for an account.
    """
    await attempts.reserve(uow, attempts.RESET_ADDRESS, attempts.network(uow.actor.ip))
    await attempts.reserve(uow, attempts.RESET_ACCOUNT, email.lower())
    await uow.enqueue("new_passwords.mail_link", sealed_email=uow.sealer.seal(email))
    return ResetView()


async def mail_link(house: House, sealed_email: str) -> None:
    """Mail a link to the account of this e-mail, if there is one: the job `new_passwords.mail_link`.

    Raises:
        MailError: The mail was not taken; the queue tries again.
    """
    token = new_token()
    async with house.unit(Actor.system("auth")) as uow:
        user = await uow.users.by_email(uow.sealer.open_sealed(sealed_email))
        if user is None or user.status == UserStatus.DELETED:
            return
        await uow.tokens.add(
            VerificationToken(
                user_id=user.id,
                purpose=TokenPurpose.RESET_PASSWORD,
                token_hash=token_hash(token),
                expires_at=uow.now + TOKEN_LIFETIME,
            )
        )
    link = f"{house.settings.public_url}/reset-password?token={token}"
    await _mail(house, user, "Choose a new password", _LINK.format(name=user.display_name, link=link))


async def confirm_reset(house: House, visitor: Actor, given: NewPasswordInput) -> ResetDoneView:
    """Set a new password by a mailed token, which is good once, and sign its owner out everywhere.

    A bad password leaves the token good. The link proves the e-mail too.

    Raises:
        ValidationError: The token is unknown, used or over; or the password is a bad one.
        RateLimitedError: `rate_limited`: five times an hour for an address, and for an account.
    """
    token, password = token_hash(given.token), given.password.get_secret_value()
    async with house.unit(visitor) as uow:
        await attempts.reserve(uow, attempts.RESET_CONFIRM_ADDRESS, attempts.network(visitor.ip))
        found = await uow.tokens.find(TokenPurpose.RESET_PASSWORD, token, uow.now)
        if found is not None:
            await attempts.reserve(uow, attempts.RESET_CONFIRM_ACCOUNT, str(found.user_id))
        user = await uow.users.require(found.user_id) if found is not None else None
        house_name = await name_of_house(uow)
    if user is None:
        raise _bad_token()
    require_good(password, user.email, house_name=house_name)
    password_hash = await hash_password(password)
    async with house.unit(visitor) as uow:
        if await uow.tokens.take(TokenPurpose.RESET_PASSWORD, token, uow.now) is None:
            raise _bad_token()
        user = await uow.users.lock(user.id)
        user.email_verified_at = user.email_verified_at or uow.now
        await _set(uow, user, password_hash)
        await attempts.forgive(uow, attempts.SIGN_IN_ACCOUNT, user.email.lower())
    return ResetDoneView()


def _bad_token() -> ValidationError:
    return ValidationError.at("body.token", "is not valid, or no longer; ask for a new mail", "invalid_token")


async def change(house: House, actor: Actor, given: PasswordInput) -> None:
    """Change the caller's password, or set his first one; his other sign-ins end.

    Raises:
        UnauthorizedError: `unauthorized`; `invalid_credentials` where the current password is wrong.
        ForbiddenError: `insufficient_scope` for an API key.
        ValidationError: The new password is a bad one.
        RateLimitedError: `rate_limited`.
    """
    user = await require_proof(house, actor, given.current_password)
    password = given.new_password.get_secret_value()
    async with house.unit(actor) as uow:
        house_name = await name_of_house(uow)
    require_good(password, user.email, "body.new_password", house_name)
    password_hash = await hash_password(password)
    async with house.unit(actor) as uow:
        user = await uow.users.lock(user.id)
        await _set(uow, user, password_hash, but=actor.session_id)


async def _set(uow: UnitOfWork, user: User, password_hash: str, but: UUID | None = None) -> None:
    user.password_hash = password_hash
    user.updated_at = uow.now
    await uow.users.add(user)
    await uow.tokens.use_up(TokenPurpose.RESET_PASSWORD, user.id, uow.now)
    await uow.sessions.revoke_all(user.id, uow.now, but)
    await uow.enqueue("new_passwords.mail_notice", user_id=user.id, what="password_changed")
    revoked(uow, user_id=user.id)


async def mail_notice(house: House, user_id: str, what: str) -> None:
    """Tell somebody by mail that his way to sign in was changed: the job `new_passwords.mail_notice`.

    Raises:
        MailError: The mail was not taken; the queue tries again.
    """
    async with house.unit(Actor.system("auth")) as uow:
        user = await uow.users.get(UUID(user_id))
    if user is None or user.status == UserStatus.DELETED:
        return
    subject, sentence = _NOTICES[what]
    link = f"{house.settings.public_url}/forgot-password"
    await _mail(house, user, subject, _NOTICE.format(name=user.display_name, what=sentence, link=link))


async def _mail(house: House, user: User, subject: str, body: str) -> None:
    mailer = Mailer(house.settings.mail_url, house.settings.mail_from)
    await mailer.send(Letter(user.email, subject, body))
