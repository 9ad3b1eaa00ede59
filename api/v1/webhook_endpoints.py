"""/webhook-endpoints: who is told of events, and how that went."""

from typing import Annotated

from fastapi import Response

from api.core.pagination import PageRequest
from api.dependencies import RowId, Tagged, Unit, location, page_request
from api.routing import hub_router
from api.services import webhook_endpoints
from models.base import Data, Listing, Meta
from models.webhook_endpoints import (
    DeliveryStatus,
    NewWebhookEndpointView,
    WebhookDeliveryView,
    WebhookEndpointInput,
    WebhookEndpointPatch,
    WebhookEndpointView,
)

router = hub_router("webhooks")


@router.get("/webhook-endpoints", summary="List the webhook endpoints")
async def list_webhook_endpoints(
    uow: Unit, page: Annotated[PageRequest, page_request("-created_at")]
) -> Listing[WebhookEndpointView]:
    """List the endpoints, without their secrets.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`.
    """
    found = await webhook_endpoints.page(uow, page)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.post("/webhook-endpoints", status_code=201, summary="Make a webhook endpoint")
async def create_webhook_endpoint(
    given: WebhookEndpointInput, uow: Unit, response: Response
) -> Data[NewWebhookEndpointView]:
    """Make an endpoint; `secret` verifies its deliveries (Standard Webhooks) and is shown in this answer only.

    Deliveries bear `type`, `timestamp` and, as `data`, ids: read the rest over the API. What is not answered with a
    2xx within 10 s is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`.
    """
    view = await webhook_endpoints.create(uow, given)
    response.headers.update({**location("webhook-endpoints", view.id), "Cache-Control": "no-store"})
    return Data(data=view)


@router.get("/webhook-endpoints/{endpoint_id}", dependencies=[Tagged], summary="Read a webhook endpoint")
async def read_webhook_endpoint(endpoint_id: RowId, uow: Unit) -> Data[WebhookEndpointView]:
    """Read one endpoint, without its secret.

    Errors: 401 `unauthorized`, 403 `forbidden`, 404 `not_found`.
    """
    return Data(data=await webhook_endpoints.read(uow, endpoint_id))


@router.patch("/webhook-endpoints/{endpoint_id}", summary="Change a webhook endpoint")
async def change_webhook_endpoint(
    endpoint_id: RowId, given: WebhookEndpointPatch, uow: Unit
) -> Data[WebhookEndpointView]:
    """Change what it hears of; `status: active` takes up one that was disabled.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`, 404 `not_found`.
    """
    return Data(data=await webhook_endpoints.change(uow, endpoint_id, given))


@router.delete("/webhook-endpoints/{endpoint_id}", status_code=204, summary="Delete a webhook endpoint")
async def delete_webhook_endpoint(endpoint_id: RowId, uow: Unit) -> None:
    """Delete it with its deliveries.

    Errors: 401 `unauthorized`, 403 `forbidden`, 404 `not_found`.
    """
    await webhook_endpoints.delete(uow, endpoint_id)


@router.post("/webhook-endpoints/{endpoint_id}/secret", summary="Give a webhook endpoint a new secret")
async def rotate_webhook_secret(endpoint_id: RowId, uow: Unit, response: Response) -> Data[NewWebhookEndpointView]:
    """Make a new `secret`, shown in this answer only; the one before signs beside it until `old_secret_until` (24 h).

    `webhook-signature` then bears two signatures, with a space between (Standard Webhooks). A secret older than these
    two ends at once.

    Errors: 401 `unauthorized`, 403 `forbidden`, 404 `not_found`.
    """
    response.headers["Cache-Control"] = "no-store"
    return Data(data=await webhook_endpoints.rotate_secret(uow, endpoint_id))


@router.delete("/webhook-endpoints/{endpoint_id}/old-secret", status_code=204, summary="End the old secret now")
async def end_old_webhook_secret(endpoint_id: RowId, uow: Unit) -> None:
    """Have the new secret alone sign from now on; without an old one nothing changes.

    Errors: 401 `unauthorized`, 403 `forbidden`, 404 `not_found`.
    """
    await webhook_endpoints.end_old_secret(uow, endpoint_id)


@router.get("/webhook-endpoints/{endpoint_id}/deliveries", summary="List an endpoint's deliveries")
async def list_webhook_deliveries(
    endpoint_id: RowId,
    uow: Unit,
    page: Annotated[PageRequest, page_request("-created_at")],
    status: DeliveryStatus | None = None,
) -> Listing[WebhookDeliveryView]:
    """List what was sent or is due; settled deliveries are kept for 30 days.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`, 404 `not_found`.
    """
    found = await webhook_endpoints.deliveries(uow, endpoint_id, page, status)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.post(
    "/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/replay",
    status_code=202,
    summary="Send a delivery again",
)
async def replay_webhook_delivery(endpoint_id: RowId, delivery_id: RowId, uow: Unit) -> Data[WebhookDeliveryView]:
    """Have it sent again, under the same `webhook-id`.

    Errors: 401 `unauthorized`, 403 `forbidden`, 404 `not_found`, 409 `conflict` while the endpoint is disabled.
    """
    return Data(data=await webhook_endpoints.replay(uow, endpoint_id, delivery_id))
