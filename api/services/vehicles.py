"""The inventory: list, read, change, import a feed, and find the vehicles that a thread is about."""

import asyncio
from collections.abc import Iterator
from itertools import zip_longest
from typing import Annotated, Any
from uuid import UUID

import pydantic
from pydantic import Field

from api.core.errors import ConflictError, FieldError, PayloadTooLargeError, ValidationError
from api.core.pagination import DEFAULT_LIMIT, MAX_LIMIT, Page, PageRequest
from api.repositories.vehicle_feed import FeedRow, VehicleFeed, feed_row
from api.repositories.vehicles import VehicleFilter
from api.services import inventory_csv, vehicle_mentions
from api.services.unit_of_work import UnitOfWork
from models.base import InputModel, Line
from models.users import Permission
from models.vehicles import (
    ImportReport,
    RowError,
    Vehicle,
    VehicleInput,
    VehiclePatch,
    VehicleStatus,
    VehicleView,
)

MAX_FEED_BYTES = 32 * 1024 * 1024
MAX_LISTED_ERRORS = 10_000
_BATCH_ROWS = 1_000
_CANDIDATES = 50
Word = Annotated[Line, Field(max_length=200)]
_FeedStream = Iterator[tuple[int, VehicleInput] | RowError]


class VehicleQuery(InputModel):
    """What a list of vehicles shows and in which order; `sort` is one of updated_at, price, mileage, `-` for down."""

    q: Word | None = None
    status: VehicleStatus | None = None
    make: Word | None = None
    model: Word | None = None
    year: Annotated[int, Field(ge=0, le=9_999)] | None = None
    sort: str = "-updated_at"
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT
    cursor: str | None = None
    include_total: bool = False


async def page(uow: UnitOfWork, query: VehicleQuery) -> Page[VehicleView]:
    """Return a page of the inventory; each word of `q` must be in the record or its description.

    Raises:
        ValidationError: The cursor or the sort is not of this list.
    """
    uow.actor.require(Permission.READ_VEHICLES)
    request = PageRequest(query.sort, query.limit, query.cursor, query.include_total)
    wanted = VehicleFilter(query.q, query.status, query.make, query.model, query.year)
    found = await uow.vehicles.page_of(request, wanted)
    return Page([_view(row) for row in found.rows], found.next_cursor, found.total)


async def read(uow: UnitOfWork, vehicle_id: UUID) -> VehicleView:
    """Return one vehicle.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.READ_VEHICLES)
    return _view(await uow.vehicles.require(vehicle_id))


async def create(uow: UnitOfWork, vehicle: VehicleInput) -> VehicleView:
    """Take a vehicle into the inventory.

    Raises:
        ConflictError: `conflict`: the stock number or the VIN is another vehicle's.
    """
    uow.actor.require(Permission.WRITE_VEHICLES)
    await uow.vehicles.hold_inventory()
    await _refuse_taken(uow, vehicle)
    columns = vehicle.columns()
    columns |= dict.fromkeys(("created_at", "updated_at", "confirmed_at"), uow.now)
    view = _view(await uow.vehicles.add(Vehicle(**columns)))
    await uow.audit("vehicle:create", f"vehicle:{view.id}", after=view.model_dump(mode="json"))
    return view


async def change(uow: UnitOfWork, vehicle_id: UUID, patch: VehiclePatch) -> VehicleView:
    """Change what the patch tells; whoever patches stands behind the record, which is confirmed by it.

    Raises:
        NotFoundError: `not_found`.
        ConflictError: `conflict`: the stock number or the VIN is another vehicle's.
        ValidationError: The change does not go with what stays.
    """
    uow.actor.require(Permission.WRITE_VEHICLES)
    await uow.vehicles.hold_inventory()
    row = await uow.vehicles.lock(vehicle_id)
    merged = _merged(row, patch)
    await _refuse_taken(uow, merged, row.id)
    before, after = _difference(row, merged)
    for name, value in after.items():
        setattr(row, name, value)
    row.confirmed_at = uow.now
    if after:
        row.updated_at = uow.now
    await uow.vehicles.add(row)
    await uow.audit("vehicle:update", f"vehicle:{row.id}", before, after)
    return _view(row)


async def remove(uow: UnitOfWork, vehicle_id: UUID) -> None:
    """Take a vehicle out of the inventory.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.WRITE_VEHICLES)
    await uow.vehicles.hold_inventory()
    row = await uow.vehicles.lock(vehicle_id)
    before = _view(row).model_dump(mode="json")
    await uow.vehicles.remove(row)
    await uow.audit("vehicle:delete", f"vehicle:{vehicle_id}", before)


