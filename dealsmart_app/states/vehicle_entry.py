"""VehicleEntryState: one vehicle taken into the inventory by hand."""

from decimal import InvalidOperation
from typing import Any

import pydantic
import reflex as rx

from api.core.errors import HubError, NotFoundError
from api.services import dealership, vehicles
from dealsmart_app.states.base import HubState
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.vehicles import NO_PRICE, VehicleEditState, VehicleListState, minor_units, whole_number
from models.vehicles import VehicleInput

TEXTS = ("stock_number", "vin", "make", "model", "trim", "condition", "status", "mileage_unit", "description")
USUAL_CURRENCY = "usd"


def vehicle_of(form: dict[str, Any], currency: str) -> VehicleInput:
    """Read a vehicle from a form; what was left empty is not known.

    Raises:
        InvalidOperation: The price is no number.
        pydantic.ValidationError: It is no vehicle.
    """
    typed = {name: str(form.get(name, "")).strip() for name in (*TEXTS, "year", "mileage", "price")}
    amount = minor_units(typed["price"], currency)
    given: dict[str, Any] = {name: typed[name] for name in TEXTS if typed[name]}
    given |= {name: whole_number(typed[name]) for name in ("year", "mileage") if typed[name]}
    given |= {"price": {"amount": amount, "currency": currency}} if amount is not None else {}
    return VehicleInput.model_validate(given)


class VehicleEntryState(HubState):
    """The form of a vehicle that is not in the inventory yet."""

    asking: rx.Field[bool] = rx.field(default=False)
    currency: rx.Field[str] = rx.field(default=USUAL_CURRENCY)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    async def ask(self, wanted: bool) -> Any:
        """Open or close the form; prices are in the dealership's currency."""
        self.asking, self.errors = wanted, {}
        if not wanted:
            return None
        try:
            self.currency = (await self.call(dealership.read)).currency
        except NotFoundError:
            self.currency = USUAL_CURRENCY
        return VehicleEditState.edit(False)

    @rx.event
    async def make(self, form: dict[str, Any]) -> Any:
        """Take the form's vehicle into the inventory and open it; faults are shown at their fields."""
        try:
            made = await self.call(vehicles.create, vehicle_of(form, self.currency))
        except InvalidOperation:
            self.errors = {"price": NO_PRICE}
            return None
        except (HubError, pydantic.ValidationError) as error:
            self.errors = faults_of(error)
            return None
        self.asking, self.errors = False, {}
        return [rx.redirect(f"{VehicleListState.ROUTE}?id={made.id}"), rx.toast.success("Added to the inventory")]
