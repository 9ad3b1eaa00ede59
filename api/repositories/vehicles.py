"""The inventory: pages, look-ups by stock number and VIN, candidates for a thread, and its one writer at a time."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column, or_, select, text, tuple_

from api.core.pagination import Page, PageRequest
from api.repositories.base import Repository
from models.vehicles import Vehicle, VehicleStatus

_V: Any = Vehicle
_LAST = {
    "price": func.coalesce(_V.price_minor, literal_column("9223372036854775807")),
    "mileage": func.coalesce(_V.mileage, literal_column("2147483647")),
}
_LAST_DESCENDING = {
    "price": func.coalesce(_V.price_minor, literal_column("-1")),
    "mileage": func.coalesce(_V.mileage, literal_column("-1")),
}
_AVAILABLE_FIRST = case({"available": 0, "pending": 1}, value=_V.status, else_=2)


@dataclass(frozen=True, slots=True)
class VehicleFilter:
    """Which vehicles a list shows; make and model are compared without regard to case."""

    q: str | None = None
    status: VehicleStatus | None = None
    make: str | None = None
    model: str | None = None
    year: int | None = None


class VehicleRepository(Repository[Vehicle]):
    """Vehicles."""

    model = Vehicle

    async def hold_inventory(self) -> None:
        """Be the only writer of vehicles until the commit, so that two imports neither deadlock nor duplicate."""
        await self.session.execute(text("LOCK TABLE vehicles IN SHARE ROW EXCLUSIVE MODE"))

    async def page_of(self, request: PageRequest, wanted: VehicleFilter) -> Page[Vehicle]:
        """Return a page; vehicles without a price or mileage come last whichever way the list is sorted."""
        nullable = _LAST_DESCENDING if request.sort.startswith("-") else _LAST
        sorts = {"updated_at": _V.updated_at, **nullable}
        return await self.page(_filtered(wanted), request, sorts, asdict(wanted))

    async def by_stock_number(self, stock_number: str) -> Vehicle | None:
        """Return the vehicle of a stock number, whatever its case."""
        statement = select(Vehicle).where(func.lower(_V.stock_number) == func.lower(stock_number))
        return (await self.session.execute(statement)).scalar_one_or_none()

    async def by_vin(self, vin: str) -> Vehicle | None:
        """Return the vehicle of a VIN in upper case."""
        return (await self.session.execute(select(Vehicle).where(_V.vin == vin))).scalar_one_or_none()

    async def by_numbers(self, stock_keys: Collection[str], vins: Collection[str]) -> list[Vehicle]:
        """Return the vehicles that have one of the stock numbers (lower case) or VINs (upper case)."""
        if not stock_keys and not vins:
            return []
        statement = select(Vehicle).where(or_(func.lower(_V.stock_number).in_(stock_keys), _V.vin.in_(vins)))
        return list((await self.session.execute(statement)).scalars())

    async def names(self) -> list[tuple[str, str, str, str]]:
        """Return each make, model, trim and body style of the inventory once, in lower case, empty where unknown."""
        columns = (_V.make, _V.model, func.coalesce(_V.trim, ""), func.coalesce(_V.body_style, ""))
        found: Any = await self.session.execute(select(*(func.lower(column) for column in columns)).distinct())
        return [tuple(row) for row in found]

    async def by_names(self, names: Collection[tuple[str, str]], year: int | None, limit: int) -> list[Vehicle]:
        """Return vehicles of these makes and models (lower case), nearest in year first, then those for sale."""
        named = tuple_(func.lower(_V.make), func.lower(_V.model)).in_(names)
        order = [_AVAILABLE_FIRST, _V.updated_at.desc(), _V.id]
        if year is not None:
            order.insert(0, func.abs(_V.year - year).asc().nulls_last())
        statement = select(Vehicle).where(named).order_by(*order).limit(limit)
        return list((await self.session.execute(statement)).scalars())


def _filtered(wanted: VehicleFilter) -> Any:
    statement: Any = select(Vehicle).where(*(_has_word(word) for word in (wanted.q or "").split()))
    if wanted.status is not None:
        statement = statement.where(_V.status == wanted.status.value)
    if wanted.make:
        statement = statement.where(func.lower(_V.make) == func.lower(wanted.make))
    if wanted.model:
        statement = statement.where(func.lower(_V.model) == func.lower(wanted.model))
    if wanted.year is not None:
        statement = statement.where(_V.year == wanted.year)
    return statement


def _has_word(word: str) -> ColumnElement[bool]:
    return or_(_V.search.contains(word.lower(), autoescape=True), _V.description.icontains(word, autoescape=True))
