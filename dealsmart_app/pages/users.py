"""/users: people, found and filtered, their kept views; picked for one change to many."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import banner, matched_badge
from dealsmart_app.components.forms import choice, secondary
from dealsmart_app.components.icons import avatar
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago, day_of, search_box
from dealsmart_app.components.tables import Column, data_table, pager
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.pages.users_bulk import bulk_bar, bulk_dialog
from dealsmart_app.pages.users_side import ROLE_CHOICES, ROLES, STATUS, side, side_dialogs
from dealsmart_app.pages.users_views import kept_views, nobody_found, view_dialog, view_tools
from dealsmart_app.states.base import HubState
from dealsmart_app.states.user_bulk import UserBulkState
from dealsmart_app.states.user_deletions import UserDeletionState
from dealsmart_app.states.user_side import UserDossierState
from dealsmart_app.states.users import UserListState, UserViewState
from models.users import Permission

LIST, VIEWS, BULK = UserListState, UserViewState, UserBulkState
MANAGES = HubState.permissions.contains(Permission.MANAGE_USERS.value)
VERIFIED = {"yes": ("check", "Verified", "neutral"), "no": ("clock", "Pending", "warning")}
OF_AGE = {"yes": ("check", "18 or older", "neutral"), "no": ("minus", "Not checked", "neutral")}


def _column(label: str, name: str, **more: Any) -> Column:
    return Column(label, name=name, shown=LIST.columns.contains(name), **more)


CHOSEN = [
    _column("Username", "username"),
    _column("Role", "role"),
    _column("Status", "status"),
    _column("E-mail check", "verified", wide_only=True),
    _column("Age check", "of_age", wide_only=True),
    _column("Joined", "created_at", sort="created_at", numeric=True, wide_only=True),
    _column("Last seen", "last_login_at", sort="last_login_at", numeric=True, wide_only=True),
    _column("User id", "id", wide_only=True),
]
COLUMNS = (Column("Person"), *CHOSEN)


def _check(label: Any, checked: rx.Var[bool], on_change: Any) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        class_name="check",
        checked=checked,
        on_change=on_change,
        custom_attrs={"aria-label": label},
    )
    return rx.el.label(box, class_name="tickbox")


def _who(person: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    """Make the fixed cell; a click on its button is the row's, as any in the row."""
    return rx.el.span(
        avatar(person["initials"], person["hue"]),
        rx.el.span(
            rx.el.button(person["display_name"], type="button", class_name="row-open trunc"),
            rx.el.small(person["email"]),
        ),
        class_name="cell-user",
    )


def _cells(person: rx.vars.ObjectVar[dict[str, str]]) -> list[Any]:
    contents = {
        "username": person["username"],
        "role": matched_badge(person["role"], ROLES, plain=True),
        "status": matched_badge(person["status"], STATUS, plain=True),
        "verified": matched_badge(person["verified"], VERIFIED, plain=True),
        "of_age": matched_badge(person["of_age"], OF_AGE, plain=True),
        "created_at": day_of(person["created_at"]),
        "last_login_at": ago(person["last_login_at"]),
        "id": rx.el.span(person["id"], class_name="idtag"),
    }
    return [column.where_shown(rx.el.td(contents[column.name], class_name=column.classes)) for column in CHOSEN]


def _row(person: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    picked = BULK.ticked.contains(person["id"])
    box = _check(f"Select {person['display_name']}", picked, BULK.pick(person["id"]))
    marked = picked | (LIST.chosen["id"] == person["id"])
    return rx.el.tr(
        rx.cond(MANAGES, rx.el.td(box, class_name="c-check", on_click=rx.stop_propagation)),
        rx.el.td(_who(person), class_name="c-who"),
        *_cells(person),
        on_click=LIST.open(person["id"]),
        custom_attrs={"aria-selected": rx.cond(marked, "true", "false")},
    )


def _filter(label: str, name: str, choices: list[tuple[str, str]]) -> rx.Component:
    return choice(label, LIST.query.get(name, "").to(str), choices, lambda value: LIST.narrow(name, value))


def _toolbar() -> rx.Component:
    return rx.el.div(
        search_box(
            value=LIST.query.get("q", "").to(str),
            label="Search people",
            placeholder="Name, username or e-mail",
            on_change=lambda text: LIST.narrow("q", text),
        ),
        _filter("Role", "role", [("", "Any role"), *ROLE_CHOICES]),
        _filter("Status", "status", [("", "Any status"), ("active", "Active"), ("suspended", "Suspended")]),
        _filter("E-mail check", "verified", [("", "Any e-mail"), ("true", "E-mail verified"), ("false", "Pending")]),
        rx.cond(LIST.filtered, secondary("Clear", "x", on_click=LIST.clear)),
        view_tools(CHOSEN),
        class_name="toolbar toolbar-people",
    )


def _nearest() -> rx.Component:
    words = rx.el.span("Nobody is called “", rx.el.b(LIST.query["q"]), "”. These come nearest.")
    return rx.cond(LIST.nearest, banner("search", words, tone="info"))


@hub_page(
    "/users",
    "Users",
    Permission.LOOK_UP_USERS,
    on_load=[LIST.load, BULK.settle, UserDossierState.load, UserDeletionState.load, VIEWS.load],
)
def users_page() -> rx.Component:
    """Everybody with an account."""
    steps = pager(LIST.words, LIST.query.contains("cursor"), LIST.next_cursor != "", LIST.back, LIST.forward)
    box = _check("Select everybody on this page", BULK.whole_page, BULK.pick_page)
    table = data_table(
        "People",
        COLUMNS,
        LIST.rows,
        _row,
        sort=LIST.sort,
        on_sort=LIST.order,
        loaded=LIST.loaded,
        empty=nobody_found(),
        pager=steps,
        failed=HubState.faults.length() > 0,
        lead=rx.cond(MANAGES, rx.el.th(box, scope="col", class_name="c-check")),
    )
    there = LIST.chosen.contains("id")
    look = rx.cond(LIST.query.contains("cols"), "split people cols-chosen", "split people")
    return rx.fragment(
        page_head("Users", "People"),
        kept_views(),
        _toolbar(),
        _nearest(),
        bulk_bar(LIST.total),
        rx.el.div(table, rx.cond(there, side()), class_name=rx.cond(there, f"{look} has-side", look)),
        side_dialogs(),
        bulk_dialog(),
        view_dialog(),
    )
