"""Until when a conversation sleeps: the usual moments, one of one's own, and to wake it."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent

from dealsmart_app.components.icons import icon
from dealsmart_app.components.island import ICONS, island
from dealsmart_app.components.keyboard import hotkey
from dealsmart_app.components.native import opens, popover

SNOOZES = (("hour", "For an hour"), ("tomorrow", "Until tomorrow, 9 AM"), ("monday", "Until Monday, 9 AM"))
Record = rx.vars.ObjectVar[dict[str, Any]]


class SnoozeTo(NoSSRComponent):
    """A date and time of one's own, in the reader's zone; says it as RFC 3339 in UTC."""

    library = island("snooze.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "SnoozeTo"
    name: rx.Var[str]
    on_choose: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def snooze_lines(menu: str, conversation: Record, snooze: Any, more: str = "") -> rx.Component:
    """Make the lines of a menu; `more` is a class of each."""
    hide = {"popoverTarget": menu, "popoverTargetAction": "hide"}

    def line(icon_name: str, label: str, value: str) -> rx.Component:
        return rx.el.button(
            icon(icon_name, 14), label, type="button", on_click=snooze(value), custom_attrs=hide, class_name=more
        )

    return rx.fragment(
        *[line("alarm-clock", label, value) for value, label in SNOOZES],
        rx.el.div(SnoozeTo.create(name=f"{menu}-until", on_choose=snooze), class_name=more),
        rx.cond(conversation["snoozed_until"], line("sun", "Wake now", "")),
    )


def snooze_menu(conversation: Record, snooze: Any) -> rx.Component:
    """Make the header's button and its menu."""
    button = rx.el.button(
        icon("alarm-clock"),
        type="button",
        class_name="btn btn-sm btn-icon hide-m",
        title="Snooze (Z)",
        custom_attrs=hotkey("z", **{"aria-label": "Snooze", **opens("snooze-menu")}),
    )
    lines = snooze_lines("snooze-menu", conversation, snooze)
    return rx.fragment(button, popover("snooze-menu", rx.el.h3("Snooze"), lines, label="Snooze", class_name="menu"))


__all__ = ["SNOOZES", "snooze_lines", "snooze_menu"]
