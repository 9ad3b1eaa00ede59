"""Deletion of somebody's account as the screens do it: one administrator asks, another confirms or declines."""

from datetime import timedelta
from uuid import UUID

from api.core.errors import ConflictError, NotFoundError
from api.core.security import Actor
from api.services import departures
from api.services.house import House
from api.services.notifications import notify
from api.services.unit_of_work import UnitOfWork
from models.user_deletions import DeletionRequest, DeletionRequestView, ReasonInput
from models.users import Permission, UserStatus

KEPT = timedelta(days=7)
ALONE = timedelta(hours=24)


async def ask(uow: UnitOfWork, user_id: UUID, given: ReasonInput) -> None:
    """Ask that somebody's account be deleted; the other administrators are told.

    Where there is no other, who asks may do it himself after ALONE (docs/decisions/0013-deletion-takes-two.md).

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
        NotFoundError: `not_found`, also for a deleted one.
        ConflictError: `conflict`: it is oneself, or somebody has asked already.
    """
    admin_id = _admin(uow)
    if user_id == admin_id:
        raise ConflictError("This is you; your own account is deleted in your settings.")
    user = await uow.users.lock(user_id)
    if user.status == UserStatus.DELETED:
        raise NotFoundError()
    if await uow.deletion_requests.open_of(user_id, uow.now) is not None:
        raise ConflictError("Somebody has asked for this already.")
    await uow.deletion_requests.clear(user_id)
    told = await _others(uow, admin_id, user_id)
    await uow.deletion_requests.add(
        DeletionRequest(
            user_id=user_id,
            asked_by=admin_id,
            reason=given.reason,
            created_at=uow.now,
            updated_at=uow.now,
            expires_at=uow.now + KEPT,
            alone_from=None if told else uow.now + ALONE,
        )
    )
    await uow.audit("user:ask_deletion", f"user:{user_id}", None, {"reason": given.reason})
    for other in told:
        await _tell(uow, other, f"{uow.actor.display_name} asks to delete an account", user_id, given.reason)


async def others(uow: UnitOfWork, user_id: UUID) -> int:
    """Count the administrators who could confirm it, if the caller asked for somebody's deletion.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    return len(await _others(uow, _admin(uow), user_id))


async def confirm(uow: UnitOfWork, user_id: UUID) -> None:
    """Delete the account, as another administrator asked; or as oneself asked where one was alone for long enough.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
        NotFoundError: `not_found`: nobody asks for it, or no longer.
        ConflictError: `conflict`: one has asked oneself; `last_admin`.
    """
    admin_id = _admin(uow)
    await uow.users.hold_admins()
    await uow.users.lock(user_id)
    request = await _open(uow, user_id)
    if request.asked_by == admin_id and not await _is_alone(uow, request):
        raise ConflictError("You have asked for this yourself; another administrator confirms it.")
    await departures.delete_as_asked(uow, request)


async def decline(uow: UnitOfWork, user_id: UUID, given: ReasonInput) -> None:
    """Refuse what another administrator asked for; he is told why.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
        NotFoundError: `not_found`: nobody asks for it, or no longer.
        ConflictError: `conflict`: one has asked oneself, and withdraws it.
    """
    admin_id = _admin(uow)
    request = await _open(uow, user_id)
    if request.asked_by == admin_id:
        raise ConflictError("You have asked for this yourself; withdraw it.")
    await uow.deletion_requests.remove(request)
    await uow.audit("user:decline_deletion", f"user:{user_id}", {"reason": request.reason}, {"reason": given.reason})
    await _tell(uow, request.asked_by, f"{uow.actor.display_name} declined a deletion", user_id, given.reason)


async def withdraw(uow: UnitOfWork, user_id: UUID) -> None:
    """Take back what one has asked for.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
        NotFoundError: `not_found`: nobody asks for it, or no longer.
        ConflictError: `conflict`: another has asked, and one declines it.
    """
    admin_id = _admin(uow)
    request = await _open(uow, user_id)
    if request.asked_by != admin_id:
        raise ConflictError("Another administrator has asked for this; decline it.")
    await uow.deletion_requests.remove(request)
    await uow.audit("user:withdraw_deletion", f"user:{user_id}", {"reason": request.reason})


async def of_user(uow: UnitOfWork, user_id: UUID) -> DeletionRequestView | None:
    """Return the open request about somebody, if there is one.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    _admin(uow)
    request = await uow.deletion_requests.open_of(user_id, uow.now)
    return None if request is None else await _view(uow, request)


async def that_wait(uow: UnitOfWork) -> list[DeletionRequestView]:
    """Return the open requests that wait for the caller's word, the first to end first.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    _admin(uow)
    found = [await _view(uow, request) for request in await uow.deletion_requests.all_open(uow.now)]
    return [one for one in found if one.may_confirm]


async def purge(house: House) -> None:
    """Remove the requests that nobody decided on in time."""
    async with house.unit(Actor.system("purge")) as uow:
        await uow.deletion_requests.purge(uow.now)


def _admin(uow: UnitOfWork) -> UUID:
    uow.actor.require(Permission.MANAGE_USERS)
    return uow.actor.require_user()


async def _open(uow: UnitOfWork, user_id: UUID) -> DeletionRequest:
    request = await uow.deletion_requests.open_of(user_id, uow.now)
    if request is None:
        raise NotFoundError("Nobody asks for this any more.")
    if user_id == uow.actor.user_id:
        raise ConflictError("This is you; another administrator decides.")
    return request


async def _is_alone(uow: UnitOfWork, request: DeletionRequest) -> bool:
    """Tell whether who asked was the only administrator then, has waited long enough, and still is the only one."""
    if request.alone_from is None or request.alone_from > uow.now:
        return False
    return not await _others(uow, request.asked_by, request.user_id)


async def _others(uow: UnitOfWork, asker: UUID, about: UUID) -> list[UUID]:
    """Return the administrators who have a word in it: neither who asks nor whom it is about."""
    return [one.id for one in await uow.users.admins(uow.now) if one.id not in {asker, about}]


async def _view(uow: UnitOfWork, request: DeletionRequest) -> DeletionRequestView:
    mine = request.asked_by == uow.actor.user_id
    about, asker = [await uow.users.require(one) for one in (request.user_id, request.asked_by)]
    return DeletionRequestView(
        user_id=request.user_id,
        name=about.display_name,
        asked_by=asker.display_name,
        reason=request.reason,
        asked_at=request.created_at,
        expires_at=request.expires_at,
        alone_from=request.alone_from,
        mine=mine,
        may_confirm=await _is_alone(uow, request) if mine else request.user_id != uow.actor.user_id,
    )


async def _tell(uow: UnitOfWork, admin_id: UUID, title: str, user_id: UUID, reason: str) -> None:
    await notify(uow, admin_id, "user.deletion", title, reason, f"/users?id={user_id}")
