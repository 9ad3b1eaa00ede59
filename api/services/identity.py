"""Who is calling: an API key, else a bearer token, else the session cookie, else nobody (contract, section 1)."""

from dataclasses import dataclass
from uuid import UUID

from api.core.database import Row
from api.core.errors import ForbiddenError, UnauthorizedError
from api.core.security import Actor, read_access_token, token_hash
from api.core.settings import Environment
from api.repositories.users import CALLER_BY_COOKIE, CALLER_BY_KEY, CALLER_BY_SESSION
from api.services.house import House
from models.platform import Scope
from models.users import TWO_FACTOR_ROLES, Role


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request brings to prove who sent it, and where it came from."""

    api_key: str | None = None
    bearer: str | None = None
    cookie: str | None = None
    ip: str | None = None
    request_id: str | None = None
    user_agent: str | None = None


async def identify(house: House, credentials: Credentials) -> Actor:
    """Return who sent a request, at most five seconds out of date.

    Raises:
        UnauthorizedError: `unauthorized`, `token_expired`: the key or bearer token does not hold.
        ForbiddenError: `account_suspended`.
    """
    ip, request_id = credentials.ip, credentials.request_id
    if credentials.api_key is not None:
        return _with_origin(await _key_holder(house, credentials.api_key), ip, request_id)
    if credentials.bearer is not None:
        return _with_origin(await _bearer_holder(house, credentials.bearer), ip, request_id)
    if credentials.cookie:
        found = await _cookie_holder(house, credentials.cookie)
        if found is not None:
            return _with_origin(found, ip, request_id)
    return Actor.anonymous(ip, request_id)


async def actor_of_cookie(
    house: House, cookie: str | None, ip: str | None = None, request_id: str | None = None
) -> Actor:
    """Return who the session cookie belongs to; nobody where it does not hold or he is suspended."""
    try:
        return await identify(house, Credentials(cookie=cookie, ip=ip, request_id=request_id))
    except ForbiddenError:
        return Actor.anonymous(ip, request_id)


def _with_origin(actor: Actor, ip: str | None, request_id: str | None) -> Actor:
    return Actor(
        actor.name,
        actor.role,
        actor.user_id,
        actor.display_name,
        actor.session_id,
        actor.key_id,
        actor.scopes,
        actor.permissions,
        ip,
        request_id,
    )


async def _cookie_holder(house: House, cookie: str) -> Actor | None:
    secret = token_hash(cookie)
    remembered = house.sessions.get(b"c" + secret)
    if remembered is not None:
        return remembered
    generation = house.sessions.generation
    rows = await house.database.fetch(CALLER_BY_COOKIE, [secret])
    return await _remember(house, b"c" + secret, _session_holder(house, rows[0]), rows[0], generation) if rows else None


async def _bearer_holder(house: House, token: str) -> Actor:
    secret = b"b" + token_hash(token)
    remembered = house.sessions.get(secret)
    if remembered is not None:
        return remembered
    session_id = read_access_token(house.settings.signing_key(), token)
    generation = house.sessions.generation
    rows = await house.database.fetch(CALLER_BY_SESSION, [session_id])
    if not rows:
        raise UnauthorizedError("The session of this access token has ended.")
    return await _remember(house, secret, _session_holder(house, rows[0]), rows[0], generation)


async def _key_holder(house: House, key: str) -> Actor:
    secret = token_hash(key)
    remembered = house.sessions.get(b"k" + secret)
    if remembered is not None:
        return remembered
    generation = house.sessions.generation
    rows = await house.database.fetch(CALLER_BY_KEY, [secret])
    if not rows:
        raise UnauthorizedError("The API key is not valid.")
    row = rows[0]
    scopes = frozenset(Scope(scope) for scope in row["scopes"])
    holder = _person(house, row, None).with_scopes(UUID(row["key_id"]), scopes)
    return await _remember(house, b"k" + secret, holder, row, generation)


def _session_holder(house: House, row: Row) -> Actor:
    return _person(house, row, UUID(row["session_id"]))


def _person(house: House, row: Row, session_id: UUID | None) -> Actor:
    person = Actor.person(UUID(row["user_id"]), Role(row["role"]), row["display_name"], session_id=session_id)
    must_enroll = person.role in TWO_FACTOR_ROLES and not row["two_factor"]
    return person.until_enrolled() if must_enroll and house.settings.environment is Environment.PRODUCTION else person


async def _remember(house: House, secret: bytes, actor: Actor, row: Row, generation: int) -> Actor:
    if row["suspended"]:
        raise ForbiddenError("This account is suspended.", code="account_suspended")
    if row["unseen"]:
        await _note_use(house, actor)
    house.sessions.put(secret, actor, generation)
    return actor


async def _note_use(house: House, actor: Actor) -> None:
    async with house.unit(actor) as uow:
        if actor.session_id is not None:
            await uow.sessions.touch(actor.session_id, uow.now)
        elif actor.key_id is not None:
            await uow.sessions.touch_key(actor.key_id, uow.now)
