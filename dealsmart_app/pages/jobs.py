"""/jobs: what waits, runs or failed in the queue."""

from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import empty_state, matched_badge
from dealsmart_app.components.forms import choice, secondary
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago, exact, search_box
from dealsmart_app.components.tables import Column, facts, side_panel, side_section
from dealsmart_app.pages.listing import listing, opener, row_of
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.jobs import JobListState
from models.users import Permission

STATUS = {
    "todo": ("clock", "Waiting", "neutral"),
    "doing": ("loader", "Running", "info"),
    "succeeded": ("circle-check", "Succeeded", "success"),
    "failed": ("circle-alert", "Failed", "danger"),
    "cancelled": ("ban", "Cancelled", "neutral"),
    "aborted": ("octagon-x", "Aborted", "warning"),
}
COLUMNS = (
    Column("Task"),
    Column("Status"),
    Column("Number", sort="id", numeric=True, wide_only=True),
    Column("Attempts", numeric=True, wide_only=True),
    Column("Last error", wide_only=True),
    Column("Queued", numeric=True),
)
LIST = JobListState


def _row(job: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return row_of(
        LIST,
        job,
        rx.el.td(opener(LIST, job, job["task"])),
        rx.el.td(matched_badge(job["status"], STATUS, plain=True)),
        rx.el.td(job["id"], class_name="c-num hide-t"),
        rx.el.td(job["attempts"], class_name="c-num hide-t"),
        rx.el.td(job["last_error"], class_name="hide-t c-rest muted", title=job["last_error"]),
        rx.el.td(ago(job["enqueued_at"]), class_name="c-num"),
    )


def _toolbar() -> rx.Component:
    return rx.el.div(
        search_box(
            value=LIST.query.get("task", "").to(str),
            label="Task",
            placeholder="Part of a task's name",
            on_change=lambda text: LIST.narrow("task", text),
        ),
        choice(
            "Status",
            LIST.query.get("status", "").to(str),
            [("", "Any status"), *[(name, words) for name, (_, words, _) in STATUS.items()]],
            lambda value: LIST.narrow("status", value),
        ),
        rx.cond(LIST.filtered, secondary("Clear", "x", on_click=LIST.clear)),
        secondary("Refresh", "refresh-cw", on_click=LIST.load),
        class_name="toolbar",
    )


def _side() -> rx.Component:
    job: Any = LIST.chosen
    head = rx.el.div(rx.el.h2(job["task"]), matched_badge(job["status"], STATUS))
    known = facts(
        ("Number", job["id"]),
        ("Queue", job["queue"]),
        ("Attempts", job["attempts"]),
        ("Queued", exact(job["enqueued_at"])),
        ("Due", rx.cond(job["scheduled_at"] != "", exact(job["scheduled_at"]), "At once")),
        ("About", rx.cond(job["about"] != "", rx.el.span(job["about"], class_name="idtag"), "Nothing named")),
    )
    failed = side_section(
        rx.el.p(job["last_error"], class_name="error-text"),
        rx.el.p(exact(job["failed_at"]), class_name="small muted"),
        title="Last error",
    )
    again = rx.el.div(
        secondary("Run again", "rotate-cw", on_click=LIST.retry(job["id"])),
        class_name="side-foot",
    )
    return side_panel(
        job["task"],
        head,
        side_section(known),
        rx.cond(job["last_error"] != "", failed),
        rx.cond(job["retriable"] != "", again),
        on_close=LIST.open(""),
    )


def _empty() -> rx.Component:
    nothing = empty_state("circle-check", "Nothing waits", "Jobs that end well are not kept; failed ones stay here.")
    filtered = empty_state(
        "search-x",
        "No job matches",
        "Take the filters away to see the rest.",
        secondary("Clear all", on_click=LIST.clear),
    )
    return rx.cond(LIST.filtered, filtered, nothing)


@hub_page("/jobs", "Jobs", Permission.MANAGE_PLATFORM, on_load=[LIST.load])
def jobs_page() -> rx.Component:
    """The queue."""
    return rx.fragment(
        page_head("Jobs", "Developers"),
        _toolbar(),
        listing("Jobs", COLUMNS, LIST, _row, empty=_empty(), side=_side()),
    )
