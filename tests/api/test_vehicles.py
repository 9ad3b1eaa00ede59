"""/vehicles as a client meets it: roles and keys, shapes, refusals, lists, the import."""

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

VIN = "1M8GDM9AXKP042788"
CSV = {"Content-Type": "text/csv"}
CAR = {"stock_number": "A1", "make": "Toyota", "model": "Camry"}
SignIn = Callable[..., Awaitable[Any]]


@pytest.fixture
async def admin(sign_in: SignIn) -> dict[str, str]:
    return (await sign_in(Role.ADMIN)).headers


async def key_of(house: House, person: Any, *scopes: Scope) -> dict[str, str]:
    secret = API_KEY_PREFIX + new_token()
    fields = {"name": "feed", "secret_hash": token_hash(secret), "hint": secret[:8], "scopes": list(scopes)}
    async with house.unit(Actor.system("test")) as uow:
        await uow.keys.add(ApiKey(user_id=person.user.id, **fields))
    return {"X-API-Key": secret}


async def make(client: httpx.AsyncClient, headers: dict[str, str], **told: Any) -> dict[str, Any]:
    answer = await client.post("/api/v1/vehicles", json=CAR | told, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


async def test_a_vehicle_is_made_read_changed_and_deleted(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    price = {"amount": 1299900, "currency": "USD"}
    answer = await client.post("/api/v1/vehicles", json=CAR | {"vin": VIN.lower(), "price": price}, headers=admin)
    car = answer.json()["data"]
    place = answer.headers["Location"]
    assert (answer.status_code, place) == (201, f"/api/v1/vehicles/{car['id']}")
    assert (car["vin"], car["price"]) == (VIN, {"amount": 1299900, "currency": "usd"})
    assert (car["condition"], car["status"], car["mileage_unit"], car["features"]) == ("used", "available", "mi", [])
    assert len(car["confirmed_at"]) == len("2026-11-22T00:00:00.000000Z")
    read = await client.get(place, headers=admin)
    assert read.json()["data"] == car
    same = await client.get(place, headers=admin | {"If-None-Match": read.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    changed = await client.patch(place, json={"price": None, "status": "pending"}, headers=admin)
    assert changed.status_code == 200
    after = changed.json()["data"]
    assert (after["price"], after["status"], after["vin"]) == (None, "pending", VIN)
    assert after["updated_at"] > car["updated_at"]
    assert (await client.delete(place, headers=admin)).status_code == 204
    assert (await client.get(place, headers=admin)).status_code == 404


async def test_an_empty_patch_confirms_without_a_change(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    car = await make(client, admin)
    after = (await client.patch(f"/api/v1/vehicles/{car['id']}", json={}, headers=admin)).json()["data"]
    assert after["confirmed_at"] > car["confirmed_at"]
    assert after | {"confirmed_at": car["confirmed_at"]} == car


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"stock_number": " "}, "body.stock_number"),
        ({"vin": VIN[:8] + "1" + VIN[9:]}, "body.vin"),
        ({"price": {"amount": 0, "currency": "usd"}}, "body.price.amount"),
        ({"price": {"amount": 1.5, "currency": "usd"}}, "body.price.amount"),
        ({"price": {"amount": 1, "currency": "zzz"}}, "body.price.currency"),
        ({"mileage": -1}, "body.mileage"),
        ({"year": 20011}, "body.year"),
        ({"make": "a\x00b"}, "body.make"),
        ({"description": "x" * 10_001}, "body.description"),
        ({"photo_urls": ["javascript:alert(1)"]}, "body.photo_urls.0"),
        ({"colour": "red"}, "body.colour"),
    ],
)
async def test_a_bad_field_is_named(
    client: httpx.AsyncClient, admin: dict[str, str], told: dict[str, Any], field: str
) -> None:
    answer = await client.post("/api/v1/vehicles", json=CAR | told, headers=admin)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_patch_must_go_with_what_stays(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    car = await make(client, admin, year=1970, vin="ABC123")
    answer = await client.patch(f"/api/v1/vehicles/{car['id']}", json={"year": 2015}, headers=admin)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "body.vin"
    answer = await client.patch(f"/api/v1/vehicles/{car['id']}", json={"make": None}, headers=admin)
    assert answer.status_code == 400


async def test_stock_numbers_and_vins_are_one_vehicles(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    await make(client, admin, vin=VIN)
    other = await make(client, admin, stock_number="B2")
    for told in (CAR | {"stock_number": "a1"}, CAR | {"stock_number": "C3", "vin": VIN}):
        answer = await client.post("/api/v1/vehicles", json=told, headers=admin)
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    for change in ({"stock_number": "A1"}, {"vin": VIN}):
        answer = await client.patch(f"/api/v1/vehicles/{other['id']}", json=change, headers=admin)
        assert answer.status_code == 409
    own = await client.patch(f"/api/v1/vehicles/{other['id']}", json={"stock_number": "b2"}, headers=admin)
    assert own.json()["data"]["stock_number"] == "b2"


async def test_of_ten_at_once_one_is_made(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    answers = await asyncio.gather(*(client.post("/api/v1/vehicles", json=CAR, headers=admin) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9


async def test_who_may(client: httpx.AsyncClient, house: House, sign_in: SignIn) -> None:
    boss, staff = await sign_in(Role.ADMIN), await sign_in(Role.STAFF)
    user = (await sign_in(Role.USER)).headers
    writing = await key_of(house, boss, Scope.VEHICLES_WRITE)
    reading = await key_of(house, boss, Scope.VEHICLES_READ)
    staffs_own = await key_of(house, staff, Scope.VEHICLES_WRITE)
    car = await make(client, writing)
    place = f"/api/v1/vehicles/{car['id']}"

    async def codes(headers: dict[str, str]) -> list[int]:
        return [
            (await client.get("/api/v1/vehicles", headers=headers)).status_code,
            (await client.get(place, headers=headers)).status_code,
            (await client.post("/api/v1/vehicles", json=CAR, headers=headers)).status_code,
            (await client.patch(place, json={"trim": "SE"}, headers=headers)).status_code,
            (await client.post("/api/v1/vehicles/import", content=b"", headers=headers | CSV)).status_code,
        ]

    assert await codes({}) == [401] * 5
    assert await codes(user) == [403] * 5
    assert await codes(staff.headers) == [200, 200, 403, 403, 403]
    assert await codes(reading) == [200, 200, 403, 403, 403]
    assert await codes(staffs_own) == [403] * 5
    assert await codes(writing) == [403, 403, 409, 200, 200]
    refused = await client.post("/api/v1/vehicles", json=CAR, headers=reading)
    assert refused.json()["code"] == "insufficient_scope"


async def test_lists_page_sort_and_filter(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    rows = ["stock_number,make,model,year,price,status,description"]
    rows += [f"S{n},Toyota,Camry,{2000 + n},{1000 + n if n % 3 else ''},available,smog done" for n in range(20)]
    body = "\n".join([*rows, "F1,Ford,Focus,2010,500,sold,"]).encode()
    done = await client.post("/api/v1/vehicles/import", content=body, headers=admin | CSV)
    assert done.json()["data"] == {"created": 21, "updated": 0, "unchanged": 0, "errors": []}

    async def every(**query: Any) -> list[str]:
        seen: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            answer = await client.get("/api/v1/vehicles", params=query | cursor | {"limit": 6}, headers=admin)
            assert answer.status_code == 200, answer.text
            seen += [car["stock_number"] for car in answer.json()["data"]]
            if not answer.json()["meta"]["has_more"]:
                return seen
            cursor = {"cursor": answer.json()["meta"]["next_cursor"]}

    priced = [f"S{n}" for n in range(20) if n % 3]
    unpriced = {f"S{n}" for n in range(0, 20, 3)}
    ascending = await every(sort="price")
    assert (ascending[:14], set(ascending[14:])) == (["F1", *priced], unpriced)
    descending = await every(sort="-price")
    assert (descending[:14], set(descending[14:])) == ([*priced[::-1], "F1"], unpriced)
    assert len(await every()) == 21
    assert await every(make="ford", status="sold") == ["F1"]
    assert await every(q="SMOG 2007") == ["S7"]
    assert await every(year=2011, model="camry") == ["S11"]
    total = await client.get("/api/v1/vehicles", params={"include_total": "true", "limit": 1}, headers=admin)
    assert total.json()["meta"] | {"next_cursor": ""} == {"limit": 1, "next_cursor": "", "has_more": True, "total": 21}
    cursor = total.json()["meta"]["next_cursor"]
    for query in ({"cursor": cursor, "sort": "price"}, {"cursor": cursor, "q": "x"}, {"cursor": "?"}, {"sort": "vin"}):
        assert (await client.get("/api/v1/vehicles", params=query, headers=admin)).status_code == 400
    for query in ({"q": "\x00"}, {"year": 10**12}, {"status": "gone"}, {"q": "x" * 201}):
        assert (await client.get("/api/v1/vehicles", params=query, headers=admin)).status_code == 400


async def test_an_import_takes_csv_only_and_32_mib(client: httpx.AsyncClient, admin: dict[str, str]) -> None:
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
        answer = await client.post("/api/v1/vehicles/import", content=b"x", headers=admin | {"Content-Type": kind})
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
    large = b"x" * (32 * 1024 * 1024 + 1)
    answer = await client.post("/api/v1/vehicles/import", content=large, headers=admin | CSV)
    assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")
    body = "\ufeffStock_Number;make;model\r\nK1;Škoda;Octavia".encode()
    charset = {"Content-Type": "text/csv; charset=utf-8"}
    answer = await client.post("/api/v1/vehicles/import", content=body, headers=admin | charset)
    assert answer.json()["data"]["created"] == 1


async def test_both_shared_feeds_through_the_api(
    client: httpx.AsyncClient, admin: dict[str, str], shared_folder: Path
) -> None:
    async def post(name: str) -> dict[str, Any]:
        body = (shared_folder / "data" / name).read_bytes()
        answer = await client.post("/api/v1/vehicles/import", content=body, headers=admin | CSV)
        assert answer.status_code == 200
        return answer.json()["data"]

    async def stored(stock_number: str) -> dict[str, Any] | None:
        found = (await client.get("/api/v1/vehicles", params={"q": stock_number}, headers=admin)).json()["data"]
        return next((car for car in found if car["stock_number"] == stock_number), None)

    assert await post("vehicles.csv") == {"created": 271, "updated": 0, "unchanged": 0, "errors": []}
    assert await post("vehicles.csv") == {"created": 0, "updated": 0, "unchanged": 271, "errors": []}
    report = await post("vehicles-dirty.csv")
    again = await post("vehicles-dirty.csv")
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, report["created"])
    refused = {error["row"] for error in report["errors"]}
    for row in (*range(1, 47), *range(49, 61)):
        stock_number = {2: "", 4: "", 33: "", 46: "-D2046", 51: ""}.get(row, f"D20{row:02d}")
        if stock_number:
            assert (await stored(stock_number) is None) == (row in refused), row
    for stock_number, told in WANTED.items():
        car = await stored(stock_number)
        assert car is not None, stock_number
        assert {name: car[name] for name in told} == told


WANTED: dict[str, dict[str, Any]] = {
    "D2006": {"price": {"amount": 1299900, "currency": "usd"}},
    "D2020": {"price": {"amount": 250000, "currency": "usd"}},
    "D2027": {"mileage_unit": "mi"},
    "D2035": {"status": "sold"},
    "D2053": {"mileage": 123456},
}
