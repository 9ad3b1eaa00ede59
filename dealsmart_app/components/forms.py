"""Labelled inputs with help and error, choices, switches, the row of buttons that ends a form."""

from typing import Any

import reflex as rx

from dealsmart_app.components.icons import icon


def field(control: rx.Component, label: Any, name: str, help_text: Any = None, error: Any = None) -> rx.Component:
    """Put the label above the control, the help under it, the error under that."""
    parts: list[rx.Component] = [
        rx.el.label(label, html_for=name),
        rx.el.span(control, class_name="input"),
    ]
    if help_text is not None:
        parts.append(rx.el.span(help_text, class_name="help", id=f"{name}-help"))
    if error is None:
        return rx.el.div(*parts, class_name="field")
    parts.append(
        rx.cond(error, rx.el.span(icon("circle-alert", 12), error, class_name="field-error", id=f"{name}-error"))
    )
    return rx.el.div(*parts, class_name=rx.cond(error, "field has-error", "field"))


def _described(name: str, help_text: Any, error: Any) -> dict[str, Any]:
    ids = [f"{name}-{part}" for part, there in (("help", help_text), ("error", error)) if there is not None]
    attributes: dict[str, Any] = {"aria-describedby": " ".join(ids)} if ids else {}
    if error is not None:
        attributes["aria-invalid"] = rx.cond(error, "true", "false")
    return attributes


def text_field(
    label: Any,
    name: str,
    *,
    help_text: Any = None,
    error: Any = None,
    trailing: rx.Component | None = None,
    attributes: dict[str, Any] | None = None,
    **props: Any,
) -> rx.Component:
    """Make a one-line input; `props` go to the input, `attributes` to its HTML as they are."""
    control = rx.el.input(
        id=name,
        name=name,
        custom_attrs={**_described(name, help_text, error), **(attributes or {})},
        **props,
    )
    return field(rx.fragment(control, trailing) if trailing else control, label, name, help_text, error)


def area_field(label: Any, name: str, *, help_text: Any = None, error: Any = None, **props: Any) -> rx.Component:
    """Make an input of several lines."""
    control = rx.el.textarea(id=name, name=name, custom_attrs=_described(name, help_text, error), **props)
    return field(control, label, name, help_text, error)


def choice(label: str, value: Any, options: list[tuple[str, str]], on_change: Any, **props: Any) -> rx.Component:
    """Make a compact select whose label is read out but not shown; options are (value, words)."""
    return rx.el.span(
        rx.el.select(
            *[rx.el.option(words, value=key) for key, words in options],
            value=value,
            on_change=on_change,
            custom_attrs={"aria-label": label},
            **props,
        ),
        icon("chevron-down", 14),
        class_name="input input-choice",
    )


def choice_field(
    label: Any, name: str, options: list[tuple[str, str]], *, help_text: Any = None, error: Any = None, **props: Any
) -> rx.Component:
    """Make a select with a label above it; options are (value, words)."""
    control = rx.el.select(
        *[rx.el.option(words, value=key) for key, words in options],
        id=name,
        name=name,
        custom_attrs=_described(name, help_text, error),
        **props,
    )
    return field(rx.fragment(control, icon("chevron-down", 14)), label, name, help_text, error)


def switch(label: Any, checked: rx.Var[bool], on_click: Any, help_text: Any = None) -> rx.Component:
    """Make a switch with its words beside it."""
    return rx.el.button(
        rx.el.span(class_name="switch", data_on=rx.cond(checked, "true", "false")),
        rx.el.span(
            rx.el.span(label, class_name="strong"),
            rx.el.span(help_text, class_name="help") if help_text is not None else rx.fragment(),
            class_name="switch-words",
        ),
        type="button",
        role="switch",
        class_name="switch-row",
        on_click=on_click,
        custom_attrs={"aria-checked": rx.cond(checked, "true", "false")},
    )


def primary(text: Any, icon_name: str | None = None, **props: Any) -> rx.Component:
    """Make the one primary button of a view."""
    return rx.el.button(icon(icon_name) if icon_name else None, text, class_name="btn btn-primary", **props)


def secondary(text: Any, icon_name: str | None = None, **props: Any) -> rx.Component:
    """Make an outlined button."""
    return rx.el.button(icon(icon_name) if icon_name else None, text, class_name="btn", **{"type": "button", **props})


def icon_button(icon_name: str, label: Any, **props: Any) -> rx.Component:
    """Make a quiet button of an icon alone; `label` is its name and its tooltip."""
    attributes = {"aria-label": label, **props.pop("custom_attrs", {})}
    return rx.el.button(
        icon(icon_name),
        class_name="btn btn-ghost btn-icon",
        title=label,
        type="button",
        custom_attrs=attributes,
        **props,
    )
