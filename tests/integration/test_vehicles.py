"""The inventory against the real database: imports, their clashes and races, lists, and what a thread is about."""

import asyncio
import csv
import io
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.core.errors import ConflictError, ForbiddenError, UnauthorizedError
from api.core.security import Actor
from api.services import vehicles
from api.services.house import House
from api.services.vehicles import VehicleQuery
from models.users import Role
from models.vehicles import ImportReport, VehicleInput

ADMIN = Actor.system("test")
SOMEBODY = UUID(int=1)
HEADER = "stock_number,vin,year,make,model,price,mileage,exterior_color,description"
VIN_A, VIN_B, VIN_C = "1M8GDM9AXKP042788", "11111111111111111", "5GZCZ43D13S812715"


def feed(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows]).encode()


def car(stock: str, vin: str = "", **values: Any) -> str:
    told = {"year": 2012, "make": "Toyota", "model": "Camry", "price": 9000, "mileage": 80000} | values
    cells = [stock, vin, *(told.get(name, "") for name in HEADER.split(",")[2:])]
    return ",".join(str(cell) for cell in cells)


async def load(house: House, data: bytes) -> ImportReport:
    async with house.unit(ADMIN) as uow:
        return await vehicles.import_csv(uow, data)


async def listed(house: House, **query: Any) -> list[str]:
    async with house.unit(ADMIN) as uow:
        return [row.stock_number for row in (await vehicles.page(uow, VehicleQuery(**query))).rows]


async def about(house: House, *texts: str, limit: int = 5) -> list[str]:
    async with house.unit(ADMIN) as uow:
        return [row["stock_number"] for row in await vehicles.about(uow, list(texts), limit)]


async def scalar(house: House, sql: str) -> Any:
    async with house.database.engine.connect() as connection:
        return (await connection.execute(text(sql))).scalar_one()


def counts(report: ImportReport) -> tuple[int, int, int]:
    return report.created, report.updated, report.unchanged


def faults(report: ImportReport) -> list[tuple[int, str]]:
    return [(error.row, error.field) for error in report.errors]


async def test_an_import_creates_updates_and_confirms(house: House) -> None:
    assert counts(await load(house, feed(car("A1"), car("A2")))) == (2, 0, 0)
    before = await scalar(house, "SELECT updated_at FROM vehicles WHERE stock_number = 'A1'")
    assert counts(await load(house, feed(car("a1"), car("A2", price=8500), car("A3")))) == (1, 2, 0)
    assert counts(await load(house, feed(car("a1"), car("A2", price=8500)))) == (0, 0, 2)
    after = "SELECT updated_at > :since FROM vehicles WHERE stock_number = 'a1'"
    async with house.database.engine.connect() as connection:
        assert (await connection.execute(text(after), {"since": before})).scalar_one()
    assert await scalar(house, "SELECT count(*) FROM vehicles WHERE confirmed_at > updated_at") == 2
    assert await scalar(house, "SELECT count(*) FROM audit_entries WHERE action = 'vehicle:import'") == 3


async def test_a_cell_that_the_feed_no_longer_tells_is_emptied(house: House) -> None:
    await load(house, feed(car("A1", VIN_A, exterior_color="Red")))
    assert counts(await load(house, feed(car("A1")))) == (0, 1, 0)
    assert await scalar(house, "SELECT vin IS NULL AND exterior_color IS NULL FROM vehicles")


async def test_a_vin_of_another_vehicle_is_reported_and_the_rest_goes_in(house: House) -> None:
    await load(house, feed(car("A1", VIN_A)))
    report = await load(house, feed(car("A2", VIN_A), car("A3", VIN_B)))
    assert counts(report) == (1, 0, 0)
    assert faults(report) == [(1, "vin")]
    assert "A1" in report.errors[0].message
    assert await scalar(house, "SELECT stock_number FROM vehicles WHERE vin IS NOT NULL ORDER BY 1 LIMIT 1") == "A1"


async def test_two_vehicles_of_a_feed_may_swap_or_hand_on_their_vins(house: House) -> None:
    await load(house, feed(car("A1", VIN_A), car("A2", VIN_B)))
    assert counts(await load(house, feed(car("A1", VIN_B), car("A2", VIN_A)))) == (0, 2, 0)
    handed_on = feed(car("A1", VIN_C), car("A3", VIN_B))
    assert counts(await load(house, handed_on)) == (1, 1, 0)
    assert counts(await load(house, handed_on)) == (0, 0, 2)


