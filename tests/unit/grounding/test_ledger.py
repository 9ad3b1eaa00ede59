"""Sums, shares and products of trusted amounts; fees told apart by the words beside them."""

from typing import Any

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, OUTBACK, pack

_POLICIES = [
    {"topic": "fees", "text": "Title work costs $85 and the detailing fee is $240. Storage is $15 a day."},
    {
        "topic": "loans",
        "text": "Loans from 5.9% APR for 24 to 72 months. At least 10% of the price is due as a down payment.",
    },
    {"topic": "delivery", "text": "Delivery is free within 20 miles and costs $2 per mile after that."},
    {"topic": "discounts", "text": "Teachers receive $350 off. Returning customers receive 2% off the price."},
    {"topic": "tax", "text": "Sales tax is 6.5% and is not part of our prices."},
]
_DEALER: dict[str, Any] = {**DEALER, "policies": _POLICIES}
_CAR = {**OUTBACK, "price": {"amount": 2000000, "currency": "usd"}}
_THREAD = """S: Our appraiser saw your 2015 Civic today and the trade-in offer is $6,350.
C: Thanks. I am a teacher. Could you deliver the Outback? It's 45 miles."""


def _verdicts(text: str) -> set[Verdict]:
    return {claim.verdict for claim in verify(text, pack(_CAR, thread=_THREAD, dealer=_DEALER))}


@pytest.mark.parametrize(
    "text",
    [
        "$20,000 plus $240 for the detailing and $85 for the title work makes $20,325.",
        "As a teacher you'd get $350 off, so $19,650.",
        "Delivery for 45 miles is $50: 25 miles at $2 each.",
        "10% down would be $2,000.",
        "You'd need at least $2,000 down.",
        "After your trade-in of $6,350 that leaves $13,650.",
        "Sales tax of 6.5% on $20,000 is $1,300.",
        "Returning customers get 2% off, here $400.",
        "Our offer for the Civic stands at $6,350.",
        "The detailing fee is $240 and the title work $85.",
    ],
)
def test_what_follows_from_the_evidence_is_supported(text: str) -> None:
    assert _verdicts(text) == {Verdict.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "$20,000 plus $240 for the detailing and $85 for the title work makes $20,235.",
        "Delivery for 45 miles is $90.",
        "You'd need $1,500 down.",
        "After your trade-in of $6,350 that leaves $14,650.",
        "Sales tax of 6.5% on $20,000 is $1,200.",
        "The title work is $240 and the detailing fee is $85.",
        "Loans run up to 84 months.",
        "Our offer for the Civic stands at $6,850.",
    ],
)
def test_what_does_not_follow_is_red(text: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        "The payment is $352, the term 66 months and the rate 6.4%.",
        "The bank's figure was $352.",
        "That is $550 off the list price of $20,000.",
        "$2,500 is due up front and then $352 each month.",
    ],
)
def test_a_quote_of_staff_bears_out_its_parts(text: str) -> None:
    thread = """S: Our last price for the Outback is $19,450.
S: The bank came back: $352 a month over 66 months at 6.4% APR with $2,500 down.
C: So what would I pay, and for how long?"""
    claims = verify(text, pack(_CAR, thread=thread, dealer=_DEALER))
    assert {claim.verdict for claim in claims} == {Verdict.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "$20,000 minus your $6,350 trade-in leaves $13,650.",
        "The $6,350 is for your Civic.",
        "With your Civic, $13,650 of the Outback's price would be left.",
        "Twelve payments of $352 come to $4,224 a year.",
        "At $352 a month you pay $4,224 per year.",
        "Payments are due every two weeks, so over 24 months there are 52 of them.",
    ],
)
def test_what_is_left_and_what_adds_up_is_worked_out(text: str) -> None:
    thread = """S: Our appraiser saw your 2015 Civic today and the trade-in offer is $6,350.
S: The bank came back: $352 a month over 66 months at 6.4% APR. Payments can be made every two weeks.
C: so what do I pay?"""
    assert {claim.verdict for claim in verify(text, pack(_CAR, thread=thread, dealer=_DEALER))} == {Verdict.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "$20,000 minus your $6,350 trade-in leaves $13,560.",
        "Twelve payments of $352 come to $4,242 a year.",
        "The price is still $13,650.",
        "Payments are due every two weeks, so over 24 months there are 48 of them.",
    ],
)
def test_what_is_worked_out_wrongly_is_red(text: str) -> None:
    thread = """S: Our appraiser saw your 2015 Civic today and the trade-in offer is $6,350.
S: The bank came back: $352 a month over 66 months at 6.4% APR. Payments can be made every two weeks.
C: so what do I pay?"""
    found = verify(text, pack(_CAR, thread=thread, dealer=_DEALER))
    assert Verdict.UNSUPPORTED in {claim.verdict for claim in found}


_OFFER = (
    "S: For your 2015 Civic we can offer $6,350.\nS: The bank came back: $352 a month over 66 months.\nC: I have 3k."
)


@pytest.mark.parametrize(
    "text",
    [
        "$20,000 less $6,350 for the Civic is $13,650.",
        "After the Civic ($6,350) and your $3,000 down, $10,650 remains.",
        "As a teacher you'd pay $19,650.",
        "2% of $20,000 is $400.",
        "Over 66 months at $352 that's $23,232.",
    ],
)
def test_a_sum_that_is_right_bears_out_its_parts(text: str) -> None:
    found = verify(text, pack(_CAR, thread=_OFFER, dealer=_DEALER))
    assert Verdict.UNSUPPORTED not in {claim.verdict for claim in found}


@pytest.mark.parametrize(
    "text",
    [
        "$20,000 less $6,350 for the Civic is $13,560.",
        "After the Civic ($6,550) and your $3,000 down, $10,450 remains.",
        "As a veteran you'd pay $19,650.",
        "2% of $20,000 is $4,000.",
        "Over 66 months at $325 that's $21,450.",
    ],
)
def test_a_sum_that_is_wrong_is_red(text: str) -> None:
    found = verify(text, pack(_CAR, thread=_OFFER, dealer=_DEALER))
    assert Verdict.UNSUPPORTED in {claim.verdict for claim in found}


@pytest.mark.parametrize(
    ("text", "red"),
    [
        ("All in, before taxes, you'd be at $20,325.", False),
        ("All in, before taxes, you'd be at $20,235.", True),
    ],
)
def test_all_in_is_the_price_with_the_charges(text: str, red: bool) -> None:
    found = verify(text, pack(_CAR, dealer={**_DEALER, "policies": _POLICIES[:1]}))
    assert (Verdict.UNSUPPORTED in {claim.verdict for claim in found}) is red
