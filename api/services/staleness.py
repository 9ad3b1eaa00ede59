"""Why a draft no longer fits: who wrote since, and which of the records that it rests on changed."""

from datetime import datetime
from uuid import UUID

from api.services.unit_of_work import UnitOfWork
from models.messages import Sender
from models.remedies import StaleReason
from models.suggestions import Suggestion
from models.users import Permission
from models.vehicles import Vehicle, VehicleStatus

_LATEST = 20
_QUOTE = 280
_A_VEHICLE = "A vehicle that this draft names is no longer listed"


async def why(uow: UnitOfWork, message_id: UUID) -> list[StaleReason]:
    """Return what happened since the draft was written that it does not know of, newest first.

    Raises:
        ForbiddenError: `forbidden`.
        NotFoundError: `not_found`: no such AI message.

    Source: ux 1.2 (stale), ai-drafts section 4.
    """
    uow.actor.require(Permission.REPLY)
    suggestion = await uow.suggestions.require(message_id)
    found = [*await _said(uow, suggestion), *await _vehicles(uow, suggestion), *await _house(uow, suggestion)]
    return sorted(found, key=lambda reason: reason.at, reverse=True)


async def _said(uow: UnitOfWork, suggestion: Suggestion) -> list[StaleReason]:
    later = await uow.messages.thread(suggestion.conversation_id, _LATEST)
    reasons = []
    for message in later:
        if message.ordered_at <= suggestion.based_on_at:
            continue
        author = await uow.users.get(message.author_id) if message.author_id else None
        words = "The customer wrote again"
        if message.sender != Sender.CUSTOMER:
            words = f"{author.display_name if author else 'A colleague'} replied"
        reasons.append(StaleReason(words=words, at=message.ordered_at, quote=message.content[:_QUOTE]))
    return reasons


async def _vehicles(uow: UnitOfWork, suggestion: Suggestion) -> list[StaleReason]:
    reasons = []
    for record, version in suggestion.cited.get("vehicle", {}).items():
        row = await uow.vehicles.get(UUID(record))
        if row is None:
            reasons.append(StaleReason(words=_A_VEHICLE, at=uow.now))
        elif row.updated_at > datetime.fromisoformat(version):
            reasons.append(StaleReason(words=_vehicle_words(row), at=row.updated_at))
    return reasons


def _vehicle_words(row: Vehicle) -> str:
    name = " ".join(str(part) for part in (row.year, row.make, row.model, row.trim) if part)
    if row.status != VehicleStatus.AVAILABLE:
        return f"The {name} is {row.status} now"
    return f"The record of the {name} changed"


async def _house(uow: UnitOfWork, suggestion: Suggestion) -> list[StaleReason]:
    reasons = []
    facts = await uow.dealership.current()
    for version in suggestion.cited.get("dealership", {}).values():
        if facts is not None and facts.updated_at > datetime.fromisoformat(version):
            reasons.append(StaleReason(words="The dealership's facts or policies changed", at=facts.updated_at))
    for record, version in suggestion.cited.get("canned_response", {}).items():
        row = await uow.canned.get(UUID(record))
        if row is None or row.updated_at > datetime.fromisoformat(version):
            at = row.updated_at if row is not None else uow.now
            reasons.append(StaleReason(words="A canned response that this draft rests on changed", at=at))
    return reasons
