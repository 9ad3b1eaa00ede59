"""Vehicles of the inventory: what a feed or a person may say of one, and what others see."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from pydantic import model_validator
from sqlalchemy import BigInteger, CheckConstraint, Column, Computed, Index, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from models.base import InputModel, Money, TableModel, Timestamp, ViewModel, moment
from models.vehicle_fields import (
    Description,
    Detail,
    Doors,
    Features,
    Mileage,
    Name,
    Photos,
    Price,
    Seats,
    StockNumber,
    Url,
    Vin,
    Year,
)
from models.vin import FIRST_YEAR_OF_17


class Condition(StrEnum):
    """How the dealership sells it; `certified` is a used car with the maker's certificate."""

    NEW = "new"
    USED = "used"
    CERTIFIED = "certified"


class VehicleStatus(StrEnum):
    """Whether a customer may still have it."""

    AVAILABLE = "available"
    PENDING = "pending"
    SOLD = "sold"


class MileageUnit(StrEnum):
    """Miles or kilometres."""

    MI = "mi"
    KM = "km"


_SEARCH = (
    "lower(stock_number || ' ' || coalesce(vin, '') || ' ' || coalesce(year::text, '') || ' ' || make"
    " || ' ' || model || ' ' || coalesce(trim, '') || ' ' || coalesce(exterior_color, ''))"
)


class Vehicle(TableModel, table=True):
    """One car of the inventory; `confirmed_at` is when a feed or a person last stood behind the record."""

    __tablename__ = "vehicles"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ux_vehicles_stock_number", func.lower(Column("stock_number", Text)), unique=True),
        Index("ux_vehicles_vin", "vin", unique=True, postgresql_where=text("vin IS NOT NULL")),
        Index("ix_vehicles_updated", text("updated_at DESC"), text("id DESC")),
        Index("ix_vehicles_price_up", text("coalesce(price_minor, 9223372036854775807)"), "id"),
        Index("ix_vehicles_price_down", text("coalesce(price_minor, -1) DESC"), text("id DESC")),
        Index("ix_vehicles_mileage_up", text("coalesce(mileage, 2147483647)"), "id"),
        Index("ix_vehicles_mileage_down", text("coalesce(mileage, -1) DESC"), text("id DESC")),
        Index("ix_vehicles_name", text("lower(make)"), text("lower(model)"), "year"),
        Index("ix_vehicles_search", "search", postgresql_using="gin", postgresql_ops={"search": "gin_trgm_ops"}),
        CheckConstraint("(price_minor IS NULL) = (currency IS NULL)", name="ck_vehicles_price"),
        CheckConstraint("price_minor > 0", name="ck_vehicles_price_positive"),
    )

    stock_number: str
    vin: str | None = None
    year: int | None = None
    make: str
    model: str
    trim: str | None = None
    body_style: str | None = None
    condition: Condition = Field(default=Condition.USED, sa_type=Text)
    status: VehicleStatus = Field(default=VehicleStatus.AVAILABLE, sa_type=Text)
    price_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = None
    mileage: int | None = None
    mileage_unit: MileageUnit = Field(default=MileageUnit.MI, sa_type=Text)
    exterior_color: str | None = None
    interior_color: str | None = None
    transmission: str | None = None
    drivetrain: str | None = None
    fuel: str | None = None
    engine: str | None = None
    doors: int | None = None
    seats: int | None = None
    features: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(Text), nullable=False))
    description: str | None = None
    photo_urls: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(Text), nullable=False))
    url: str | None = None
    confirmed_at: datetime = moment()
    search: str | None = Field(default=None, sa_column=Column(Text, Computed(_SEARCH, persisted=True)))

    @property
    def price(self) -> Money | None:
        """The asking price; None is "on request"."""
        if self.price_minor is None or self.currency is None:
            return None
        return Money(amount=self.price_minor, currency=self.currency)


