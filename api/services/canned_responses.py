"""Prepared replies: listed by staff, kept by admins; approved ones may stand behind a draft."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy.exc import IntegrityError

from api.core.errors import ConflictError, ValidationError
from api.core.pagination import DEFAULT_LIMIT, MAX_LIMIT, Page, PageRequest
from api.services.unit_of_work import UnitOfWork
from models.base import InputModel, Line
from models.canned_responses import CannedResponse, CannedResponseInput, CannedResponsePatch, CannedResponseView
from models.users import Permission

_NEVER_NULL = ("title", "content", "approved")


class CannedResponseQuery(InputModel):
    """What a list of canned responses shows; `sort` is `title` or `updated_at`, `-` for down."""

    q: Annotated[Line, Field(max_length=200)] | None = None
    sort: str = "title"
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT
    cursor: str | None = None
    include_total: bool = False


async def page(uow: UnitOfWork, query: CannedResponseQuery) -> Page[CannedResponseView]:
    """Return a page; `q` is a part of the title, the text or the shortcut."""
    uow.actor.require(Permission.READ_DEALERSHIP)
    request = PageRequest(query.sort, query.limit, query.cursor, query.include_total)
    found = await uow.canned.page_of(request, query.q)
    return Page([_view(row) for row in found.rows], found.next_cursor, found.total)


async def listing(uow: UnitOfWork) -> list[CannedResponseView]:
    """Return all of them by title, for the composer."""
    uow.actor.require(Permission.READ_DEALERSHIP)
    return [_view(row) for row in await uow.canned.every()]


async def create(uow: UnitOfWork, prepared: CannedResponseInput) -> CannedResponseView:
    """Keep a new one.

    Raises:
        ConflictError: `conflict`: the shortcut is taken, whatever its case.
    """
    uow.actor.require(Permission.WRITE_CANNED_RESPONSES)
    row = CannedResponse(created_at=uow.now, updated_at=uow.now, **prepared.model_dump())
    view = await _saved(uow, row)
    await uow.audit("canned_response:create", f"canned_response:{view.id}", after=view.model_dump(mode="json"))
    return view


async def change(uow: UnitOfWork, row_id: UUID, patch: CannedResponsePatch) -> CannedResponseView:
    """Change what the patch tells; `shortcut: null` takes the shortcut away.

    Raises:
        NotFoundError: `not_found`.
        ConflictError: `conflict`: the shortcut is taken.
        ValidationError: Null for a field that is never empty.
    """
    uow.actor.require(Permission.WRITE_CANNED_RESPONSES)
    told = patch.model_dump(exclude_unset=True)
    for name in _NEVER_NULL:
        if name in told and told[name] is None:
            raise ValidationError.at(f"body.{name}", "must not be null")
    row = await uow.canned.lock(row_id)
    before = {name: getattr(row, name) for name in told if getattr(row, name) != told[name]}
    if not before:
        return _view(row)
    for name in before:
        setattr(row, name, told[name])
    row.updated_at = uow.now
    view = await _saved(uow, row)
    after = {name: told[name] for name in before}
    await uow.audit("canned_response:update", f"canned_response:{row_id}", before, after)
    return view


async def remove(uow: UnitOfWork, row_id: UUID) -> None:
    """Delete one.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.WRITE_CANNED_RESPONSES)
    row = await uow.canned.lock(row_id)
    before = _view(row).model_dump(mode="json")
    await uow.canned.remove(row)
    await uow.audit("canned_response:delete", f"canned_response:{row_id}", before)


async def _saved(uow: UnitOfWork, row: CannedResponse) -> CannedResponseView:
    try:
        return _view(await uow.canned.add(row))
    except IntegrityError as error:
        if "ux_canned_shortcut" not in str(error.orig):
            raise
        raise ConflictError("Another canned response has this shortcut.") from None


def _view(row: CannedResponse) -> CannedResponseView:
    return CannedResponseView.model_validate(row)
