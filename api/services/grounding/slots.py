"""Slots: each fact of a draft is a name that code fills from the records ("{{v1.price}}")."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from api.services.grounding.check_hours import CLOSED, DAY_KEYS
from api.services.grounding.evidence import EvidencePack
from api.services.grounding.findings import money_text
from api.services.grounding.opening import clock_text, weekday_now
from api.services.grounding.verifier import verify
from models.claims import ClaimKind, ClaimView, EvidenceSource, EvidenceView, Verdict

_SLOT = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
_UNFINISHED = re.compile(r"\{(?:\{[^{}]*\}?)?$")
_STATUS = {"available": "available", "pending": "sale pending", "sold": "sold"}
_PLAIN = {
    "stock_number": ClaimKind.STOCK_NUMBER,
    "vin": ClaimKind.VIN,
    "year": ClaimKind.VEHICLE,
    "make": ClaimKind.VEHICLE,
    "model": ClaimKind.VEHICLE,
    "trim": ClaimKind.VEHICLE,
    "body_style": ClaimKind.FEATURE_OR_COLOUR,
    "condition": ClaimKind.HISTORY_OR_CONDITION,
    "exterior_color": ClaimKind.FEATURE_OR_COLOUR,
    "interior_color": ClaimKind.FEATURE_OR_COLOUR,
    "transmission": ClaimKind.FEATURE_OR_COLOUR,
    "drivetrain": ClaimKind.FEATURE_OR_COLOUR,
    "fuel": ClaimKind.FEATURE_OR_COLOUR,
    "engine": ClaimKind.FEATURE_OR_COLOUR,
    "doors": ClaimKind.QUANTITY,
    "seats": ClaimKind.QUANTITY,
    "description": ClaimKind.HISTORY_OR_CONDITION,
    "url": ClaimKind.CONTACT,
}


class UnknownSlotError(ValueError):
    """A template names a slot that the evidence pack cannot fill."""

    def __init__(self, name: str) -> None:
        """Keep the slot's name for the retry."""
        super().__init__(f"Unknown slot: {name}")
        self.name = name


@dataclass(frozen=True)
class Slot:
    """A slot's rendered value, the kind of claim that it makes and its evidence."""

    value: str
    kind: ClaimKind
    evidence: EvidenceView


@dataclass(frozen=True)
class Rendered:
    """A filled template; `claims` are the slots', with offsets in code points of `text`."""

    text: str
    claims: list[ClaimView]


def _title(vehicle: Mapping[str, Any]) -> str:
    return " ".join(str(vehicle[name]) for name in ("year", "make", "model", "trim") if vehicle.get(name))


def _vehicle_slots(number: int, vehicle: Mapping[str, Any]) -> Iterator[tuple[str, Slot]]:
    def slot(field: str, value: str, kind: ClaimKind) -> Slot:
        return Slot(
            value, kind, EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", number - 1)), field=field)
        )

    name = f"v{number}"
    yield f"{name}.title", slot("title", _title(vehicle), ClaimKind.VEHICLE)
    for field, kind in _PLAIN.items():
        if vehicle.get(field):
            yield f"{name}.{field}", slot(field, str(vehicle[field]), kind)
    price = vehicle.get("price")
    if price:
        shown = money_text(Decimal(price["amount"]) / 100, price["currency"].lower())
        yield f"{name}.price", slot("price", shown, ClaimKind.PRICE)
    if vehicle.get("mileage") is not None:
        unit = {"mi": "miles", "km": "km"}[vehicle.get("mileage_unit") or "mi"]
        yield f"{name}.mileage", slot("mileage", f"{vehicle['mileage']:,} {unit}", ClaimKind.MILEAGE)
    if vehicle.get("status") in _STATUS:
        yield f"{name}.availability", slot("status", _STATUS[vehicle["status"]], ClaimKind.AVAILABILITY)
    if vehicle.get("features"):
        yield (
            f"{name}.features",
            slot("features", ", ".join(map(str, vehicle["features"])), ClaimKind.FEATURE_OR_COLOUR),
        )


def _address(address: Mapping[str, Any]) -> str:
    town = " ".join(str(address[name]) for name in ("region", "postal_code") if address.get(name))
    if address.get("country") == "DE":
        town = " ".join(str(address[name]) for name in ("postal_code", "city") if address.get(name))
        return ", ".join(part for part in (str(address.get("street") or ""), town) if part)
    return ", ".join(part for part in (str(address.get("street") or ""), str(address.get("city") or ""), town) if part)


def _hours(dealership: Mapping[str, Any], day: str) -> str:
    twelve = ((dealership.get("address") or {}).get("country") or "US") in {"US", "CA", "AU", "PH"}
    ranges = dealership["hours"][day] or ()
    return " and ".join(f"{clock_text(begin, twelve)} to {clock_text(end, twelve)}" for begin, end in ranges) or CLOSED


