"""What each field of a vehicle may hold, whoever tells it."""

import unicodedata
from typing import Annotated, Any, Self

from annotated_types import Ge, Gt, Le, MaxLen
from pydantic import AfterValidator, BeforeValidator, StrictInt, StringConstraints, model_validator

from models.base import InputModel, clean_line, clean_text, utc_now
from models.codes import Currency, minor_digits
from models.vin import clean_vin
from models.web import WebAddress

FIRST_YEAR = 1885
MAX_PRICE = 50_000_000
_CHEAP_UNITS = frozenset(
    ("cop", "gnf", "idr", "irr", "khr", "krw", "lak", "lbp", "mga", "pyg", "tzs", "ugx", "uzs", "vnd")
)
_CHEAP_UNIT_FACTOR = 10_000


def _blank_to_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _visible(stock_number: str) -> str:
    if any(unicodedata.category(character) == "Cf" for character in stock_number):
        raise ValueError("must not contain invisible characters")
    return stock_number


def _year(year: int) -> int:
    last = utc_now().year + 2
    if not FIRST_YEAR <= year <= last:
        raise ValueError(f"must be a year from {FIRST_YEAR} to {last}")
    return year


def _vin(vin: Any) -> Any:
    return clean_vin(vin) if isinstance(vin, str) else vin


def _without_blanks(items: Any) -> Any:
    if not isinstance(items, list):
        return items
    return [item for item in items if not (isinstance(item, str) and not item.strip())]


StockNumber = Annotated[
    str, StringConstraints(min_length=1, max_length=100), AfterValidator(_visible), BeforeValidator(clean_line)
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), BeforeValidator(clean_line)]
_Line = Annotated[str, StringConstraints(max_length=200), BeforeValidator(clean_line)]
_LongText = Annotated[str, StringConstraints(max_length=10_000), BeforeValidator(clean_text)]
Detail = Annotated[_Line | None, BeforeValidator(_blank_to_none)]
Vin = Annotated[Annotated[str, BeforeValidator(_vin)] | None, BeforeValidator(_blank_to_none)]
Year = Annotated[StrictInt, AfterValidator(_year)]
Mileage = Annotated[StrictInt, Ge(0), Le(3_000_000)]
Doors = Annotated[StrictInt, Ge(1), Le(8)]
Seats = Annotated[StrictInt, Ge(1), Le(70)]
Features = Annotated[list[Name], MaxLen(200), BeforeValidator(_without_blanks)]
Photos = Annotated[list[WebAddress], MaxLen(100), BeforeValidator(_without_blanks)]
Description = Annotated[_LongText | None, BeforeValidator(_blank_to_none)]
Url = Annotated[WebAddress | None, BeforeValidator(_blank_to_none)]


class Price(InputModel):
    """An asking price in minor units: above zero and within what a vehicle can cost."""

    amount: Annotated[StrictInt, Gt(0)]
    currency: Currency

    @model_validator(mode="after")
    def _plausible(self) -> Self:
        factor = _CHEAP_UNIT_FACTOR if self.currency in _CHEAP_UNITS else 1
        if self.amount > MAX_PRICE * factor * 10 ** minor_digits(self.currency):
            raise ValueError("is beyond the price of any vehicle")
        return self


__all__ = [
    "Description",
    "Detail",
    "Doors",
    "Features",
    "Mileage",
    "Name",
    "Photos",
    "Price",
    "Seats",
    "StockNumber",
    "Url",
    "Vin",
    "Year",
]
