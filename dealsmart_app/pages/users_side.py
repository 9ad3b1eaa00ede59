"""The users' page: the panel of one person with his history and sign-ins, and the dialogs about him."""

from typing import Any

import reflex as rx

from dealsmart_app.components.confirming import consequences, foot
from dealsmart_app.components.feedback import badge, banner, matched_badge
from dealsmart_app.components.forms import choice_field, secondary
from dealsmart_app.components.icons import avatar, icon
from dealsmart_app.components.native import ago, dialog, exact, link
from dealsmart_app.components.tables import facts, side_panel, side_section
from dealsmart_app.pages.users_deletion import deletion_dialogs, deletion_section
from dealsmart_app.pages.users_dialogs import suspension_fields
from dealsmart_app.states.base import HubState
from dealsmart_app.states.user_deletions import UserDeletionState
from dealsmart_app.states.user_side import UserDossierState, UserEditState
from dealsmart_app.states.users import UserListState
from models.users import Permission

ROLES = {
    "user": ("circle-user-round", "User", "neutral"),
    "creator": ("pen-tool", "Creator", "neutral"),
    "staff": ("headset", "Staff", "neutral"),
    "moderator": ("gavel", "Moderator", "neutral"),
    "admin": ("shield", "Admin", "neutral"),
}
STATUS = {
    "active": ("circle-check", "Active", "success"),
    "suspended": ("ban", "Suspended", "danger"),
    "deleted": ("circle-minus", "Deleted", "neutral"),
}
ROLE_CHOICES = [(role, words) for role, (_, words, _) in ROLES.items()]
HAPPENED = ("ban", "undo-2", "pencil", "log-out", "user-plus", "trash-2", "key-round", "shield-off")
LIST, EDIT, DOSSIER, DELETION = UserListState, UserEditState, UserDossierState, UserDeletionState


def _fault() -> rx.Component:
    words = EDIT.errors.get("form", "").to(str)
    return rx.cond(words != "", banner("circle-alert", words, tone="danger"))


def _suspension() -> rx.Component:
    happens = consequences(
        ("log-out", "All sessions end at once"),
        ("key-round", "API keys stop working"),
        ("lock", "Signing in is refused until the suspension is over"),
    )
    form = rx.el.form(
        rx.el.div(
            rx.el.p("What happens at once:"),
            happens,
            _fault(),
            suspension_fields(EDIT.errors),
            class_name="dialog-body",
        ),
        foot(EDIT.ask(""), rx.el.button("Suspend", type="submit", class_name="btn btn-danger")),
        on_submit=EDIT.suspend,
    )
    title = f"Suspend {LIST.chosen['display_name']}?"
    return dialog(form, open=EDIT.asking == "suspend", title=title, on_close=EDIT.ask(""))


def side_dialogs() -> rx.Component:
    """Ask before a suspension and a deletion."""
    return rx.fragment(_suspension(), deletion_dialogs())


def _standing() -> rx.Component:
    known: Any = DOSSIER.known
    until = rx.cond(known["suspended_until"] != "", exact(known["suspended_until"]), "somebody lifts it")
    words = rx.el.span(known["reason"], rx.el.span(" Until ", until, ".", class_name="small"))
    return rx.cond(known["reason"] != "", side_section(words, title="Why suspended"))


