"""/users: oneself, and for moderators and admins everybody."""

from typing import Annotated

from fastapi import Query

from api.core.pagination import PageRequest
from api.dependencies import RowId, Tagged, Unit, page_request
from api.routing import hub_router
from api.services import users
from models.base import Data, Line, Listing, Meta
from models.users import AccountView, ProfilePatch, Role, UserPatch, UserQuery, UserStatus, UserView

router = hub_router("users")


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
