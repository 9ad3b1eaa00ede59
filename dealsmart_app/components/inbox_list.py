"""The left half of the workspace: views with their counts, the list's head, the conversations."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent

from dealsmart_app.components.feedback import empty_state
from dealsmart_app.components.icons import icon
from dealsmart_app.components.island import ICONS, island, worded
from dealsmart_app.components.keyboard import hotkey, keyboard
from dealsmart_app.components.native import opens, popover

VIEWS = (
    ("mine", "circle-user-round", "Mine", "g-m"),
    ("unassigned", "user-round-x", "Unassigned", "g-u"),
    ("waiting", "clock", "Waiting for reply", "g-w"),
    ("drafts", "sparkles", "Drafts to review", "g-d"),
    ("flagged", "shield-alert", "Held back", "g-h"),
    ("open", "inbox", "All open", "g-a"),
)
PUT_ASIDE = (("snoozed", "alarm-clock", "Snoozed", "g-s"), ("resolved", "circle-check", "Resolved", "g-r"))
TITLES = {key: label for key, _, label, _ in VIEWS + PUT_ASIDE}
FILTERS = {
    "priority": ("Priority", (("urgent", "Urgent"), ("high", "High"), ("normal", "Normal"), ("low", "Low"))),
    "source": (
        "Channel",
        (
            ("web", "Web chat"),
            ("email", "E-mail"),
            ("sms", "SMS"),
            ("phone", "Phone"),
            ("walk_in", "Walk-in"),
            ("api", "API"),
        ),
    ),
}
EMPTY = {
    "mine": ("Nothing is assigned to you", "Take one from Unassigned, or press I in a conversation."),
    "unassigned": ("Everything has an owner", "New conversations appear here by themselves."),
    "waiting": ("Nothing needs a reply", "Every customer has had an answer."),
    "drafts": ("No drafts to review", "Drafts with every fact sourced appear here."),
    "flagged": ("Nothing is held back", "Drafts that state something without a source appear here."),
    "open": ("No open conversations", "Conversations appear here as customers write."),
    "snoozed": ("Nothing is asleep", "Snoozed conversations come back by themselves."),
    "resolved": ("Nothing resolved yet", "Resolved conversations stay here and open again when the customer writes."),
}


class ConversationRows(NoSSRComponent):
    """The listbox; rows as the service returns them."""

    library = island("rows.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "ConversationRows"
    rows: rx.Var[list[dict[str, Any]]]
    label: rx.Var[str]
    list_key: rx.Var[str]
    selected: rx.Var[str]
    me: rx.Var[str]
    has_more: rx.Var[bool]
    on_more: rx.EventHandler[rx.event.no_args_event_spec]


def view_title(query: rx.vars.ObjectVar[dict[str, str]]) -> rx.vars.StringVar[str]:
    """Return the name of the view that the query names."""
    return worded(query["view"], TITLES.items(), "Inbox")


def _view(
    key: str,
    icon_name: str,
    label: str,
    press: str,
    query: rx.vars.ObjectVar[dict[str, str]],
    counts: rx.vars.ObjectVar[dict[str, int]],
) -> rx.Component:
    here = query["view"] == key
    count = (
        rx.fragment()
        if key == "resolved"
        else rx.cond(counts.contains(key), rx.el.span(counts[key].to_string(), class_name="n"))
    )
    return rx.el.a(
        icon(icon_name),
        rx.el.span(label, class_name="trunc"),
        count,
        href=f"/inbox?view={key}",
        class_name="navi",
        custom_attrs=hotkey(press, **{"aria-current": rx.cond(here, "page", "false")}),
    )


def views(query: rx.vars.ObjectVar[dict[str, str]], counts: rx.vars.ObjectVar[dict[str, int]]) -> rx.Component:
    """List the views; a closed pane leaves them to the menu in the list's head."""
    return rx.el.nav(
        rx.el.div(
            rx.el.h2("Inbox", class_name="grow"),
            rx.el.button(
                icon("panel-left-close"),
                type="button",
                class_name="btn btn-ghost btn-sm btn-icon",
                title="Fold the views ([)",
                custom_attrs=hotkey("[", **{"aria-label": "Fold the views", "data-pane-button": "views"}),
            ),
            class_name="row",
        ),
        *[_view(*view, query, counts) for view in VIEWS],
        rx.el.span(class_name="grow"),
        *[_view(*view, query, counts) for view in PUT_ASIDE],
        keyboard(),
        class_name="views",
        tab_index=-1,
        custom_attrs={"aria-label": "Views", "data-pane-body": "views"},
    )


def _views_menu(query: rx.vars.ObjectVar[dict[str, str]], counts: rx.vars.ObjectVar[dict[str, int]]) -> rx.Component:
    lines = [
        rx.el.a(
            icon(icon_name),
            rx.el.span(label, class_name="grow"),
            rx.cond(counts.contains(key), rx.el.span(counts[key].to_string(), class_name="muted num")),
            href=f"/inbox?view={key}",
            custom_attrs={"aria-current": rx.cond(query["view"] == key, "page", "false")},
        )
        for key, icon_name, label, _ in VIEWS + PUT_ASIDE
    ]
    return popover("views-menu", *lines, label="Views", class_name="menu")


