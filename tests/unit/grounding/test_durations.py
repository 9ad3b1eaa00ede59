"""Spans of time, days of the calendar and the hours of events, against policies and opening hours."""

from typing import Any

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, pack

_EXTRA = [
    {"topic": "events", "text": "Our harvest fair is on October 3, 2026, from 11:00 to 16:00."},
    {"topic": "winter", "text": "Closed from 23 December to 2 January."},
    {"topic": "storage", "text": "We store your winter tires. Bring them within 14 days after the purchase."},
    {"topic": "parts", "text": "The parts counter opens at 7:15 am Monday to Friday."},
    {"topic": "offers", "text": "A written offer stays valid for 7 days."},
]
_DEALER: dict[str, Any] = {**DEALER, "policies": [*DEALER["policies"], *_EXTRA]}


def _verdicts(text: str) -> set[Verdict]:
    return {claim.verdict for claim in verify(text, pack(dealer=_DEALER))}


@pytest.mark.parametrize(
    "text",
    [
        "A written offer is good for one week.",
        "You have two weeks after the purchase to bring us your tires.",
        "The harvest fair runs from 11 to 4.",
        "October 3 is a Saturday.",
        "We're closed from December 23 until January 2.",
        "We are closed on December 28.",
        "The parts counter opens at 7:15 am.",
    ],
)
def test_what_a_policy_gives_is_supported(text: str) -> None:
    assert _verdicts(text) == {Verdict.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "A written offer is good for two weeks.",
        "The harvest fair runs from 8 to 6.",
        "October 3 is a Sunday.",
        "We are open on December 28.",
        "We're closed on the 11th and the 12th of November.",
        "The parts counter opens at 9 am.",
        "Sundays from 11.",
        "We're open 24 hours a day.",
    ],
)
def test_what_the_policies_deny_is_red(text: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(text)
