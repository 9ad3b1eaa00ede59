"""The customer of a lead, and how he can be reached."""

from collections.abc import Iterator

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from api.core.phones import to_e164
from api.services.adf.document import AdfError, Node
from api.services.adf.lead import LeadContact, LeadPhone, address, full_name, ids, timeframe
from models.codes import COUNTRIES


def customer(prospect: Node, region: str | None) -> LeadContact:
    """Read the customer.

    A number without a country code is of the country of his address, else of his other numbers, else of
    `region` (the dealership's), else of the vendor, as the document tells it.

    Raises:
        AdfError: No name, or nothing to reach him by.
    """
    node = prospect.need("customer")
    contact = _primary(node)
    phones = _phones(contact, _regions(prospect, contact, region))
    emails = _emails(contact)
    voice = [phone for phone in phones if phone.kind != "fax" and phone.e164]
    voice.sort(key=lambda phone: not phone.preferred)
    if not emails and not voice:
        raise AdfError(f"{contact.path}: needs an e-mail address or a possible phone number")
    told = [f"{source}:{text}" if source else text for source, text in ids(node)]
    return LeadContact(
        name=full_name(contact),
        emails=emails,
        phones=phones,
        email=emails[0] if emails else None,
        phone=voice[0].e164 if voice else None,
        preferred=_preferred(contact),
        address=address(contact),
        external_id=told[0][:200] if told and ids(node)[0][0] else None,
        timeframe=timeframe(node),
    )


def _primary(node: Node) -> Node:
    node.need("contact")
    contacts = node.all("contact")
    return next((each for each in contacts if each.attribute("primarycontact") == "1"), contacts[0])


def _emails(contact: Node) -> list[str]:
    """Return the well-formed addresses, the preferred one first."""
    nodes = sorted(contact.all("email"), key=lambda node: not _is_preferred(node))
    found = (_email(node) for node in nodes)
    return list(dict.fromkeys(email for email in found if email))


def _email(node: Node) -> str | None:
    try:
        return validate_email(node.text() or "", check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _is_preferred(node: Node) -> bool:
    return node.attribute("preferredcontact") == "1"


def _preferred(contact: Node) -> str | None:
    marked = (name for name in ("email", "phone") for node in contact.all(name) if _is_preferred(node))
    return next(marked, None)


def _phones(contact: Node, regions: list[str]) -> list[LeadPhone]:
    return [
        LeadPhone(
            number=number,
            kind=(node.attribute("type") or "voice").lower(),
            e164=_first_possible(number, regions),
            time=node.attribute("time"),
            preferred=_is_preferred(node),
        )
        for node in contact.all("phone")
        if (number := node.text(one_line=True))
    ]


def _first_possible(number: str, regions: list[str]) -> str | None:
    for region in regions or [None]:
        try:
            return to_e164(number, region)
        except ValueError:
            continue
    return None


def _regions(prospect: Node, contact: Node, region: str | None) -> list[str]:
    """Return the regions to try, most telling first."""
    vendor = prospect.first("vendor")
    seller = (vendor.first("contact") or vendor) if vendor else None
    found = [
        address(contact).get("country", "").upper(),
        *_dialled_regions(contact),
        (region or "").upper(),
        address(seller).get("country", "").upper() if seller else "",
        *(_dialled_regions(seller) if seller else ()),
    ]
    return list(dict.fromkeys(code for code in found if code in COUNTRIES))


def _dialled_regions(contact: Node) -> Iterator[str]:
    for node in contact.all("phone"):
        try:
            parsed = phonenumbers.parse(node.text(one_line=True) or "", None)
        except phonenumbers.NumberParseException:
            continue
        yield phonenumbers.region_code_for_country_code(parsed.country_code or 0)
