"""What the routes of signing in share: the visitor, the session cookie, where to go next."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from api.core.security import SESSION_COOKIE, SESSION_LIFETIME, Actor
from api.dependencies import client_ip
from api.services.house import House

NO_STORE = {"Cache-Control": "no-store"}


def visitor(request: Request) -> Actor:
    """Return whoever comes to sign in: nobody yet, whatever stale proof his browser sends along."""
    return Actor.anonymous(client_ip(request), request.state.request_id)


Visitor = Annotated[Actor, Depends(visitor)]


def safe_path(wanted: str | None, otherwise: str = "/") -> str:
    """Return `wanted` where it is a path within this site, which no browser takes for another one's."""
    if not wanted or not wanted.startswith("/"):
        return otherwise
    path = wanted.partition("?")[0].partition("#")[0]
    odd = "//" in path or "\\" in wanted or any(not character.isprintable() or character == " " for character in wanted)
    return otherwise if odd else wanted


def back_to(page: str, wanted: str, code: str, fields: list[str]) -> Response:
    """Send a browser back to a page of ours, which tells what was wrong."""
    told = {"error": code, "field": ",".join(sorted(set(fields))), "next": "" if wanted == "/" else wanted}
    query = urlencode({name: value for name, value in told.items() if value})
    return RedirectResponse(f"{page}?{query}", 303, NO_STORE)


def with_cookie(response: Response, house: House, cookie: str) -> Response:
    """Have the browser keep a new session."""
    response.set_cookie(
        SESSION_COOKIE,
        cookie,
        max_age=int(SESSION_LIFETIME.total_seconds()),
        secure=house.settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return response


def without_cookie(response: Response, house: House) -> Response:
    """Have the browser drop its session."""
    response.delete_cookie(SESSION_COOKIE, secure=house.settings.secure_cookies, httponly=True, samesite="lax")
    return response
