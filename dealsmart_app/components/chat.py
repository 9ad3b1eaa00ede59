"""The middle pane: who is spoken with, what can be done with the conversation, what was said."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent

from dealsmart_app.components.feedback import empty_state
from dealsmart_app.components.icons import icon
from dealsmart_app.components.island import ICONS, island, text_and_number, worded
from dealsmart_app.components.keyboard import hotkey
from dealsmart_app.components.native import opens, popover
from dealsmart_app.components.palette import PaletteButton
from dealsmart_app.components.snooze import snooze_lines, snooze_menu

STATUSES = (("open", "inbox", "Open"), ("pending", "hourglass", "Waiting on customer"))
PRIORITIES = (
    ("urgent", "chevrons-up", "Urgent"),
    ("high", "chevron-up", "High"),
    ("normal", "equal", "Normal"),
    ("low", "chevron-down", "Low"),
)
Record = rx.vars.ObjectVar[dict[str, Any]]


class ThreadLog(NoSSRComponent):
    """The messages; keeps its place while older ones come above and new ones below."""

    library = island("log.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "ThreadLog"
    conversation: rx.Var[dict[str, Any]]
    messages: rx.Var[list[dict[str, Any]]]
    happenings: rx.Var[list[dict[str, Any]]]
    edited: rx.Var[dict[str, int]]
    unread: rx.Var[int]
    me: rx.Var[str]
    has_older: rx.Var[bool]
    on_older: rx.EventHandler[rx.event.no_args_event_spec]
    on_read: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_rate: rx.EventHandler[text_and_number]


def _choice(menu: str, *content: Any, chosen: Any, on_click: Any) -> rx.Component:
    return rx.el.button(
        *content,
        rx.cond(chosen, rx.el.span(icon("check", 14), class_name="tick")),
        type="button",
        on_click=on_click,
        custom_attrs={
            "aria-pressed": rx.cond(chosen, "true", "false"),
            "popoverTarget": menu,
            "popoverTargetAction": "hide",
        },
    )


def _owner(
    conversation: Record,
    me: rx.vars.StringVar[str],
    people: rx.vars.ArrayVar[Any],
    assign: Any,
    take: Any,
) -> rx.Component:
    owner = conversation["assigned_to"].to(dict)
    nobody = ~conversation["assigned_to"]
    words = rx.cond(nobody, "Unassigned", rx.cond(owner["id"] == me, "You", owner["display_name"].to(str))).to(str)

    def person(one: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
        name = rx.el.span(one["name"], class_name="grow trunc")
        return _choice("owner-menu", name, chosen=~nobody & (owner["id"] == one["id"]), on_click=assign(one["id"]))

    menu = popover(
        "owner-menu",
        rx.el.h3("Assign to"),
        rx.el.button(
            icon("user-round-check", 14),
            rx.el.span("Me", class_name="grow"),
            rx.el.kbd("I", custom_attrs={"aria-hidden": "true"}),
            type="button",
            on_click=take,
            custom_attrs=hotkey(
                "i", **{"popoverTarget": "owner-menu", "popoverTargetAction": "hide", "data-anytime": ""}
            ),
        ),
        rx.foreach(people, person),
        _choice("owner-menu", rx.el.span("Nobody", class_name="grow"), chosen=nobody, on_click=assign("")),
        label="Assign",
        class_name="menu menu-scroll",
    )
    button = rx.el.button(
        icon("circle-user-round", 14),
        rx.el.span(words, class_name="trunc owner-name"),
        icon("chevron-down", 14),
        type="button",
        class_name="btn btn-sm owner",
        title="Assign (A)",
        custom_attrs=hotkey("a", **{"aria-label": "Owner: " + words, **opens("owner-menu")}),
    )
    return rx.fragment(button, menu)


def _status(conversation: Record, change: Any) -> list[rx.Component]:
    return [
        _choice(
            "more-menu",
            icon(icon_name, 14),
            rx.el.span(label, class_name="grow"),
            chosen=conversation["status"] == value,
            on_click=change("status", value),
        )
        for value, icon_name, label in STATUSES
    ]


def _priority(conversation: Record, change: Any) -> list[rx.Component]:
    return [
        _choice(
            "more-menu",
            icon(icon_name, 14),
            rx.el.span(label, class_name="grow"),
            chosen=conversation["priority"] == value,
            on_click=change("priority", value),
        )
        for value, icon_name, label in PRIORITIES
    ]


def _labels(conversation: Record, label: Any, add: Any) -> list[rx.Component]:
    def line(name: rx.vars.StringVar[str]) -> rx.Component:
        return rx.el.button(
            icon("tag", 14),
            rx.el.span(name, class_name="grow trunc"),
            icon("x", 14),
            type="button",
            on_click=label(name),
            custom_attrs={"aria-label": "Take off label " + name},
        )

    field = rx.el.input(
        name="label",
        placeholder="Add a label",
        max_length=50,
        auto_complete="off",
        required=True,
        custom_attrs={"aria-label": "New label", "data-menu-key": "l"},
    )
    form = rx.el.form(rx.el.span(field, class_name="input"), on_submit=add, reset_on_submit=True)
    return [rx.foreach(conversation["labels"].to(list[str]), line), form]


def _more(conversation: Record, does: Any) -> rx.Component:
    words = worded(conversation["status"], (("open", "Open"), ("pending", "Waiting on customer")), "Resolved")
    urgency = worded(conversation["priority"], [(value, label) for value, _, label in PRIORITIES])
    button = rx.el.button(
        icon("ellipsis"),
        type="button",
        class_name="btn btn-sm btn-icon",
        title="Status (S), priority (P), labels (L)",
        custom_attrs={
            "data-hotkey": "s p l z",
            "aria-keyshortcuts": "s p l z",
            "aria-label": "Status: " + words + ", priority: " + urgency + ", labels",
            **opens("more-menu"),
        },
    )
    menu = popover(
        "more-menu",
        PaletteButton.create(line=True),
        rx.el.h3("Status"),
        *_status(conversation, does.change),
        rx.el.h3("Priority", custom_attrs={"data-menu-key": "p"}),
        *_priority(conversation, does.change),
        rx.el.h3("Snooze", class_name="show-m", custom_attrs={"data-menu-key": "z"}),
        snooze_lines("more-menu", conversation, does.snooze, "show-m"),
        rx.el.h3("Labels"),
        *_labels(conversation, does.label, does.add_label),
        label="Status, priority and labels",
        class_name="menu menu-scroll",
    )
    return rx.fragment(button, menu)


def _resolve(conversation: Record, resolve: Any, reopen: Any) -> rx.Component:
    done = conversation["status"] == "resolved"
    again = rx.el.button(icon("rotate-ccw", 14), "Open again", type="button", class_name="btn btn-sm", on_click=reopen)
    close = rx.el.button(
        icon("check", 14),
        rx.el.span("Resolve", class_name="hide-m"),
        type="button",
        class_name="btn btn-sm",
        title="Resolve and go to the next (E)",
        on_click=resolve,
        custom_attrs=hotkey("e", **{"aria-label": "Resolve"}),
    )
    return rx.cond(done, again, close)


def _pane_button(name: str, icon_name: str, label: str, key: str, more: str) -> rx.Component:
    return rx.el.button(
        icon(icon_name),
        type="button",
        class_name=f"btn btn-sm btn-ghost btn-icon {more}",
        title=f"{label} ({key})",
        custom_attrs=hotkey(key, **{"aria-label": label, "data-pane-button": name}),
    )


def thread_head(
    conversation: Record,
    me: rx.vars.StringVar[str],
    people: rx.vars.ArrayVar[Any],
    back: rx.vars.StringVar[str],
    does: Any,
    resolve: Any,
) -> rx.Component:
    """Show the name and the commands; `does` is the state that carries them out, save `resolve`."""
    name = conversation["customer"].to(dict)["name"].to(str)
    return rx.el.header(
        rx.el.a(
            icon("chevron-left", 20),
            href=back,
            class_name="btn btn-ghost btn-icon show-m",
            custom_attrs={"aria-label": "Back to the list"},
        ),
        rx.el.div(
            rx.el.h2(name, class_name="trunc", tab_index=-1, id="thread-name"),
            rx.el.div(conversation["subject"].to(str), class_name="small muted trunc"),
            class_name="grow",
        ),
        _owner(conversation, me, people, does.assign, does.take),
        snooze_menu(conversation, does.snooze),
        _more(conversation, does),
        _resolve(conversation, resolve, does.reopen),
        _pane_button("context", "panel-right", "Customer and vehicles", "]", ""),
        class_name="thread-head",
    )


def thread_skeleton() -> rx.Component:
    """Hold the thread's place; shows after 150 ms."""
    lines = [rx.el.span(class_name=f"sk bubble {side}") for side in ("in", "out", "in", "in w-60", "out")]
    return rx.el.div(rx.el.span("Loading", class_name="sr", role="status"), *lines, class_name="log late")


def no_thread(counts: rx.vars.ObjectVar[dict[str, int]]) -> rx.Component:
    """Say what today looks like while no conversation is open."""
    figures = rx.el.dl(
        *[
            rx.el.div(rx.el.dt(label), rx.el.dd(counts.get(key, 0).to_string(), class_name="num"))
            for key, label in (("waiting", "wait for a reply"), ("mine", "are yours"), ("flagged", "drafts held back"))
        ],
        class_name="at-a-glance",
    )
    return rx.el.div(
        empty_state(
            "messages-square",
            "Choose a conversation",
            rx.el.span(
                "J and K walk the list, Enter opens, ", rx.el.kbd("?"), " shows every key.", class_name="keys-hint"
            ),
        ),
        figures,
        class_name="thread-none",
    )


def thread_gone(problem: rx.vars.StringVar[str], back: rx.vars.StringVar[str]) -> rx.Component:
    """Say that the address leads nowhere."""
    return rx.el.div(
        empty_state(
            "message-square-off", "Not here", problem, rx.el.a("Back to the list", href=back, class_name="btn")
        ),
        class_name="thread-none",
        role="alert",
    )
