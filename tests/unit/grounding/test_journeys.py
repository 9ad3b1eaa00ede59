"""Ways that are no mileage, deposits that are put down, and how many of a thing there are."""

import pytest

from api.services.grounding import EvidencePack, verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, OUTBACK, pack

_POLICIES = [
    {"topic": "returns", "text": "14-day money-back guarantee, up to 300 miles."},
    {"topic": "deposit", "text": "A $300 deposit holds a car for 5 days and is refundable."},
    {"topic": "extras", "text": "Two keys come with every car."},
]
_NEAR = "C: If I drive 280 miles in the first week, can I still give it back?"
_FAR = "C: If I drive 380 miles in the first week, can I still give it back?"


def _pack(thread: str) -> EvidencePack:
    return pack(OUTBACK, thread=thread, dealer={**DEALER, "policies": _POLICIES})


def _red(text: str, thread: str) -> bool:
    return any(one.verdict is Verdict.UNSUPPORTED for one in verify(text, _pack(thread)))


@pytest.mark.parametrize(
    ("thread", "text"),
    [
        (_NEAR, "Yes: the limit is 300 miles within 14 days, so 280 miles is fine."),
        (_NEAR, "You'd have 20 miles to spare with your 280."),
        (_FAR, "I'm afraid not: the limit is 300 miles, so 380 would be 80 miles over."),
        ("", "The guarantee goes up to 300 miles, so with 250 miles on it you'd be 50 miles inside the limit."),
        ("", "$300 down keeps it off the market for 5 days, and you get it back if you change your mind."),
        ("", "Two keys come with it."),
    ],
)
def test_a_way_on_its_side_of_the_limit_is_never_red(thread: str, text: str) -> None:
    assert not _red(text, thread)


@pytest.mark.parametrize(
    ("thread", "text"),
    [
        (_NEAR, "Yes: the limit is 500 miles, so 280 miles is fine."),
        (_NEAR, "280 miles is over the limit of 300."),
        (_NEAR, "You'd have 30 miles to spare with your 280."),
        (_FAR, "380 miles is still within the limit of 300."),
        (_FAR, "The Outback has 380 miles on it."),
        (_FAR, "I'm afraid not: the limit is 300 miles, so 380 would be 90 miles over."),
        ("", "$400 down keeps it off the market for 5 days, and you get it back if you change your mind."),
        ("", "Three keys come with it."),
    ],
)
def test_a_way_on_the_other_side_is_red(thread: str, text: str) -> None:
    assert _red(text, thread)
