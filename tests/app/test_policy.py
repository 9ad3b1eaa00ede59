"""Every event handler of the screens, called over a raw socket by everybody whom the table does not let do it."""

import asyncio
import inspect
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

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


def _ids(admin: httpx.Client) -> dict[str, str]:
    """Return an id of each kind of thing that there is, by the name that handlers have for it."""

    def first(path: str, name: str = "id") -> str:
        return admin.get(f"/api/v1/{path}", params={"limit": 1}).json()["data"][0][name]

    conversation = first("conversations")
    return {
        "conversation_id": conversation,
        "message_id": first(f"conversations/{conversation}/messages"),
        "staff_id": admin.get("/api/v1/users", params={"role": "staff"}).json()["data"][0]["id"],
        "user_id": admin.get("/api/v1/users", params={"role": "user"}).json()["data"][0]["id"],
        "session_id": first("auth/sessions"),
        "vehicle_id": first("vehicles"),
    }


NAMES = ("conversation_id", "message_id", "staff_id", "user_id", "session_id", "vehicle_id")
ROWS = {"User": "user_id", "Vehicle": "vehicle_id"}  # what `row_id` and the open side panel are of, by the state's name
WORDS = {
    "field": "status", "name": "status", "value": "closed", "tone": "friendly", "reason": "other", "mode": "reply",
    "kind": "conversation.assigned", "choice": "tomorrow", "part": "title", "what": "suspend", "act": "suspend",
}  # fmt: skip
FORM = {"role": "admin", "reason": "attack", "name": "attack", "confirm": "yes", "price": "1", "status": "sold"}


def _row(state: type[BaseState], ids: Mapping[str, str]) -> str:
    kind = next((kind for word, kind in ROWS.items() if state.__name__.startswith(word)), "conversation_id")
    return ids[kind]


def _value(state: type[BaseState], name: str, kind: Any, ids: Mapping[str, str]) -> Any:
    """Return what a handler could be called with: a real id by its name, else something of its type."""
    if isinstance(kind, UnionType):
        kind = get_args(kind)[0]
    by_type = {bool: True, int: 1, dict: FORM | {"id": _row(state, ids)}, list: [_row(state, ids)]}
    if (origin := get_origin(kind) or kind) in by_type:
        return by_type[origin]
    return ids.get(name) or WORDS.get(name) or _row(state, ids)


def _arguments(state: type[BaseState], handler: str, ids: Mapping[str, str]) -> dict[str, Any]:
    called = state.event_handlers[handler].fn
    hints = get_type_hints(called)
    named = [
        each
        for each in list(inspect.signature(called).parameters.values())[1:]
        if each.kind is each.POSITIONAL_OR_KEYWORD
    ]
    return {each.name: _value(state, each.name, hints.get(each.name, str), ids) for each in named}


async def _attack(
    url: str, cookie: str, state: type[BaseState], handlers: tuple[str, ...], ids: Mapping[str, str]
) -> str:
    page = f"/inbox?id={_row(state, ids)}"
    async with Socket(url, cookie) as socket:
        for handler in handlers:
            await socket.send(f"{state.get_full_name()}.{handler}", page, **_arguments(state, handler, ids))
        await socket.send(f"{state.get_full_name()}.setvar", page, var_name="is_hydrated", value=True)
        return "\n".join(socket.heard)


@pytest.mark.parametrize(
    "handler", [f"{name}.{handler}" for name, (_, handlers) in STATES.items() for handler in handlers]
)
def test_every_handler_can_be_called(handler: str) -> None:
    """The attacks below are of whole calls: no handler lacks an argument, so that a refusal is one."""
    name, _, handler = handler.partition(".")
    state = ours()[name]
    ids: dict[str, str] = dict.fromkeys(NAMES, "1")
    inspect.signature(state.event_handlers[handler].fn).bind(None, **_arguments(state, handler, ids))


@pytest.mark.parametrize("person", PEOPLE)
async def test_whoever_may_not_gets_nothing_and_changes_nothing(served: Served, person: str | None) -> None:
    role, states = PEOPLE[person], ours()
    closed = {name: handlers for name, (who, handlers) in STATES.items() if role not in who}
    with served.sign_in("ada") as ada, served.sign_in(person or "sam") as client:
        cookie = cookie_of(client) if person else ""
        before, ids = _picture(ada), _ids(ada)
        tries = (_attack(served.url, cookie, states[name], handlers, ids) for name, handlers in closed.items())
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
