"""Mileages and prices without a unit, not reached, and told by how far they are from another mark."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import OUTBACK, TACOMA, pack

_PACK = pack({**OUTBACK, "description": "Timing belt changed at 45,000 miles."}, TACOMA, thread="C: the Outback?")


@pytest.mark.parametrize(
    "text",
    [
        "48k on the Outback, 121k on the Tacoma.",
        "The Outback hasn't reached 50,000 miles yet.",
        "Forty-eight thousand miles and change on the Outback.",
        "The Outback has a little over 48,000 on it.",
        "3,210 miles ago the Outback's timing belt was changed.",
        "It's at 48,210, the Tacoma at 121,300; that makes a gap of 73,090 miles.",
    ],
)
def test_the_mileage_of_the_record_is_not_red(text: str) -> None:
    assert Verdict.UNSUPPORTED not in {claim.verdict for claim in verify(text, _PACK)}


@pytest.mark.parametrize(
    "text",
    [
        "38k on the Outback.",
        "The Tacoma hasn't reached 100,000 miles yet.",
        "The Outback has a little over 58,000 on it.",
        "It's at 121,300, the Tacoma at 48,210.",
    ],
)
def test_another_mileage_is_red(text: str) -> None:
    assert Verdict.UNSUPPORTED in {claim.verdict for claim in verify(text, _PACK)}


@pytest.mark.parametrize(
    ("text", "red"),
    [
        ("The Outback has 48,210 miles, that's roughly 6,900 a year.", False),
        ("48,210 miles in seven years on the Outback.", False),
        ("The Outback has 48,210 miles, that's roughly 4,000 a year.", True),
        ("48,210 miles in three years on the Outback.", True),
    ],
)
def test_miles_a_year_follow_from_the_model_year(text: str, red: bool) -> None:
    assert (Verdict.UNSUPPORTED in {claim.verdict for claim in verify(text, _PACK)}) is red
