"""A row of figures: value, difference to the period before with arrow and words, the curve of its days."""

from typing import Any

import reflex as rx

from dealsmart_app.components.icons import icon
from dealsmart_app.components.native import link

VIEW_BOX = "0 0 160 28"  # what `states.kpis.curve` draws in
Card = rx.vars.ObjectVar[dict[str, str]]


def _change(card: Card) -> rx.Component:
    way = rx.match(
        card["way"],
        ("up", rx.fragment(icon("arrow-up-right", 12), rx.el.span("up ", class_name="sr"))),
        ("down", rx.fragment(icon("arrow-down-right", 12), rx.el.span("down ", class_name="sr"))),
        rx.fragment(),
    )
    return rx.el.span(
        rx.cond(
            card["change"] != "",
            rx.el.span(way, card["change"], class_name="change", data_tone=card["tone"]),
        ),
        rx.el.span(card["before"]),
        class_name="kpi-note kpi-change",
    )


def _card(card: Card) -> rx.Component:
    line = rx.el.svg(
        rx.el.path(d=card["curve"], class_name="spark-line", custom_attrs={"vectorEffect": "non-scaling-stroke"}),
        view_box=VIEW_BOX,
        class_name="spark",
        custom_attrs={"aria-hidden": "true", "preserveAspectRatio": "none"},
    )
    return rx.el.li(
        link(
            rx.el.span(card["label"], class_name="kpi-name"),
            rx.el.span(card["value"], class_name="kpi-value"),
            _change(card),
            line,
            rx.el.span(card["hint"], class_name="kpi-note"),
            href=card["href"],
            class_name="kpi",
        )
    )


def kpi_row(cards: Any, loaded: Any, places: int) -> rx.Component:
    """Show the figures, or their places while they are read."""
    waiting = [rx.el.li(rx.el.div(rx.el.span(class_name="sk"), class_name="kpi")) for _ in range(places)]
    return rx.cond(
        loaded,
        rx.el.ul(rx.foreach(cards, _card), class_name="figures"),
        rx.el.ul(*waiting, class_name="figures", custom_attrs={"aria-busy": "true"}),
    )


def range_choice(chosen: Any, names: dict[str, str], on_choose: Any) -> rx.Component:
    """Show the ranges of time as one row of buttons."""
    buttons = [
        rx.el.button(
            words,
            type="button",
            on_click=on_choose(days),
            custom_attrs={"aria-pressed": rx.cond(chosen == days, "true", "false")},
        )
        for days, words in names.items()
    ]
    return rx.el.div(*buttons, class_name="seg", role="group", custom_attrs={"aria-label": "Range"})
