"""Retired routes: their answers say since when and until when (RFC 9745, RFC 8594), and so does the document."""

from datetime import datetime
from email.utils import format_datetime

from fastapi import Request, params


class Retired:
    """A route's dependency: `dependencies=[retired(since=..., sunset=..., successor="/api/v1/...")]`."""

    def __init__(self, since: datetime, sunset: datetime | None, successor: str | None) -> None:
        self.headers = [(b"deprecation", f"@{int(since.timestamp())}".encode())]
        if sunset is not None:
            self.headers.append((b"sunset", format_datetime(sunset, usegmt=True).encode()))
        if successor is not None:
            self.headers.append((b"link", f'<{successor}>; rel="successor-version"'.encode()))

    async def __call__(self, request: Request) -> None:
        """Put the headers on the answer, a refusal's too."""
        request.state.answer_headers.extend(self.headers)


def retired(*, since: datetime, sunset: datetime | None = None, successor: str | None = None) -> params.Depends:
    """Declare a route retired.

    Args:
        since: When it was, in UTC (`Deprecation`).
        sunset: When it ends, in UTC (`Sunset`).
        successor: The path to use in its place (`Link`).
    """
    return params.Depends(Retired(since, sunset, successor))