async def test_a_refused_row_keeps_its_vin_and_refuses_who_wanted_it(house: House) -> None:
    await load(house, feed(car("A1", VIN_A), car("A2", VIN_B), car("A3", VIN_C)))
    report = await load(house, feed(car("A1", VIN_B), car("A2", VIN_C)))
    assert counts(report) == (0, 0, 0)
    assert faults(report) == [(1, "vin"), (2, "vin")]


async def test_stock_numbers_that_only_the_database_finds_equal_are_reported(house: House) -> None:
    folded = await scalar(house, "SELECT lower('İ1') = lower('i1')")
    report = await load(house, feed(car("i1"), car("İ1")))
    assert counts(report) == ((1, 0, 0) if folded else (2, 0, 0))


async def test_two_imports_at_once_neither_deadlock_nor_duplicate(house: House) -> None:
    rows = [car(f"A{number}") for number in range(600)]
    reports = await asyncio.gather(*(load(house, feed(*order)) for order in (rows, rows[::-1], rows, rows[::-1])))
    assert sum(report.created for report in reports) == 600
    assert sum(report.unchanged for report in reports) == 1_800
    assert await scalar(house, "SELECT count(*) FROM vehicles") == 600


async def test_single_writes_during_imports_neither_deadlock_nor_duplicate(house: House) -> None:
    async def write(number: int) -> bool:
        try:
            async with house.unit(ADMIN) as uow:
                made = VehicleInput(stock_number=f"A{number}", make="Ford", model="Focus", vin=VIN_A)
                await vehicles.create(uow, made)
        except ConflictError:
            return False
        return True

    rows = [car(f"A{number}") for number in range(300)]
    made = await asyncio.gather(
        *(write(number) for number in (5, 6)), load(house, feed(*rows)), load(house, feed(*rows))
    )
    assert sum(map(bool, made[:2])) <= 1
    assert await scalar(house, "SELECT count(*) FROM vehicles") == 300


async def test_bad_rows_in_any_number_stop_no_good_one_and_are_listed_up_to_a_limit(house: House) -> None:
    rows = [car(f"A{number}", price="-1") for number in range(vehicles.MAX_LISTED_ERRORS + 500)]
    report = await load(house, feed(*rows, car("GOOD")))
    assert counts(report) == (1, 0, 0)
    assert len(report.errors) == vehicles.MAX_LISTED_ERRORS + 1
    assert report.errors[-1].message == "further faults are not listed"


async def test_a_file_that_is_no_feed_is_reported_and_changes_nothing(house: House) -> None:
    for data in (b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"name,colour\nx,y\n"):
        report = await load(house, data)
        assert counts(report) == (0, 0, 0)
        assert report.errors[0].row == 0


@pytest.mark.parametrize("role", [None, Role.USER, Role.STAFF, Role.MODERATOR])
async def test_only_admins_import(house: House, role: Role | None) -> None:
    actor = Actor.person(SOMEBODY, role) if role else Actor.anonymous()
    with pytest.raises(ForbiddenError if role else UnauthorizedError):
        async with house.unit(actor) as uow:
            await vehicles.import_csv(uow, feed(car("A1")))
    assert await scalar(house, "SELECT count(*) FROM vehicles") == 0


async def test_who_may_not_read_vehicles_is_not_told_of_them(house: House) -> None:
    with pytest.raises(ForbiddenError):
        async with house.unit(Actor.person(SOMEBODY, Role.USER)) as uow:
            await vehicles.about(uow, ["a camry"])


async def test_lists_put_unknown_prices_and_mileages_last_over_pages(house: House) -> None:
    prices = {"A": 300, "B": "", "C": 100, "D": "", "E": 200, "F": 200}
    await load(house, feed(*(car(stock, price=price, mileage=price) for stock, price in prices.items())))
    for name in ("price", "mileage"):
        for sort, order in ((name, "CEFABD"), (f"-{name}", "AFECDB")):
            seen: list[str] = []
            cursor = None
            while True:
                async with house.unit(ADMIN) as uow:
                    page = await vehicles.page(uow, VehicleQuery(sort=sort, limit=2, cursor=cursor, include_total=True))
                seen += [row.stock_number for row in page.rows]
                assert page.total == 6
                if (cursor := page.next_cursor) is None:
                    break
            assert "".join(seen) == order, sort


