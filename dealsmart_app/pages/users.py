"""/users: people, found and filtered, their kept views; picked for one change to many."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import banner, empty_state, matched_badge
from dealsmart_app.components.forms import choice, icon_button, secondary, text_field
from dealsmart_app.components.icons import avatar
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago, day_of, dialog, link, search_box
from dealsmart_app.components.tables import Column, data_table, pager
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.pages.users_bulk import bulk_bar, bulk_dialog
from dealsmart_app.pages.users_side import ROLE_CHOICES, ROLES, STATUS, side, side_dialogs
from dealsmart_app.states.base import HubState
from dealsmart_app.states.user_bulk import UserBulkState
from dealsmart_app.states.user_side import UserDossierState
from dealsmart_app.states.users import UserListState, UserViewState
from models.users import Permission

VERIFIED = {"yes": ("check", "Verified", "neutral"), "no": ("clock", "Pending", "warning")}
OF_AGE = {"yes": ("check", "18 or older", "neutral"), "no": ("minus", "Not checked", "neutral")}
COLUMNS = (
    Column("Person"),
    Column("Role"),
    Column("Status"),
    Column("E-mail check", wide_only=True),
    Column("Age check", wide_only=True),
    Column("Joined", sort="created_at", numeric=True, wide_only=True),
    Column("Last seen", sort="last_login_at", numeric=True, wide_only=True),
)
LIST, VIEWS, BULK = UserListState, UserViewState, UserBulkState
MANAGES = HubState.permissions.contains(Permission.MANAGE_USERS.value)


def _check(label: Any, checked: rx.Var[bool], on_change: Any) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        class_name="check",
        checked=checked,
        on_change=on_change,
        custom_attrs={"aria-label": label},
    )
    return rx.el.label(box, class_name="tickbox")


def _row(person: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    name = person["display_name"]
    who = rx.el.span(
        avatar(person["initials"], person["hue"]),
        rx.el.span(
            rx.el.button(name, type="button", class_name="row-open trunc", on_click=LIST.open(person["id"])),
            rx.el.small(person["email"]),
        ),
        class_name="cell-user",
    )
    picked = BULK.picked.contains(person["id"])
    box = _check(f"Select {name}", picked, BULK.pick(person["id"]))
    marked = picked | (LIST.chosen["id"] == person["id"])
    return rx.el.tr(
        rx.cond(MANAGES, rx.el.td(box, class_name="c-check")),
        rx.el.td(who),
        rx.el.td(matched_badge(person["role"], ROLES, plain=True)),
        rx.el.td(matched_badge(person["status"], STATUS, plain=True)),
        rx.el.td(matched_badge(person["verified"], VERIFIED, plain=True), class_name="hide-t"),
        rx.el.td(matched_badge(person["of_age"], OF_AGE, plain=True), class_name="hide-t"),
        rx.el.td(day_of(person["created_at"]), class_name="c-num hide-t"),
        rx.el.td(ago(person["last_login_at"]), class_name="c-num hide-t"),
        custom_attrs={"aria-selected": rx.cond(marked, "true", "false")},
    )


def _filter(label: str, name: str, choices: list[tuple[str, str]]) -> rx.Component:
    return choice(label, LIST.query.get(name, "").to(str), choices, lambda value: LIST.narrow(name, value))


def _toolbar() -> rx.Component:
    kept = VIEWS.queries.contains(LIST.settled)
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
        rx.cond((LIST.settled != "") & ~kept, secondary("Save view", "bookmark", on_click=VIEWS.ask("new"))),
        class_name="toolbar",
    )


def _view(view: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    here = view["query"] == LIST.settled
    name = view["name"]
    return rx.el.li(
        link(
            name,
            to=f"/users?{view['query']}",
            class_name="tab trunc",
            custom_attrs={"aria-current": rx.cond(here, "page", "false")},
        ),
        rx.cond(here, icon_button("ellipsis", f"Change view {name}", on_click=VIEWS.ask(view["id"]))),
    )


def _views() -> rx.Component:
    everybody = rx.el.li(
        link(
            "Everybody",
            to="/users",
            class_name="tab",
            custom_attrs={"aria-current": rx.cond(LIST.settled == "", "page", "false")},
        )
    )
    kept = rx.el.ul(everybody, rx.foreach(VIEWS.saved, _view), class_name="kept-views")
    return rx.cond(VIEWS.saved.length() > 0, rx.el.nav(kept, custom_attrs={"aria-label": "Saved views"}))


def _view_dialog() -> rx.Component:
    new = VIEWS.asking == "new"
    name = text_field(
        "Name",
        "name",
        error=VIEWS.errors.get("name", "").to(str),
        help_text="Only you see it: the search, the filters and the order of this list",
        max_length=60,
        auto_focus=True,
        auto_complete="off",
    )
    delete = rx.el.button("Delete view", type="button", class_name="btn btn-danger-quiet", on_click=VIEWS.drop)
    form = rx.el.form(
        rx.el.div(name, class_name="dialog-body"),
        rx.el.div(
            rx.cond(new, rx.fragment(), delete),
            rx.el.span(class_name="grow"),
            secondary("Cancel", on_click=VIEWS.ask("")),
            rx.el.button(rx.cond(new, "Save view", "Rename"), type="submit", class_name="btn btn-primary"),
            class_name="dialog-foot",
        ),
        on_submit=VIEWS.keep,
    )
    title = rx.cond(new, "Save this view", "Change view")
    return dialog(form, open=VIEWS.asking != "", title=title, on_close=VIEWS.ask(""))


def _empty() -> rx.Component:
    return empty_state(
        "search-x",
        "No person matches",
        "Nobody is called that, or nearly. Try fewer words, or take the filters away.",
        secondary("Clear all", on_click=LIST.clear),
    )


def _nearest() -> rx.Component:
    words = rx.el.span("Nobody is called “", rx.el.b(LIST.query["q"]), "”. These come nearest.")
    return rx.cond(LIST.nearest, banner("search", words, tone="info"))


@hub_page(
    "/users",
    "Users",
    Permission.LOOK_UP_USERS,
    on_load=[LIST.load, BULK.settle, UserDossierState.load, VIEWS.load],
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
        empty=_empty(),
        pager=steps,
        lead=rx.cond(MANAGES, rx.el.th(box, scope="col", class_name="c-check")),
    )
    there = LIST.chosen.contains("id")
    return rx.fragment(
        page_head("Users", "People"),
        _views(),
        _toolbar(),
        _nearest(),
        bulk_bar(LIST.total),
        rx.el.div(table, rx.cond(there, side()), class_name=rx.cond(there, "split people has-side", "split people")),
        side_dialogs(),
        bulk_dialog(),
        _view_dialog(),
    )
