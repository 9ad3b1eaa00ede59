"""Attacks over a raw socket on the served product: every handler is a call that anybody can make."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import httpx
import pytest
from socketio.exceptions import ConnectionError as RefusedError

from api.core.embedded_postgres import running_url
from api.core.errors import UnauthorizedError
from api.core.security import Actor
from api.core.settings import Settings
from api.services import users
from api.services.house import open_house
from api.services.registry import register_jobs
from dealsmart_app.refusals import show_refusal
from dealsmart_app.states.base import HubState
from dealsmart_app.states.inbox import InboxState
from dealsmart_app.states.notifications import NotificationState
from dealsmart_app.states.user_side import UserEditState
from dealsmart_app.states.users import UserListState
from dealsmart_app.states.vehicles import VehicleListState
from models.users import Role, UserPatch, UserStatus
from tests.app.socket_client import HYDRATE, Socket
from tests.served import Served, cookie_of

INVENTORY = f"{VehicleListState.get_full_name()}.load"
PEOPLE = f"{UserListState.get_full_name()}.load"
ROLE = f"{UserEditState.get_full_name()}.give_role"
BELL = f"{NotificationState.get_full_name()}.load"
INBOX = f"{InboxState.get_full_name()}.arrive"
GUARD = INVENTORY.rsplit(".", 2)[0] + ".guard"
STOCK = "L26"  # every stock number of the demonstration begins with it


@contextmanager
def _new_staff(served: Served, admin: httpx.Client) -> Iterator[httpx.Client]:
    """Open a client of somebody whom no other test needs."""
    name = f"gone_{uuid4().hex[:8]}"
    account = {"email": f"{name}@newcomers.example", "username": name, "password": "violet-harbour-61"}
    with httpx.Client(base_url=served.url, headers={"Origin": served.url}, timeout=15) as client:
        client.post("/api/v1/auth/register", json=account).raise_for_status()
        admin.patch(f"/api/v1/users/{_id_of(client)}", json={"role": "staff"}).raise_for_status()
        yield client


def _id_of(client: httpx.Client) -> UUID:
    return UUID(client.get("/api/v1/users/me").raise_for_status().json()["data"]["id"])


def _open_conversation(client: httpx.Client, subject: str) -> None:
    body = {"customer": {"name": "Wanda Quill"}, "source": "web", "subject": subject, "message": {"content": "Hello"}}
    client.post("/api/v1/conversations", json=body).raise_for_status()


async def test_staff_see_the_inventory(served: Served) -> None:
    """The control: what the attacks must not get is there to be got."""
    with served.sign_in("luis") as luis:
        async with Socket(served.url, cookie_of(luis)) as socket:
            assert STOCK in await socket.send(INVENTORY, "/inventory")


@pytest.mark.parametrize("handler", [INVENTORY, PEOPLE, INBOX, BELL])
async def test_nobody_is_sent_to_sign_in(served: Served, handler: str) -> None:
    """A socket without a cookie gets a redirect and nothing else."""
    async with Socket(served.url) as socket:
        answer = await socket.send(handler, "/inventory")
    assert "/login" in answer
    assert STOCK not in answer
    assert "demo.example" not in answer


async def test_stolen_token_alone_opens_nothing(served: Served) -> None:
    """The key of a tab's state is worth nothing without the cookie of the session that filled it."""
    with served.sign_in("luis") as luis:
        async with Socket(served.url, cookie_of(luis)) as victim:
            await victim.send(GUARD, "/inventory", route="/inventory")
            assert STOCK in await victim.send(INVENTORY, "/inventory")
        async with Socket(served.url, token=victim.token) as thief:
            answer = await thief.send(HYDRATE) + await thief.send(INVENTORY, "/inventory")
    assert STOCK not in answer
    assert "Luis" not in answer


async def test_stolen_token_with_own_cookie_shows_only_own(served: Served) -> None:
    """Another's session wipes what the first one's left behind."""
    with served.sign_in("luis") as luis, served.sign_in("sam") as sam:
        async with Socket(served.url, cookie_of(luis)) as victim:
            await victim.send(GUARD, "/inventory", route="/inventory")
            await victim.send(INVENTORY, "/inventory")
        async with Socket(served.url, cookie_of(sam), token=victim.token) as thief:
            answer = await thief.send(HYDRATE)
    assert answer
    assert STOCK not in answer
    assert "Luis" not in answer


async def test_revoked_session_is_refused(served: Served) -> None:
    """A socket that outlives its session's end gets nothing more, at once in the process that ended it."""
    with served.sign_in("luis") as luis:
        async with Socket(served.url, cookie_of(luis)) as socket:
            assert STOCK in await socket.send(INVENTORY, "/inventory")
            luis.post("/api/v1/auth/logout").raise_for_status()
            answer = await socket.send(INVENTORY, "/inventory")
    assert "/login" in answer
    assert STOCK not in answer


