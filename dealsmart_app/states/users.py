"""UserListState: people by search, filters and page of the address; UserViewState: the views that somebody keeps."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import reflex as rx

from api.core.errors import HubError
from api.services import user_desk, users, workspace
from dealsmart_app.states.base import HubState, initials_of
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.tables import ROWS, TableState, id_of, query_of
from models.users import UserQuery, UserView
from models.workspace import SavedViewInput

HUES = 6
PAGE = "users"


def row_of(user: UserView) -> dict[str, str]:
    """Return a user as the table shows him."""
    plain = user.model_dump(mode="json")
    names = ("id", "email", "username", "display_name", "role", "status", "created_at", "last_login_at")
    return {
        **{name: str(plain[name] or "") for name in names},
        "initials": initials_of(user.display_name),
        "hue": str(user.id.int % HUES + 1),
        "verified": "yes" if user.email_verified else "no",
        "of_age": "yes" if user.age_verified else "no",
    }


class UserListState(TableState, HubState):
    """A page of people; which one stands in the address."""

    ROUTE = "/users"
    SORT = "-created_at"
    FILTERS = ("q", "role", "status", "verified")
    NOUN = ("person", "people")

    nearest: rx.Field[bool] = rx.field(default=False)

    @rx.event
    async def load(self) -> None:
        """Read the page that the address names, and the person that it has open."""
        self.query = dict(self.router.url.query_parameters)
        wanted = query_of(UserQuery, self.query, limit=ROWS, include_total=True)
        page, self.nearest = await self.call(user_desk.matching, wanted)
        self.rows = [row_of(row) for row in page.rows]
        self.next_cursor, self.total, self.loaded = page.next_cursor or "", page.total or 0, True
        opened, self.chosen = id_of(self.query.get("id")), {}
        if opened is not None:
            self.chosen = row_of(await self.call(users.read, opened))

    @rx.var
    def settled(self) -> str:
        """The search, the filters and the order as a query, without page and selection."""
        return urlencode({name: self.query[name] for name in (*self.FILTERS, "sort") if self.query.get(name)})


class UserViewState(HubState):
    """Kept filters and orders of the list under names, one person's own."""

    saved: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    asking: rx.Field[str] = rx.field(default="")
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    async def load(self) -> None:
        """Read the views of one's own."""
        self.saved = [view.model_dump(mode="json") for view in await self.call(workspace.saved_views, PAGE)]

    @rx.var
    def queries(self) -> list[str]:
        """The queries that are kept already."""
        return [str(view["query"]) for view in self.saved]

    @rx.event
    def ask(self, what: str) -> None:
        """Open the dialog: `new`, or the id of the view that is to change; empty closes it."""
        self.asking, self.errors = what, {}

    @rx.event
    async def keep(self, form: dict[str, Any]) -> Any:
        """Keep the filters at hand under the name of the form, or give the view that name."""
        name = str(form.get("name", "")).strip()
        if not name:
            self.errors = {"name": "Give it a name"}
            return None
        try:
            await self._keep(name)
        except HubError as error:
            self.errors = {"name": next(iter(faults_of(error).values()))}
            return None
        self.asking = ""
        return [UserViewState.load, rx.toast.success("View saved")]

    async def _keep(self, name: str) -> None:
        if self.asking != "new":
            await self.call(workspace.rename_view, UUID(self.asking), name)
            return
        listing = await self.get_state(UserListState)
        await self.call(workspace.save_view, SavedViewInput(page=PAGE, name=name, query=listing.settled))

    @rx.event
    async def drop(self) -> Any:
        """Delete the view that the dialog is about."""
        await self.call(workspace.delete_view, UUID(self.asking))
        self.asking = ""
        return [UserViewState.load, rx.toast.success("View deleted")]
