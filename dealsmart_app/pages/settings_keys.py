"""The settings' section of API keys."""

import reflex as rx

from dealsmart_app.components.account import new_key
from dealsmart_app.components.confirming import confirming, consequence
from dealsmart_app.components.feedback import badge, empty_state, page_skeleton
from dealsmart_app.components.icons import icon
from dealsmart_app.components.native import ago, day_of
from dealsmart_app.states.api_keys import ApiKeyState

STATE = ApiKeyState


def _until(key: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    ends = rx.cond(
        key["over"] != "", badge("hourglass", "Expired", "warning"), rx.el.span("Until ", day_of(key["expires_at"]))
    )
    return rx.cond(key["expires_at"] != "", ends, rx.el.span("No end"))


def _line(key: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        icon("key-round", 20),
        rx.el.span(
            rx.el.span(
                rx.el.b(key["name"], class_name="strong trunc"),
                rx.el.code(key["hint"], class_name="idtag"),
                class_name="row",
            ),
            rx.el.span(key["scopes"], class_name="small muted"),
            rx.el.span(
                _until(key),
                " · ",
                key["quota"],
                " · last used ",
                ago(key["last_used_at"]),
                class_name="small muted num",
            ),
            class_name="stack grow",
        ),
        rx.el.button(
            "Revoke…",
            type="button",
            class_name="btn btn-sm",
            on_click=STATE.ask(key["id"]),
            custom_attrs={"aria-label": f"Revoke {key['name']}…"},
        ),
        class_name="line",
    )


def _ask() -> rx.Component:
    key = STATE.asking
    return confirming(
        f"Revoke {key['name']}?",
        "Revoke",
        ("ban", "Whoever uses it is refused from now on, within five seconds everywhere"),
        consequence("clock", "Last used: ", ago(key["last_used_at"])),
        ("undo-2", "This cannot be undone; make another key instead"),
        open=STATE.asking.contains("id"),
        on_act=STATE.revoke,
        on_close=STATE.ask(""),
    )


def keys_section() -> rx.Component:
    """What programs use in one's name."""
    nothing = empty_state("key-round", "No keys yet", "Make the first one below.")
    lines = rx.cond(STATE.keys.length() > 0, rx.el.ul(rx.foreach(STATE.keys, _line), class_name="lines"), nothing)
    return rx.el.div(
        rx.el.section(
            rx.el.h2("API keys"),
            rx.el.p("A key acts in your name, within your role and its scopes. Send it as the header X-API-Key."),
            rx.cond(STATE.loaded, lines, page_skeleton()),
            class_name="form-card",
        ),
        rx.el.section(rx.el.h2("New key"), new_key(scopes=STATE.scopes, on_done=STATE.load), class_name="form-card"),
        _ask(),
        class_name="form",
    )
