"""/ai: how AI drafts fare, by day, person, provider and prompt, and which were sent in spite of flags."""

from typing import Any

import reflex as rx

from dealsmart_app.components.charts import chart
from dealsmart_app.components.feedback import empty_state, skeleton_rows
from dealsmart_app.components.forms import secondary
from dealsmart_app.components.kpis import range_choice
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import exact, link
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.ai_figures import AiFiguresState
from models.users import Permission

STATE = AiFiguresState
GROUPS = (
    ("people", "By person"),
    ("providers", "By provider"),
    ("models", "By model"),
    ("prompts", "By prompt version"),
)
HEADS = (
    ("drafts", "Drafts"),
    ("acceptance", "Sent"),
    ("light", "Light edits"),
    ("rejected", "Rejected"),
    ("flagged", "Held back"),
    ("overridden", "Overridden"),
    ("latency", "Median / p95"),
    ("tokens", "Tokens in / out"),
    ("cost", "Cost"),
)

RANGE_NAMES = {"7": "7 days", "28": "28 days", "90": "90 days", "365": "12 months"}


def _card(card: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(card["label"]),
        rx.el.dd(card["value"], class_name="kpi-value"),
        rx.el.dd(card["note"], class_name="kpi-note"),
        class_name="kpi",
    )


def _table(caption: str, heads: list[str], rows: Any, cells: list[str]) -> rx.Component:
    head = rx.el.tr(
        *[rx.el.th(words, scope="col", class_name="" if n == 0 else "c-num") for n, words in enumerate(heads)]
    )

    def row(item: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
        first = rx.el.th(item[cells[0]], scope="row")
        return rx.el.tr(first, *[rx.el.td(item[name], class_name="c-num") for name in cells[1:]])

    table = rx.el.table(
        rx.el.caption(caption, class_name="sr"),
        rx.el.thead(head),
        rx.el.tbody(rx.foreach(rows, row)),
        class_name="t t-plain",
    )
    return rx.el.div(table, class_name="t-scroll", role="region", tab_index=0, custom_attrs={"aria-label": caption})


def _section(title: str, *content: rx.Component) -> rx.Component:
    return rx.el.section(rx.el.div(rx.el.h2(title), class_name="card-head"), *content, class_name="card")


def _over_time() -> rx.Component:
    heads = ["From", "Sent as written", "Edited", "Rejected", "Superseded"]
    cells = ["start", "accepted", "edited", "rejected", "superseded"]
    table = _table("Drafts over time", heads, STATE.points, cells)
    return _section("What became of drafts", chart(STATE.figure, "Drafts over time, by what became of them", table))


def _group(name: str, title: str) -> rx.Component:
    cells = ["name", *[cell for cell, _ in HEADS]]
    return _section(title, _table(title, ["Name", *[words for _, words in HEADS]], STATE.groups[name], cells))


def _reasons() -> rx.Component:
    rejected = _table("Rejections by reason", ["Reason", "Drafts"], STATE.rejections, ["reason", "count"])
    flags = _table(
        "Flags by kind", ["Kind", "Held back", "To check"], STATE.flags, ["kind", "unsupported", "uncertain"]
    )
    none = rx.el.p("None in this range.", class_name="card-body muted")
    return rx.el.div(
        _section("Rejections by reason", rx.cond(STATE.rejections.length() > 0, rejected, none)),
        _section("Flags by kind of claim", rx.cond(STATE.flags.length() > 0, flags, none)),
        class_name="halves",
    )


def _override(item: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(rx.el.b(item["person"]), ", ", exact(item["at"]), class_name="small"),
            rx.el.p(item["claims"]),
            class_name="grow stack",
        ),
        link("Open", href=f"/inbox?id={item['conversation']}", class_name="btn btn-sm"),
        secondary("Export case", "download", on_click=STATE.export(item["id"])),
        class_name="override",
    )


def _overrides() -> rx.Component:
    nothing = rx.el.p("Nobody sent a held-back draft in this range.", class_name="card-body muted")
    listed = rx.el.ul(rx.foreach(STATE.overrides, _override), class_name="overrides")
    return _section("Sent in spite of flags", rx.cond(STATE.overrides.length() > 0, listed, nothing))


def _body() -> rx.Component:
    empty = empty_state(
        "sparkles", "No drafts in this range", "Drafts that staff ask for in the inbox are counted here."
    )
    figures = rx.fragment(
        rx.el.dl(rx.foreach(STATE.cards, _card), class_name="kpis"),
        _over_time(),
        *[_group(name, title) for name, title in GROUPS],
        _reasons(),
        _overrides(),
    )
    waiting = rx.el.table(rx.el.tbody(*skeleton_rows(4)), class_name="t", custom_attrs={"aria-label": "Loading"})
    return rx.cond(STATE.loaded, rx.cond(STATE.any_drafts, figures, empty), waiting)


@hub_page("/ai", "AI drafts", Permission.READ_AI_FIGURES, on_load=[STATE.load])
def ai_page() -> rx.Component:
    """How AI drafts fare."""
    return rx.fragment(page_head("AI drafts", "Overview", range_choice(STATE.days, RANGE_NAMES, STATE.choose)), _body())
