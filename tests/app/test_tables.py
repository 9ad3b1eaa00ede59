"""Addresses of lists, prices and hours as typed, faults by field."""

import re
from decimal import InvalidOperation

import pydantic
import pytest

from api.core.errors import ConflictError, ValidationError
from dealsmart_app.states.addresses import address, next_sort
from dealsmart_app.states.dealership import hours_of, hours_words
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.tables import id_of, query_of
from dealsmart_app.states.vehicles import SHOWN_ERRORS, minor_units, price_words, report_lines
from models.base import Money
from models.dealership import DealershipInput
from models.users import UserQuery
from models.vehicles import VehicleInput


def test_a_filter_goes_back_to_the_first_page() -> None:
    """A cursor belongs to the filters that it was made for."""
    here = {"q": "rav4", "cursor": "abc", "id": "1"}
    assert address("/inventory", here, status="sold") == "/inventory?q=rav4&status=sold"


def test_a_page_keeps_the_filters_and_drops_the_selection() -> None:
    """The row that was open is not on the next page."""
    assert address("/inventory", {"q": "rav4", "id": "1"}, cursor="abc") == "/inventory?q=rav4&cursor=abc"


def test_a_selection_keeps_the_page() -> None:
    """Opening a row changes nothing else; closing it leaves no trace."""
    assert address("/users", {"cursor": "abc"}, id="1") == "/users?cursor=abc&id=1"
    assert address("/users", {"id": "1"}, id="") == "/users"


def test_columns_change_neither_page_nor_selection() -> None:
    """Only how the same rows look."""
    assert address("/users", {"cursor": "abc", "id": "1"}, cols="role") == "/users?cursor=abc&id=1&cols=role"


@pytest.mark.parametrize(("current", "then"), [("-price", "price"), ("price", "-price"), ("-mileage", "-price")])
def test_heads_sort_falling_first(current: str, then: str) -> None:
    """The second click turns the order round."""
    assert next_sort(current, "price") == then


def test_nonsense_in_the_address_is_left_out() -> None:
    """A mistyped link shows the list, not a fault."""
    read = query_of(UserQuery, {"role": "emperor", "status": "active", "utm": "x"}, limit=25)
    assert (read.role, read.status) == (None, "active")
    assert id_of("not-an-id") is None


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [(2_910_000, "usd", "$29,100"), (2_910_050, "usd", "$29,100.50"), (29_100, "jpy", "29,100 JPY")],
)
def test_prices_are_written_as_people_do(amount: int, currency: str, words: str) -> None:
    """Minor units become digits by the currency's own decimals."""
    assert price_words(Money(amount=amount, currency=currency)) == words


def test_prices_are_read_as_people_write_them() -> None:
    """An empty price is one on request; words are refused."""
    assert minor_units("$29,100.50", "usd") == 2_910_050
    assert minor_units("", "usd") is None
    with pytest.raises(InvalidOperation):
        minor_units("ask us", "usd")


def test_hours_survive_the_form() -> None:
    """What is written can be read."""
    spans = [("09:00", "12:00"), ("13:00", "18:00")]
    assert hours_of(hours_words(spans)) == [list(span) for span in spans]
    assert hours_of("") == []


def test_faults_stand_at_their_fields() -> None:
    """The service's and the model's faults are named alike; a conflict concerns the whole form."""
    assert faults_of(ValidationError.at("body.reason", "is needed")) == {"reason": "Is needed"}
    assert faults_of(ValidationError.at("body.doors", "Input should be a valid integer")) == {
        "doors": "Enter a whole number"
    }
    assert faults_of(ConflictError("The last admin must stay one.")) == {"form": "The last admin must stay one."}
    with pytest.raises(pydantic.ValidationError) as caught:
        DealershipInput.model_validate({"name": "", "phone": "banana"})
    assert set(faults_of(caught.value)) == {"name"}
    with pytest.raises(pydantic.ValidationError) as caught:
        DealershipInput.model_validate({"name": "House", "phone": "banana"})
    assert faults_of(caught.value)["phone"].startswith("Must be a telephone number")


def test_an_import_says_how_many_of_its_faults_it_does_not_list() -> None:
    """As many as the screen lists stand alone; beyond them one line counts the rest."""
    faults = [{"row": number, "field": "vin", "message": "is missing"} for number in range(SHOWN_ERRORS + 3)]
    assert report_lines(faults[:SHOWN_ERRORS])[-1] == f"Row {SHOWN_ERRORS - 1}, vin: is missing"
    whole = [{"row": 0, "field": "row", "message": "is empty"}, {"row": 0, "field": "vin", "message": "is missing"}]
    assert report_lines(whole) == ["The file: is empty", "Header, vin: is missing"]
    assert report_lines(faults)[SHOWN_ERRORS:] == ["And 3 more: mend these, then import the file again"]


def test_no_form_speaks_as_pydantic_does() -> None:
    """Every kind of fault that a vehicle's form can have is said in words of the house."""
    wrong = {
        "year": "two",
        "make": "",
        "model": "x" * 300,
        "condition": "old",
        "mileage": "12 k",
        "price": {"amount": "much", "currency": "usd"},
        "doors": 99,
    }
    with pytest.raises(pydantic.ValidationError) as caught:
        VehicleInput.model_validate(wrong)
    told = faults_of(caught.value)
    assert told["mileage"] == told["price.amount"] == "Enter a whole number"
    assert told["make"] == told["stock_number"] == "Fill this in"
    assert told["model"].startswith("Write at most ")
    assert told["condition"] == "Choose one of the list"
    assert re.fullmatch(r"Enter \d+ or less", told["doors"])
    assert not [words for words in told.values() if re.search(r"[Ii]nput|[Ss]tring|[Ff]ield", words)]
