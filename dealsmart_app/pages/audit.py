"""/audit: who did what to whom and when, what it changed, and whether the trail still holds."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import badge, banner, empty_state
from dealsmart_app.components.forms import secondary
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago, exact, search_box
from dealsmart_app.components.tables import Column, facts, side_panel, side_section
from dealsmart_app.pages.listing import listing, opener, row_of
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.audit import AuditChainState, AuditListState
from models.users import Permission

COLUMNS = (
    Column("Action"),
    Column("Target"),
    Column("Actor", wide_only=True),
    Column("Address", wide_only=True),
    Column("When", sort="at", numeric=True),
)
LIST, CHAIN = AuditListState, AuditChainState


def _row(entry: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return row_of(
        LIST,
        entry,
        rx.el.td(opener(LIST, entry, entry["action"])),
        rx.el.td(rx.el.span(entry["target"], class_name="idtag trunc id-cell", title=entry["target"])),
        rx.el.td(
            rx.el.span(entry["actor"], class_name="idtag trunc id-cell", title=entry["actor"]), class_name="hide-t"
        ),
        rx.el.td(entry["ip"], class_name="hide-t"),
        rx.el.td(ago(entry["at"]), class_name="c-num"),
    )


def _day(label: str, name: str) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="small muted"),
        rx.el.input(
            type="date",
            value=LIST.query.get(name, "").to(str),
            on_change=lambda day: LIST.narrow(name, day),
            custom_attrs={"aria-label": f"{label} (UTC)"},
        ),
        class_name="input input-day",
    )


def _search(label: str, name: str, placeholder: str) -> rx.Component:
    return search_box(
        value=LIST.query.get(name, "").to(str),
        label=label,
        placeholder=placeholder,
        on_change=lambda text: LIST.narrow(name, text),
    )


def _toolbar() -> rx.Component:
    return rx.el.div(
        _search("Actor", "actor", "Actor: user id or name"),
        _search("Action", "action", "Action: user:update"),
        _search("Target", "target", "Target: kind:id"),
        _day("From", "from"),
        _day("To", "to"),
        rx.cond(LIST.filtered, secondary("Clear", "x", on_click=LIST.clear)),
        class_name="toolbar toolbar-audit",
    )


def _chain() -> rx.Component:
    found = CHAIN.verdict
    holds = rx.el.span(
        badge("shield-check", "Chain holds", "success"),
        rx.el.span(found["links"], " entries, checked ", ago(found["at"]), class_name="small muted"),
        class_name="row",
    )
    broken = banner(
        "shield-alert",
        rx.el.span("The chain is broken: ", found["fault"], ". Entry ", rx.el.span(found["entry"], class_name="idtag")),
        tone="danger",
    )
    waiting = badge("hourglass", "Checking the chain", "neutral")
    return rx.el.div(
        rx.match(found["holds"], ("yes", holds), ("no", broken), waiting),
        secondary("Verify now", "shield-check", on_click=CHAIN.verify),
        class_name="row chain",
        role="status",
    )


def _change(line: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(line["field"], scope="row"),
        rx.el.td(rx.el.del_(line["before"])),
        rx.el.td(rx.el.ins(line["after"])),
    )


def _diff() -> rx.Component:
    head = rx.el.tr(*[rx.el.th(words, scope="col") for words in ("Field", "Before", "After")])
    table = rx.el.table(
        rx.el.caption("What changed", class_name="sr"),
        rx.el.thead(head),
        rx.el.tbody(rx.foreach(LIST.changes, _change)),
        class_name="t-diff",
    )
    nothing = rx.el.p("Nothing was kept of before and after.", class_name="small muted")
    return rx.cond(LIST.changes.length() > 0, table, nothing)


def _side() -> rx.Component:
    entry: Any = LIST.chosen
    head = rx.el.div(rx.el.h2(entry["action"]), rx.el.div(exact(entry["at"]), class_name="small muted"))
    known = facts(
        ("Actor", rx.el.span(entry["actor"], class_name="idtag")),
        ("Target", rx.el.span(entry["target"], class_name="idtag")),
        ("Address", rx.cond(entry["ip"] != "", entry["ip"], "None")),
        ("Request", rx.el.span(entry["request_id"], class_name="idtag")),
        ("Entry", rx.el.span(entry["id"], class_name="idtag")),
    )
    narrow = rx.el.div(
        secondary("Same actor", "filter", on_click=LIST.narrow("actor", entry["actor"])),
        secondary("Same target", "filter", on_click=LIST.narrow("target", entry["target"])),
        class_name="side-foot",
    )
    return side_panel(
        entry["action"],
        head,
        side_section(known),
        side_section(_diff(), title="Changes"),
        narrow,
        on_close=LIST.open(""),
    )


def _empty() -> rx.Component:
    return empty_state(
        "search-x",
        "No entry matches",
        "Actor, action and target are compared whole: user:update, not update.",
        secondary("Clear all", on_click=LIST.clear),
    )


@hub_page("/audit", "Audit log", Permission.READ_AUDIT, on_load=[LIST.load, CHAIN.verify_once])
def audit_page() -> rx.Component:
    """The audit trail."""
    return rx.fragment(
        page_head("Audit log", "People"),
        _chain(),
        _toolbar(),
        listing("Audit log", COLUMNS, LIST, _row, empty=_empty(), side=_side()),
    )
