"""What an ADF lead told beside its comment, in words for the customer's panel."""

from typing import Any

import pydantic

from dealsmart_app.states.vehicles import price_words
from models.base import Money
from models.codes import CURRENCIES

_UNITS = {"mi": "miles", "km": "km"}
_LIMITS = {"maximum": "at most", "minimum": "at least"}
_KINDS = {"total": "{}", "downpayment": "{} down", "monthly": "{} a month"}
_WAYS = {"email": "By e-mail", "phone": "By phone"}


class _Amount(pydantic.BaseModel):
    type: str = ""
    limit: str = ""
    currency: str = ""
    text: str = ""
    amount_minor: int | None = None

    def words(self) -> str:
        known = self.amount_minor is not None and self.currency in CURRENCIES
        sum_told = price_words(Money(amount=self.amount_minor or 0, currency=self.currency)) if known else self.text
        kind = _KINDS.get(self.type, "{} (" + self.type + ")" if self.type else "{}")
        return f"{_LIMITS.get(self.limit, '')} {kind.replace('{}', sum_told)}".strip() if sum_told else ""


class _Paying(pydantic.BaseModel):
    method: str | None = None
    amounts: list[_Amount] = []
    balances: list[_Amount] = []

    def words(self) -> str:
        owing = [f"balance {one.words()}" for one in self.balances if one.amount_minor != 0 and one.words()]
        parts = [(self.method or "").capitalize(), *(one.words() for one in self.amounts), *owing]
        return ", ".join(part for part in parts if part)


class _Details(pydantic.BaseModel):
    finance: list[_Paying] = []


class _Vehicle(pydantic.BaseModel):
    year: int | None = None
    make: str = ""
    model: str = ""
    trim: str = ""
    stock: str = ""
    odometer: str = ""
    odometer_unit: str = ""
    condition: str = ""
    details: _Details = _Details()

    def words(self) -> str:
        driven = f"{int(self.odometer):,}" if self.odometer.isdecimal() else self.odometer
        mileage = f"{driven} {_UNITS.get(self.odometer_unit, self.odometer_unit)}".strip() if driven else ""
        return ", ".join(part for part in (self.title(self.trim), mileage, self.condition) if part)

    def title(self, *more: str) -> str:
        return " ".join(part for part in (str(self.year or ""), self.make, self.model, *more) if part)


class _Timeframe(pydantic.BaseModel):
    description: str = ""
    earliestdate: str = ""
    latestdate: str = ""

    def words(self) -> str:
        span = " to ".join(part[:10] for part in (self.earliestdate, self.latestdate) if part)
        return ", ".join(part for part in (self.description, span) if part)


class _Phone(pydantic.BaseModel):
    time: str | None = None
    preferred: bool = False


class _Contact(pydantic.BaseModel):
    phones: list[_Phone] = []


class _Told(pydantic.BaseModel):
    """Of the conversation's metadata what is put into words; a client may have written anything there."""

    requested_at: str = ""
    vehicles: list[_Vehicle] = []
    trade_ins: list[_Vehicle] = []
    preferred_contact: str = ""
    contact: _Contact = _Contact()
    timeframe: _Timeframe = _Timeframe()

    def reached(self) -> str:
        """Return how and when the customer likes to be reached."""
        hours = [phone.time for phone in self.contact.phones if phone.time and phone.time != "nopreference"]
        way = _WAYS.get(self.preferred_contact, "")
        told = ", ".join(part for part in (way, f"phone in the {hours[0]}" if hours else "") if part)
        return told[:1].upper() + told[1:]


def lead_words(metadata: dict[str, Any]) -> dict[str, str]:
    """Return `{asked_at, asked, trade_in, paying, timeframe, reached}`, each empty where the lead did not tell it.

    Source: ADF 1.0; ux 1.1 (customer panel).
    """
    try:
        told = _Told.model_validate(metadata if metadata.get("format") == "adf" else {})
    except pydantic.ValidationError:
        told = _Told()
    return {
        "asked_at": told.requested_at,
        "asked": "; ".join(one.title(one.trim, one.stock) for one in told.vehicles),
        "trade_in": "; ".join(one.words() for one in told.trade_ins),
        "paying": "; ".join(words for one in told.vehicles for way in one.details.finance if (words := way.words())),
        "timeframe": told.timeframe.words(),
        "reached": told.reached(),
    }


__all__ = ["lead_words"]
