"""Leads from providers: an ADF document becomes one conversation, however often it is delivered."""

import asyncio
from typing import Any
from zoneinfo import ZoneInfo

import pydantic

from api.core.errors import ValidationError
from api.services import adf, conversations
from api.services.unit_of_work import UnitOfWork
from models.conversations import Conversation, ConversationInput, ConversationSource, ConversationView, FirstMessage
from models.customers import CustomerInput
from models.users import Permission


async def receive_adf(uow: UnitOfWork, document: bytes) -> tuple[ConversationView, bool]:
    """Open a conversation for a lead; a document that was delivered before finds the one that it made.

    Deliveries of one lead wait for each other, so ten at once make one conversation and one customer.

    Args:
        uow: The open unit of work.
        document: ADF/XML 1.0, in the encoding that its declaration names.

    Returns:
        The conversation, and whether this delivery made it.

    Raises:
        ForbiddenError: `forbidden`, `insufficient_scope`.
        ValidationError: The document is malformed; the message names the place.

    Source: contract, section 3 (`/leads/adf`); ADF 1.0.
    """
    require_sender(uow)
    lead = await _parsed(uow, document)
    known = await uow.conversations.by_lead(lead.fingerprint)
    if known is not None:
        return await conversations.view(uow, known), False
    made = await _opened(uow, lead)
    await uow.audit("lead:receive", f"conversation:{made.id}", after={"ids": lead.metadata.get("ids", [])})
    return await conversations.view(uow, made), True


def require_sender(uow: UnitOfWork) -> None:
    """Let pass who may send leads: staff, and keys that may write as customers.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    uow.actor.require(Permission.POST_LEADS, Permission.WRITE_AS_CUSTOMER)


async def _parsed(uow: UnitOfWork, document: bytes) -> adf.Lead:
    dealer = await uow.dealership.current()
    region = dealer.address.get("country") if dealer else None
    zone = ZoneInfo(dealer.timezone if dealer else "UTC")
    try:
        return await asyncio.to_thread(adf.parse, document, region, zone)
    except adf.AdfError as error:
        raise ValidationError.at("body", str(error), "malformed_adf") from None


async def _opened(uow: UnitOfWork, lead: adf.Lead) -> Conversation:
    metadata = lead.metadata | {"vehicles": await _with_inventory_ids(uow, lead.metadata.get("vehicles", []))}
    person = lead.customer
    try:
        wanted = ConversationInput(
            customer=CustomerInput(
                name=person.name, email=person.email, phone=person.phone, external_id=person.external_id
            ),
            subject=lead.subject,
            source=ConversationSource.API,
            message=FirstMessage(content=lead.message_text),
            metadata=metadata,
        )
    except pydantic.ValidationError as error:
        raise ValidationError.at("body", _complaint(error), "malformed_adf") from None
    return await conversations.open_conversation(uow, wanted, lead_fingerprint=lead.fingerprint)


def _complaint(error: pydantic.ValidationError) -> str:
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return f"the {' '.join(map(str, fault['loc']))} {fault['msg'].removeprefix('Value error, ')}"


async def _with_inventory_ids(uow: UnitOfWork, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add `inventory_id` to each wanted vehicle whose stock number or VIN is in the inventory."""
    stock_keys = [each["stock"].lower() for each in wanted if each.get("stock")]
    vins = [each["vin"].upper() for each in wanted if each.get("vin")]
    rows = await uow.vehicles.by_numbers(stock_keys, vins)
    by_key = {row.vin: row for row in rows if row.vin} | {row.stock_number.lower(): row for row in rows}
    return [each | _inventory_id(each, by_key) for each in wanted]


def _inventory_id(told: dict[str, Any], by_key: dict[str, Any]) -> dict[str, str]:
    row = by_key.get(told.get("stock", "").lower()) or by_key.get(told.get("vin", "").upper())
    return {"inventory_id": str(row.id)} if row else {}
