"""Deliveries of webhooks: sent by a job, tried again with growing waits, given up; a dead endpoint is disabled."""

import random
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

import orjson

from api.core.security import Actor
from api.integrations.webhook_endpoints import Outcome
from api.services.flags import WEBHOOKS_PAUSED, is_active
from api.services.house import House
from api.services.notifications import notify
from api.services.unit_of_work import DELIVER, UnitOfWork
from api.services.webhook_endpoints import signing_secrets
from models.base import rfc3339, utc_now
from models.webhook_endpoints import DeliveryStatus, EndpointStatus, WebhookDelivery, WebhookEndpoint

WAITS = tuple(timedelta(seconds=seconds) for seconds in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600))
JITTER = 0.1
KEPT = timedelta(days=30)
_PAUSE = timedelta(seconds=60)
_ACTOR = Actor.system("webhooks")


def wait_after(attempts: int, spread: float) -> timedelta | None:
    """Return how long to wait after so many failed tries, or None where no more is made.

    Args:
        attempts: Tries made, at least 1.
        spread: From -1 to 1, so that many deliveries do not come back at once; a tenth of the wait either way.

    Source: Standard Webhooks, "Deliverability and reliability".
    """
    if attempts > len(WAITS):
        return None
    return WAITS[attempts - 1] * (1 + JITTER * spread)


async def deliver(house: House, delivery_id: str) -> None:
    """Try a delivery that is due; a step to read, the call outside of any transaction, and a step to record."""
    async with house.unit(_ACTOR) as uow:
        due = await _due(uow, UUID(delivery_id))
    if due is None:
        return
    delivery, url, secrets = due
    at = utc_now()
    outcome = await house.webhooks.send(url, secrets, f"msg_{delivery.id}", body_of(delivery), at)
    async with house.unit(_ACTOR) as uow:
        await _record(uow, delivery.id, outcome, at)


async def _due(uow: UnitOfWork, delivery_id: UUID) -> tuple[WebhookDelivery, str, list[str]] | None:
    delivery = await uow.deliveries.get(delivery_id)
    if delivery is None or delivery.status != DeliveryStatus.PENDING:
        return None
    endpoint = await uow.endpoints.require(delivery.endpoint_id)
    if endpoint.status == EndpointStatus.DISABLED:
        delivery.status, delivery.error, delivery.next_attempt_at = (
            DeliveryStatus.FAILED,
            "the endpoint is disabled",
            None,
        )
        await uow.deliveries.add(delivery)
        return None
    if await is_active(uow, WEBHOOKS_PAUSED):
        await uow.enqueue(DELIVER, at=uow.now + _PAUSE, delivery_id=delivery_id)
        return None
    return delivery, endpoint.url, signing_secrets(uow, endpoint)


def body_of(delivery: WebhookDelivery) -> str:
    """Return what is sent: ids only, so that no customer's words leave and each reader gets what he may see."""
    told = {"type": delivery.event, "timestamp": rfc3339(delivery.created_at), "data": delivery.data}
    return orjson.dumps(told).decode()


async def _record(uow: UnitOfWork, delivery_id: UUID, outcome: Outcome, at: datetime) -> None:
    delivery = await uow.deliveries.lock(delivery_id)
    endpoint = await uow.endpoints.lock(delivery.endpoint_id)
    delivery.attempts += 1
    delivery.last_attempt_at, delivery.updated_at, delivery.next_attempt_at = at, uow.now, None
    delivery.response_status, delivery.error = outcome.status, outcome.error
    delivery.duration_ms = outcome.duration_ms
    if outcome.taken:
        delivery.status = DeliveryStatus.DELIVERED
        delivery.delivered_at = endpoint.last_success_at = uow.now
    else:
        await _after_failure(uow, endpoint, delivery)
    await uow.deliveries.add(delivery)
    await uow.endpoints.add(endpoint)


async def _after_failure(uow: UnitOfWork, endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> None:
    if delivery.response_status == HTTPStatus.GONE:
        delivery.status = DeliveryStatus.FAILED
        await _disable(uow, endpoint, "It answered 410 Gone.")
        return
    wait = wait_after(delivery.attempts, random.uniform(-1, 1))  # noqa: S311 - spreads load, hides nothing
    if wait is not None:
        delivery.next_attempt_at = uow.now + wait
        await uow.enqueue(DELIVER, at=delivery.next_attempt_at, delivery_id=delivery.id)
        return
    delivery.status = DeliveryStatus.FAILED
    if not await uow.deliveries.any_taken_since(endpoint.id, delivery.created_at):
        await _disable(uow, endpoint, f"It took nothing in {delivery.attempts} tries of a delivery.")


async def _disable(uow: UnitOfWork, endpoint: WebhookEndpoint, reason: str) -> None:
    if endpoint.status == EndpointStatus.DISABLED:
        return
    endpoint.status, endpoint.disabled_at, endpoint.disabled_reason = EndpointStatus.DISABLED, uow.now, reason
    endpoint.updated_at = uow.now
    await uow.audit("webhook_endpoint:disable", f"webhook_endpoint:{endpoint.id}", None, {"reason": reason})
    for admin_id in await uow.endpoints.active_admins():
        title = "A webhook endpoint was disabled"
        await notify(uow, admin_id, "webhook_endpoint.disabled", title, f"{endpoint.url}: {reason}", "/admin/webhooks")


async def purge(house: House) -> None:
    """Delete the deliveries that were settled and are over 30 days old, and the old secrets whose time is over."""
    async with house.unit(_ACTOR) as uow:
        await uow.endpoints.forget_old_secrets(utc_now())
        await uow.deliveries.purge(utc_now() - KEPT)
