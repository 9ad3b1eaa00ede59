"""What a lead tells of vehicles and people; all of it is the customer's or the provider's word."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from api.services.adf.document import AdfError, Node
from models.codes import CURRENCIES, minor_digits

OFFERED = frozenset({"trade-in", "sell"})
_UNITS = {"miles": "mi", "mile": "mi", "mi": "mi", "km": "km", "kilometers": "km", "kilometres": "km"}
_NAME_PARTS = ("prefix", "first", "middle", "last", "suffix")


@dataclass(frozen=True)
class LeadVehicle:
    """One vehicle: `interest` is buy, lease, test-drive (wanted), sell or trade-in (the customer's own)."""

    interest: str
    status: str | None
    year: int | None
    make: str
    model: str
    trim: str | None = None
    stock: str | None = None
    vin: str | None = None
    odometer: str | None = None
    odometer_unit: str | None = None
    condition: str | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def wanted(self) -> bool:
        """Whether the customer wants it; what he would give away is never the dealership's offer."""
        return self.interest not in OFFERED

    @property
    def title(self) -> str:
        """Year, make, model and trim, as far as told."""
        year = str(self.year) if self.year else None
        return " ".join(part for part in (year, self.make, self.model, self.trim) if part)


@dataclass(frozen=True)
class LeadPhone:
    """A number as written; `e164` is None where it is no possible number or its country is unknown."""

    number: str
    kind: str
    e164: str | None
    time: str | None = None
    preferred: bool = False


@dataclass(frozen=True)
class LeadContact:
    """The customer; `preferred` is email, phone or None."""

    name: str
    emails: list[str]
    phones: list[LeadPhone]
    email: str | None
    phone: str | None
    preferred: str | None
    address: dict[str, str]
    external_id: str | None
    timeframe: dict[str, str]


@dataclass(frozen=True)
class Prospect:
    """The document's parts in the order of ADF 1.0; `ids` are pairs of source and id."""

    status: str | None
    ids: list[tuple[str, str]]
    requested_at: datetime
    vehicles: list[LeadVehicle]
    customer: LeadContact
    comments: str | None
    vendor: dict[str, Any]
    provider: dict[str, Any]


def requested_at(prospect: Node, zone: tzinfo) -> datetime:
    """Return the request's moment in UTC; one without an offset is local to the dealership's `zone`."""
    text = prospect.needed_line("requestdate")
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        path = f"{prospect.path}/requestdate"
        raise AdfError(f"{path}: must be an ISO 8601 moment such as 2026-01-31T09:30:00-08:00") from error


def ids(node: Node) -> list[tuple[str, str]]:
    """Return pairs of source and id; the source is empty where the document names none."""
    return [(each.attribute("source") or "", text) for each in node.all("id") if (text := each.text())]


def vehicle(node: Node) -> LeadVehicle:
    """Read one vehicle.

    Raises:
        AdfError: No make or model, or a year that is none.
    """
    reading = node.first("odometer")
    units = ((reading.attribute("units") or "") if reading else "").lower()
    return LeadVehicle(
        interest=(node.attribute("interest") or "buy").lower(),
        status=(node.attribute("status") or "").lower() or None,
        year=_year(node),
        make=node.needed_line("make"),
        model=node.needed_line("model"),
        trim=node.line("trim"),
        stock=node.line("stock"),
        vin=node.line("vin"),
        odometer=node.line("odometer"),
        odometer_unit=_UNITS.get(units, units) or None,
        condition=node.line("condition"),
        details=_vehicle_details(node),
    )


def _year(node: Node) -> int | None:
    node.need("year")
    text = node.line("year")
    if text is not None and not (text.isascii() and text.isdigit() and len(text) == 4):
        raise AdfError(f"{node.path}/year: must be a year of four digits")
    return int(text) if text else None


def _vehicle_details(node: Node) -> dict[str, Any]:
    details: dict[str, Any] = {
        name: text for name in ("doors", "bodystyle", "transmission") if (text := node.line(name)) is not None
    }
    details["ids"] = ids(node)
    details["colors"] = [_leaves(each) for each in node.all("colorcombination")]
    details["prices"] = [amount(each) for each in node.all("price")]
    details["options"] = [_leaves(each) for each in node.all("option")]
    details["images"] = [each.text(2_000) for each in node.all("imagetag")]
    details["finance"] = [finance(each) for each in node.all("finance")]
    details["comments"] = node.prose("comments")
    return {name: value for name, value in details.items() if value}


def finance(node: Node) -> dict[str, Any]:
    """Return the customer's wishes for paying: method, amounts and balances with their currency."""
    return {
        "method": node.line("method"),
        "amounts": [amount(each) for each in node.all("amount")],
        "balances": [amount(each) for each in node.all("balance")],
    }


def amount(node: Node) -> dict[str, Any]:
    """Return an amount as written, and in minor units where number and ISO 4217 currency are plain."""
    currency = (node.attribute("currency") or "").lower() or None
    text = node.text() or ""
    told = {name: node.attribute(name) for name in ("type", "limit", "source", "delta")}
    told |= {"currency": currency, "text": text}
    kept: dict[str, Any] = {name: value for name, value in told.items() if value}
    minor = _minor(text, currency)
    return kept if minor is None else kept | {"amount_minor": minor}


def _minor(text: str, currency: str | None) -> int | None:
    if currency not in CURRENCIES or len(text) > 20 or not text.replace(".", "", 1).isdecimal():
        return None
    try:
        scaled = Decimal(text).scaleb(minor_digits(currency))
    except InvalidOperation:
        return None
    return int(scaled) if scaled == scaled.to_integral_value() else None


def _leaves(node: Node) -> dict[str, str]:
    return {child.path.rpartition("/")[2]: text for child in node if (text := child.text())}


def full_name(contact: Node) -> str:
    """Return the name: `full` where told, else its parts in their usual order.

    Raises:
        AdfError: There is no name.
    """
    parts: dict[str, str] = {}
    for each in contact.all("name"):
        parts.setdefault((each.attribute("part") or "full").lower(), each.text(one_line=True) or "")
    name = parts.get("full") or " ".join(parts[part] for part in _NAME_PARTS if parts.get(part))
    if not name:
        raise AdfError(f"{contact.path}: the element `name` is missing or empty")
    return name[:200]


def timeframe(customer: Node) -> dict[str, str]:
    """Return description, earliest and latest date of the customer's plans, as told."""
    node = customer.first("timeframe")
    return _leaves(node) if node else {}


def address(contact: Node) -> dict[str, str]:
    """Return the parts of the first address; the lines of the street are joined by a comma."""
    node = contact.first("address")
    if node is None:
        return {}
    parts = {name: node.line(name) for name in ("apartment", "city", "regioncode", "postalcode", "country")}
    street = ", ".join(text for line in node.all("street") if (text := line.text(one_line=True)))
    return {name: text for name, text in {"street": street, **parts}.items() if text}


def business(node: Node | None) -> dict[str, Any]:
    """Return what a vendor or provider tells of itself, short."""
    if node is None:
        return {}
    contact = node.first("contact") or node
    told = {name: node.line(name) for name in ("vendorname", "service", "url")}
    told |= {name: contact.line(name) for name in ("name", "email", "phone")}
    kept: dict[str, Any] = {name: text for name, text in told.items() if text}
    return kept | ({"ids": ids(node)} if ids(node) else {})
