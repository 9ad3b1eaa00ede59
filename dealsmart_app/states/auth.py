"""SignInState: what the sign-in pages know of the settings and the address; the forms never pass here."""

import reflex as rx

from api.entrance import safe_path
from api.services.house import house
from dealsmart_app.states.base import HubState

SENTENCES = {
    "": "That did not work. Try again in a moment.",
    "invalid_credentials": "The e-mail or the password is not right.",
    "account_suspended": "This account is suspended. Ask an administrator of your dealership.",
    "rate_limited": "Too many tries. Wait a few minutes and try again.",
    "csrf_failed": "The form came from another site. Open this page anew and try again.",
    "email_taken": "There is an account with this e-mail already. Sign in instead.",
    "username_taken": "Somebody has this username already. Choose another.",
    "validation_error": "Something in the form is not right. Check each field against the help beneath it.",
    "totp_required": "This account needs a one-time code to sign in.",
    "unauthorized": "That took too long. Begin the sign-in anew.",
    "upstream_unavailable": "Google does not answer. Sign in with your password, or try again in a moment.",
}
NOTICES = {
    "password_reset": "Your password is changed. Sign in with the new one.",
    "deleted": "Your account is deleted. Nothing that names you is left.",
}


class SignInState(HubState):
    """Whether Google is configured, and where to go afterwards."""

    @rx.var(initial_value=False)
    def google(self) -> bool:
        """Whether sign-in with Google is configured."""
        settings = house().settings
        return settings.google_client_id is not None and settings.google_client_secret is not None

    @rx.event
    def leave_if_known(self) -> object:
        """Send whoever is signed in on to where he was going."""
        wanted = safe_path(self.router.url.query_parameters.get("next"))
        return rx.redirect(wanted) if self.user_id else None
