"""Lucide icons in the house's sizes, the mark, and initials in a circle."""

import reflex as rx

SPEECH = "M4 3h8.2a8.5 8.5 0 0 1 0 17H9.4L4 23.4z"


def icon(name: str, size: int = 16) -> rx.Component:
    """Draw a lucide icon that says nothing to a screen reader; `size` is 12, 14, 16 or 20 px."""
    return rx.icon(name, class_name="i" if size == 16 else f"i i-{size}", custom_attrs={"aria-hidden": "true"})


def mark() -> rx.Component:
    """Draw the product's mark."""
    return rx.el.span(
        rx.el.svg(
            rx.el.path(d=SPEECH, fill="currentColor"),
            rx.el.path(d="M8.2 13.8h7.4", class_name="mark-line"),
            view_box="0 0 24 24",
            custom_attrs={"aria-hidden": "true"},
        ),
        class_name="mark",
    )


def avatar(initials: rx.Var[str] | str, hue: rx.Var[str] | str = "1", size: int = 28) -> rx.Component:
    """Show somebody's initials; `hue` is 1 to 6, `size` 20, 24, 28, 32 or 40 px."""
    return rx.el.span(initials, class_name=f"av av-{hue} av-{size}", custom_attrs={"aria-hidden": "true"})
