"""ProfileState: one's own account at the start page, and the form that changes it."""

from typing import Any

import pydantic
import reflex as rx

from api.core.errors import HubError
from api.services import users, verification
from dealsmart_app.states.base import HubState, initials_of
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.reading import reading
from models.users import AccountView, ProfilePatch

SHOWN = ("display_name", "username", "email", "bio", "avatar_url", "created_at", "last_login_at")
FORM_FIELDS = ("display_name", "username", "bio", "timezone", "locale")
CLEARABLE = ("timezone", "locale")
EMPTY: dict[str, str] = dict.fromkeys((*SHOWN, "verified", "role", "initials"), "")


def shown(user: AccountView) -> dict[str, str]:
    """Return what the screens show of oneself, as text."""
    plain = user.model_dump(mode="json")
    return {
        **{name: str(plain[name] or "") for name in SHOWN},
        "verified": "yes" if user.email_verified else "no",
        "role": user.role.value.capitalize(),
        "initials": initials_of(user.display_name),
    }


class ProfileState(HubState):
    """The signed-in person's own record, and what he has typed over it."""

    profile: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: dict(EMPTY))
    form: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: dict.fromkeys(FORM_FIELDS, ""))
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    dirty: rx.Field[bool] = rx.field(default=False)
    mailed: rx.Field[bool] = rx.field(default=False)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read one's own record; what was typed and not saved is gone."""
        self._show(await self.call(users.read_me))

    @rx.event
    async def look(self) -> None:
        """Read one's own record anew, and leave what is being typed."""
        self.profile = shown(await self.call(users.read_me))

    def _show(self, account: AccountView) -> None:
        self.profile = shown(account)
        self.form = {name: getattr(account, name) or "" for name in FORM_FIELDS}
        self.errors, self.dirty = {}, False

    @rx.event
    def write(self, field: str, text: str) -> None:
        """Take over a field."""
        if field in FORM_FIELDS:
            self.form[field] = text
            self.dirty = True

    @rx.event
    async def save(self) -> Any:
        """Save what was changed; faults are shown at their fields."""
        try:
            self._show(await self.call(users.change_me, self._patch()))
        except (HubError, pydantic.ValidationError) as error:
            self.errors = _at_its_field(faults_of(error), error)
            return None
        self.show_person(await self.actor())
        return rx.toast.success("Saved")

    def _patch(self) -> ProfilePatch:
        typed = {name: self.form[name].strip() for name in FORM_FIELDS}
        return ProfilePatch.model_validate({**typed, **{name: typed[name] or None for name in CLEARABLE}})

    @rx.event
    async def mail_again(self) -> Any:
        """Have the link that confirms the address mailed again."""
        view = await self.call(verification.resend)
        if view.email_verified:
            await self.look()
            return rx.toast.success("Your address is confirmed already")
        self.mailed = True
        return rx.toast.success("Mailed. The link works once, for 48 hours.")


def _at_its_field(faults: dict[str, str], error: Exception) -> dict[str, str]:
    if isinstance(error, HubError) and error.code == "username_taken":
        return {"username": error.detail}
    return faults
