"""Is the e-mail his? The mailed link, its token, and sending it again."""

from datetime import timedelta
from uuid import UUID

from api.core.errors import ValidationError
from api.core.security import Actor, new_token, token_hash
from api.integrations.mail import Letter, Mailer
from api.services import attempts
from api.services.house import House
from api.services.unit_of_work import UnitOfWork
from models.auth import EmailView
from models.users import TokenPurpose, User, UserStatus, VerificationToken

TOKEN_LIFETIME = timedelta(hours=48)
_TEXT = """Hello {name},

please confirm that this is your e-mail address:

{link}

The link works once, for 48 hours. If you did not open an account with us, you can ignore this mail.
"""


async def verify_email(uow: UnitOfWork, token: str) -> EmailView:
    """Take a mailed token as proof that the e-mail is its owner's; it is good once.

    Raises:
        ValidationError: The token is unknown, used or over.
    """
    taken = await uow.tokens.take(TokenPurpose.VERIFY_EMAIL, token_hash(token), uow.now)
    if taken is None:
        raise ValidationError.at("body.token", "is not valid, or no longer; ask for a new mail", "invalid_token")
    user = await uow.users.lock(taken.user_id)
    if user.email_verified_at is None:
        user.email_verified_at = user.updated_at = uow.now
        await uow.users.add(user)
    return EmailView(email_verified=True)


async def resend(uow: UnitOfWork) -> EmailView:
    """Mail the caller a new link, unless his e-mail is verified already.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
        RateLimitedError: `rate_limited`: three times in six hours.
    """
    user = await uow.users.require(uow.actor.require_user())
    verified = user.email_verified_at is not None
    if not verified:
        await attempts.reserve(uow, attempts.VERIFICATION_MAIL, str(user.id))
        await uow.enqueue("auth.mail_verification", user_id=user.id)
    return EmailView(email_verified=verified)


async def mail_verification(house: House, user_id: str) -> None:
    """Mail a new link: the job `auth.mail_verification`.

    The token is made here and not where the job is enqueued, so that it stands in no queue.

    Raises:
        MailError: The mail was not taken; the queue tries again.
    """
    token = new_token()
    async with house.unit(Actor.system("auth")) as uow:
        user = await uow.users.get(UUID(user_id))
        if user is None or user.status == UserStatus.DELETED or user.email_verified_at is not None:
            return
        expires_at = uow.now + TOKEN_LIFETIME
        await uow.tokens.add(
            VerificationToken(
                user_id=user.id,
                purpose=TokenPurpose.VERIFY_EMAIL,
                token_hash=token_hash(token),
                expires_at=expires_at,
            )
        )
    mailer = Mailer(house.settings.mail_url, house.settings.mail_from)
    await mailer.send(_letter(user, f"{house.settings.public_url}/verify-email?token={token}"))


def _letter(user: User, link: str) -> Letter:
    return Letter(user.email, "Confirm your e-mail address", _TEXT.format(name=user.display_name, link=link))
