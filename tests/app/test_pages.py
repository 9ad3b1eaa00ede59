"""Every page has a title and a permission; no var of a state holds a table's row."""

import typing
from collections.abc import Iterator

import pytest
import reflex as rx
from reflex.state import BaseState
from reflex_base.registry import RegistrationContext
from sqlmodel import SQLModel

from dealsmart_app.dealsmart_app import app
from dealsmart_app.gate import is_public
from dealsmart_app.navigation import MENU
from dealsmart_app.states.base import SCREENS, HubState
from models.users import ROLE_PERMISSIONS as MAY
from models.users import Permission, Role

OPEN = {"/login", "/register", "/forbidden", "/404", "/verify-email", "/forgot-password", "/reset-password"}


def _below(state: type[BaseState]) -> Iterator[type[BaseState]]:
    for child in state.get_substates():
        yield child
        yield from _below(child)


def _types(annotation: object) -> Iterator[object]:
    yield annotation
    for inner in typing.get_args(annotation):
        yield from _types(inner)


def test_every_route_is_known_to_the_guard() -> None:
    """A page that somebody adds without `hub_page` has no permission."""
    registered = RegistrationContext.ensure_context().decorated_pages
    routes = {str(options["route"]) for _, options in registered}
    assert app.html_lang == "en"
    assert routes == set(SCREENS)


@pytest.mark.parametrize("route", sorted(SCREENS))
def test_page_has_title_and_permission(route: str) -> None:
    """Only the pages of sign-in and refusal are open to everybody."""
    screen = SCREENS[route]
    assert screen.title.strip()
    assert (screen.permission is None) == (route in OPEN)


def test_menu_asks_for_what_its_pages_ask() -> None:
    """A line of the menu that leads to a refusal is a broken promise."""
    for section in MENU:
        for entry in section.entries:
            assert SCREENS[entry.route].permission is entry.permission


def test_plain_users_reach_nothing_of_staff() -> None:
    """What a user without a role may open is his own account."""
    reached = {r for r, s in SCREENS.items() if s.permission and s.permission in MAY[Role.USER]}
    assert reached == {"/", "/settings"}
    assert Permission.READ_CONVERSATIONS not in MAY[Role.USER]


def test_no_var_holds_a_table_row() -> None:
    """A row in a var sends every column to the browser, the password's hash too."""
    for state in (HubState, *_below(HubState)):
        for name, annotation in typing.get_type_hints(state, include_extras=True).items():
            kinds = [kind for kind in _types(annotation) if isinstance(kind, type)]
            tables = [kind for kind in kinds if issubclass(kind, SQLModel) and hasattr(kind, "__table__")]
            assert not tables, f"{state.__name__}.{name}"


def test_only_the_guard_is_public() -> None:
    """Every handler of a screen is behind the gate; Reflex's own and the guard are before it."""
    names = {
        f"{state.get_full_name()}.{handler}"
        for state in (HubState, *_below(HubState))
        for handler in state.event_handlers
    }
    assert {name for name in names if is_public(name)} == {f"{HubState.get_full_name()}.guard"}
    assert is_public(f"{rx.State.get_full_name()}.hydrate")
    assert is_public(f"{rx.State.get_full_name()}.reflex___state____on_load_internal_state.on_load_internal")
