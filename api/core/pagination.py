"""Keyset pages: opaque cursors, and a page of rows."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson

from api.core.errors import ValidationError

T = TypeVar("T")
MAX_LIMIT = 100
DEFAULT_LIMIT = 25
KeyReader = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is wanted; `sort` is `field` or `-field`, checked against the list's own fields."""

    sort: str
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None
    include_total: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows and where the next ones begin; `total` only where it was asked for.

    `near` where nothing is what was sought, and these are near misses.
    """

    rows: list[T]
    next_cursor: str | None = None
    total: int | None = None
    near: bool = False

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


def made_for(mark: str, cursor: str | None) -> bool:
    """Whether this is a cursor with the mark; where there is none it is not."""
    return cursor is not None and _unpacked(cursor)[:1] == [mark]


def _unpacked(cursor: str) -> list[Any]:
    """Return the mark and keys; raise ValidationError where these are not packed."""
    try:
        found, *keys = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, TypeError):
        raise ValidationError.at("query.cursor", "is not a cursor of this API", "invalid_cursor") from None
    return [found, *keys]


def read_moment(key: Any) -> datetime:
    """Read a cursor's key as a time; raise ValueError or TypeError where it is none."""
    moment = datetime.fromisoformat(key)
    if moment.tzinfo is None:
        raise ValueError("a time without its offset")
    return moment


def read_id(key: Any) -> UUID:
    """Read a cursor's key as an id; raise ValueError where it is none."""
    return UUID(str(key))


def read_text(key: Any) -> str:
    """Read a cursor's key as text that the database takes; raise ValueError where it is none."""
    if not isinstance(key, str) or "\0" in key:
        raise ValueError("no text")
    return key


def read_integer(bits: int) -> KeyReader:
    """Return what reads a cursor's key as a signed integer of so many bits."""

    def read(key: Any) -> int:
        if type(key) is not int or not -(1 << bits - 1) <= key < 1 << bits - 1:
            raise ValueError("no such integer")
        return key

    return read


def decode_cursor(mark: str, cursor: str, readers: Sequence[KeyReader]) -> list[Any]:
    """Unpack a cursor, each key by its reader, so that a forged one is refused before the database sees it.

    Raises:
        ValidationError: It is malformed, or was made for another sort or filter.
    """
    found, *keys = _unpacked(cursor)
    if found != mark:
        raise ValidationError.at("query.cursor", "was made for another sort or filter", "invalid_cursor")
    try:
        return [read(key) for read, key in zip(readers, keys, strict=True)]
    except (ValueError, TypeError):
        raise ValidationError.at("query.cursor", "is not a cursor of this API", "invalid_cursor") from None
