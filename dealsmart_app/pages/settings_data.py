"""The settings' section of all that is held about oneself, and of leaving."""

import reflex as rx

from dealsmart_app.components.account import delete_account, export_data
from dealsmart_app.states.profile import ProfileState
from dealsmart_app.states.security import SecurityState


def data_section() -> rx.Component:
    """Take it along, or have it deleted."""
    username = ProfileState.profile["username"]
    return rx.el.div(
        rx.el.section(
            rx.el.h2("Export"),
            rx.el.p("Everything held about you, by the table that holds it, as one JSON file. No hashes, no secrets."),
            export_data(username=username),
            class_name="form-card",
        ),
        rx.el.section(
            rx.el.h2("Delete your account"),
            delete_account(username=username, has_password=SecurityState.has_password),
            class_name="form-card",
        ),
        class_name="form",
    )
