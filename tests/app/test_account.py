"""The states of one's own account: what they refuse, and that no secret stays in them."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest

from dealsmart_app.states.api_keys import ApiKeyState
from dealsmart_app.states.home import HomeState
from dealsmart_app.states.preferences import PreferenceState
from dealsmart_app.states.profile import ProfileState
from dealsmart_app.states.security import SecurityState, qr_of
from dealsmart_app.states.settings import LOADS, SettingsState
from dealsmart_app.states.sign_ins import SignInListState, device_of
from tests.app.reaching import reaches
from tests.app.socket_client import Socket
from tests.served import Served, cookie_of

GUARD = f"{ProfileState.get_full_name()}.load".rsplit(".", 2)[0] + ".guard"
WORD = "violet-harbour-61"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"


def of(state: Any, handler: str) -> str:
    """Return the name by which an event calls the handler."""
    return f"{state.get_full_name()}.{handler}"


@contextmanager
def client_of(served: Served, door: str, person: dict[str, str]) -> Iterator[httpx.Client]:
    """Open a client of somebody who comes in by `register` or `login`."""
    with httpx.Client(base_url=served.url, headers={"Origin": served.url}, timeout=15) as client:
        client.post(f"/api/v1/auth/{door}", json=person).raise_for_status()
        yield client


def sign_ins(client: httpx.Client) -> list[bool]:
    """Return, for each sign-in of the caller, whether it is this one; nothing where his own has ended."""
    answer = client.get("/api/v1/auth/sessions")
    return [row["current"] for row in answer.json()["data"]] if answer.is_success else []


@pytest.fixture
def newcomer(served: Served) -> Iterator[httpx.Client]:
    """A client of somebody who has just signed up."""
    name = f"app_{uuid4().hex[:10]}"
    person = {"email": f"{name}@newcomers.example", "username": name, "password": WORD}
    with client_of(served, "register", person) as client:
        yield client


@asynccontextmanager
async def screen(served: Served, client: httpx.Client) -> AsyncIterator[Socket]:
    """Open the settings as this person."""
    async with Socket(served.url, cookie_of(client)) as socket:
        await socket.send(GUARD, "/settings", route="/settings")
        yield socket


def me(client: httpx.Client) -> dict[str, Any]:
    """Return the caller's account as the API has it."""
    return client.get("/api/v1/users/me").json()["data"]


@reaches(ProfileState, "write", "save")
async def test_a_profile_is_saved_whole_or_not_at_all(served: Served, newcomer: httpx.Client) -> None:
    """Each fault stands at its field; a field that the form does not have is not taken."""
    async with screen(served, newcomer) as socket:
        await socket.send(of(ProfileState, "load"))
        await socket.send(of(ProfileState, "write"), field="display_name", text="Nora")
        await socket.send(of(ProfileState, "write"), field="timezone", text="Mars/Olympus")
        await socket.send(of(ProfileState, "write"), field="role", text="admin")
        told = await socket.send(of(ProfileState, "save"))
        assert "IANA time zone" in told
        assert me(newcomer)["display_name"] != "Nora"
        await socket.send(of(ProfileState, "write"), field="timezone", text="America/Denver")
        await socket.send(of(ProfileState, "write"), field="username", text="LUIS")
        assert "This username is taken" in await socket.send(of(ProfileState, "save"))
        await socket.send(of(ProfileState, "write"), field="username", text=me(newcomer)["username"])
        await socket.send(of(ProfileState, "save"))
    saved = me(newcomer)
    assert (saved["display_name"], saved["timezone"], saved["role"]) == ("Nora", "America/Denver", "user")


@reaches(SecurityState, "enroll")
async def test_the_totp_secret_reaches_the_window_and_no_var(served: Served, newcomer: httpx.Client) -> None:
    """It is in the event that answers; a tab that loads the page anew gets nothing of it."""
    async with screen(served, newcomer) as socket:
        answer = await socket.send(of(SecurityState, "enroll"))
        updates = [json.loads(line) for line in answer.split("\n")]
        assert any("hub:totp" in json.dumps(update.get("events", [])) for update in updates)
        assert not any("<svg" in json.dumps(update.get("delta", {})) for update in updates)
        again = await socket.send("reflex___state____state.hydrate")
        assert again
        assert "<svg" not in again
    assert qr_of("otpauth://totp/a?secret=B").startswith("<svg")