def _dealer_slots(pack: EvidencePack) -> Iterator[tuple[str, Slot]]:
    dealership = pack.dealership or {}

    def slot(field: str, value: str, kind: ClaimKind) -> Slot:
        return Slot(value, kind, EvidenceView(source=EvidenceSource.DEALERSHIP, id="dealership", field=field))

    for field in ("name", "phone", "email", "website"):
        if dealership.get(field):
            yield f"dealer.{field}", slot(field, str(dealership[field]), ClaimKind.CONTACT)
    if dealership.get("address"):
        yield "dealer.address", slot("address", _address(dealership["address"]), ClaimKind.CONTACT)
    relative = {name: DAY_KEYS[weekday_now(pack, ahead)] for name, ahead in (("today", 0), ("tomorrow", 1))}
    for name, day in ({day: day for day in DAY_KEYS} | relative).items():
        if day in (dealership.get("hours") or {}):
            yield f"dealer.hours.{name}", slot(f"hours.{day}", _hours(dealership, day), ClaimKind.TIME_OR_HOURS)


def _text_slots(pack: EvidencePack) -> Iterator[tuple[str, Slot]]:
    for number, policy in enumerate((pack.dealership or {}).get("policies") or (), 1):
        evidence = EvidenceView(source=EvidenceSource.POLICY, id=str(policy["topic"]))
        yield f"policy.{number}", Slot(str(policy["text"]), ClaimKind.WARRANTY_OR_SERVICE, evidence)
    for number, canned in enumerate(pack.canned, 1):
        evidence = EvidenceView(source=EvidenceSource.CANNED_RESPONSE, id=canned.id)
        yield f"canned.{number}", Slot(canned.content, ClaimKind.WARRANTY_OR_SERVICE, evidence)


def _slots(pack: EvidencePack) -> dict[str, Slot]:
    slots = {
        name: slot for number, vehicle in enumerate(pack.vehicles, 1) for name, slot in _vehicle_slots(number, vehicle)
    }
    return slots | dict(_dealer_slots(pack)) | dict(_text_slots(pack))


def slot_catalogue(pack: EvidencePack) -> dict[str, str]:
    """Return every slot that the pack can fill with its rendered value; vehicles count from v1 in the pack's order."""
    return {name: slot.value for name, slot in _slots(pack).items()}


def render(template: str, pack: EvidencePack) -> Rendered:
    """Fill the slots of a template and note each as a supported claim with exact offsets.

    Raises:
        UnknownSlotError: A slot is not in the catalogue, or a slot is not closed.

    Source: ai-drafts, section 2.
    """
    slots = _slots(pack)
    text, claims, place = "", [], 0
    for match in _SLOT.finditer(template):
        name = match[1]
        if name not in slots:
            raise UnknownSlotError(name)
        text += template[place : match.start()]
        claims.append(_claim(slots[name], len(text)))
        text += slots[name].value
        place = match.end()
    rest = template[place:]
    if "{{" in rest or "{{" in _SLOT.sub("", template):
        raise UnknownSlotError(_SLOT.sub("", template).split("{{", 1)[1][:40].strip())
    return Rendered(text + rest, [claim for claim in claims if claim.text])


def _claim(slot: Slot, start: int) -> ClaimView:
    return ClaimView(
        kind=slot.kind,
        text=slot.value,
        start=start,
        end=start + len(slot.value),
        verdict=Verdict.SUPPORTED,
        reason="Filled from the record.",
        evidence=slot.evidence,
    )


def fill_closed(template: str, pack: EvidencePack) -> str:
    """Fill the slots that are closed so far and withhold an unfinished one at the end; unknown ones show nothing."""
    slots = _slots(pack)

    def value(match: re.Match[str]) -> str:
        return slots[match[1]].value if match[1] in slots else ""

    filled = _SLOT.sub(value, _UNFINISHED.sub("", template))
    return re.sub(r"\{\{[^{}]*\}\}", "", filled)


def verify_rendered(rendered: Rendered, pack: EvidencePack) -> list[ClaimView]:
    """Verify a filled template: slots are right by construction, literals go through the verifier.

    A claim that lies within a slot gives way to the slot's, unless it says that the slot stands with the wrong vehicle.
    """
    found = verify(rendered.text, pack)
    swapped = [claim for claim in found if any(_swaps(claim, slot) for slot in rendered.claims)]
    slots = [slot for slot in rendered.claims if not any(_swaps(claim, slot) for claim in swapped)]
    kept = [claim for claim in found if not _within_slot(claim, slots)]
    return sorted([*kept, *slots], key=lambda claim: (claim.start, claim.end))


def _within_slot(claim: ClaimView, slots: list[ClaimView]) -> bool:
    return any(slot.start <= claim.start and claim.end <= slot.end for slot in slots)


def _swaps(claim: ClaimView, slot: ClaimView) -> bool:
    """Tell whether the text gives a slot's value to another vehicle than the slot's."""
    ours, theirs = slot.evidence, claim.evidence
    if claim.verdict is not Verdict.UNSUPPORTED or claim.kind is not slot.kind or ours is None or theirs is None:
        return False
    both = ours.source is theirs.source is EvidenceSource.VEHICLE
    return both and ours.id != theirs.id and claim.start < slot.end and slot.start < claim.end


__all__ = ["Rendered", "UnknownSlotError", "fill_closed", "render", "slot_catalogue", "verify_rendered"]