class VehicleInput(InputModel):
    """Body of POST /vehicles, and one good row of a feed; a missing price is "on request"."""

    stock_number: StockNumber
    vin: Vin = None
    year: Year | None = None
    make: Name
    model: Name
    trim: Detail = None
    body_style: Detail = None
    condition: Condition = Condition.USED
    status: VehicleStatus = VehicleStatus.AVAILABLE
    price: Price | None = None
    mileage: Mileage | None = None
    mileage_unit: MileageUnit = MileageUnit.MI
    exterior_color: Detail = None
    interior_color: Detail = None
    transmission: Detail = None
    drivetrain: Detail = None
    fuel: Detail = None
    engine: Detail = None
    doors: Doors | None = None
    seats: Seats | None = None
    features: Features = Field(default_factory=list)
    description: Description = None
    photo_urls: Photos = Field(default_factory=list)
    url: Url = None

    @model_validator(mode="after")
    def _vin_is_whole(self) -> Self:
        short = self.vin is not None and len(self.vin) < 17
        if short and self.year is not None and self.year >= FIRST_YEAR_OF_17:
            raise ValueError(f"vin: has 17 characters on a vehicle of {FIRST_YEAR_OF_17} or later")
        return self

    @property
    def stock_key(self) -> str:
        """The stock number as it is compared: without regard to case."""
        return self.stock_number.lower()

    def columns(self) -> dict[str, Any]:
        """Return the values for the columns of `Vehicle`, the price split into its two."""
        values = self.model_dump(exclude={"price"})
        values["price_minor"] = self.price.amount if self.price else None
        values["currency"] = self.price.currency if self.price else None
        return values


class VehiclePatch(InputModel):
    """Body of PATCH /vehicles/{id}; an absent field stays, null clears one that may be empty."""

    stock_number: StockNumber | None = None
    vin: Vin = None
    year: Year | None = None
    make: Name | None = None
    model: Name | None = None
    trim: Detail = None
    body_style: Detail = None
    condition: Condition | None = None
    status: VehicleStatus | None = None
    price: Price | None = None
    mileage: Mileage | None = None
    mileage_unit: MileageUnit | None = None
    exterior_color: Detail = None
    interior_color: Detail = None
    transmission: Detail = None
    drivetrain: Detail = None
    fuel: Detail = None
    engine: Detail = None
    doors: Doors | None = None
    seats: Seats | None = None
    features: Features | None = None
    description: Description = None
    photo_urls: Photos | None = None
    url: Url = None

    @model_validator(mode="after")
    def _kept_fields(self) -> Self:
        never_null = ("stock_number", "make", "model", "condition", "status", "mileage_unit")
        for name in (*never_null, "features", "photo_urls"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name}: must not be null")
        return self

    def merged(self, vehicle: Vehicle) -> VehicleInput:
        """Return the whole record after the patch, checked as a whole.

        Raises:
            ValidationError: The change does not go with what stays, such as 2015 with a short VIN.
        """
        current = {name: getattr(vehicle, name) for name in VehicleInput.model_fields}
        if vehicle.price is not None:
            current["price"] = vehicle.price.model_dump()
        return VehicleInput.model_validate(current | self.model_dump(exclude_unset=True))


class VehicleView(ViewModel):
    """A vehicle; contract, section 3."""

    id: UUID
    stock_number: str
    vin: str | None
    year: int | None
    make: str
    model: str
    trim: str | None
    body_style: str | None
    condition: Condition
    status: VehicleStatus
    price: Money | None
    mileage: int | None
    mileage_unit: MileageUnit
    exterior_color: str | None
    interior_color: str | None
    transmission: str | None
    drivetrain: str | None
    fuel: str | None
    engine: str | None
    doors: int | None
    seats: int | None
    features: list[str]
    description: str | None
    photo_urls: list[str]
    url: str | None
    confirmed_at: Timestamp
    updated_at: Timestamp


class RowError(ViewModel):
    """A fault in a feed; `row` counts records after the header, 0 is the header, `row` as field the whole."""

    row: int
    field: str
    message: str


class ImportReport(ViewModel):
    """Answer of POST /vehicles/import."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[RowError] = Field(default_factory=list)


__all__ = [
    "Condition",
    "ImportReport",
    "MileageUnit",
    "Price",
    "RowError",
    "Vehicle",
    "VehicleInput",
    "VehiclePatch",
    "VehicleStatus",
    "VehicleView",
]
