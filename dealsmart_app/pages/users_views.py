"""The users' page: the views that somebody keeps, what has changed since, and the columns that are shown."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import empty_state
from dealsmart_app.components.forms import icon_button, secondary, text_field
from dealsmart_app.components.icons import icon
from dealsmart_app.components.native import copy_link, dialog, link, opens, popover
from dealsmart_app.components.tables import Column
from dealsmart_app.states.users import UserListState, UserViewState

LIST, VIEWS = UserListState, UserViewState
FIXED = "fixed-column"


def _view(view: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    name, opened = view["name"], view["id"] == LIST.view
    here = opened | ((LIST.settled != "") & (view["query"] == LIST.settled) & ~VIEWS.ids.contains(LIST.view))
    changed = opened & (view["query"] != LIST.settled)
    dot = rx.el.span(class_name="dot dot-changed", title="Changed since it was saved")
    return rx.el.li(
        link(
            rx.el.span(name, class_name="trunc"),
            rx.cond(changed, rx.fragment(dot, rx.el.span(", changed since it was saved", class_name="sr"))),
            to=f"/users?{view['query']}&view={view['id']}",
            class_name="tab",
            custom_attrs={"aria-current": rx.cond(here, "page", "false")},
        ),
        rx.cond(changed, icon_button("save", f"Save changes to {name}", on_click=VIEWS.keep_changes)),
        rx.cond(here, icon_button("ellipsis", f"Change view {name}", on_click=VIEWS.ask(view["id"]))),
    )


def kept_views() -> rx.Component:
    """Show everybody and each kept view; a dot marks one that shows something else than it keeps."""
    whole = (LIST.settled == "") & ~VIEWS.ids.contains(LIST.view)
    everybody = rx.el.li(
        link(
            "Everybody",
            to="/users",
            class_name="tab",
            custom_attrs={"aria-current": rx.cond(whole, "page", "false")},
        )
    )
    kept = rx.el.ul(everybody, rx.foreach(VIEWS.saved, _view), class_name="kept-views")
    return rx.cond(VIEWS.saved.length() > 0, rx.el.nav(kept, custom_attrs={"aria-label": "Saved views"}))


def _column(column: Column) -> rx.Component:
    box = rx.el.input(
        type="checkbox", class_name="check", checked=column.shown, on_change=LIST.show_column(column.name)
    )
    return rx.el.label(box, column.label, class_name="menu-check")


def _chooser(columns: list[Column]) -> rx.Component:
    fixed = rx.el.input(
        type="checkbox",
        class_name="check",
        checked=True,
        disabled=True,
        custom_attrs={"aria-describedby": FIXED},
    )
    person = rx.el.label(fixed, "Person", rx.el.span("always shown", id=FIXED, class_name="small muted"))
    return popover(
        "column-menu",
        rx.el.div(person, class_name="menu-check"),
        *[_column(column) for column in columns],
        rx.el.button("Usual columns", type="button", class_name="link small", on_click=LIST.show_column("")),
        label="Columns",
        class_name="menu menu-columns",
    )


def view_tools(columns: list[Column]) -> rx.Component:
    """Offer the columns, the link to what is shown, and to keep it as a view."""
    kept = VIEWS.queries.contains(LIST.settled)
    return rx.fragment(
        rx.el.button(icon("columns-3"), "Columns", type="button", class_name="btn", custom_attrs=opens("column-menu")),
        _chooser(columns),
        copy_link(
            label="Copy link",
            on_copied=rx.toast.success("Link copied"),
            on_refused=lambda address: rx.toast.error("The browser did not let it be copied", description=address),
        ),
        rx.cond((LIST.settled != "") & ~kept, secondary("Save view", "bookmark", on_click=VIEWS.ask("new"))),
    )


def view_dialog() -> rx.Component:
    """Ask for a view's name, and offer to delete it."""
    new = VIEWS.asking == "new"
    name = text_field(
        "Name",
        "name",
        error=VIEWS.errors.get("name", "").to(str),
        help_text="Only you see it: the search, the filters, the order and the columns of this list",
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


def nobody_found() -> rx.Component:
    """Say that nobody matches, and what each filter keeps away."""
    chips = rx.el.div(
        rx.foreach(LIST.without, _chip), class_name="row chips", role="group", custom_attrs={"aria-label": "Filters"}
    )
    return empty_state(
        "search-x",
        "No person matches",
        "Nobody is called that, or nearly. Take a filter away and see who comes back.",
        chips,
        secondary("Clear all", on_click=LIST.clear),
    )


def _chip(chip: rx.vars.ObjectVar[dict[str, str]]) -> Any:
    return rx.el.span(
        rx.el.span(chip["kind"]),
        rx.el.b(chip["words"], class_name="trunc"),
        rx.el.span(chip["back"], class_name="num"),
        rx.el.button(
            icon("x", 12),
            type="button",
            on_click=LIST.narrow(chip["name"], ""),
            custom_attrs={"aria-label": f"Remove filter {chip['kind']}: {chip['back']}"},
        ),
        class_name="fchip",
    )
