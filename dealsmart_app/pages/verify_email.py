"""/verify-email: where the link of the verification mail leads."""

import reflex as rx

from dealsmart_app.components.feedback import empty_state
from dealsmart_app.components.icons import mark
from dealsmart_app.components.native import verify_email
from dealsmart_app.pages.shell import hub_page


@hub_page("/verify-email", "Confirm your e-mail", permission=None, frame="bare")
def verify_email_page() -> rx.Component:
    """One press proves that the address is one's own; a mail scanner that opens links spends nothing."""
    ask = verify_email(action="/api/v1/auth/verify-email")
    state = empty_state("mail-check", "Confirm your e-mail", "The link in the mail is good for two days.", ask)
    return rx.el.div(
        rx.el.div(mark(), class_name="row"), rx.el.h1("Confirm your e-mail", class_name="sr"), state, class_name="lone"
    )
