"""/audit: who did what to whom and when, what it changed, and whether the trail still holds."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import badge, banner, empty_state
from dealsmart_app.components.forms import choice, secondary
from dealsmart_app.components.icons import avatar, icon
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago, exact, search_box
from dealsmart_app.components.tables import Column, facts, side_panel, side_section
from dealsmart_app.pages.listing import listing, opener, row_of
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.audit import AuditChainState, AuditListState
from dealsmart_app.states.trail import KINDS
from models.users import Permission

COLUMNS = (
    Column("Who"),
    Column("Did"),
    Column("To", wide_only=True),
    Column("Address", wide_only=True),
    Column("When", sort="at", numeric=True),
)
SUBJECTS = [("", "Anything done"), *[(kind, words.capitalize()) for kind, words in KINDS.items()]]
LIST, CHAIN = AuditListState, AuditChainState


def _row(entry: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    more = rx.cond(entry["who_more"] != "", rx.el.small(entry["who_more"], class_name="hide-m"))
    who = rx.el.span(
        avatar(entry["initials"], entry["hue"]),
        rx.el.span(
            opener(LIST, entry, entry["who"]),
            more,
            rx.el.small(entry["did"], " · ", entry["subject"], class_name="only-m"),
        ),
        class_name="cell-user",
    )
    return row_of(
        LIST,
        entry,
        rx.el.td(who),
        rx.el.td(entry["did"], rx.el.span(entry["fields"], class_name="small muted block")),
        rx.el.td(rx.el.span(entry["subject"], class_name="trunc id-cell", title=entry["subject"]), class_name="hide-t"),
        rx.el.td(entry["ip"], class_name="hide-t muted num"),
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
        _search("Who", "actor", "Who: name or e-mail"),
        choice("What", LIST.kind, SUBJECTS, lambda value: LIST.narrow("action", value)),
        _search("About", "target", "About: id or kind:id"),
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
    was = rx.el.del_(icon("minus", 12), rx.el.span("Before: ", class_name="sr"), line["before"])
    became = rx.el.ins(icon("plus", 12), rx.el.span("After: ", class_name="sr"), line["after"])
    return rx.fragment(
        rx.el.dt(line["field"]),
        rx.el.dd(rx.cond(line["before"] != "", was), rx.cond(line["after"] != "", became)),
    )


def _diff() -> rx.Component:
    nothing = rx.el.p("Nothing was kept of before and after.", class_name="small muted")
    return rx.cond(LIST.changes.length() > 0, rx.el.dl(rx.foreach(LIST.changes, _change), class_name="diff"), nothing)


def _side() -> rx.Component:
    entry: Any = LIST.chosen
    head = rx.el.div(rx.el.h2(entry["did"]), rx.el.div(exact(entry["at"]), class_name="small muted"))
    known = facts(
        ("Who", rx.el.span(entry["who"], rx.el.small(entry["who_more"], class_name="muted block"))),
        ("To", rx.el.span(entry["subject"], class_name="wraps")),
        ("Address", rx.cond(entry["ip"] != "", entry["ip"], "None")),
    )
    exactly = facts(
        ("Action", rx.el.span(entry["action"], class_name="idtag")),
        ("Actor", rx.el.span(entry["actor"], class_name="idtag")),
        ("Target", rx.el.span(entry["target"], class_name="idtag")),
        ("Request", rx.cond(entry["request_id"] != "", rx.el.span(entry["request_id"], class_name="idtag"), "None")),
        ("Entry", rx.el.span(entry["id"], class_name="idtag")),
    )
    narrow = rx.el.div(
        secondary("Same person", "filter", on_click=LIST.narrow("actor", entry["actor"])),
        secondary("Same subject", "filter", on_click=LIST.narrow("target", entry["target"])),
        class_name="side-foot",
    )
    return side_panel(
        entry["did"],
        head,
        side_section(known),
        side_section(_diff(), title="Changes"),
        side_section(exactly, title="As recorded"),
        narrow,
        on_close=LIST.open(""),
    )


def _empty() -> rx.Component:
    return empty_state(
        "search-x",
        "No entry matches",
        "A name is sought by the beginning of its words; the days are in UTC.",
        secondary("Clear all", on_click=LIST.clear),
    )


@hub_page("/audit", "Audit log", Permission.READ_AUDIT, on_load=[LIST.load, CHAIN.verify_once])
def audit_page() -> rx.Component:
    """The audit trail."""
    return rx.fragment(
        page_head("Audit log", "People"),
        _chain(),
        _toolbar(),
        rx.el.div(listing("Audit log", COLUMNS, LIST, _row, empty=_empty(), side=_side()), class_name="trail"),
    )
