"""Taking leave: everything held about a user, to read; and his deletion."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from api.core.errors import ConflictError, NotFoundError
from api.core.security import Actor
from api.services import avatars
from api.services.attempts import subject_hash
from api.services.house import House
from api.services.notifications import notify
from api.services.proof import require_proof
from api.services.revocation import revoked
from api.services.unit_of_work import UnitOfWork
from api.services.users import account_of
from models.accounts import ExportView
from models.auth import Password
from models.base import rfc3339
from models.user_deletions import DeletionRequest
from models.users import Permission, Role, User, UserStatus

GONE = "Deleted user"


async def export(uow: UnitOfWork) -> ExportView:
    """Return everything held about the caller, whatever table it is in: no hashes and no secrets.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
    """
    user = await uow.users.require(uow.actor.require_user())
    held = await uow.holdings.of(user.id)
    rows = {name: [_plain(row) for row in found] for name, found in held.items()}
    account = account_of(user).model_dump(mode="json")
    more = {"age_verified_at": user.age_verified_at, "age_verified_until": user.age_verified_until}
    return ExportView(account={**account, **_plain(more)}, held=rows)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in row.items()}


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return rfc3339(value)
    return str(value) if isinstance(value, UUID | date) else value


async def delete_me(house: House, actor: Actor, password: Password | None) -> None:
    """Delete the caller's account: personal data goes, what others need of what he did stays under no name.

    Raises:
        UnauthorizedError: `unauthorized`; `invalid_credentials` for a wrong or missing proof.
        ForbiddenError: `insufficient_scope` for an API key.
        ConflictError: `last_admin`.
        RateLimitedError: `rate_limited`.
    """
    user = await require_proof(house, actor, password)
    async with house.unit(actor) as uow:
        await _delete(uow, user.id)


async def delete(uow: UnitOfWork, user_id: UUID) -> None:
    """Delete somebody's account; this confirms what another administrator has asked for, and is told where none has.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
        NotFoundError: `not_found`, also for a deleted one.
        ConflictError: `last_admin`; `conflict` where API_DELETES_ALONE is off and nobody else has asked for it.
    """
    uow.actor.require(Permission.MANAGE_USERS)
    await uow.users.hold_admins()
    await uow.users.lock(user_id)
    request = await uow.deletion_requests.open_of(user_id, uow.now)
    if request is not None and request.asked_by != uow.actor.user_id:
        await delete_as_asked(uow, request)
        return
    if not uow.settings.api_deletes_alone:
        raise ConflictError("Another administrator asks for this first, in the panel of the person.")
    await _delete(uow, user_id)
    await _tell_the_others(uow, user_id)


async def _tell_the_others(uow: UnitOfWork, user_id: UUID) -> None:
    title = f"{uow.actor.display_name} deleted an account without a second administrator"
    for admin in await uow.users.admins(uow.now):
        if admin.id != uow.actor.user_id:
            await notify(uow, admin.id, "user.deletion", title, f"Account {user_id}, through the API", "/audit")


async def delete_as_asked(uow: UnitOfWork, request: DeletionRequest) -> None:
    """Delete the account that a request is about; the reason and who asked stay in the trail.

    Raises:
        NotFoundError: `not_found` for a deleted one.
        ConflictError: `last_admin`.
    """
    await _delete(uow, request.user_id, {"reason": request.reason, "asked_by": f"user:{request.asked_by}"})


async def _delete(uow: UnitOfWork, user_id: UUID, told: dict[str, str] | None = None) -> None:
    await uow.users.hold_admins()
    user = await uow.users.lock(user_id)
    if user.status == UserStatus.DELETED:
        raise NotFoundError()
    was_admin = user.role == Role.ADMIN
    known_as = [user.email.lower(), str(user.id)]
    await avatars.discard(uow, user.avatar_url)
    _anonymise(uow, user)
    await uow.users.add(user)
    if was_admin and await uow.users.count_admins(uow.now) == 0:
        raise ConflictError("The last admin must stay.", code="last_admin")
    await uow.holdings.erase(user.id, [subject_hash(name) for name in known_as])
    await uow.audit_erasure("user:delete", f"user:{user.id}", after=told)
    revoked(uow, user_id=user.id)


def _anonymise(uow: UnitOfWork, user: User) -> None:
    """Leave the row, which others' rows name, and nothing in it that tells who it was."""
    user.sqlmodel_update(
        {
            "email": f"{user.id.hex}@deleted.invalid",
            "username": f"deleted_{user.id.hex[-20:]}",
            "display_name": GONE,
            "status": UserStatus.DELETED,
            "role": Role.USER,
            "bio": "",
            "notification_preferences": {},
            "updated_at": uow.now,
            **dict.fromkeys(_EMPTIED),
        }
    )


_EMPTIED = (
    *("password_hash", "suspended_until", "suspension_reason", "email_verified_at", "age_verified_at"),
    *("age_verified_until", "timezone", "locale", "avatar_url", "last_login_at"),
)
