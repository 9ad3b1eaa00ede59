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
            return slot_catalogue(pack).get(f"v{number}.{field}")
    return None


def _dealer_value(claim: ClaimView, pack: EvidencePack, field: str) -> str | None:
    if claim.kind is not ClaimKind.CONTACT:
        return None
    address = (pack.dealership or {}).get("address") or {}
    if field == "address":
        postal = str(address.get("postal_code") or "")
        looks_postal = re.fullmatch(r"\w{3}\s?\w{3}|\d{5}", claim.text) is not None
        return (postal if looks_postal else str(address.get("street") or "")) or None
    return slot_catalogue(pack).get(f"dealer.{field}")


def _fact_value(claim: ClaimView, pack: EvidencePack) -> str | None:
    """Return the number of a policy or message of staff, if the evidence holds one of the claim's kind."""
    if claim.evidence is None or (not re.search(r"\d", claim.text) and not claim.reason.endswith(".")):
        return None
    library = Library(pack)
    said = find_quantities(claim.text.lower(), dots_group=False)
    near = [fact for fact in library.facts if fact.evidence == claim.evidence and _may_be_meant(fact, said)]
    candidates = [quantity_text(fact.quantity, library.locale.currency) for fact in near]
    named = [value for value in dict.fromkeys(candidates) if value in claim.reason]
    return named[0] if named else None


def _may_be_meant(fact: Fact, said: tuple[Quantity, ...]) -> bool:
    """Tell whether a number written can be a slip for the fact's; $2 is none for $17,999."""
    worth = fact.quantity.value
    alike = [one.value for one in said if one.dimension is fact.quantity.dimension]
    return not alike or any(worth <= FAR * value and value <= FAR * worth for value in alike)


__all__ = ["has_unsupported", "mend", "needs_review"]
