"""People as administrators look after them: nearest matches, what happened to somebody, where he is signed in."""

from uuid import UUID

from api.core.errors import NotFoundError
from api.core.pagination import MAX_LIMIT, Page, PageRequest
from api.services import audit, users
from api.services.revocation import revoked
from api.services.unit_of_work import UnitOfWork
from models.auth import SessionView
from models.platform import AuditQuery
from models.user_desk import DossierView
from models.users import Permission, User, UserQuery, UserStatus, UserView

LINES = 20
_NEAREST = "nearest."  # begins the cursors of near misses, which are no page of the list
_FILTERS = {"role", "status", "verified", "q"}


async def matching(uow: UnitOfWork, query: UserQuery) -> tuple[Page[UserView], bool]:
    """Return a page of the users; where nobody's names contain `q`, the words' other order or the nearest misses.

    Returns:
        The page, and whether it is of the nearest, whose further pages have cursors of their own.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
        ValidationError: The sort or the cursor is not of this list.
    """
    cursor = query.cursor or ""
    if not cursor.startswith(_NEAREST):
        page = await users.page(uow, query)
        if page.rows or not query.q or cursor:
            return page, False
    return await _nearest(uow, query, cursor.removeprefix(_NEAREST) or None)


async def _nearest(uow: UnitOfWork, query: UserQuery, cursor: str | None) -> tuple[Page[UserView], bool]:
    uow.actor.require(Permission.LOOK_UP_USERS)
    request = PageRequest("-created_at", query.limit, cursor, query.include_total)
    found = await uow.users.sought(request, query.model_dump(include=_FILTERS), uow.now)
    following = f"{_NEAREST}{found.next_cursor}" if found.next_cursor else None
    return Page([users.view_of(user) for user in found.rows], following, found.total), bool(found.rows)


async def brought_back(uow: UnitOfWork, query: UserQuery) -> dict[str, int]:
    """Count, for each filter of a list that shows nobody, whom the list would show without it.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    counts: dict[str, int] = {}
    for name in sorted(name for name in _FILTERS if getattr(query, name) is not None):
        others = query.model_copy(update={name: None, "cursor": None, "limit": 1, "include_total": True})
        counts[name] = (await matching(uow, others))[0].total or 0
    return counts


async def read(uow: UnitOfWork, user_id: UUID) -> DossierView:
    """Return what stands beside an account, with the newest lines of its history.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
        NotFoundError: `not_found`, also for a deleted one.
    """
    uow.actor.require(Permission.MANAGE_USERS)
    user = await _there(uow, user_id)
    factor = await uow.totp.of_user(user_id)
    told = await audit.page(uow, AuditQuery(target=f"user:{user_id}"), PageRequest("-at", LINES, None))
    suspended = users.is_suspended(user)
    return DossierView(
        suspension_reason=user.suspension_reason if suspended else None,
        suspended_until=user.suspended_until if suspended else None,
        email_verified_at=user.email_verified_at,
        age_verified_at=user.age_verified_at,
        age_verified_until=user.age_verified_until,
        two_factor=factor is not None and factor.confirmed_at is not None,
        history=told.rows,
        older=told.has_more,
    )


async def sign_ins(uow: UnitOfWork, user_id: UUID) -> list[SessionView]:
    """Return where somebody is signed in, the newest first; at most MAX_LIMIT.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
    """
    uow.actor.require(Permission.MANAGE_USERS)
    found = await uow.sessions.of_user(user_id, PageRequest("-created_at", MAX_LIMIT, None), uow.now)
    current = uow.actor.session_id
    return [SessionView.model_validate({**row.model_dump(), "current": row.id == current}) for row in found.rows]


async def end_sign_in(uow: UnitOfWork, user_id: UUID, session_id: UUID) -> None:
    """End one of somebody's sign-ins.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
        NotFoundError: `not_found`, also for another's and for one that has ended.
    """
    uow.actor.require(Permission.MANAGE_USERS)
    session = await uow.sessions.lock(session_id)
    if session.user_id != user_id or session.revoked_at is not None:
        raise NotFoundError()
    session.revoked_at = session.updated_at = uow.now
    await uow.sessions.add(session)
    await uow.audit("user:end_sign_in", f"user:{user_id}", {"session_id": str(session_id)})
    revoked(uow, session_id=session_id)


async def end_sign_ins(uow: UnitOfWork, user_id: UUID) -> None:
    """End all of somebody's sign-ins, but the one that the caller is calling with.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
        NotFoundError: `not_found`, also for a deleted one.
    """
    uow.actor.require(Permission.MANAGE_USERS)
    await _there(uow, user_id)
    await uow.sessions.revoke_all(user_id, uow.now, but=uow.actor.session_id)
    await uow.audit("user:end_sign_ins", f"user:{user_id}")
    revoked(uow, user_id=user_id)


async def _there(uow: UnitOfWork, user_id: UUID) -> User:
    user = await uow.users.require(user_id)
    if user.status == UserStatus.DELETED:
        raise NotFoundError()
    return user
