"""Structured log lines with request ids; secrets and personal data are redacted."""

import logging
import re
import sys
import time
from collections.abc import Mapping, MutableMapping
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import orjson
import structlog
from pydantic import SecretStr

request_id_var: ContextVar[str | None] = ContextVar("request_id", default=None)

_SECRET_NAMES = re.compile(
    r"pass(word)?|secret|token|authorization|cookie|api_?key|hash|email|phone|content|body", re.IGNORECASE
)
_SECRET_VALUES = re.compile(
    r"dsk_[A-Za-z0-9_-]{8,}|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*|sk-[\w-]{8,}"
    r"|(?<=://)[^/\s:@]+:[^@\s]+(?=@)|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<=token=)[^&\s\"']+"
)
_SECRET_MARKS = ("@", "dsk_", "eyJ", "sk-", "token=")  # each alternative above holds one of them
REDACTED = "[redacted]"
_access_stream: list["logging.StreamHandler[Any]"] = []
_access = logging.getLogger("api.access")


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace what must not be written: values of telling names, and telling values anywhere."""
    return {name: _clean(name, value) for name, value in event.items()}


def cleaned(value: Any) -> Any:
    """Return a value without what must be written nowhere: secrets, tokens, addresses."""
    return _clean("", value)


def _clean(name: str, value: Any) -> Any:
    if isinstance(value, SecretStr) or (_SECRET_NAMES.search(name) and value is not None):
        return REDACTED
    if isinstance(value, str):
        return _without_secrets(value)
    if isinstance(value, Mapping):
        return {key: _clean(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean("", item) for item in value]
    return value


def _without_secrets(text: str) -> str:
    """Redact; texts without a mark, which is nearly every path, are spared a search of 11 us that finds nothing."""
    return _SECRET_VALUES.sub(REDACTED, text) if any(map(text.__contains__, _SECRET_MARKS)) else text


def _add_request_id(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if (request_id := request_id_var.get()) is not None:
        event["request_id"] = request_id
    return event


def configure_logging(level: str, style: str) -> None:
    """Send structlog and the standard library's records to stderr, as JSON or for a console."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request_id,
        structlog.processors.format_exc_info,
        redact,
    ]
    renderer: Any = structlog.dev.ConsoleRenderer() if style == "console" else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    _access_stream[:] = [handler] if style == "json" else []
    for noisy in ("uvicorn.access", "httpx", "procrastinate", "httpx2"):
        logging.getLogger(noisy).setLevel("WARNING")


def write_access(method: str, path: str, status: int, duration_ms: float) -> None:
    """Write a request's line; as JSON past structlog and its records, which cost more than a hot read may.

    Args:
        method: The HTTP method.
        path: The path without its query; redacted like every value.
        status: The answer's status.
        duration_ms: From the request's head to the answer's end, in milliseconds.
    """
    level = logging.INFO if path.startswith("/api/") else logging.DEBUG
    if not _access.isEnabledFor(level):
        return
    line = {"method": method, "path": _without_secrets(path), "status": status, "duration_ms": duration_ms}
    if not _access_stream:
        get_logger("api.access").log(level, "request", **line)
        return
    line |= {"event": "request", "level": logging.getLevelName(level).lower(), "timestamp": _now()}
    stream = _access_stream[0].stream
    stream.write(orjson.dumps({**line, "request_id": request_id_var.get()}).decode() + "\n")


def _now() -> str:
    second, fraction = divmod(time.time_ns(), 1_000_000_000)
    return f"{_calendar(second)}.{fraction // 1_000:06d}Z"


@lru_cache(maxsize=2)
def _calendar(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))


def get_logger(name: str) -> Any:
    """Return the structured logger of a module."""
    return structlog.stdlib.get_logger(name)
