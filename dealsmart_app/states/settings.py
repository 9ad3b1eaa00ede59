"""SettingsState: which section of the settings is open; the address says it."""

from typing import Any

import reflex as rx

from dealsmart_app.states.api_keys import ApiKeyState
from dealsmart_app.states.base import HubState
from dealsmart_app.states.preferences import PreferenceState
from dealsmart_app.states.profile import ProfileState
from dealsmart_app.states.security import SecurityState
from dealsmart_app.states.sign_ins import SignInListState
from models.users import Permission

LOADS = {
    "profile": [ProfileState.load],
    "security": [ProfileState.load, SecurityState.load],
    "sign-ins": [SignInListState.load],
    "notifications": [PreferenceState.load],
    "api-keys": [ApiKeyState.load],
    "data": [ProfileState.load, SecurityState.load],
}
FIRST, SECURITY = "profile", "security"


class SettingsState(HubState):
    """The open section."""

    tab: rx.Field[str] = rx.field(default="")

    @rx.var
    def must_enroll(self) -> bool:
        """Whether a second factor must be set up before anything else opens."""
        return self.ready and Permission.OWN_ACCOUNT.value not in self.permissions

    @rx.event
    def arrive(self) -> Any:
        """Open the section that the address names."""
        wanted = self.router.url.query_parameters.get("tab", FIRST)
        self.tab = SECURITY if self.must_enroll else wanted if wanted in LOADS else FIRST
        return LOADS[self.tab]
