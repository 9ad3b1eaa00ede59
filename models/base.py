"""Bases and column types that every noun shares."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import uuid_utils.compat as uuid_utils
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PlainSerializer
from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROLS_BUT_BREAKS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def utc_now() -> datetime:
    """Return the current time in UTC; services take the unit of work's clock instead."""
    return datetime.now(UTC)


def new_id() -> UUID:
    """Return a UUIDv7, so that ids sort by creation time (RFC 9562)."""
    return uuid_utils.uuid7()


def rfc3339(moment: datetime) -> str:
    """Format a moment in UTC with six fractional digits and `Z` (contract, section 1)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


def _refuse_controls(text: str, controls: re.Pattern[str]) -> str:
    if controls.search(text):
        raise ValueError("must not contain control characters")
    return text


def clean_line(value: Any) -> Any:
    """Trim and NFC-normalise one line of text; raise ValueError for control characters."""
    if not isinstance(value, str):
        return value
    return _refuse_controls(unicodedata.normalize("NFC", value).strip(), _CONTROLS)


def clean_text(value: Any) -> Any:
    """Trim and NFC-normalise long text, whose line breaks become `\\n`; refuse control characters."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return _refuse_controls(text, _CONTROLS_BUT_BREAKS)


T = TypeVar("T")
Timestamp = Annotated[datetime, PlainSerializer(rfc3339, return_type=str, when_used="json")]
ONE_LINE = BeforeValidator(clean_line)
LONG_TEXT = BeforeValidator(clean_text)
Line = Annotated[str, ONE_LINE]
Text = Annotated[str, LONG_TEXT]
MinorUnits = int
CurrencyCode = Annotated[str, AfterValidator(str.lower)]


class InputModel(BaseModel):
    """What a caller sends: unknown fields are refused, not dropped."""

    model_config = ConfigDict(extra="forbid")


class ViewModel(BaseModel):
    """What leaves a service: never a table row."""

    model_config = ConfigDict(from_attributes=True)


def moment(default: Any = ...) -> Any:
    """Declare a timestamp column in UTC; nullable where the default is None, else now."""
    if default is None:
        return Field(default=None, sa_column_kwargs={"nullable": True}, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]
    return Field(default_factory=utc_now, nullable=False, sa_type=DateTime(timezone=True))  # pyright: ignore[reportArgumentType]


class TableModel(SQLModel):
    """Columns that every table has: a UUIDv7 and two moments in UTC."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    created_at: datetime = moment()
    updated_at: datetime = moment()


class Data(BaseModel, Generic[T]):
    """The envelope of an answer."""

    data: T


class Meta(BaseModel):
    """Where a list goes on; `total` is null unless it was asked for."""

    limit: int
    next_cursor: str | None
    has_more: bool
    total: int | None


class Listing(BaseModel, Generic[T]):
    """The envelope of a page of a list."""

    data: list[T]
    meta: Meta


class Money(InputModel):
    """An amount in minor units of an ISO 4217 currency, never a float."""

    amount: MinorUnits
    currency: CurrencyCode


class PersonView(ViewModel):
    """A colleague as others see him."""

    id: UUID
    display_name: str


__all__ = [
    "LONG_TEXT",
    "ONE_LINE",
    "CurrencyCode",
    "Data",
    "InputModel",
    "Line",
    "Listing",
    "Meta",
    "MinorUnits",
    "Money",
    "PersonView",
    "TableModel",
    "Text",
    "Timestamp",
    "ViewModel",
    "clean_line",
    "clean_text",
    "moment",
    "new_id",
    "rfc3339",
    "utc_now",
]
