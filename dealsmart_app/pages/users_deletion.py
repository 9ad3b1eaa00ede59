"""The users' page: a deletion is asked for by one administrator and confirmed by another."""

from typing import Any

import reflex as rx

from dealsmart_app.components.confirming import consequences, foot
from dealsmart_app.components.feedback import banner
from dealsmart_app.components.forms import area_field, secondary, text_field
from dealsmart_app.components.icons import icon
from dealsmart_app.components.native import dialog, exact
from dealsmart_app.components.tables import side_section
from dealsmart_app.states.user_deletions import UserDeletionState
from dealsmart_app.states.users import UserListState

LIST, STATE = UserListState, UserDeletionState
LOST = (
    ("trash-2", "Name, e-mail, picture and settings are erased for good"),
    ("log-out", "All sessions end; API keys stop working"),
    ("message-square", "What was written stays, under “Deleted user”"),
    ("mail", "The e-mail address is free again"),
)


def _fault() -> rx.Component:
    words = STATE.errors.get("form", "").to(str)
    return rx.cond(words != "", banner("circle-alert", words, tone="danger"))


def _reason(help_text: str) -> rx.Component:
    error = STATE.errors.get("reason", "").to(str)
    return area_field("Reason", "reason", help_text=help_text, error=error, max_length=2000)


def _form(step: str, title: Any, button: str, *fields: Any, on_submit: Any) -> rx.Component:
    do = rx.el.button(button, type="submit", class_name="btn btn-danger" if step != "decline" else "btn btn-primary")
    form = rx.el.form(
        rx.el.div(*fields, class_name="dialog-body"), foot(STATE.show(""), do), on_submit=on_submit, no_validate=True
    )
    return dialog(form, open=STATE.step == step, title=title, on_close=STATE.show(""))


def _asking() -> rx.Component:
    second = rx.cond(
        STATE.alone,
        "You are the only administrator: you can confirm it yourself after 24 hours, and withdraw it until then.",
        "Another administrator confirms it within 7 days, or nothing happens. You can withdraw it until then.",
    )
    typed = text_field(
        rx.el.span("Type ", rx.el.b(LIST.chosen["username"]), " to go on"),
        "typed_name",
        error=STATE.errors.get("typed_name", "").to(str),
        auto_complete="off",
        spell_check=False,
    )
    return _form(
        "ask",
        f"Ask to delete {LIST.chosen['display_name']}?",
        "Ask for deletion",
        banner("users", second, tone="info"),
        rx.el.p("What a deletion does, and nobody can undo:"),
        consequences(*LOST),
        _fault(),
        _reason("Stays in the audit log after the deletion; leave the person's name out"),
        typed,
        on_submit=STATE.ask,
    )


def _declining() -> rx.Component:
    return _form(
        "decline",
        f"Decline to delete {LIST.chosen['display_name']}?",
        "Decline",
        _fault(),
        _reason("Who asked is told; it stays in the audit log"),
        on_submit=STATE.decline,
    )


def _confirming() -> rx.Component:
    request: Any = STATE.request
    asked = rx.el.p(rx.el.b(request["asked_by"]), " asks for it: ", rx.el.q(request["reason"]))
    body = rx.fragment(
        rx.el.div(
            asked, rx.el.p("This can't be undone:"), consequences(*LOST), _fault(), class_name="dialog-body wraps"
        ),
        foot(
            STATE.show(""),
            rx.el.button("Delete account", type="button", class_name="btn btn-danger", on_click=STATE.confirm),
        ),
    )
    title = f"Delete {LIST.chosen['display_name']}?"
    return dialog(body, open=STATE.step == "confirm", title=title, on_close=STATE.show(""))


def deletion_dialogs() -> rx.Component:
    """Ask before anything that ends in a deletion."""
    return rx.fragment(_asking(), _declining(), _confirming())


def _waits(request: Any) -> rx.Component:
    alone = rx.cond(
        request["alone_from"] != "",
        rx.fragment("You are the only administrator; you can confirm it from ", exact(request["alone_from"]), "."),
        "Another administrator confirms it.",
    )
    return rx.cond(request["may_confirm"] != "", rx.fragment(), rx.el.p(alone, class_name="small muted"))


def deletion_section() -> rx.Component:
    """Show the open request about the person, and what the reader can do with it."""
    request: Any = STATE.request
    mine, may = request["mine"] != "", request["may_confirm"] != ""
    who = rx.cond(mine, "You ask", request["asked_by"] + " asks")
    acts = rx.el.div(
        rx.cond(may, secondary("Confirm deletion…", "trash-2", on_click=STATE.show("confirm"))),
        rx.cond(mine, secondary("Withdraw", "undo-2", on_click=STATE.withdraw)),
        rx.cond(may & ~mine, secondary("Decline…", "x", on_click=STATE.show("decline"))),
        class_name="row row-acts",
    )
    told = rx.el.div(
        icon("trash-2", 14),
        rx.el.span(
            rx.el.span(who, " to delete this account", class_name="strong"),
            rx.el.span(request["reason"], class_name="sub wraps"),
            rx.el.span("Open until ", exact(request["expires_at"]), class_name="sub"),
            class_name="grow",
        ),
        class_name="event",
    )
    section = side_section(told, rx.cond(mine, _waits(request)), acts, title="Deletion asked for")
    return rx.cond(request.contains("reason"), section)