async def test_push_reaches_the_living_and_not_the_revoked(served: Served) -> None:
    """A push goes round the gate, so it asks itself who is there."""
    first, second = uuid4().hex, uuid4().hex
    with served.sign_in("luis") as luis, served.sign_in("mei") as mei:
        async with Socket(served.url, cookie_of(luis)) as socket, Socket(served.url, cookie_of(mei)) as other:
            for listener in (socket, other):
                await listener.send(GUARD, "/inbox", route="/inbox")
                await listener.send(INBOX, "/inbox")
            _open_conversation(mei, first)
            assert first in await socket.quiet(0)
            luis.post("/api/v1/auth/logout").raise_for_status()
            heard = len(socket.heard)
            _open_conversation(mei, second)
            assert second in await other.quiet(0)
            assert second not in await socket.quiet(heard)
            assert "/login" in "\n".join(socket.heard)


async def test_a_suspension_in_another_process_ends_the_open_screen_within_five_seconds(
    served: Served, settings: Settings
) -> None:
    """This test's own process suspends; the served one sends the screen away unasked, and shows nothing more."""
    url = running_url(served.data) if served.data else None
    if url is None:
        pytest.skip("the running product's data folder is not known")
    with served.sign_in("ada") as ada, _new_staff(served, ada) as person:
        admin = Actor.person(_id_of(ada), Role.ADMIN, "Ada")
        async with (
            Socket(served.url, cookie_of(person)) as socket,
            open_house(settings, url, register_jobs, work=False) as elsewhere,
        ):
            await socket.send(GUARD, "/inventory", route="/inventory")
            assert STOCK in await socket.send(INVENTORY, "/inventory")
            heard = len(socket.heard)
            async with elsewhere.unit(admin) as uow:
                await users.change(uow, _id_of(person), UserPatch(status=UserStatus.SUSPENDED, reason="spam"))
            assert "/login" in await socket.quiet(heard, first=5)
            assert STOCK not in await socket.send(INVENTORY, "/inventory")


async def test_uploads_go_to_the_api_only(served: Served) -> None:
    """Reflex's own upload would run a handler for whoever knows a token."""
    with served.sign_in("luis") as luis:
        async with Socket(served.url, cookie_of(luis)) as victim:
            await victim.send(INVENTORY, "/inventory")
        headers = {"Reflex-Client-Token": victim.token, "Reflex-Event-Handler": INVENTORY}
        async with httpx.AsyncClient(base_url=served.url) as thief:
            answer = await thief.post("/_upload", files={"files": b"x"}, headers=headers)
    assert answer.status_code == 404


async def test_foreign_origin_is_refused(served: Served) -> None:
    """Another site cannot open a socket with the visitor's cookie."""
    with served.sign_in("luis") as luis, pytest.raises(RefusedError):
        async with Socket(served.url, cookie_of(luis), origin="http://evil.example"):
            await asyncio.sleep(0)


@pytest.mark.parametrize("handler", [INVENTORY, PEOPLE, INBOX])
async def test_plain_users_get_no_staff_data(served: Served, handler: str) -> None:
    """Signed in is not enough: the service asks for the permission."""
    with served.sign_in("sam") as sam:
        async with Socket(served.url, cookie_of(sam)) as socket:
            answer = await socket.send(handler, "/inventory")
    assert STOCK not in answer
    assert "luis@demo.example" not in answer
    assert "You may not do this" in answer


async def test_staff_cannot_change_roles(served: Served) -> None:
    """What only an admin may do is refused to staff, whatever their state says."""
    with served.sign_in("luis") as luis, served.sign_in("ada") as ada:
        async with Socket(served.url, cookie_of(luis)) as socket:
            await socket.send(ROLE, "/users", form={"role": "admin"})
        people = ada.get("/api/v1/users", params={"q": "luis"}).json()["data"]
    assert [person["role"] for person in people] == ["staff"]


async def test_who_is_no_longer_signed_in_comes_back_to_the_page(served: Served) -> None:
    """What a service refuses for want of a sign-in leads to the door of this page, not to a bare one."""
    event = show_refusal(UnauthorizedError())
    assert (event.handler.fn, str(event.args[0][1])) == (HubState.event_handlers["guard"].fn, '""')
    async with Socket(served.url) as socket:
        answer = await socket.send(GUARD, "/users?role=staff", route="")
    assert "/login?next=/users%3Frole%3Dstaff" in answer