async def test_nobody_ends_anothers_sign_in_or_key(served: Served, newcomer: httpx.Client) -> None:
    """Ids of others are as good as none."""
    with served.sign_in("mei") as mei:
        session = next(s["id"] for s in mei.get("/api/v1/auth/sessions").json()["data"] if s["current"])
        body = {"name": "Hers", "scopes": ["vehicles:read"]}
        key = mei.post("/api/v1/api-keys", json=body).raise_for_status().json()["data"]["id"]
        async with screen(served, newcomer) as socket:
            assert "toast" in await socket.send(of(SignInListState, "end"), session_id=session)
            await socket.send(of(ApiKeyState, "load"))
            await socket.send(of(ApiKeyState, "ask"), key_id=key)
            await socket.send(of(ApiKeyState, "revoke"))
        assert me(mei)["username"] == "mei"
        assert key in [row["id"] for row in mei.get("/api/v1/api-keys").json()["data"]]
        mei.delete(f"/api/v1/api-keys/{key}").raise_for_status()


@reaches(SignInListState, "end_others")
async def test_all_others_end_and_this_one_stays(served: Served, newcomer: httpx.Client) -> None:
    """Also those that are not on the screen."""
    person = {"email": me(newcomer)["email"], "password": WORD}
    with client_of(served, "login", person) as other:
        async with screen(served, newcomer) as socket:
            await socket.send(of(SignInListState, "end_others"))
        assert sign_ins(other) == []
    assert sign_ins(newcomer) == [True]


@reaches(PreferenceState, "toggle")
async def test_what_is_switched_off_is_not_told(served: Served) -> None:
    """A notice that is switched off is not made; one that is not for the role cannot be switched."""
    with served.sign_in("ada") as ada, served.sign_in("luis") as luis:

        def assigned() -> int:
            body = {"customer": {"name": "Quentin Hush"}, "source": "web", "message": {"content": "Hello"}}
            conversation = ada.post("/api/v1/conversations", json=body).json()["data"]["id"]
            person = {"staff_id": me(luis)["id"]}
            ada.post(f"/api/v1/conversations/{conversation}/assign", json=person).raise_for_status()
            notices = luis.get("/api/v1/notifications", params={"limit": 100}).json()["data"]
            return sum(conversation in (notice["link"] or "") for notice in notices)

        luis.patch("/api/v1/users/me", json={"notification_preferences": {}}).raise_for_status()
        async with screen(served, luis) as socket:
            await socket.send(of(PreferenceState, "load"))
            await socket.send(of(PreferenceState, "toggle"), kind="webhook_endpoint.disabled")
            assert me(luis)["notification_preferences"] == {}
            await socket.send(of(PreferenceState, "toggle"), kind="conversation.assigned")
            assert me(luis)["notification_preferences"] == {"conversation.assigned": False}
            assert assigned() == 0
            await socket.send(of(PreferenceState, "toggle"), kind="conversation.assigned")
            assert assigned() == 1


async def test_the_start_page_is_for_whom_nothing_else_is(served: Served, newcomer: httpx.Client) -> None:
    """Staff are led on; a newcomer stays, and may ask for the mail again, three times."""
    with served.sign_in("luis") as luis:
        async with screen(served, luis) as socket:
            assert "/inbox" in await socket.send(of(HomeState, "lead"), "/")
    async with screen(served, newcomer) as socket:
        assert "/inbox" not in await socket.send(of(HomeState, "lead"), "/")
        assert "Mailed" in await socket.send(of(ProfileState, "mail_again"), "/")


@pytest.mark.parametrize("tab", [*LOADS, "made-up", ""])
async def test_every_section_opens_by_its_address(served: Served, newcomer: httpx.Client, tab: str) -> None:
    """One that does not exist opens the first."""
    async with screen(served, newcomer) as socket:
        told = await socket.send(of(SettingsState, "arrive"), f"/settings?tab={tab}")
    assert f'"tab_rx_state_": "{tab if tab in LOADS else "profile"}"' in told


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (SAFARI, "Safari on iPhone"),
        ("python-httpx/0.28.1", "python-httpx"),
        ("<script>alert(1)</script>", "<script>alert(1)<"),
        (None, "An unknown device"),
        ("", "An unknown device"),
    ],
)
def test_devices_are_named_as_people_call_them(agent: str | None, words: str) -> None:
    assert device_of(agent) == words
