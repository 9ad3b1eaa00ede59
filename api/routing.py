"""HubRoute: content type, one commit a request, idempotency, ETags; ReadRoute: the short way for hot reads."""

import hashlib
import inspect
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from starlette.types import ASGIApp, Receive, Scope, Send

from api.core.errors import UnsupportedMediaTypeError
from api.core.security import Actor
from api.dependencies import client_ip, current_actor, etag, signed_in
from api.services import idempotency, limits
from api.services.house import house

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
PREFIX = "/api/v1"
KEPT_QUERY_BYTES = 256
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_KEPT_HEADERS = ("content-type", "location", "etag")


class _ReplayError(Exception):
    """Ends a request early with the answer that its key got the first time."""

    def __init__(self, response: Response) -> None:
        self.response = response


class HubRoute(APIRoute):
    """The route class of every JSON route; one that declares a `requestBody` of its own checks its type itself."""

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler; the unit of work that a dependency opened is committed here, once."""
        handle = super().get_route_handler()
        takes_json = self.body_field is not None
        takes_nothing = not takes_json and "requestBody" not in (self.openapi_extra or {})
        uncounted = not (self.path.startswith(f"{PREFIX}/health/") or _counts(self.dependant))

        async def handler(request: Request) -> Response:
            if uncounted:
                await limits.admit(house(), Actor.anonymous(client_ip(request)), request.state.answer_headers)
            if takes_json:
                _require_json(request)
            elif takes_nothing and _content_type(request) in _FORMS:
                raise UnsupportedMediaTypeError("This route takes no form.")
            try:
                return await _run(request, handle)
            except _ReplayError as replay:
                return replay.response

        return handler


def _counts(dependant: Dependant) -> bool:
    """Tell whether a route asks who is calling, which counts the request against the rate limits."""
    return dependant.call is current_actor or any(map(_counts, dependant.dependencies))


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


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _require_json(request: Request) -> None:
    kind = _content_type(request)
    if kind not in {"", "application/json"} and not (kind.startswith("application/") and kind.endswith("+json")):
        raise UnsupportedMediaTypeError("This route takes application/json.")


def _tagged(request: Request, response: Response, version: int | None) -> Response:
    digest = hashlib.blake2b(response.body, digest_size=12).hexdigest()
    tag = f'"{version}.{digest}"' if version is not None else f'"{digest}"'
    response.raw_headers.append((b"etag", tag.encode()))
    known = request.headers.get("if-none-match")
    if known is None:
        return response
    wanted = {item.strip().removeprefix("W/") for item in known.split(",")}
    return Response(status_code=304, headers={"ETag": tag}) if wanted & {tag, "*"} else response


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


class ReadRoute(HubRoute):
    """A hot read: declared like every route, but served without FastAPI's solver, which costs more than the read.

    Its endpoint takes `house` and `actor`, the parts of its path, and `query`, a model of all its query
    parameters; it needs no unit of work and returns a Response. `Tagged` is honoured, nothing else is.
    """

    def __init__(self, *declared: Any, **more: Any) -> None:
        super().__init__(*declared, **more)
        self.answer = self.get_route_handler()
        self.app = _answering(self.answer)

    def get_route_handler(self) -> Handler:
        """Return a handler that calls the endpoint directly."""
        endpoint = self.endpoint
        parameters = _Parameters(endpoint, set(self.param_convertors))
        tagged = any(item.dependency is etag for item in self.dependencies)

        async def handler(request: Request) -> Response:
            actor = await signed_in(await current_actor(request))
            response = await endpoint(house=house(), actor=actor, **parameters.read(request))
            return _tagged(request, response, None) if tagged else response

        return handler


def _answering(handle: Handler) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response = await handle(Request(scope, receive, send))
        await response(scope, receive, send)

    return app


class _Parameters:
    """What a hot read takes from its URL, each validated in one call."""

    def __init__(self, endpoint: Callable[..., Any], path: set[str]) -> None:
        declared = inspect.signature(endpoint, eval_str=True).parameters
        self._path = {name: TypeAdapter(declared[name].annotation).validate_python for name in path}
        self._query = _query_reader(TypeAdapter(declared["query"].annotation)) if "query" in declared else None

    def read(self, request: Request) -> dict[str, Any]:
        """Return the arguments.

        Raises:
            RequestValidationError: As FastAPI's own, with each parameter named.
        """
        values: dict[str, Any] = {}
        errors: list[Any] = []
        for name, reader in self._path.items():
            _read(values, errors, reader, request.path_params[name], ("path", name))
        if self._query is not None:
            _read(values, errors, self._query, request.scope["query_string"], ("query",))
        if errors:
            raise RequestValidationError(errors)
        return values


def _query_reader(adapter: TypeAdapter[Any]) -> Callable[[bytes], Any]:
    """Return what makes the model of a query string; of a name given twice the last value counts, as in Starlette.

    Who polls asks the same until something new has come, so the last models are kept, which nobody may change:
    a look-up instead of 10 us. Long texts are not kept, for the memory that they would hold.
    """

    def read(query: bytes) -> Any:
        return adapter.validate_python(dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)))

    kept = lru_cache(maxsize=1_024)(read)
    return lambda query: (kept if len(query) <= KEPT_QUERY_BYTES else read)(query)


def _read(
    values: dict[str, Any], errors: list[Any], reader: Callable[[Any], Any], value: Any, place: tuple[str, ...]
) -> None:
    try:
        values[place[-1]] = reader(value)
    except ValidationError as error:
        errors += [{**item, "loc": (*place, *item["loc"])} for item in error.errors(include_url=False)]


def hub_router(tag: str, prefix: str = PREFIX, route_class: type[HubRoute] = HubRoute) -> APIRouter:
    """Make a domain's router, whose routes are HubRoutes."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=route_class, strict_content_type=False)
