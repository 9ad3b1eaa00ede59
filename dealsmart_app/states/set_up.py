"""SetUpState: the first steps of an empty house; DemonstrationState: the invented one that can be looked at instead."""

from typing import Any

import reflex as rx

from api.services import set_up
from api.services.demonstration import DEMO_PASSWORD
from api.services.house import house
from dealsmart_app.states.base import HubState
from dealsmart_app.states.inbox import InboxState
from dealsmart_app.states.reading import reading

DONE = f"The demonstration dealership is in. Its people sign in with {DEMO_PASSWORD}."


class SetUpState(HubState):
    """What of the set-up is done; `fresh` while the house has had no conversation yet."""

    fresh: rx.Field[bool] = rx.field(default=False)
    channel: rx.Field[bool] = rx.field(default=False)
    inventory: rx.Field[bool] = rx.field(default=False)
    team: rx.Field[bool] = rx.field(default=False)
    may_load_demo: rx.Field[bool] = rx.field(default=False)

    @rx.event
    @reading
    async def show(self) -> None:
        """Read how far it has come; a house with conversations is not asked after again."""
        view = await set_up.progress(house(), await self.actor())
        self.fresh = not view.conversations
        self.channel, self.inventory, self.team = view.channel, view.inventory, view.team
        self.may_load_demo = view.may_load_demo


class DemonstrationState(HubState):
    """The question whether to load the demonstration, and the loading."""

    asking: rx.Field[bool] = rx.field(default=False)

    @rx.event
    def ask(self, wanted: bool) -> None:
        """Open or close the question."""
        self.asking = wanted

    @rx.event
    async def load(self) -> Any:
        """Fill the house, and show it."""
        self.asking = False
        loaded = await set_up.load_demonstration(house(), await self.actor())
        told = rx.toast.success(DONE) if loaded else rx.toast.info("There is something in the house already.")
        return [SetUpState.show, InboxState.arrive, told]
