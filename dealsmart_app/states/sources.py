"""What a draft's claims rest on, in words: the record behind each piece of evidence, what mends a claim."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from api.core.errors import NotFoundError
from api.services import canned_responses, dealership, remedies, staleness, suggestions, vehicles
from api.services.grounding.opening import clock_text
from api.services.unit_of_work import UnitOfWork
from dealsmart_app.states.vehicles import price_words
from models.base import ViewModel
from models.claims import ClaimView, EvidenceSource, EvidenceView
from models.vehicles import VehicleView

Words = dict[str, Any]
DAYS = dict(
    zip(
        ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)
TWELVE_HOUR_COUNTRIES = {"US", "CA", "AU", "PH"}
SENDERS = {"customer": "The customer wrote", "staff": "Your team wrote", "ai": "Your team wrote"}


async def explain(uow: UnitOfWork, message_id: UUID, claims: list[ClaimView], thread: list[Words]) -> Words:
    """Return what stands behind a draft's own claims, and what stood in the way of writing it.

    `sources` maps `<source>:<id>` to `{label, quote, fields, at, age_word, note}`; `remedies` are RemedyViews of what
    is red or amber; `stale` are the reasons why the draft no longer fits; `failures` says why providers failed, and
    `last_good` when one last did not.
    """
    failed = await suggestions.failures(uow, message_id)
    remedied = await remedies.of_draft(uow, message_id, claims)
    return {
        "sources": await _sources(uow, claims, thread),
        "remedies": _plain(remedied),
        "stale": _plain(await staleness.why(uow, message_id)),
        "failures": failed,
        "last_good": await remedies.last_good(uow) if failed else None,
    }


async def examine(uow: UnitOfWork, message_id: UUID, content: str, thread: list[Words]) -> Words:
    """Return the verdicts on a text in a draft's place, with `sources` and `remedies` as of `explain`."""
    verdict, remedied = await remedies.examine(uow, message_id, content)
    sources = await _sources(uow, verdict.claims, thread)
    return {**verdict.model_dump(mode="json"), "sources": sources, "remedies": _plain(remedied)}


def _plain(views: Iterable[ViewModel]) -> list[Words]:
    return [view.model_dump(mode="json") for view in views]


async def _sources(uow: UnitOfWork, claims: list[ClaimView], thread: list[Words]) -> Words:
    pieces = {f"{one.source}:{one.id}": one for claim in claims if (one := claim.evidence) is not None}
    return {key: await _words(uow, piece, thread) for key, piece in pieces.items()}


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


def house_value(facts: Words, field: str) -> str:
    """Return what the dealership's record says in a field (`phone`, `address`, `hours.sat`); empty where nothing."""
    name, _, day = field.partition(".")
    value = facts.get(name)
    if name == "hours":
        return _hours_value(value or {}, day, (facts["address"] or {}).get("country"))
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values() if part)
    return value if isinstance(value, str) else ""


def _hours_value(hours: Words, day: str, country: str | None) -> str:
    if day not in DAYS or day not in hours:
        return ""
    twelve = (country or "US") in TWELVE_HOUR_COUNTRIES
    ranges = [f"{clock_text(begin, twelve)} to {clock_text(end, twelve)}" for begin, end in hours[day]]
    return f"{DAYS[day]} {' and '.join(ranges) or 'closed'}"


async def _house_words(uow: UnitOfWork, piece: EvidenceView) -> Words:
    facts = await dealership.read(uow)
    if piece.source is EvidenceSource.DEALERSHIP:
        return {
            "label": facts.name,
            "note": "dealership",
            "quote": house_value(facts.model_dump(mode="json"), piece.field or ""),
        }
    policy = next((one for one in facts.policies if one.topic in (piece.field, piece.id)), None)
    return {"label": f"Policy: {policy.topic}", "quote": policy.text} if policy else {"label": "Policy"}
