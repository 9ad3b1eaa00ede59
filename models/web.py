"""Web addresses as callers may give them."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

from models.base import Line

_SCHEMES = frozenset({"http", "https"})


def _web_address(address: str) -> str:
    try:
        parts = urlsplit(address)
        sound = parts.scheme.lower() in _SCHEMES and bool(parts.hostname) and parts.username is None
        _ = parts.port
    except ValueError:
        sound = False
    if not sound or any(character.isspace() or character in '<>"\\' for character in address):
        raise ValueError("must be a web address that begins with http:// or https://")
    return address


WebAddress = Annotated[Line, StringConstraints(max_length=2_000), AfterValidator(_web_address)]

__all__ = ["WebAddress"]
