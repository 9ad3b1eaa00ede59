"""Outgoing webhooks: who wants to hear of which events, and how each delivery went (Standard Webhooks)."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from annotated_types import MaxLen, MinLen
from pydantic import StringConstraints
from sqlalchemy import Column, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from models.base import LONG_TEXT, ONE_LINE, InputModel, TableModel, Timestamp, ViewModel, moment
from models.sealing import sealed_text


class WebhookEventKind(StrEnum):
    """What can be heard of; the announcements of the same names lead here."""

    MESSAGE_CREATED = "message.created"
    MESSAGE_UPDATED = "message.updated"
    DRAFT_UPDATED = "draft.updated"
    CONVERSATION_UPDATED = "conversation.updated"
    CUSTOMER_UPDATED = "customer.updated"


class EndpointStatus(StrEnum):
    """A disabled endpoint gets nothing until it is made active again."""

    ACTIVE = "active"
    DISABLED = "disabled"


class DeliveryStatus(StrEnum):
    """`pending` while a try is due; `failed` once no more tries are made."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookEndpoint(TableModel, table=True):
    """An address of somebody else's that is told of events."""

    __tablename__ = "webhook_endpoints"  # pyright: ignore[reportAssignmentType]

    url: str
    events: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    description: str = ""
    secret: str = sealed_text()
    old_secret: str | None = sealed_text(nullable=True)
    old_secret_until: datetime | None = moment(None)
    status: EndpointStatus = Field(default=EndpointStatus.ACTIVE, sa_type=Text)
    disabled_at: datetime | None = moment(None)
    disabled_reason: str | None = None
    last_success_at: datetime | None = moment(None)


class WebhookDelivery(TableModel, table=True):
    """One event for one endpoint; its id is the `webhook-id` of every try."""

    __tablename__ = "webhook_deliveries"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_deliveries_endpoint", "endpoint_id", "created_at", "id"),
        Index("ix_deliveries_settled", "created_at", postgresql_where=text("status <> 'pending'")),
    )

    endpoint_id: UUID = Field(sa_column=Column(ForeignKey("webhook_endpoints.id", ondelete="CASCADE"), nullable=False))
    event: str
    data: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    status: DeliveryStatus = Field(default=DeliveryStatus.PENDING, sa_type=Text)
    attempts: int = 0
    response_status: int | None = None
    error: str | None = None
    duration_ms: int | None = None
    next_attempt_at: datetime | None = moment(None)
    last_attempt_at: datetime | None = moment(None)
    delivered_at: datetime | None = moment(None)


WebhookUrl = Annotated[str, StringConstraints(min_length=1, max_length=2_000), ONE_LINE]
Events = Annotated[list[WebhookEventKind], MinLen(1), MaxLen(len(WebhookEventKind))]
Description = Annotated[str, StringConstraints(max_length=2_000), LONG_TEXT]


class WebhookEndpointInput(InputModel):
    """Body of POST /webhook-endpoints."""

    url: WebhookUrl
    events: Events
    description: Description = ""


class WebhookEndpointPatch(InputModel):
    """Body of PATCH /webhook-endpoints/{id}; `status: active` takes up a disabled endpoint again."""

    events: Events | None = None
    description: Description | None = None
    status: EndpointStatus | None = None


class WebhookEndpointView(ViewModel):
    """An endpoint without its secret; `old_secret_until` while a former secret signs beside the new one."""

    id: UUID
    url: str
    events: list[WebhookEventKind]
    description: str
    status: EndpointStatus
    disabled_at: Timestamp | None
    disabled_reason: str | None
    old_secret_until: Timestamp | None
    last_success_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp


class NewWebhookEndpointView(WebhookEndpointView):
    """An endpoint with the secret that signs its deliveries, shown once."""

    secret: str


class WebhookDeliveryView(ViewModel):
    """How a delivery went; `data` are the ids that were sent, never contents."""

    id: UUID
    endpoint_id: UUID
    event: str
    data: dict[str, Any]
    status: DeliveryStatus
    attempts: int
    response_status: int | None
    error: str | None
    duration_ms: int | None
    next_attempt_at: Timestamp | None
    last_attempt_at: Timestamp | None
    delivered_at: Timestamp | None
    created_at: Timestamp
