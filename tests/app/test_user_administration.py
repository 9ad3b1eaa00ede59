"""The users' page by its states: what is picked, rehearsed and done; views, sign-ins, deletion."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from dealsmart_app.states.attention import AttentionState
from dealsmart_app.states.base import HubState
from dealsmart_app.states.user_bulk import UserBulkState
from dealsmart_app.states.user_deletions import UserDeletionState
from dealsmart_app.states.user_side import UserDossierState
from dealsmart_app.states.users import UserListState, UserViewState
from tests.app.reaching import reaches
from tests.app.socket_client import Socket
from tests.served import Served, cookie_of

BULK, LIST, VIEWS = (state.get_full_name() for state in (UserBulkState, UserListState, UserViewState))
SIDE, DELETION = UserDossierState.get_full_name(), UserDeletionState.get_full_name()
ATTENTION, GUARD = AttentionState.get_full_name(), f"{HubState.get_full_name()}.guard"


@pytest.fixture
def ada(served: Served) -> Iterator[httpx.Client]:
    """An admin."""
    with served.sign_in("ada") as client:
        yield client


@pytest.fixture
def newcomer(served: Served) -> Iterator[tuple[httpx.Client, str]]:
    """Somebody new with his id, so that what is done to him troubles no other test."""
    name = f"new_{uuid4().hex[:10]}"
    given = {"email": f"{name}@demo.example", "username": name, "password": "Quiet-Gearbox-27"}
    with httpx.Client(base_url=served.url, headers={"Origin": served.url}) as client:
        answer = client.post("/api/v1/auth/register", json=given)
        assert answer.status_code == 201, answer.text
        yield client, answer.json()["data"]["user"]["id"]


@pytest.fixture
def second(served: Served, ada: httpx.Client) -> Iterator[httpx.Client]:
    """Another admin, for as long as a test lasts."""
    name = f"adm_{uuid4().hex[:10]}"
    given = {"email": f"{name}@demo.example", "username": name, "password": "Quiet-Gearbox-27"}
    with httpx.Client(base_url=served.url, headers={"Origin": served.url}) as client:
        user_id = client.post("/api/v1/auth/register", json=given).json()["data"]["user"]["id"]
        ada.patch(f"/api/v1/users/{user_id}", json={"role": "admin"}).raise_for_status()
        again = {name: given[name] for name in ("email", "password")}
        client.post("/api/v1/auth/login", json=again).raise_for_status()
        yield client
        ada.patch(f"/api/v1/users/{user_id}", json={"role": "user"}).raise_for_status()


def person(admin: httpx.Client, user_id: str) -> httpx.Response:
    """Read somebody over the API."""
    return admin.get(f"/api/v1/users/{user_id}")


def enter(served: Served, username: str) -> str:
    """Sign somebody up and return his id."""
    given = {"email": f"{username}@demo.example", "username": username, "password": "Quiet-Gearbox-27"}
    with httpx.Client(base_url=served.url, headers={"Origin": served.url}) as client:
        return client.post("/api/v1/auth/register", json=given).json()["data"]["user"]["id"]


async def whole(socket: Socket, handler: str, path: str, **payload: Any) -> str:
    """Call a handler that tells how far it is before it is done, and return all of it."""
    seen = len(socket.heard)
    await socket.send(handler, path, **payload)
    return await socket.quiet(seen, patience=2.5)


def token_in(heard: str) -> str:
    """Return the token of the selection that the browser was told last."""
    return re.findall(r'"token_rx_state_": "([0-9a-f-]{36})"', heard)[-1]


async def test_everybody_whom_the_filters_mean_is_picked_without_an_id_in_the_browser(
    served: Served, ada: httpx.Client
) -> None:
    """The token is all that the browser holds; Escape and other filters make it void; a preview does not."""
    word = f"sel{uuid4().hex[:8]}"
    ids = [enter(served, f"{word}_{number}") for number in range(27)]
    at = f"/users?q={word}"
    async with Socket(served.url, cookie_of(ada)) as socket:
        shown = await socket.send(f"{LIST}.load", at)
        await socket.send(f"{BULK}.settle", at)
        unseen = [one for one in ids if one not in shown]
        assert len(unseen) == 2
        picked = await socket.send(f"{BULK}.pick_all", at)
        assert '"count_rx_state_": 27' in picked
        await socket.send(f"{BULK}.begin", at, act="role")
        foreseen = await whole(socket, f"{BULK}.foresee", at, form={"role": "creator"})
        assert "27 people will change" in foreseen
        token = token_in(picked)
        assert "27 people changed" in await whole(socket, f"{BULK}.do", at, token=token)
        assert {person(ada, one).json()["data"]["role"] for one in ids} == {"creator"}
        assert "Look at it again" in await whole(socket, f"{BULK}.do", at, token=token)
        await socket.send(f"{BULK}.pick", at, row_id=ids[0])
        assert '"count_rx_state_": 0' in await socket.send(f"{BULK}.leave", at)
        assert not [one for one in unseen if one in "".join(socket.heard).replace("avatars", "")]


@reaches(UserBulkState, "do")
async def test_a_change_is_shown_before_it_is_done(
    served: Served, ada: httpx.Client, newcomer: tuple[httpx.Client, str]
) -> None:
    """The preview names the admin himself as refused and changes nothing; doing it changes the other."""
    user_id, own = newcomer[1], person(ada, "me").json()["data"]["id"]
    async with Socket(served.url, cookie_of(ada)) as socket:
        for one in (user_id, own):
            await socket.send(f"{BULK}.pick", "/users", row_id=one)
        await socket.send(f"{BULK}.begin", "/users", act="suspend")
        missing = await whole(socket, f"{BULK}.foresee", "/users", form={"reason": " "})
        assert "Is needed for a suspension" in missing
        assert own not in "".join(socket.heard)
        foreseen = await whole(socket, f"{BULK}.foresee", "/users", form={"reason": "Spam"})
        assert "1 person will change, 1 refused" in foreseen
        assert "This is you" in foreseen
        assert person(ada, user_id).json()["data"]["status"] == "active"
        assert "Look at it again" in await whole(socket, f"{BULK}.do", "/users", token=str(uuid4()))
        assert person(ada, user_id).json()["data"]["status"] == "active"
        assert "1 person changed, 1 refused" in await socket.send(
            f"{BULK}.do", "/users", token=token_in("".join(socket.heard))
        )
        assert person(ada, user_id).json()["data"]["status"] == "suspended"


async def test_a_staff_member_can_neither_preview_nor_do(
    served: Served, ada: httpx.Client, newcomer: tuple[httpx.Client, str]
) -> None:
    with served.sign_in("judith") as judith:
        async with Socket(served.url, cookie_of(judith)) as socket:
            await socket.send(f"{BULK}.pick", "/users", row_id=newcomer[1])
            await socket.send(f"{BULK}.begin", "/users", act="role")
            answer = await whole(socket, f"{BULK}.foresee", "/users", form={"role": "admin"})
            await whole(socket, f"{BULK}.do", "/users", token=token_in("".join(socket.heard)))
    assert "will change" not in answer
    assert person(ada, newcomer[1]).json()["data"]["role"] == "user"


async def test_views_are_ones_own(served: Served, ada: httpx.Client) -> None:
    name = f"Mine {uuid4().hex[:6]}"
    async with Socket(served.url, cookie_of(ada)) as socket:
        await socket.send(f"{VIEWS}.ask", "/users", what="new")
        assert name in await socket.send(f"{VIEWS}.keep", "/users", form={"name": name})
        await socket.send(f"{VIEWS}.ask", "/users", what="new")
        again = await socket.send(f"{VIEWS}.keep", "/users", form={"name": name.upper()})
        assert "Another view has this name" in again
    with served.sign_in("judith") as judith:
        async with Socket(served.url, cookie_of(judith)) as socket:
            assert name not in await socket.send(f"{VIEWS}.load", "/users")


async def test_columns_stand_in_the_address(served: Served, ada: httpx.Client) -> None:
    """The usual ones need no word; one left out and one added do; an unknown one is none."""
    async with Socket(served.url, cookie_of(ada)) as socket:
        await socket.send(f"{LIST}.load", "/users")
        less = await socket.send(f"{LIST}.show_column", "/users", name="role")
        assert "cols=status%2Cverified%2Cof_age%2Ccreated_at%2Clast_login_at" in less
        at = "/users?cols=status"
        shown = await socket.send(f"{LIST}.load", at)
        assert '["status"]' in shown.replace(" ", "")
        assert "cols=status%2Cid" in await socket.send(f"{LIST}.show_column", at, name="id")
        await socket.send(f"{LIST}.show_column", at, name="id")
        assert "cols=none" in await socket.send(f"{LIST}.show_column", at, name="status")
        assert "cols=" not in await socket.send(f"{LIST}.show_column", at, name="password")


async def test_a_hand_faster_than_the_rows_loses_no_filter(served: Served, ada: httpx.Client) -> None:
    """Changes before the rows are there add up, and build on the link followed; going back builds on where one is."""
    async with Socket(served.url, cookie_of(ada)) as socket:
        await socket.send(f"{LIST}.load", "/users")
        assert "/users?role=staff" in await socket.send(f"{LIST}.narrow", "/users", name="role", value="staff")
        both = await socket.send(f"{LIST}.narrow", "/users", name="status", value="active")
        assert "/users?role=staff&status=active" in both
        await socket.send(f"{LIST}.load", "/users?role=staff")
        again = await socket.send(f"{LIST}.narrow", "/users?role=staff", name="verified", value="true")
        assert "/users?role=staff&status=active&verified=true" in again
        await socket.send(f"{LIST}.load", "/users?role=staff&status=active&verified=true")
        back = await socket.send(f"{LIST}.load", "/users")
        assert "total" in back
        assert '"/users?verified=true"' in await socket.send(f"{LIST}.narrow", "/users", name="verified", value="true")
        linked = await socket.send(f"{LIST}.narrow", "/users?role=creator", name="status", value="active")
        assert "/users?role=creator&status=active" in linked


async def test_an_empty_list_says_what_each_filter_keeps_away(served: Served, ada: httpx.Client) -> None:
    async with Socket(served.url, cookie_of(ada)) as socket:
        told = await socket.send(f"{LIST}.load", "/users?q=xyzzyq&role=moderator")
    assert '"words": "xyzzyq", "back": "brings back 1"' in told
    assert '"kind": "Role", "words": "Moderator", "back": "brings back 0"' in told


@reaches(UserViewState, "keep", "keep_changes")
async def test_a_changed_view_is_kept_again(served: Served, ada: httpx.Client) -> None:
    """What the view keeps is what the list shows, columns too; somebody else's view is not found."""
    name = f"Again {uuid4().hex[:6]}"
    async with Socket(served.url, cookie_of(ada)) as socket:
        await socket.send(f"{LIST}.load", "/users?role=staff")
        await socket.send(f"{VIEWS}.ask", "/users?role=staff", what="new")
        kept = await socket.send(f"{VIEWS}.keep", "/users?role=staff", form={"name": name})
        view = re.findall(r"view=([0-9a-f-]{36})", kept)[0]
        at = f"/users?role=staff&cols=status&view={view}"
        await socket.send(f"{LIST}.load", at)
        await socket.send(f"{VIEWS}.keep_changes", at)
        assert "role=staff&cols=status" in await socket.send(f"{VIEWS}.load", at)
    with served.sign_in("judith") as judith:
        async with Socket(served.url, cookie_of(judith)) as socket:
            await socket.send(f"{LIST}.load", at)
            assert "Changes saved" not in await socket.send(f"{VIEWS}.keep_changes", at)


