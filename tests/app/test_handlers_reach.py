"""A permitted handler's arguments reach the service: each is called over the socket, its effect read over the API."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from dealsmart_app.states.flags import FlagState
from dealsmart_app.states.webhooks import WebhookEditState, WebhookListState
from tests.app.reaching import reaches
from tests.app.socket_client import Socket
from tests.served import Served, cookie_of

FLAGS, HOOKS, EDIT = (state.get_full_name() for state in (FlagState, WebhookListState, WebhookEditState))
ENDPOINTS = "/api/v1/webhook-endpoints"


@pytest.fixture
def ada(served: Served) -> Iterator[httpx.Client]:
    """An admin."""
    with served.sign_in("ada") as client:
        yield client


def data(client: httpx.Client, path: str) -> Any:
    """Read something over the API."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


@reaches(FlagState, "make", "save", "switch")
async def test_a_flag_is_made_saved_and_switched(served: Served, ada: httpx.Client) -> None:
    name = f"walk.{uuid4().hex[:8]}"
    path = f"/api/v1/admin/flags/{name}"
    at = f"/flags?id={name}"
    async with Socket(served.url, cookie_of(ada)) as socket:
        form = {"name": name, "owner": "Ada", "description": "First", "expires_at": "2999-01-02"}
        await socket.send(f"{FLAGS}.make", "/flags", form=form)
        made = data(ada, path)
        assert (made["owner"], made["description"], made["enabled"]) == ("Ada", "First", False)
        assert made["expires_at"].startswith("2999-01-02")
        await socket.send(f"{FLAGS}.load", at)
        await socket.send(
            f"{FLAGS}.save", at, form={"owner": "Mei", "description": "Second", "expires_at": "2999-01-03"}
        )
        saved = data(ada, path)
        assert (saved["owner"], saved["description"], saved["expires_at"][:10]) == ("Mei", "Second", "2999-01-03")
        for on in (True, False):
            await socket.send(f"{FLAGS}.switch", at, name=name, on=on)
            assert data(ada, path)["enabled"] is on


@reaches(WebhookEditState, "make", "rotate", "end_old", "enable", "delete")
async def test_a_webhook_is_made_rotated_ended_switched_and_deleted(served: Served, ada: httpx.Client) -> None:
    url = f"https://hooks.example.com/{uuid4().hex}"
    async with Socket(served.url, cookie_of(ada)) as socket:
        form = {"url": url, "description": "Walk", "message.created": True, "draft.updated": True}
        await socket.send(f"{EDIT}.make", "/webhooks", form=form)
        made = next(row for row in data(ada, ENDPOINTS) if row["url"] == url)
        assert (made["description"], made["events"]) == ("Walk", ["draft.updated", "message.created"])
        at, path = f"/webhooks?id={made['id']}", f"{ENDPOINTS}/{made['id']}"
        await socket.send(f"{HOOKS}.load", at)
        shown = await socket.send(f"{EDIT}.rotate", at)
        assert "whsec_" in shown
        assert data(ada, path)["old_secret_until"] is not None
        await socket.send(f"{EDIT}.end_old", at)
        assert data(ada, path)["old_secret_until"] is None
        for wanted, status in ((False, "disabled"), (True, "active")):
            await socket.send(f"{EDIT}.enable", at, wanted=wanted)
            assert data(ada, path)["status"] == status
        await socket.send(f"{EDIT}.delete", at)
        assert url not in [row["url"] for row in data(ada, ENDPOINTS)]
