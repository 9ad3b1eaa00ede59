"""The command palette behind Ctrl/Cmd+K: the button that opens it, and the dialog."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent

from dealsmart_app.components.island import ICONS, island, two_texts
from dealsmart_app.navigation import MENU


class PaletteButton(NoSSRComponent):
    """Opens the palette and says by which keys; `narrow` shows the sign alone, `line` is a menu's on a phone."""

    library = island("palette.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "PaletteButton"
    narrow: rx.Var[bool]
    line: rx.Var[bool]


class Palette(NoSSRComponent):
    """The dialog: actions and pages are found here, everything else on the server.

    `pages` are `{route, label, permission, unless}`; `found` maps a kind to its lines and holds the `ask` that it
    answers and a `problem`; `recent` are lines of conversations; `preferences` hold the person's own keys.
    """

    library = island("palette.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "Palette"
    pages: rx.Var[list[dict[str, str]]]
    permissions: rx.Var[list[str]]
    person: rx.Var[str]
    preferences: rx.Var[dict[str, Any]]
    found: rx.Var[dict[str, Any]]
    recent: rx.Var[list[dict[str, str]]]
    on_find: rx.EventHandler[two_texts]
    on_recent: rx.EventHandler[rx.event.passthrough_event_spec(str)]


PAGES = [
    {
        "route": entry.route,
        "label": entry.label,
        "permission": entry.permission.value,
        "unless": entry.unless.value if entry.unless else "",
    }
    for section in MENU
    for entry in section.entries
]
