"""/users: people, their roles, suspensions."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import banner, empty_state, matched_badge
from dealsmart_app.components.forms import area_field, choice, choice_field, secondary
from dealsmart_app.components.icons import avatar, icon
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago, day_of, dialog, exact, search_box
from dealsmart_app.components.tables import Column, data_table, facts, pager, side_panel, side_section
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.base import HubState
from dealsmart_app.states.users import UserEditState, UserListState
from models.users import Permission

ROLES = {
    "user": ("circle-user-round", "User", "neutral"),
    "creator": ("pen-tool", "Creator", "neutral"),
    "staff": ("headset", "Staff", "neutral"),
    "moderator": ("gavel", "Moderator", "neutral"),
    "admin": ("shield", "Admin", "neutral"),
}
STATUS = {
    "active": ("circle-check", "Active", "success"),
    "suspended": ("ban", "Suspended", "danger"),
    "deleted": ("circle-minus", "Deleted", "neutral"),
}
VERIFIED = {"yes": ("check", "Verified", "neutral"), "no": ("clock", "Pending", "warning")}
ROLE_CHOICES = [(role, words) for role, (_, words, _) in ROLES.items()]
COLUMNS = (
    Column("Person"),
    Column("Role"),
    Column("Status"),
    Column("E-mail check", wide_only=True),
    Column("Joined", sort="created_at", numeric=True, wide_only=True),
    Column("Last seen", sort="last_login_at", numeric=True, wide_only=True),
)
LIST, EDIT = UserListState, UserEditState


def _row(person: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    who = rx.el.span(
        avatar(person["initials"], person["hue"]),
        rx.el.span(
            rx.el.button(
                person["display_name"],
                type="button",
                class_name="row-open trunc",
                on_click=LIST.open(person["id"]),
            ),
            rx.el.small(person["email"]),
        ),
        class_name="cell-user",
    )
    return rx.el.tr(
        rx.el.td(who),
        rx.el.td(matched_badge(person["role"], ROLES, plain=True)),
        rx.el.td(matched_badge(person["status"], STATUS, plain=True)),
        rx.el.td(matched_badge(person["verified"], VERIFIED, plain=True), class_name="hide-t"),
        rx.el.td(day_of(person["created_at"]), class_name="c-num hide-t"),
        rx.el.td(ago(person["last_login_at"]), class_name="c-num hide-t"),
        custom_attrs={"aria-selected": rx.cond(LIST.chosen["id"] == person["id"], "true", "false")},
    )


def _toolbar() -> rx.Component:
    return rx.el.div(
        search_box(
            value=LIST.query["q"].to(str),
            label="Search people",
            placeholder="Name, username or e-mail",
            on_change=lambda text: LIST.narrow("q", text),
        ),
        choice(
            "Role",
            LIST.query.get("role", "").to(str),
            [("", "Any role"), *ROLE_CHOICES],
            lambda value: LIST.narrow("role", value),
        ),
        choice(
            "Status",
            LIST.query.get("status", "").to(str),
            [("", "Any status"), ("active", "Active"), ("suspended", "Suspended")],
            lambda value: LIST.narrow("status", value),
        ),
        rx.cond(LIST.filtered, secondary("Clear", "x", on_click=LIST.clear)),
        class_name="toolbar",
    )


def _suspension() -> rx.Component:
    name = LIST.chosen["display_name"]
    consequences = rx.el.ul(
        rx.el.li(icon("log-out", 14), "All sessions end at once"),
        rx.el.li(icon("key-round", 14), "API keys stop working"),
        rx.el.li(icon("lock", 14), "Signing in is refused until the suspension is lifted"),
        class_name="cons",
    )
    form = rx.el.form(
        rx.el.div(
            rx.el.p("What happens at once:"),
            consequences,
            rx.cond(EDIT.errors["form"], banner("circle-alert", EDIT.errors["form"], tone="danger")),
            area_field("Reason", "reason", error=EDIT.errors["reason"], max_length=2000),
            class_name="dialog-body",
        ),
        rx.el.div(
            secondary("Cancel", on_click=EDIT.ask(False), auto_focus=True),
            rx.el.button("Suspend", type="submit", class_name="btn btn-danger"),
            class_name="dialog-foot",
        ),
        on_submit=EDIT.suspend,
    )
    return dialog(form, open=EDIT.asking, title=f"Suspend {name}?", on_close=EDIT.ask(False))


def _actions(person: Any) -> rx.Component:
    suspend = secondary("Suspend…", "ban", on_click=EDIT.ask(True))
    lift = secondary("Lift suspension", "undo-2", on_click=EDIT.lift)
    role = rx.el.form(
        choice_field("Role", "role", ROLE_CHOICES, default_value=person["role"]),
        secondary("Change role", "check", type="submit"),
        on_submit=EDIT.give_role,
        key=person["id"].to(str) + person["role"].to(str),
        class_name="side-form",
    )
    manages = HubState.permissions.contains(Permission.MANAGE_USERS.value)
    mine = rx.cond(
        person["id"] == HubState.user_id,
        rx.el.p("This is you; another administrator changes your role.", class_name="side-sec small muted"),
        rx.fragment(
            side_section(role),
            rx.el.div(rx.cond(person["status"] == "suspended", lift, suspend), class_name="side-foot"),
        ),
    )
    return rx.cond(manages, mine, rx.el.p("An administrator changes people.", class_name="side-sec small muted"))


def _side() -> rx.Component:
    person = LIST.chosen
    head = rx.el.div(
        avatar(person["initials"], person["hue"], 40),
        rx.el.div(
            rx.el.h2(person["display_name"]),
            rx.el.div(person["email"], class_name="small muted trunc"),
            rx.el.div(matched_badge(person["status"], STATUS), matched_badge(person["role"], ROLES), class_name="row"),
            class_name="stack",
        ),
        class_name="row",
    )
    known = facts(
        ("Username", person["username"]),
        ("User id", rx.el.span(person["id"], class_name="idtag")),
        ("Joined", exact(person["created_at"])),
        ("Last seen", exact(person["last_login_at"])),
    )
    return side_panel(person["display_name"], head, side_section(known), _actions(person), on_close=LIST.open(""))


def _empty() -> rx.Component:
    return empty_state(
        "search-x",
        "No person matches",
        "Try fewer words, or take the filters away.",
        secondary("Clear all", on_click=LIST.clear),
    )


@hub_page("/users", "Users", Permission.LOOK_UP_USERS, on_load=[LIST.load])
def users_page() -> rx.Component:
    """Everybody with an account."""
    steps = pager(LIST.words, LIST.query.contains("cursor"), LIST.next_cursor != "", LIST.back, LIST.forward)
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
    )
    there = LIST.chosen.contains("id")
    return rx.fragment(
        page_head("Users", "People"),
        _toolbar(),
        rx.el.div(table, rx.cond(there, _side()), class_name=rx.cond(there, "split has-side", "split")),
        _suspension(),
    )
