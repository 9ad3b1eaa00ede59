"""The errors that callers meet: stable codes, one HTTP status a class (contract, section 1)."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field, named as `body.email` or `query.limit`."""

    field: str
    code: str
    message: str


_PYDANTIC = {
    "Value error, ": "",
    "Field required": "is missing",
    "Input should ": "must ",
    "String should ": "must ",
    "List should ": "must ",
    "Decimal input should ": "must ",
}


def house_words(message: str) -> str:
    """Return what a model said of a field as our own faults are said, such as `must be a valid integer`."""
    found = next((opening for opening in _PYDANTIC if message.startswith(opening)), "")
    return _PYDANTIC.get(found, "") + message.removeprefix(found)


class HubError(Exception):
    """An expected refusal; becomes problem+json in the API and a toast on the screens."""

    status: ClassVar[int] = 500
    default_code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Something went wrong on our side"

    def __init__(
        self,
        detail: str | None = None,
        *,
        code: str | None = None,
        errors: list[FieldError] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.code = code or self.default_code
        self.detail = detail or self.title
        self.errors = errors or []
        self.headers = headers or {}
        super().__init__(self.detail)


class ValidationError(HubError):
    """The request is malformed or a value is out of bounds."""

    status = 400
    default_code = "validation_error"
    title = "The request is not valid"

    @classmethod
    def at(cls, field: str, message: str, code: str = "value_error") -> "ValidationError":
        """Build the error for one field."""
        return cls(f"{field}: {message}", errors=[FieldError(field, code, message)])


class UnauthorizedError(HubError):
    """Nobody is signed in, or the proof does not hold."""

    status = 401
    default_code = "unauthorized"
    title = "Sign in first"

    def __init__(self, detail: str | None = None, *, code: str | None = None) -> None:
        super().__init__(detail, code=code, headers={"WWW-Authenticate": 'Bearer realm="dealsmart"'})


class ForbiddenError(HubError):
    """Signed in, but not allowed."""

    status = 403
    default_code = "forbidden"
    title = "You may not do this"


class NotFoundError(HubError):
    """There is no such thing, or it is not yours."""

    status = 404
    default_code = "not_found"
    title = "There is nothing here"


class MethodNotAllowedError(HubError):
    """The path exists, the method does not."""

    status = 405
    default_code = "method_not_allowed"
    title = "This method is not offered here"


class ConflictError(HubError):
    """The state of things forbids it."""

    status = 409
    default_code = "conflict"
    title = "This conflicts with the current state"


class PreconditionError(HubError):
    """If-Match names another version."""

    status = 412
    default_code = "stale_version"
    title = "Somebody changed this meanwhile"


class PayloadTooLargeError(HubError):
    """The body is over its limit."""

    status = 413
    default_code = "payload_too_large"
    title = "The request is too large"


class UnsupportedMediaTypeError(HubError):
    """The content type is not taken here."""

    status = 415
    default_code = "unsupported_media_type"
    title = "This content type is not taken here"


class IdempotencyError(HubError):
    """The same Idempotency-Key with another request."""

    status = 422
    default_code = "idempotency_key_reused"
    title = "This Idempotency-Key was used for another request"


class RateLimitedError(HubError):
    """Too many requests; `Retry-After` in seconds."""

    status = 429
    default_code = "rate_limited"
    title = "Too many requests"

    def __init__(self, detail: str | None = None, *, retry_after_seconds: int, code: str | None = None) -> None:
        super().__init__(detail, code=code, headers={"Retry-After": str(retry_after_seconds)})


class InternalError(HubError):
    """A fault of ours; nothing of it leaves but the request id."""


class UpstreamUnavailableError(HubError):
    """Something that we depend on is down or not configured."""

    status = 503
    default_code = "upstream_unavailable"
    title = "A service that this needs is not available"
