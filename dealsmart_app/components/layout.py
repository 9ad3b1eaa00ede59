"""The frames that pages stand in: workspace with the rail, administration with the menu, bare."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.style import color_mode, set_color_mode
from reflex_base.style import LiteralColorMode

from dealsmart_app.components.icons import avatar, icon, mark
from dealsmart_app.components.native import anchor, link, native_form, opens, popover
from dealsmart_app.components.palette import PaletteButton
from dealsmart_app.navigation import MENU, RAIL, Entry
from models.users import Permission

Count = rx.vars.NumberVar[int]
MODES: tuple[tuple[LiteralColorMode, str, str], ...] = (
    ("system", "monitor", "System"),
    ("light", "sun", "Light"),
    ("dark", "moon", "Dark"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """What the frame shows of whoever is signed in, as vars of the state."""

    name: rx.Var[str]
    role: rx.Var[str]
    initials: rx.Var[str]
    permissions: rx.vars.ArrayVar[Any]

    def may(self, permission: Permission) -> rx.vars.BooleanVar:
        """Tell whether the menu shows what needs the permission."""
        return self.permissions.contains(permission.value)

    def sees(self, entry: Entry) -> rx.Var[bool]:
        """Tell whether a line of the menu is for him."""
        may = self.may(entry.permission)
        return may if entry.unless is None else may & ~self.may(entry.unless)


def _current(entry: Entry, route: str) -> dict[str, str]:
    return {"aria-current": "page"} if entry.route == route else {}


def _menu_link(entry: Entry, person: Person, route: str) -> rx.Component:
    return rx.cond(
        person.sees(entry),
        link(
            icon(entry.icon),
            rx.el.span(entry.label, class_name="tx"),
            href=entry.route,
            class_name="navi",
            title=entry.label,
            custom_attrs=_current(entry, route),
        ),
    )


def menu(person: Person, route: str) -> list[rx.Component]:
    """List the sections of the menu that the person may see."""
    lines: list[rx.Component] = []
    for section in MENU:
        shown = person.sees(section.entries[0])
        for entry in section.entries[1:]:
            shown = shown | person.sees(entry)
        lines.append(rx.cond(shown, rx.el.h3(section.title)))
        lines.extend(_menu_link(entry, person, route) for entry in section.entries)
    return lines


def _colour_modes() -> rx.Component:
    return rx.el.div(
        *[
            rx.el.button(
                icon(icon_name, 14),
                words,
                type="button",
                on_click=set_color_mode(mode),
                custom_attrs={"aria-pressed": rx.cond(color_mode == mode, "true", "false")},
            )
            for mode, icon_name, words in MODES
        ],
        class_name="seg seg-wide",
        role="group",
        custom_attrs={"aria-label": "Colours"},
    )


def user_menu(person: Person) -> rx.Component:
    """Make the panel behind the avatar: who one is, the colours, the way out."""
    return popover(
        "user-menu",
        rx.el.div(
            avatar(person.initials, size=32),
            rx.el.div(
                rx.el.b(person.name, class_name="strong trunc"),
                rx.el.span(person.role, class_name="small muted"),
                class_name="stack",
            ),
            class_name="row menu-who",
        ),
        link(icon("settings"), "Your settings", href="/settings", class_name="menu-line"),
        _colour_modes(),
        native_form(
            rx.el.button(icon("log-out"), "Sign out", type="submit", class_name="menu-line"),
            action="/api/v1/auth/logout",
            method="post",
        ),
        label="Your account",
        class_name="menu-panel",
    )


def user_button(person: Person) -> rx.Component:
    """Make the avatar that opens the user's menu."""
    return rx.el.button(
        avatar(person.initials),
        type="button",
        class_name="av-button",
        custom_attrs={"aria-label": f"{person.initials}, your account", **opens("user-menu")},
    )


def bell_button(unread: Count) -> rx.Component:
    """Make the bell with the count of what has not been read."""
    return rx.el.button(
        icon("bell"),
        rx.cond(unread > 0, rx.el.span(rx.cond(unread > 99, "99+", unread.to_string()), class_name="count")),
        type="button",
        class_name="btn btn-ghost btn-icon bell",
        title="Notifications",
        custom_attrs={
            "aria-label": rx.cond(unread > 0, f"Notifications, {unread} unread", "Notifications"),
            **opens("bell-panel"),
        },
    )


def skip_link() -> rx.Component:
    """Make the link that the first Tab reaches."""
    return anchor("Skip to content", href="#main", class_name="skip")


def page_head(title: Any, section: str, *actions: rx.Component) -> rx.Component:
    """Put breadcrumb, title and actions on one row."""
    crumb = rx.el.nav(
        rx.el.span(section),
        icon("chevron-right", 12),
        rx.el.span(title),
        class_name="crumb",
        custom_attrs={"aria-label": "Breadcrumb"},
    )
    return rx.el.div(
        rx.el.div(crumb if section else rx.fragment(), rx.el.h1(title), class_name="grow"),
        *actions,
        class_name="page-head",
    )


def admin_frame(content: Any, person: Person, route: str, unread: Count, over: rx.Component) -> rx.Component:
    """Put a page beside the menu and under the bar; `over` holds what opens above it."""
    brand = rx.el.div(mark(), rx.el.span("DealSmart"), class_name="anav-brand")
    burger = rx.el.button(
        icon("menu", 20),
        type="button",
        class_name="btn btn-ghost btn-icon burger",
        custom_attrs={"aria-label": "Menu", **opens("menu-panel")},
    )
    bar = rx.el.header(
        burger,
        rx.el.span(mark(), class_name="bar-mark"),
        PaletteButton.create(narrow=False),
        rx.el.span(class_name="grow"),
        bell_button(unread),
        user_button(person),
        class_name="topbar",
    )
    return rx.fragment(
        skip_link(),
        rx.el.div(
            rx.el.nav(brand, *menu(person, route), class_name="anav", custom_attrs={"aria-label": "Main"}),
            rx.el.div(bar, rx.el.main(content, class_name="page", id="main", tab_index=-1), class_name="main-col"),
            class_name="admin",
        ),
        popover("menu-panel", rx.el.nav(*menu(person, route)), label="Menu", class_name="menu-drawer"),
        user_menu(person),
        over,
    )


def workspace_frame(content: Any, person: Person, route: str, unread: Count, over: rx.Component) -> rx.Component:
    """Put the panes of the workspace beside the rail; `content` is a fragment of grid cells, `over` opens above."""
    links = [
        rx.cond(
            person.may(entry.permission),
            link(
                icon(entry.icon),
                href=entry.route,
                title=entry.label,
                custom_attrs={"aria-label": entry.label, **_current(entry, route)},
            ),
        )
        for entry in RAIL
    ]
    rail = rx.el.nav(
        rx.el.span(mark(), class_name="hide-m"),
        PaletteButton.create(narrow=True),
        *links,
        rx.el.span(class_name="grow hide-m"),
        bell_button(unread),
        user_button(person),
        class_name="rail",
        custom_attrs={"aria-label": "Main"},
    )
    return rx.fragment(
        skip_link(),
        rx.el.div(rail, content, class_name="ws"),
        user_menu(person),
        over,
    )


def bare_frame(content: Any) -> rx.Component:
    """Put a page alone on the screen."""
    return rx.fragment(skip_link(), rx.el.main(content, id="main", tab_index=-1))
