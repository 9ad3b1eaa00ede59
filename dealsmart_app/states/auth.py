"""SignInState: what the sign-in pages read from their address; the forms themselves never pass here."""

import reflex as rx

from dealsmart_app.states.base import HubState

SENTENCES = {
    "invalid_credentials": "The e-mail or the password is not right.",
    "account_suspended": "This account is suspended. Ask an administrator of your dealership.",
    "rate_limited": "Too many tries. Wait a few minutes and try again.",
    "csrf_failed": "The form came from another site. Open this page anew and try again.",
    "email_taken": "There is an account with this e-mail already. Sign in instead.",
    "username_taken": "Somebody has this username already. Choose another.",
    "validation_error": "Something in the form is not right. Check each field against the help beneath it.",
    "totp_required": "This account needs a one-time code to sign in.",
}
FALLBACK = "That did not work. Try again in a moment."


class SignInState(HubState):
    """The refusal in words, and where to go afterwards."""

    @rx.var
    def error(self) -> str:
        """The sentence for the code in the address; empty without one."""
        code = self.router.url.query_parameters.get("error", "")
        return SENTENCES.get(code, FALLBACK) if code else ""

    @rx.var
    def next(self) -> str:
        """The page to go to after signing in; the API lets it lead nowhere else than this site."""
        return self.router.url.query_parameters.get("next", "/")

    @rx.event
    def leave_if_known(self) -> object:
        """Send whoever is signed in on to where he was going."""
        inside = self.next.startswith("/") and not self.next.startswith("//") and "\\" not in self.next
        return rx.redirect(self.next if inside else "/") if self.user_id else None
