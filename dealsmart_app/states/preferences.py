"""PreferenceState: of what one wants to be told."""

from typing import Any

import reflex as rx

from api.services import users
from dealsmart_app.states.base import HubState
from dealsmart_app.states.reading import reading
from models.users import Permission, ProfilePatch

# each kind of notice that there is, with its words and who can get it
KINDS = (
    (
        "conversation.assigned",
        "A conversation is assigned to you",
        "By a colleague; not when you take one yourself",
        Permission.READ_CONVERSATIONS,
    ),
    (
        "message.received",
        "A customer of yours writes",
        "In a conversation that is assigned to you",
        Permission.READ_CONVERSATIONS,
    ),
    (
        "webhook_endpoint.disabled",
        "A webhook is switched off",
        "After it failed too often",
        Permission.MANAGE_PLATFORM,
    ),
    (
        "user.deletion",
        "An account is to be deleted",
        "An administrator asks for it, declines what you asked for, or did it alone",
        Permission.MANAGE_USERS,
    ),
)


class PreferenceState(HubState):
    """The kinds of notices that one can get, each on or off; on, unless somebody said otherwise."""

    kinds: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    loaded: rx.Field[bool] = rx.field(default=False)
    _told: dict[str, bool] = {}  # noqa: RUF012

    @rx.event
    @reading
    async def load(self) -> None:
        """Read them."""
        self._show((await self.call(users.read_me)).notification_preferences)

    def _show(self, told: dict[str, bool]) -> None:
        self._told = dict(told)
        self.kinds = [
            {"kind": kind, "label": label, "help": help_text, "on": "yes" if told.get(kind, True) else ""}
            for kind, label, help_text, permission in KINDS
            if permission.value in self.permissions
        ]
        self.loaded = True

    @rx.event
    async def toggle(self, kind: str) -> Any:
        """Switch a kind on or off, at once."""
        if all(line["kind"] != kind for line in self.kinds):
            return None
        wanted = not self._told.get(kind, True)
        patch = ProfilePatch(notification_preferences={**self._told, kind: wanted})
        self._show((await self.call(users.change_me, patch)).notification_preferences)
        return rx.toast.success("You will be told" if wanted else "You will not be told")
