"""Webhook endpoints: made, listed, changed and deleted by admins; their deliveries seen and replayed."""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from api.core.errors import ConflictError, NotFoundError, ValidationError
from api.core.pagination import Page, PageRequest
from api.integrations.webhook_endpoints import InnerAddressError, require_outer
from api.services.unit_of_work import DELIVER, UnitOfWork
from models.users import Permission
from models.webhook_endpoints import (
    DeliveryStatus,
    EndpointStatus,
    NewWebhookEndpointView,
    WebhookDeliveryView,
    WebhookEndpoint,
    WebhookEndpointInput,
    WebhookEndpointPatch,
    WebhookEndpointView,
)

SECRET_BYTES = 32
OLD_SECRET_SIGNS = timedelta(hours=24)


def _view(endpoint: WebhookEndpoint, now: datetime) -> WebhookEndpointView:
    view = WebhookEndpointView.model_validate(endpoint)
    over = endpoint.old_secret_until is not None and endpoint.old_secret_until <= now
    return view.model_copy(update={"old_secret_until": None}) if over else view


async def page(
    uow: UnitOfWork, request: PageRequest, status: EndpointStatus | None = None
) -> Page[WebhookEndpointView]:
    """Return a page of the endpoints, of one status or all.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    found = await uow.endpoints.listing(request, status)
    return Page([_view(row, uow.now) for row in found.rows], found.next_cursor, found.total)


async def read(uow: UnitOfWork, endpoint_id: UUID) -> WebhookEndpointView:
    """Return one endpoint.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    return _view(await uow.endpoints.require(endpoint_id), uow.now)


async def create(uow: UnitOfWork, given: WebhookEndpointInput) -> NewWebhookEndpointView:
    """Make an endpoint and return the secret that signs its deliveries, this once.

    Raises:
        ValidationError: The URL is none, not https, or leads inside (the latter two: unless WEBHOOK_ALLOW_PRIVATE).
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    await _require_good_url(given.url, allow_private=uow.settings.webhook_allow_private)
    secret = _new_secret()
    endpoint = WebhookEndpoint(
        url=given.url,
        events=sorted(set(given.events)),
        description=given.description,
        secret=uow.sealer.seal(secret),
        created_at=uow.now,
        updated_at=uow.now,
    )
    await uow.endpoints.add(endpoint)
    view = _view(endpoint, uow.now)
    await uow.audit("webhook_endpoint:create", _target(endpoint), None, view.model_dump(mode="json"))
    return NewWebhookEndpointView.model_validate({**view.model_dump(), "secret": secret})


def _new_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


async def rotate_secret(uow: UnitOfWork, endpoint_id: UUID) -> NewWebhookEndpointView:
    """Give an endpoint a new secret and return it, this once.

    For 24 h every try is signed with the new one and the one before it, so that nothing is refused while the receiver
    changes over; a secret older than these two is forgotten at once.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    endpoint = await uow.endpoints.lock(endpoint_id)
    secret = _new_secret()
    endpoint.old_secret, endpoint.old_secret_until = endpoint.secret, uow.now + OLD_SECRET_SIGNS
    endpoint.secret, endpoint.updated_at = uow.sealer.seal(secret), uow.now
    view = _view(await uow.endpoints.add(endpoint), uow.now)
    await uow.audit("webhook_endpoint:rotate", _target(endpoint))
    return NewWebhookEndpointView.model_validate({**view.model_dump(), "secret": secret})


async def end_old_secret(uow: UnitOfWork, endpoint_id: UUID) -> WebhookEndpointView:
    """Forget the secret before the last rotation: from now on the new one alone signs. Again: changes nothing.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    endpoint = await uow.endpoints.lock(endpoint_id)
    if endpoint.old_secret is not None:
        endpoint.old_secret, endpoint.old_secret_until, endpoint.updated_at = None, None, uow.now
        await uow.audit("webhook_endpoint:end_old_secret", _target(endpoint))
    return _view(await uow.endpoints.add(endpoint), uow.now)


def signing_secrets(uow: UnitOfWork, endpoint: WebhookEndpoint) -> list[str]:
    """Return the secrets that sign now: the endpoint's, and the one before while it lasts."""
    sealed = [endpoint.secret]
    if endpoint.old_secret is not None and endpoint.old_secret_until and endpoint.old_secret_until > uow.now:
        sealed.append(endpoint.old_secret)
    return [uow.sealer.open_sealed(secret) for secret in sealed]


