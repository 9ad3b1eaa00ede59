"""/forgot-password: a mail with the link to another password."""

import reflex as rx

from dealsmart_app.components.account import forgot_password
from dealsmart_app.pages.auth import sheet
from dealsmart_app.pages.shell import hub_page


@hub_page("/forgot-password", "Forgot your password?", permission=None, frame="bare")
def forgot_password_page() -> rx.Component:
    """Whether the address has an account is told to nobody but its owner."""
    return sheet(forgot_password())
