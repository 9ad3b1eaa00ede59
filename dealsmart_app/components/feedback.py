"""Status badges, banners, skeletons, empty and refused states."""

from collections.abc import Mapping
from typing import Any, Literal

import reflex as rx

from dealsmart_app.components.icons import icon

Tone = Literal["neutral", "success", "warning", "danger", "info"]


def badge(icon_name: str, text: Any, tone: str = "neutral", *, plain: bool = False) -> rx.Component:
    """Show a status: always an icon and a word."""
    names = ["st", f"st-{tone}", "st-plain" if plain else ""]
    return rx.el.span(icon(icon_name, 12), text, class_name=" ".join(filter(None, names)))


def matched_badge(value: Any, looks: Mapping[str, tuple[str, str, str]], *, plain: bool = False) -> Any:
    """Show the badge that stands for the value; `looks` gives icon, words and tone by value."""
    badges = [(key, badge(name, text, tone, plain=plain)) for key, (name, text, tone) in looks.items()]
    return rx.match(value, *badges, rx.el.span(value, class_name="st"))


def banner(icon_name: str, *content: Any, tone: Tone = "warning") -> rx.Component:
    """Say something about the whole page or form, above it."""
    return rx.el.div(
        icon(icon_name), *content, class_name=f"banner banner-{tone}", role="alert" if tone == "danger" else "status"
    )


def empty_state(icon_name: str, title: Any, text: Any, *actions: rx.Component, alone: bool = False) -> rx.Component:
    """Say why there is nothing, and what can be done; `alone` on its page, its title is the page's."""
    return rx.el.div(
        icon(icon_name, 20),
        rx.el.h1(title) if alone else rx.el.h2(title),
        rx.fragment() if text is None else rx.el.p(text),
        rx.el.div(*actions, class_name="acts") if actions else rx.fragment(),
        class_name="empty",
    )


def page_skeleton() -> rx.Component:
    """Hold the place of a page until it is known who is there; shows after 150 ms."""
    return rx.el.div(
        rx.el.span("Loading", class_name="sr"),
        *[rx.el.span(class_name=f"sk sk-{width}") for width in ("title", "wide", "wide", "half")],
        class_name="page-sk",
        role="status",
    )


def skeleton_rows(columns: int, rows: int = 8) -> list[rx.Component]:
    """Hold the place of a table's rows, as high as they will be."""
    return [
        rx.el.tr(*[rx.el.td(rx.el.span(class_name="sk")) for _ in range(columns)], class_name="sk-row")
        for _ in range(rows)
    ]
