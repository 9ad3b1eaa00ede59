"""`make eval`: prints the verifier's figures on the development cases."""

from models.claims import Verdict
from tests.eval.cases import CASES, OPEN_VERDICTS, Outcome, load_cases, run
from tests.eval.metrics import METRICS, span_overlap


def _print_group(name: str, outcomes: list[Outcome]) -> None:
    print(f"\n{name} ({len(outcomes)} cases)")
    for metric, measure in METRICS.items():
        result = measure(outcomes)
        if result.count:
            print(f"  {metric:<18} {result}")
    if any(outcome.held for outcome in outcomes):
        print(f"  {'span overlap':<18} {span_overlap(outcomes):.3f}")


def _print_times(outcomes: list[Outcome]) -> None:
    times = sorted(outcome.milliseconds for outcome in outcomes)
    middle, high = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
    print(f"\nmilliseconds a verification: median {middle:.1f}, 95th percentile {high:.1f}, maximum {times[-1]:.1f}")


def _print_failures(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        wrong = [claim for claim in outcome.claims if claim.verdict is not Verdict.SUPPORTED]
        due = (Verdict.UNSUPPORTED,) if outcome.case["hard"] else OPEN_VERDICTS
        missed = outcome.held and not any(outcome.hits(*due))
        if missed or (not outcome.held and wrong):
            shown = "; ".join(f"{claim.verdict.value} {claim.text!r}: {claim.reason}" for claim in wrong) or "nothing"
            print(f"  {outcome.case['id']} {outcome.case['category']} {outcome.case['draft']!r} -> {shown}")


def main() -> None:
    """Run every case once and print each metric per claim kind, per variant and in all."""
    cases = load_cases()
    if not cases:
        print(f"Skipped: there are no development cases at {CASES.name} beside the project.")
        return
    run(cases[0])
    outcomes = [run(case) for case in cases]
    for kind in dict.fromkeys(outcome.kind for outcome in outcomes):
        _print_group(f"kind {kind}", [outcome for outcome in outcomes if outcome.kind == kind])
    for variant in dict.fromkeys(outcome.variant for outcome in outcomes):
        _print_group(f"variant {variant}", [outcome for outcome in outcomes if outcome.variant == variant])
    _print_group("all", outcomes)
    _print_times(outcomes)
    print("\nwrong verdicts:")
    _print_failures(outcomes)


if __name__ == "__main__":
    main()
