"""Sums, differences, roundings, ages, charges inside a price and hours, as people put them; own records."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api.services.grounding import EvidencePack, verify
from models.claims import ClaimView, Verdict
from tests.unit.grounding.records import OUTBACK, TACOMA, pack

STORE: dict[str, Any] = {
    "name": "Fallow Creek Cars",
    "timezone": "America/Chicago",
    "hours": {
        "tue": [["09:00", "18:00"]],
        "wed": [["09:00", "18:00"]],
        "thu": [["09:00", "20:00"]],
        "sat": [["09:00", "13:00"]],
        "sun": [],
    },
    "policies": [
        {"topic": "fees", "text": "Plates cost $95 and our document fee is $210."},
        {
            "topic": "parking",
            "text": "A bought car stays with us free of charge for 5 days; after that it is $12 per day.",
        },
        {"topic": "inspection", "text": "Inspections are free."},
        {"topic": "tires", "text": "Mounting new tires costs $20 per tire."},
        {"topic": "tax", "text": "Sales tax is not included in our prices."},
        {"topic": "deposit", "text": "A refundable deposit of $200 holds a car for 24 hours."},
        {"topic": "finance", "text": "Rates start at 5.2% APR on approved credit, 24 to 72 months."},
        {
            "topic": "warranty",
            "text": "Cars under 90,000 miles carry a 30-day or 1,000-mile limited warranty, whichever comes first.",
        },
        {"topic": "shipping", "text": "Shipping within Illinois is $180; to Indiana it is $320."},
        {"topic": "holidays", "text": "We are closed from December 24 to December 30."},
    ],
}
NOW = datetime(2026, 5, 6, 17, tzinfo=UTC)


def _claims(draft: str, *vehicles: dict[str, Any], thread: str = "") -> list[ClaimView]:
    return verify(draft, EvidencePack(STORE, vehicles or (OUTBACK,), pack(OUTBACK, thread=thread).messages, (), NOW))


def _reds(draft: str, *vehicles: dict[str, Any], thread: str = "") -> list[str]:
    claims = _claims(draft, *vehicles, thread=thread)
    return [claim.text for claim in claims if claim.verdict is Verdict.UNSUPPORTED]


@pytest.mark.parametrize(
    ("right", "wrong", "held"),
    [
        ("It has 48.2k miles.", "It has 42.8k miles.", "42.8k miles"),
        ("It has just over 48,000 miles.", "It has just over 46,000 miles.", "just over 46,000 miles"),
        ("Fees come to $305.", "Fees come to $350.", "$350"),
        (
            "With plates and the document fee it is $22,055.",
            "With plates and the document fee it is $22,550.",
            "$22,550",
        ),
        ("Four tires at $20 each is $80.", "Four tires at $20 each is $90.", "$90"),
        ("Leave it for 8 days and you pay for 3, $36.", "Leave it for 8 days and you pay for 3, $63.", "$63"),
        ("There's no fee for inspections.", "There's no document fee.", "There's no document fee"),
        ("Sales tax isn't included in the $21,750.", "The $21,750 includes sales tax.", "includes sales tax"),
        ("It's a seven-year-old car.", "It's a four-year-old car.", "four-year-old"),
        ("It is under ten years old.", "It is under five years old.", "five years old"),
        ("Rates start from 5.2% APR on approved credit.", "You'll get 5.2% APR.", "5.2% APR"),
        ("On Saturday we shut at 1.", "On Saturday we shut at 3.", "3"),
        ("Come by before 5 on Wednesday.", "On Wednesday we close at 5.", "5"),
        ("Thursdays till 8, sundays closed.", "Thursdays till 9, sundays closed.", "9"),
        ("We are back on December 31.", "We are back on December 28.", "December 28"),
    ],
)
def test_what_follows_is_right_and_its_near_miss_is_red(right: str, wrong: str, held: str) -> None:
    assert _reds(right) == []
    assert any(held in text or text in held for text in _reds(wrong)), _claims(wrong)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("The Tacoma is $2,850 less than the Outback.", "The Tacoma is $2,850 more than the Outback."),
        ("The Tacoma has 73,090 more miles than the Outback.", "The Tacoma has 73,090 fewer miles than the Outback."),
    ],
)
def test_a_difference_goes_one_way(right: str, wrong: str) -> None:
    assert _reds(right, OUTBACK, TACOMA) == []
    assert _reds(wrong, OUTBACK, TACOMA)


def test_a_price_does_not_hold_a_charge_that_policies_add() -> None:
    assert _reds("The Outback with the document fee is $21,960.") == []
    assert "inclusive of the document fee" in _reds("It is offered at $21,750, inclusive of the document fee.")


def test_the_limit_of_a_condition_is_no_term_of_the_warranty() -> None:
    assert _reds("Its warranty runs 30 days or 1,000 miles.") == []
    assert _reds("Its warranty runs 30 days or 5,000 miles.") == ["5,000 miles"]


def test_the_gap_to_the_customers_figure_is_worked_out() -> None:
    thread = "C: My limit is $20,000."
    assert _reds("At $21,750 the Outback is $1,750 over your limit.", thread=thread) == []
    assert "$1,250" in _reds("At $21,750 the Outback is $1,250 over your limit.", thread=thread)


def test_a_hold_of_staff_may_be_said_again_for_its_own_day_only() -> None:
    thread = "S: I will hold the Outback for you until Friday, May 8 at 12:00 pm."
    assert _reds("I'll keep it for you until Friday at noon.", thread=thread) == []
    assert _reds("I'll keep it for you until Saturday at noon.", thread=thread)


def test_one_policys_amounts_keep_to_their_own_words() -> None:
    assert _reds("Shipping within Illinois is $180.") == []
    assert "$180" in _reds("Shipping to Indiana is $180.")
