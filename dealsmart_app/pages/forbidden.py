"""/forbidden and the page for what does not exist."""

import reflex as rx

from dealsmart_app.components.feedback import empty_state
from dealsmart_app.components.icons import mark
from dealsmart_app.components.native import link
from dealsmart_app.pages.shell import hub_page


def _lone(icon_name: str, title: str, text: str) -> rx.Component:
    back = link("Back to the start", href="/", class_name="btn btn-primary")
    return rx.el.div(mark(), empty_state(icon_name, title, text, back, alone=True), class_name="lone")


@hub_page("/forbidden", "No access", permission=None, frame="bare")
def forbidden_page() -> rx.Component:
    """Somebody is signed in and may not see the page he asked for."""
    text = "Your role does not include this page. An administrator of your dealership can change that."
    return _lone("lock", "You cannot see this page", text)


@hub_page("/404", "Not found", permission=None, frame="bare")
def missing_page() -> rx.Component:
    """The address leads nowhere."""
    return _lone("map-pin-off", "There is nothing here", "The address may be mistyped, or the page has moved.")
