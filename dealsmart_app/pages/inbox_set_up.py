"""What stands in an empty house's inbox: three steps, each with its door, and the demonstration to look at."""

from typing import Any

import reflex as rx

from dealsmart_app.components.confirming import question
from dealsmart_app.components.icons import icon
from dealsmart_app.components.native import dialog, link
from dealsmart_app.navigation import INVENTORY, USERS
from dealsmart_app.states.set_up import DemonstrationState, SetUpState

STATE, DEMO = SetUpState, DemonstrationState
STEPS = (
    (
        STATE.channel,
        "key-round",
        "Connect a channel",
        "Make an API key for your website or lead provider.",
        "/settings?tab=api-keys",
    ),
    (
        STATE.inventory,
        "car",
        "Import your inventory",
        "Drafts name only vehicles that are in it.",
        INVENTORY.route,
    ),
    (
        STATE.team,
        "users",
        "Invite your team",
        "Colleagues sign up; you give them the role of staff.",
        USERS.route,
    ),
)


def _step(done: Any, look: str, title: str, words: str, href: str) -> rx.Component:
    mark = rx.cond(done, rx.el.span(icon("circle-check", 20), class_name="ok"), icon(look, 20))
    told = rx.el.span(
        rx.el.b(title, class_name="strong"),
        rx.cond(done, rx.el.span("Done", class_name="small muted"), rx.el.span(words, class_name="small muted")),
        class_name="stack grow",
    )
    return rx.el.li(link(mark, told, icon("chevron-right"), href=href, class_name="door"))


def set_up_steps() -> rx.Component:
    """Show the steps to those who can take them."""
    demo = rx.el.button(
        icon("flask-conical", 14),
        "Load demo data…",
        type="button",
        class_name="btn",
        on_click=DEMO.ask(True),
    )
    return rx.el.div(
        rx.el.h2("Set up your inbox"),
        rx.el.p("Messages appear here as soon as customers write.", class_name="muted"),
        rx.el.ol(*[_step(*step) for step in STEPS], class_name="set-up-steps"),
        rx.cond(STATE.may_load_demo, demo),
        class_name="set-up",
    )


def demonstration_dialog() -> rx.Component:
    """Ask before an empty house is filled with invented people."""
    asked = question(
        "Load demo data",
        ("car", "An invented dealership with 40 vehicles, its policies and prepared replies"),
        ("inbox", "Conversations in every state, some of them leads that have just come in"),
        ("users", "People of every role, an administrator among them, who share one known password"),
        ("trash-2", "Begin again with an empty database before real customers write"),
        on_act=DEMO.load,
        on_close=DEMO.ask(False),
        danger=False,
    )
    return dialog(asked, open=DEMO.asking, title="Load demo data?", on_close=DEMO.ask(False))
