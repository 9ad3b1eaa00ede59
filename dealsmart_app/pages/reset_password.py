"""/reset-password: where the link of that mail leads."""

import reflex as rx

from dealsmart_app.components.account import reset_password
from dealsmart_app.pages.auth import sheet
from dealsmart_app.pages.shell import hub_page


@hub_page("/reset-password", "Choose a new password", permission=None, frame="bare")
def reset_password_page() -> rx.Component:
    """Another password, by a link that works once."""
    return sheet(reset_password())
