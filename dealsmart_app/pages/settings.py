"""/settings: one's own account in sections, each with its address (`?tab=`)."""

import reflex as rx

from dealsmart_app.components.feedback import banner, page_skeleton
from dealsmart_app.components.icons import icon
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import link
from dealsmart_app.pages.settings_data import data_section
from dealsmart_app.pages.settings_keys import keys_section
from dealsmart_app.pages.settings_notifications import notifications_section
from dealsmart_app.pages.settings_profile import profile_section
from dealsmart_app.pages.settings_security import security_section
from dealsmart_app.pages.settings_sign_ins import sign_ins_section
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.settings import SettingsState
from models.users import Permission

TABS = (
    ("profile", "Profile", "circle-user-round"),
    ("security", "Security", "shield-check"),
    ("sign-ins", "Sign-ins", "monitor-smartphone"),
    ("notifications", "Notifications", "bell"),
    ("api-keys", "API keys", "key-round"),
    ("data", "Your data", "archive"),
)
SECTIONS = {
    "profile": profile_section,
    "security": security_section,
    "sign-ins": sign_ins_section,
    "notifications": notifications_section,
    "api-keys": keys_section,
    "data": data_section,
}
STATE = SettingsState


def _tab(key: str, words: str, icon_name: str) -> rx.Component:
    current = rx.cond(STATE.tab == key, "page", "false")
    return link(
        icon(icon_name),
        words,
        href=f"/settings?tab={key}",
        class_name="set-tab",
        custom_attrs={"aria-current": current},
    )


def _tabs() -> rx.Component:
    nav = rx.el.nav(*[_tab(*tab) for tab in TABS], class_name="set-tabs", custom_attrs={"aria-label": "Settings"})
    first = "Your role needs a second factor. Set it up here; everything else opens once it stands."
    return rx.cond(STATE.must_enroll, banner("shield-alert", first), nav)


@hub_page("/settings", "Settings", Permission.SIGN_IN, on_load=[STATE.arrive])
def settings_page() -> rx.Component:
    """The open section beside the others' names."""
    sections = [(key, build()) for key, build in SECTIONS.items()]
    return rx.fragment(
        page_head("Your settings", "Settings"),
        rx.el.div(_tabs(), rx.match(STATE.tab, *sections, page_skeleton()), class_name="set"),
    )
