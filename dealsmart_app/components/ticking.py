"""What a page listens to by itself: a clock that has it read anew, and Escape that ends a selection."""

import reflex as rx
from reflex_base.components.component import Component

from dealsmart_app.components.island import island


class Tick(Component):
    """Nothing to be seen; an event every few seconds, none while the page is hidden."""

    library = island("tick.jsx")
    tag = "Tick"
    seconds: rx.Var[int]
    on_tick: rx.EventHandler[rx.event.no_args_event_spec]


class Unselect(Component):
    """Nothing to be seen; says when a selection ends: with Escape, and when the page comes up anew."""

    library = island("unselect.jsx")
    tag = "Unselect"
    active: rx.Var[bool]
    on_leave: rx.EventHandler[rx.event.no_args_event_spec]


ticking = Tick.create
unselect = Unselect.create