def _happened(line: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    look: Any = rx.match(line["icon"], *[(name, icon(name, 14)) for name in HAPPENED], icon("history", 14))
    return rx.el.li(
        look,
        rx.el.span(
            rx.el.span(line["what"], class_name="strong"),
            rx.el.span(" by ", line["by"], class_name="muted"),
            rx.cond(line["until"] != "", rx.el.span("Until ", exact(line["until"]), class_name="sub")),
            rx.cond(line["why"] != "", rx.el.span(line["why"], class_name="sub")),
            class_name="grow",
        ),
        rx.el.span(ago(line["at"]), class_name="small muted num"),
        class_name="event",
    )


def _history() -> rx.Component:
    lines = rx.el.ul(rx.foreach(DOSSIER.history, _happened), class_name="events")
    nothing = rx.el.p("Nothing has been done to this account.", class_name="small muted")
    whole = link("Whole history in the audit log", to=f"/audit?target=user:{LIST.chosen['id']}", class_name="small")
    return side_section(
        rx.cond(DOSSIER.history.length() > 0, lines, nothing),
        rx.cond(DOSSIER.known["older"] != "", whole),
        title="History",
    )


def _sign_in(line: rx.vars.ObjectVar[dict[str, str]]) -> rx.Component:
    end = rx.el.button(
        "End",
        type="button",
        class_name="btn btn-sm",
        on_click=DOSSIER.end(line["id"]),
        custom_attrs={"aria-label": f"End the session on {line['device']}, {line['ip']}"},
    )
    return rx.el.li(
        rx.cond(line["kind"] == "hand", icon("smartphone", 14), icon("monitor", 14)),
        rx.el.span(
            rx.el.span(line["device"], class_name="strong"),
            rx.el.span(line["ip"], " · ", ago(line["last_seen_at"]), class_name="sub num"),
            class_name="grow",
        ),
        rx.cond(line["current"] != "", badge("circle-check", "This one", "success"), end),
        class_name="event",
    )


def _sign_ins() -> rx.Component:
    lines = rx.el.ul(rx.foreach(DOSSIER.sign_ins, _sign_in), class_name="events")
    nothing = rx.el.p("Signed in nowhere.", class_name="small muted")
    return side_section(
        rx.cond(DOSSIER.sign_ins.length() > 0, lines, nothing),
        rx.cond(DOSSIER.sign_ins.length() > 1, secondary("End all", "log-out", on_click=DOSSIER.end_all)),
        title="Sessions",
    )


def _actions(person: Any) -> rx.Component:
    role = rx.el.form(
        choice_field("Role", "role", ROLE_CHOICES, default_value=person["role"]),
        secondary("Change role", "check", type="submit"),
        on_submit=EDIT.give_role,
        key=person["id"].to(str) + person["role"].to(str),
        class_name="side-form",
    )
    delete = secondary("Delete…", "trash-2", on_click=DELETION.show("ask"))
    last = rx.el.div(
        rx.cond(
            person["status"] == "suspended",
            secondary("Lift suspension", "undo-2", on_click=EDIT.lift),
            secondary("Suspend…", "ban", on_click=EDIT.ask("suspend")),
        ),
        rx.cond(DELETION.request.contains("reason"), rx.fragment(), delete),
        class_name="side-foot",
    )
    oneself = rx.el.p("This is you; another administrator changes your role.", class_name="side-sec small muted")
    mine = person["id"] == HubState.user_id
    manages = HubState.permissions.contains(Permission.MANAGE_USERS.value)
    all_of_it = rx.fragment(
        deletion_section(),
        _standing(),
        rx.cond(mine, oneself, side_section(role)),
        _sign_ins(),
        _history(),
        rx.cond(mine, rx.fragment(), last),
    )
    return rx.cond(manages, all_of_it, rx.el.p("An administrator changes people.", class_name="side-sec small muted"))


def _known(person: Any) -> rx.Component:
    told: Any = DOSSIER.known
    plain = facts(
        ("Username", person["username"]),
        ("User id", rx.el.span(person["id"], class_name="idtag")),
        ("Joined", exact(person["created_at"])),
        ("Last seen", exact(person["last_login_at"])),
    )
    checks = facts(
        ("E-mail check", rx.cond(told["email_verified_at"] != "", exact(told["email_verified_at"]), "Pending")),
        ("Age check", rx.cond(told["age_verified_at"] != "", exact(told["age_verified_at"]), "None")),
        ("Second factor", told["second_factor"]),
    )
    return side_section(plain, rx.cond(told.contains("reason"), checks))


def side() -> rx.Component:
    """Show the open person."""
    person = LIST.chosen
    head = rx.el.div(
        avatar(person["initials"], person["hue"], 40),
        rx.el.div(
            rx.el.h2(person["display_name"], class_name="wraps"),
            rx.el.div(person["email"], class_name="small muted trunc"),
            rx.el.div(matched_badge(person["status"], STATUS), matched_badge(person["role"], ROLES), class_name="row"),
            class_name="stack",
        ),
        class_name="row",
    )
    return side_panel(person["display_name"], head, _known(person), _actions(person), on_close=LIST.open(""))
