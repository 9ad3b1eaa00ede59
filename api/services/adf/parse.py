"""From an ADF document to a lead: who wants what, in whose words, and how to know it again."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from api.services.adf.contact import customer
from api.services.adf.document import AdfError, Node, open_prospect
from api.services.adf.lead import (
    OFFERED,
    LeadContact,
    LeadVehicle,
    Prospect,
    business,
    ids,
    requested_at,
    vehicle,
)
from models.base import rfc3339

MAX_VEHICLES = 50


@dataclass(frozen=True)
class Lead:
    """A prospect and what the conversation is made of.

    `message_text` is the customer's first message, `subject` at most 200 characters, `fingerprint` the same
    for each delivery of one lead, `metadata` everything that was told, in JSON's types.
    """

    prospect: Prospect
    message_text: str
    subject: str
    fingerprint: str
    metadata: dict[str, Any]

    @property
    def customer(self) -> LeadContact:
        """Who asks."""
        return self.prospect.customer

    @property
    def vehicles(self) -> list[LeadVehicle]:
        """What is asked about or offered."""
        return self.prospect.vehicles

    @property
    def requested_at(self) -> datetime:
        """When it was asked, in UTC."""
        return self.prospect.requested_at


def parse(document: bytes, region: str | None = None, zone: tzinfo = UTC) -> Lead:
    """Read one lead; nothing that the document points at is opened, resolved or expanded.

    Args:
        document: ADF/XML 1.0 in the encoding that its declaration names.
        region: ISO 3166-1 alpha-2 code for phone numbers without a country code.
        zone: The time zone of a request date without an offset.

    Raises:
        AdfError: What is malformed, with its place.

    Source: ADF 1.0 (`adf > prospect(id*, requestdate, vehicle+, customer, vendor, provider?)`).
    """
    prospect = _prospect(open_prospect(document), region, zone)
    return Lead(
        prospect=prospect,
        message_text=prospect.comments or _summary(prospect.vehicles),
        subject=_subject(prospect.vehicles),
        fingerprint=_fingerprint(prospect),
        metadata=_metadata(prospect),
    )


def _prospect(node: Node, region: str | None, zone: tzinfo) -> Prospect:
    node.need("vehicle")
    if len(node.all("vehicle")) > MAX_VEHICLES:
        raise AdfError(f"{node.path}: has more than {MAX_VEHICLES} vehicles")
    return Prospect(
        status=node.attribute("status"),
        ids=ids(node),
        requested_at=requested_at(node, zone),
        vehicles=[vehicle(each) for each in node.all("vehicle")],
        customer=customer(node, region),
        comments=node.need("customer").prose("comments"),
        vendor=_vendor(node),
        provider=business(node.first("provider")),
    )


def _vendor(node: Node) -> dict[str, Any]:
    vendor = node.need("vendor")
    vendor.needed_line("vendorname")
    return business(vendor)


def _summary(vehicles: list[LeadVehicle]) -> str:
    """Say neutrally what a lead without a comment is about, and what its vehicles' comments say."""
    wanted = [each for each in vehicles if each.wanted]
    lines = []
    if wanted:
        lines.append(f"Interested in {_joined(wanted)}.")
    for interest, words in (("trade-in", "Has a trade-in"), ("sell", "Wants to sell")):
        own = [each for each in vehicles if each.interest == interest]
        if own:
            lines.append(f"{words}: {_joined(own, article=False)}.")
    lines += [each.details["comments"] for each in vehicles if each.details.get("comments")]
    return "\n".join(lines)[:10_000]


def _joined(vehicles: list[LeadVehicle], article: bool = True) -> str:
    titles = [f"the {each.title}" if article else each.title for each in vehicles]
    return " and ".join([", ".join(titles[:-1]), titles[-1]] if len(titles) > 1 else titles)


def _subject(vehicles: list[LeadVehicle]) -> str:
    wanted = [each for each in vehicles if each.wanted]
    text = _joined(wanted or vehicles, article=False)
    text = text if wanted else f"Offers {text}"
    return text if len(text) <= 200 else f"{text[:199]}…"


def _fingerprint(prospect: Prospect) -> str:
    """Return a hash of the ids with their sources and of who asks, else of all that was told.

    The person is part of it, so that a provider's reused number never swallows somebody else's lead. Phones
    count as written: what they mean depends on settings, and a setting must not make an old lead new.
    """
    sourced = sorted((source or prospect.provider.get("name", ""), text) for source, text in prospect.ids)
    person = prospect.customer
    if sourced and all(source for source, _ in sourced):
        told: Any = [sourced, sorted(person.emails), _numbers(person)]
    else:
        told = _metadata(prospect) | {"comments": prospect.comments, "name": person.name, "status": None}
        told["contact"] = [person.emails, _numbers(person), person.address]
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"adf:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _numbers(person: LeadContact) -> list[str]:
    return sorted(phone.number for phone in person.phones)


def _metadata(prospect: Prospect) -> dict[str, Any]:
    vehicles = [_without_blanks(asdict(each)) for each in prospect.vehicles]
    person = asdict(prospect.customer)
    told = {
        "format": "adf",
        "status": prospect.status,
        "ids": [{"source": source, "id": text} for source, text in prospect.ids],
        "requested_at": rfc3339(prospect.requested_at),
        "vehicles": [each for each in vehicles if each["interest"] not in OFFERED],
        "trade_ins": [each for each in vehicles if each["interest"] in OFFERED],
        "preferred_contact": person["preferred"],
        "contact": {name: person[name] for name in ("emails", "phones", "address")},
        "timeframe": person["timeframe"],
        "vendor": prospect.vendor,
        "provider": prospect.provider,
    }
    return json.loads(json.dumps(_without_blanks(told)))


def _without_blanks(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}


__all__ = ["AdfError", "Lead", "parse"]
