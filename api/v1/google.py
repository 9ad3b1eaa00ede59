"""/auth/google: sign-in with Google."""

from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import RedirectResponse

from api.core.errors import HubError, UnauthorizedError
from api.core.security import SESSION_COOKIE
from api.dependencies import CurrentHouse, refuse_foreign_origin
from api.entrance import NO_STORE, Visitor, back_to, safe_path, with_cookie
from api.routing import hub_router
from api.services import google
from api.services.auth import log_out_cookie
from api.services.house import House
from models.accounts import TotpInput
from models.auth import SignedInView
from models.base import Data, Line

router = hub_router("auth")
NOTE_COOKIE = "dealsmart_google"
NOTE_PATH = "/api/v1/auth/google"
_LOCATION = {"Location": {"description": "Where to go", "schema": {"type": "string"}}}
_THERE: dict[int | str, dict[str, Any]] = {303: {"description": "To Google, or into the site", "headers": _LOCATION}}
Word = Annotated[Line | None, Query(max_length=2_000)]


def _keep_note(response: Response, house: House, note: str | None) -> Response:
    """Keep a sealed note in the browser, or drop it; Lax, since it must come along when Google sends him back."""
    response.set_cookie(
        NOTE_COOKIE,
        note or "",
        max_age=int(google.ROUND_TRIP.total_seconds()) if note else 0,
        path=NOTE_PATH,
        secure=house.settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return response


@router.get(
    "/auth/google/login", status_code=303, response_class=Response, responses=_THERE, summary="Sign in with Google"
)
async def go_to_google(
    house: CurrentHouse, wanted: Annotated[str | None, Query(alias="next", max_length=2_000)] = None
) -> Response:
    """Send the browser to Google; `next` is a path within this site to go to afterwards.

    Errors: 400 `validation_error`, 404 `not_found` where Google is not configured, 503 `upstream_unavailable`.
    """
    departure = await google.depart(house, safe_path(wanted))
    return _keep_note(RedirectResponse(departure.url, 303, NO_STORE), house, departure.note)


@router.get(
    "/auth/google/callback", status_code=303, response_class=Response, responses=_THERE, summary="Come back from Google"
)
async def come_back_from_google(
    request: Request, house: CurrentHouse, visitor: Visitor, state: Word = None, code: Word = None, error: Word = None
) -> Response:
    """Sign in whom Google sends back, and send him into the site; a browser is sent to /login with what was wrong.

    Errors: 400 `validation_error`, 401 `invalid_credentials`, `totp_required`, 403 `account_suspended`,
    404 `not_found` where Google is not configured, 409 `email_taken`, 503 `upstream_unavailable`.
    """
    note = request.cookies.get(NOTE_COOKIE)
    try:
        google.provider_of(house)
        if error is not None:
            raise UnauthorizedError("Google did not vouch for you.", code="invalid_credentials")
        agent = request.headers.get("user-agent")
        arrival = await google.arrive(house, visitor, note, state or "", code or "", agent)
    except HubError as refusal:
        if refusal.status == 404 or "text/html" not in request.headers.get("accept", ""):
            raise
        return _keep_note(back_to("/login", "/", refusal.code, []), house, None)
    if arrival.signed_in is None:
        return _keep_note(back_to("/login", arrival.wanted, "totp_required", ["google"]), house, arrival.note)
    await log_out_cookie(house, visitor, request.cookies.get(SESSION_COOKIE))
    response = with_cookie(RedirectResponse(arrival.wanted, 303, NO_STORE), house, arrival.signed_in.cookie)
    return _keep_note(response, house, None)


@router.post("/auth/google/totp", summary="Bring the second factor after Google")
async def bring_second_factor(
    request: Request, given: TotpInput, house: CurrentHouse, visitor: Visitor, response: Response
) -> Data[SignedInView]:
    """Finish a sign-in with Google whose account has two-factor sign-in, within ten minutes and in the same browser.

    Errors: 400 `validation_error`, 401 `unauthorized`, `invalid_credentials`, 403 `account_suspended`, `csrf_failed`,
    429 `rate_limited`.
    """
    note, agent = request.cookies.get(NOTE_COOKIE), request.headers.get("user-agent")
    if note is not None:
        refuse_foreign_origin(request)
    signed_in = await google.finish(house, visitor, note, given.code, agent)
    await log_out_cookie(house, visitor, request.cookies.get(SESSION_COOKIE))
    response.headers.update(NO_STORE)
    _keep_note(with_cookie(response, house, signed_in.cookie), house, None)
    return Data(data=signed_in.view)
