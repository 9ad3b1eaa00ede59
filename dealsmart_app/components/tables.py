"""The house's table: sorting heads, skeleton rows, empty state, pager; and the panel beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import reflex as rx

from dealsmart_app.components.feedback import skeleton_rows
from dealsmart_app.components.icons import icon


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its words, the field it sorts by (None: it does not), whether numbers stand in it.

    `name` and `shown` are of one that somebody may leave out: what the address calls it, and whether it is there.
    """

    label: str
    sort: str | None = None
    numeric: bool = False
    wide_only: bool = False
    name: str = ""
    shown: Any = None

    @property
    def classes(self) -> str:
        """Name the cell's classes."""
        return " ".join(n for n, there in (("c-num", self.numeric), ("hide-t", self.wide_only)) if there)

    def where_shown(self, cell: rx.Component) -> Any:
        """Return the cell, where somebody may leave the column out only while it is there."""
        return cell if self.shown is None else rx.cond(self.shown, cell)


def _head(column: Column, sort: Any, on_sort: Any) -> rx.Component:
    if column.sort is None:
        return rx.el.th(column.label, scope="col", class_name=column.classes)
    rising, falling = column.sort, f"-{column.sort}"
    return rx.el.th(
        rx.el.button(
            rx.match(sort, (rising, icon("arrow-up", 12)), (falling, icon("arrow-down", 12)), rx.fragment()),
            column.label,
            type="button",
            on_click=on_sort(column.sort),
        ),
        scope="col",
        class_name=column.classes,
        custom_attrs={"aria-sort": rx.match(sort, (rising, "ascending"), (falling, "descending"), "none")},
    )


def data_table(
    caption: str,
    columns: Sequence[Column],
    rows: rx.vars.ArrayVar[Any],
    row: Callable[[Any], rx.Component],
    *,
    sort: Any,
    on_sort: Any,
    loaded: rx.vars.BooleanVar,
    empty: rx.Component,
    pager: rx.Component,
    lead: rx.Component | None = None,
    failed: Any = False,
) -> rx.Component:
    """Show a page of rows that the server sorted, filtered and cut.

    `lead` is a head before the columns' own; what `failed` to be read is not waited for.
    """
    head = rx.el.thead(rx.el.tr(lead, *[column.where_shown(_head(column, sort, on_sort)) for column in columns]))
    waiting = rx.cond(failed, rx.el.tbody(), rx.el.tbody(*skeleton_rows(len(columns) + (lead is not None))))
    body = rx.cond(loaded, rx.el.tbody(rx.foreach(rows, row)), waiting)
    table = rx.el.table(rx.el.caption(caption, class_name="sr"), head, body, class_name="t")
    scroller = rx.el.div(table, class_name="t-scroll", role="region", tab_index=0, custom_attrs={"aria-label": caption})
    return rx.el.div(scroller, rx.cond(loaded & (rows.length() == 0), empty), pager, class_name="table-wrap")


def pager(
    words: Any, has_previous: rx.vars.BooleanVar, has_next: rx.vars.BooleanVar, on_previous: Any, on_next: Any
) -> rx.Component:
    """Show which rows these are, and the way to the pages before and after where there are any."""

    def step(label: str, there: rx.vars.BooleanVar, act: Any, *content: Any) -> rx.Component:
        return rx.el.button(
            *content,
            type="button",
            class_name="btn btn-sm",
            disabled=~there,
            on_click=act,
            custom_attrs={"aria-label": label},
        )

    steps = rx.fragment(
        step("Previous page", has_previous, on_previous, icon("chevron-left", 14), "Previous"),
        step("Next page", has_next, on_next, "Next", icon("chevron-right", 14)),
    )
    return rx.el.div(
        rx.el.span(words, class_name="num", role="status"),
        rx.el.span(class_name="grow"),
        rx.cond(has_previous | has_next, steps),
        class_name="t-foot",
    )


def side_panel(label: Any, head: rx.Component, *sections: rx.Component, on_close: Any) -> rx.Component:
    """Show one row's details beside the table; on narrow windows it lies over it."""
    close = rx.el.button(
        icon("x"),
        type="button",
        class_name="btn btn-ghost btn-sm btn-icon",
        on_click=on_close,
        custom_attrs={"aria-label": "Close"},
    )
    return rx.el.aside(
        rx.el.div(head, close, class_name="side-head"),
        *sections,
        class_name="side is-open",
        custom_attrs={"aria-label": label},
    )


def facts(*pairs: tuple[str, Any]) -> rx.Component:
    """Show labels and values in two columns."""
    return rx.el.dl(*[part for name, value in pairs for part in (rx.el.dt(name), rx.el.dd(value))], class_name="kv")


def side_section(*content: Any, title: str | None = None) -> rx.Component:
    """Make a section of the side panel."""
    return rx.el.div(rx.el.h3(title) if title else rx.fragment(), *content, class_name="side-sec")
