"""The settings' section of what the bell tells."""

import reflex as rx

from dealsmart_app.components.feedback import empty_state, page_skeleton
from dealsmart_app.components.forms import switch
from dealsmart_app.states.preferences import PreferenceState

STATE = PreferenceState


def _kind(line: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    on = (line["on"] != "").bool()
    return rx.el.li(switch(line["label"], on, STATE.toggle(line["kind"]), line["help"]), class_name="line")


def notifications_section() -> rx.Component:
    """A switch for each kind of notice that one can get."""
    nothing = empty_state("bell-off", "Nothing to choose from", "No notices are sent to your role.")
    lines = rx.cond(STATE.kinds.length() > 0, rx.el.ul(rx.foreach(STATE.kinds, _kind), class_name="lines"), nothing)
    return rx.el.div(
        rx.el.section(
            rx.el.h2("What the bell tells you"),
            rx.el.p("Each change is saved at once."),
            rx.cond(STATE.loaded, lines, page_skeleton()),
            class_name="form-card",
        ),
        class_name="form",
    )
