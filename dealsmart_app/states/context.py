"""ContextState: the customer, the vehicles that the thread is about, what was written before."""

from typing import Any
from uuid import UUID

import phonenumbers
import pydantic
import reflex as rx

from api.core.errors import HubError
from api.core.pagination import Page
from api.services import customers, inbox, vehicles
from api.services.unit_of_work import UnitOfWork
from dealsmart_app.states.base import HubState
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.lead_words import lead_words
from dealsmart_app.states.reading import reading
from dealsmart_app.states.sources import mileage_words, vehicle_name
from dealsmart_app.states.thread import ThreadState
from dealsmart_app.states.vehicles import price_words
from models.customers import CustomerPatch
from models.inbox import InboxQuery
from models.vehicles import VehicleStatus, VehicleView

PREVIOUS = 6
VEHICLES = 3
NOTHING_TOLD = {"phone": "", **lead_words({})}
FIELDS = ("name", "phone", "email", "language")


async def _previous(uow: UnitOfWork, customer_id: UUID) -> Page[dict[str, Any]]:
    query = InboxQuery(customer_id=customer_id, snoozed=True, limit=PREVIOUS)
    return await inbox.inbox(uow.database, uow.actor, query)


def phone_words(number: str | None) -> str:
    """Write an E.164 number in the groups of its country (+1 206-555-0161); what is none as it is kept."""
    try:
        read = phonenumbers.parse(number or "")
    except phonenumbers.NumberParseException:
        return number or ""
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _is(wanted: dict[str, Any], vehicle: VehicleView) -> bool:
    """Tell whether a lead's vehicle is this one: by its stock number, else by year, make and model."""
    if (wanted.get("stock") or "").casefold() == vehicle.stock_number.casefold():
        return True
    names = [str(wanted.get(name) or "").casefold() for name in ("make", "model")]
    return wanted.get("year") == vehicle.year and names == [vehicle.make.casefold(), vehicle.model.casefold()]


def _vehicle(plain: dict[str, Any], wanted: list[dict[str, Any]]) -> dict[str, str]:
    vehicle = VehicleView.model_validate(plain)
    return {
        "id": str(vehicle.id),
        "name": vehicle_name(vehicle),
        "price": price_words(vehicle.price),
        "stock_number": vehicle.stock_number,
        "mileage": mileage_words(vehicle) or "Not known",
        "status": vehicle.status.value,
        "confirmed_at": plain["confirmed_at"],
        "similar": "yes" if wanted and not any(_is(one, vehicle) for one in wanted) else "",
        "photo": vehicle.photo_urls[0] if vehicle.photo_urls else "",
    }


def _line(row: dict[str, Any]) -> dict[str, str]:
    return {
        "id": str(row["id"]),
        "subject": row["subject"] or (row["last_message"] or {}).get("preview", "") or "No message yet",
        "status": row["status"],
        "owner": (row["assigned_to"] or {}).get("display_name", "Nobody"),
        "at": str(row["last_message_at"]),
    }


class ContextState(HubState):
    """What stands beside the thread; read once a conversation and after each change of the customer."""

    shown_for: rx.Field[str] = rx.field(default="")
    vehicles: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    previous: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    told: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: dict(NOTHING_TOLD))
    editing: rx.Field[bool] = rx.field(default=False)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @reading
    async def show(self, _: str = "") -> None:
        """Read what belongs to the open conversation."""
        thread = await self.get_state(ThreadState)
        if not thread.conversation:
            self.shown_for, self.vehicles, self.previous = "", [], []
            return
        if self.shown_for != thread.wanted:
            await self._read(thread)

    @rx.event
    def edit(self) -> None:
        """Open the customer's form."""
        self.editing, self.errors = True, {}

    @rx.event
    def close(self) -> None:
        """Close the customer's form."""
        self.editing = False

    @rx.event
    async def save(self, form: dict[str, Any]) -> None:
        """Change the customer's particulars; a field that is wrong keeps the form open and says why."""
        thread = await self.get_state(ThreadState)
        typed = {name: form.get(name, "").strip() or None for name in FIELDS}
        try:
            patch = CustomerPatch.model_validate({**typed, "do_not_contact": bool(form.get("do_not_contact"))})
            customer = await self.call(customers.change, UUID(thread.conversation["customer"]["id"]), patch)
        except (HubError, pydantic.ValidationError) as error:
            self.errors = faults_of(error)
            return
        thread.conversation = {**thread.conversation, "customer": customer.model_dump(mode="json")}
        self.told = {**self.told, "phone": phone_words(customer.phone)}
        self.editing = False

    async def _read(self, thread: ThreadState) -> None:
        said = [thread.conversation["subject"], *(message["content"] for message in thread.messages)]
        found = await self.call(vehicles.about, said, VEHICLES)
        before = await self.call(_previous, UUID(thread.conversation["customer"]["id"]))
        metadata = thread.conversation["metadata"]
        lead = metadata if metadata.get("format") == "adf" else {}
        wanted = [one for one in lead.get("vehicles", ()) if isinstance(one, dict)]
        shown = [_vehicle(vehicle, wanted) for vehicle in found]
        self.vehicles = [one for one in shown if not (one["similar"] and one["status"] == VehicleStatus.SOLD)]
        self.told = {"phone": phone_words(thread.conversation["customer"]["phone"]), **lead_words(metadata)}
        self.previous = [_line(row) for row in before.rows if str(row["id"]) != thread.wanted]
        self.shown_for = thread.wanted
