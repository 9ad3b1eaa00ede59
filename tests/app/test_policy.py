"""Every event handler of the screens, called over a raw socket by everybody whom the table does not let do it."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import reflex as rx
from reflex.state import BaseState

import dealsmart_app.dealsmart_app  # noqa: F401 - registers every page and state
from api.policy import STATES
from models.users import Role
from tests.app.socket_client import Socket
from tests.served import Served, cookie_of

STOCK = "L26"  # every stock number of the demonstration begins with it
EVERYWHERE = ("customers", "vehicles", "conversations", "canned-responses", "dealership", "users")
PEOPLE: dict[str | None, Role | None] = {
    None: None,
    "sam": Role.USER,
    "torquetales": Role.CREATOR,
    "luis": Role.STAFF,
    "judith": Role.MODERATOR,
}


def _below(state: type[BaseState]) -> Iterator[type[BaseState]]:
    for child in state.get_substates():
        yield child
        yield from _below(child)


def ours() -> dict[str, type[BaseState]]:
    """Return the screens' states by name, the framework's left out."""
    return {state.__name__: state for state in _below(rx.State) if state.__module__.startswith("dealsmart_app")}


def test_the_table_names_every_handler_and_no_other() -> None:
    found = {
        name: tuple(sorted(handler for handler in state.event_handlers if handler != "setvar"))
        for name, state in ours().items()
    }
    assert found == {name: tuple(sorted(handlers)) for name, (_, handlers) in STATES.items()}


def test_the_table_is_deny_by_default() -> None:
    open_to_nobody = {name for name, (who, _) in STATES.items() if None in who}
    assert open_to_nobody == {"HubState", "SignInState"}


def _picture(admin: httpx.Client) -> list[Any]:
    """Return all that the attacks could change, as an admin sees it."""
    return [
        admin.get(f"/api/v1/{path}", params={"limit": 100} if path != "dealership" else {}).json()["data"]
        for path in EVERYWHERE
    ]


async def _attack(url: str, cookie: str, state: type[BaseState], handlers: tuple[str, ...]) -> str:
    async with Socket(url, cookie) as socket:
        for handler in (*handlers, "setvar"):
            payload = {"var_name": "is_hydrated", "value": True} if handler == "setvar" else {}
            await socket.send(f"{state.get_full_name()}.{handler}", "/inbox", **payload)
        return "\n".join(socket.heard)


@pytest.mark.parametrize("person", PEOPLE)
async def test_whoever_may_not_gets_nothing_and_changes_nothing(served: Served, person: str | None) -> None:
    role, states = PEOPLE[person], ours()
    closed = {name: handlers for name, (who, handlers) in STATES.items() if role not in who}
    with served.sign_in("ada") as ada, served.sign_in(person or "sam") as client:
        cookie = cookie_of(client) if person else ""
        before = _picture(ada)
        tries = (_attack(served.url, cookie, states[name], handlers) for name, handlers in closed.items())
        answers = dict(zip(closed, await asyncio.gather(*tries), strict=True))
        assert _picture(ada) == before
    users = before[EVERYWHERE.index("users")]
    others = [row["email"] for row in users if not row["email"].startswith(f"{person}@")]
    customers = [row["name"] for row in before[EVERYWHERE.index("customers")]]
    for name, answer in answers.items():
        secret = customers if role is Role.MODERATOR else [*others, *customers]
        leaked = [word for word in secret if word in answer]
        assert not leaked, f"{name}: {leaked}"
        if role is not Role.STAFF:
            assert STOCK not in answer, name
