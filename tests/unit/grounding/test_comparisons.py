"""Two vehicles of the pack compared in words."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import IMPALA, OUTBACK, pack


def _verdicts(text: str) -> set[Verdict]:
    return {claim.verdict for claim in verify(text, pack(OUTBACK, IMPALA, thread="C: Outback or Impala?"))}


@pytest.mark.parametrize(
    "text",
    [
        "The Impala is the cheaper of the two.",
        "The Impala is cheaper than the Outback.",
        "The Outback has fewer miles than the Impala.",
        "The Outback isn't the cheapest.",
        "The Outback is newer.",
    ],
)
def test_a_true_comparison_is_supported(text: str) -> None:
    assert _verdicts(text) == {Verdict.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "The Outback is the cheaper of the two.",
        "The Impala is more expensive than the Outback.",
        "The Outback has more miles than the Impala.",
        "The Impala isn't the cheapest.",
        "Of the two, the Impala is newer.",
    ],
)
def test_a_false_comparison_is_red(text: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(text)


def test_a_comparison_with_something_else_is_not_judged_by_the_records() -> None:
    assert Verdict.UNSUPPORTED not in _verdicts("The Outback is cheaper than what you had in mind.")


@pytest.mark.parametrize("text", ["The cheapest one is blue.", "Our newest car has the fewest miles."])
def test_a_degree_among_no_vehicles_is_held(text: str) -> None:
    assert {claim.verdict for claim in verify(text, pack())} - {Verdict.SUPPORTED}
