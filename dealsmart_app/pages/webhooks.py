"""/webhooks: who is told of events, how each delivery went, a new endpoint and its secret."""

from typing import Any

import reflex as rx

from dealsmart_app.components.confirming import confirming, consequence, question
from dealsmart_app.components.feedback import banner, empty_state, matched_badge
from dealsmart_app.components.forms import area_field, choice, primary, secondary, switch, text_field
from dealsmart_app.components.icons import icon
from dealsmart_app.components.layout import page_head
from dealsmart_app.components.native import ago, dialog, exact
from dealsmart_app.components.tables import Column, facts, side_panel, side_section
from dealsmart_app.pages.listing import listing, opener, row_of
from dealsmart_app.pages.shell import hub_page
from dealsmart_app.states.webhooks import EVENTS, WebhookEditState, WebhookListState
from models.users import Permission

STATUS = {
    "active": ("circle-check", "Enabled", "success"),
    "disabled": ("circle-off", "Disabled", "danger"),
}
DELIVERY = {
    "pending": ("clock", "Due", "neutral"),
    "delivered": ("circle-check", "Delivered", "success"),
    "failed": ("circle-alert", "Failed", "danger"),
}
COLUMNS = (
    Column("Endpoint"),
    Column("Status"),
    Column("Events", wide_only=True),
    Column("Last success", numeric=True, wide_only=True),
    Column("Made", sort="created_at", numeric=True, wide_only=True),
)
LIST, EDIT = WebhookListState, WebhookEditState


def _row(endpoint: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    return row_of(
        LIST,
        endpoint,
        rx.el.td(opener(LIST, endpoint, endpoint["url"]), title=endpoint["url"], class_name="c-wide"),
        rx.el.td(matched_badge(endpoint["status"], STATUS, plain=True)),
        rx.el.td(rx.el.span(endpoint["events"], class_name="trunc events-cell"), class_name="hide-t"),
        rx.el.td(ago(endpoint["last_success_at"]), class_name="c-num hide-t"),
        rx.el.td(ago(endpoint["created_at"]), class_name="c-num hide-t"),
    )


def _events() -> rx.Component:
    boxes = [
        rx.el.label(rx.el.input(type="checkbox", name=kind), rx.el.span(kind, class_name="idtag"), class_name="row")
        for kind in EVENTS
    ]
    wrong = EDIT.errors["events"]
    fault = rx.cond(wrong, rx.el.span(icon("circle-alert", 12), wrong, class_name="field-error", role="alert"))
    return rx.el.fieldset(rx.el.legend("Events"), *boxes, fault, class_name="checks")


def _form() -> rx.Component:
    address: dict[str, Any] = {"placeholder": "https://example.com/hooks", "type": "url"}
    return rx.el.form(
        rx.el.div(
            text_field("URL", "url", error=EDIT.errors["url"], max_length=2000, **address),
            _events(),
            area_field("Description", "description", error=EDIT.errors["description"], max_length=2000),
            rx.cond(EDIT.errors["form"], banner("circle-alert", EDIT.errors["form"], tone="danger")),
            class_name="dialog-body",
        ),
        rx.el.div(
            secondary("Cancel", on_click=EDIT.ask(False)),
            primary("Make endpoint", type="submit"),
            class_name="dialog-foot",
        ),
        on_submit=EDIT.make,
        no_validate=True,
    )


def _secret(done: Any) -> rx.Component:
    copied = rx.toast.success("Secret copied")
    return rx.el.div(
        rx.el.div(
            rx.el.p("The secret that signs every delivery. It is shown this once: keep it now."),
            rx.el.code(EDIT.secret, class_name="secret"),
            class_name="dialog-body",
        ),
        rx.el.div(
            secondary("Copy", "copy", on_click=[rx.set_clipboard(EDIT.secret), copied], auto_focus=True),
            primary("Done", type="button", on_click=done),
            class_name="dialog-foot",
        ),
    )


def _making() -> rx.Component:
    made = EDIT.secret != ""
    return dialog(
        rx.cond(made, _secret(EDIT.ask(False)), _form()),
        open=EDIT.making,
        title=rx.cond(made, "Endpoint made", "New endpoint"),
        on_close=EDIT.ask(False),
    )


def _rotating() -> rx.Component:
    ends = consequence("circle-off", "The secret that was replaced last ends at once")
    asked = question(
        "Make a new secret",
        ("key-round", "For 24 h deliveries are signed with the new secret and the one of now"),
        ("clock", "Then the new one alone signs; you can end the old one before"),
        rx.cond(LIST.chosen["old_secret_until"] != "", ends),
        on_act=EDIT.rotate,
        on_close=EDIT.ask_rotate(False),
        danger=False,
    )
    made = EDIT.secret != ""
    return dialog(
        rx.cond(made, _secret(EDIT.ask_rotate(False)), asked),
        open=EDIT.rotating,
        title=rx.cond(made, "New secret", "Make a new secret?"),
        on_close=EDIT.ask_rotate(False),
    )


def _ending() -> rx.Component:
    return confirming(
        "End the old secret now?",
        "End the old secret",
        ("key-round", "From now on the new secret alone signs"),
        ("rotate-cw", "What the endpoint refuses for it is tried again for a day"),
        open=EDIT.ending,
        on_act=EDIT.end_old,
        on_close=EDIT.ask_end(False),
    )


def _overlap() -> rx.Component:
    until = LIST.chosen["old_secret_until"]
    words = rx.el.span("Deliveries are signed with the old secret too, until ", exact(until), ".", class_name="grow")
    return rx.cond(
        until != "",
        banner("key-round", words, secondary("End it now…", on_click=EDIT.ask_end(True)), tone="info"),
    )


def _deleting() -> rx.Component:
    return confirming(
        "Delete this endpoint?",
        "Delete endpoint",
        ("circle-off", "Nothing more is sent to it"),
        ("trash-2", "The record of its deliveries goes too"),
        ("key-round", "Its secret cannot be had back"),
        open=EDIT.deleting,
        on_act=EDIT.delete,
        on_close=EDIT.ask_delete(False),
    )


def _delivery(line: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    again = rx.el.button(
        icon("rotate-cw", 14),
        "Replay",
        type="button",
        class_name="btn btn-sm",
        on_click=EDIT.replay(line["id"]),
        custom_attrs={"aria-label": f"Replay {line['event']}, {line['tries']}"},
    )
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(line["event"], class_name="idtag"),
                matched_badge(line["status"], DELIVERY, plain=True),
                class_name="row wrap",
            ),
            rx.el.div(line["tries"], " · ", line["answer"], class_name="small muted wraps"),
            class_name="stack grow",
        ),
        rx.el.span(ago(line["at"]), class_name="small muted"),
        rx.cond(LIST.chosen["status"] == "active", again),
        class_name="delivery",
    )


