"""/system: the checks, the migrations, the version; read anew every ten seconds."""

import reflex as rx

from dealsmart_app.components.feedback import banner, matched_badge, skeleton_rows
from dealsmart_app.components.forms import secondary
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago
from dealsmart_app.components.ticking import ticking
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.system import SystemState
from models.users import Permission

REFRESH_SECONDS = 10
LOOKS = {
    "ok": ("circle-check", "Works", "success"),
    "degraded": ("triangle-alert", "Degraded", "warning"),
    "down": ("circle-x", "Down", "danger"),
    "not_configured": ("circle-dashed", "Not configured", "neutral"),
}
HEADS = ("Check", "Status", "Answers in", "Detail")
STATE = SystemState


def _line(check: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(check["name"], scope="row"),
        rx.el.td(matched_badge(check["status"], LOOKS, plain=True)),
        rx.el.td(check["latency"], class_name="c-num"),
        rx.el.td(check["detail"], class_name="wraps"),
    )


def _checks() -> rx.Component:
    head = rx.el.tr(
        *[rx.el.th(words, scope="col", class_name="c-num" if n == 2 else "") for n, words in enumerate(HEADS)]
    )
    waiting = rx.cond(STATE.faults.length() > 0, rx.el.tbody(), rx.el.tbody(*skeleton_rows(len(HEADS))))
    body = rx.cond(STATE.loaded, rx.el.tbody(rx.foreach(STATE.checks, _line)), waiting)
    table = rx.el.table(
        rx.el.caption("Checks", class_name="sr"), rx.el.thead(head), body, class_name="t t-plain t-checks"
    )
    return rx.el.div(
        rx.el.div(table, class_name="t-scroll", role="region", tab_index=0, custom_attrs={"aria-label": "Checks"}),
        class_name="table-wrap",
    )


def _card(label: str, value: rx.Component | rx.Var[str], note: rx.Component | rx.Var[str] | str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(label),
        rx.el.dd(value, class_name="kpi-value"),
        rx.el.dd(note, class_name="kpi-note"),
        class_name="kpi",
    )


def _cards() -> rx.Component:
    known = STATE.known
    return rx.el.dl(
        _card("Status", matched_badge(STATE.overall, LOOKS), rx.el.span("checked ", ago(STATE.at))),
        _card("Version", known["version"], "of this process"),
        _card("Runs for", known["uptime"], "since its last start"),
        _card("Migrations", known["applied"], known["head"]),
        class_name="kpis kpis-4",
    )


@hub_page("/system", "System status", Permission.READ_PLATFORM, on_load=[STATE.load])
def system_page() -> rx.Component:
    """How the platform is."""
    pending = banner("database", "Not applied yet: ", STATE.pending.join(", "), tone="warning")
    return rx.fragment(
        page_head("System status", "Developers", secondary("Refresh", "refresh-cw", on_click=STATE.load)),
        rx.cond(STATE.pending.length() > 0, pending),
        rx.cond(STATE.loaded, _cards()),
        _checks(),
        ticking(seconds=REFRESH_SECONDS, on_tick=STATE.load),
    )
