"""What the verdicts mean for a draft, and the record's value that would mend a red claim."""

import re
from collections.abc import Iterable
from decimal import Decimal

from api.services.grounding.evidence import EvidencePack
from api.services.grounding.findings import money_text
from api.services.grounding.library import Fact, Library
from api.services.grounding.quantities import Quantity, find_quantities
from api.services.grounding.quantity_text import quantity_text
from api.services.grounding.slots import slot_catalogue
from api.services.grounding.units import Dimension
from models.claims import ClaimKind, ClaimView, EvidenceSource, Verdict

FAR = 5  # times as much or as little is another thing, not a slip
_KIND_OF_FIELD = {
    "price": ClaimKind.PRICE,
    "mileage": ClaimKind.MILEAGE,
    "vin": ClaimKind.VIN,
    "stock_number": ClaimKind.STOCK_NUMBER,
    "exterior_color": ClaimKind.FEATURE_OR_COLOUR,
    "interior_color": ClaimKind.FEATURE_OR_COLOUR,
    "transmission": ClaimKind.FEATURE_OR_COLOUR,
    "drivetrain": ClaimKind.FEATURE_OR_COLOUR,
    "fuel": ClaimKind.FEATURE_OR_COLOUR,
    "body_style": ClaimKind.FEATURE_OR_COLOUR,
    "year": ClaimKind.VEHICLE,
    "trim": ClaimKind.VEHICLE,
    "doors": ClaimKind.QUANTITY,
    "seats": ClaimKind.QUANTITY,
}


def has_unsupported(claims: Iterable[ClaimView]) -> bool:
    """Tell whether any claim is red, so that sending needs an edit or an acknowledgement."""
    return any(claim.verdict is Verdict.UNSUPPORTED for claim in claims)


def needs_review(claims: Iterable[ClaimView]) -> bool:
    """Tell whether any claim is red or amber."""
    return any(claim.verdict is not Verdict.SUPPORTED for claim in claims)


def mend(claim: ClaimView, pack: EvidencePack) -> str | None:
    """Return the evidence's value, formatted, that would put a red claim right; None where there is none.

    The value replaces the claim's text from `start` to `end`.
    """
    evidence = claim.evidence
    if claim.verdict is not Verdict.UNSUPPORTED or evidence is None:
        return None
    if evidence.source is EvidenceSource.VEHICLE and evidence.field:
        return _vehicle_value(claim, pack, evidence.id, evidence.field)
    if evidence.source is EvidenceSource.DEALERSHIP and evidence.field:
        return _dealer_value(claim, pack, evidence.field)
    return _fact_value(claim, pack)


def _vehicle_value(claim: ClaimView, pack: EvidencePack, vehicle_id: str, field: str) -> str | None:
    for number, vehicle in enumerate(pack.vehicles, 1):
        if str(vehicle.get("id", number - 1)) == vehicle_id and _KIND_OF_FIELD.get(field) is claim.kind:
            if field == "price" and vehicle.get("price"):
                return money_text(Decimal(vehicle["price"]["amount"]) / 100, vehicle["price"]["currency"].lower())
            value = slot_catalogue(pack).get(f"v{number}.{field}")
            return _counted(claim.text, value) if claim.kind is ClaimKind.QUANTITY and value else value
    return None


def _counted(text: str, value: str) -> str | None:
    """Put the record's count into the words around the wrong one: "seats 7" becomes "seats 8"."""
    said = find_quantities(text.lower(), dots_group=False)
    if len(said) != 1:
        return None
    start, end = said[0].core
    return text[:start] + value + text[end:]


def _dealer_value(claim: ClaimView, pack: EvidencePack, field: str) -> str | None:
    if claim.kind is not ClaimKind.CONTACT:
        return None
    address = (pack.dealership or {}).get("address") or {}
    if field == "address":
        return str(address.get(_part_of_address(claim.text)) or "") or None
    return slot_catalogue(pack).get(f"dealer.{field}")


def _part_of_address(text: str) -> str:
    if not re.search(r"\d", text):
        return "city"
    return "postal_code" if re.fullmatch(r"\w{2,4}[ -]?\w{3,4}|\d{4,5}", text) else "street"


def _fact_value(claim: ClaimView, pack: EvidencePack) -> str | None:
    """Return the number of a policy or message of staff that the claim's can be a slip for, if it holds one."""
    library = Library(pack)
    said = find_quantities(claim.text.lower(), dots_group=False)
    near = [fact for fact in library.facts if fact.evidence == claim.evidence and _may_be_meant(fact, said)]
    candidates = [quantity_text(fact.quantity, library.locale.currency) for fact in near]
    named = [value for value in dict.fromkeys(candidates) if value in claim.reason]
    return named[0] if named else None


def _may_be_meant(fact: Fact, said: tuple[Quantity, ...]) -> bool:
    """Tell whether a number written can be a slip for the fact's; neither $2 nor "yes" is one for $17,999."""
    worth = fact.quantity.value
    alike = [one.value for one in said if one.dimension in (fact.quantity.dimension, Dimension.BARE)]
    return any(worth <= FAR * value and value <= FAR * worth for value in alike)


__all__ = ["has_unsupported", "mend", "needs_review"]
