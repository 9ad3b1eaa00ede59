"""A feed's rows as vehicles: columns by name, every fault with its row and field."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from api.core.errors import house_words
from api.services.inventory_csv import cells
from api.services.inventory_csv.records import Record, records
from models.codes import CURRENCIES
from models.vehicles import MileageUnit, RowError, VehicleInput

COLUMNS = frozenset({*VehicleInput.model_fields, "currency"})
REQUIRED = ("stock_number", "make", "model")
WHOLE_ROW = "row"
_SYNONYMS = {"stock": "stock_number", "stock_no": "stock_number", "odometer": "mileage", "body": "body_style"}
_SYNONYMS |= {"exterior_colour": "exterior_color", "interior_colour": "interior_color"}
_CONVERTERS: dict[str, Callable[[str], Any]] = {
    "year": cells.whole_number,
    "condition": cells.condition,
    "status": cells.status,
    "doors": cells.whole_number,
    "seats": cells.whole_number,
    "features": cells.listed,
    "photo_urls": cells.addresses,
}
_APART = frozenset({"price", "currency", "mileage", "mileage_unit"})


@dataclass
class ParsedInventory:
    """The good rows with their numbers, and one error for each fault of the others."""

    rows: list[tuple[int, VehicleInput]] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


@dataclass
class _Row:
    """A row on its way: values read so far, faults found so far."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)

    def refuse(self, name: str, message: str) -> None:
        self.values.pop(name, None)
        self.errors.append(RowError(row=self.number, field=name, message=message))

    def read(self, name: str, cell: str, convert: Callable[[str], Any]) -> None:
        try:
            self.values[name] = convert(cell)
        except ValueError as error:
            self.refuse(name, str(error))


def parse(data: bytes, currency: str = "usd", mileage_unit: MileageUnit = MileageUnit.MI) -> ParsedInventory:
    """Read a whole feed; see `vehicles`, which does it row by row."""
    parsed = ParsedInventory()
    for outcome in vehicles(data, currency, mileage_unit):
        if isinstance(outcome, RowError):
            parsed.errors.append(outcome)
        else:
            parsed.rows.append(outcome)
    return parsed


def vehicles(
    data: bytes, currency: str = "usd", mileage_unit: MileageUnit = MileageUnit.MI
) -> Iterator[tuple[int, VehicleInput] | RowError]:
    """Yield each good row with its number (1 is the first after the header), and each fault, as they come.

    Columns may stand in any order; unknown ones are told once, as row 0, and left out. Within a feed the
    first good row with a stock number or VIN wins, whatever the case. Nothing is guessed: an ambiguous
    cell is a fault of its field, and a row with a fault is left out as a whole.

    Args:
        data: The file, at most 32 MiB.
        currency: ISO 4217 code in lower case for prices of rows that name none.
        mileage_unit: The unit for rows that name none.
    """
    stream = records(data, COLUMNS)
    header = next(stream, None)
    if header is None or header.fault:
        yield RowError(row=0, field=WHOLE_ROW, message=f"the header {header.fault}" if header else "is empty")
        return
    names, faults, usable = _columns(header.cells)
    yield from faults
    if not usable:
        return
    seen: dict[str, dict[str, int]] = {"stock_number": {}, "vin": {}}
    for record in stream:
        if any(cell.strip() for cell in record.cells) or record.fault:
            yield from _outcome(record, names, seen, currency, mileage_unit)


def _columns(header: list[str]) -> tuple[list[str], list[RowError], bool]:
    names, faults, usable = [], [], True
    for title in header:
        plain = re.sub(r"[\s_-]+", "_", title.strip().lower().strip("#. "))
        names.append(_SYNONYMS.get(plain.strip("_"), plain.strip("_")))
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            faults.append(RowError(row=0, field=cells.shown(name).strip('"'), message="unknown column, left out"))
        elif names.count(name) > 1:
            faults.append(RowError(row=0, field=name, message="this column stands in the header twice"))
            usable = False
    for name in REQUIRED:
        if name not in names:
            faults.append(RowError(row=0, field=name, message="this column is missing"))
            usable = False
    return names, faults, usable


def _outcome(
    record: Record, names: list[str], seen: dict[str, dict[str, int]], currency: str, unit: MileageUnit
) -> Iterator[tuple[int, VehicleInput] | RowError]:
    if record.fault:
        name = WHOLE_ROW if record.column is None else names[record.column]
        yield RowError(row=record.number, field=name, message=record.fault)
        return
    row = _Row(record.number)
    told = {
        name: cell
        for name, cell in zip(names, record.cells, strict=True)
        if name in COLUMNS and not cells.is_unknown(cell)
    }
    _read_cells(row, told, currency, unit)
    vehicle = _checked(row)
    if vehicle and not row.errors:
        _refuse_repeats(row, vehicle, seen)
    if vehicle and not row.errors:
        yield row.number, vehicle
    yield from row.errors


def _read_cells(row: _Row, told: dict[str, str], currency: str, unit: MileageUnit) -> None:
    for name, cell in told.items():
        if "\ufffd" in cell:
            row.refuse(name, "holds a replacement character: its text was damaged before it came here")
        elif name not in _APART:
            row.read(name, cell, _CONVERTERS.get(name, str))
    _read_price(row, told, currency)
    _read_mileage(row, told, unit)


def _read_price(row: _Row, told: dict[str, str], default: str) -> None:
    currency = told.get("currency", default).strip().lower()
    if currency not in CURRENCIES:
        row.refuse("currency", f"must be an ISO 4217 code such as USD, not {cells.shown(told['currency'])}")
        return
    if "price" not in told:
        return
    row.read("price", told["price"], lambda cell: cells.price_minor(cell, currency))
    if row.values.get("price") is not None:
        row.values["price"] = {"amount": row.values["price"], "currency": currency}


def _read_mileage(row: _Row, told: dict[str, str], default: MileageUnit) -> None:
    if "mileage_unit" in told:
        row.read("mileage_unit", told["mileage_unit"], cells.mileage_unit)
    named = row.values.get("mileage_unit")
    row.values["mileage_unit"] = named or default
    if "mileage" not in told:
        return
    row.read("mileage", told["mileage"], lambda cell: cells.mileage(cell, named))
    if "mileage" in row.values:
        row.values["mileage"], said = row.values["mileage"]
        row.values["mileage_unit"] = said or default


def _checked(row: _Row) -> VehicleInput | None:
    refused = {error.field for error in row.errors}
    try:
        return VehicleInput.model_validate(row.values)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=False, include_input=False):
            name, message = _told(fault["loc"], fault["msg"], missing=fault["type"] == "missing")
            if name not in refused:
                row.refuse(name, message)
    return None


def _told(location: tuple[int | str, ...], message: str, missing: bool) -> tuple[str, str]:
    """Return field and message of a fault; one that concerns several fields begins with `field: `."""
    text = "is missing" if missing else house_words(message)
    if location:
        return str(location[0]), text
    name, _, rest = text.partition(": ")
    return (name, rest) if rest else (WHOLE_ROW, text)


def _refuse_repeats(row: _Row, vehicle: VehicleInput, seen: dict[str, dict[str, int]]) -> None:
    keys = {"stock_number": vehicle.stock_key, "vin": vehicle.vin}
    for name, key in keys.items():
        if key in seen[name]:
            row.refuse(name, f"stands in row {seen[name][key]} already, which was kept")
    if not row.errors:
        for name, key in keys.items():
            if key is not None:
                seen[name][key] = row.number
