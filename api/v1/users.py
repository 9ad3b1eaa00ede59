"""/users: oneself, and for moderators and admins everybody."""

from typing import Annotated, Any

from fastapi import Query, Request
from starlette.datastructures import UploadFile

from api.core.errors import PayloadTooLargeError, UnsupportedMediaTypeError, ValidationError
from api.core.pagination import PageRequest
from api.dependencies import CurrentHouse, RowId, SignedInActor, Tagged, Unit, page_request
from api.routing import hub_router
from api.services import age, avatars, departures, users
from models.accounts import AgeInput, AgeView, ExportView, ProofInput, SearchQuery
from models.base import Data, Line, Listing, Meta
from models.users import AccountView, ProfilePatch, Role, UserPatch, UserQuery, UserStatus, UserView

router = hub_router("users")
MULTIPART = "multipart/form-data"
_FILE = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
_PICTURE: dict[str, Any] = {"requestBody": {"required": True, "content": {MULTIPART: {"schema": _FILE}}}}


@router.get("/users/me", dependencies=[Tagged], summary="Read one's own account")
async def read_me(uow: Unit) -> Data[AccountView]:
    """Read one's own account and its settings.

    Errors: 401 `unauthorized`, 403 `insufficient_scope`.
    """
    return Data(data=await users.read_me(uow))


@router.patch("/users/me", summary="Change one's own profile")
async def change_me(patch: ProfilePatch, uow: Unit) -> Data[AccountView]:
    """Change the fields that are told.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `insufficient_scope`, 409 `username_taken`.
    """
    return Data(data=await users.change_me(uow, patch))


@router.delete("/users/me", status_code=204, summary="Delete one's own account")
async def delete_me(given: ProofInput, house: CurrentHouse, actor: SignedInActor) -> None:
    """Delete one's own account with one's password; who has none signs in within five minutes before.

    Errors: 400 `validation_error`, 401 `unauthorized`, `invalid_credentials`, 403 `insufficient_scope`,
    409 `last_admin`, 429 `rate_limited`.
    """
    await departures.delete_me(house, actor, given.password)


@router.get("/users/me/export", summary="Read everything held about oneself")
async def export_me(uow: Unit) -> Data[ExportView]:
    """Read everything held about oneself, by the table that holds it; no hashes and no secrets.

    Errors: 401 `unauthorized`, 403 `insufficient_scope`.
    """
    return Data(data=await departures.export(uow))


@router.put("/users/me/avatar", openapi_extra=_PICTURE, summary="Give oneself a picture")
async def put_avatar(request: Request, house: CurrentHouse, actor: SignedInActor) -> Data[AccountView]:
    """Upload a picture as the part `file`: JPEG, PNG, WebP or GIF of at most 5 MiB and 40 megapixels.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `insufficient_scope`, 413 `payload_too_large`,
    415 `unsupported_media_type`, 503 `upstream_unavailable` where the store of pictures does not take it.
    """
    if not request.headers.get("content-type", "").lower().startswith(MULTIPART):
        raise UnsupportedMediaTypeError(f"This route takes {MULTIPART}.")
    actor.require_user()
    async with request.form(max_files=1, max_fields=1) as form:
        part = form.get("file")
        if not isinstance(part, UploadFile):
            raise ValidationError.at("body.file", "is needed, as a file", "missing")
        content = await part.read(avatars.MOST_BYTES + 1)
    if len(content) > avatars.MOST_BYTES:
        raise PayloadTooLargeError("A picture may have at most 5 MiB.")
    return Data(data=await avatars.put(house, actor, content))


@router.delete("/users/me/avatar", status_code=204, summary="Take one's own picture away")
async def delete_avatar(uow: Unit) -> None:
    """Take one's own picture away, if there is one.

    Errors: 401 `unauthorized`, 403 `insufficient_scope`.
    """
    await avatars.remove(uow)


@router.post("/users/verify-age", summary="Have one's own age verified")
async def verify_age(given: AgeInput, house: CurrentHouse, actor: SignedInActor) -> Data[AgeView]:
    """Tell one's date of birth, which is not kept; whoever is younger than 18 may not try again for 24 hours.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `age_verification_required`, `insufficient_scope`,
    409 `try_later`.
    """
    return Data(data=await age.verify(house, actor, given.date_of_birth))


@router.get("/users/search", summary="Seek users")
async def search_users(
    uow: Unit,
    page: Annotated[PageRequest, page_request("-created_at")],
    q: Annotated[Line, Query(max_length=200)] = "",
    role: Role | None = None,
    age_verified: bool | None = None,
) -> Listing[UserView]:
    """Seek users by words, beginnings of words, or nearly, in username, display name and e-mail.

    Whoever is called exactly so comes first, then the newest; near misses only where nothing matches.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`, `insufficient_scope`.
    """
    query = SearchQuery(
        q=q,
        role=role,
        age_verified=age_verified,
        limit=page.limit,
        cursor=page.cursor,
        include_total=page.include_total,
    )
    found = await users.search(uow, query)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.get("/users", summary="List users")
async def list_users(
    uow: Unit,
    page: Annotated[PageRequest, page_request("-created_at", "email", "-last_login_at")],
    role: Role | None = None,
    status: UserStatus | None = None,
    verified: bool | None = None,
    q: Annotated[Line | None, Query(max_length=200)] = None,
) -> Listing[UserView]:
    """List users; `verified` is about the e-mail, `q` a part of the e-mail, username or display name.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`, `insufficient_scope`.
    """
    query = UserQuery(
        role=role,
        status=status,
        verified=verified,
        q=q,
        sort=page.sort,
        limit=page.limit,
        cursor=page.cursor,
        include_total=page.include_total,
    )
    found = await users.page(uow, query)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.get("/users/{user_id}", dependencies=[Tagged], summary="Read a user")
async def read_user(user_id: RowId, uow: Unit) -> Data[UserView]:
    """Read a user.

    Errors: 401 `unauthorized`, 403 `forbidden`, `insufficient_scope`, 404 `not_found`.
    """
    return Data(data=await users.read(uow, user_id))


@router.patch("/users/{user_id}", summary="Change a user's role, suspend him or end that")
async def change_user(user_id: RowId, patch: UserPatch, uow: Unit) -> Data[UserView]:
    """Change a role or a suspension, which needs a `reason`; without `suspended_until` it lasts until it is ended.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`, 404 `not_found`, 409 `last_admin`.
    """
    return Data(data=await users.change(uow, user_id, patch))


@router.delete("/users/{user_id}", status_code=204, summary="Delete a user")
async def delete_user(user_id: RowId, uow: Unit) -> None:
    """Delete a user's account as he could himself: personal data goes, what he did stays under no name.

    Where another admin has asked for it on the screens, this is the second word; where none has, the others are told.

    Errors: 401 `unauthorized`, 403 `forbidden`, 404 `not_found`, 409 `last_admin`, `conflict`.
    """
    await departures.delete(uow, user_id)
