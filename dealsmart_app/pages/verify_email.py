"""/verify-email: where the link of the verification mail leads."""

import reflex as rx

from dealsmart_app.components.native import verify_email
from dealsmart_app.pages.auth import sheet
from dealsmart_app.pages.shell import hub_page


@hub_page("/verify-email", "Confirm your e-mail", permission=None, frame="bare")
def verify_email_page() -> rx.Component:
    """One press proves that the address is one's own; a mail scanner that opens links spends nothing."""
    return sheet(verify_email(action="/api/v1/auth/verify-email"))
