"""/leads/adf as a provider meets it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.core.security import API_KEY_PREFIX, Actor, new_token, token_hash
from api.services.house import House
from models.platform import ApiKey, Scope
from models.users import Role

URL = "/api/v1/leads/adf"
XML = {"Content-Type": "application/xml"}
SignIn = Callable[..., Awaitable[Any]]
LEAD = """<?xml version="1.0" encoding="ISO-8859-1"?>
<adf><prospect>
  <id source="Portal">L-1</id><requestdate>2026-11-18T11:20:00+01:00</requestdate>
  <vehicle interest="buy"><year>2021</year><make>Volkswagen</make><model>Golf</model></vehicle>
  <customer><contact><name part="full">Jürgen G.</name><email>juergen@customer.example</email></contact>
  <comments>Ist der Golf noch verfügbar?</comments></customer>
  <vendor><vendorname>Nordtor Automobile</vendorname></vendor>
</prospect></adf>""".encode("latin-1")


@pytest.fixture
async def key(house: House, sign_in: SignIn) -> dict[str, str]:
    """A staff member's key with `conversations:write`."""
    return await key_of(house, await sign_in(Role.STAFF), Scope.CONVERSATIONS_WRITE)


async def key_of(house: House, person: Any, *scopes: Scope) -> dict[str, str]:
    secret = API_KEY_PREFIX + new_token()
    fields = {"name": "leads", "secret_hash": token_hash(secret), "hint": secret[:8], "scopes": list(scopes)}
    async with house.unit(Actor.system("test")) as uow:
        await uow.keys.add(ApiKey(user_id=person.user.id, **fields))
    return {"X-API-Key": secret}


async def post(client: httpx.AsyncClient, data: bytes, headers: dict[str, str]) -> httpx.Response:
    return await client.post(URL, content=data, headers=XML | headers)


async def inbox(client: httpx.AsyncClient, sign_in: SignIn) -> list[dict[str, Any]]:
    staff = (await sign_in(Role.STAFF)).headers
    return (await client.get("/api/v1/conversations", headers=staff)).json()["data"]


async def test_first_201_and_then_200_with_the_same_conversation(
    client: httpx.AsyncClient, key: dict[str, str], sign_in: SignIn
) -> None:
    first = await post(client, LEAD, key)
    assert first.status_code == 201, first.text
    made = first.json()["data"]
    assert first.headers["Location"] == f"/api/v1/conversations/{made['id']}"
    assert (made["source"], made["customer"]["name"]) == ("api", "Jürgen G.")
    assert made["last_message"]["preview"] == "Ist der Golf noch verfügbar?"
    assert made["metadata"]["requested_at"] == "2026-11-18T10:20:00.000000Z"
    again = await post(client, LEAD, key)
    assert (again.status_code, again.json()["data"]) == (200, made)
    assert [row["id"] for row in await inbox(client, sign_in)] == [made["id"]]


async def test_ten_at_once_make_one(client: httpx.AsyncClient, key: dict[str, str], sign_in: SignIn) -> None:
    answers = await asyncio.gather(*(post(client, LEAD, key) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [201]
    assert len({answer.json()["data"]["id"] for answer in answers}) == 1
    assert len(await inbox(client, sign_in)) == 1


async def test_an_idempotency_key_replays_the_first_answer(client: httpx.AsyncClient, key: dict[str, str]) -> None:
    headers = key | {"Idempotency-Key": "delivery-1"}
    first = await post(client, LEAD, headers)
    again = await post(client, LEAD, headers)
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    other = await post(client, LEAD.replace(b"L-1", b"L-2"), headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("text/xml", 201),
        ("application/adf+xml", 201),
        ("Application/XML; charset=utf-8", 201),
        ("application/json", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
    ],
)
async def test_xml_types_are_taken(client: httpx.AsyncClient, key: dict[str, str], kind: str, status: int) -> None:
    answer = await client.post(URL, content=LEAD, headers=key | {"Content-Type": kind})
    assert answer.status_code == status
    if status == 201:
        assert answer.json()["data"]["customer"]["name"] == "Jürgen G."


async def test_who_may(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    staff = await sign_in(Role.STAFF)
    reading = await key_of(house, staff, Scope.CONVERSATIONS_READ)
    assert (await post(client, LEAD, {})).status_code == 401
    assert (await post(client, LEAD, (await sign_in(Role.USER)).headers)).status_code == 403
    refused = await post(client, LEAD, reading)
    assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")
    assert (await post(client, LEAD, staff.headers)).status_code == 201


async def test_a_bad_lead_is_named_and_nothing_of_ours_told(
    client: httpx.AsyncClient, key: dict[str, str], tmp_path: Path, sign_in: SignIn
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the words of a file")
    doctype = f'<!DOCTYPE adf [<!ENTITY e SYSTEM "{secret.as_uri()}">]><adf>'.encode()
    answer = await post(client, LEAD.replace(b"<adf>", doctype).replace(b"Ist der", b"&e;"), key)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "words of a file" not in answer.text
    assert str(tmp_path) not in answer.text
    truncated = await post(client, LEAD[:400], key)
    assert truncated.status_code == 400
    assert "line" in truncated.json()["detail"]
    assert (await post(client, b"<x>" * 500_000, key)).status_code == 413
    assert await inbox(client, sign_in) == []


async def test_the_shared_leads_through_the_api(
    client: httpx.AsyncClient, key: dict[str, str], shared_folder: Path, sign_in: SignIn
) -> None:
    for file in sorted((shared_folder / "data" / "leads").glob("*.xml")):
        answer = await post(client, file.read_bytes(), key)
        assert answer.status_code == (201 if file.name.startswith("good") else 400), file.name
    assert len(await inbox(client, sign_in)) == 8
