"""UserListState: people by search, filters and page of the address; UserViewState: the views that somebody keeps."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import reflex as rx

from api.core.errors import HubError
from api.services import user_desk, users, workspace
from dealsmart_app.states.addresses import address
from dealsmart_app.states.base import HubState, initials_of
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.reading import reading
from dealsmart_app.states.tables import ROWS, TableState, id_of, query_of
from models.users import UserQuery, UserView
from models.workspace import SavedViewInput

HUES = 6
PAGE = "users"
COLUMNS = ("username", "role", "status", "verified", "of_age", "created_at", "last_login_at", "id")
USUAL = COLUMNS[1:-1]
NO_COLUMN = "none"
_KINDS = {"q": "Search", "role": "Role", "status": "Status", "verified": "E-mail"}


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


def _words_of(name: str, value: Any) -> str:
    if name == "verified":
        return "Verified" if value else "Pending"
    return str(value) if name == "q" else str(value).capitalize()


def columns_of(query: dict[str, str]) -> list[str]:
    """Return the columns that the query names, in the table's order; the usual ones where it names none."""
    wanted = query.get("cols", "").split(",")
    return [name for name in COLUMNS if name in wanted] if query.get("cols") else list(USUAL)


def chips_of(query: UserQuery, counts: dict[str, int]) -> list[dict[str, str]]:
    """Put each filter that holds into words, with how many people its removal brings back."""
    told = query.model_dump(mode="json")
    return [
        {
            "name": name,
            "kind": kind,
            "words": _words_of(name, told[name]),
            "back": f"brings back {counts[name]:,}",
        }
        for name, kind in _KINDS.items()
        if name in counts
    ]


class UserListState(TableState, HubState):
    """A page of people; which one stands in the address, and so does which columns it shows."""

    ROUTE = "/users"
    SORT = "-created_at"
    FILTERS = ("q", "role", "status", "verified")
    NOUN = ("person", "people")

    nearest: rx.Field[bool] = rx.field(default=False)
    without: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read the page that the address names, and the person that it has open."""
        self._arrive()
        wanted = query_of(UserQuery, self.query, limit=ROWS, include_total=True)
        page, self.nearest = await self.call(user_desk.matching, wanted)
        self.rows = [row_of(row) for row in page.rows]
        self.next_cursor, self.total, self.loaded = page.next_cursor or "", page.total or 0, True
        self.without = [] if page.rows else chips_of(wanted, await self.call(user_desk.brought_back, wanted))
        opened, self.chosen = id_of(self.query.get("id")), {}
        if opened is not None:
            self.chosen = row_of(await self.call(users.read, opened))

    @rx.var
    def columns(self) -> list[str]:
        """The columns beside the person himself, as the address names them; the usual ones where it does not."""
        return columns_of(self.query)

    @rx.event
    def show_column(self, name: str) -> Any:
        """Show a column, or leave it out where it is shown; empty shows the usual ones."""
        if name not in COLUMNS:
            return self._go({"cols": ""}, replace=True)
        wanted = set(columns_of(self._heading())) ^ {name}
        cols = ",".join(column for column in COLUMNS if column in wanted) or NO_COLUMN
        usual = cols == ",".join(USUAL)
        return self._go({"cols": "" if usual else cols}, replace=True)

    @rx.var
    def narrowed(self) -> str:
        """The search, the filters and the order as a query: which people the list has."""
        return self._part(*self.FILTERS, "sort")

    @rx.var
    def settled(self) -> str:
        """What a kept view keeps: the search, the filters, the order and the columns."""
        return self._part(*self.FILTERS, "sort", "cols")

    @rx.var
    def view(self) -> str:
        """The id of the kept view that the address began with."""
        return self.query.get("view", "")

    def _part(self, *names: str) -> str:
        return urlencode({name: self.query[name] for name in names if self.query.get(name)})


class UserViewState(HubState):
    """Kept filters and orders of the list under names, one person's own."""

    saved: rx.Field[list[dict[str, Any]]] = rx.field(default_factory=list)
    asking: rx.Field[str] = rx.field(default="")
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read the views of one's own."""
        self.saved = [view.model_dump(mode="json") for view in await self.call(workspace.saved_views, PAGE)]

    @rx.var
    def queries(self) -> list[str]:
        """The queries that are kept already."""
        return [str(view["query"]) for view in self.saved]

    @rx.var
    def ids(self) -> list[str]:
        """The views' ids."""
        return [str(view["id"]) for view in self.saved]

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
            shown = await self._keep(name)
        except HubError as error:
            self.errors = {"name": next(iter(faults_of(error).values()))}
            return None
        self.asking = ""
        return [UserViewState.load, *shown, rx.toast.success("View saved")]

    async def _keep(self, name: str) -> list[Any]:
        """Keep or rename; a new view is the one that the address names from now on."""
        if self.asking != "new":
            await self.call(workspace.rename_view, UUID(self.asking), name)
            return []
        listing = await self.get_state(UserListState)
        view = await self.call(workspace.save_view, SavedViewInput(page=PAGE, name=name, query=listing.settled))
        return [rx.redirect(address(listing.ROUTE, listing.query, view=str(view.id)), replace=True)]

    @rx.event
    async def keep_changes(self) -> Any:
        """Have the view that the address began with show what is shown now."""
        listing = await self.get_state(UserListState)
        if id_of(listing.view) is None:
            return None
        await self.call(workspace.keep_query, UUID(listing.view), listing.settled)
        return [UserViewState.load, rx.toast.success("Changes saved")]

    @rx.event
    async def drop(self) -> Any:
        """Delete the view that the dialog is about."""
        await self.call(workspace.delete_view, UUID(self.asking))
        self.asking = ""
        listing = await self.get_state(UserListState)
        left = rx.redirect(address(listing.ROUTE, listing.query, view=""), replace=True)
        return [UserViewState.load, left, rx.toast.success("View deleted")]
