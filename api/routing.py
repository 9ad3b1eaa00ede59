"""HubRoute: content type, one commit a request, idempotency and ETags, for whatever declares them."""

import hashlib
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from api.core.errors import UnsupportedMediaTypeError
from api.core.security import Actor
from api.services import idempotency
from api.services.house import house

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
_KEPT_HEADERS = ("content-type", "location", "etag")


class _ReplayError(Exception):
    """Ends a request early with the answer that its key got the first time."""

    def __init__(self, response: Response) -> None:
        self.response = response


class HubRoute(APIRoute):
    """The route class of every JSON route."""

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler; the unit of work that a dependency opened is committed here, once."""
        handle = super().get_route_handler()
        takes_json = self.body_field is not None

        async def handler(request: Request) -> Response:
            if takes_json:
                _require_json(request)
            try:
                return await _run(request, handle)
            except _ReplayError as replay:
                return replay.response

        return handler


async def _run(request: Request, handle: Handler) -> Response:
    claim = _Claim(request)
    state = request.state
    state.unit, state.etag, state.version, state.claim = None, False, None, claim.take
    try:
        async with AsyncExitStack() as stack:
            state.stack = stack
            response = await handle(request)
            if state.etag and response.status_code == 200:
                response = _tagged(request, response, state.version)
            await claim.keep(response)
    except _ReplayError:
        raise
    except BaseException:
        await claim.release()
        raise
    return response


def _require_json(request: Request) -> None:
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise UnsupportedMediaTypeError("This route takes application/json.")


def _tagged(request: Request, response: Response, version: int | None) -> Response:
    digest = hashlib.blake2b(bytes(response.body), digest_size=12).hexdigest()
    tag = f'"{version}.{digest}"' if version is not None else f'"{digest}"'
    response.headers["ETag"] = tag
    wanted = {item.strip().removeprefix("W/") for item in request.headers.get("if-none-match", "").split(",")}
    if tag in wanted or "*" in wanted:
        return Response(status_code=304, headers={"ETag": tag})
    return response


class _Claim:
    """The request's hold on its Idempotency-Key."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._held: tuple[Actor, str] | None = None

    async def take(self, actor: Actor, key: str) -> None:
        """Claim the key, or end the request with the first answer."""
        request = self._request
        body = await request.body()
        print_of_request = idempotency.fingerprint(request.method, request.url.path, request.url.query, body)
        first = await idempotency.begin(house(), actor, key, print_of_request)
        if first is None:
            self._held = (actor, key)
            return
        headers = {**(first.headers or {}), "Idempotent-Replayed": "true"}
        raise _ReplayError(Response(first.body, first.status or 200, headers))

    async def keep(self, response: Response) -> None:
        """Store the answer: in the request's own unit, so that effect and answer are one commit."""
        if self._held is None:
            return
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        answer = (response.status_code, headers, bytes(response.body))
        await idempotency.finish(house(), self._request.state.unit, *self._held, *answer)

    async def release(self) -> None:
        """Give the key back after a refusal."""
        if self._held is not None:
            await idempotency.release(house(), *self._held)


def hub_router(tag: str) -> APIRouter:
    """Make a domain's router, whose routes are HubRoutes."""
    return APIRouter(tags=[tag], route_class=HubRoute)
