"""What the dialogs about people share: the fields of a suspension, the last row, the list of consequences."""

from typing import Any

import reflex as rx

from dealsmart_app.components.forms import area_field, secondary
from dealsmart_app.components.icons import icon
from dealsmart_app.components.native import local_end


def suspension_fields(errors: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    """Ask why, and until when."""
    return rx.fragment(
        area_field("Reason", "reason", error=errors.get("reason", "").to(str), max_length=2000),
        local_end(
            label="Until (optional)",
            name="suspended_until",
            always="Without a time it lasts until somebody lifts it.",
            error=errors.get("suspended_until", "").to(str),
        ),
    )


def foot(on_cancel: Any, *buttons: rx.Component) -> rx.Component:
    """Make a dialog's last row; to leave is what Enter does at first."""
    return rx.el.div(secondary("Cancel", on_click=on_cancel, auto_focus=True), *buttons, class_name="dialog-foot")


def consequences(*lines: tuple[str, str]) -> rx.Component:
    """List what happens, each with the name of its icon."""
    return rx.el.ul(*[rx.el.li(icon(look, 14), words) for look, words in lines], class_name="cons")
