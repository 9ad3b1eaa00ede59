"""Webhook endpoints and their deliveries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, select, update

from api.core.pagination import Page, PageRequest
from api.repositories.base import Repository
from models.users import Role, User, UserStatus
from models.webhook_endpoints import DeliveryStatus, EndpointStatus, WebhookDelivery, WebhookEndpoint

# by the driver's own way, since nearly every write asks it and most often nobody listens
_LISTENERS = "SELECT id, events FROM webhook_endpoints WHERE status = 'active' AND events && %s::text[]"
HeardEvent = tuple[str, dict[str, Any]]


class EndpointRepository(Repository[WebhookEndpoint]):
    """Who wants to hear of events."""

    model = WebhookEndpoint

    async def listing(self, request: PageRequest, status: EndpointStatus | None) -> Page[WebhookEndpoint]:
        """Return a page of the endpoints, of one status or all."""
        table: Any = WebhookEndpoint
        wanted = select(WebhookEndpoint)
        if status is not None:
            wanted = wanted.where(table.status == status)
        return await self.page(wanted, request, {"created_at": table.created_at}, ["endpoints", status])

    async def active_admins(self) -> Sequence[UUID]:
        """Return who is told of an endpoint that does not work."""
        table: Any = User
        wanted = select(table.id).where(table.role == Role.ADMIN, table.status == UserStatus.ACTIVE)
        return (await self.session.execute(wanted)).scalars().all()

    async def forget_old_secrets(self, now: datetime) -> None:
        """Take the old secrets away that sign no more."""
        table: Any = WebhookEndpoint
        over = update(WebhookEndpoint).where(table.old_secret_until <= now)
        await self.session.execute(over.values(old_secret=None, old_secret_until=None))


class DeliveryRepository(Repository[WebhookDelivery]):
    """One event for one endpoint."""

    model = WebhookDelivery

    async def make(self, events: Sequence[HeardEvent], now: datetime) -> list[UUID]:
        """Insert a delivery for each event and active endpoint that wants it; return their ids."""
        connection = await self.session.connection()
        listeners = (await connection.exec_driver_sql(_LISTENERS, ([kind for kind, _ in events],))).all()
        made = [
            WebhookDelivery(
                endpoint_id=row.id, event=kind, data=data, created_at=now, updated_at=now, next_attempt_at=now
            )
            for kind, data in events
            for row in listeners
            if kind in row.events
        ]
        if made:
            self.session.add_all(made)
            await self.session.flush()
        return [delivery.id for delivery in made]

    async def of_endpoint(
        self, endpoint_id: UUID, request: PageRequest, status: DeliveryStatus | None
    ) -> Page[WebhookDelivery]:
        """Return a page of an endpoint's deliveries."""
        table: Any = WebhookDelivery
        statement: Any = select(WebhookDelivery).where(table.endpoint_id == endpoint_id)
        if status is not None:
            statement = statement.where(table.status == status)
        return await self.page(statement, request, {"created_at": table.created_at}, [endpoint_id, status])

    async def any_taken_since(self, endpoint_id: UUID, moment: datetime) -> bool:
        """Tell whether the endpoint took anything since a moment."""
        table: Any = WebhookDelivery
        taken = (table.endpoint_id == endpoint_id, table.delivered_at >= moment)
        return bool((await self.session.execute(select(exists().where(*taken)))).scalar_one())

    async def purge(self, before: datetime) -> None:
        """Delete what was settled long ago."""
        table: Any = WebhookDelivery
        old = (table.created_at < before, table.status != DeliveryStatus.PENDING)
        await self.session.execute(delete(WebhookDelivery).where(*old))