@reaches(UserDeletionState, "ask", "confirm", "decline")
async def test_deletion_wants_the_name_a_reason_and_a_second_admin(
    served: Served, ada: httpx.Client, newcomer: tuple[httpx.Client, str], second: httpx.Client
) -> None:
    """Who asked can't confirm; the other sees it in what needs him and in the panel, declines, then confirms."""
    client, user_id = newcomer
    username = person(ada, user_id).json()["data"]["username"]
    at, typed = f"/users?id={user_id}", {"typed_name": username.upper(), "reason": "Asked by telephone"}
    async with Socket(served.url, cookie_of(ada)) as one, Socket(served.url, cookie_of(second)) as other:
        await one.send(f"{LIST}.load", at)
        await one.send(f"{DELETION}.show", at, step="ask")
        assert f"Type {username}" in await one.send(f"{DELETION}.ask", at, form={**typed, "typed_name": "x"})
        assert "Say why" in await one.send(f"{DELETION}.ask", at, form={**typed, "reason": " "})
        assert "Deletion asked for" in await one.send(f"{DELETION}.ask", at, form=typed)
        assert "another administrator confirms it" in await one.send(f"{DELETION}.confirm", at)
        assert f"Delete {username}?" not in await one.send(f"{ATTENTION}.load", "/admin")
        assert person(ada, user_id).status_code == 200
        assert f"Delete {username}?" in await other.send(f"{ATTENTION}.load", "/admin")
        await other.send(f"{LIST}.load", at)
        assert "Asked by telephone" in await shown(other, at)
        assert "Declined" in await other.send(f"{DELETION}.decline", at, form={"reason": "Not yet"})
        await one.send(f"{DELETION}.show", at, step="ask")
        await one.send(f"{DELETION}.ask", at, form=typed)
        await other.send(f"{LIST}.load", at)
        assert "Account deleted" in await other.send(f"{DELETION}.confirm", at)
    assert person(ada, user_id).status_code == 404
    assert client.get("/api/v1/users/me").status_code == 401


async def shown(socket: Socket, at: str) -> str:
    """Return what the panel learns of the request about the open person."""
    await socket.send(GUARD, at, route="/users")
    return await socket.send(f"{DELETION}.load", at)


@reaches(UserDossierState, "end")
async def test_an_admin_ends_somebodys_sign_in(
    served: Served, ada: httpx.Client, newcomer: tuple[httpx.Client, str]
) -> None:
    client, user_id = newcomer
    session = client.get("/api/v1/auth/sessions").json()["data"][0]["id"]
    async with Socket(served.url, cookie_of(ada)) as socket:
        at = f"/users?id={user_id}"
        await socket.send(f"{LIST}.load", at)
        await socket.send(f"{SIDE}.end", at, session_id=session)
    assert client.get("/api/v1/users/me").status_code == 401
