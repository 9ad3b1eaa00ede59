"""Gather the evidence pack of a conversation from the database, never from the caller (ai-drafts, section 1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from api.services import dealership, vehicles
from api.services.grounding.evidence import CannedText, EvidencePack, ThreadMessage
from api.services.unit_of_work import UnitOfWork
from models.base import rfc3339
from models.claims import ClaimView, EvidenceSource
from models.conversations import Conversation
from models.messages import Message, Sender

THREAD_LENGTH = 60
VEHICLES_AT_MOST = 6
Cited = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Gathered:
    """A pack, and what tells later whether it still holds."""

    pack: EvidencePack
    read_up_to: datetime
    newest_sender: str | None
    versions: Cited

    def cited(self, claims: Iterable[ClaimView]) -> Cited:
        """Return the records that the claims rest on, each with the time of the version that was read."""
        found: Cited = {}
        for claim in claims:
            if claim.evidence is None:
                continue
            kind, record = _record(claim.evidence.source, claim.evidence.id, self.versions)
            version = self.versions.get(kind, {}).get(record)
            if version is not None:
                found.setdefault(kind, {})[record] = version
        return found


def _record(source: EvidenceSource, record: str, versions: Cited) -> tuple[str, str]:
    """A policy is part of the dealership's one row, whatever id its evidence has."""
    if source in {EvidenceSource.DEALERSHIP, EvidenceSource.POLICY}:
        return "dealership", next(iter(versions.get("dealership", {})), "")
    return source.value, record


async def gather(uow: UnitOfWork, conversation: Conversation) -> Gathered:
    """Read the thread, the vehicles it is about, the dealership's facts and the approved canned responses.

    Private notes and undecided drafts stay out, so that nothing a customer must not read gets into a prompt.
    """
    messages = await uow.messages.thread(conversation.id, THREAD_LENGTH)
    texts = [_wanted(conversation), conversation.subject, *(message.content for message in messages)]
    about = await vehicles.about(uow, texts, VEHICLES_AT_MOST)
    told = await dealership.facts(uow)
    canned = await uow.canned.every(approved_only=True)
    pack = EvidencePack(
        dealership=told,
        vehicles=tuple(about),
        messages=tuple(_told(message) for message in messages),
        canned=tuple(CannedText(str(row.id), row.title, row.content) for row in canned),
        now=uow.now,
    )
    versions: Cited = {
        "vehicle": {vehicle["id"]: vehicle["updated_at"] for vehicle in about},
        "canned_response": {str(row.id): rfc3339(row.updated_at) for row in canned},
    }
    if told is not None:
        versions["dealership"] = {told["id"]: told["updated_at"]}
    newest = messages[-1] if messages else None
    read_up_to = newest.ordered_at if newest else conversation.created_at
    return Gathered(pack, read_up_to, newest.sender if newest else None, versions)


def _wanted(conversation: Conversation) -> str:
    """Return the stock numbers and VINs that a lead names for the vehicles it asks for."""
    asked = conversation.details.get("vehicles", [])
    found = [vehicle for vehicle in asked if isinstance(vehicle, dict)] if isinstance(asked, list) else []
    numbers = [vehicle.get(name) for vehicle in found for name in ("stock", "stock_number", "vin")]
    return " ".join(str(number) for number in numbers if number)


def _told(message: Message) -> ThreadMessage:
    sender = "customer" if message.sender == Sender.CUSTOMER else "staff"
    spans = tuple((start, end) for start, end in message.unsupported_spans or [])
    return ThreadMessage(str(message.id), sender, message.content, message.sent_at, spans)
