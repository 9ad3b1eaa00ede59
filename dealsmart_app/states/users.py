"""UserListState and UserEditState: people, their roles, suspensions."""

from typing import Any
from uuid import UUID

import reflex as rx

from api.core.errors import HubError
from api.services import users
from dealsmart_app.states.addresses import address, next_sort
from dealsmart_app.states.base import HubState, initials_of
from dealsmart_app.states.faults import faults_of
from models.users import Role, UserPatch, UserStatus, UserView

ROUTE = "/users"
ROWS = 25
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


class UserListState(HubState):
    """A page of people; which one stands in the address."""

    rows: list[dict[str, str]] = []  # noqa: RUF012 - Reflex copies a var's default for each browser
    loaded: bool = False
    next_cursor: str = ""
    total: int = 0
    query: dict[str, str] = {}  # noqa: RUF012
    chosen: dict[str, str] = {}  # noqa: RUF012
    _before: dict[str, str] = {}  # noqa: RUF012

    @rx.event
    async def load(self) -> None:
        """Read the page that the address names, and the person whom it has open."""
        self.query = dict(self.router.url.query_parameters)
        known = {name: value for name, value in self.query.items() if name in users.UserQuery.model_fields}
        wanted = users.UserQuery.model_validate({**known, "limit": ROWS, "include_total": True})
        page = await self.call(users.page, wanted)
        self.rows = [_row(user) for user in page.rows]
        self.next_cursor, self.total, self.loaded = page.next_cursor or "", page.total or 0, True
        opened = self.query.get("id")
        self.chosen = _row(await self.call(users.read, UUID(opened))) if opened else {}

    @rx.event
    def narrow(self, name: str, value: str) -> Any:
        """Search or filter: put it into the address, which loads."""
        replace = name == "q" and bool(self.query.get("q"))
        return rx.redirect(address(ROUTE, self.query, **{name: value}), replace=replace)

    @rx.event
    def order(self, field: str) -> Any:
        """Sort by a column, the other way round the second time."""
        return rx.redirect(address(ROUTE, self.query, sort=next_sort(self.query.get("sort", "-created_at"), field)))

    @rx.event
    def open(self, user_id: str) -> Any:
        """Show somebody beside the table; empty closes it."""
        return rx.redirect(address(ROUTE, self.query, id=user_id))

    @rx.event
    def forward(self) -> Any:
        """Go to the next page."""
        self._before[self.next_cursor] = self.query.get("cursor", "")
        return rx.redirect(address(ROUTE, self.query, cursor=self.next_cursor))

    @rx.event
    def back(self) -> Any:
        """Go to the page before; to the first one where that is not known."""
        return rx.redirect(address(ROUTE, self.query, cursor=self._before.get(self.query.get("cursor", ""), "")))

    @rx.event
    def clear(self) -> Any:
        """Take every filter away."""
        return rx.redirect(ROUTE)

    @rx.var
    def sort(self) -> str:
        """The order that the table shows."""
        return self.query.get("sort", "-created_at")

    @rx.var
    def filtered(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.query.get(name) for name in ("q", "role", "status"))

    @rx.var
    def words(self) -> str:
        """How many there are of how many."""
        return f"{len(self.rows)} of {self.total:,} people"


class UserEditState(HubState):
    """The dialog that asks for a suspension's reason, and the change of a role."""

    asking: bool = False
    errors: dict[str, str] = {}  # noqa: RUF012

    async def _change(self, **changes: Any) -> None:
        listing = await self.get_state(UserListState)
        await self.call(users.change, UUID(listing.chosen["id"]), UserPatch.model_validate(changes))

    @rx.event
    def ask(self, wanted: bool) -> None:
        """Open or close the dialog."""
        self.asking, self.errors = wanted, {}

    @rx.event
    async def give_role(self, role: str) -> Any:
        """Give the open person another role."""
        await self._change(role=Role(role))
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
