"""What a draft's claims rest on, in words: the record behind each piece of evidence, the value that mends a claim."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from api.core.errors import NotFoundError
from api.services import canned_responses, dealership, suggestions, vehicles
from api.services.unit_of_work import UnitOfWork
from dealsmart_app.states.vehicles import price_words
from models.claims import ClaimView, EvidenceSource, EvidenceView
from models.vehicles import VehicleView

Words = dict[str, Any]
SENDERS = {"customer": "The customer wrote", "staff": "Your team wrote", "ai": "Your team wrote"}


async def explain(uow: UnitOfWork, message_id: UUID, claims: list[ClaimView], thread: list[Words]) -> Words:
    """Return `{sources, mends, failures}` for a draft's claims.

    `sources` maps `<source>:<id>` to `{label, quote, fields, at, age_word, note}`; `mends` lists
    `{start, end, value}` for claims that a record's value would put right; `failures` says why providers failed.
    """
    pieces = {f"{one.source}:{one.id}": one for claim in claims if (one := claim.evidence) is not None}
    values = await suggestions.mends(uow, message_id, claims)
    return {
        "sources": {key: await _words(uow, piece, thread) for key, piece in pieces.items()},
        "mends": [
            {"start": claim.start, "end": claim.end, "value": value}
            for claim, value in zip(claims, values, strict=True)
            if value
        ],
        "failures": await suggestions.failures(uow, message_id),
    }


async def _words(uow: UnitOfWork, piece: EvidenceView, thread: Iterable[Words]) -> Words:
    match piece.source:
        case EvidenceSource.MESSAGE:
            return _message_words(piece, thread)
        case EvidenceSource.VEHICLE:
            return await _vehicle_words(uow, piece.id)
        case EvidenceSource.CANNED_RESPONSE:
            prepared = [one for one in await canned_responses.listing(uow) if str(one.id) == piece.id]
            return {"label": prepared[0].title, "quote": prepared[0].content} if prepared else {}
        case _:
            return await _house_words(uow, piece)


def _message_words(piece: EvidenceView, thread: Iterable[Words]) -> Words:
    said = next((message for message in thread if message["id"] == piece.id), None)
    if said is None:
        return {"label": "Earlier in this thread"}
    return {"label": SENDERS[said["sender"]], "quote": said["content"][piece.start : piece.end], "at": said["sent_at"]}


async def _vehicle_words(uow: UnitOfWork, vehicle_id: str) -> Words:
    try:
        vehicle = await vehicles.read(uow, UUID(vehicle_id))
    except NotFoundError:
        return {"label": "A vehicle that is no longer listed"}
    return {
        "label": f"Inventory {vehicle.stock_number}",
        "quote": vehicle_name(vehicle),
        "fields": _vehicle_fields(vehicle),
        "at": vehicle.model_dump(mode="json")["confirmed_at"],
        "age_word": "confirmed",
    }


def vehicle_name(vehicle: VehicleView) -> str:
    """Return year, make, model and trim."""
    return " ".join(str(part) for part in (vehicle.year, vehicle.make, vehicle.model, vehicle.trim) if part)


def mileage_words(vehicle: VehicleView) -> str:
    """Return the mileage with its unit; nothing where it is not known."""
    return f"{vehicle.mileage:,} {vehicle.mileage_unit.value}" if vehicle.mileage is not None else ""


def _vehicle_fields(vehicle: VehicleView) -> dict[str, str]:
    plain = vehicle.model_dump(mode="json")
    fields = {name: str(value) for name, value in plain.items() if isinstance(value, str | int) and value}
    return {**fields, "price": price_words(vehicle.price), "mileage": mileage_words(vehicle)}


async def _house_words(uow: UnitOfWork, piece: EvidenceView) -> Words:
    facts = await dealership.read(uow)
    if piece.source is EvidenceSource.DEALERSHIP:
        return {
            "label": facts.name,
            "note": "dealership",
            "quote": (piece.field or "").replace("_", " ").replace(".", ", "),
        }
    policy = next((one for one in facts.policies if one.topic in (piece.field, piece.id)), None)
    return {"label": f"Policy: {policy.topic}", "quote": policy.text} if policy else {"label": "Policy"}
