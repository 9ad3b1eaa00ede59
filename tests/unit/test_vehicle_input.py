"""What a vehicle and the dealership may be told to be, whoever tells it."""

from typing import Any

import pytest
from pydantic import ValidationError

from api.core.phones import to_e164
from models.base import utc_now
from models.dealership import DealershipInput
from models.vehicles import Condition, Vehicle, VehicleInput, VehiclePatch, VehicleStatus, VehicleView
from models.vin import check_digit, clean_vin


def vehicle(**told: Any) -> VehicleInput:
    return VehicleInput.model_validate({"stock_number": "K1", "make": "Kia", "model": "Soul"} | told)


def test_three_fields_are_enough() -> None:
    plain = vehicle()
    assert (plain.condition, plain.status, plain.price) == (Condition.USED, VehicleStatus.AVAILABLE, None)


@pytest.mark.parametrize("name", ["stock_number", "make", "model"])
@pytest.mark.parametrize("value", [None, "", "   "])
def test_required_fields_say_something(name: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        vehicle(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("year", 1884),
        ("year", utc_now().year + 3),
        ("year", "2015"),
        ("year", True),
        ("mileage", -1),
        ("mileage", 3_000_001),
        ("mileage", 12.5),
        ("doors", 0),
        ("doors", 9),
        ("seats", 71),
        ("price", {"amount": 0, "currency": "usd"}),
        ("price", {"amount": 100.0, "currency": "usd"}),
        ("price", {"amount": 100, "currency": "zzz"}),
        ("price", {"amount": 9_999_999_999_900, "currency": "usd"}),
        ("condition", "fair"),
        ("status", "gone"),
        ("mileage_unit", "leagues"),
        ("url", "javascript:alert(1)"),
        ("url", "https://user:pass@larkfield.example"),
        ("url", "https://"),
        ("url", "https://larkfield.example:99999"),
        ("photo_urls", ["https://larkfield.example/1.jpg", "ftp://larkfield.example/2.jpg"]),
        ("features", ["x" * 201]),
        ("description", "x" * 10_001),
        ("description", "bell\x07"),
        ("trim", "two\nlines"),
        ("stock_number", "K\u200b1"),
        ("stock_number", "K" * 101),
        ("colour", "red"),
    ],
)
def test_what_cannot_be_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        vehicle(**{name: value})


def test_text_is_trimmed_and_blank_means_unknown() -> None:
    tidy = vehicle(stock_number="  K1 ", trim=" ", vin="", url=" ", description="a\r\nb ", features=[" ", " USB "])
    assert (tidy.stock_number, tidy.trim, tidy.vin, tidy.url) == ("K1", None, None, None)
    assert (tidy.description, tidy.features) == ("a\nb", ["USB"])


def test_check_digits_of_known_numbers() -> None:
    assert check_digit("1M8GDM9AXKP042788") == "X"
    assert clean_vin(" 1m8gdm9axkp042788") == "1M8GDM9AXKP042788"
    assert clean_vin("11111111111111111") == "11111111111111111"


@pytest.mark.parametrize("index", [index for index in range(17) if index != 8])
def test_each_changed_place_breaks_the_check_digit(index: int) -> None:
    vin = "1M8GDM9AXKP042788"
    other = "2" if vin[index] not in "2BKS" else "3"
    with pytest.raises(ValueError, match="check digit"):
        clean_vin(vin[:index] + other + vin[index + 1 :])


@pytest.mark.parametrize("vin", ["1M8GDM9AXKPO42788", "1M8GDM9AXKP0427888", "1M8 GDM", "ÄM8GDM9AXKP042788"])
def test_other_numbers_are_refused(vin: str) -> None:
    with pytest.raises(ValueError, match="VIN"):
        clean_vin(vin)


def test_short_number_goes_with_an_old_car_only() -> None:
    assert vehicle(vin="ccl448z1234", year=1978).vin == "CCL448Z1234"
    with pytest.raises(ValidationError, match="17 characters"):
        vehicle(vin="CCL448Z1234", year=1981)


def test_patch_changes_what_it_names_and_checks_the_whole() -> None:
    row = Vehicle(**vehicle(year=1978, vin="CCL448Z1234", price={"amount": 500_000, "currency": "USD"}).columns())
    merged = VehiclePatch.model_validate({"status": "sold", "trim": "LX"}).merged(row)
    assert (merged.status, merged.trim, merged.year) == (VehicleStatus.SOLD, "LX", 1978)
    assert merged.columns()["price_minor"] == 500_000
    assert VehiclePatch.model_validate({"price": None}).merged(row).price is None
    with pytest.raises(ValidationError, match="17 characters"):
        VehiclePatch.model_validate({"year": 2015}).merged(row)


@pytest.mark.parametrize("name", ["stock_number", "make", "model", "status", "features", "mileage_unit"])
def test_patch_never_clears_what_must_be(name: str) -> None:
    with pytest.raises(ValidationError, match="must not be null"):
        VehiclePatch.model_validate({name: None})


def test_view_shows_the_price_as_money() -> None:
    row = Vehicle(**vehicle(price={"amount": 1_250_000, "currency": "USD"}).columns())
    view = VehicleView.model_validate(row).model_dump(mode="json")
    assert view["price"] == {"amount": 1_250_000, "currency": "usd"}
    assert view["confirmed_at"].endswith("Z")
    assert "search" not in view


def dealership(**told: Any) -> DealershipInput:
    return DealershipInput.model_validate({"name": "Larkfield Autos"} | told)


def test_a_name_makes_a_dealership() -> None:
    plain = dealership()
    assert (plain.timezone, plain.currency, plain.hours, plain.auto_draft) == ("UTC", "usd", {}, False)


def test_hours_are_ordered_and_a_closed_day_is_empty() -> None:
    hours = dealership(hours={"sun": [], "mon": [["13:00", "18:00"], ["09:00", "12:00"]]}).columns()["hours"]
    assert hours == {"mon": [["09:00", "12:00"], ["13:00", "18:00"]], "sun": []}
    assert list(hours) == ["mon", "sun"]


@pytest.mark.parametrize(
    "told",
    [
        {"hours": {"mon": [["09:00", "09:00"]]}},
        {"hours": {"mon": [["09:00", "08:00"]]}},
        {"hours": {"mon": [["09:00", "13:00"], ["12:59", "18:00"]]}},
        {"hours": {"mon": [["9:00", "18:00"]]}},
        {"hours": {"mon": [["09:00"]]}},
        {"hours": {"monday": []}},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
        {"currency": "dollars"},
        {"address": {"country": "USA"}},
        {"phone": "12"},
        {"phone": "555 010 0100"},
        {"email": "nobody"},
        {"website": "larkfield.example"},
        {"policies": [{"topic": "", "text": "x"}]},
        {"name": " "},
        {"slogan": "x"},
    ],
)
def test_facts_that_cannot_be_are_refused(told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        dealership(**told)


def test_phone_is_stored_internationally() -> None:
    assert dealership(phone="(555) 010-0100", address={"country": "us"}).phone == "+15550100100"
    assert to_e164("+49 555 0177 31") == "+49555017731"
    assert to_e164("５５５ 010 0100 ext. 4", "US") == "+15550100100"
    with pytest.raises(ValueError, match="telephone"):
        to_e164("call me", "US")
