"""The development cases and one verification of each."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.services.grounding.evidence import EvidencePack, ThreadMessage
from api.services.grounding.verifier import verify
from models.claims import ClaimView, Verdict

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "grounding" / "dev-cases.json"
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
OPEN_VERDICTS = (Verdict.UNSUPPORTED, Verdict.UNCERTAIN)


@dataclass(frozen=True)
class Outcome:
    """A case, its claims and the milliseconds that one verification took."""

    case: dict[str, Any]
    claims: list[ClaimView]
    milliseconds: float

    @property
    def kind(self) -> str:
        """The claim kind that the case is about."""
        return self.case["category"].split("/")[0]

    @property
    def variant(self) -> str:
        """How the case is put."""
        return self.case["category"].split("/")[1]

    @property
    def held(self) -> bool:
        """Whether the case is to be held back."""
        return self.case["expect"] == "hold"

    def spans(self) -> list[tuple[int, int]]:
        """Return the ranges of the wrong words in the draft."""
        found = [(self.case["draft"].index(span), len(span)) for span in self.case["bad_spans"]]
        return [(start, start + length) for start, length in found]

    def hits(self, *verdicts: Verdict) -> list[bool]:
        """Tell for each wrong span whether a claim with one of the verdicts hits it."""
        claims = [claim for claim in self.claims if claim.verdict in verdicts]
        return [any(_hit(claim, span) for claim in claims) for span in self.spans()]

    def shows(self, verdict: Verdict) -> bool:
        """Tell whether any claim has the verdict."""
        return any(claim.verdict is verdict for claim in self.claims)

    def overlap(self) -> float:
        """Return the best intersection over union of an open claim and a wrong span."""
        claims = [claim for claim in self.claims if claim.verdict in OPEN_VERDICTS]
        return max((_union(claim, span) for claim in claims for span in self.spans()), default=0.0)


def _common(claim: ClaimView, span: tuple[int, int]) -> int:
    return max(0, min(claim.end, span[1]) - max(claim.start, span[0]))


def _hit(claim: ClaimView, span: tuple[int, int]) -> bool:
    return _common(claim, span) >= 0.5 * min(claim.end - claim.start, span[1] - span[0])


def _union(claim: ClaimView, span: tuple[int, int]) -> float:
    common = _common(claim, span)
    return common / (claim.end - claim.start + span[1] - span[0] - common)


def load_cases(path: Path = CASES) -> list[dict[str, Any]]:
    """Read a file of cases; an empty list where there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def pack_of(case: dict[str, Any]) -> EvidencePack:
    """Build the evidence pack of a case."""
    messages = tuple(
        ThreadMessage(f"message-{index}", message["sender"], message["content"])
        for index, message in enumerate(case["messages"])
    )
    return EvidencePack(case["dealership"], tuple(case["vehicles"]), messages, (), NOW)


def run(case: dict[str, Any]) -> Outcome:
    """Verify the draft of a case."""
    pack = pack_of(case)
    begin = time.perf_counter()
    claims = verify(case["draft"], pack)
    return Outcome(case, claims, (time.perf_counter() - begin) * 1000)


__all__ = ["CASES", "NOW", "OPEN_VERDICTS", "Outcome", "load_cases", "pack_of", "run"]
