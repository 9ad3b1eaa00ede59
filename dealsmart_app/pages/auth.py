"""/login and /register: forms that post to the API themselves, beside what the product does."""

import reflex as rx

from dealsmart_app.components.account import sign_in, sign_up
from dealsmart_app.components.icons import icon, mark
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.auth import NOTICES, SENTENCES, SignInState


def _claim(text: str, kind: str, source: str = "") -> rx.Component:
    return rx.el.span(text, rx.el.sup(source) if source else None, class_name=f"cl cl-{kind}")


def _sample(tone: str, icon_name: str, title: str, price: rx.Component) -> rx.Component:
    text = rx.el.p(
        "Yes, the ",
        _claim("2021 RAV4 XLE", "ok", "1"),
        " is ",
        _claim("still available", "ok", "1"),
        " at ",
        price,
        ", and we are open ",
        _claim("Saturday 9 to 6", "ok", "2"),
        ".",
    )
    head = rx.el.div(icon(icon_name), rx.el.span(title, class_name="ttl trunc"), class_name="draft-head")
    body = rx.el.div(text, class_name="draft-text")
    return rx.el.div(head, body, class_name="draft", data_tone=tone)


def _beside() -> rx.Component:
    held = _sample("danger", "shield-alert", "Held back · 1 fact has no source", _claim("$28,400", "bad"))
    sent = _sample("success", "shield-check", "Grounded · 4 of 4 facts sourced", _claim("$29,100", "ok", "1"))
    promise = "No price, date or promise goes out unless a record stands behind it."
    return rx.el.aside(
        rx.el.div(rx.el.p(promise, class_name="auth-claim"), held, sent, class_name="inner"),
        class_name="auth-side",
        custom_attrs={"aria-label": "What the product does"},
    )


def sheet(form: rx.Component) -> rx.Component:
    """Put a form under the mark, and on wide windows beside what the product does."""
    brand = rx.el.div(mark(), rx.el.span("DealSmart"), class_name="row auth-brand")
    return rx.el.div(rx.el.div(brand, form, class_name="auth-form"), _beside(), class_name="auth")


@hub_page("/login", "Sign in", permission=None, on_load=[SignInState.leave_if_known], frame="bare")
def sign_in_page() -> rx.Component:
    """E-mail and password, or Google; then the second factor where there is one."""
    return sheet(sign_in(google=SignInState.google, sentences=SENTENCES, notices=NOTICES))


@hub_page("/register", "Create an account", permission=None, on_load=[SignInState.leave_if_known], frame="bare")
def register_page() -> rx.Component:
    """A new account, which an administrator may then make staff."""
    return sheet(sign_up(google=SignInState.google, sentences=SENTENCES))
