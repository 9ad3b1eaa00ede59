"""What stands around the rows: filters, kept views, the bar of one change to many, width and density."""

from typing import Any

import reflex as rx
from reflex_base.components.component import NoSSRComponent

from dealsmart_app.components.island import ICONS, island, two_texts


def _ids_and_change(
    ids: rx.Var[list[str]], field: rx.Var[str], value: rx.Var[str]
) -> tuple[rx.Var[list[str]], rx.Var[str], rx.Var[str]]:
    return ids, field, value


_CHANGE = rx.event.passthrough_event_spec(dict[str, Any])
_ID = rx.event.passthrough_event_spec(str)


class FilterBar(NoSSRComponent):
    """The chips of the filters that hold, their menu (`filter-menu`), and "Save view"."""

    library = island("filters.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "FilterBar"
    query: rx.Var[dict[str, str]]
    kinds: rx.Var[list[list[Any]]]
    colleagues: rx.Var[list[dict[str, str]]]
    labels: rx.Var[list[str]]
    saved: rx.Var[list[dict[str, Any]]]
    me: rx.Var[str]
    on_save: rx.EventHandler[two_texts]


class SavedViews(NoSSRComponent):
    """The views that somebody keeps, each with a menu to rename or delete it."""

    library = island("filters.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "SavedViews"
    query: rx.Var[dict[str, str]]
    saved: rx.Var[list[dict[str, Any]]]
    on_rename: rx.EventHandler[two_texts]
    on_delete: rx.EventHandler[_ID]


class BulkBar(NoSSRComponent):
    """What can be done to all selected conversations, and what came of it."""

    library = island("bulkbar.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "BulkBar"
    rows: rx.Var[list[dict[str, Any]]]
    list_key: rx.Var[str]
    colleagues: rx.Var[list[dict[str, str]]]
    labels: rx.Var[list[str]]
    me: rx.Var[str]
    report: rx.Var[dict[str, Any]]
    snoozes: rx.Var[list[list[str]]]
    statuses: rx.Var[list[list[str]]]
    on_change: rx.EventHandler[_ids_and_change]
    on_undo: rx.EventHandler[rx.event.no_args_event_spec]


class ListEdge(NoSSRComponent):
    """The list's right edge, which drags it wider; it also applies what was kept of density and panes."""

    library = island("listframe.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "ListEdge"
    preferences: rx.Var[dict[str, Any]]
    on_prefer: rx.EventHandler[_CHANGE]


class DensitySwitch(NoSSRComponent):
    """A button that changes the height of the rows."""

    library = island("listframe.jsx")
    lib_dependencies: list[str] = ICONS
    tag = "DensitySwitch"
    preferences: rx.Var[dict[str, Any]]
    on_prefer: rx.EventHandler[_CHANGE]


__all__ = ["BulkBar", "DensitySwitch", "FilterBar", "ListEdge", "SavedViews"]
