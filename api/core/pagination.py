"""Keyset pages: opaque cursors, and a page of rows."""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import orjson

from api.core.errors import ValidationError

T = TypeVar("T")
MAX_LIMIT = 100
DEFAULT_LIMIT = 25


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is wanted; `sort` is `field` or `-field`, checked against the list's own fields."""

    sort: str
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    include_total: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows and where the next ones begin; `total` only where it was asked for."""

    rows: list[T]
    next_cursor: str | None = None
    total: int | None = None

    @property
    def has_more(self) -> bool:
        """Whether another page follows."""
        return self.next_cursor is not None


def fingerprint(*parts: Any) -> str:
    """Identify a sort and its filters, so that a cursor made for others is refused."""
    return hashlib.sha256(orjson.dumps(parts, default=str)).hexdigest()[:12]


def encode_cursor(mark: str, keys: list[Any]) -> str:
    """Pack the last row's sort keys and the list's fingerprint into opaque text."""
    return base64.urlsafe_b64encode(orjson.dumps([mark, *keys], default=str)).decode().rstrip("=")


def decode_cursor(mark: str, cursor: str) -> list[Any]:
    """Unpack a cursor.

    Raises:
        ValidationError: It is malformed, or was made for another sort or filter.
    """
    try:
        found, *keys = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, TypeError):
        raise ValidationError.at("query.cursor", "is not a cursor of this API", "invalid_cursor") from None
    if found != mark or not keys:
        raise ValidationError.at("query.cursor", "was made for another sort or filter", "invalid_cursor")
    return keys
