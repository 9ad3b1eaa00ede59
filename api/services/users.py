"""People: their own profile, the list of all, roles and suspensions, the first admin."""

import unicodedata
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.core.errors import ConflictError, HubError, NotFoundError, ValidationError
from api.core.pagination import Page, PageRequest
from api.core.security import Actor, hash_password
from api.core.settings import SettingsError
from api.services.house import House, house
from api.services.passwords import require_good
from api.services.revocation import revoked
from api.services.unit_of_work import UnitOfWork
from models.accounts import SearchQuery
from models.base import utc_now
from models.users import AccountView, Permission, ProfilePatch, Role, User, UserPatch, UserQuery, UserStatus, UserView

_TAKEN = {
    "ux_users_email": ("email_taken", "This e-mail address has an account already."),
    "ux_users_username": ("username_taken", "This username is taken."),
}


def view_of(user: User) -> UserView:
    """Return a user as he, moderators and admins see him; a suspension that is over counts as none."""
    return UserView.model_validate(_shown(user))


def account_of(user: User) -> AccountView:
    """Return a user as he sees himself."""
    return AccountView.model_validate(_shown(user))


def _shown(user: User) -> dict[str, Any]:
    return {
        **user.model_dump(exclude={"password_hash", "search", "words"}, warnings=False),
        "status": UserStatus.SUSPENDED if is_suspended(user) else _unless_suspended(user),
        "email_verified": user.email_verified_at is not None,
        "age_verified": is_age_verified(user, utc_now()),
    }


def _unless_suspended(user: User) -> str:
    return UserStatus.ACTIVE if user.status == UserStatus.SUSPENDED else user.status


def is_suspended(user: User) -> bool:
    """Tell whether a user is suspended at this moment."""
    if user.status != UserStatus.SUSPENDED:
        return False
    return user.suspended_until is None or user.suspended_until > utc_now()


def is_age_verified(user: User, now: datetime) -> bool:
    """Tell whether a user's age was checked, and the check still holds."""
    return user.age_verified_until is not None and user.age_verified_until > now


async def add(uow: UnitOfWork, user: User) -> User:
    """Insert a new user, or write a changed one.

    Raises:
        ConflictError: `email_taken`, `username_taken`, whatever the case of either.
    """
    try:
        return await uow.users.add(user)
    except IntegrityError as error:
        name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        if name not in _TAKEN:
            raise
        code, sentence = _TAKEN[name]
        raise ConflictError(sentence, code=code) from None


async def read_me(uow: UnitOfWork) -> AccountView:
    """Return the caller's own account.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
    """
    user = await uow.users.require(uow.actor.require_user(Permission.SIGN_IN))
    return account_of(user)


async def change_me(uow: UnitOfWork, patch: ProfilePatch) -> AccountView:
    """Change the caller's own profile.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
        ConflictError: `username_taken`.
    """
    user = await uow.users.lock(uow.actor.require_user(Permission.SIGN_IN))
    changes = {name: getattr(patch, name) for name in patch.model_fields_set}
    if any(getattr(user, name) != value for name, value in changes.items()):
        user.sqlmodel_update({**changes, "updated_at": uow.now})
        await add(uow, user)
        uow.after_commit(partial(house().sessions.forget, user_id=str(user.id)))
    return account_of(user)


async def page(uow: UnitOfWork, query: UserQuery) -> Page[UserView]:
    """Return a page of the users.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
        ValidationError: The sort or the cursor is not of this list.
    """
    uow.actor.require(Permission.LOOK_UP_USERS)
    request = PageRequest(query.sort, query.limit, query.cursor, query.include_total)
    filters = query.model_dump(include={"role", "status", "verified", "q"})
    found = await uow.users.listed(request, filters, uow.now)
    return Page([view_of(user) for user in found.rows], found.next_cursor, found.total)


async def search(uow: UnitOfWork, query: SearchQuery) -> Page[UserView]:
    """Return whom the words of `q` mean, or their beginnings, or nearly; without `q`, the newest users.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
        ValidationError: The cursor is not of this list.
    """
    uow.actor.require(Permission.LOOK_UP_USERS)
    request = PageRequest("-created_at", query.limit, query.cursor, query.include_total)
    filters = query.model_dump(include={"role", "age_verified", "q"})
    seek = uow.users.sought if query.q else uow.users.listed
    found = await seek(request, filters, uow.now)
    return Page([view_of(user) for user in found.rows], found.next_cursor, found.total)