def _deliveries() -> rx.Component:
    which = choice(
        "Deliveries",
        LIST.query.get("deliveries", "").to(str),
        [("", "All deliveries"), *[(name, words) for name, (_, words, _) in DELIVERY.items()]],
        LIST.show_deliveries,
    )
    lines = rx.el.ul(rx.foreach(LIST.deliveries, _delivery), class_name="deliveries")
    nothing = rx.el.p("None.", class_name="small muted")
    more = rx.el.p("Older ones are in the API: /webhook-endpoints/{id}/deliveries.", class_name="small muted")
    return side_section(
        which,
        rx.cond(LIST.deliveries.length() > 0, lines, nothing),
        rx.cond(LIST.more_deliveries, more),
        title="Deliveries",
    )


def _side() -> rx.Component:
    endpoint: Any = LIST.chosen
    on = endpoint["status"] == "active"
    head = rx.el.div(rx.el.h2(endpoint["url"], class_name="wraps"), matched_badge(endpoint["status"], STATUS))
    why = rx.el.span(endpoint["disabled_reason"], " ", ago(endpoint["disabled_at"]), " ago")
    known = facts(
        ("Events", endpoint["events"]),
        ("About", rx.cond(endpoint["description"] != "", endpoint["description"], "Nothing written")),
        ("Last success", exact(endpoint["last_success_at"])),
        ("Made", exact(endpoint["created_at"])),
    )
    return side_panel(
        endpoint["url"],
        head,
        side_section(
            rx.cond(on, rx.fragment(), banner("circle-off", why, tone="danger")),
            _overlap(),
            switch("Enabled", on, EDIT.enable(~on)),
        ),
        side_section(known),
        _deliveries(),
        rx.el.div(
            secondary("New secret…", "key-round", on_click=EDIT.ask_rotate(True)),
            secondary("Delete…", "trash-2", on_click=EDIT.ask_delete(True)),
            class_name="side-foot",
        ),
        on_close=LIST.open(""),
    )


def _toolbar() -> rx.Component:
    return rx.el.div(
        choice(
            "Status",
            LIST.query.get("status", "").to(str),
            [("", "Any status"), *[(name, words) for name, (_, words, _) in STATUS.items()]],
            lambda value: LIST.narrow("status", value),
        ),
        rx.cond(LIST.filtered, secondary("Clear", "x", on_click=LIST.clear)),
        class_name="toolbar",
    )


def _empty() -> rx.Component:
    filtered = empty_state("search-x", "No endpoint has this status", None, secondary("Show all", on_click=LIST.clear))
    nothing = empty_state(
        "webhook",
        "No endpoints",
        "An endpoint is told of messages, drafts, conversations and customers as they change, signed.",
        secondary("New endpoint", "plus", on_click=EDIT.ask(True)),
    )
    return rx.cond(LIST.filtered, filtered, nothing)


@hub_page("/webhooks", "Webhooks", Permission.MANAGE_PLATFORM, on_load=[LIST.load])
def webhooks_page() -> rx.Component:
    """Outgoing webhooks."""
    return rx.fragment(
        page_head("Webhooks", "Developers", primary("New endpoint", "plus", type="button", on_click=EDIT.ask(True))),
        _toolbar(),
        listing("Webhook endpoints", COLUMNS, LIST, _row, empty=_empty(), side=_side()),
        _making(),
        _rotating(),
        _ending(),
        _deleting(),
    )