async def test_every_word_of_a_search_must_be_somewhere_in_the_record(house: House) -> None:
    await load(
        house,
        feed(
            car("A1", VIN_A, exterior_color="Red", description="One owner; 100% clean_title"),
            car("A2", exterior_color="Blue", make="Mazda", model="Miata"),
        ),
    )
    assert await listed(house, q="camry RED owner") == ["A1"]
    assert await listed(house, q=VIN_A[3:10].lower()) == ["A1"]
    assert await listed(house, q="a2") == ["A2"]
    assert await listed(house, q="red miata") == []
    assert await listed(house, q="100%") == ["A1"]
    assert await listed(house, q="%") == ["A1"]
    assert await listed(house, q="100_") == []
    assert await listed(house, make="mazda", model="MIATA", year=2012) == ["A2"]
    assert await listed(house, year=2013) == []
    assert await listed(house, status="sold") == []


async def test_numbers_decide_what_a_thread_is_about(house: House) -> None:
    await load(house, feed(car("A1", VIN_A, make="Kia", model="Soul"), car("A2"), car("A3"), car("12345")))
    assert await about(house, "the Camry, I mean A3") == ["A3"]
    assert await about(house, "the Camry A3, or the Soul") == ["A3", "A1"]
    assert (await about(house, f"vin {VIN_A.lower()}?")) == ["A1"]
    assert await about(house, "stock #12345") == ["12345"]
    assert await about(house, "nothing of that kind for 12345 dollars") == []


async def test_years_and_models_decide_otherwise_each_in_turn(house: House) -> None:
    await load(
        house,
        feed(
            car("C12", year=2012),
            car("C13", year=2013),
            car("C03", year=2003),
            car("F1", make="Ford", model="F-150", year=2001),
            car("F2", make="Ford", model="F-150", year=2005),
        ),
    )
    assert await about(house, "the 03 camry") == ["C03"]
    assert await about(house, "a 2014 camry") == ["C13", "C12", "C03"]
    assert await about(house, "2012 Camry, or an F150", limit=2) == ["C12", "F1"]
    assert await about(house, "any fords?") == ["F1", "F2"]
    assert await about(house, "hello") == []


async def test_the_shared_feeds_go_in_as_their_readme_tells(house: House, shared_folder: Path) -> None:
    clean = (shared_folder / "data" / "vehicles.csv").read_bytes()
    dirty = (shared_folder / "data" / "vehicles-dirty.csv").read_bytes()
    assert counts(report := await load(house, clean)) == (271, 0, 0)
    assert report.errors == []
    statuses = (
        "SELECT string_agg(s, ',') FROM (SELECT status || count(*) AS s FROM vehicles GROUP BY status ORDER BY 1)"
    )
    assert await scalar(house, statuses) == "available244,pending15,sold12"
    first = await load(house, dirty)
    assert await load(house, clean) == ImportReport(unchanged=271)
    again = await load(house, dirty)
    assert counts(again) == (0, 0, first.created)
    assert faults(again) == faults(first)
    assert {row for row, _ in faults(first)} >= {2, 4, 7, 9, 10, 15, 21, 24, 25, 29, 30, 31, 32, 38, 40, 41, 42, 43, 44}
    assert await scalar(house, "SELECT count(*) FROM vehicles") == 271 + first.created


async def test_the_right_ones_are_found_among_ten_thousand(house: House, shared_folder: Path) -> None:
    told = list(csv.DictReader(io.StringIO((shared_folder / "data" / "vehicles.csv").read_text())))
    out = io.StringIO()
    writer = csv.DictWriter(out, told[0].keys())
    writer.writeheader()
    writer.writerows(told[n % len(told)] | {"stock_number": f"B{n}", "vin": ""} for n in range(10_000))
    assert counts(await load(house, out.getvalue().encode())) == (10_000, 0, 0)
    for texts in (["is the 2016 Prius there?"], ["an F150 or a chevy", "or stock B77"]):
        assert await about(house, *texts)
    assert len(await listed(house, q="toyota prius", sort="price")) == 25
