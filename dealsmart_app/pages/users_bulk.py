"""The users' page: the bar of one change to many, what it would do before it is done, and its report."""

import reflex as rx

from dealsmart_app.components.confirming import foot
from dealsmart_app.components.feedback import banner, matched_badge
from dealsmart_app.components.forms import choice_field, icon_button, secondary
from dealsmart_app.components.icons import icon
from dealsmart_app.components.native import dialog
from dealsmart_app.components.ticking import unselect
from dealsmart_app.pages.users_dialogs import suspension_fields
from dealsmart_app.pages.users_side import ROLE_CHOICES
from dealsmart_app.states.user_bulk import UserBulkState
from models.user_desk import MOST_SELECTED

BULK = UserBulkState
FORESEEN = {
    "changed": ("circle-check", "Will change", "success"),
    "unchanged": ("minus", "Already so", "neutral"),
    "refused": ("ban", "Refused", "danger"),
}
DONE = {**FORESEEN, "changed": ("circle-check", "Changed", "success")}
TITLES = (("suspend", "Suspend people"), ("reinstate", "Lift suspensions"), ("role", "Change roles"))


def bulk_bar(total: rx.vars.NumberVar[int]) -> rx.Component:
    """Show how many are picked and what can be done to all of them."""
    picked = BULK.count
    more = rx.el.button(
        rx.cond(
            total > MOST_SELECTED, f"Select the first {MOST_SELECTED:,}", f"Select all {total.to_string()} matching"
        ),
        type="button",
        class_name="link",
        on_click=BULK.pick_all,
    )
    acts = (("Change role…", "user-cog", "role"), ("Lift suspensions…", "undo-2", "reinstate"))
    bar = rx.el.div(
        rx.el.b(f"{picked} selected", class_name="num", role="status"),
        rx.cond((picked < total) & (picked < MOST_SELECTED), more),
        rx.el.span(class_name="grow"),
        *[secondary(words, look, on_click=BULK.begin(act)) for words, look, act in acts],
        secondary("Suspend…", "ban", on_click=BULK.begin("suspend")),
        icon_button("x", "Select nobody", on_click=BULK.leave),
        class_name="selbar people-bar",
        role="toolbar",
        custom_attrs={"aria-label": "Change everybody selected"},
    )
    return rx.fragment(unselect(active=picked > 0, on_leave=BULK.leave), rx.cond(picked > 0, bar))


def _ask() -> rx.Component:
    fault = BULK.errors.get("form", "").to(str)
    fields = rx.cond(
        BULK.act == "role",
        choice_field("New role", "role", ROLE_CHOICES, error=BULK.errors.get("role", "").to(str)),
        rx.cond(BULK.act == "suspend", suspension_fields(BULK.errors)),
    )
    return rx.el.form(
        rx.el.div(
            rx.el.p(f"{BULK.count} selected. You see who changes before anything does."),
            rx.cond(fault != "", banner("circle-alert", fault, tone="danger")),
            fields,
            rx.cond(BULK.underway != "", rx.el.p(BULK.underway, class_name="muted", role="status")),
            class_name="dialog-body",
        ),
        foot(BULK.back(""), rx.el.button("Preview", type="submit", class_name="btn btn-primary")),
        on_submit=BULK.foresee,
    )


def _line(line: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    change = rx.el.span(line["before"], icon("arrow-right", 12), line["after"], class_name="sub row")
    same = rx.el.span(rx.cond(line["reason"] != "", line["reason"], line["before"]), class_name="sub")
    verdict = rx.cond(
        BULK.step == "done",
        matched_badge(line["verdict"], DONE, plain=True),
        matched_badge(line["verdict"], FORESEEN, plain=True),
    )
    return rx.el.li(
        rx.el.span(
            rx.el.span(line["name"], class_name="strong", title=line["email"]),
            rx.cond(line["after"] != "", change, same),
            class_name="grow",
        ),
        verdict,
        class_name="event",
    )


def _report() -> rx.Component:
    lines = rx.el.ul(
        rx.foreach(BULK.lines, _line),
        class_name="events outcomes",
        tab_index=0,
        custom_attrs={"aria-label": "What becomes of each"},
    )
    rest = rx.el.p(f"And {BULK.unlisted} more; who is refused stands above.", class_name="small muted")
    count = rx.cond(BULK.changing == 1, "1 person", f"{BULK.changing} people")
    names = [("suspend", f"Suspend {count}"), ("reinstate", f"Lift for {count}")]
    do = rx.el.button(
        rx.match(BULK.act, *names, f"Change role of {count}"),
        type="button",
        class_name=rx.cond(BULK.act == "suspend", "btn btn-danger", "btn btn-primary"),
        on_click=BULK.do(BULK.token),
        disabled=BULK.underway != "",
    )
    back = rx.cond(BULK.act != "reinstate", secondary("Back", on_click=BULK.back("ask")))
    foreseen = foot(BULK.back(""), back, rx.cond(BULK.changing > 0, do))
    done = rx.el.div(
        rx.el.button("Close", type="button", class_name="btn btn-primary", on_click=BULK.back(""), auto_focus=True),
        class_name="dialog-foot",
    )
    return rx.el.div(
        rx.el.div(
            rx.el.p(rx.cond(BULK.underway != "", BULK.underway, BULK.words), class_name="strong", role="status"),
            lines,
            rx.cond(BULK.unlisted > 0, rest),
            class_name="dialog-body",
        ),
        rx.cond(BULK.step == "done", done, foreseen),
    )


def bulk_dialog() -> rx.Component:
    """Ask, show what would come, and report what came."""
    body = rx.cond(BULK.step == "ask", _ask(), _report())
    return dialog(body, open=BULK.step != "", title=rx.match(BULK.act, *TITLES, ""), on_close=BULK.back(""))
