"""Feature flags: set by admins, each with an owner and an end, after which it is off."""

from datetime import timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from api.core.errors import ConflictError, NotFoundError, ValidationError
from api.core.pagination import Page, PageRequest
from api.services.unit_of_work import UnitOfWork
from models.flags import FeatureFlag, FlagPatch, FlagStage, FlagView
from models.users import Permission

WEBHOOKS_PAUSED = "webhooks.paused"
LIFETIME = timedelta(days=90)
ENDS_SOON = timedelta(days=14)


async def is_active(uow: UnitOfWork, name: str) -> bool:
    """Tell whether a flag works now: set, switched on, and not past its end."""
    flag = await uow.flags.named(name)
    return flag is not None and flag.enabled and flag.expires_at > uow.now


async def page(uow: UnitOfWork, request: PageRequest, stage: FlagStage | None = None) -> Page[FlagView]:
    """Return a page of the flags, of one stage or all, the expired ones too.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    found = await uow.flags.listing(request, stage, uow.now, uow.now + ENDS_SOON)
    return Page([_view(uow, row) for row in found.rows], found.next_cursor, found.total)


async def read(uow: UnitOfWork, name: str) -> FlagView:
    """Return one flag.

    Raises:
        NotFoundError: `not_found`: nobody set it.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    flag = await uow.flags.named(name)
    if flag is None:
        raise NotFoundError()
    return _view(uow, flag)


async def change(uow: UnitOfWork, name: str, patch: FlagPatch) -> FlagView:
    """Change a flag, or make it: off, the caller's, and for 90 days, unless he says otherwise.

    Raises:
        ValidationError: A field is null, or the end lies in the past.
        ConflictError: `conflict`: somebody made it at the same moment.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    wanted = patch.model_dump(exclude_unset=True)
    _check(uow, wanted)
    flag = await uow.flags.named(name, lock=True)
    before = _view(uow, flag).model_dump(mode="json") if flag is not None else None
    if flag is None:
        flag = FeatureFlag(name=name, enabled=False, owner=uow.actor.display_name, expires_at=uow.now + LIFETIME)
    for field, value in wanted.items():
        setattr(flag, field, value)
    flag.updated_at = uow.now
    try:
        await uow.flags.add(flag)
    except IntegrityError:
        raise ConflictError("Somebody made this flag at the same moment. Try again.") from None
    view = _view(uow, flag)
    await uow.audit("flag:update", f"flag:{name}", before, view.model_dump(mode="json"))
    return view


def _check(uow: UnitOfWork, wanted: dict[str, Any]) -> None:
    for name, value in wanted.items():
        if value is None:
            raise ValidationError.at(f"body.{name}", "must not be null", "null")
    if "expires_at" in wanted and wanted["expires_at"] <= uow.now:
        raise ValidationError.at("body.expires_at", "must lie in the future", "in_the_past")


def _view(uow: UnitOfWork, flag: FeatureFlag) -> FlagView:
    expired = flag.expires_at <= uow.now
    return FlagView.model_validate({**flag.model_dump(), "expired": expired, "active": flag.enabled and not expired})
