"""Web addresses as callers may give them."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from models.base import clean_line

_OUT_OF_PLACE = re.compile(r'[\s<>"\\]')
_SCHEMES = frozenset({"http", "https"})


def _web_address(address: str) -> str:
    try:
        parts = urlsplit(address)
        sound = parts.scheme.lower() in _SCHEMES and bool(parts.hostname) and parts.username is None
        _ = parts.port
    except ValueError:
        sound = False
    if not sound or _OUT_OF_PLACE.search(address):
        raise ValueError("must be a web address that begins with http:// or https://")
    return address


WebAddress = Annotated[
    str, StringConstraints(max_length=2_000), AfterValidator(_web_address), BeforeValidator(clean_line)
]

__all__ = ["WebAddress"]
