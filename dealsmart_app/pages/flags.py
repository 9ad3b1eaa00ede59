"""/flags: what can be switched without a release, by whom and until when."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import banner, empty_state, matched_badge
from dealsmart_app.components.forms import area_field, choice, primary, secondary, switch, text_field
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago, day_of, dialog, exact
from dealsmart_app.components.tables import Column, facts, side_panel, side_section
from dealsmart_app.pages.listing import listing, opener, row_of
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.flags import FlagState
from models.users import Permission

STATES = {
    "on": ("circle-check", "On", "success"),
    "off": ("circle-minus", "Off", "neutral"),
    "expired": ("hourglass", "Expired", "warning"),
}
COLUMNS = (
    Column("Flag", sort="name"),
    Column("State"),
    Column("Owner", wide_only=True),
    Column("Off from", sort="expires_at", numeric=True),
    Column("Changed", sort="updated_at", numeric=True, wide_only=True),
)
STATE = FlagState


def _row(flag: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return row_of(
        STATE,
        flag,
        rx.el.td(opener(STATE, flag, flag["name"], key="name")),
        rx.el.td(matched_badge(flag["state"], STATES, plain=True)),
        rx.el.td(rx.el.span(flag["owner"], class_name="trunc owner-cell"), class_name="hide-t"),
        rx.el.td(day_of(flag["expires_at"]), class_name="c-num"),
        rx.el.td(ago(flag["updated_at"]), class_name="c-num hide-t"),
        key="name",
    )


def _fields(flag: Any = None) -> list[rx.Component]:
    """Make the fields of a flag's form, filled from the flag where there is one."""

    def filled(name: str) -> dict[str, Any]:
        return {} if flag is None else {"default_value": flag[name]}

    wrong = STATE.errors
    day = {"type": "date", **filled("expires_on")}
    return [
        text_field("Owner", "owner", error=wrong["owner"], required=True, max_length=200, **filled("owner")),
        text_field("Off from", "expires_at", help_text="UTC", error=wrong["expires_at"], **day),
        area_field("What it does", "description", error=wrong["description"], max_length=2000, **filled("description")),
        rx.cond(wrong["form"], banner("circle-alert", wrong["form"], tone="danger")),
    ]


def _making() -> rx.Component:
    name = text_field(
        "Name", "name", help_text="Small letters, digits, dots: inbox.new-list", error=STATE.errors["name"]
    )
    form = rx.el.form(
        rx.el.div(
            name,
            *_fields(),
            rx.el.p("Without a day it works for 90 days.", class_name="small"),
            class_name="dialog-body",
        ),
        rx.el.div(
            secondary("Cancel", on_click=STATE.ask(False)),
            primary("Make flag", type="submit"),
            class_name="dialog-foot",
        ),
        on_submit=STATE.make,
        no_validate=True,
    )
    return dialog(form, open=STATE.making, title="New flag", on_close=STATE.ask(False))


def _side() -> rx.Component:
    flag: Any = STATE.chosen
    head = rx.el.div(rx.el.h2(flag["name"]), matched_badge(flag["state"], STATES))
    on = flag["enabled"] == "True"
    expired = banner("hourglass", "Its time is over, so it is off whatever the switch says. Choose a later day.")
    turn = switch("Switched on", on, STATE.switch(flag["name"], ~on))
    form = rx.el.form(
        *_fields(flag),
        secondary("Save", "check", type="submit"),
        on_submit=STATE.save,
        no_validate=True,
        key=flag["name"].to(str) + flag["updated_at"].to(str),
        class_name="side-form form-stretch",
    )
    known = facts(("Works until", exact(flag["expires_at"])), ("Changed", exact(flag["updated_at"])))
    return side_panel(
        flag["name"],
        head,
        side_section(rx.cond(flag["state"] == "expired", expired), turn),
        side_section(known),
        side_section(rx.cond(~STATE.making, form)),
        on_close=STATE.open(""),
    )


def _toolbar() -> rx.Component:
    words = [
        ("", "Any state"),
        ("on", "On"),
        ("off", "Off"),
        ("ending", "Ending within 14 days"),
        ("expired", "Expired"),
    ]
    return rx.el.div(
        choice("State", STATE.query.get("stage", "").to(str), words, lambda value: STATE.narrow("stage", value)),
        rx.cond(STATE.filtered, secondary("Clear", "x", on_click=STATE.clear)),
        class_name="toolbar",
    )


def _empty() -> rx.Component:
    nothing = empty_state(
        "flag",
        "No flags",
        "A flag switches a part of the product on or off without a release.",
        secondary("New flag", "plus", on_click=STATE.ask(True)),
    )
    filtered = empty_state("search-x", "No flag is in this state", None, secondary("Show all", on_click=STATE.clear))
    return rx.cond(STATE.filtered, filtered, nothing)


@hub_page("/flags", "Feature flags", Permission.MANAGE_PLATFORM, on_load=[STATE.load])
def flags_page() -> rx.Component:
    """The feature flags."""
    return rx.fragment(
        page_head("Feature flags", "Developers", primary("New flag", "plus", type="button", on_click=STATE.ask(True))),
        _toolbar(),
        listing("Feature flags", COLUMNS, STATE, _row, empty=_empty(), side=_side(), key="name"),
        _making(),
    )
