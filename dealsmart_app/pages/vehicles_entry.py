"""The inventory's dialog for one vehicle that is added by hand."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import banner
from dealsmart_app.components.forms import area_field, choice_field, secondary, text_field
from dealsmart_app.components.native import dialog
from dealsmart_app.states.vehicle_entry import VehicleEntryState

ENTRY = VehicleEntryState
STATUS_CHOICES = [("available", "Available"), ("pending", "Pending"), ("sold", "Sold")]
CONDITIONS = [("new", "New"), ("used", "Used"), ("certified", "Certified")]
UNITS = [("mi", "Miles"), ("km", "Kilometres")]


def _error(name: str) -> Any:
    return ENTRY.errors.get(name, "").to(str)


def _pair(*fields: rx.Component) -> rx.Component:
    return rx.el.div(*fields, class_name="cols")


def _fields() -> list[rx.Component]:
    fault = _error("form")
    price = rx.cond(_error("price") != "", _error("price"), _error("price.amount"))
    numbers = {"help_text": "As it stands on the windscreen or in your system", "auto_focus": True}
    return [
        rx.cond(fault != "", banner("circle-alert", fault, tone="danger")),
        _pair(
            text_field("Stock number", "stock_number", error=_error("stock_number"), **numbers),
            text_field("VIN", "vin", error=_error("vin"), help_text="17 characters; empty where there is none yet"),
        ),
        _pair(
            text_field("Year", "year", error=_error("year"), input_mode="numeric"),
            text_field("Make", "make", error=_error("make")),
        ),
        _pair(
            text_field("Model", "model", error=_error("model")),
            text_field("Trim", "trim", error=_error("trim")),
        ),
        _pair(
            choice_field("Condition", "condition", CONDITIONS, default_value="used", error=_error("condition")),
            choice_field("Status", "status", STATUS_CHOICES, default_value="available", error=_error("status")),
        ),
        _pair(
            text_field("Mileage", "mileage", error=_error("mileage"), input_mode="numeric"),
            choice_field("Counted in", "mileage_unit", UNITS, default_value="mi", error=_error("mileage_unit")),
        ),
        text_field(
            f"Price in {ENTRY.currency.upper()}",
            "price",
            help_text="Leave it empty for a price on request",
            error=price,
            input_mode="decimal",
        ),
        area_field("Description", "description", error=_error("description")),
    ]


def entry_dialog() -> rx.Component:
    """Ask for a vehicle."""
    form = rx.el.form(
        rx.el.div(*_fields(), class_name="dialog-body"),
        rx.el.div(
            secondary("Cancel", on_click=ENTRY.ask(False)),
            rx.el.button("Add the vehicle", type="submit", class_name="btn btn-primary"),
            class_name="dialog-foot",
        ),
        on_submit=ENTRY.make,
        no_validate=True,
    )
    return dialog(form, open=ENTRY.asking, title="Add a vehicle", on_close=ENTRY.ask(False))
