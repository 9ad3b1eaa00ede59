"""UserListState and UserEditState: people, their roles, suspensions."""

from typing import Any
from uuid import UUID

import reflex as rx

from api.core.errors import HubError
from api.services import users
from dealsmart_app.states.base import HubState, initials_of
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.tables import ROWS, TableState, id_of, query_of
from models.users import Role, UserPatch, UserQuery, UserStatus, UserView

HUES = 6


def _row(user: UserView) -> dict[str, str]:
    plain = user.model_dump(mode="json")
    names = ("id", "email", "username", "display_name", "role", "status", "created_at", "last_login_at")
    return {
        **{name: str(plain[name] or "") for name in names},
        "initials": initials_of(user.display_name),
        "hue": str(user.id.int % HUES + 1),
        "verified": "yes" if user.email_verified else "no",
    }


class UserListState(TableState, HubState):
    """A page of people; which one stands in the address."""

    ROUTE = "/users"
    SORT = "-created_at"
    FILTERS = ("q", "role", "status")
    NOUN = ("person", "people")

    @rx.event
    async def load(self) -> None:
        """Read the page that the address names, and the person that it has open."""
        self.query = dict(self.router.url.query_parameters)
        wanted = query_of(UserQuery, self.query, limit=ROWS, include_total=True)
        page = await self.call(users.page, wanted)
        self.rows = [_row(row) for row in page.rows]
        self.next_cursor, self.total, self.loaded = page.next_cursor or "", page.total or 0, True
        opened, self.chosen = id_of(self.query.get("id")), {}
        if opened is not None:
            self.chosen = _row(await self.call(users.read, opened))


class UserEditState(HubState):
    """The dialog that asks for a suspension's reason, and the change of a role."""

    asking: rx.Field[bool] = rx.field(default=False)
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    async def _change(self, **changes: Any) -> None:
        listing = await self.get_state(UserListState)
        await self.call(users.change, UUID(listing.chosen["id"]), UserPatch.model_validate(changes))

    @rx.event
    def ask(self, wanted: bool) -> None:
        """Open or close the dialog."""
        self.asking, self.errors = wanted, {}

    @rx.event
    async def give_role(self, form: dict[str, Any]) -> Any:
        """Give the open person the role that the form names."""
        role = Role(form["role"])
        await self._change(role=role)
        return [UserListState.load, rx.toast.success(f"Role changed to {role}")]

    @rx.event
    async def suspend(self, form: dict[str, Any]) -> Any:
        """Suspend the open person, with the reason of the dialog; all his sessions end."""
        reason = str(form.get("reason", "")).strip()
        if not reason:
            self.errors = {"reason": "Say why; the person will ask"}
            return None
        try:
            await self._change(status=UserStatus.SUSPENDED, reason=reason)
        except HubError as error:
            self.errors = faults_of(error)
            return None
        self.asking = False
        return [UserListState.load, rx.toast.success("Suspended; all sessions have ended")]

    @rx.event
    async def lift(self) -> Any:
        """End the open person's suspension."""
        await self._change(status=UserStatus.ACTIVE)
        return [UserListState.load, rx.toast.success("Suspension lifted")]
