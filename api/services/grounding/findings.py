"""What the checks hand back, and the sentences that tell staff why."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from api.services.grounding.library import Library
from api.services.grounding.reading import ReadClause, Reading
from api.services.grounding.subjects import Subject, SubjectFinder
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict


@dataclass(frozen=True)
class Finding:
    """A checked claim whose offsets count characters of the normalised text."""

    kind: ClaimKind
    start: int
    end: int
    verdict: Verdict
    reason: str
    evidence: EvidenceView | None = None


@dataclass(frozen=True)
class Scene:
    """One text under verification: its reading, whose values stand where, and the evidence."""

    reading: Reading
    finder: SubjectFinder
    library: Library

    def text(self, start: int, end: int) -> str:
        """Return the normalised text between two places."""
        return self.reading.normal.text[start:end]

    @cached_property
    def _sentences(self) -> dict[int, list[ReadClause]]:
        found: dict[int, list[ReadClause]] = {}
        for one in self.reading.clauses:
            found.setdefault(one.clause.sentence, []).append(one)
        return found

    def sentence(self, clause: ReadClause) -> list[ReadClause]:
        """Return the clauses of the sentence that a clause belongs to."""
        return list(self._sentences.get(clause.clause.sentence, ()))


_SIGNS = {"usd": "$", "cad": "C$", "eur": "€", "gbp": "£", "aud": "A$", "nzd": "NZ$"}


def money_text(amount: Decimal, currency: str) -> str:
    """Format an amount in units with its sign: "$28,400", "C$34,995", "€18,990.50"."""
    number = f"{amount:,.2f}" if amount != amount.to_integral_value() else f"{int(amount):,}"
    return f"{_SIGNS[currency]}{number}" if currency in _SIGNS else f"{number} {currency.upper()}"


def vehicle_title(library: Library, index: int) -> str:
    """Return year, make, model and trim of a vehicle of the pack."""
    vehicle = library.pack.vehicles[index]
    return " ".join(str(vehicle[name]) for name in ("year", "make", "model", "trim") if vehicle.get(name))


def subject_text(library: Library, subject: Subject) -> str:
    """Name a subject in a reason."""
    if not subject.indices:
        return "the dealership"
    return " and ".join(f"the {vehicle_title(library, index)}" for index in subject.indices)


NOBODY_SAYS = "No record, policy or message of your team says this."
_OTHERWISE = {
    EvidenceSource.MESSAGE: "Your team wrote otherwise in this thread.",
    EvidenceSource.VEHICLE: "The vehicle's record says otherwise.",
    EvidenceSource.DEALERSHIP: "The dealership's record says otherwise.",
    EvidenceSource.POLICY: "A policy says otherwise.",
    EvidenceSource.CANNED_RESPONSE: "A canned response says otherwise.",
}


def otherwise(evidence: EvidenceView | None) -> str:
    """Say which kind of source contradicts a claim; the screen shows the very source beside it."""
    return _OTHERWISE[evidence.source] if evidence else "A record or a policy says otherwise."


__all__ = ["NOBODY_SAYS", "Finding", "Scene", "money_text", "otherwise", "subject_text", "vehicle_title"]
