"""A clock within a page: it has what is shown read anew while somebody looks."""

import reflex as rx
from reflex_base.components.component import Component

from dealsmart_app.components.island import island


class Tick(Component):
    """Nothing to be seen; an event every few seconds, none while the page is hidden."""

    library = island("tick.jsx")
    tag = "Tick"
    seconds: rx.Var[int]
    on_tick: rx.EventHandler[rx.event.no_args_event_spec]


ticking = Tick.create
