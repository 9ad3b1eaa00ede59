"""/dealership: what the dealership says about itself, which drafts may cite."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import banner
from dealsmart_app.components.forms import area_field, icon_button, primary, secondary, switch, text_field
from dealsmart_app.components.layout import page_head
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.dealership import DealershipState
from models.users import Permission

DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
STATE = DealershipState


def _field(label: str, name: str, help_text: str | None = None, **props: Any) -> rx.Component:
    return text_field(
        label,
        name,
        help_text=help_text,
        error=STATE.errors[name],
        value=STATE.form[name],
        on_change=lambda text: STATE.write(name, text),
        **props,
    )


def _card(title: str, text: str, *content: rx.Component) -> rx.Component:
    return rx.el.section(rx.el.h2(title), rx.el.p(text), *content, class_name="form-card")


def _contacts() -> rx.Component:
    return _card(
        "Contacts",
        "How customers reach the house.",
        _field("Name", "name", required=True),
        rx.el.div(
            _field("Phone", "phone", "With country code, or as dialled in its country", type="tel"),
            _field("E-mail", "email", type="email"),
            _field("Website", "website", "Begins with https://"),
            _field("Currency", "currency", "Three letters, such as USD"),
            class_name="cols",
        ),
    )


def _address() -> rx.Component:
    return _card(
        "Address",
        "Where customers come to see a car.",
        _field("Street", "address.street"),
        rx.el.div(
            _field("City", "address.city"),
            _field("State or region", "address.region"),
            _field("Postal code", "address.postal_code"),
            _field("Country", "address.country", "Two letters, such as US"),
            class_name="cols",
        ),
        _field("Time zone", "timezone", "Such as America/Chicago"),
    )


def _hours() -> rx.Component:
    days = [_field(name, f"hours.{day}", placeholder="Closed", input_mode="numeric") for day, name in DAYS.items()]
    return _card(
        "Opening hours",
        "As 09:00-18:00; with a break as 09:00-12:00, 13:00-18:00; empty means closed.",
        rx.el.div(*days, class_name="cols"),
    )


def _policy(policy: rx.vars.ObjectVar[dict[str, str]], index: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        text_field(
            "Topic",
            f"policy-{index}-topic",
            value=policy["topic"],
            on_change=lambda text: STATE.write_policy(index, "topic", text),
        ),
        area_field(
            "Text",
            f"policy-{index}-text",
            value=policy["text"],
            on_change=lambda text: STATE.write_policy(index, "text", text),
        ),
        icon_button("trash-2", "Remove this policy", on_click=STATE.drop_policy(index)),
        class_name="policy",
    )


def _policies() -> rx.Component:
    return _card(
        "Policies",
        "Rules that drafts may quote: returns, warranty, deposits, financing.",
        rx.cond(STATE.errors["policies"], banner("circle-alert", STATE.errors["policies"], tone="danger")),
        rx.foreach(STATE.policies, _policy),
        rx.el.div(secondary("Add a policy", "plus", on_click=STATE.add_policy)),
    )


def _drafts() -> rx.Component:
    return _card(
        "Drafts",
        "A draft never goes out by itself; somebody accepts it.",
        switch(
            "Draft a reply when a customer writes",
            STATE.auto_draft,
            STATE.toggle_auto_draft,
            "Off: drafts are made on request",
        ),
    )


def _save_bar() -> rx.Component:
    wrong = rx.cond(
        STATE.errors.length() > 0,
        rx.el.span("Some fields need another look", class_name="field-error grow"),
        rx.el.span("Unsaved changes", class_name="muted small grow"),
    )
    discard = secondary("Discard", on_click=STATE.load)
    return rx.cond(
        STATE.dirty,
        rx.el.div(
            wrong, discard, primary("Save", on_click=STATE.save, type="button"), class_name="save-bar", role="status"
        ),
    )


@hub_page("/dealership", "Dealership", Permission.WRITE_DEALERSHIP, on_load=[STATE.load])
def dealership_page() -> rx.Component:
    """The record that stands behind hours, address and policies in drafts."""
    whole = rx.cond(STATE.errors["form"], banner("circle-alert", STATE.errors["form"], tone="danger"))
    return rx.fragment(
        page_head("Dealership", "Settings"),
        rx.el.div(whole, _contacts(), _address(), _hours(), _policies(), _drafts(), class_name="form"),
        _save_bar(),
    )
