"""A list page's table with its pager, and the panel of the open row beside it, from a `TableState`."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx

from dealsmart_app.components.tables import Column, data_table, pager


def listing(
    caption: str,
    columns: Sequence[Column],
    state: Any,
    row: Callable[[Any], rx.Component],
    *,
    empty: rx.Component,
    side: rx.Component,
    key: str = "id",
) -> rx.Component:
    """Show a state's page of rows; `side` is there while a row is open, `key` names the rows' id."""
    steps = pager(state.words, state.query.contains("cursor"), state.next_cursor != "", state.back, state.forward)
    table = data_table(
        caption,
        columns,
        state.rows,
        row,
        sort=state.sort,
        on_sort=state.order,
        loaded=state.loaded,
        empty=empty,
        pager=steps,
        failed=state.faults.length() > 0,
    )
    there = state.chosen.contains(key)
    return rx.el.div(table, rx.cond(there, side), class_name=rx.cond(there, "split has-side", "split"))


def row_of(state: Any, line: Any, *cells: rx.Component, key: str = "id") -> rx.Component:
    """Make a table's row, marked while it is open."""
    return rx.el.tr(*cells, custom_attrs={"aria-selected": rx.cond(state.chosen[key] == line[key], "true", "false")})


def opener(state: Any, line: Any, words: Any, key: str = "id") -> rx.Component:
    """Make the button that opens a row; it covers the whole of it."""
    return rx.el.button(words, type="button", class_name="row-open trunc", on_click=state.open(line[key]))
