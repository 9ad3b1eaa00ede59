"""The gate: every event over a websocket is a call that anybody can make, so deny by default.

It ties a state tree to the session that filled it. The key of a tree lies in the browser's
storage, survives sign-out and may be stolen; the cookie is what proves who is asking.
"""

import reflex as rx
from reflex.app import App
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event

from dealsmart_app.states.base import HubState, door

FRAMEWORK = "reflex___state____"
GUARD = f"{HubState.get_full_name()}.guard"


def is_public(event_name: str) -> bool:
    """Tell whether an event may come from anybody: Reflex's own, and the guard that sends to sign-in."""
    owner = event_name.rpartition(".")[0].rpartition(".")[2]
    return event_name == GUARD or owner.startswith(FRAMEWORK)


class Gate(Middleware):
    """Refuses events of nobody, and empties the tree of anybody who comes with another's."""

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let a public event or a signed-in person's pass; send others to the sign-in page."""
        root = state._get_root_state()
        hub = await root.get_state(HubState)
        if await hub.still_here() or is_public(event.name):
            return None
        way_in = door(hub)
        delta = await root._get_resolved_delta()
        root._clean()
        return StateUpdate(delta=delta, events=Event.from_event_type(rx.redirect(way_in)))
