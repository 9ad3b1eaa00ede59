"""ProfileState: one's own account."""

import reflex as rx

from api.services import users
from dealsmart_app.navigation import INBOX, PROFILE
from dealsmart_app.states.base import HubState
from models.users import Permission, UserView

SHOWN = ("display_name", "username", "email", "created_at", "last_login_at")
EMPTY: dict[str, str] = dict.fromkeys((*SHOWN, "verified", "role"), "")


def shown(user: UserView) -> dict[str, str]:
    """Return what the screens show of a person, as text."""
    plain = user.model_dump(mode="json")
    return {
        **{name: str(plain[name] or "") for name in SHOWN},
        "verified": "yes" if user.email_verified else "no",
        "role": user.role.value.capitalize(),
    }


class ProfileState(HubState):
    """The signed-in person's own record."""

    profile: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: dict(EMPTY))

    @rx.event
    async def load(self) -> None:
        """Read one's own record."""
        self.profile = shown(await self.call(users.read_me))

    @rx.event
    def lead(self) -> object:
        """Send staff to the inbox, everybody else to his profile."""
        staff = Permission.READ_CONVERSATIONS.value in self.permissions
        return rx.redirect(INBOX.route if staff else PROFILE.route, replace=True)
