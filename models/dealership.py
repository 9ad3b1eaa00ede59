"""The dealership itself: the facts that a draft may state without a vehicle."""

import re
from itertools import pairwise
from typing import Annotated, Any, Self
from zoneinfo import available_timezones

from annotated_types import MaxLen
from pydantic import AfterValidator, BeforeValidator, EmailStr, Field, StringConstraints, model_validator
from sqlalchemy import CheckConstraint, Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field as TableField

from models.base import InputModel, Line, TableModel, Timestamp, ViewModel
from models.base import Text as LongText
from models.codes import Country, Currency
from models.phones import to_e164
from models.web import WebAddress

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")


class Dealership(TableModel, table=True):
    """The one row; a day that is missing from `hours` is unknown, an empty one is closed."""

    __tablename__ = "dealership"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (CheckConstraint("singleton", name="ck_dealership_single"),)

    singleton: bool = TableField(default=True, unique=True)
    name: str
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    address: dict[str, Any] = TableField(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    timezone: str = "UTC"
    currency: str = "usd"
    hours: dict[str, Any] = TableField(default_factory=dict, sa_column=Column(JSONB, nullable=False))
    policies: list[dict[str, str]] = TableField(default_factory=list, sa_column=Column(JSONB, nullable=False))
    auto_draft: bool = False


def _blank_to_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _clock(text: str) -> str:
    if not _CLOCK.fullmatch(text):
        raise ValueError("must be a time of day such as 09:00")
    return text


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("must be an IANA time zone such as America/Los_Angeles")
    return name


Span = tuple[Annotated[str, AfterValidator(_clock)], Annotated[str, AfterValidator(_clock)]]


def _day(spans: list[Span]) -> list[Span]:
    ordered = sorted(spans)
    for opening, closing in ordered:
        if closing <= opening:
            raise ValueError(f"closes at {closing}, which is not after it opens at {opening}")
    for (_, closing), (opening, _) in pairwise(ordered):
        if opening < closing:
            raise ValueError(f"opens again at {opening}, before it closes at {closing}")
    return ordered


def _week(hours: dict[str, Any]) -> dict[str, Any]:
    strangers = sorted(set(hours) - set(DAYS))
    if strangers:
        raise ValueError(f"unknown day {strangers[0]!r}; the days are {', '.join(DAYS)}")
    return {day: hours[day] for day in DAYS if day in hours}


Detail = Annotated[Annotated[Line, StringConstraints(max_length=200)] | None, BeforeValidator(_blank_to_none)]
Hours = Annotated[dict[str, Annotated[list[Span], MaxLen(10), AfterValidator(_day)]], AfterValidator(_week)]


class Address(InputModel):
    """Where the dealership stands; every part may be unknown."""

    street: Detail = None
    city: Detail = None
    region: Detail = None
    postal_code: Detail = None
    country: Annotated[Country | None, BeforeValidator(_blank_to_none)] = None


class Policy(InputModel):
    """One rule of the house that drafts may cite."""

    topic: Annotated[Line, StringConstraints(min_length=1, max_length=200)]
    text: Annotated[LongText, StringConstraints(min_length=1, max_length=10_000)]


class DealershipInput(InputModel):
    """Body of PUT /dealership: the whole record, so that an absent field becomes its default."""

    name: Annotated[Line, StringConstraints(min_length=1, max_length=200)]
    phone: Detail = None
    email: Annotated[EmailStr | None, BeforeValidator(_blank_to_none)] = None
    website: Annotated[WebAddress | None, BeforeValidator(_blank_to_none)] = None
    address: Address = Field(default_factory=Address)
    timezone: Annotated[Line, AfterValidator(_zone)] = "UTC"
    currency: Currency = "usd"
    hours: Hours = Field(default_factory=dict)
    policies: Annotated[list[Policy], MaxLen(200)] = Field(default_factory=list)
    auto_draft: bool = False

    @model_validator(mode="after")
    def _international_phone(self) -> Self:
        if self.phone is not None:
            try:
                self.phone = to_e164(self.phone, self.address.country)
            except ValueError as error:
                raise ValueError(f"phone: {error}") from error
        return self

    def columns(self) -> dict[str, Any]:
        """Return the values for the columns of `Dealership`."""
        return self.model_dump(mode="json")


class DealershipView(ViewModel):
    """The dealership; contract, section 3."""

    name: str
    phone: str | None
    email: str | None
    website: str | None
    address: Address
    timezone: str
    currency: str
    hours: dict[str, list[tuple[str, str]]]
    policies: list[Policy]
    auto_draft: bool
    updated_at: Timestamp


__all__ = ["DAYS", "Address", "Dealership", "DealershipInput", "DealershipView", "Policy"]
