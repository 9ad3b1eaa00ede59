"""`make eval`: the verifier's figures on every set of cases; ends with 1 where one is worse than docs/grounding.md.

`python -m tests.eval --failures tuning` also lists that set's wrong verdicts. The half `figures` has no such list.
"""

import argparse
import sys

from models.claims import Verdict
from tests.eval.cases import OPEN_VERDICTS, Case, Outcome, case_sets, run
from tests.eval.committed import DOCUMENT, Figures, committed_figures, regressions, table
from tests.eval.metamorphic import CHANGES
from tests.eval.metrics import METRICS, Share, span_overlap

LISTED = ("development", "tuning", "kindred tuning")


def _print_group(name: str, outcomes: list[Outcome]) -> None:
    figures = [f"{metric} {result}" for metric, measure in METRICS.items() if (result := measure(outcomes)).count]
    overlap = f"; span overlap {span_overlap(outcomes):.3f}" if any(one.held for one in outcomes) else ""
    print(f"  {name} ({len(outcomes)}): {'; '.join(figures)}{overlap}")


def _print_groups(outcomes: list[Outcome]) -> None:
    for kind in dict.fromkeys(one.kind for one in outcomes):
        _print_group(kind, [one for one in outcomes if one.kind == kind])
    for variant in dict.fromkeys(one.variant for one in outcomes):
        _print_group(f"variant {variant}", [one for one in outcomes if one.variant == variant])


def _print_times(outcomes: list[Outcome]) -> None:
    times = sorted(outcome.milliseconds for outcome in outcomes)
    middle, high = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
    print(f"  milliseconds a verification: median {middle:.1f}, 95th percentile {high:.1f}, maximum {times[-1]:.1f}")


def _print_failures(outcomes: list[Outcome]) -> None:
    for outcome in (one for one in outcomes if one.wrong):
        open_claims = [claim for claim in outcome.claims if claim.verdict in OPEN_VERDICTS]
        shown = "; ".join(f"{claim.verdict.value} {claim.text!r}: {claim.reason}" for claim in open_claims)
        due = f"wanted {outcome.case['bad_spans']}" if outcome.held else "wanted nothing"
        print(
            f"  {outcome.case['id']} {outcome.case['category']} {outcome.case['draft']!r} {due} -> {shown or 'nothing'}"
        )


def _metamorphic(outcomes: list[Outcome]) -> dict[str, Share]:
    clear = [one for one in outcomes if not one.held and not one.shows(Verdict.UNSUPPORTED)]
    tried = {name: [flag for one in clear for flag in change(one.case, one.claims)] for name, change in CHANGES.items()}
    return {name: Share(sum(flags), len(flags)) for name, flags in tried.items()}


def measure(name: str, cases: list[Case], failures: bool) -> Figures:
    """Run a set, print it per claim kind and variant, and return its figures."""
    run(cases[0])
    outcomes = [run(case) for case in cases]
    print(f"\n{name}: {len(cases)} cases")
    _print_groups(outcomes)
    _print_times(outcomes)
    if failures:
        _print_failures(outcomes)
    figures = {metric: count(outcomes) for metric, count in METRICS.items()} | _metamorphic(outcomes)
    return {(name, metric): share for metric, share in figures.items()}


def main() -> int:
    """Run every set that is there."""
    parser = argparse.ArgumentParser(prog="tests.eval")
    parser.add_argument("--failures", choices=LISTED, help="list this set's wrong verdicts")
    chosen = parser.parse_args()
    figures: dict[tuple[str, str], Share] = {}
    for name, cases in case_sets().items():
        figures |= measure(name, cases, name == chosen.failures)
    print(f"\n{table(figures)}\n")
    worse = list(regressions(figures, committed_figures(DOCUMENT.read_text(encoding="utf-8"))))
    for sentence in worse:
        print(f"worse than committed: {sentence}", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
