"""The figures of docs/grounding.md are read as written, and a worse run is named."""

import pytest

from tests.eval.cases import case_sets, run
from tests.eval.committed import DOCUMENT, committed_figures, regressions, table
from tests.eval.metrics import METRICS, Share

WORDS = """
Some words.

| Set | Metric | Figure |
| --- | --- | --- |
| tuning | red recall | 95/100 = 0.950 [0.887, 0.984] |
| tuning | amber | 5/100 = 0.050 [0.016, 0.113] |
"""


def test_rows_are_read_and_written_alike() -> None:
    figures = committed_figures(WORDS)
    assert figures == {("tuning", "red recall"): Share(95, 100), ("tuning", "amber"): Share(5, 100)}
    assert table(figures) in WORDS


NOISE = 0.02
"""A case or two of a set; `make eval` itself forgives nothing."""


@pytest.mark.parametrize(
    ("metric", "hits", "worse"),
    [
        ("red recall", 95, False),
        ("red recall", 96, False),
        ("red recall", 94, True),
        ("amber", 4, False),
        ("amber", 6, True),
    ],
)
def test_only_a_worse_figure_is_a_regression(metric: str, hits: int, worse: bool) -> None:
    found = list(regressions({("tuning", metric): Share(hits, 100)}, committed_figures(WORDS)))
    assert bool(found) is worse


def test_a_metric_that_is_not_committed_yet_is_no_regression() -> None:
    assert list(regressions({("figures", "held-back recall"): Share(1, 2)}, committed_figures(WORDS))) == []


def test_no_set_is_worse_than_its_committed_figures() -> None:
    """`make eval` prints more; this is its verdict on what a change broke."""
    committed = committed_figures(DOCUMENT.read_text(encoding="utf-8"))
    assert {name for name, _ in committed} >= {"development", "tuning", "figures"}
    assert {name for name, _ in committed} >= set(case_sets())
    for name, cases in case_sets().items():
        outcomes = [run(case) for case in cases]
        measured = {(name, metric): count(outcomes) for metric, count in METRICS.items()}
        assert list(regressions(measured, committed, NOISE)) == []
