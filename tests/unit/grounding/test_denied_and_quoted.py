"""Amounts that a text denies, and amounts that it puts down to the customer."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import OUTBACK, pack

_THREAD = (
    "C: Carmax offered 14200 for my Forester, my budget is 20000. Is doc prep $250? "
    "Can I get 84 months at 3.9%? Is the deposit 500?"
)


def _verdicts(text: str) -> set[Verdict]:
    return {claim.verdict for claim in verify(text, pack(OUTBACK, thread=_THREAD))}


@pytest.mark.parametrize(
    "text",
    [
        "You say Carmax gave you $14,200.",
        "The $20,000 you have in mind is noted.",
        "Your limit is $20,000, understood.",
        "Document preparation isn't $250, it's $120.",
        "Loans don't go to 84 months here.",
        "No, the APR isn't 3.9%, it starts from 5.75%.",
        "You don't pay $500 to reserve it; the deposit is $300.",
        "Financing over 48 months is possible on approved credit.",
        "66 months is the longest loan.",
    ],
)
def test_denied_and_quoted_amounts_are_supported(text: str) -> None:
    assert _verdicts(text) <= {Verdict.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "You mentioned a budget of $30,000.",
        "The document preparation isn't $120.",
        "Loans don't go to 60 months here.",
        "The deposit isn't $300.",
        "60 months is the longest loan.",
        "The Outback doesn't have 48,210 miles.",
    ],
)
def test_a_denied_truth_and_a_wrong_quote_are_red(text: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(text)


@pytest.mark.parametrize(
    ("text", "told", "red"),
    [
        ("You pay $410 a month today.", "I pay 410 a month on my lease", False),
        ("So you've got $3k saved.", "I saved 3k so far", False),
        ("With us you pay $410 a month.", "I pay 410 a month on my lease", True),
        ("You pay $410 a month.", "could I pay 410 a month?", True),
        ("Your payment is $410 a month.", "I pay 410 a month on my lease", True),
    ],
)
def test_what_the_customer_told_of_himself_is_no_claim_of_ours(text: str, told: str, red: bool) -> None:
    found = verify(text, pack(OUTBACK, thread=f"C: {told}"))
    amounts = {
        claim.verdict for claim in found if any(sign.isdigit() for sign in claim.text) and "saved" not in claim.text
    }
    assert (Verdict.UNSUPPORTED in amounts) is red
