"""/auth: register, sign in, refresh, sign out, verify the e-mail, one's own sign-ins."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import pydantic
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse

from api.core.errors import HubError, UnsupportedMediaTypeError
from api.core.pagination import PageRequest
from api.core.security import SESSION_COOKIE, Actor
from api.dependencies import CurrentHouse, RowId, Unit, current_actor, page_request, refuse_foreign_origin
from api.entrance import NO_STORE, Visitor, back_to, safe_path, with_cookie, without_cookie
from api.routing import hub_router
from api.services import auth, verification
from api.services.auth import SignedIn
from api.services.house import House
from models.auth import EmailView, LoginInput, RefreshInput, RegisterInput, SessionView, SignedInView, TokenInput
from models.base import Data, InputModel, Listing, Meta

router = hub_router("auth")
FORM = "application/x-www-form-urlencoded"
_OPTIONAL_FORM = {
    "requestBody": {
        "required": False,
        "content": {FORM: {"schema": {"type": "object", "properties": {"next": {"type": "string"}}}}},
    }
}
Enter = Callable[[House, Actor, Any, str | None], Awaitable[SignedIn]]


def _both_kinds(model: type[InputModel]) -> dict[str, Any]:
    """Describe a body that comes as JSON or from a form of the screens."""
    content = {kind: {"schema": model.model_json_schema()} for kind in ("application/json", FORM)}
    return {"requestBody": {"required": True, "content": content}}


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _enter(
    request: Request, house: House, visitor: Actor, model: type[InputModel], enter: Enter, page: str
) -> Response:
    kind = _content_type(request)
    if kind == FORM:
        return await _enter_by_form(request, house, visitor, model, enter, page)
    if kind != "application/json":
        raise UnsupportedMediaTypeError(f"This route takes application/json, or {FORM} from the screens.")
    given = _read(model.model_validate_json, await request.body())
    signed_in = await enter(house, visitor, given, request.headers.get("user-agent"))
    await auth.log_out_cookie(house, visitor, request.cookies.get(SESSION_COOKIE))
    status = 201 if page == "/register" else 200
    body = Data[SignedInView](data=signed_in.view).model_dump_json()
    headers = {**NO_STORE, "Location": "/api/v1/users/me"} if status == 201 else NO_STORE
    return with_cookie(Response(body, status, headers, "application/json"), house, signed_in.cookie)


async def _enter_by_form(
    request: Request, house: House, visitor: Actor, model: type[InputModel], enter: Enter, page: str
) -> Response:
    """Answer a form of the screens with 303: into the site, or back to the form with what was wrong."""
    fields = {name: value for name, value in (await request.form()).items() if value != ""}
    wanted = safe_path(str(fields.pop("next", "")))
    try:
        refuse_foreign_origin(request)
        given = _read(model.model_validate, fields)
        signed_in = await enter(house, visitor, given, request.headers.get("user-agent"))
    except (HubError, RequestValidationError) as refusal:
        return _back(page, wanted, refusal)
    await auth.log_out_cookie(house, visitor, request.cookies.get(SESSION_COOKIE))
    return with_cookie(RedirectResponse(wanted, 303, NO_STORE), house, signed_in.cookie)


def _read(validate: Callable[[Any], InputModel], body: Any) -> InputModel:
    try:
        return validate(body)
    except pydantic.ValidationError as error:
        faults = [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors(include_url=False)]
        raise RequestValidationError(faults) from None


def _back(page: str, wanted: str, refusal: HubError | RequestValidationError) -> Response:
    if isinstance(refusal, HubError):
        code, names = refusal.code, [error.field.removeprefix("body.") for error in refusal.errors]
    else:
        code, names = "validation_error", [str(fault["loc"][-1]) for fault in refusal.errors()]
    return back_to(page, wanted, code, names)


@router.post(
    "/auth/register",
    status_code=201,
    response_model=Data[SignedInView],
    openapi_extra=_both_kinds(RegisterInput),
    summary="Open an account",
)
async def register(request: Request, house: CurrentHouse, visitor: Visitor) -> Response:
    """Open an account, sign in to it and get a mail to verify the address; a form is answered by 303.

    Errors: 400 `validation_error`, 409 `email_taken`, `username_taken`, 415 `unsupported_media_type`,
    429 `rate_limited`.
    """
    return await _enter(request, house, visitor, RegisterInput, auth.register, "/register")


@router.post(
    "/auth/login",
    response_model=Data[SignedInView],
    openapi_extra=_both_kinds(LoginInput),
    summary="Sign in",
)
async def log_in(request: Request, house: CurrentHouse, visitor: Visitor) -> Response:
    """Sign in by e-mail and password; a form is answered by 303.

    Errors: 400 `validation_error`, 401 `invalid_credentials`, `totp_required`, 403 `account_suspended`,
    415 `unsupported_media_type`, 429 `rate_limited`.
    """
    return await _enter(request, house, visitor, LoginInput, auth.log_in, "/login")


@router.post("/auth/refresh", summary="Renew the tokens")
async def refresh(given: RefreshInput, house: CurrentHouse, visitor: Visitor, response: Response) -> Data[SignedInView]:
    """Exchange a refresh token for a new pair; one that is used twice ends its whole session.

    Errors: 400 `validation_error`, 401 `unauthorized`, `token_expired`, 403 `account_suspended`.
    """
    response.headers.update(NO_STORE)
    return Data(data=await auth.refresh(house, visitor, given.refresh_token.get_secret_value()))


@router.post("/auth/logout", status_code=204, response_class=Response, openapi_extra=_OPTIONAL_FORM, summary="Sign out")
async def log_out(request: Request, house: CurrentHouse, visitor: Visitor) -> Response:
    """End the session that the caller came with; a form is answered by 303, also where nobody was signed in.

    Errors: 401 `unauthorized`, 403 `csrf_failed`, `insufficient_scope`, 415 `unsupported_media_type`.
    """
    kind = _content_type(request)
    if kind == FORM:
        return await _log_out_by_form(request, house, visitor)
    if kind not in {"", "application/json"}:
        raise UnsupportedMediaTypeError(f"This route takes no body, or {FORM} from the screens.")
    async with house.unit(await current_actor(request)) as uow:
        await auth.log_out(uow)
    return without_cookie(Response(status_code=204), house)


async def _log_out_by_form(request: Request, house: House, visitor: Actor) -> Response:
    wanted = safe_path(str((await request.form()).get("next", "")), "/login")
    try:
        refuse_foreign_origin(request)
    except HubError as refusal:
        return _back("/login", "/", refusal)
    await auth.log_out_cookie(house, visitor, request.cookies.get(SESSION_COOKIE))
    return without_cookie(RedirectResponse(wanted, 303, NO_STORE), house)


@router.post("/auth/verify-email", summary="Verify the e-mail address")
async def verify_email(given: TokenInput, house: CurrentHouse, visitor: Visitor) -> Data[EmailView]:
    """Take the token of the mailed link; it is good once, for 48 hours.

    Errors: 400 `validation_error`.
    """
    async with house.unit(visitor) as uow:
        return Data(data=await verification.verify_email(uow, given.token.get_secret_value()))


@router.post("/auth/verify-email/resend", status_code=202, summary="Mail the link again")
async def resend_verification(uow: Unit) -> Data[EmailView]:
    """Mail a new link, unless the address is verified already.

    Errors: 401 `unauthorized`, 403 `insufficient_scope`, 429 `rate_limited`.
    """
    return Data(data=await verification.resend(uow))


@router.get("/auth/sessions", summary="List one's own sign-ins")
async def list_sessions(uow: Unit, page: Annotated[PageRequest, page_request("-created_at")]) -> Listing[SessionView]:
    """List one's own sign-ins that are still good.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `insufficient_scope`.
    """
    found = await auth.page_of_sessions(uow, page)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.delete("/auth/sessions/{session_id}", status_code=204, summary="End one of one's own sign-ins")
async def end_session(session_id: RowId, uow: Unit) -> None:
    """End a sign-in; whoever uses it is refused from now on.

    Errors: 401 `unauthorized`, 403 `insufficient_scope`, 404 `not_found`.
    """
    await auth.end_session(uow, session_id)
