"""What the dialogs about people share: the fields of a suspension."""

import reflex as rx

from dealsmart_app.components.forms import area_field
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
