"""/dealership: the house's own facts."""

from api.dependencies import Tagged, Unit
from api.routing import hub_router
from api.services import dealership
from models.base import Data
from models.dealership import DealershipInput, DealershipView

router = hub_router("dealership")


@router.get("/dealership", summary="Read the dealership's facts", dependencies=[Tagged])
async def read_dealership(uow: Unit) -> Data[DealershipView]:
    """Read the dealership's facts.

    Errors: 401 `unauthorized`, 403 `forbidden`, 404 `not_found` while nobody has filled them in.
    """
    return Data(data=await dealership.read(uow))


@router.put("/dealership", summary="Write the dealership's facts")
async def save_dealership(facts: DealershipInput, uow: Unit) -> Data[DealershipView]:
    """Write the whole record; an absent field becomes its default.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`.
    """
    return Data(data=await dealership.save(uow, facts))
