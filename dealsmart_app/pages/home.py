"""/ leads staff to the inbox and everybody else to /profile, his own account."""

import reflex as rx

from dealsmart_app.components.feedback import matched_badge, page_skeleton
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago, exact
from dealsmart_app.components.tables import facts
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.profile import ProfileState
from models.users import Permission

LOOKS = {
    "yes": ("circle-check", "Verified", "success"),
    "no": ("clock", "Not verified", "warning"),
}


@hub_page("/", "Start", Permission.OWN_ACCOUNT, on_load=[ProfileState.lead], frame="bare")
def home_page() -> rx.Component:
    """A door: it leads on."""
    return page_skeleton()


@hub_page("/profile", "Your profile", Permission.OWN_ACCOUNT, on_load=[ProfileState.load])
def profile_page() -> rx.Component:
    """Who one is to the product."""
    profile = ProfileState.profile
    known = facts(
        ("Name", profile["display_name"]),
        ("Username", profile["username"]),
        ("E-mail", profile["email"]),
        ("Address check", matched_badge(profile["verified"], LOOKS, plain=True)),
        ("Role", profile["role"]),
        ("Joined", exact(profile["created_at"])),
        ("Signed in", ago(profile["last_login_at"])),
    )
    return rx.fragment(
        page_head("Your profile", "Settings"),
        rx.el.section(rx.el.h2("Account"), known, class_name="form-card form"),
    )
