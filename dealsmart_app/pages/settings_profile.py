"""The settings' first section: what others see of oneself, and one's time zone and language."""

from typing import Any

import reflex as rx

from dealsmart_app.components.account import avatar_editor, choices, leave_guard
from dealsmart_app.components.feedback import banner
from dealsmart_app.components.forms import area_field, primary, secondary, text_field
from dealsmart_app.states.profile import ProfileState

STATE = ProfileState


def _bound(name: str) -> dict[str, Any]:
    return {
        "error": STATE.errors[name],
        "value": STATE.form[name],
        "on_change": lambda text: STATE.write(name, text),
    }


def _picture() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Picture"),
        avatar_editor(
            url=STATE.profile["avatar_url"], initials=STATE.profile["initials"], on_done=lambda _: STATE.look()
        ),
        class_name="form-card",
    )


def _person() -> rx.Component:
    return rx.el.section(
        rx.el.h2("You"),
        rx.el.div(
            text_field(
                "Display name",
                "display_name",
                help_text="As colleagues see it",
                required=True,
                **_bound("display_name"),
            ),
            text_field(
                "Username", "username", help_text="3 to 30 letters, digits or _", required=True, **_bound("username")
            ),
            class_name="cols",
        ),
        area_field("About you", "bio", help_text="At most 2,000 characters", **_bound("bio")),
        class_name="form-card",
    )


def _place() -> rx.Component:
    zone = {"list": "zones", "autoComplete": "off"}
    tongue = {"list": "languages", "autoComplete": "off"}
    return rx.el.section(
        rx.el.h2("Time and language"),
        choices(),
        rx.el.div(
            text_field(
                "Time zone",
                "timezone",
                help_text="Such as America/Chicago",
                attributes=zone,
                **_bound("timezone"),
            ),
            text_field(
                "Language",
                "locale",
                help_text="Such as en-US",
                attributes=tongue,
                **_bound("locale"),
            ),
            class_name="cols",
        ),
        class_name="form-card",
    )


def save_bar() -> rx.Component:
    """Show what is not saved yet, once there is something."""
    words = rx.cond(
        STATE.errors.length() > 0,
        rx.el.span("Some fields need another look", class_name="field-error grow"),
        rx.el.span("Unsaved changes", class_name="muted small grow"),
    )
    return rx.cond(
        STATE.dirty,
        rx.el.div(
            words,
            secondary("Discard", on_click=STATE.load),
            primary("Save", on_click=STATE.save, type="button"),
            class_name="save-bar",
            role="status",
        ),
    )


def profile_section() -> rx.Component:
    """A form with a bar to save it."""
    whole = rx.cond(STATE.errors["form"], banner("circle-alert", STATE.errors["form"], tone="danger"))
    return rx.el.div(
        leave_guard(dirty=STATE.dirty), whole, _picture(), _person(), _place(), save_bar(), class_name="form"
    )
