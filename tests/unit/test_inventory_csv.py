"""Inventory feeds: every row of the shared dirty file, the project's own faults, and whole-file rules."""

import csv
import io
from pathlib import Path

import pytest

from api.services.inventory_csv import ParsedInventory, export_cell, parse
from models.vehicles import Condition, MileageUnit, VehicleInput, VehicleStatus

SHARED = Path(__file__).parents[3] / "shared" / "data"
OWN = Path(__file__).parent / "data" / "inventory-faults.csv"

DIRTY_ERRORS = {
    2: "stock_number",
    4: "stock_number",
    7: "price",
    9: "year",
    10: "vin",
    15: "description",
    21: "currency",
    22: "price",
    23: "price",
    24: "price",
    25: "mileage",
    29: "year",
    30: "make",
    31: "row",
    32: "row",
    37: "doors",
    38: "seats",
    40: "photo_urls",
    41: "url",
    42: "description",
    43: "vin",
    44: "vin",
    47: "stock_number",
    51: "stock_number",
    52: "price",
    54: "mileage",
    58: "price",
}
SKIPPED_ROW = 33
DIRTY_VALUES = {
    1: {"stock_number": "D2001", "mileage": 125_122},
    3: {"stock_number": "D2003", "make": "Toyota", "model": "Corolla"},
    5: {"price": None},
    6: {"price": 1_299_900},
    8: {"mileage": 85_000},
    12: {"description": "New tires.\nClean title.\n\nPassed smog."},
    13: {"features": ["Leather seats", "Sunroof", "Bluetooth"]},
    14: {"trim": "=SUM(A1:A9)"},
    16: {"description": "Très propre, équipé, 1ère main"},
    17: {"description": "Great first car 🚗 — “like new”, 100 % serviced."},
    18: {"stock_number": "D2018"},
    19: {"vin": "1N4ZZ19A28A900019"},
    20: {"currency": "usd"},
    26: {"mileage": None},
    27: {"mileage": 160_000, "mileage_unit": MileageUnit.MI},
    28: {"year": None},
    34: {"status": VehicleStatus.AVAILABLE},
    35: {"status": VehicleStatus.SOLD},
    36: {"condition": Condition.CERTIFIED},
    39: {"description": "Nice car <script>alert(1)</script> <b>call now</b>"},
    45: {"vin": "CCL448Z1234", "year": 1978},
    46: {"stock_number": "-D2046"},
    48: {"stock_number": "D2047", "model": "Versa"},
    49: {"price": 890_000},
    50: {"trim": None, "exterior_color": None, "interior_color": None},
    53: {"mileage": 123_456},
    55: {"exterior_color": "Ice Silver Metallic / Clear Coat (two-tone)"},
    56: {"features": ["Leather seats", "Sunroof"]},
    57: {"description": 'Has a 5" lift and new tires'},
    59: {"year": 2011},
    60: {"stock_number": "D2060"},
}


def shared(name: str) -> bytes:
    path = SHARED / name
    if not path.exists():
        pytest.skip("the shared sample feeds are not beside this project")
    return path.read_bytes()


def told(vehicle: VehicleInput, name: str) -> object:
    if name == "price":
        return vehicle.price.amount if vehicle.price else None
    if name == "currency":
        return vehicle.price.currency if vehicle.price else None
    return getattr(vehicle, name)


def feed(*rows: str, header: str = "stock_number,make,model,description") -> ParsedInventory:
    return parse("\n".join([header, *rows]).encode())


def numbers(parsed: ParsedInventory) -> list[str]:
    return [vehicle.stock_number for _, vehicle in parsed.rows]


@pytest.fixture(scope="module")
def dirty() -> ParsedInventory:
    return parse(shared("vehicles-dirty.csv"))


@pytest.mark.parametrize("row", range(1, 61))
def test_each_row_of_the_dirty_feed(dirty: ParsedInventory, row: int) -> None:
    stored = dict(dirty.rows)
    faults = [error.field for error in dirty.errors if error.row == row]
    if row in DIRTY_ERRORS:
        assert faults == [DIRTY_ERRORS[row]]
        assert row not in stored
    elif row == SKIPPED_ROW:
        assert faults == []
        assert row not in stored
    else:
        assert faults == []
        for name, value in DIRTY_VALUES.get(row, {}).items():
            assert told(stored[row], name) == value


