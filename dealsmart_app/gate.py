"""The gate: every event over a websocket is a call that anybody can make, so deny by default.

It ties a state tree to the session that filled it. The key of a tree lies in the browser's
storage, survives sign-out and may be stolen; the cookie is what proves who is asking.
"""

import reflex as rx
from reflex.app import App
from reflex.event import EventSpec
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event

from api.core.logging import request_id_var
from api.services.platform import is_unreachable
from dealsmart_app.refusals import show_refusal
from dealsmart_app.states.base import HubState, door
from dealsmart_app.states.reading import forget_fault, note_fault

FRAMEWORK = "reflex___state____"
UNKNOWN = "who is there"
READERS = frozenset({"load", "arrive", "show", "go"})
GUARD = f"{HubState.get_full_name()}.guard"


def is_public(event_name: str) -> bool:
    """Tell whether an event may come from anybody: Reflex's own, and the guard that sends to sign-in."""
    owner = event_name.rpartition(".")[0].rpartition(".")[2]
    return event_name == GUARD or owner.startswith(FRAMEWORK)


def is_reading(event_name: str) -> bool:
    """Tell whether an event only has a page read, which says so itself when it can't."""
    return is_public(event_name) or event_name.rpartition(".")[2] in READERS


class Gate(Middleware):
    """Refuses events of nobody, and empties the tree of anybody who comes with another's.

    While nobody can be told from anybody, the database being away, no event passes, and the page says so.
    """

    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        """Let a public event or a signed-in person's pass; send others to the sign-in page."""
        root = state._get_root_state()
        hub = await root.get_state(HubState)
        try:
            here = await hub.still_here()
        except Exception as error:
            error.add_note(f"request_id={request_id_var.get()}")
            if not is_unreachable(error):
                raise
            note_fault(hub, UNKNOWN, error)
            return await _answer(root, [] if is_reading(event.name) else [show_refusal(error)])
        forget_fault(hub, UNKNOWN)
        return None if here or is_public(event.name) else await _answer(root, [rx.redirect(door(hub))])


async def _answer(root: BaseState, events: list[EventSpec]) -> StateUpdate:
    delta = await root._get_resolved_delta()
    root._clean()
    return StateUpdate(delta=delta, events=Event.from_event_type(events))
