"""The figures that the verifier reached on the development cases; a regression fails."""

import pytest

from tests.eval.cases import Outcome, load_cases, run
from tests.eval.intervals import clopper_pearson
from tests.eval.metrics import amber_rate, false_flags, held_back, red_recall


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    cases = load_cases()
    if not cases:
        pytest.skip("the development cases do not lie beside the project")
    return [run(case) for case in cases]


def test_recall_on_wrong_drafts_stays_where_it_is(outcomes: list[Outcome]) -> None:
    assert held_back(outcomes).value >= 0.99
    assert red_recall(outcomes).value >= 0.99


def test_right_drafts_stay_free_of_flags(outcomes: list[Outcome]) -> None:
    assert false_flags(outcomes).value <= 0.01
    assert amber_rate(outcomes).value <= 0.03


def test_claims_lie_where_their_text_stands(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        for claim in outcome.claims:
            assert outcome.case["draft"][claim.start : claim.end] == claim.text
        assert [claim.start for claim in outcome.claims] == sorted(claim.start for claim in outcome.claims)


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [(168, 168, 0.978, 1.0), (150, 150, 0.976, 1.0), (0, 116, 0.0, 0.031), (12, 116, 0.055, 0.174)],
)
def test_intervals_are_exact_binomial_ones(hits: int, count: int, low: float, high: float) -> None:
    assert clopper_pearson(hits, count) == pytest.approx((low, high), abs=0.0006)
