"""`hub_page`: a page with its route, title, permission and first load, in the frame it stands in."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import reflex as rx
from reflex.event import EventType

from dealsmart_app.components.feedback import banner, empty_state, page_skeleton
from dealsmart_app.components.icons import icon, mark
from dealsmart_app.components.layout import Person, admin_frame, bare_frame, workspace_frame
from dealsmart_app.components.native import ago, anchor, popover
from dealsmart_app.components.palette import PAGES, Palette
from dealsmart_app.states.base import SCREENS, HubState, Screen
from dealsmart_app.states.notifications import NotificationState
from dealsmart_app.states.palette import PaletteState
from dealsmart_app.states.workspace import WorkspaceState
from models.users import Permission

Frame = Literal["admin", "workspace", "bare"]
Page = Callable[[], rx.Component]
PRODUCT = "DealSmart"

PERSON = Person(
    name=HubState.display_name,
    role=HubState.role_label,
    initials=HubState.initials,
    permissions=HubState.permissions,
)


def _notice(line: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(class_name=rx.cond(line["unread"] != "", "dot dot-unread", "dot dot-read")),
            rx.el.span(
                rx.el.span(line["title"], class_name="strong"),
                rx.cond(line["body"] != "", rx.el.span(line["body"], class_name="small muted notice-body")),
                class_name="stack",
            ),
            ago(line["at"]),
            rx.cond(line["unread"] != "", rx.el.span("Unread", class_name="sr")),
            type="button",
            class_name="notice",
            on_click=NotificationState.follow(line["id"]),
        )
    )


def _bell_panel() -> rx.Component:
    nothing = empty_state("bell", "Nothing new", "What is assigned to you or needs your eyes appears here.")
    return popover(
        "bell-panel",
        rx.el.div(
            rx.el.h2("Notifications", class_name="grow"),
            rx.el.button(
                icon("check-check", 14),
                "Mark all read",
                type="button",
                class_name="btn btn-sm btn-ghost",
                disabled=NotificationState.unread == 0,
                on_click=NotificationState.mark_all_read,
            ),
            class_name="card-head",
        ),
        rx.cond(
            NotificationState.notices.length() > 0,
            rx.el.ul(rx.foreach(NotificationState.notices, _notice), class_name="notices"),
            nothing,
        ),
        label="Notifications",
        class_name="bell-panel",
    )


def _palette() -> rx.Component:
    return Palette.create(
        pages=PAGES,
        permissions=HubState.permissions,
        person=HubState.user_id,
        preferences=WorkspaceState.preferences,
        found=PaletteState.found,
        recent=PaletteState.recent,
        on_find=PaletteState.find,
        on_recent=PaletteState.arrive,
    )


def _framed(build: Page, route: str, frame: Frame) -> rx.Component:
    if frame == "bare":
        return bare_frame(build())
    around = admin_frame if frame == "admin" else workspace_frame
    content = rx.fragment(out_of_date(route), build()) if frame == "admin" else build()
    return around(content, PERSON, route, NotificationState.unread, rx.fragment(_bell_panel(), _palette()))


def out_of_date(route: str, class_name: str = "") -> rx.Component:
    """Say above a page that it could not be read, and have it tried again; what was read before stays."""
    fault: Any = HubState.faults[0]
    again = rx.el.button(
        icon("refresh-cw", 14), "Try again", type="button", class_name="btn btn-sm", on_click=HubState.guard(route)
    )
    words = rx.el.span(
        rx.el.b(fault["title"], class_name="block"),
        "What stands here may be out of date or missing. Request ",
        rx.el.span(fault["request_id"], class_name="idtag"),
        class_name="grow wraps",
    )
    told = rx.el.div(banner("cloud-off", words, again, tone="danger"), class_name=f"out-of-date {class_name}".strip())
    return rx.cond(HubState.faults.length() > 0, told)


def _nothing_known() -> rx.Component:
    """Say that it can't be told who is there; a page that never came up is loaded anew."""
    fault: Any = HubState.faults[0]
    words = rx.fragment("Nothing can be shown at the moment. Request ", fault["request_id"])
    again = anchor("Try again", href="", class_name="btn btn-primary")
    away = rx.el.main(mark(), empty_state("cloud-off", fault["title"], words, again, alone=True), class_name="lone")
    return rx.cond(HubState.faults.length() > 0, away, page_skeleton())


def hub_page(
    route: str,
    title: str,
    permission: Permission | None,
    on_load: Sequence[EventType[()]] = (),
    frame: Frame = "admin",
) -> Callable[[Page], Page]:
    """Register a page.

    Nothing of it is drawn before the guard has seen who is there. That is courtesy: what a
    page shows comes from services, which ask for the permission themselves.

    Args:
        route: The path, without parameters.
        title: The page's name; the product's stands after it in the browser's title.
        permission: What it takes to see the page; None lets anybody in.
        on_load: Events that follow once the guard has let the person in.
        frame: The menu's frame, the workspace's rail (the page returns a fragment of panes), or none.
    """
    bell = [NotificationState.load] if frame != "bare" else []
    SCREENS[route] = Screen(route, title, permission, (*bell, *on_load))

    def register(build: Page) -> Page:
        def page() -> rx.Component:
            content = _framed(build, route, frame)
            if permission is None:
                return content
            allowed = HubState.ready & HubState.permissions.contains(permission.value)
            return rx.cond(allowed, content, _nothing_known())

        page.__name__ = build.__name__
        rx.page(route=route, title=f"{title} · {PRODUCT}", on_load=HubState.guard(route))(page)
        return build

    return register
