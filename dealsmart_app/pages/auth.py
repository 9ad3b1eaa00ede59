"""/login and /register: forms of the browser's own, posted to the API and answered by 303."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import banner
from dealsmart_app.components.forms import primary, text_field
from dealsmart_app.components.icons import icon, mark
from dealsmart_app.components.native import link, native_form, reveal
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.auth import SignInState


def _password(autocomplete: str, help_text: str | None = None) -> rx.Component:
    return text_field(
        "Password",
        "password",
        help_text=help_text,
        type="password",
        required=True,
        auto_complete=autocomplete,
        trailing=reveal(target="password"),
    )


def _email(**props: Any) -> rx.Component:
    return text_field("E-mail", "email", type="email", required=True, auto_complete="username", **props)


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


def _sheet(title: str, subtitle: str, action: str, fields: list[rx.Component], foot: rx.Component) -> rx.Component:
    brand = rx.el.div(mark(), rx.el.span("DealSmart"), class_name="row auth-brand")
    form = native_form(
        *fields,
        rx.el.input(type="hidden", name="next", value=SignInState.next, read_only=True),
        action=action,
        method="post",
    )
    head = rx.el.div(rx.el.h1(title), rx.el.p(subtitle, class_name="muted"))
    refusal = rx.cond(SignInState.error != "", banner("circle-alert", SignInState.error, tone="danger"))
    return rx.el.div(rx.el.div(brand, head, refusal, form, foot, class_name="auth-form"), _beside(), class_name="auth")


@hub_page("/login", "Sign in", permission=None, on_load=[SignInState.leave_if_known], frame="bare")
def sign_in_page() -> rx.Component:
    """E-mail and password."""
    fields = [_email(auto_focus=True), _password("current-password"), primary("Sign in", type="submit")]
    foot = rx.el.p("No account yet? ", link("Create one", href="/register"), ".", class_name="small muted")
    return _sheet("Sign in", "Conversations, drafts and inventory", "/api/v1/auth/login", fields, foot)


@hub_page("/register", "Create an account", permission=None, on_load=[SignInState.leave_if_known], frame="bare")
def register_page() -> rx.Component:
    """A new account, which an administrator may then make staff."""
    fields = [
        _email(),
        text_field(
            "Username",
            "username",
            required=True,
            min_length=3,
            max_length=30,
            auto_complete="nickname",
            help_text="3 to 30 letters, digits or _",
            attributes={"pattern": "[A-Za-z0-9_]{3,30}"},
        ),
        text_field("Your name", "display_name", auto_complete="name", help_text="As colleagues will see it"),
        _password("new-password", "At least 10 characters, not a common one, without your e-mail's name"),
        primary("Create account", type="submit"),
    ]
    foot = rx.el.p("Have an account? ", link("Sign in", href="/login"), ".", class_name="small muted")
    return _sheet("Create an account", "It takes a minute", "/api/v1/auth/register", fields, foot)
