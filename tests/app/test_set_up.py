"""An empty house is filled with the demonstration on request, once, and the trail says by whom."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from dealsmart_app.states.set_up import DemonstrationState, SetUpState
from tests.app.reaching import of, reaches
from tests.app.socket_client import Socket
from tests.empty_house import OWNER, empty_house
from tests.served import Served, cookie_of

FILLED_SECONDS = 30


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A product that nobody has set up yet."""
    with empty_house(tmp_path_factory.mktemp("empty")) as served:
        yield served


def total(client: httpx.Client, path: str) -> int:
    """Count what a list of the API holds."""
    return client.get(f"/api/v1/{path}", params={"limit": 1, "include_total": True}).json()["meta"]["total"]


@reaches(DemonstrationState, "load")
async def test_the_demonstration_is_loaded_once(house: Served) -> None:
    with house.sign_in(OWNER) as owner:
        assert total(owner, "vehicles") == 0
        async with Socket(house.url, cookie_of(owner)) as socket:
            assert '"may_load_demo_rx_state_": true' in await socket.send(of(SetUpState, "show"), "/inbox")
            await socket.send(of(DemonstrationState, "load"), "/inbox")
            for _ in range(FILLED_SECONDS):
                if total(owner, "conversations"):
                    break
                await asyncio.sleep(1)
            assert total(owner, "vehicles") == 40
            before = total(owner, "conversations")
            assert "already" in await socket.send(of(DemonstrationState, "load"), "/inbox")
        assert total(owner, "conversations") == before
        lines = owner.get("/api/v1/admin/audit", params={"action": "demonstration:load"}).json()["data"]
        me = owner.get("/api/v1/users/me").json()["data"]["id"]
        assert [line["after"] for line in lines] == [{"by": me}]
