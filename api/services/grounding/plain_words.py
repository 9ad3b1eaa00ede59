"""A flagged claim in one plain sentence, and what can be asked or said in its place."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from api.services.grounding.check_hours import CLOSED, DAY_KEYS, DAY_NAMES
from api.services.grounding.evidence import EvidencePack
from api.services.grounding.slots import slot_catalogue
from models.claims import ClaimKind, ClaimView, EvidenceSource, EvidenceView, Verdict

_LABEL = {
    ClaimKind.PRICE: "Price",
    ClaimKind.MILEAGE: "Mileage",
    ClaimKind.VIN: "VIN",
    ClaimKind.STOCK_NUMBER: "Stock number",
    ClaimKind.RATE: "Rate",
    ClaimKind.TERM: "Term",
    ClaimKind.FEE_OR_TOTAL: "Amount",
    ClaimKind.DISCOUNT: "Discount",
    ClaimKind.MONTHLY_PAYMENT: "Monthly payment",
    ClaimKind.DOWN_PAYMENT: "Down payment",
    ClaimKind.TRADE_IN_VALUE: "Trade-in value",
}
_NOBODY = {
    ClaimKind.PRICE: "No record, policy or colleague gives the price {text}.",
    ClaimKind.MONTHLY_PAYMENT: "Nobody worked out a monthly payment in this thread.",
    ClaimKind.DOWN_PAYMENT: "Nobody named a down payment in this thread.",
    ClaimKind.DISCOUNT: "Nobody offered a discount in this thread.",
    ClaimKind.RATE: "No policy or colleague gives the rate {text}.",
    ClaimKind.TERM: "No policy or colleague gives the term {text}.",
    ClaimKind.TRADE_IN_VALUE: "Nobody valued a trade-in in this thread.",
    ClaimKind.FEE_OR_TOTAL: "No record, policy or colleague gives the amount {text}.",
    ClaimKind.MILEAGE: "No record gives the mileage {text}.",
    ClaimKind.DATE: "No record, policy or colleague names {text}.",
    ClaimKind.APPOINTMENT: "Nobody of your team has set this appointment.",
    ClaimKind.VEHICLE: "{text} is not in inventory.",
    ClaimKind.CREDIT_APPROVAL: "Nobody has approved credit in this thread.",
    ClaimKind.COMMITMENT: "No policy and no colleague has promised this.",
    ClaimKind.ASSENT: "This agrees to what the customer proposed, and nobody has agreed to it.",
    ClaimKind.CONTACT: "{text} is in no record of the dealership.",
}
_SAYS = {
    EvidenceSource.POLICY: "what the policy says",
    EvidenceSource.MESSAGE: "what your team wrote in this thread",
    EvidenceSource.CANNED_RESPONSE: "what the canned response says",
}
_ASK = {  # what the customer himself knows
    ClaimKind.APPOINTMENT: "What day and time would suit you?",
    ClaimKind.DOWN_PAYMENT: "How much would you like to put down?",
    ClaimKind.MONTHLY_PAYMENT: "What monthly payment do you have in mind?",
    ClaimKind.TERM: "How long would you like the loan to run?",
    ClaimKind.TRADE_IN_VALUE: "Could you tell me about the vehicle that you would trade in?",
    ClaimKind.VEHICLE: "Which vehicle do you have in mind?",
}
_FIND_OUT = {  # what only the dealership can know
    ClaimKind.PRICE: "I'll find out the exact price for you.",
    ClaimKind.DISCOUNT: "I'll ask our team whether a discount is possible.",
    ClaimKind.RATE: "I'll ask our finance team what the rate would be.",
    ClaimKind.FEE_OR_TOTAL: "I'll find out what the total would be.",
    ClaimKind.MILEAGE: "I'll check the mileage for you.",
    ClaimKind.QUANTITY: "I'll check how many we have.",
    ClaimKind.DATE: "I'll find out when that would be.",
    ClaimKind.TIME_OR_HOURS: "I'll check our opening hours for you.",
    ClaimKind.VIN: "I'll look up the VIN for you.",
    ClaimKind.STOCK_NUMBER: "I'll look up the stock number for you.",
    ClaimKind.AVAILABILITY: "I'll check whether it is still available.",
    ClaimKind.CREDIT_APPROVAL: "I'll ask our finance team about the credit.",
    ClaimKind.COMMITMENT: "I'll ask whether that is included.",
    ClaimKind.ASSENT: "I'll ask my colleagues whether that works.",
    ClaimKind.CONTACT: "I'll find out the best way to reach us.",
    ClaimKind.HISTORY_OR_CONDITION: "I'll find out about its history for you.",
    ClaimKind.WARRANTY_OR_SERVICE: "I'll find out what warranty comes with it.",
    ClaimKind.PERSON: "I'll find out who the right person to speak to is.",
}
_FIND_ANYTHING = "I'll find out for you."
_AGES = ((60, 60, "min"), (24 * 60, 3600, "h"))


def question(claim: ClaimView) -> str | None:
    """Return what can be asked in place of the claim's sentence; it states nothing, so it needs no source.

    None where the customer cannot have the answer: nobody asks him about the dealership's own prices and hours.
    """
    return None if _recorded(claim) else _ASK.get(claim.kind)


def finding_out(claim: ClaimView) -> str | None:
    """Return what can be said in the sentence's place where only the dealership can know; it promises no fact.

    None where the customer can be asked, or where the dealership's own record has the answer.
    """
    return None if _recorded(claim) or claim.kind in _ASK else _FIND_OUT.get(claim.kind, _FIND_ANYTHING)


def _recorded(claim: ClaimView) -> bool:
    return claim.evidence is not None and claim.evidence.source is EvidenceSource.DEALERSHIP


def restated(claim: ClaimView, pack: EvidencePack) -> str | None:
    """Return the dealership's record as a sentence for the customer, in place of a red claim's; None without one."""
    if claim.verdict is not Verdict.UNSUPPORTED or (known := _hours(claim, pack)) is None:
        return None
    day, hours = known
    return f"We are closed on {day}s." if hours == CLOSED else f"On {day}s we are open from {hours}."


def _hours(claim: ClaimView, pack: EvidencePack) -> tuple[str, str] | None:
    """Return the weekday that the record contradicts and its hours in words."""
    field = (claim.evidence.field if claim.evidence else None) or ""
    key = field.removeprefix("hours.")
    if claim.kind is not ClaimKind.TIME_OR_HOURS or key not in DAY_KEYS:
        return None
    hours = slot_catalogue(pack).get(f"dealer.{field}")
    return (DAY_NAMES[DAY_KEYS.index(key)], hours) if hours else None


def sentence(claim: ClaimView, pack: EvidencePack, value: str | None) -> str:
    """Say in one plain sentence what is wrong with a claim.

    Args:
        claim: A red or amber claim.
        pack: What it was checked against.
        value: The record's value that would put it right, where there is one.
    """
    evidence = claim.evidence
    if claim.verdict is Verdict.UNCERTAIN:
        return claim.reason
    if evidence is None:
        return _NOBODY.get(claim.kind, claim.reason).format(text=claim.text)
    if value is not None:
        return _against(claim, evidence, pack, value)
    if (known := _hours(claim, pack)) is not None:
        day, hours = known
        return f"The dealership is closed on {day}s." if hours == CLOSED else f"The hours on {day}s are {hours}."
    if claim.kind is ClaimKind.AVAILABILITY and evidence.source is EvidenceSource.VEHICLE:
        return _status(claim, evidence, pack)
    return claim.reason


def _against(claim: ClaimView, evidence: EvidenceView, pack: EvidencePack, value: str) -> str:
    what = f"{_LABEL[claim.kind]} {claim.text}" if claim.kind in _LABEL else f"“{claim.text}”"
    if evidence.source is EvidenceSource.VEHICLE and claim.kind not in _LABEL:
        confirmed = _confirmed(evidence, pack)
        return f"The record{confirmed}{',' if confirmed else ''} says {value}, not {what}."
    if evidence.source is EvidenceSource.VEHICLE:
        return f"{what} is not in inventory (record: {value}{_confirmed(evidence, pack)})."
    if evidence.source is EvidenceSource.DEALERSHIP:
        field = (evidence.field or "record").replace("_", " ")
        return f"{what} is not the dealership's {field} (record: {value})."
    return f"{what} is not {_SAYS[evidence.source]} ({value})."


def _status(claim: ClaimView, evidence: EvidenceView, pack: EvidencePack) -> str:
    vehicle = _vehicle(evidence, pack)
    if vehicle is None or not vehicle.get("status"):
        return claim.reason
    name = " ".join(str(vehicle[key]) for key in ("year", "make", "model", "trim") if vehicle.get(key))
    return f"The {name} is {vehicle['status']} in inventory{_confirmed(evidence, pack)}."


def _vehicle(evidence: EvidenceView, pack: EvidencePack) -> Mapping[str, Any] | None:
    named = ((str(vehicle.get("id", number)), vehicle) for number, vehicle in enumerate(pack.vehicles))
    return next((vehicle for key, vehicle in named if key == evidence.id), None)


def _confirmed(evidence: EvidenceView, pack: EvidencePack) -> str:
    at = (_vehicle(evidence, pack) or {}).get("confirmed_at")
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f", confirmed {age(pack.now - moment)}" if moment is not None else ""


def age(passed: timedelta) -> str:
    """Return how long ago something was: "just now", "14 min ago", "3 h ago", "1 day ago", "5 days ago"."""
    seconds = max(0, int(passed.total_seconds()))
    if seconds < 60:
        return "just now"
    for minutes, unit, name in _AGES:
        if seconds < minutes * 60:
            return f"{seconds // unit} {name} ago"
    days = seconds // 86_400
    return f"{days} day{'' if days == 1 else 's'} ago"


__all__ = ["age", "finding_out", "question", "restated", "sentence"]
