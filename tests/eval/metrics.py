"""The metrics of the grounding README over a list of outcomes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from models.claims import Verdict
from tests.eval.cases import OPEN_VERDICTS, Outcome
from tests.eval.intervals import clopper_pearson


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    hits: int
    count: int

    @property
    def value(self) -> float:
        """The share; NaN of nothing."""
        return self.hits / self.count if self.count else float("nan")

    def __str__(self) -> str:
        """Write "150/150 = 1.000 [0.976, 1.000]"."""
        if not self.count:
            return "-"
        low, high = clopper_pearson(self.hits, self.count)
        return f"{self.hits}/{self.count} = {self.value:.3f} [{low:.3f}, {high:.3f}]"


def share(outcomes: Iterable[Outcome], counts: Callable[[Outcome], bool]) -> Share:
    """Count the outcomes for which a condition holds."""
    flags = [counts(outcome) for outcome in outcomes]
    return Share(sum(flags), len(flags))


def held_back(outcomes: list[Outcome]) -> Share:
    """Return the held-back recall: hold cases with a red or amber claim on a wrong span."""
    return share([one for one in outcomes if one.held], lambda one: any(one.hits(*OPEN_VERDICTS)))


def red_recall(outcomes: list[Outcome]) -> Share:
    """Return the red recall: hard hold cases with a red claim on a wrong span."""
    return share([one for one in outcomes if one.case["hard"]], lambda one: any(one.hits(Verdict.UNSUPPORTED)))


def false_flags(outcomes: list[Outcome]) -> Share:
    """Return the share of clear cases with any red claim."""
    return share([one for one in outcomes if not one.held], lambda one: one.shows(Verdict.UNSUPPORTED))


def amber_rate(outcomes: list[Outcome]) -> Share:
    """Return the share of clear cases with any amber claim."""
    return share([one for one in outcomes if not one.held], lambda one: one.shows(Verdict.UNCERTAIN))


def all_spans(outcomes: list[Outcome]) -> Share:
    """Return the share of hold cases whose wrong spans are all hit."""
    return share([one for one in outcomes if one.held], lambda one: all(one.hits(*OPEN_VERDICTS)))


def span_overlap(outcomes: list[Outcome]) -> float:
    """Return the mean of the best intersection over union, over hold cases."""
    held = [one.overlap() for one in outcomes if one.held]
    return sum(held) / len(held) if held else float("nan")


METRICS = {
    "held-back recall": held_back,
    "red recall": red_recall,
    "red false flags": false_flags,
    "amber": amber_rate,
    "all spans hit": all_spans,
}

__all__ = ["METRICS", "Share", "amber_rate", "false_flags", "held_back", "red_recall", "span_overlap"]
