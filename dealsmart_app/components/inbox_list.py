"""The left half of the workspace: views with their counts, the list's head, the conversations."""

import operator
from functools import reduce
from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent

from dealsmart_app.components.feedback import empty_state
from dealsmart_app.components.icons import icon
from dealsmart_app.components.island import ICONS, island, worded
from dealsmart_app.components.keyboard import hotkey
from dealsmart_app.components.native import opens, popover, until

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
    "status": ("Status", (("open", "Open"), ("pending", "Waiting on customer"))),
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
NARROWING = (*FILTERS, "label", "assignee", "unread", "overdue", "snoozed", "q")
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
    target: rx.Var[int]
    density: rx.Var[str]
    has_more: rx.Var[bool]
    on_more: rx.EventHandler[rx.event.no_args_event_spec]
    on_unread: rx.EventHandler[rx.event.passthrough_event_spec(str)]


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
        else rx.cond(counts.get(key, 0).to(int) > 0, rx.el.span(counts[key].to_string(), class_name="n"))
    )
    return rx.el.a(
        icon(icon_name),
        rx.el.span(label, class_name="trunc"),
        count,
        href=f"/inbox?view={key}",
        class_name="navi",
        custom_attrs=hotkey(press, **{"aria-current": rx.cond(here, "page", "false")}),
    )


def views(
    query: rx.vars.ObjectVar[dict[str, str]],
    counts: rx.vars.ObjectVar[dict[str, int]],
    saved: rx.Component,
    keyboard: rx.Component,
) -> rx.Component:
    """List the views and those that somebody keeps; a closed pane leaves them to the menu in the list's head."""
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
        saved,
        rx.el.span(class_name="grow"),
        *[_view(*view, query, counts) for view in PUT_ASIDE],
        keyboard,
        class_name="views",
        tab_index=-1,
        custom_attrs={"aria-label": "Views", "data-pane-body": "views"},
    )


def _views_menu(
    query: rx.vars.ObjectVar[dict[str, str]], counts: rx.vars.ObjectVar[dict[str, int]], saved: Any
) -> rx.Component:
    lines: list[Any] = [
        rx.el.a(
            icon(icon_name),
            rx.el.span(label, class_name="grow"),
            rx.cond(counts.contains(key), rx.el.span(counts[key].to_string(), class_name="muted num")),
            href=f"/inbox?view={key}",
            custom_attrs={"aria-current": rx.cond(query["view"] == key, "page", "false")},
        )
        for key, icon_name, label, _ in VIEWS + PUT_ASIDE
    ]
    kept = rx.foreach(
        saved, lambda view: rx.el.a(icon("bookmark"), view["name"], href="/inbox?" + view["query"].to(str))
    )
    return popover("views-menu", *lines, kept, label="Views", class_name="menu menu-scroll")


def _sets(field: str, value: str) -> dict[str, str]:
    """Return the attributes of a button that sets one part of the address, or takes it away."""
    return {"data-set": field, "data-value": value}


def list_head(
    query: rx.vars.ObjectVar[dict[str, str]],
    counts: rx.vars.ObjectVar[dict[str, int]],
    saved: Any,
    matches: Any,
    density: rx.Component,
    *tools: rx.Component,
) -> rx.Component:
    """Show the view's name and count, the search and the tools: filters, and the bar of one change to many."""
    name = view_title(query)
    title = rx.el.h2(
        name,
        " ",
        rx.cond(
            counts.contains(query["view"]) & ~_narrowed(query),
            rx.el.span(counts[query["view"].to(str)].to_string(), class_name="muted num"),
            rx.cond(_narrowed(query), rx.el.span(matches, class_name="muted num")),
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
        rx.el.div(menu, title, choose, rx.el.span(class_name="grow"), density, add, class_name="row"),
        search,
        _views_menu(query, counts, saved),
        *tools,
        class_name="list-head",
    )


def _narrowed(query: rx.vars.ObjectVar[dict[str, str]]) -> rx.Var[bool]:
    return reduce(operator.or_, (query.contains(name) for name in NARROWING))


def _nothing(query: rx.vars.ObjectVar[dict[str, str]], next_due: Any, first: rx.Component) -> rx.Component:
    everywhere = rx.el.button("Search all open", type="button", class_name="btn", custom_attrs=_sets("view", "open"))
    resolved = rx.el.button(
        "Search in Resolved", type="button", class_name="btn", custom_attrs=_sets("view", "resolved")
    )
    clear = rx.el.a("Clear filters", href="/inbox?view=" + query["view"].to(str), class_name="btn")
    found_nothing = empty_state(
        "search-x",
        "No conversation matches",
        "Names, subjects and messages of this view were searched.",
        clear,
        rx.cond((query["view"] != "open") & query.contains("q"), everywhere),
        rx.cond((query["view"] != "resolved") & query.contains("q"), resolved),
    )
    plain = rx.match(
        query["view"], *[(key, empty_state("inbox", *words)) for key, words in EMPTY.items()], rx.fragment()
    )
    nothing_due = empty_state(
        "inbox", "Nothing needs a reply", rx.fragment("Next due in ", until(next_due), ", when a snooze ends.")
    )
    return rx.cond(_narrowed(query), found_nothing, rx.cond(next_due != "", nothing_due, rx.fragment(plain, first)))


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
    next_due: Any,
    near: Any,
    retry: Any,
    first: rx.Component,
) -> rx.Component:
    """Show the rows, or why there are none; `first` leads on where there never were any."""
    failed = empty_state(
        "cloud-off",
        "The list could not be read",
        problem,
        rx.el.button("Try again", type="button", class_name="btn", on_click=retry),
    )
    stale = rx.el.p(icon("cloud-off", 14), problem, class_name="banner banner-warning", role="status")
    words = rx.el.span("Nothing matches “", rx.el.b(query["q"]), "”. These names and subjects come nearest.")
    nearest = rx.el.p(icon("search", 14), words, class_name="banner banner-info", role="status")
    shown = rx.fragment(rx.cond(problem != "", stale), rx.cond(near, nearest), rows)
    nothing = rx.cond(loaded, _nothing(query, next_due, first), list_skeleton())
    return rx.cond(any_rows, shown, rx.cond(problem != "", failed, nothing))