def require_writer(uow: UnitOfWork) -> None:
    """Let pass who may write vehicles, before a feed's body is read.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    uow.actor.require(Permission.WRITE_VEHICLES)


async def import_csv(uow: UnitOfWork, data: bytes) -> ImportReport:
    """Make the inventory agree with a feed: upsert by stock number, confirm what is unchanged.

    The feed is read in a thread and copied to the database in batches, so neither its size nor its faults hold
    anybody up; only then are other writers kept out, until the commit. Vehicles that the feed does not name stay.

    Args:
        uow: The open unit of work.
        data: The CSV file, at most 32 MiB.

    Returns:
        The counts and, in the order of rows, at most 10,000 faults.

    Raises:
        PayloadTooLargeError: `payload_too_large`.
    """
    uow.actor.require(Permission.WRITE_VEHICLES)
    if len(data) > MAX_FEED_BYTES:
        raise PayloadTooLargeError("A feed has 32 MiB at most.")
    dealer = await uow.dealership.current()
    feed = VehicleFeed(uow.session)
    await feed.open()
    errors = await _load(feed, inventory_csv.vehicles(data, dealer.currency if dealer else "usd"))
    await uow.vehicles.hold_inventory()
    errors += [_taken("stock_number", *refused) for refused in await feed.match()]
    errors += [_taken("vin", *refused) for refused in await feed.refuse_clashes()]
    created, updated, unchanged = await feed.settle(uow.now)
    counts = {"created": created, "updated": updated, "unchanged": unchanged}
    await uow.audit("vehicle:import", "vehicle:feed", after=counts | {"errors": len(errors)})
    return ImportReport(**counts, errors=_listed(errors))


async def about(uow: UnitOfWork, texts: list[str], limit: int = 5) -> list[dict[str, Any]]:
    """Return the vehicles that a thread is about, in the contract's shape, the likeliest first.

    A stock number or a VIN in the text decides: a name that fits its vehicle brings no other. Otherwise make, model and
    year as people write them ("03 camry", "F150", "chevy") do. Where several models are spoken of, each gets its turn
    before one gets its second.

    Args:
        uow: The open unit of work.
        texts: What was said, oldest first.
        limit: How many at most.

    Source: ai-drafts, section 1.
    """
    uow.actor.require(Permission.READ_VEHICLES)
    numbers = vehicle_mentions.numbers(texts)
    exact = await uow.vehicles.by_numbers(numbers.stock_keys, numbers.vins)
    columns = []
    for mention in vehicle_mentions.find(texts, await uow.vehicles.names()):
        if any(mention.fits(row) for row in exact):
            continue
        rows = await uow.vehicles.by_names(mention.names, mention.year, _CANDIDATES)
        columns.append(vehicle_mentions.rank(mention, rows))
    in_turn = (row for turn in zip_longest(*columns) for row in turn if row is not None)
    chosen = {row.id: row for row in [*numbers.ordered(exact), *in_turn]}
    return [_view(row).model_dump(mode="json") for row in list(chosen.values())[:limit]]


def _view(row: Vehicle) -> VehicleView:
    return VehicleView.model_validate(row)


def _merged(row: Vehicle, patch: VehiclePatch) -> VehicleInput:
    try:
        return patch.merged(row)
    except pydantic.ValidationError as error:
        faults = [_body_fault(fault["loc"], fault["msg"], fault["type"]) for fault in error.errors()]
        raise ValidationError(f"{faults[0].field}: {faults[0].message}", errors=faults) from None


def _body_fault(location: tuple[int | str, ...], message: str, code: str) -> FieldError:
    """Name the field of a fault; one of the whole record begins with `field: `."""
    said = message.removeprefix("Value error, ")
    if location:
        return FieldError(".".join(["body", *map(str, location)]), code, said)
    name, _, rest = said.partition(": ")
    return FieldError(f"body.{name}" if rest else "body", code, rest or said)


def _difference(row: Vehicle, merged: VehicleInput) -> tuple[dict[str, Any], dict[str, Any]]:
    after = {name: value for name, value in merged.columns().items() if getattr(row, name) != value}
    return {name: getattr(row, name) for name in after}, after


async def _refuse_taken(uow: UnitOfWork, vehicle: VehicleInput, own_id: UUID | None = None) -> None:
    other = await uow.vehicles.by_stock_number(vehicle.stock_number)
    if other is not None and other.id != own_id:
        raise ConflictError(f"The stock number {other.stock_number} is another vehicle's.")
    other = await uow.vehicles.by_vin(vehicle.vin) if vehicle.vin else None
    if other is not None and other.id != own_id:
        raise ConflictError(f"The VIN is that of the vehicle {other.stock_number}.")


async def _load(feed: VehicleFeed, stream: _FeedStream) -> list[RowError]:
    errors: list[RowError] = []
    while True:
        rows, faults = await asyncio.to_thread(_batch, stream)
        if not rows and not faults:
            return errors
        errors += faults[: MAX_LISTED_ERRORS + 1 - len(errors)]
        await feed.load(rows)


def _batch(stream: _FeedStream) -> tuple[list[FeedRow], list[RowError]]:
    rows: list[FeedRow] = []
    faults: list[RowError] = []
    for outcome in stream:
        if isinstance(outcome, RowError):
            faults.append(outcome)
        else:
            rows.append(feed_row(*outcome))
        if len(rows) + len(faults) >= _BATCH_ROWS:
            break
    return rows, faults


def _taken(field: str, number: int, stock_number: str) -> RowError:
    return RowError(row=number, field=field, message=f"is that of the vehicle {stock_number}, which was kept")


def _listed(errors: list[RowError]) -> list[RowError]:
    ordered = sorted(errors, key=lambda error: error.row)
    if len(ordered) <= MAX_LISTED_ERRORS:
        return ordered
    last = RowError(row=ordered[MAX_LISTED_ERRORS].row, field="row", message="further faults are not listed")
    return [*ordered[:MAX_LISTED_ERRORS], last]
