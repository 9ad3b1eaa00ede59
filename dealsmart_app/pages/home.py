"""/ leads staff to the inbox; to everybody else it shows his own account and what is his."""

import reflex as rx

from dealsmart_app.components.feedback import banner, matched_badge, page_skeleton
from dealsmart_app.components.forms import secondary
from dealsmart_app.components.icons import icon
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago, day_of, link
from dealsmart_app.components.tables import facts
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.home import HomeState
from dealsmart_app.states.profile import ProfileState
from models.users import Permission

LOOKS = {
    "yes": ("circle-check", "Verified", "success"),
    "no": ("clock", "Not verified", "warning"),
}
STATE, PROFILE = HomeState, ProfileState.profile


def _confirm() -> rx.Component:
    mailed = rx.el.span("Mailed. Open the link in that mail; it works once, for 48 hours.", class_name="grow")
    ask = rx.fragment(
        rx.el.span(
            "Confirm that ",
            rx.el.b(PROFILE["email"]),
            " is yours: open the link that we mailed you.",
            class_name="grow",
        ),
        secondary("Mail it again", on_click=ProfileState.mail_again),
    )
    return rx.cond(PROFILE["verified"] == "no", banner("mail", rx.cond(ProfileState.mailed, mailed, ask), tone="info"))


def picture(size: str) -> rx.Component:
    """Show one's picture, or one's initials where there is none; `size` is a class."""
    return rx.cond(
        PROFILE["avatar_url"] != "",
        rx.el.img(src=PROFILE["avatar_url"], alt="", class_name=f"portrait {size}"),
        rx.el.span(PROFILE["initials"], class_name=f"portrait av av-1 {size}", custom_attrs={"aria-hidden": "true"}),
    )


def _who() -> rx.Component:
    known = facts(
        ("E-mail", PROFILE["email"]),
        ("Address check", matched_badge(PROFILE["verified"], LOOKS, plain=True)),
        ("Username", PROFILE["username"]),
        ("Role", PROFILE["role"]),
        ("Joined", day_of(PROFILE["created_at"])),
        ("Signed in", ago(PROFILE["last_login_at"])),
    )
    head = rx.el.div(
        picture("portrait-64"),
        rx.el.div(
            rx.el.h2(PROFILE["display_name"]),
            rx.cond(PROFILE["bio"] != "", rx.el.p(PROFILE["bio"], class_name="muted bio")),
            class_name="stack grow",
        ),
        link("Edit profile", href="/settings", class_name="btn"),
        class_name="who-head",
    )
    return rx.el.section(head, known, class_name="form-card", custom_attrs={"aria-label": "Your profile"})


def _door(icon_name: str, title: str, words: rx.Component | rx.Var[str], tab: str) -> rx.Component:
    return link(
        icon(icon_name, 20),
        rx.el.span(
            rx.el.b(title, class_name="strong"), rx.el.span(words, class_name="small muted"), class_name="stack grow"
        ),
        icon("chevron-right"),
        href=f"/settings?tab={tab}",
        class_name="door",
    )


def _count(number: rx.vars.NumberVar[int], one: str, many: str) -> rx.Var[str]:
    return rx.cond(number == 0, f"No {many}", rx.cond(number == 1, f"1 {one}", f"{number} {many}"))


def _his() -> rx.Component:
    second = rx.cond(STATE.two_factor, rx.el.span("Second factor is on"), rx.el.span("Second factor is off"))
    return rx.el.section(
        rx.el.h2("Your account"),
        rx.el.div(
            _door("shield-check", "Password and second factor", second, "security"),
            _door(
                "monitor-smartphone",
                "Where you are signed in",
                _count(STATE.sign_ins, "sign-in", "sign-ins"),
                "sign-ins",
            ),
            _door("key-round", "API keys", _count(STATE.keys, "key", "keys"), "api-keys"),
            _door("archive", "Your data", rx.el.span("Export it, or delete your account"), "data"),
            class_name="doors",
        ),
        class_name="form-card",
    )


@hub_page("/", "Start", Permission.OWN_ACCOUNT, on_load=[HomeState.lead])
def home_page() -> rx.Component:
    """Who one is to the product, and what is one's own."""
    return rx.cond(
        STATE.loaded & (PROFILE["username"] != ""),
        rx.fragment(page_head("Your page", "Overview"), rx.el.div(_confirm(), _who(), _his(), class_name="form")),
        page_skeleton(),
    )
