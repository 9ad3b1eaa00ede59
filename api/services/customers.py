"""Customers: match or make, list, change, erase."""

from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.core.errors import ConflictError, ValidationError
from api.core.pagination import Page, PageRequest
from api.core.phones import to_e164
from api.services.spellings import however_spelt
from api.services.unit_of_work import UnitOfWork
from models.customers import Customer, CustomerInput, CustomerPatch, CustomerView
from models.users import Permission


async def find_or_make(uow: UnitOfWork, wanted: CustomerInput) -> Customer:
    """Return the customer that these particulars identify, with what was missing filled in; else a new one.

    Raises:
        ValidationError: A phone number that cannot be.
    """
    phone = await _phone(uow, wanted.phone, "body.customer.phone")
    email = str(wanted.email) if wanted.email else None
    customer = await uow.customers.match(wanted.external_id, email, phone)
    if customer is None:
        made = Customer(name=wanted.name, email=email, phone=phone, external_id=wanted.external_id)
        return await uow.customers.add(made)
    for name, value in (("email", email), ("phone", phone), ("external_id", wanted.external_id)):
        if value is not None and getattr(customer, name) is None:
            setattr(customer, name, value)
            customer.updated_at = uow.now
    return customer


async def _phone(uow: UnitOfWork, number: str | None, field: str) -> str | None:
    if number is None:
        return None
    facts = await uow.dealership.current()
    address = (facts.address if facts else None) or {}
    try:
        return to_e164(number, address.get("country"))
    except ValueError as error:
        raise ValidationError.at(field, str(error), "phone") from None


async def page(uow: UnitOfWork, request: PageRequest, q: str | None) -> Page[CustomerView]:
    """Return a page of customers whose name, e-mail or phone contains `q`."""
    uow.actor.require(Permission.REPLY)
    found = await uow.customers.search(request, q)
    return Page([CustomerView.model_validate(row) for row in found.rows], found.next_cursor, found.total)


async def read(uow: UnitOfWork, customer_id: UUID) -> CustomerView:
    """Return one customer.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.REPLY)
    return CustomerView.model_validate(await uow.customers.require(customer_id))


async def change(uow: UnitOfWork, customer_id: UUID, patch: CustomerPatch) -> CustomerView:
    """Change a customer's particulars; only what was sent counts.

    Raises:
        NotFoundError: `not_found`.
        ValidationError: A phone number that cannot be; a name taken away.
        ConflictError: `conflict`: another customer has this external id.
    """
    uow.actor.require(Permission.REPLY)
    customer = await uow.customers.lock(customer_id)
    wanted = patch.model_dump(exclude_unset=True)
    _refuse_nulls(wanted)
    if "phone" in wanted:
        wanted["phone"] = await _phone(uow, wanted["phone"], "body.phone")
    await uow.customers.one_at_a_time(wanted.get("external_id"))
    before = {name: getattr(customer, name) for name in wanted}
    for name, value in wanted.items():
        setattr(customer, name, value)
    customer.updated_at = uow.now
    try:
        await uow.session.flush()
    except IntegrityError:
        raise ConflictError("Another customer has this external id.") from None
    await uow.audit("customer:update", f"customer:{customer_id}", before, wanted)
    uow.announce("customer.updated", customer_id=customer_id)
    return CustomerView.model_validate(customer)


def _refuse_nulls(wanted: dict[str, Any]) -> None:
    for name in ("name", "do_not_contact"):
        if name in wanted and wanted[name] is None:
            raise ValidationError.at(f"body.{name}", "must not be null", "null")


async def erase(uow: UnitOfWork, customer_id: UUID) -> None:
    """Erase who the customer is and what he wrote; the conversations stay, without him.

    Raises:
        NotFoundError: `not_found`.
    """
    uow.actor.require(Permission.ERASE_CUSTOMERS)
    customer = await uow.customers.lock(customer_id)
    names = _names(customer)
    customer.name = "Erased customer"
    customer.email = customer.phone = customer.external_id = customer.language = None
    customer.do_not_contact = True
    customer.erased_at = customer.updated_at = uow.now
    await uow.messages.anonymise(customer_id, names)
    await uow.suggestions.anonymise(customer_id)
    conversations = await uow.conversations.anonymise(customer_id)
    await uow.notifications.anonymise(conversations)
    await uow.unsent.drop_all(conversations)
    also = [f"conversation:{conversation_id}" for conversation_id in conversations]
    await uow.audit_erasure("customer:erase", f"customer:{customer_id}", also)


def _names(customer: Customer) -> str:
    """Return the regular expression of what names the customer in other people's messages, however it is spelt."""
    words = [word for word in customer.name.split() if len(word) > 2]
    told = [*words, str(customer.id), *filter(None, (customer.email, customer.phone, customer.external_id))]
    choices = "|".join(however_spelt(text) for text in told)
    return rf"(?<!\w)({choices})(?!\w)"