async def _require_good_url(url: str, *, allow_private: bool) -> None:
    try:
        parts = urlsplit(url)
        plain = bool(parts.hostname) and parts.username is None and not parts.fragment and parts.port != 0
    except ValueError:
        plain = False
    if not plain or parts.scheme not in {"https", "http"} or not url.isascii() or " " in url:
        raise ValidationError.at("body.url", "must be an https URL without user and fragment", "url")
    if allow_private:
        return
    if parts.scheme != "https":
        raise ValidationError.at("body.url", "must begin with https://", "url_scheme")
    try:
        await require_outer(url)
    except InnerAddressError:
        raise ValidationError.at("body.url", "must not lead to an inner address", "inner_address") from None


async def change(uow: UnitOfWork, endpoint_id: UUID, patch: WebhookEndpointPatch) -> WebhookEndpointView:
    """Change what an endpoint hears of, or take up a disabled one again.

    Raises:
        NotFoundError: `not_found`.
        ValidationError: A field is null.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    wanted = patch.model_dump(exclude_unset=True)
    for name, value in wanted.items():
        if value is None:
            raise ValidationError.at(f"body.{name}", "must not be null", "null")
    endpoint = await uow.endpoints.lock(endpoint_id)
    before = _view(endpoint, uow.now).model_dump(mode="json")
    _apply(uow, endpoint, wanted)
    view = _view(await uow.endpoints.add(endpoint), uow.now)
    await uow.audit("webhook_endpoint:update", _target(endpoint), before, view.model_dump(mode="json"))
    return view


def _apply(uow: UnitOfWork, endpoint: WebhookEndpoint, wanted: dict[str, Any]) -> None:
    if "events" in wanted:
        endpoint.events = sorted(set(wanted["events"]))
    endpoint.description = wanted.get("description", endpoint.description)
    status = wanted.get("status", endpoint.status)
    if status != endpoint.status:
        disabled = status == EndpointStatus.DISABLED
        endpoint.status = status
        endpoint.disabled_at = uow.now if disabled else None
        endpoint.disabled_reason = "By an administrator." if disabled else None
    endpoint.updated_at = uow.now


async def delete(uow: UnitOfWork, endpoint_id: UUID) -> None:
    """Delete an endpoint with its deliveries; what was due is not sent any more.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    endpoint = await uow.endpoints.lock(endpoint_id)
    before = _view(endpoint, uow.now).model_dump(mode="json")
    await uow.audit("webhook_endpoint:delete", _target(endpoint), before)
    await uow.endpoints.remove(endpoint)


async def deliveries(
    uow: UnitOfWork, endpoint_id: UUID, request: PageRequest, status: DeliveryStatus | None = None
) -> Page[WebhookDeliveryView]:
    """Return a page of an endpoint's deliveries.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    await uow.endpoints.require(endpoint_id)
    found = await uow.deliveries.of_endpoint(endpoint_id, request, status)
    return Page([WebhookDeliveryView.model_validate(row) for row in found.rows], found.next_cursor, found.total)


async def replay(uow: UnitOfWork, endpoint_id: UUID, delivery_id: UUID) -> WebhookDeliveryView:
    """Have a settled delivery tried anew, from the first try, under the same id; one that is due is tried at once.

    Raises:
        NotFoundError: `not_found`, also for another endpoint's.
        ConflictError: `conflict`: the endpoint is disabled.
    """
    uow.actor.require(Permission.MANAGE_PLATFORM)
    endpoint = await uow.endpoints.require(endpoint_id)
    delivery = await uow.deliveries.lock(delivery_id)
    if delivery.endpoint_id != endpoint_id:
        raise NotFoundError()
    if endpoint.status == EndpointStatus.DISABLED:
        raise ConflictError("The endpoint is disabled; make it active first.")
    delivery.status, delivery.attempts, delivery.error = DeliveryStatus.PENDING, 0, None
    delivery.next_attempt_at = delivery.updated_at = uow.now
    await uow.deliveries.add(delivery)
    await uow.enqueue(DELIVER, delivery_id=delivery_id)
    await uow.audit("webhook_delivery:replay", f"webhook_delivery:{delivery_id}")
    return WebhookDeliveryView.model_validate(delivery)


def _target(endpoint: WebhookEndpoint) -> str:
    return f"webhook_endpoint:{endpoint.id}"
