"""What the palette finds, over the socket: each role what its own pages show, and nobody else's."""

import json
from typing import Any
from uuid import uuid4

import pytest

from dealsmart_app.states.palette import LONGEST, PaletteState, conversation_line, sought
from tests.app.reaching import of, reaches
from tests.app.socket_client import Socket
from tests.served import Served, cookie_of

FIND, ARRIVE = of(PaletteState, "find"), of(PaletteState, "arrive")
SOME_DAY = "2026-01-02T00:00:00.000000Z"
STAFF_KINDS = {"conversations", "customers", "vehicles", "canned"}
KINDS = {
    "sam": set[str](),
    "torquetales": set[str](),
    "judith": {"users"},
    "luis": STAFF_KINDS,
    "ada": {*STAFF_KINDS, "users"},
}


def _told(heard: str, field: str) -> Any:
    """Return what the newest delta says of a field of the palette's state."""
    told: Any = None
    for line in heard.splitlines():
        for changes in json.loads(line).get("delta", {}).values():
            told = next((value for name, value in changes.items() if name.startswith(field)), told)
    return told


def _customer(served: Served, name: str) -> str:
    body = {
        "customer": {"name": name, "email": f"{name.split()[1]}@palette.example"},
        "source": "web",
        "subject": "A truck for the farm",
        "message": {"content": f"Has the blue one a tow bar, asks {name.split()[1]}?"},
    }
    with served.sign_in("ada") as ada:
        return ada.post("/api/v1/conversations", json=body).raise_for_status().json()["data"]["id"]


@reaches(PaletteState, "find")
@pytest.mark.parametrize("person", KINDS)
async def test_each_finds_what_his_pages_show(served: Served, person: str) -> None:
    """The same words, of a customer, for every role: who may not read conversations is not told of one."""
    word = uuid4().hex[:10]
    conversation = _customer(served, f"Robin {word}")
    with served.sign_in(person) as client:
        async with Socket(served.url, cookie_of(client)) as socket:
            heard = await socket.send(FIND, "/settings", query=word, ask="first")
            opened = await socket.send(ARRIVE, "/settings", ids=conversation)
    found = _told(heard, "found")
    assert (found.pop("ask"), found.pop("problem")) == ("first", "")
    assert set(found) == KINDS[person]
    assert [one["id"] for one in found.get("conversations", [])] == [conversation] * ("conversations" in KINDS[person])
    assert [one["id"] for one in found.get("customers", [])] == [conversation] * ("customers" in KINDS[person])
    assert [one["id"] for one in _told(opened, "recent") or []] == [conversation] * ("conversations" in KINDS[person])
    if "conversations" not in KINDS[person]:
        assert f"Robin {word}" not in heard + opened


async def test_vehicles_answers_and_people_are_found(served: Served) -> None:
    """By stock number, by title, by name; one letter finds nothing, and a strange id is passed over."""
    with served.sign_in("ada") as ada:
        vehicle = ada.get("/api/v1/vehicles", params={"limit": 1}).json()["data"][0]
        prepared = ada.get("/api/v1/canned-responses", params={"limit": 1}).json()["data"][0]
        async with Socket(served.url, cookie_of(ada)) as socket:

            async def find(words: str) -> Any:
                return _told(await socket.send(FIND, "/", query=words, ask=words), "found")

            by_stock = (await find(vehicle["stock_number"]))["vehicles"][0]
            by_title = (await find(prepared["title"]))["canned"][0]
            by_name = (await find("torquetales"))["users"][0]
            nothing = await find("t")
            opened = await socket.send(ARRIVE, "/", ids=f"attack,{uuid4()},")
    assert (by_stock["id"], by_stock["stock"]) == (vehicle["id"], vehicle["stock_number"])
    assert vehicle["stock_number"] in by_stock["words"]
    assert (by_title["id"], by_title["words"]) == (prepared["id"], prepared["content"])
    assert by_name["status"] == "creator"
    assert nothing == {"ask": "t", "problem": ""}
    assert not _told(opened, "recent")


async def test_nobody_unknown_is_answered(served: Served) -> None:
    """Without a sign-in nothing is found, and nothing is told."""
    async with Socket(served.url) as socket:
        heard = await socket.send(FIND, "/login", query="toyota", ask="first")
    assert not (_told(heard, "found") or {}).get("conversations")
    assert "vehicles" not in heard


@pytest.mark.parametrize(
    ("typed", "words"),
    [(" two\x00 \n words ", "two words"), ("x" * 200, "x" * LONGEST), ("\u202e", ""), ("Muñoz", "Muñoz")],
)
def test_what_is_typed_is_one_short_line(typed: str, words: str) -> None:
    assert sought(typed) == words


@pytest.mark.parametrize(
    ("status", "until", "shown"),
    [("open", None, "open"), ("pending", "2999-01-01", "snoozed"), ("resolved", "2999-01-01", "resolved")],
)
def test_a_line_says_how_a_conversation_stands(status: str, until: str | None, shown: str) -> None:
    """Snoozed stands for open and pending; without a message, the day of the beginning counts."""
    row: dict[str, Any] = {
        "id": 1,
        "customer": {"name": "Ann"},
        "subject": None,
        "status": status,
        "snoozed_until": until,
        "last_message": None,
        "last_message_at": None,
        "created_at": SOME_DAY,
    }
    line = conversation_line(row)
    assert (line["status"], line["detail"], line["at"][:10]) == (shown, "", "2026-01-02")