def test_quotes_of_the_dirty_feed_are_not_doubled(dirty: ParsedInventory) -> None:
    description = dict(dirty.rows)[11].description or ""
    assert '"Black Pearl"' in description
    assert '""' not in description


def test_every_vehicle_of_the_clean_feed_goes_in() -> None:
    parsed = parse(shared("vehicles.csv"))
    assert parsed.errors == []
    assert len(parsed.rows) == 271
    states = [vehicle.status for _, vehicle in parsed.rows]
    assert [states.count(state) for state in VehicleStatus] == [244, 15, 12]


def test_own_feed_takes_the_good_rows_only() -> None:
    parsed = parse(OWN.read_bytes())
    good = ["L100", "L103", "L109", "L110", "L111", "L112", "L116", "L118"]
    assert numbers(parsed) == good


def test_own_feed_names_row_and_field_of_each_fault() -> None:
    parsed = parse(OWN.read_bytes())
    assert [(error.row, error.field) for error in parsed.errors] == [
        (0, "lot"),
        (2, "stock_number"),
        (3, "stock_number"),
        (5, "vin"),
        (6, "vin"),
        (7, "price"),
        (8, "currency"),
        (9, "status"),
        (9, "mileage"),
        (9, "url"),
        (14, "row"),
        (16, "row"),
        (18, "description"),
    ]


def test_own_feed_reads_what_people_write() -> None:
    rows = {vehicle.stock_number: vehicle for _, vehicle in parse(OWN.read_bytes()).rows}
    assert told(rows["L100"], "price") == 1_425_000
    assert rows["L103"].price is None
    assert rows["L103"].vin == "2HGZZ31E7JH500311"
    assert (rows["L103"].year, rows["L103"].mileage) == (2019, 60_000)
    assert rows["L103"].exterior_color is None
    assert rows["L103"].description == 'Says "hello"\nand\nagain'
    assert (rows["L109"].model, rows["L109"].status) == ("=1+1", VehicleStatus.SOLD)
    assert (rows["L109"].mileage, rows["L109"].price) == (None, None)
    assert told(rows["L110"], "price") == 1_990_000
    assert rows["L111"].description == "Très propre"
    assert rows["L112"].model == "Mégane 🚗"
    assert rows["L112"].description == 'Has a 5" screen'


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found_in_the_header(delimiter: str) -> None:
    lines = [["stock_number", "make", "model"], ["T1", "Kia", "Soul; one, two"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    parsed = parse(text.getvalue().encode())
    assert parsed.errors == []
    assert parsed.rows[0][1].model == "Soul; one, two"


def test_spreadsheets_separator_line_and_utf_16_are_understood() -> None:
    assert numbers(parse(b"sep=;\r\nmodel;make;Stock Number\r\nSoul;Kia;T1\r\n")) == ["T1"]
    assert numbers(parse("stock_number,make,model\nÜ1,Kia,Soul\n".encode("utf-16"))) == ["Ü1"]


def test_missing_or_repeated_columns_refuse_the_file() -> None:
    missing = feed("T1,Kia", header="stock_number,make")
    assert [(error.row, error.field) for error in missing.errors] == [(0, "model")]
    twice = feed("T1,Kia,Soul,Rio", header="stock_number,make,model,model")
    assert [(error.row, error.field) for error in twice.errors] == [(0, "model")]
    assert missing.rows == twice.rows == []


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n"])
def test_empty_file_says_so(data: bytes) -> None:
    assert [(error.row, error.message) for error in parse(data).errors] == [(0, "is empty")]


def test_open_quote_costs_only_its_own_row() -> None:
    parsed = feed('T1,Kia,Soul,"open', "T2,Kia,Soul,fine", "T3,Kia,Soul,fine")
    assert numbers(parsed) == ["T2", "T3"]
    assert [(error.row, error.field) for error in parsed.errors] == [(1, "row")]


def test_row_swallowed_by_a_closing_quote_comes_back() -> None:
    parsed = feed('T1,Kia,Soul,"open', "T2,Kia,Soul,", 'T3,Kia,Soul,"ends"', "T4,Kia,Soul,x")
    assert numbers(parsed) == ["T2", "T3", "T4"]


def test_line_break_in_a_cell_counts_as_one_row() -> None:
    parsed = feed('T1,Kia,Soul,"one\ntwo"', "T2,Kia,,x")
    assert numbers(parsed) == ["T1"]
    assert parsed.errors[0].row == 2


@pytest.mark.parametrize("raw", [b"caf\xe9 \xc3\xa9", b"\x81\x8d", b"gone \xef\xbf\xbd"])
def test_no_damaged_character_is_ever_stored(raw: bytes) -> None:
    parsed = parse(b"stock_number,make,model,description\nT1,Kia,Soul," + raw + b"\nT2,Kia,Soul,ok\n")
    assert numbers(parsed) == ["T2"]
    assert [(error.row, error.field) for error in parsed.errors] == [(1, "description")]


def test_number_of_a_refused_row_stays_free() -> None:
    parsed = feed("T1,,Soul,no make", "T1,Kia,Soul,whole")
    assert [row for row, _ in parsed.rows] == [2]


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("12999", 1299900),
        ("12 999.5", 1299950),
        ("USD 12,999", 1299900),
        ("12'999 usd", 1299900),
        ("$1,234,567.00", 123456700),
        ("Call", None),
        ("POA", None),
        ("0.5", 50),
    ],
)
def test_prices_that_mean_one_thing(cell: str, minor: int | None) -> None:
    parsed = parse(f'stock_number,make,model,price\nT1,Kia,Soul,"{cell}"\n'.encode())
    assert parsed.errors == []
    assert told(parsed.rows[0][1], "price") == minor


