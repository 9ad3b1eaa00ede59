"""Sign-in with Google: there and back, whose account it is, and the second factor where he has one."""

import hmac
import re
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

import orjson
from email_validator import EmailNotValidError, validate_email

from api.core.encryption import SealedTextError, sealer_of
from api.core.errors import ForbiddenError, NotFoundError, UnauthorizedError, UpstreamUnavailableError, ValidationError
from api.core.security import Actor, new_token
from api.integrations.openid import Attempt, OpenIdDownError, OpenIdProvider, OpenIdRefusalError, Outsider
from api.services import auth, totp, users
from api.services.auth import SignedIn
from api.services.house import House
from api.services.revocation import revoked
from api.services.unit_of_work import UnitOfWork
from models.accounts import OutsideIdentity
from models.base import clean_line, utc_now
from models.users import User, UserStatus

PROVIDER = "google"
CALLBACK = "/api/v1/auth/google/callback"
ROUND_TRIP = timedelta(minutes=10)
_LONGEST_NAME, _LONGEST_STEM = 200, 24
_NOT_OF_A_USERNAME = re.compile(r"[^a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser is sent, and the sealed note that it brings back."""

    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came back, and where he wanted to go; without `signed_in` his second factor is needed, with the `note`."""

    wanted: str
    signed_in: SignedIn | None = None
    note: str | None = None


def provider_of(house: House) -> OpenIdProvider:
    """Return Google as the settings name it.

    Raises:
        NotFoundError: `not_found`: it is not configured.
    """
    settings = house.settings
    if settings.google_client_id is None or settings.google_client_secret is None:
        raise NotFoundError("Sign-in with Google is not configured.")
    secret = settings.google_client_secret.get_secret_value()
    redirect_uri = f"{settings.public_url}{CALLBACK}"
    return OpenIdProvider(settings.google_discovery_url, settings.google_client_id, secret, redirect_uri)


async def depart(house: House, wanted: str) -> Departure:
    """Begin a sign-in: state, nonce and PKCE's verifier go into a sealed note that only this browser has.

    Raises:
        NotFoundError: `not_found`: Google is not configured.
        UpstreamUnavailableError: `upstream_unavailable`.
    """
    attempt = Attempt(new_token(), new_token(), secrets.token_urlsafe(48))
    try:
        url = await provider_of(house).address(attempt)
    except OpenIdDownError:
        raise _down() from None
    return Departure(url, _sealed(house, {**asdict(attempt), "wanted": wanted}))


def _down() -> UpstreamUnavailableError:
    return UpstreamUnavailableError("Google does not answer. Try again in a moment.")


async def arrive(
    house: House, visitor: Actor, note: str | None, state: str, code: str, user_agent: str | None = None
) -> Arrival:
    """End a sign-in: the state must be this browser's, the ID token must hold.

    Raises:
        NotFoundError: `not_found`: Google is not configured.
        ValidationError: The state is not this browser's, or too old.
        UnauthorizedError: `invalid_credentials`: Google did not vouch for him.
        ForbiddenError: `account_suspended`.
        ConflictError: `email_taken`: Google did not verify an e-mail that has an account.
        UpstreamUnavailableError: `upstream_unavailable`.
    """
    provider = provider_of(house)
    left = _opened(house, note)
    if left is None or not hmac.compare_digest(left["state"].encode(), state.encode()):
        raise ValidationError.at("query.state", "is not of this browser, or too old; begin again", "invalid_state")
    try:
        outsider = await provider.identify(code, Attempt(left["state"], left["nonce"], left["verifier"]))
    except OpenIdDownError:
        raise _down() from None
    except OpenIdRefusalError:
        raise UnauthorizedError("Google did not vouch for you.", code="invalid_credentials") from None
    async with house.unit(visitor) as uow:
        user = await _account(uow, outsider)
        _require_welcome(user)
        factor = await uow.totp.of_user(user.id)
        if factor is not None and factor.confirmed_at is not None:
            waiting = {"user_id": str(user.id), "wanted": left["wanted"]}
            return Arrival(left["wanted"], note=_sealed(house, waiting))
        return Arrival(left["wanted"], await auth.open_session(uow, user, user_agent))


async def finish(house: House, visitor: Actor, note: str | None, code: str, user_agent: str | None = None) -> SignedIn:
    """Sign in whom Google vouched for in this browser, now that he brings his second factor.

    Raises:
        UnauthorizedError: `unauthorized` without Google's word, `invalid_credentials` for a wrong code.
        ForbiddenError: `account_suspended`.
        RateLimitedError: `rate_limited`.
    """
    waiting = _opened(house, note)
    if waiting is None or "user_id" not in waiting:
        raise UnauthorizedError("Sign in with Google first.")
    user_id = UUID(waiting["user_id"])
    await totp.require_code(house, visitor, user_id, code)
    async with house.unit(visitor) as uow:
        user = await uow.users.lock(user_id)
        _require_welcome(user)
        return await auth.open_session(uow, user, user_agent)


def _require_welcome(user: User) -> None:
    if user.status == UserStatus.DELETED:
        raise UnauthorizedError("Sign in with Google first.")
    if users.is_suspended(user):
        raise ForbiddenError("This account is suspended.", code="account_suspended")


def _sealed(house: House, note: dict[str, str]) -> str:
    until = (utc_now() + ROUND_TRIP).timestamp()
    return sealer_of(house.settings).seal(orjson.dumps({**note, "until": until}).decode())


def _opened(house: House, note: str | None) -> dict[str, str] | None:
    try:
        found = orjson.loads(sealer_of(house.settings).open_sealed(note or ""))
    except SealedTextError:
        return None
    return found if found["until"] > utc_now().timestamp() else None


async def _account(uow: UnitOfWork, outsider: Outsider) -> User:
    """Return the account of the subject; else the one with his verified e-mail; else a new one."""
    await uow.identities.hold(outsider.subject)
    known = await uow.identities.by_subject(PROVIDER, outsider.subject)
    if known is not None:
        return await uow.users.lock(known.user_id)
    email = _email(outsider)
    found = await uow.users.by_email(email) if outsider.email_verified else None
    user = await _linked(uow, found.id) if found is not None else await _opened_account(uow, outsider, email)
    await uow.identities.add(OutsideIdentity(user_id=user.id, provider=PROVIDER, subject=outsider.subject, email=email))
    return user


def _email(outsider: Outsider) -> str:
    try:
        return validate_email(outsider.email or "", check_deliverability=False).normalized
    except EmailNotValidError:
        raise UnauthorizedError("Google told no e-mail address.", code="invalid_credentials") from None


async def _linked(uow: UnitOfWork, user_id: UUID) -> User:
    """Return the account that gets the identity; what somebody else may have prepared in it goes.

    Whoever opened it with an e-mail that he never verified is not known to be its owner: his password,
    sign-ins, keys and second factor end here.
    """
    user = await uow.users.lock(user_id)
    if user.email_verified_at is None:
        user.password_hash, user.email_verified_at, user.updated_at = None, uow.now, uow.now
        await uow.users.add(user)
        await uow.sessions.revoke_all(user.id, uow.now)
        await uow.sessions.revoke_keys(user.id, uow.now)
        factor = await uow.totp.of_user(user.id)
        if factor is not None:
            await uow.totp.remove(factor)
            await uow.totp.replace_recovery_codes(user.id, [])
        revoked(uow, user_id=user.id)
    return user


async def _opened_account(uow: UnitOfWork, outsider: Outsider, email: str) -> User:
    stem = _NOT_OF_A_USERNAME.sub("_", email.partition("@")[0].lower())[:_LONGEST_STEM].strip("_") or "user"
    user = User(email=email, username="", display_name="", created_at=uow.now, updated_at=uow.now)
    user.username = f"{stem}_{user.id.hex[-5:]}"
    user.display_name = _name(outsider) or stem
    user.email_verified_at = uow.now if outsider.email_verified else None
    await users.add(uow, user)
    if not outsider.email_verified:
        await uow.enqueue("auth.mail_verification", user_id=user.id)
    return user


def _name(outsider: Outsider) -> str:
    try:
        return clean_line(outsider.name or "")[:_LONGEST_NAME]
    except ValueError:
        return ""
