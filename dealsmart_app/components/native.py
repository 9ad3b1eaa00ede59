"""Elements that Reflex lacks: a form that really posts, popovers, a dialog, a search box, moments."""

from typing import Any

import reflex as rx
from reflex_base.components.component import Component
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.react_router.dom import ReactRouterLink

from dealsmart_app.components.island import ICONS, island


class NativeForm(BaseHTML):
    """A form of the browser's own: Reflex's always prevents the default where it has no `on_submit`."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]


class Anchor(BaseHTML):
    """A link within the page: Reflex's own would be a navigation, which moves no focus."""

    tag = "a"
    href: rx.Var[str]


class Dialog(Component):
    """A modal dialog; the browser keeps the focus inside and gives it back afterwards."""

    library = island("dialog.jsx")
    tag = "HubDialog"
    open: rx.Var[bool]
    title: rx.Var[str]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


class SearchBox(Component):
    """A search field that waits 250 ms after the last key before it says anything."""

    library = island("search.jsx")
    tag = "SearchBox"
    value: rx.Var[str]
    label: rx.Var[str]
    placeholder: rx.Var[str]
    on_change: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class Reveal(Component):
    """A button within a password field that shows what was typed."""

    library = island("reveal.jsx")
    tag = "Reveal"
    target: rx.Var[str]


class Moment(Component):
    """A moment as `4 m` or `12 Sep`, with the exact time in its tooltip; written by the browser's clock."""

    library = island("moment.jsx")
    tag = "Moment"
    at: rx.Var[str]
    mode: rx.Var[str]


class Photo(Component):
    """A picture from elsewhere; where it does not come, a sign that says so."""

    library = island("photo.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "Photo"
    src: rx.Var[str]
    label: rx.Var[str]
    look: rx.Var[str]


class CopyLink(Component):
    """A button that copies the address of what is shown; a browser that refuses hands the address on."""

    library = island("copy_link.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "CopyLink"
    label: rx.Var[str]
    on_copied: rx.EventHandler[rx.event.no_args_event_spec]
    on_refused: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class LocalEnd(Component):
    """A field for a moment in the reader's own zone, which it names; the form gets it in UTC (RFC 3339) or empty."""

    library = island("local_end.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "LocalEnd"
    name: rx.Var[str]
    label: rx.Var[str]
    always: rx.Var[str]
    error: rx.Var[str]


def _answer_spec(status: rx.Var[int], answer: rx.Var[dict[str, Any]]) -> tuple[rx.Var[int], rx.Var[dict[str, Any]]]:
    return status, answer


class CsvUpload(Component):
    """A button that posts a CSV file to the API and hands on the status and the answer."""

    library = island("upload.jsx")
    tag = "CsvUpload"
    action: rx.Var[str]
    label: rx.Var[str]
    on_done: rx.EventHandler[_answer_spec]


class VerifyEmail(Component):
    """A button that hands the token of a mailed link to the API, and says how that went."""

    library = island("verify.jsx")
    tag = "VerifyEmail"
    action: rx.Var[str]


link = ReactRouterLink.create
anchor = Anchor.create
native_form = NativeForm.create
dialog = Dialog.create
search_box = SearchBox.create
reveal = Reveal.create
csv_upload = CsvUpload.create
verify_email = VerifyEmail.create
copy_link = CopyLink.create
local_end = LocalEnd.create
photo = Photo.create


def passed(at: rx.Var[str] | str) -> rx.Component:
    """Show how long ago a moment was, where it stands alone: "3 m ago"."""
    return Moment.create(at=at, mode="passed")


def ago(at: rx.Var[str] | str) -> rx.Component:
    """Show how long ago a moment (RFC 3339) was."""
    return Moment.create(at=at, mode="ago")


def until(at: rx.Var[str] | str) -> rx.Component:
    """Show in how long a moment (RFC 3339) will be: `42 m`, `3 h`."""
    return Moment.create(at=at, mode="until")


def exact(at: rx.Var[str] | str) -> rx.Component:
    """Show a moment (RFC 3339) as date and time of the reader's own zone."""
    return Moment.create(at=at, mode="exact")


def day_of(at: rx.Var[str] | str) -> rx.Component:
    """Show the day of a moment (RFC 3339) in the reader's own zone."""
    return Moment.create(at=at, mode="day")


def opens(popover_id: str) -> dict[str, str]:
    """Return the attributes of a button that opens and closes the popover."""
    return {"popoverTarget": popover_id}


def popover(popover_id: str, *children: Any, label: str, class_name: str = "") -> rx.Component:
    """Make a panel that floats, closes with Escape or a click elsewhere, and gives the focus back."""
    return rx.el.div(
        *children,
        id=popover_id,
        class_name=f"pop {class_name}".strip(),
        role="dialog",
        custom_attrs={"popover": "auto", "aria-label": label},
    )
