"""The right pane: the customer, the vehicles that the thread is about, what was written before."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import matched_badge
from dealsmart_app.components.forms import text_field
from dealsmart_app.components.icons import icon
from dealsmart_app.components.native import ago, dialog, exact, passed, photo

Record = rx.vars.ObjectVar[dict[str, Any]]
Line = rx.vars.ObjectVar[dict[str, str]]
VEHICLE_STATUS = {
    "available": ("circle-check", "Available", "success"),
    "pending": ("hourglass", "Pending", "warning"),
    "sold": ("circle-x", "Sold", "neutral"),
}
STATUS = {
    "open": ("circle-dot", "Open", "info"),
    "pending": ("hourglass", "Waiting", "info"),
    "resolved": ("circle-check", "Resolved", "success"),
}


def _fact(label: str, value: Any, *, there: Any = True, kind: str = "") -> rx.Component:
    return rx.fragment(
        rx.el.dt(label), rx.el.dd(rx.cond(there, value, rx.el.span("Not known", class_name="muted")), class_name=kind)
    )


def _told(label: str, words: Any) -> rx.Component:
    return rx.cond(words != "", _fact(label, words, kind="wrap"))


def _customer(customer: Record, edit: Any, told: Line) -> rx.Component:
    contact = rx.cond(
        customer["do_not_contact"].to(bool),
        rx.el.span(icon("ban", 12), "Do not contact", class_name="st st-danger"),
        rx.el.span(icon("check", 12), "May be contacted", class_name="st st-plain"),
    )
    phone, email = customer["phone"].to(str), customer["email"].to(str)
    return rx.el.section(
        rx.el.div(
            rx.el.h2(customer["name"].to(str), class_name="grow wrap"),
            rx.el.button(
                icon("pencil", 14),
                type="button",
                class_name="btn btn-ghost btn-sm btn-icon",
                title="Edit customer",
                on_click=edit,
                custom_attrs={"aria-label": "Edit customer"},
            ),
            class_name="row",
        ),
        rx.el.dl(
            _fact("Phone", rx.el.a(told["phone"], href="tel:" + phone), there=customer["phone"], kind="num"),
            _fact("E-mail", rx.el.a(email, href="mailto:" + email), there=customer["email"], kind="trunc"),
            _fact("Language", customer["language"].to(str), there=customer["language"]),
            _fact("Contact", contact),
            _told("Reach", told["reached"]),
            _fact("Since", exact(customer["created_at"].to(str))),
            class_name="kv",
        ),
        class_name="sec sec-first",
    )


def _section(icon_name: str, title: str, *content: Any, count: Any = "") -> rx.Component:
    head = rx.el.summary(
        icon(icon_name),
        title,
        rx.el.span(count, class_name="muted num count-text"),
        rx.el.span(icon("chevron-right", 14), class_name="chev"),
    )
    return rx.el.details(head, *content, class_name="sec", open=True)


def _vehicle(vehicle: Line) -> rx.Component:
    return rx.el.article(
        rx.cond(vehicle["photo"] != "", rx.el.div(photo(src=vehicle["photo"]), class_name="ph")),
        rx.el.div(
            rx.el.a(
                vehicle["name"],
                href="/inventory?id=" + vehicle["id"],
                class_name="strong grow wrap",
            ),
            rx.el.b(vehicle["price"], class_name="strong num nowrap"),
            class_name="row veh-name",
        ),
        rx.el.dl(
            rx.cond(vehicle["similar"] != "", _fact("Match", "Similar in stock")),
            _fact("Status", matched_badge(vehicle["status"], VEHICLE_STATUS, plain=True)),
            _fact("Stock", vehicle["stock_number"], kind="num"),
            _fact("Mileage", vehicle["mileage"], kind="num"),
            _fact("Confirmed", passed(vehicle["confirmed_at"])),
            class_name="kv",
        ),
        class_name="veh",
    )


def _previous(line: Line) -> rx.Component:
    return rx.el.li(
        rx.el.a(line["subject"], href="/inbox?view=open&id=" + line["id"], class_name="trunc strong"),
        rx.el.span(ago(line["at"]), class_name="small muted"),
        rx.el.span(line["owner"], class_name="small muted trunc"),
        matched_badge(line["status"], STATUS, plain=True),
    )


def context_panel(
    conversation: Record,
    vehicles: rx.vars.ArrayVar[Any],
    previous: rx.vars.ArrayVar[Any],
    edit: Any,
    told: Line,
) -> rx.Component:
    """Show what is known beside the thread; `told` is the phone as it is read, and what a lead told."""
    close = rx.el.button(
        icon("x"),
        type="button",
        class_name="btn btn-ghost btn-sm btn-icon ctx-close",
        custom_attrs={"aria-label": "Close", "data-pane-button": "context"},
    )
    no_vehicle = rx.el.p("None was named in this thread.", class_name="muted")
    first = rx.el.p("This is the first conversation.", class_name="muted")
    resolution = rx.cond(
        conversation["resolution"],
        _section("circle-check", "Resolution", rx.el.p(conversation["resolution"].to(str), class_name="pre")),
    )
    return rx.el.aside(
        close,
        _customer(conversation["customer"].to(dict), edit, told),
        resolution,
        _section(
            "car",
            "Vehicles of interest",
            rx.cond(
                told["asked"] != "",
                rx.el.p(rx.el.b("Asked for: ", class_name="strong"), told["asked"], class_name="asked"),
            ),
            rx.cond(
                (told["trade_in"] + told["paying"] + told["timeframe"]) != "",
                rx.el.dl(
                    _told("Trade-in", told["trade_in"]),
                    _told("Paying", told["paying"]),
                    _told("When", told["timeframe"]),
                    class_name="kv",
                ),
            ),
            rx.cond(vehicles.length() > 0, rx.el.div(rx.foreach(vehicles, _vehicle), class_name="vehs"), no_vehicle),
        ),
        _section(
            "history",
            "Previous conversations",
            rx.cond(previous.length() > 0, rx.el.ul(rx.foreach(previous, _previous), class_name="prev"), first),
            count=rx.cond(previous.length() > 0, previous.length().to_string(), ""),
        ),
        _section(
            "info",
            "Conversation",
            rx.el.dl(
                _fact("Channel", rx.match(conversation["source"], *CHANNELS, conversation["source"].to(str))),
                rx.cond(told["asked_at"] != "", _fact("Asked", exact(told["asked_at"]))),
                _fact("Opened", exact(conversation["created_at"].to(str))),
                class_name="kv",
            ),
        ),
        class_name="ctx",
        tab_index=-1,
        custom_attrs={"aria-label": "Customer and vehicles", "data-pane-body": "context"},
    )


CHANNELS = (
    ("web", "Web chat"),
    ("email", "E-mail"),
    ("sms", "SMS"),
    ("phone", "Phone"),
    ("walk_in", "Walk-in"),
    ("api", "API"),
)


def customer_dialog(
    customer: Record, faults: rx.vars.ObjectVar[dict[str, str]], *, is_open: Any, close: Any, save: Any
) -> rx.Component:
    """Make the form of the customer's particulars."""
    fields = (("Name", "name", 200), ("Phone", "phone", 50), ("E-mail", "email", 320), ("Language", "language", 35))
    inputs = [
        text_field(
            label,
            name,
            error=faults.get(name, ""),
            default_value=rx.cond(customer[name], customer[name].to(str), ""),
            max_length=longest,
        )
        for label, name, longest in fields
    ]
    contact = rx.el.label(
        rx.el.input(
            type="checkbox",
            name="do_not_contact",
            class_name="check",
            default_checked=customer["do_not_contact"].to(bool),
        ),
        "Does not want to be contacted",
        class_name="row",
    )
    form = rx.el.form(
        rx.el.div(
            rx.cond(faults.contains("form"), rx.el.p(faults.get("form", ""), class_name="field-error", role="alert")),
            *inputs,
            contact,
            class_name="dialog-body",
        ),
        rx.el.div(
            rx.el.button("Cancel", type="button", class_name="btn", on_click=close),
            rx.el.button("Save", type="submit", class_name="btn btn-primary"),
            class_name="dialog-foot",
        ),
        on_submit=save,
    )
    return dialog(form, open=is_open, title="Customer", on_close=close)
