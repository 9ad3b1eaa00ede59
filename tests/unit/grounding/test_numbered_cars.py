"""Vehicles that are called by their stock number, and values before a vehicle in brackets."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import OUTBACK, pack

_ONE = {**OUTBACK, "id": "one", "stock_number": "BF2207", "price": {"amount": 1945000, "currency": "usd"}}
_TWO = {
    **OUTBACK,
    "id": "two",
    "make": "Honda",
    "model": "Ridgeline",
    "trim": None,
    "stock_number": "BF2219",
    "price": {"amount": 2990000, "currency": "usd"},
}


def _red(text: str) -> bool:
    return any(one.verdict is Verdict.UNSUPPORTED for one in verify(text, pack(_ONE, _TWO)))


@pytest.mark.parametrize(
    "text",
    [
        "BF2207 is $19,450 and BF2219 is $29,900.",
        "BF2219: $29,900\nBF2207: $19,450",
        "The stock numbers are BF2207 (Outback) and BF2219 (Ridgeline).",
        "That's $19,450 (the Outback) or $29,900 (the Ridgeline).",
    ],
)
def test_a_value_belongs_to_the_number_before_it_or_the_bracket_after_it(text: str) -> None:
    assert not _red(text)


@pytest.mark.parametrize(
    "text",
    [
        "BF2207 is $29,900 and BF2219 is $19,450.",
        "BF2219: $19,450\nBF2207: $29,900",
        "The stock numbers are BF2219 (Outback) and BF2207 (Ridgeline).",
        "That's $29,900 (the Outback) or $19,450 (the Ridgeline).",
        "I'm glad you like the Outback. Stock number: BF2219.",
        "The Outback is stock BF2219.",
    ],
)
def test_swapped_values_are_red(text: str) -> None:
    assert _red(text)
