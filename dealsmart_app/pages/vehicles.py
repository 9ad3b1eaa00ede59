"""/inventory: the table, the vehicle beside it, the import of a feed."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import badge, banner, empty_state, matched_badge
from dealsmart_app.components.forms import area_field, choice, choice_field, primary, secondary, text_field
from dealsmart_app.components.icons import icon
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago, csv_upload, exact, photo, search_box
from dealsmart_app.components.tables import Column, data_table, facts, pager, side_panel, side_section
from dealsmart_app.pages.shell import PERSON, hub_page
from dealsmart_app.pages.vehicles_entry import CONDITIONS, STATUS_CHOICES, entry_dialog
from dealsmart_app.states.vehicle_entry import VehicleEntryState
from dealsmart_app.states.vehicles import VehicleEditState, VehicleListState
from models.users import Permission

STATUS = {
    "available": ("circle-check", "Available", "success"),
    "pending": ("hourglass", "Pending", "warning"),
    "sold": ("badge-check", "Sold", "neutral"),
}
COLUMNS = (
    Column("Vehicle"),
    Column("Stock", wide_only=True),
    Column("Status"),
    Column("Mileage", sort="mileage", numeric=True, wide_only=True),
    Column("Price", sort="price", numeric=True),
    Column("Updated", sort="updated_at", numeric=True, wide_only=True),
)
LIST, EDIT = VehicleListState, VehicleEditState


def _row(line: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    name = rx.el.button(line["name"], type="button", class_name="row-open trunc", on_click=LIST.open(line["id"]))
    return rx.el.tr(
        rx.el.td(name, rx.el.span(line["trim"], class_name="sub")),
        rx.el.td(rx.el.span(line["stock_number"], class_name="idtag"), class_name="hide-t"),
        rx.el.td(matched_badge(line["status"], STATUS, plain=True)),
        rx.el.td(line["mileage"], class_name="c-num hide-t"),
        rx.el.td(line["price"], class_name="c-num"),
        rx.el.td(ago(line["updated_at"]), class_name="c-num hide-t"),
        custom_attrs={"aria-selected": rx.cond(LIST.chosen["id"] == line["id"], "true", "false")},
    )


def _toolbar() -> rx.Component:
    return rx.el.div(
        search_box(
            value=LIST.query["q"].to(str),
            label="Search the inventory",
            placeholder="Make, model, stock number, VIN",
            on_change=lambda text: LIST.narrow("q", text),
        ),
        choice(
            "Status",
            LIST.query.get("status", "").to(str),
            [("", "Any status"), *STATUS_CHOICES],
            lambda value: LIST.narrow("status", value),
        ),
        rx.cond(LIST.filtered, secondary("Clear", "x", on_click=LIST.clear)),
        class_name="toolbar",
    )


def _report() -> rx.Component:
    report = EDIT.report
    told = f"Imported: {report['created']} new, {report['updated']} changed, {report['unchanged']} unchanged."
    counts = rx.cond(report["none"] == "", told, "Nothing was imported.")
    faults = rx.cond(report["errors"] == "1", "1 fault", f"{report['errors']} faults")
    head = rx.el.p(
        rx.el.span(counts, class_name="strong"),
        rx.cond(report["errors"] != "0", rx.el.span(" ", faults, "; rows with a fault were left out.")),
    )
    lines = rx.cond(
        EDIT.report_lines.length() > 0,
        rx.el.ul(
            rx.foreach(EDIT.report_lines, rx.el.li),
            class_name="report",
            tab_index=0,
            custom_attrs={"aria-label": "Rows with faults"},
        ),
    )
    close = rx.el.button(
        icon("x", 14),
        type="button",
        class_name="tool24",
        title="Dismiss",
        on_click=EDIT.dismiss,
        custom_attrs={"aria-label": "Dismiss"},
    )
    return rx.cond(
        report.length() > 0,
        rx.cond(
            report["refused"] != "",
            banner("circle-alert", rx.el.span(report["refused"], class_name="grow"), close, tone="danger"),
            rx.cond(
                report["none"] != "",
                banner("circle-alert", rx.el.div(head, lines, class_name="grow"), close, tone="danger"),
                banner("file-check", rx.el.div(head, lines, class_name="grow"), close, tone="info"),
            ),
        ),
    )


def _edit_form(car: Any) -> rx.Component:
    errors = EDIT.errors
    return rx.el.form(
        rx.cond(errors["form"], banner("circle-alert", errors["form"], tone="danger")),
        choice_field("Status", "status", STATUS_CHOICES, default_value=car["status"], error=errors["status"]),
        choice_field("Condition", "condition", CONDITIONS, default_value=car["condition"]),
        text_field(
            f"Price in {car['currency'].upper()}",
            "price",
            default_value=car["price_typed"],
            help_text="Leave it empty for a price on request",
            error=rx.cond(errors["price"], errors["price"], errors["price.amount"]),
            input_mode="decimal",
        ),
        text_field(
            "Mileage",
            "mileage",
            default_value=car["mileage_typed"],
            error=errors["mileage"],
            input_mode="numeric",
        ),
        area_field("Description", "description", default_value=car["description"], error=errors["description"]),
        rx.el.div(primary("Save", type="submit"), secondary("Cancel", on_click=EDIT.edit(False)), class_name="row"),
        on_submit=EDIT.save,
        class_name="grid",
    )


def _details(car: Any) -> rx.Component:
    return rx.fragment(
        rx.cond(car["photo"], photo(src=car["photo"], label=car["name"], look="photo")),
        facts(
            ("Price", rx.el.b(car["price"], class_name="strong num")),
            ("Mileage", rx.el.span(car["mileage"], class_name="num")),
            ("Stock", rx.el.span(car["stock_number"], class_name="idtag")),
            ("VIN", rx.el.span(car["vin"], class_name="idtag")),
            ("Body", car["body_style"]),
            ("Colour", car["exterior_color"]),
            ("Interior", car["interior_color"]),
            ("Gearbox", car["transmission"]),
            ("Drive", car["drivetrain"]),
            ("Fuel", car["fuel"]),
            ("Engine", car["engine"]),
            ("Confirmed", exact(car["confirmed_at"])),
        ),
    )


def _side() -> rx.Component:
    car = LIST.chosen
    head = rx.el.div(
        rx.el.h2(car["name"]),
        rx.el.div(car["trim"], class_name="small muted"),
        rx.el.div(matched_badge(car["status"], STATUS), badge("tag", car["condition"].capitalize()), class_name="row"),
        class_name="stack",
    )
    edit = rx.cond(
        PERSON.may(Permission.WRITE_VEHICLES) & ~EDIT.editing,
        rx.el.div(secondary("Edit", "pencil", on_click=EDIT.edit(True)), class_name="side-foot"),
    )
    return side_panel(
        car["name"],
        head,
        side_section(rx.cond(EDIT.editing, _edit_form(car), _details(car))),
        rx.cond(
            (car["description"] != "") & ~EDIT.editing, side_section(rx.el.p(car["description"]), title="Description")
        ),
        rx.cond(car["features"], side_section(rx.el.p(car["features"]), title="Features")),
        edit,
        on_close=[EDIT.edit(False), LIST.open("")],
    )


def _empty() -> rx.Component:
    none = empty_state(
        "car",
        "No vehicles yet",
        "Import your inventory as a CSV file (rows with faults never stop the good ones), or add one vehicle.",
    )
    missed = empty_state(
        "search-x",
        "No vehicle matches",
        "Try fewer words, or take the filters away.",
        secondary("Clear all", on_click=LIST.clear),
    )
    return rx.cond(LIST.filtered, missed, none)


@hub_page("/inventory", "Inventory", Permission.READ_VEHICLES, on_load=[LIST.load])
def inventory_page() -> rx.Component:
    """Every vehicle that a draft may speak of."""
    upload = rx.cond(
        PERSON.may(Permission.WRITE_VEHICLES),
        rx.fragment(
            secondary("Add a vehicle", "plus", on_click=VehicleEntryState.ask(True)),
            csv_upload(action="/api/v1/vehicles/import", label="Import CSV", on_done=EDIT.imported),
        ),
    )
    steps = pager(LIST.words, LIST.query.contains("cursor"), LIST.next_cursor != "", LIST.back, LIST.forward)
    table = data_table(
        "Inventory",
        COLUMNS,
        LIST.rows,
        _row,
        sort=LIST.sort,
        on_sort=LIST.order,
        loaded=LIST.loaded,
        empty=_empty(),
        pager=steps,
    )
    there = LIST.chosen.contains("id")
    return rx.fragment(
        page_head("Inventory", "Overview", upload),
        _toolbar(),
        _report(),
        rx.el.div(table, rx.cond(there, _side()), class_name=rx.cond(there, "split has-side", "split")),
        rx.cond(PERSON.may(Permission.WRITE_VEHICLES), entry_dialog()),
    )
