"""The OpenAPI document: what FastAPI derives from the routes, with the contract's errors and ways to sign in."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.core.security import SESSION_COOKIE
from api.dependencies import etag
from api.middleware import PROBLEM_TYPE
from api.policy import ROUTES
from api.retirement import Retired

Operation = dict[str, Any]
_DESCRIPTION = """Answers are `{"data": …}`, lists add `meta` with `next_cursor`; refusals are problem+json (RFC 9457).

POSTs that send or make something take an `Idempotency-Key`: for 24 hours the same key with the same request gets
the first answer again, marked `Idempotent-Replayed: true`. Every answer carries `X-Request-ID`."""
_TITLES = {
    304: "Not modified: the caller has it already",
    400: "The request is not valid",
    401: "Nobody is signed in, or the proof does not hold",
    403: "Not allowed",
    404: "There is no such thing, or it is not yours",
    409: "This conflicts with the current state",
    412: "Somebody changed it meanwhile",
    413: "The body is too large",
    415: "This content type is not taken here",
    422: "The Idempotency-Key was used for another request",
    429: "Too many requests",
    500: "Something went wrong on our side",
    503: "A service that this needs is not available",
}
_TEXT = {"type": "string"}
_HEADERS = {
    401: {"WWW-Authenticate": {"description": "How to sign in", "schema": _TEXT}},
    429: {
        "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}},
        "RateLimit-Policy": {"description": "The limits that hold here", "schema": _TEXT},
        "RateLimit": {"description": "What is left of them", "schema": _TEXT},
    },
}
_PROBLEM = {
    "title": "Problem",
    "description": "A refusal (RFC 9457); `code` is stable, `errors` stands on validation errors only.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "code": _TEXT,
        "request_id": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {
                    "field": {"type": "string", "examples": ["body.email"]},
                    "code": _TEXT,
                    "message": _TEXT,
                },
            },
        },
    },
}
_FORM = "application/x-www-form-urlencoded"
_FORM_SCHEMA = {
    "description": "The fields of the JSON body and `next`, a path within this site; what is wrong is told by the 303.",
    "type": "object",
    "additionalProperties": _TEXT,
}
_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "An access token, 15 min"},
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "Acts for its owner, in scopes"},
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": SESSION_COOKIE,
        "description": "The browser's session; unsafe methods only from our own origin",
    },
}
_PERSON: list[dict[str, list[str]]] = [{"bearer": []}, {"cookie": []}]
PUBLIC = frozenset(
    name.partition(" ")[2] for name, access in ROUTES.items() if None in access.who and name != "GET /status"
)
KEY_SCOPES = {name: access.scope for name, access in ROUTES.items() if access.scope is not None}
_ERRORS = re.compile(r"\s*^Errors:(?P<told>.*)\Z", re.DOTALL | re.MULTILINE)
_STATUS = re.compile(r"\b(?P<status>[345]\d\d)\b(?P<codes>[^0-9]*)")
_CODE = re.compile(r"`([a-z_]+)`")


def add_openapi(api: FastAPI) -> None:
    """Make `api.openapi()` answer the completed document, made once."""
    derived = api.openapi

    @cache
    def document() -> dict[str, Any]:
        return _completed(derived(), {(path, method): route for path, method, route in _routes(api)})

    api.openapi = document


def _routes(api: FastAPI) -> Iterator[tuple[str, str, APIRoute]]:
    for route in api.routes:
        if isinstance(route, APIRoute) and route.include_in_schema:
            for method in route.methods or ():
                yield route.path_format, method.lower(), route


def _completed(document: dict[str, Any], routes: dict[tuple[str, str], APIRoute]) -> dict[str, Any]:
    document["info"]["description"] = _DESCRIPTION
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete(operation, f"{method.upper()} {path.removeprefix('/api/v1')}", routes[path, method])
    parts = document["components"]
    parts["securitySchemes"] = _SCHEMES
    parts["schemas"]["Problem"] = _PROBLEM
    for unused in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(unused, None)
    return document


def _complete(operation: Operation, name: str, route: APIRoute) -> None:
    operation["operationId"] = route.name
    operation["security"] = _security(name)
    responses = operation["responses"]
    responses.pop("422", None)
    for status, codes in sorted(_refusals(operation, name).items()):
        responses[str(status)] = _refusal(status, codes)
    if any(item.dependency is etag for item in route.dependencies):
        responses["200"]["headers"] = {"ETag": {"schema": _TEXT}}
        responses["304"] = {"description": _TITLES[304]}
    contents = operation.get("requestBody", {}).get("content", {})
    if _FORM in contents:
        responses["303"] = {"description": "A form's answer: into the site, or back to the form with `?error=<code>`"}
        contents[_FORM] = {"schema": _FORM_SCHEMA}
    if any(isinstance(item.dependency, Retired) for item in route.dependencies):
        operation["deprecated"] = True
    if "description" in operation:
        operation["description"] = _ERRORS.sub("", operation["description"])


def _security(name: str) -> list[dict[str, list[str]]]:
    path = name.partition(" ")[2]
    if path in PUBLIC:
        return []
    if path == "/status":
        return [{}, *_PERSON, {"apiKey": []}]
    scope = KEY_SCOPES.get(name)
    return _PERSON if scope is None else [*_PERSON, {"apiKey": [scope.value]}]


def _refusals(operation: Operation, name: str) -> dict[int, list[str]]:
    """Collect what the route's docstring tells, and what holds for every route of its kind."""
    told = _ERRORS.search(operation.get("description", ""))
    found = {
        int(match["status"]): _CODE.findall(match["codes"]) for match in _STATUS.finditer(told["told"] if told else "")
    }
    for status, code in _usual(operation, name):
        codes = found.setdefault(status, [])
        if code not in codes:
            codes.append(code)
    return found


def _usual(operation: Operation, name: str) -> Iterator[tuple[int, str]]:
    yield 500, "internal_error"
    path = name.partition(" ")[2]
    if not path.startswith("/health/"):
        yield 429, "rate_limited"
    if name in KEY_SCOPES:
        yield 429, "quota_exceeded"
    if operation.get("parameters") or "requestBody" in operation:
        yield 400, "validation_error"
    if "requestBody" in operation:
        yield from ((413, "payload_too_large"), (415, "unsupported_media_type"))
    if any(parameter["name"] == "Idempotency-Key" for parameter in operation.get("parameters", ())):
        yield from ((409, "request_in_progress"), (422, "idempotency_key_reused"))
    if operation["security"]:
        yield from _refusals_of_callers(name)


def _refusals_of_callers(name: str) -> Iterator[tuple[int, str]]:
    yield from ((401, "unauthorized"), (401, "token_expired"), (403, "account_suspended"))
    if name != "GET /status":
        yield 403, "insufficient_scope"
    if not name.startswith("GET "):
        yield 403, "csrf_failed"


def _refusal(status: int, codes: list[str]) -> dict[str, Any]:
    listed = ", ".join(f"`{code}`" for code in codes)
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    answer: dict[str, Any] = {
        "description": f"{_TITLES[status]}: {listed}",
        "content": {PROBLEM_TYPE: problem},
    }
    return answer | ({"headers": _HEADERS[status]} if status in _HEADERS else {})
