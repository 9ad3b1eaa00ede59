"""Around every request: request id and access log, security headers, body limits, problem+json."""

import http
import re
import time
import uuid
from typing import Any

import orjson
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.core.errors import (
    FieldError,
    HubError,
    InternalError,
    MethodNotAllowedError,
    NotFoundError,
    PayloadTooLargeError,
    UnsupportedMediaTypeError,
    UpstreamUnavailableError,
    ValidationError,
    house_words,
)
from api.core.logging import get_logger, request_id_var, write_access

MIB = 1024 * 1024
BODY_LIMIT = MIB
BODY_LIMITS = {"/api/v1/vehicles/import": 32 * MIB, "/api/v1/users/me/avatar": 6 * MIB}
PROBLEM_TYPE = "application/problem+json"
_NAME = re.compile(r"[\w-]+")
_WELL_FORMED_ID = re.compile(r"[A-Za-z0-9._-]{8,128}")
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_DOCS_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
)
_PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob: https:; font-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
log = get_logger("api.access")


class RequestContext:
    """Give each request an id, its answer the security headers, and the log a line with milliseconds.

    `request.state.answer_headers` holds, as pairs of bytes in lower case, what the answer will carry unless it sets
    the same itself, refusals included; whatever serves the request may append to it until the answer starts.
    """

    def __init__(self, app: ASGIApp, *, strict_transport: bool) -> None:
        self.app = app
        fixed = [
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"strict-origin-when-cross-origin"),
            (b"x-frame-options", b"DENY"),
            (b"vary", b"Accept-Encoding"),
        ]
        if strict_transport:
            fixed.append((b"strict-transport-security", b"max-age=63072000; includeSubDomains"))
        policies = (_API_POLICY, _DOCS_POLICY, _PAGE_POLICY)
        self._api, self._docs, self._pages = (
            [(b"content-security-policy", policy.encode()), *fixed] for policy in policies
        )

    def _fixed(self, path: str) -> list[tuple[bytes, bytes]]:
        if path == "/api/v1/docs":
            return self._docs
        return self._api if path.startswith("/api/") else self._pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; lifespan and websocket pass unchanged."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        more = [(b"x-request-id", request_id.encode()), *self._fixed(scope["path"])]
        scope.setdefault("state", {}).update(request_id=request_id, answer_headers=more)
        token = request_id_var.set(request_id)
        start, status, started = time.perf_counter(), 500, False

        async def with_headers(message: Message) -> None:
            nonlocal status, started
            if message["type"] == "http.response.start":
                status, started = message["status"], True
                present = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in more if pair[0] not in present)]
            await send(message)

        try:
            await self.app(scope, receive, with_headers)
        except Exception as fault:
            log.exception("unhandled fault", path=scope["path"], fault=type(fault).__name__)
            if started:
                raise
            await problem(InternalError(), request_id)(scope, receive, with_headers)
        finally:
            write_access(scope["method"], scope["path"], status, round((time.perf_counter() - start) * 1000, 2))
            request_id_var.reset(token)


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _WELL_FORMED_ID.fullmatch(text := value.decode("latin-1")):
            return text
    return uuid.uuid4().hex


class Compression(GZipMiddleware):
    """Compress for those who ask for it; the others' answers go straight through, and RequestContext adds `Vary`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        wanted = any(name == b"accept-encoding" and b"gzip" in value for name, value in scope.get("headers", ()))
        await (super().__call__ if wanted else self.app)(scope, receive, send)


class _BodyTooLargeError(Exception):
    """The body went over its limit while it was read."""


class BodyLimit:
    """Refuse a body over its limit: by its Content-Length at once, else as soon as it is exceeded."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self.app(scope, receive, send)
            return
        limit = BODY_LIMITS.get(scope["path"], BODY_LIMIT)
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > limit:
            await _too_large(scope, limit)(scope, receive, send)
            return
        counted = _Counted(receive, send, limit)
        try:
            await self.app(scope, counted.receive, counted.send)
        except _BodyTooLargeError:
            if counted.answered:
                raise
            await _too_large(scope, limit)(scope, receive, send)


class _Counted:
    """One connection whose body is counted while it is read."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._limit = receive, send, limit
        self._seen, self.answered = 0, False

    async def receive(self) -> Message:
        """Pass the next part of the body on, unless it goes over the limit."""
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        self._require_within()
        return message

    async def send(self, message: Message) -> None:
        """Pass the answer on; whatever a reader made of the interrupted body gives way to the right refusal."""
        if not self.answered:
            self._require_within()
        self.answered = True
        await self._send(message)

    def _require_within(self) -> None:
        if self._seen > self._limit:
            raise _BodyTooLargeError


def _too_large(scope: Scope, limit: int) -> Response:
    error = PayloadTooLargeError(f"The body may have at most {limit // MIB} MiB.")
    return problem(error, scope.get("state", {}).get("request_id"))


def problem(error: HubError, request_id: str | None) -> Response:
    """Make problem+json of an error (RFC 9457)."""
    body: dict[str, Any] = {
        "type": f"/api/v1/docs#{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "code": error.code,
        "request_id": request_id,
    }
    if error.errors:
        body["errors"] = [{"field": item.field, "code": item.code, "message": item.message} for item in error.errors]
    response = Response(orjson.dumps(body), error.status, media_type=PROBLEM_TYPE)
    headers = MutableHeaders(raw=response.raw_headers)
    for name, value in error.headers.items():
        headers[name] = value
    return response


async def answer_hub_error(request: Request, error: Exception) -> Response:
    """Answer an expected refusal."""
    known = error if isinstance(error, HubError) else InternalError()
    return problem(known, request.state.request_id)


async def answer_database_away(request: Request, error: Exception) -> Response:
    """Answer while the database restarts; whether a commit in flight was kept is not known here."""
    log.warning("the database does not answer", path=request.url.path, fault=type(error).__name__)
    away = UpstreamUnavailableError("The database does not answer. Try again in a moment.")
    away.headers["Retry-After"] = "1"
    return problem(away, request.state.request_id)


async def answer_invalid_request(request: Request, error: Exception) -> Response:
    """Answer what FastAPI refused, as 400 with each field named."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    fields = [FieldError(_field(item), item["type"], house_words(str(item["msg"]))) for item in found]
    detail = "; ".join(f"{field.field}: {field.message}" for field in fields[:3])
    return problem(ValidationError(detail or None, errors=fields), request.state.request_id)


def _field(item: dict[str, Any]) -> str:
    """Name a field as the caller knows it, without the steps that only our types have."""
    if item["type"] == "json_invalid":
        return "body"
    return ".".join(text for part in item["loc"] if _NAME.fullmatch(text := str(part))) or "body"


async def answer_http_exception(request: Request, error: Exception) -> Response:
    """Answer what Starlette refused, in the contract's words."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    known = {404: NotFoundError, 405: MethodNotAllowedError, 413: PayloadTooLargeError, 415: UnsupportedMediaTypeError}
    if status in known:
        return problem(known[status](), request.state.request_id)
    if status == http.HTTPStatus.BAD_REQUEST:
        return problem(ValidationError.at("body", "could not be read", "unreadable"), request.state.request_id)
    return problem(InternalError(), request.state.request_id)
