"""The keyboard map with its help, and the address that the workspace's state stands in."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent

from dealsmart_app.components.island import ICONS, island


class Keyboard(NoSSRComponent):
    """Presses the buttons that carry a `data-hotkey`; draws the button and the dialog that list and change the keys."""

    library = island("keyboard.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "Keyboard"
    preferences: rx.Var[dict[str, Any]]
    on_prefer: rx.EventHandler[rx.event.passthrough_event_spec(dict[str, Any])]


class Address(NoSSRComponent):
    """Turns links and search fields of one page into changes of its query, and says when it changed."""

    library = island("address.jsx")
    tag = "Address"
    path: rx.Var[str]
    on_go: rx.EventHandler[rx.event.passthrough_event_spec(str)]


address = Address.create


def hotkey(key: str, **more: Any) -> dict[str, Any]:
    """Return the attributes of a button that a key presses: `e`, `mod+j`, `shift+mod+j`, or `g-m` for G then M."""
    return {"data-hotkey": key, "aria-keyshortcuts": key.replace("mod", "Control").replace("-", " "), **more}
