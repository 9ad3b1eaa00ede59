"""The sets of cases and one verification of each.

Three sets: the development cases beside the project, and two parts of the project's own, `tuning` to work on and
`figures` that is looked at only as figures, so that one part stays text that the verifier was not tuned on.
"""

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
WRITTEN = Path(__file__).resolve().parent / "written"
KINDRED = Path(__file__).resolve().parent / "kindred"
HALVES = ("tuning", "figures")
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
OPEN_VERDICTS = (Verdict.UNSUPPORTED, Verdict.UNCERTAIN)

Case = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """A case, its claims and the milliseconds that one verification took."""

    case: Case
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

    @property
    def wrong(self) -> bool:
        """Whether the verdicts miss what is due, or flag a clear case."""
        if not self.held:
            return self.shows(Verdict.UNSUPPORTED) or self.shows(Verdict.UNCERTAIN)
        due = (Verdict.UNSUPPORTED,) if self.case["hard"] else OPEN_VERDICTS
        return not any(self.hits(*due))

    def spans(self) -> list[tuple[int, int]]:
        """Return the ranges of the wrong words in the draft."""
        found = [(self.case["draft"].index(span), len(span)) for span in self.case["bad_spans"]]
        return [(start, start + length) for start, length in found]

    def hits(self, *verdicts: Verdict) -> list[bool]:
        """Tell for each wrong span whether a claim with one of the verdicts hits it."""
        claims = [claim for claim in self.claims if claim.verdict in verdicts]
        return [any(hit(claim, span) for claim in claims) for span in self.spans()]

    def shows(self, verdict: Verdict) -> bool:
        """Tell whether any claim has the verdict."""
        return any(claim.verdict is verdict for claim in self.claims)

    def overlap(self) -> float:
        """Return the best intersection over union of an open claim and a wrong span."""
        claims = [claim for claim in self.claims if claim.verdict in OPEN_VERDICTS]
        return max((_union(claim, span) for claim in claims for span in self.spans()), default=0.0)


def _common(claim: ClaimView, span: tuple[int, int]) -> int:
    return max(0, min(claim.end, span[1]) - max(claim.start, span[0]))


def hit(claim: ClaimView, span: tuple[int, int]) -> bool:
    """Tell whether a claim and a span share at least half of the shorter of the two, in code points."""
    return _common(claim, span) >= 0.5 * min(claim.end - claim.start, span[1] - span[0])


def _union(claim: ClaimView, span: tuple[int, int]) -> float:
    common = _common(claim, span)
    return common / (claim.end - claim.start + span[1] - span[0] - common)


def load_cases(path: Path = CASES) -> list[Case]:
    """Read a file of cases; an empty list where there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def load_written(half: str) -> list[Case]:
    """Read one part of the project's own cases, in the shape of the development cases.

    `scenarios.json` holds dealership, vehicles and messages by name; a case names its scenario and may add messages.
    """
    scenarios = json.loads((WRITTEN / "scenarios.json").read_text(encoding="utf-8"))
    files = sorted((WRITTEN / half).glob("*.json"))
    return [_whole(case, scenarios) for path in files for case in json.loads(path.read_text(encoding="utf-8"))]


def _whole(case: Case, scenarios: dict[str, Any]) -> Case:
    scenario = scenarios[case["scenario"]]
    return {**scenario, **case, "messages": [*scenario["messages"], *case.get("messages", ())]}


def load_kindred(half: str) -> list[Case]:
    """Read own cases about the development cases' houses; `like` names the one whose dealership and vehicles they take.

    An empty list where the development cases are not there.
    """
    known = {case["id"]: {key: case[key] for key in ("dealership", "vehicles")} for case in load_cases()}
    cases = json.loads((KINDRED / f"{half}.json").read_text(encoding="utf-8")) if known else []
    return [{**known[case["like"]], **case} for case in cases]


def case_sets() -> dict[str, list[Case]]:
    """Return every set that is there, by name."""
    sets = {"development": load_cases()} | {half: load_written(half) for half in HALVES}
    sets |= {f"kindred {half}": load_kindred(half) for half in HALVES}
    return {name: cases for name, cases in sets.items() if cases}


def pack_of(case: Case) -> EvidencePack:
    """Build the evidence pack of a case."""
    messages = tuple(
        ThreadMessage(f"message-{index}", message["sender"], message["content"])
        for index, message in enumerate(case["messages"])
    )
    return EvidencePack(case["dealership"], tuple(case["vehicles"]), messages, (), NOW)


def run(case: Case) -> Outcome:
    """Verify the draft of a case."""
    pack = pack_of(case)
    begin = time.perf_counter()
    claims = verify(case["draft"], pack)
    return Outcome(case, claims, (time.perf_counter() - begin) * 1000)


__all__ = [
    "CASES",
    "HALVES",
    "NOW",
    "OPEN_VERDICTS",
    "Case",
    "Outcome",
    "case_sets",
    "hit",
    "load_cases",
    "load_written",
    "pack_of",
    "run",
]
