"""Dialogs that ask once more: what happens, a way out that has the focus, and the deed."""

from typing import Any

import reflex as rx

from dealsmart_app.components.forms import secondary
from dealsmart_app.components.icons import icon
from dealsmart_app.components.native import dialog


def foot(on_cancel: Any, *buttons: rx.Component) -> rx.Component:
    """Make a dialog's last row; to leave is what Enter does at first."""
    return rx.el.div(secondary("Cancel", on_click=on_cancel, auto_focus=True), *buttons, class_name="dialog-foot")


def consequence(look: str, *words: Any) -> rx.Component:
    """Say one thing that happens, with the name of its icon."""
    return rx.el.li(icon(look, 14), rx.el.span(*words))


def consequences(*lines: tuple[str, str] | rx.Component) -> rx.Component:
    """List what happens; a line is its icon's name and its words, or a `consequence` made before."""
    return rx.el.ul(*[consequence(*line) if isinstance(line, tuple) else line for line in lines], class_name="cons")


def question(act: str, *lines: tuple[str, str] | rx.Component, on_act: Any, on_close: Any, danger: bool) -> Any:
    """Make what such a dialog holds: the consequences and the two buttons."""
    do = rx.el.button(act, type="button", class_name="btn btn-danger" if danger else "btn btn-primary", on_click=on_act)
    return rx.fragment(rx.el.div(consequences(*lines), class_name="dialog-body"), foot(on_close, do))


def confirming(
    title: Any,
    act: str,
    *lines: tuple[str, str] | rx.Component,
    open: Any,
    on_act: Any,
    on_close: Any,
) -> rx.Component:
    """Ask before something that cannot be taken back; `act` are the words of the button that does it."""
    asked = question(act, *lines, on_act=on_act, on_close=on_close, danger=True)
    return dialog(asked, open=open, title=title, on_close=on_close)
