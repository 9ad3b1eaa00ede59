"""Where the screens' own JSX lies: in `assets/islands`, one folder, so that files may import one another."""

from collections.abc import Iterable
from typing import Any, cast

import reflex as rx
from reflex_components_lucide.icon import LUCIDE_LIBRARY

ICONS = [LUCIDE_LIBRARY]


def island(file: str) -> str:
    """Return what a component's `library` names for a file of `assets/islands`."""
    return rx.asset(f"islands/{file}").importable_path


def two_texts(first: rx.Var[str], second: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    """Say that an event carries two texts."""
    return first, second


def three_texts(
    first: rx.Var[str], second: rx.Var[str], third: rx.Var[str]
) -> tuple[rx.Var[str], rx.Var[str], rx.Var[str]]:
    """Say that an event carries three texts."""
    return first, second, third


def four_texts(
    first: rx.Var[str], second: rx.Var[str], third: rx.Var[str], fourth: rx.Var[str]
) -> tuple[rx.Var[str], rx.Var[str], rx.Var[str], rx.Var[str]]:
    """Say that an event carries four texts."""
    return first, second, third, fourth


def text_and_number(text: rx.Var[str], number: rx.Var[int]) -> tuple[rx.Var[str], rx.Var[int]]:
    """Say that an event carries a text and a number."""
    return text, number


def worded(value: rx.Var[Any], words: Iterable[tuple[str, str]], otherwise: Any = "") -> rx.vars.StringVar[str]:
    """Return the words that stand for a value."""
    return cast(rx.Var[Any], rx.match(value, *words, otherwise)).to(str)
