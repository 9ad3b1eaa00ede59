"""/vehicles: the inventory and its import."""

from typing import Annotated

from fastapi import Query, Request, Response

from api.core.errors import UnsupportedMediaTypeError
from api.core.pagination import PageRequest
from api.dependencies import RowId, Tagged, Unit, location, page_request
from api.routing import hub_router
from api.services import vehicles
from api.services.vehicles import VehicleQuery, Word
from models.base import Data, Listing, Meta
from models.vehicles import ImportReport, VehicleInput, VehiclePatch, VehicleStatus, VehicleView

router = hub_router("vehicles")
_FEED_BODY = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.get("/vehicles", summary="List vehicles")
async def list_vehicles(
    uow: Unit,
    page: Annotated[PageRequest, page_request("-updated_at", "price", "mileage")],
    q: Annotated[Word | None, Query(description="Words of the record or its description")] = None,
    status: VehicleStatus | None = None,
    make: Word | None = None,
    model: Word | None = None,
    year: Annotated[int | None, Query(ge=0, le=9_999)] = None,
) -> Listing[VehicleView]:
    """List vehicles; those without a price or mileage come last in a list sorted by it.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`, `insufficient_scope`.
    """
    query = VehicleQuery(
        q=q,
        status=status,
        make=make,
        model=model,
        year=year,
        sort=page.sort,
        limit=page.limit,
        cursor=page.cursor,
        include_total=page.include_total,
    )
    found = await vehicles.page(uow, query)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.post("/vehicles", status_code=201, summary="Take a vehicle into the inventory")
async def create_vehicle(vehicle: VehicleInput, uow: Unit, response: Response) -> Data[VehicleView]:
    """Take a vehicle into the inventory.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`, `insufficient_scope`, 409 `conflict`
    where the stock number or the VIN is another vehicle's.
    """
    view = await vehicles.create(uow, vehicle)
    response.headers.update(location("vehicles", view.id))
    return Data(data=view)


@router.post("/vehicles/import", summary="Import a feed", openapi_extra=_FEED_BODY)
async def import_vehicles(request: Request, uow: Unit) -> Data[ImportReport]:
    """Upsert vehicles by stock number from a CSV file of at most 32 MiB; a bad row never stops the good ones.

    Errors: 401 `unauthorized`, 403 `forbidden`, `insufficient_scope`, 413 `payload_too_large`,
    415 `unsupported_media_type`.
    """
    vehicles.require_writer(uow)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "text/csv":
        raise UnsupportedMediaTypeError("This route takes text/csv.")
    return Data(data=await vehicles.import_csv(uow, await request.body()))


@router.get("/vehicles/{vehicle_id}", summary="Read a vehicle", dependencies=[Tagged])
async def read_vehicle(vehicle_id: RowId, uow: Unit) -> Data[VehicleView]:
    """Read a vehicle.

    Errors: 401 `unauthorized`, 403 `forbidden`, `insufficient_scope`, 404 `not_found`.
    """
    return Data(data=await vehicles.read(uow, vehicle_id))


@router.patch("/vehicles/{vehicle_id}", summary="Change a vehicle")
async def change_vehicle(vehicle_id: RowId, patch: VehiclePatch, uow: Unit) -> Data[VehicleView]:
    """Change the fields that are told; null clears one that may be empty. The record counts as confirmed.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`, `insufficient_scope`, 404 `not_found`,
    409 `conflict`.
    """
    return Data(data=await vehicles.change(uow, vehicle_id, patch))


@router.delete("/vehicles/{vehicle_id}", status_code=204, summary="Delete a vehicle")
async def delete_vehicle(vehicle_id: RowId, uow: Unit) -> None:
    """Delete a vehicle.

    Errors: 401 `unauthorized`, 403 `forbidden`, `insufficient_scope`, 404 `not_found`.
    """
    await vehicles.remove(uow, vehicle_id)
