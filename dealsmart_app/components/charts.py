"""Plotly figures in the house's style, each with the same numbers as a table."""

import re
from pathlib import Path
from typing import Any, Literal

import plotly.graph_objects as go
import reflex as rx

_THEME = (Path(__file__).resolve().parents[2] / "assets" / "theme.css").read_text(encoding="utf-8")
_DARK = _THEME.index("\n.dark")
Shade = Literal["light", "dark"]


def token(name: str, shade: Shade) -> str:
    """Return a colour of the design by its name, for what cannot read the style sheet.

    Raises:
        LookupError: assets/theme.css has no such token in that shade.
    """
    part = _THEME[:_DARK] if shade == "light" else _THEME[_DARK:]
    found = re.search(rf"--{re.escape(name)}:\s*([^;]+);", part)
    if found is None:
        raise LookupError(f"no token {name} in {shade}")
    return found[1].strip()


def _template(shade: Shade) -> go.layout.Template:
    text, grid, axis = token("chart-label", shade), token("chart-grid", shade), token("chart-axis", shade)
    line = {"gridcolor": grid, "linecolor": axis, "zerolinecolor": axis, "fixedrange": True, "automargin": True}
    layout = go.Layout(
        font={"family": "Inter, sans-serif", "size": 12, "color": text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        colorway=[token(f"chart-{number}", shade) for number in range(1, 9)],
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0},
        hovermode="x unified",
        hoverlabel={"bgcolor": token("surface", shade), "font": {"color": token("text", shade)}},
        bargap=0.35,
        xaxis={**line, "showgrid": False},
        yaxis={**line, "rangemode": "tozero"},
    )
    return go.layout.Template(layout=layout)


_TEMPLATE: Any = rx.color_mode_cond(
    light=rx.Var.create(_template("light")),
    dark=rx.Var.create(_template("dark")),
)


def chart(figure: Any, label: str, table: rx.Component) -> rx.Component:
    """Show a figure, and its numbers as a table for whoever prefers or needs that."""
    plot = rx.plotly.basic(
        data=figure,
        template=_TEMPLATE.to(go.layout.Template),
        config={"displayModeBar": False, "responsive": True},
        class_name="plot",
    )
    return rx.el.figure(
        rx.el.div(plot, role="img", custom_attrs={"aria-label": label}),
        rx.el.details(rx.el.summary("Show as a table"), table, class_name="plot-table"),
        class_name="chart",
    )


__all__ = ["chart", "token"]
