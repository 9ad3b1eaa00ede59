"""What a route declares to get: the actor, a unit of work, a page request, an idempotency claim, an ETag."""

import ipaddress
from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Depends, Header, Path, Query, Request

from api.core.errors import ForbiddenError, PreconditionError, UnauthorizedError, ValidationError
from api.core.pagination import DEFAULT_LIMIT, MAX_LIMIT, PageRequest
from api.core.security import SESSION_COOKIE, Actor
from api.services import identity, limits
from api.services.house import House, house
from api.services.unit_of_work import UnitOfWork

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def client_ip(request: Request) -> str | None:
    """Return the caller's address; `X-Forwarded-For` is believed only from TRUSTED_PROXIES."""
    peer = request.client.host if request.client else None
    forwarded = request.headers.get("x-forwarded-for")
    trusted = house().settings.trusted_proxies
    if not (peer and forwarded and trusted):
        return peer
    for hop in reversed([*forwarded.split(","), peer]):
        if hop.strip() not in trusted:
            return _address(hop) or peer
    return peer


def _address(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return None


def refuse_foreign_origin(request: Request) -> None:
    """Let an unsafe request with the session cookie pass only from our own pages.

    Raises:
        ForbiddenError: `csrf_failed`.
    """
    if request.method in SAFE_METHODS or request.headers.get("sec-fetch-site") == "same-origin":
        return
    origin = request.headers.get("origin")
    if origin is None or _origin(origin) != _origin(house().settings.public_url):
        raise ForbiddenError("The request does not come from this site.", code="csrf_failed")


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


async def current_actor(request: Request) -> Actor:
    """Tell who is calling, and count his request.

    Raises:
        UnauthorizedError: `unauthorized`, `token_expired`: the proof that was sent does not hold.
        ForbiddenError: `account_suspended`, `csrf_failed`.
        RateLimitedError: `rate_limited`, `quota_exceeded`.
    """
    noted = request.state.answer_headers
    try:
        actor = await _identified(request)
    except (UnauthorizedError, ForbiddenError):
        await limits.admit_unproven(house(), client_ip(request), noted)
        raise
    await limits.admit(house(), actor, noted)
    return actor


async def _identified(request: Request) -> Actor:
    """Tell who is calling: an API key, else a bearer token, else the session cookie, else nobody."""
    headers = request.headers
    credentials = identity.Credentials(
        api_key=headers.get("x-api-key"),
        bearer=_bearer(headers.get("authorization")),
        cookie=request.cookies.get(SESSION_COOKIE) if "cookie" in headers else None,
        ip=client_ip(request),
        request_id=request.state.request_id,
        user_agent=headers.get("user-agent"),
    )
    if credentials.cookie and not (credentials.api_key or credentials.bearer):
        refuse_foreign_origin(request)
    return await identity.identify(house(), credentials)


def _bearer(header: str | None) -> str | None:
    scheme, _, token = (header or "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


CurrentActor = Annotated[Actor, Depends(current_actor)]


async def current_house() -> House:
    """Return the process's house; async, like every dependency here, since FastAPI gives others a thread."""
    return house()


CurrentHouse = Annotated[House, Depends(current_house)]


async def signed_in(actor: CurrentActor) -> Actor:
    """Refuse who is nobody before anything that he sent is looked at.

    Raises:
        UnauthorizedError: `unauthorized`.
    """
    if actor.role is None:
        raise UnauthorizedError()
    return actor


SignedInActor = Annotated[Actor, Depends(signed_in)]


async def unit(request: Request, actor: SignedInActor) -> UnitOfWork:
    """Open the request's unit of work; its route commits it once the answer is made (api.routing)."""
    opened = await request.state.stack.enter_async_context(house().unit(actor))
    request.state.unit = opened
    return opened


Unit = Annotated[UnitOfWork, Depends(unit)]


async def idempotency_key(
    request: Request,
    actor: SignedInActor,
    key: Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255)] = None,
) -> None:
    """Take an Idempotency-Key: claimed before the route runs, answered or released after it (api.routing)."""
    if key is not None:
        await request.state.claim(actor, key)


Idempotent = Depends(idempotency_key)


async def etag(request: Request) -> None:
    """Give the answer an ETag, and honour If-None-Match."""
    request.state.etag = True


Tagged = Depends(etag)


async def expected_version(if_match: Annotated[str | None, Header()] = None) -> int | None:
    """Return the version that If-Match names: the number in front of the ETag's dot.

    Raises:
        PreconditionError: `stale_version` for a tag that is not ours.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    number = if_match.strip().removeprefix("W/").strip('"').partition(".")[0]
    if not (number.isascii() and number.isdecimal()):
        raise PreconditionError("If-Match does not name a version of this.")
    return int(number)


ExpectedVersion = Annotated[int | None, Depends(expected_version)]


def page_request(*sorts: str) -> Any:
    """Declare a list's `limit`, `cursor`, `sort` and `include_total`; the first sort is the default.

    Each name may be asked for in both directions.
    """
    names = [name.removeprefix("-") for name in sorts]
    offered = sorted({*names, *(f"-{name}" for name in names)})

    async def read(
        limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query(min_length=1, max_length=1_000)] = None,
        sort: Annotated[
            str, Query(description=f"One of {', '.join(offered)}", json_schema_extra={"enum": offered})
        ] = sorts[0],
        include_total: bool = False,
    ) -> PageRequest:
        if sort not in offered:
            raise ValidationError.at("query.sort", f"must be one of {', '.join(offered)}", "enum")
        return PageRequest(sort=sort, limit=limit, cursor=cursor, include_total=include_total)

    return Depends(read)


def location(path: str, row_id: UUID) -> dict[str, str]:
    """Return the Location header of something that was made."""
    return {"Location": f"/api/v1/{path}/{row_id}"}


RowId = Annotated[UUID, Path()]
