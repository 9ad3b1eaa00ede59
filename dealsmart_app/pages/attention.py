"""/admin: how the last days went beside the ones before, and what needs an administrator now."""

import reflex as rx

from dealsmart_app.components.feedback import badge, banner, empty_state, skeleton_rows
from dealsmart_app.components.forms import secondary
from dealsmart_app.components.icons import icon
from dealsmart_app.components.kpis import kpi_row, range_choice
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import link
from dealsmart_app.components.ticking import ticking
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.attention import AttentionState
from models.users import Permission

REFRESH_SECONDS = 60
FIGURES = 5
RANGES = {"7": "7 days", "28": "28 days", "90": "90 days"}
ICONS = {
    "late": "alarm-clock",
    "draft": "shield-alert",
    "free": "inbox",
    "job": "list-checks",
    "webhook": "webhook",
    "flag": "flag",
    "system": "activity",
    "suspension": "ban",
    "deletion": "trash-2",
    "chain": "scroll-text",
}
TONES = {
    "danger": ("circle-alert", "danger"),
    "warning": ("triangle-alert", "warning"),
}
STATE = AttentionState


def _line(line: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    kind = rx.match(line["kind"], *[(name, icon(drawn)) for name, drawn in ICONS.items()], icon("cloud-off"))
    marks = [(tone, badge(drawn, line["badge"], look)) for tone, (drawn, look) in TONES.items()]
    content = rx.fragment(
        kind,
        rx.el.span(
            rx.el.b(line["title"], class_name="strong"),
            " ",
            rx.el.span(line["about"], class_name="muted"),
            class_name="grow",
        ),
        rx.match(line["tone"], *marks, badge("circle-dashed", line["badge"], "neutral")),
    )
    return rx.el.li(
        rx.cond(
            line["href"] != "",
            link(content, icon("chevron-right"), href=line["href"], class_name="need"),
            rx.el.div(content, class_name="need"),
        )
    )


def _figures() -> rx.Component:
    fault = banner(
        "cloud-off", "The figures could not be read; what needs you is below. Request ", STATE.kpis_fault, tone="danger"
    )
    return rx.cond(STATE.kpis_fault != "", fault, kpi_row(STATE.kpis, STATE.loaded, FIGURES))


def _needs() -> rx.Component:
    nothing = empty_state("circle-check", "Nothing needs you", "What fails, waits too long or ends soon appears here.")
    waiting = rx.el.table(rx.el.tbody(*skeleton_rows(1, 4)), class_name="t", custom_attrs={"aria-label": "Loading"})
    lines = rx.cond(STATE.needs.length() > 0, rx.el.ul(rx.foreach(STATE.needs, _line), class_name="needs"), nothing)
    well = rx.el.p(icon("circle-check", 14), "Nothing to do: ", STATE.well, class_name="well small muted")
    return rx.el.section(
        rx.el.div(rx.el.h2("Needs you now"), class_name="card-head"),
        rx.cond(STATE.loaded, lines, waiting),
        rx.cond(STATE.loaded & (STATE.well != ""), well),
        class_name="card",
    )


@hub_page("/admin", "Dashboard", Permission.MANAGE_PLATFORM, on_load=[STATE.load])
def attention_page() -> rx.Component:
    """The administrators' home."""
    return rx.fragment(
        page_head(
            "Dashboard",
            "Overview",
            range_choice(STATE.days, RANGES, STATE.choose),
            secondary("Refresh", "refresh-cw", on_click=STATE.load),
        ),
        _figures(),
        _needs(),
        ticking(seconds=REFRESH_SECONDS, on_tick=STATE.load),
    )
