"""Does a vehicle fit what the customer can spend: "that's within your budget" against his own figure and the price."""

import re
from decimal import Decimal

from api.services.grounding.check_comparisons import value_of
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.quantities import Dimension, Quantity
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_LIMIT = (
    r"(?:(?:the|your) (?:[\w$€£,.]+ ){0,2}?(?:budget|price range)"
    r"|your (?:[\w$€£,.]+ )?(?:limit|max(?:imum)?|ceiling))\b"
)
_FITS = re.compile(
    rf"\b(?:(?:comfortably |well |right |just |easily |safely )*(?:within|under|below|inside|in)"
    rf"|fits?(?: \w+ly| right| well)?(?: into| in| within)?|meets?|matches) {_LIMIT}"
)
_EXCEEDS = re.compile(
    rf"\b(?:over|above|beyond|past|more than|higher than|outside(?: of)?|out of|exceeds?) {_LIMIT}|\bover budget\b"
)
_SOUGHT = re.compile(
    r"\b(?:find|look\w*|search\w*|show|see|something|anything|options?|others?|keep|stay|work|aim|try|help"
    r"|narrow|if|once"
    r"|what(?:'s| is)?|suggest\w*|send)\b"
)
_LEAST = Decimal(1000)
_CENTS = 100
_YEARS = 1950, 2050


def _spendable(scene: Scene) -> set[Decimal]:
    """Return the amounts, in units, that the customer wrote and that may be meant for a whole vehicle."""
    readings = [reading for _, reading in scene.library.customer_readings]
    amounts = (one for reading in readings for clause in reading.clauses for one in clause.quantities)
    money = {one.value for one in amounts if one.dimension is Dimension.MONEY or _bare_sum(one)}
    listed = {price / _CENTS for one in scene.library.pack.vehicles if (price := value_of(one, "price"))}
    return {one for one in money if one >= _LEAST and (one not in listed or len(money) == 1)}


def _bare_sum(one: Quantity) -> bool:
    """Tell whether a number without a unit may be money rather than a year."""
    return one.dimension is Dimension.BARE and not _YEARS[0] <= one.value <= _YEARS[1]


def _finding(scene: Scene, index: int, match: re.Match[str], exceeds: bool) -> Finding:
    clause = scene.reading.clauses[index]
    start, end = clause.clause.start + match.start(), clause.clause.start + match.end()
    subject = scene.finder.at(index, start, end)
    vehicles = scene.library.pack.vehicles
    price = value_of(vehicles[subject.indices[0]], "price") if len(subject.indices) == 1 else None
    limits = _spendable(scene)
    if price is None or len(limits) != 1:
        reason = "The customer's budget or the price is not known."
        return Finding(ClaimKind.PRICE, start, end, Verdict.UNCERTAIN, reason)
    limit = limits.pop()
    denied = sum(1 for one in clause.clause.negators if one < end) % 2 == 1
    right = (price / _CENTS > limit) == (exceeds != denied)
    view = EvidenceView(
        source=EvidenceSource.VEHICLE, id=str(vehicles[subject.indices[0]].get("id", subject.indices[0])), field="price"
    )
    reason = f"The listed price is {'more than' if price / _CENTS > limit else 'within'} what the customer named."
    return Finding(ClaimKind.PRICE, start, end, Verdict.SUPPORTED if right else Verdict.UNSUPPORTED, reason, view)


def check_budget(scene: Scene) -> list[Finding]:
    """Check what a text says of a vehicle's price beside the customer's budget; looking for one claims nothing."""
    found = []
    for index, clause in enumerate(scene.reading.clauses):
        text = clause.clause.text
        for pattern, exceeds in ((_FITS, False), (_EXCEEDS, True)):
            match = None if clause.clause.act in (Act.ASKS, Act.HEDGES) else pattern.search(text)
            if match and not _SOUGHT.search(text, 0, match.start()):
                found.append(_finding(scene, index, match, exceeds))
    return found


__all__ = ["check_budget"]