async def read(uow: UnitOfWork, user_id: UUID) -> UserView:
    """Return a user.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
        NotFoundError: `not_found`, also for a deleted one.
    """
    uow.actor.require(Permission.LOOK_UP_USERS)
    return view_of(_still_here(await uow.users.require(user_id)))


async def change(uow: UnitOfWork, user_id: UUID, patch: UserPatch) -> UserView:
    """Give a user another role, suspend him or end that.

    Who is an admin changes under one lock, so that however many are demoted at once, one remains.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
        NotFoundError: `not_found`, also for a deleted one.
        ValidationError: A suspension without a reason, or one that ends in the past.
        ConflictError: `last_admin`.
    """
    uow.actor.require(Permission.MANAGE_USERS)
    await uow.users.hold_admins()
    user = _still_here(await uow.users.lock(user_id))
    _check_suspension(uow, user, patch)
    before = _power(user)
    changed = {**before, **_changes(patch)}
    if changed == before:
        return view_of(user)

    user.sqlmodel_update({**changed, "updated_at": uow.now})
    await uow.users.add(user)
    if before["role"] == Role.ADMIN and await uow.users.count_admins(uow.now) == 0:
        raise ConflictError("The last admin must stay one.", code="last_admin")
    await uow.audit("user:update", f"user:{user.id}", before, {**_power(user), "reason": patch.reason})
    revoked(uow, user_id=user.id)
    return view_of(user)


def _still_here(user: User) -> User:
    if user.status == UserStatus.DELETED:
        raise NotFoundError()
    return user


def _power(user: User) -> dict[str, Any]:
    return user.model_dump(include={"role", "status", "suspended_until", "suspension_reason"}, warnings=False)


def _check_suspension(uow: UnitOfWork, user: User, patch: UserPatch) -> None:
    suspends = patch.status == UserStatus.SUSPENDED
    if suspends and patch.reason is None:
        raise ValidationError.at("body.reason", "is needed for a suspension", "missing")
    if patch.suspended_until is None:
        return
    if not (suspends or (patch.status is None and is_suspended(user))):
        raise ValidationError.at("body.suspended_until", "goes with a suspension only")
    if patch.suspended_until <= uow.now:
        raise ValidationError.at("body.suspended_until", "must lie in the future")


def _changes(patch: UserPatch) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if patch.role is not None:
        changes["role"] = patch.role
    if patch.status == UserStatus.ACTIVE:
        return {**changes, "status": patch.status, "suspended_until": None, "suspension_reason": None}
    if patch.status is not None:
        changes["status"] = patch.status
    if patch.status is not None or "suspended_until" in patch.model_fields_set:
        changes["suspended_until"] = patch.suspended_until
    if patch.status is not None and patch.reason is not None:
        changes["suspension_reason"] = patch.reason
    return changes


async def ensure_first_admin(opened: House) -> None:
    """Make the admin that the settings name, where there is none.

    An account that has his e-mail already becomes his: it gets the settings' password, and whoever was
    signed in to it is signed out.

    Raises:
        SettingsError: One of FIRST_ADMIN_EMAIL and FIRST_ADMIN_PASSWORD is missing, or the password is bad.
    """
    wanted = _first_admin(opened)
    if wanted is None:
        return
    email, password = wanted
    async with opened.unit(Actor.system("first_admin")) as uow:
        await uow.users.hold_admins()
        if await uow.users.count_admins(uow.now) > 0:
            return
        user = await uow.users.by_email(email) or User(email=email, username="", display_name="Administrator")
        user.username = user.username or f"admin_{user.id.hex[-8:]}"
        user.password_hash = await hash_password(password)
        user.role, user.status, user.suspended_until = Role.ADMIN, UserStatus.ACTIVE, None
        user.email_verified_at = user.email_verified_at or uow.now
        await add(uow, user)
        await uow.sessions.revoke_all(user.id, uow.now)
        await uow.audit("user:create", f"user:{user.id}", None, {"role": Role.ADMIN})
        revoked(uow, user_id=user.id)


def _first_admin(opened: House) -> tuple[str, str] | None:
    email, secret = opened.settings.first_admin_email, opened.settings.first_admin_password
    if email is None and secret is None:
        return None
    if email is None or secret is None:
        raise SettingsError("FIRST_ADMIN_EMAIL and FIRST_ADMIN_PASSWORD go together")
    password = unicodedata.normalize("NFC", secret.get_secret_value())
    try:
        require_good(password, email)
    except HubError as refusal:
        raise SettingsError(f"FIRST_ADMIN_PASSWORD: {refusal.detail}") from None
    return email, password
