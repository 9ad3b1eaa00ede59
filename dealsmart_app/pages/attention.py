"""/admin: what needs an administrator now; each card leads to its list."""

import reflex as rx

from dealsmart_app.components.feedback import badge
from dealsmart_app.components.forms import secondary
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import link
from dealsmart_app.components.ticking import ticking
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.attention import AttentionState
from models.users import Permission

REFRESH_SECONDS = 60
PLACES = 9
STATE = AttentionState


def _card(card: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    mark = rx.match(
        card["tone"],
        ("calm", badge("circle-check", "Nothing to do", "success", plain=True)),
        ("danger", badge("circle-alert", "Act now", "danger", plain=True)),
        ("failed", badge("cloud-off", "Not known", "neutral", plain=True)),
        badge("triangle-alert", "Look at it", "warning", plain=True),
    )
    content = rx.fragment(
        rx.el.span(card["name"], class_name="need-name"),
        rx.el.span(card["value"], class_name="kpi-value"),
        rx.el.span(card["words"], class_name="kpi-note"),
        mark,
    )
    return rx.el.li(
        rx.cond(
            card["href"] != "",
            link(content, href=card["href"], class_name="kpi need"),
            rx.el.div(content, class_name="kpi need"),
        )
    )


@hub_page("/admin", "Needs attention", Permission.MANAGE_PLATFORM, on_load=[STATE.load])
def attention_page() -> rx.Component:
    """The administrators' home."""
    waiting = [rx.el.li(rx.el.div(rx.el.span(class_name="sk"), class_name="kpi need")) for _ in range(PLACES)]
    return rx.fragment(
        page_head("Needs attention", "Overview", secondary("Refresh", "refresh-cw", on_click=STATE.load)),
        rx.cond(
            STATE.loaded,
            rx.el.ul(rx.foreach(STATE.cards, _card), class_name="needs"),
            rx.el.ul(*waiting, class_name="needs", custom_attrs={"aria-busy": "true"}),
        ),
        ticking(seconds=REFRESH_SECONDS, on_tick=STATE.load),
    )