def _filter_menu() -> rx.Component:
    groups = []
    for field, (title, choices) in FILTERS.items():
        groups.append(rx.el.h3(title))
        groups.extend(
            rx.el.button(
                label,
                type="button",
                custom_attrs={
                    **_sets(field, value),
                    "popoverTarget": "filter-menu",
                    "popoverTargetAction": "hide",
                },
            )
            for value, label in choices
        )
    return popover("filter-menu", *groups, label="Filter", class_name="menu menu-scroll")


def _sets(field: str, value: str) -> dict[str, str]:
    """Return the attributes of a button that sets one part of the address, or takes it away."""
    return {"data-set": field, "data-value": value}


def _chip(field: str, query: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    title, choices = FILTERS[field]
    words = rx.match(query[field], *choices, query[field].to(str))
    remove = rx.el.button(
        icon("x", 12), type="button", custom_attrs={**_sets(field, ""), "aria-label": f"Remove filter: {title}"}
    )
    return rx.cond(query.contains(field), rx.el.span(rx.el.span(title), rx.el.b(words), remove, class_name="fchip"))


def list_head(query: rx.vars.ObjectVar[dict[str, str]], counts: rx.vars.ObjectVar[dict[str, int]]) -> rx.Component:
    """Show the view's name and count, the search and the filters."""
    name = view_title(query)
    title = rx.el.h2(
        name,
        " ",
        rx.cond(
            counts.contains(query["view"]) & ~_narrowed(query),
            rx.el.span(counts[query["view"].to(str)].to_string(), class_name="muted num"),
        ),
    )
    menu = rx.el.button(
        icon("panel-left-open"),
        type="button",
        class_name="btn btn-ghost btn-sm btn-icon views-unfold",
        title="Unfold the views ([)",
        custom_attrs=hotkey("[", **{"aria-label": "Unfold the views", "data-pane-button": "views"}),
    )
    choose = rx.el.button(
        icon("chevron-down", 14),
        type="button",
        class_name="btn btn-ghost btn-sm btn-icon views-open",
        title="Views",
        custom_attrs={"aria-label": "Views", **opens("views-menu")},
    )
    search = rx.el.label(
        icon("search", 14),
        rx.el.input(
            type="search",
            placeholder="Search in " + name,
            auto_complete="off",
            custom_attrs=hotkey("/", **{"aria-label": "Search conversations", "data-param": "q"}),
        ),
        rx.el.kbd("/", class_name="hide-m", custom_attrs={"aria-hidden": "true"}),
        class_name="input input-quiet",
    )
    add = rx.el.button(
        icon("list-filter", 14),
        "Filter",
        type="button",
        class_name="btn btn-ghost btn-sm",
        custom_attrs=opens("filter-menu"),
    )
    return rx.el.div(
        rx.el.div(menu, title, choose, rx.el.span(class_name="grow"), add, class_name="row"),
        search,
        rx.el.div(*[_chip(field, query) for field in FILTERS], class_name="row chips"),
        _views_menu(query, counts),
        _filter_menu(),
        class_name="list-head",
    )


def _narrowed(query: rx.vars.ObjectVar[dict[str, str]]) -> rx.Var[bool]:
    return query.contains("q") | query.contains("priority") | query.contains("source")


def _nothing(query: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    everywhere = rx.el.button("Search all open", type="button", class_name="btn", custom_attrs=_sets("view", "open"))
    clear = rx.el.a("Clear filters", href="/inbox?view=" + query["view"].to(str), class_name="btn")
    found_nothing = empty_state(
        "search-x",
        "No conversation matches",
        "Names, subjects and messages of this view were searched.",
        clear,
        rx.cond((query["view"] != "open") & query.contains("q"), everywhere),
    )
    plain = rx.match(
        query["view"], *[(key, empty_state("inbox", *words)) for key, words in EMPTY.items()], rx.fragment()
    )
    return rx.cond(_narrowed(query), found_nothing, plain)


def list_skeleton() -> rx.Component:
    """Hold the rows' place."""
    row = rx.el.div(
        rx.el.span(class_name="sk sk-face"),
        rx.el.div(rx.el.span(class_name="sk w-60"), rx.el.span(class_name="sk w-90"), class_name="stack"),
        class_name="lrow sk-row",
        custom_attrs={"aria-hidden": "true"},
    )
    return rx.el.div(rx.el.span("Loading", class_name="sr", role="status"), *[row] * 7, class_name="rows late")


def list_body(
    rows: rx.Component,
    query: rx.vars.ObjectVar[dict[str, str]],
    *,
    loaded: Any,
    any_rows: Any,
    problem: Any,
    retry: Any,
) -> rx.Component:
    """Show the rows, or why there are none."""
    failed = empty_state(
        "cloud-off",
        "The list could not be read",
        problem,
        rx.el.button("Try again", type="button", class_name="btn", on_click=retry),
    )
    stale = rx.el.p(icon("cloud-off", 14), problem, class_name="banner banner-warning", role="status")
    shown = rx.fragment(rx.cond(problem != "", stale), rows)
    return rx.cond(any_rows, shown, rx.cond(problem != "", failed, rx.cond(loaded, _nothing(query), list_skeleton())))
