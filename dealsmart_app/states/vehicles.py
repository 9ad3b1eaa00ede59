"""VehicleListState and VehicleEditState: the inventory's table, the vehicle beside it, the feed's import."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import pydantic
import reflex as rx

from api.core.errors import HubError
from api.services import vehicles
from dealsmart_app.states.base import HubState
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.reading import reading
from dealsmart_app.states.tables import ROWS, TableState, id_of, query_of
from models.base import Money
from models.codes import minor_digits
from models.vehicles import VehiclePatch, VehicleView

SIGNS = {"usd": "$", "cad": "CA$", "eur": "€", "gbp": "£"}
SHOWN_ERRORS = 100
NO_PRICE = "Write a number such as 29,100"
DETAILS = ("body_style", "exterior_color", "interior_color", "transmission", "drivetrain", "fuel", "engine")


def price_words(price: Money | None) -> str:
    """Return a price as people write it, such as $29,100; `On request` without one."""
    if price is None:
        return "On request"
    amount = Decimal(price.amount).scaleb(-minor_digits(price.currency))
    plain = f"{amount:,.0f}" if amount == amount.to_integral() else f"{amount:,.2f}"
    sign = SIGNS.get(price.currency)
    return f"{sign}{plain}" if sign else f"{plain} {price.currency.upper()}"


def minor_units(text: str, currency: str) -> int | None:
    """Return a typed price in minor units; None for an empty one.

    Raises:
        InvalidOperation: It is not a number.
    """
    digits = text.replace(",", "").replace("$", "").strip()
    if not digits:
        return None
    amount = Decimal(digits).scaleb(minor_digits(currency))
    if not amount.is_finite():
        raise InvalidOperation
    return int(amount)


def whole_number(text: str) -> int | str:
    """Return a typed count such as `88,000`; what is none comes back as it is, for the model to refuse."""
    digits = text.replace(",", "").replace(" ", "")
    return int(digits) if digits.isdecimal() else text


def _line(fault: dict[str, Any]) -> str:
    """Write one fault; row 0 is the header, of which a fault may mean the whole file."""
    if fault["row"]:
        return f"Row {fault['row']}, {fault['field']}: {fault['message']}"
    return (
        f"The file: {fault['message']}" if fault["field"] == "row" else f"Header, {fault['field']}: {fault['message']}"
    )


def report_lines(errors: list[dict[str, Any]]) -> list[str]:
    """Return an import's faults in words, at most `SHOWN_ERRORS` and one more line that says how many were left out."""
    lines = [_line(fault) for fault in errors[:SHOWN_ERRORS]]
    hidden = len(errors) - SHOWN_ERRORS
    return [*lines, f"And {hidden:,} more: mend these, then import the file again"] if hidden > 0 else lines


def _row(vehicle: VehicleView) -> dict[str, str]:
    plain = vehicle.model_dump(mode="json")
    kept = ("id", "stock_number", "vin", "trim", "condition", "status", "description", "updated_at", "confirmed_at")
    return {
        **{name: str(plain[name] or "") for name in (*kept, *DETAILS)},
        "name": " ".join(str(part) for part in (vehicle.year, vehicle.make, vehicle.model) if part),
        "price": price_words(vehicle.price),
        "price_typed": price_words(vehicle.price).lstrip("$€£CA") if vehicle.price else "",
        "currency": vehicle.price.currency if vehicle.price else "usd",
        "mileage": f"{vehicle.mileage:,} {vehicle.mileage_unit.value}" if vehicle.mileage is not None else "–",
        "mileage_typed": f"{vehicle.mileage:,}" if vehicle.mileage is not None else "",
        "photo": vehicle.photo_urls[0] if vehicle.photo_urls else "",
        "features": ", ".join(vehicle.features),
    }


class VehicleListState(TableState, HubState):
    """A page of the inventory; which one stands in the address."""

    ROUTE = "/inventory"
    SORT = "-updated_at"
    FILTERS = ("q", "status", "make", "model", "year")
    NOUN = ("vehicle", "vehicles")

    @rx.event
    @reading
    async def load(self) -> None:
        """Read the page that the address names, and the vehicle that it has open."""
        self._arrive()
        wanted = query_of(vehicles.VehicleQuery, self.query, limit=ROWS, include_total=True)
        page = await self.call(vehicles.page, wanted)
        self.rows = [_row(row) for row in page.rows]
        self.next_cursor, self.total, self.loaded = page.next_cursor or "", page.total or 0, True
        opened, self.chosen = id_of(self.query.get("id")), {}
        if opened is not None:
            self.chosen = _row(await self.call(vehicles.read, opened))


class VehicleEditState(HubState):
    """The form of the vehicle that is open, and the report of the last import."""

    editing: rx.Field[bool] = rx.field(default=False)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    report: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    report_lines: rx.Field[list[str]] = rx.field(default_factory=list)

    @rx.event
    def edit(self, wanted: bool) -> None:
        """Open or close the form."""
        self.editing, self.errors = wanted, {}

    @rx.event
    async def save(self, form: dict[str, Any]) -> Any:
        """Save what the form says; faults are shown at their fields."""
        listing = await self.get_state(VehicleListState)
        try:
            patch = _patch(form, listing.chosen.get("currency", "usd"))
            await self.call(vehicles.change, UUID(listing.chosen["id"]), patch)
        except InvalidOperation:
            self.errors = {"price": NO_PRICE}
            return None
        except (HubError, pydantic.ValidationError) as error:
            self.errors = faults_of(error)
            return None
        self.editing, self.errors = False, {}
        return [VehicleListState.load, rx.toast.success("Saved")]

    @rx.event
    def imported(self, status: int, answer: dict[str, Any]) -> Any:
        """Show what the API says of the file, and the list anew."""
        counted = answer.get("data", {})
        errors = counted.get("errors", [])
        keys = ("created", "updated", "unchanged")
        empty = {"errors": f"{len(errors):,}", "refused": "", "none": ""}
        self.report = (
            {**empty, **{key: f"{counted[key]:,}" for key in keys}, "none": "" if any(map(counted.get, keys)) else "1"}
            if status == 200
            else {**empty, "refused": str(answer.get("detail", "")) or "The file was refused."}
        )
        self.report_lines = report_lines(errors)
        return VehicleListState.load

    @rx.event
    def dismiss(self) -> None:
        """Put the report away."""
        self.report, self.report_lines = {}, []


def _patch(form: dict[str, Any], currency: str) -> VehiclePatch:
    typed = {
        name: str(form.get(name, "")).strip() for name in ("price", "mileage", "description", "status", "condition")
    }
    amount = minor_units(typed["price"], currency)
    return VehiclePatch.model_validate(
        {
            "status": typed["status"],
            "condition": typed["condition"],
            "price": {"amount": amount, "currency": currency} if amount is not None else None,
            "mileage": whole_number(typed["mileage"]) if typed["mileage"] else None,
            "description": typed["description"] or None,
        }
    )
