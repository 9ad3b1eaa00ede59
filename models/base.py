"""Bases and column types that every noun shares."""

import math
import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
import uuid_utils.compat as uuid_utils
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, PlainSerializer
from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROLS_BUT_BREAKS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CONTROLS_BUT_ENDS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TURNING = str.maketrans(
    "", "", "\u202a\u202b\u202c\u202d\u202e"
)  # they turn letters around, and with them what a name seems to be
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_JSON_BYTES = 32_768
_JSON_DEPTH = 20


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
    """Trim and NFC-normalise one line of text and drop bidi overrides; raise ValueError for control characters."""
    if not isinstance(value, str):
        return value
    plain = unicodedata.normalize("NFC", value).translate(_TURNING)
    whole = _refuse_controls(plain, _CONTROLS_BUT_ENDS)
    return _refuse_controls(whole.strip(), _CONTROLS)


def clean_text(value: Any) -> Any:
    """Trim and NFC-normalise long text, whose line breaks become `\\n`; refuse control characters."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    return _refuse_controls(text, _CONTROLS_BUT_BREAKS).strip()


def _rfc3339_text(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, str) and _RFC3339.fullmatch(value)):
        return value
    raise ValueError("must be a time such as 2026-01-31T09:30:00Z, with its offset")


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("must lie within the years 1 to 9999") from None


def plain_json(value: dict[str, Any]) -> dict[str, Any]:
    """Return a caller's own JSON object, where it can be stored and read again.

    Raises:
        ValueError: Over 32 KiB or 20 levels; a control character; a number that is not finite or over 64 bits.
    """
    _check_plain(value, _JSON_DEPTH)
    try:
        size = len(orjson.dumps(value))
    except TypeError:
        raise ValueError("must hold valid Unicode and numbers of at most 64 bits") from None
    if size > _JSON_BYTES:
        raise ValueError("must have at most 32 KiB")
    return value


def _check_plain(value: Any, depth: int) -> None:
    if depth == 0:
        raise ValueError("must have at most 20 levels")
    if isinstance(value, str):
        _refuse_controls(value, _CONTROLS_BUT_ENDS)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("must hold finite numbers")
    elif isinstance(value, dict | list):
        for part in [*value, *value.values()] if isinstance(value, dict) else value:
            _check_plain(part, depth - 1)


T = TypeVar("T")
Timestamp = Annotated[datetime, PlainSerializer(rfc3339, return_type=str, when_used="json")]
ONE_LINE = BeforeValidator(clean_line)
LONG_TEXT = BeforeValidator(clean_text)
Line = Annotated[str, ONE_LINE]
Text = Annotated[str, LONG_TEXT]
MinorUnits = int
GivenMoment = Annotated[AwareDatetime, AfterValidator(_in_utc), BeforeValidator(_rfc3339_text)]
JsonObject = Annotated[dict[str, Any], AfterValidator(plain_json)]
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
    "GivenMoment",
    "InputModel",
    "JsonObject",
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
    "plain_json",
    "rfc3339",
    "utc_now",
]
