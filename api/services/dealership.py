"""The dealership's facts: read by staff, written by admins, cited by drafts."""

from typing import Any

from api.core.errors import NotFoundError
from api.services.unit_of_work import UnitOfWork
from models.dealership import Dealership, DealershipInput, DealershipView
from models.users import Permission


async def read(uow: UnitOfWork) -> DealershipView:
    """Return the dealership.

    Raises:
        NotFoundError: `not_found`: nobody has filled it in yet.
    """
    uow.actor.require(Permission.READ_DEALERSHIP)
    row = await uow.dealership.current()
    if row is None:
        raise NotFoundError("The dealership has not been filled in yet.")
    return _view(row)


async def save(uow: UnitOfWork, dealership: DealershipInput) -> DealershipView:
    """Write the whole record; an absent field becomes its default.

    `updated_at` moves only where something changed, so that saving the same again makes no draft stale.
    """
    uow.actor.require(Permission.WRITE_DEALERSHIP)
    row = await uow.dealership.current_held()
    before = _view(row).model_dump(mode="json") if row else None
    columns = dealership.columns()
    if row is None:
        row = Dealership(created_at=uow.now, updated_at=uow.now, **columns)
    elif changed := {name: value for name, value in columns.items() if getattr(row, name) != value}:
        for name, value in changed.items():
            setattr(row, name, value)
        row.updated_at = uow.now
    view = _view(await uow.dealership.add(row))
    await uow.audit("dealership:update", f"dealership:{row.id}", before, view.model_dump(mode="json"))
    return view


async def name_of_house(uow: UnitOfWork) -> str:
    """Return the dealership's name for checks of ours, or nothing; nobody is told it."""
    row = await uow.dealership.current()
    return row.name if row else ""


async def facts(uow: UnitOfWork) -> dict[str, Any] | None:
    """Return the dealership in the contract's shape for an evidence pack, its `id` added; None where there is none."""
    uow.actor.require(Permission.READ_DEALERSHIP)
    row = await uow.dealership.current()
    return {"id": str(row.id), **_view(row).model_dump(mode="json")} if row else None


def _view(row: Dealership) -> DealershipView:
    return DealershipView.model_validate(row)
