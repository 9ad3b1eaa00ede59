"""The settings' section of one's own sign-ins."""

import reflex as rx

from dealsmart_app.components.confirming import confirming
from dealsmart_app.components.feedback import badge, page_skeleton
from dealsmart_app.components.forms import secondary
from dealsmart_app.components.icons import icon
from dealsmart_app.components.native import ago, day_of
from dealsmart_app.states.sign_ins import SignInListState

STATE = SignInListState


def _line(line: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    here = rx.cond(
        line["current"] != "",
        badge("circle-check", "This one", "success"),
        rx.el.button(
            "Sign out",
            type="button",
            class_name="btn btn-sm",
            on_click=STATE.end(line["id"]),
            custom_attrs={"aria-label": f"Sign out {line['device']}, {line['ip']}"},
        ),
    )
    return rx.el.li(
        rx.cond(line["kind"] == "hand", icon("smartphone", 20), icon("monitor", 20)),
        rx.el.span(
            rx.el.b(line["device"], class_name="strong trunc"),
            rx.el.span(
                line["ip"],
                " · since ",
                day_of(line["created_at"]),
                " · last used ",
                ago(line["last_seen_at"]),
                class_name="small muted num",
            ),
            class_name="stack grow",
        ),
        here,
        class_name="line",
    )


def _ask() -> rx.Component:
    others = STATE.sign_ins.length() - 1
    return confirming(
        "Sign out everywhere else?",
        "Sign out all others",
        ("log-out", f"Other sign-ins that end at once: {others}"),
        ("monitor", "Their open screens close; what was typed there and not sent is lost"),
        ("key-round", "API keys stay as they are"),
        open=STATE.asking,
        on_act=STATE.end_others,
        on_close=STATE.ask(False),
    )


def sign_ins_section() -> rx.Component:
    """Each with its device and when it was last used."""
    head = rx.el.div(
        rx.el.h2("Where you are signed in", class_name="grow"),
        rx.cond(
            STATE.sign_ins.length() > 1,
            secondary("Sign out all others", "log-out", on_click=STATE.ask(True)),
        ),
        class_name="row wrap",
    )
    hint = "One that you do not know? End it, and change your password."
    lines = rx.el.ul(rx.foreach(STATE.sign_ins, _line), class_name="lines")
    return rx.el.div(
        rx.el.section(head, rx.el.p(hint), rx.cond(STATE.loaded, lines, page_skeleton()), class_name="form-card"),
        _ask(),
        class_name="form",
    )
