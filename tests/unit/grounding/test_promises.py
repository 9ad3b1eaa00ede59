"""What binds the dealership needs a sentence that says so; process, limits and order of words are compared."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import OUTBACK, pack

THREAD = "C: What about the Outback?\nS: The bank declined the first application. Your trade is worth $4,000."


def _reds(draft: str) -> list[str]:
    claims = verify(draft, pack(OUTBACK, thread=THREAD))
    return [one.text for one in claims if one.verdict is Verdict.UNSUPPORTED]


@pytest.mark.parametrize(
    "draft",
    [
        "You won't pay a cent for the next service.",
        "Consider the document fee gone.",
        "You can take it home for the weekend.",
        "There's a spare key and a full tank waiting for you.",
        "We ship it anywhere free.",
        "The loan is a sure thing.",
        "With your income nobody would say no.",
        "You can keep it as long as you like for a test drive.",
        "Omar puts new tires on it for you.",
    ],
)
def test_what_nobody_promised_is_red(draft: str) -> None:
    assert _reds(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "Your loan needs the credit union's approval first.",
        "Whether the loan goes through is for the credit union to say.",
        "You have three days to exchange it, though we don't hand the money back.",
        "We don't refund cars, we only exchange them.",
        "Unfortunately the bank turned down the first application.",
        "We would be glad to have you here.",
        "I'll have a look and come back to you.",
        "Delivery is free up to 75 miles away.",
    ],
)
def test_what_stands_in_other_words_is_not_red(draft: str) -> None:
    assert not _reds(draft)


_WITHIN_25 = {"topic": "delivery", "text": "Delivery is free within 25 miles of the dealership, then $2 a mile."}


@pytest.mark.parametrize(
    ("draft", "asked", "held"),
    [
        ("Delivery is free.", "Do you deliver?", True),
        ("We deliver for free.", "Do you deliver?", True),
        ("Delivery is free, no matter where you live.", "Do you deliver?", True),
        ("Delivery is free within 25 miles.", "Do you deliver?", False),
        ("Delivery is free for you.", "Do you deliver? I am 12 miles away.", False),
        ("Delivery is free for you.", "Do you deliver? I am 45 miles away.", True),
    ],
)
def test_a_gift_within_some_distance_is_not_promised_without_it(draft: str, asked: str, held: bool) -> None:
    dealer = {"policies": [_WITHIN_25]}
    claims = verify(draft, pack(OUTBACK, thread=f"C: {asked}", dealer=dealer))
    assert any(one.verdict is Verdict.UNSUPPORTED for one in claims) is held
