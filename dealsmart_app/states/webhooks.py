"""WebhookListState: endpoints and their deliveries; WebhookEditState: what an administrator does with them."""

from typing import Any
from uuid import UUID

import pydantic
import reflex as rx

from api.core.errors import HubError
from api.core.pagination import PageRequest
from api.services import webhook_endpoints
from dealsmart_app.states.base import HubState
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.reading import reading
from dealsmart_app.states.tables import ROWS, TableState, id_of
from models.webhook_endpoints import (
    DeliveryStatus,
    EndpointStatus,
    WebhookDeliveryView,
    WebhookEndpointInput,
    WebhookEndpointPatch,
    WebhookEndpointView,
    WebhookEventKind,
)

EVENTS = tuple(kind.value for kind in WebhookEventKind)
SORTS = ("created_at", "-created_at")
SHOWN = (
    "id",
    "url",
    "description",
    "status",
    "disabled_at",
    "disabled_reason",
    "old_secret_until",
    "last_success_at",
    "created_at",
)


def _row(endpoint: WebhookEndpointView) -> dict[str, str]:
    plain = endpoint.model_dump(mode="json")
    return {**{name: str(plain[name] or "") for name in SHOWN}, "events": ", ".join(plain["events"])}


def answer_of(delivery: WebhookDeliveryView) -> str:
    """Say how the last try of a delivery ended: the answer's status, its time, the fault."""
    parts = [
        str(delivery.response_status) if delivery.response_status else "",
        f"{delivery.duration_ms} ms" if delivery.duration_ms is not None else "",
        delivery.error or "",
    ]
    return " · ".join(part for part in parts if part) or "Not tried yet"


def _delivery(delivery: WebhookDeliveryView) -> dict[str, str]:
    return {
        "id": str(delivery.id),
        "event": delivery.event,
        "status": delivery.status.value,
        "tries": "1 try" if delivery.attempts == 1 else f"{delivery.attempts} tries",
        "answer": answer_of(delivery),
        "at": delivery.model_dump(mode="json")["created_at"],
    }


class WebhookListState(TableState, HubState):
    """A page of endpoints; the open one with its newest deliveries."""

    ROUTE = "/webhooks"
    SORT = "-created_at"
    FILTERS = ("status",)
    NOUN = ("endpoint", "endpoints")

    deliveries: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    more_deliveries: rx.Field[bool] = rx.field(default=False)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read the page that the address names, and the endpoint that it has open."""
        self._arrive()
        sort = self.query.get("sort", "")
        request = PageRequest(sort if sort in SORTS else self.SORT, ROWS, self.query.get("cursor"), include_total=True)
        wanted = self.query.get("status", "")
        status = EndpointStatus(wanted) if wanted in list(EndpointStatus) else None
        page = await self.call(webhook_endpoints.page, request, status)
        self.rows = [_row(endpoint) for endpoint in page.rows]
        self.next_cursor, self.total, self.loaded = page.next_cursor or "", page.total or 0, True
        opened, self.chosen, self.deliveries = id_of(self.query.get("id")), {}, []
        if opened is not None:
            self.chosen = _row(await self.call(webhook_endpoints.read, opened))
            await self._read_deliveries(opened)

    @rx.event
    def show_deliveries(self, status: str) -> Any:
        """Show the open endpoint's deliveries of a status; empty shows all."""
        return self._go({"deliveries": status, "id": self._heading().get("id", "")})

    async def _read_deliveries(self, endpoint_id: UUID) -> None:
        wanted = self.query.get("deliveries", "")
        status = DeliveryStatus(wanted) if wanted in list(DeliveryStatus) else None
        page = await self.call(webhook_endpoints.deliveries, endpoint_id, PageRequest("-created_at", ROWS), status)
        self.deliveries, self.more_deliveries = [_delivery(row) for row in page.rows], page.has_more


class WebhookEditState(HubState):
    """The form of a new endpoint, its secret this once, a new one, the switch, the deletion and the replay."""

    making: rx.Field[bool] = rx.field(default=False)
    deleting: rx.Field[bool] = rx.field(default=False)
    rotating: rx.Field[bool] = rx.field(default=False)
    ending: rx.Field[bool] = rx.field(default=False)
    secret: rx.Field[str] = rx.field(default="")
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    async def _open_id(self) -> UUID:
        return UUID((await self.get_state(WebhookListState)).chosen["id"])

    @rx.event
    def ask(self, wanted: bool) -> None:
        """Open or close the form; closing forgets the secret."""
        self.making, self.secret, self.errors = wanted, "", {}

    @rx.event
    def ask_delete(self, wanted: bool) -> None:
        """Open or close the question before a deletion."""
        self.deleting = wanted

    @rx.event
    def ask_rotate(self, wanted: bool) -> None:
        """Open or close the question before a new secret; closing forgets the secret."""
        self.rotating, self.secret = wanted, ""

    @rx.event
    async def rotate(self) -> Any:
        """Give the open endpoint a new secret and show it; the old one signs beside it for a day."""
        self.secret = (await self.call(webhook_endpoints.rotate_secret, await self._open_id())).secret
        return WebhookListState.load

    @rx.event
    def ask_end(self, wanted: bool) -> None:
        """Open or close the question before the old secret's end."""
        self.ending = wanted

    @rx.event
    async def end_old(self) -> Any:
        """Have the open endpoint's new secret alone sign from now on."""
        await self.call(webhook_endpoints.end_old_secret, await self._open_id())
        self.ending = False
        return [WebhookListState.load, rx.toast.success("The old secret has ended")]

    @rx.event
    async def make(self, form: dict[str, Any]) -> Any:
        """Make an endpoint and show its secret."""
        events = [kind for kind in EVENTS if form.get(kind)]
        if not events:
            self.errors = {"events": "Choose at least one event"}
            return None
        try:
            wanted = {"url": str(form.get("url", "")).strip(), "description": str(form.get("description", ""))}
            given = WebhookEndpointInput.model_validate({**wanted, "events": events})
            made = await self.call(webhook_endpoints.create, given)
        except (HubError, pydantic.ValidationError) as error:
            self.errors = faults_of(error)
            return None
        self.secret, self.errors = made.secret, {}
        return WebhookListState.load

    @rx.event
    async def enable(self, wanted: bool) -> Any:
        """Take the open endpoint up again, or have it told nothing more."""
        status = EndpointStatus.ACTIVE if wanted else EndpointStatus.DISABLED
        await self.call(webhook_endpoints.change, await self._open_id(), WebhookEndpointPatch(status=status))
        return [WebhookListState.load, rx.toast.success("Enabled" if wanted else "Disabled: nothing is sent to it")]

    @rx.event
    async def delete(self) -> Any:
        """Delete the open endpoint with its deliveries."""
        await self.call(webhook_endpoints.delete, await self._open_id())
        self.deleting = False
        return [rx.redirect(WebhookListState.ROUTE), rx.toast.success("Endpoint deleted")]

    @rx.event
    async def replay(self, delivery_id: str) -> Any:
        """Have a delivery tried anew."""
        await self.call(webhook_endpoints.replay, await self._open_id(), UUID(delivery_id))
        return [WebhookListState.load, rx.toast.success("Tried anew")]
