"""/customers: list, read, change, erase."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from api.core.pagination import PageRequest
from api.dependencies import Tagged, Unit, page_request
from api.routing import hub_router
from api.services import customers
from models.base import Data, Line, Listing, Meta
from models.customers import CustomerPatch, CustomerView

router = hub_router("customers")
CustomerPage = Annotated[PageRequest, page_request("-created_at", "name")]


@router.get("/customers", summary="List customers")
async def list_customers(
    uow: Unit, page: CustomerPage, q: Annotated[Line | None, Query(min_length=1, max_length=200)] = None
) -> Listing[CustomerView]:
    """List customers; `q` is part of a name, an e-mail or a phone number.

    Errors: 400 `validation_error`, 403 `forbidden`.
    """
    found = await customers.page(uow, page, q)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.get("/customers/{customer_id}", dependencies=[Tagged], summary="Read a customer")
async def read_customer(customer_id: UUID, uow: Unit) -> Data[CustomerView]:
    """Read a customer.

    Errors: 403 `forbidden`, 404 `not_found`.
    """
    return Data(data=await customers.read(uow, customer_id))


@router.patch("/customers/{customer_id}", summary="Change a customer")
async def change_customer(customer_id: UUID, patch: CustomerPatch, uow: Unit) -> Data[CustomerView]:
    """Change a customer's particulars.

    Errors: 400 `validation_error`, 403 `forbidden`, 404 `not_found`, 409 `conflict`.
    """
    return Data(data=await customers.change(uow, customer_id, patch))


@router.delete("/customers/{customer_id}", status_code=204, summary="Erase a customer")
async def erase_customer(customer_id: UUID, uow: Unit) -> None:
    """Erase a customer; his messages are anonymised.

    Errors: 403 `forbidden`, 404 `not_found`.
    """
    await customers.erase(uow, customer_id)