@pytest.mark.parametrize(
    "cell",
    [
        "12.999",
        "12,99",
        "1,2999",
        "€12,999",
        "12k",
        "1e4",
        "0.00",
        "-5",
        "$",
        "12..5",
        "8900²",
        "9" * 5000,
        "nan",
        "12999 EUR",
        "12,999 13,999",
    ],
)
def test_prices_that_would_be_a_guess(cell: str) -> None:
    parsed = parse(f'stock_number,make,model,price\nT1,Kia,Soul,"{cell}"\n'.encode())
    assert parsed.rows == []
    assert [error.field for error in parsed.errors] == ["price"]
    assert len(parsed.errors[0].message) < 150


def test_decimals_follow_the_currency() -> None:
    rows = "T1,Kia,Soul,1500000,JPY\nT2,Kia,Soul,12.345,KWD\nT3,Kia,Soul,1500.5,JPY\n"
    parsed = parse(f"stock_number,make,model,price,currency\n{rows}".encode())
    assert [told(vehicle, "price") for _, vehicle in parsed.rows] == [1_500_000, 12_345]
    assert [error.row for error in parsed.errors] == [3]


def test_currency_and_unit_default_to_the_dealerships() -> None:
    data = b"stock_number,make,model,price,mileage\nT1,Kia,Soul,9000,50000\n"
    vehicle = parse(data, currency="eur", mileage_unit=MileageUnit.KM).rows[0][1]
    assert (told(vehicle, "currency"), vehicle.mileage_unit) == ("eur", MileageUnit.KM)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-D2046", "@x", "\t=1", " =1", "＝1"])
def test_formulas_leave_for_spreadsheets_as_text(text: str) -> None:
    assert export_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", " ", "A1", "1-2", "a=b", "'x"])
def test_plain_cells_leave_as_they_are(text: str) -> None:
    assert export_cell(text) == text


def test_a_quote_that_never_closes_swallows_nothing() -> None:
    head = b"stock_number,make,model,description\n"
    rows = b'T1,Kia,Soul,"open\n' + b'""""\n' * 100_000
    parsed = parse(head + rows)
    assert parsed.rows == []


def test_thousands_of_rows_go_in() -> None:
    rows = "".join(f"S{n},Kia,Soul,{'A car with a story. ' * 20}\n" for n in range(5_000))
    parsed = feed(rows)
    assert len(parsed.rows) == 5_000
