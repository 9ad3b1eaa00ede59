"""What everyday words claim: market boasts, trade-in hopes, budgets, taxes "in there", warranties stretched."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, OUTBACK, pack

OPEN_VERDICTS = {Verdict.UNSUPPORTED, Verdict.UNCERTAIN}
_RED = [
    "It's the cheapest one around.",
    "KBB says it's worth more.",
    "There are no extras to pay.",
    "Tax is already in.",
    "The tax is built into that.",
    "Your Focus should bring a nice sum.",
    "We take any car in trade.",
    "Your payment stays under your budget.",
    "It'd be about what you pay now.",
    "My manager likes to make deals.",
    "You'll be happy with the numbers.",
    "You can pick it up tomorrow.",
    "I drive one myself.",
    "If you don't like it you get your money back.",
    "I've talked to Priya and she's fine with it.",
    "Our owner said that's okay.",
    "We can wait until your loan clears.",
    "I have you on my calendar.",
    "Omar is expecting you.",
]
_OPEN = [
    "It was a trade-in.",
    "It just came in yesterday.",
    "It's still under factory warranty.",
    "You can extend the warranty.",
    "The warranty is good anywhere.",
    "We stand behind our cars.",
    "Yes, we speak Spanish here.",
    "You can park right out front.",
    "A mechanic of yours can look at it here.",
    "Come any time that suits you.",
    "It gets good mileage.",
    "Our other location has more.",
    "We work with all major banks.",
    "You can pay by card.",
    "You can reserve it online.",
]


@pytest.mark.parametrize("text", _RED)
def test_what_nobody_stands_behind_is_red(text: str) -> None:
    assert Verdict.UNSUPPORTED in {claim.verdict for claim in verify(text, pack(OUTBACK))}


@pytest.mark.parametrize("text", _OPEN)
def test_what_nobody_says_is_open(text: str) -> None:
    assert {claim.verdict for claim in verify(text, pack(OUTBACK))} & OPEN_VERDICTS


@pytest.mark.parametrize(
    ("policy", "text"),
    [
        ("Our team speaks English and Spanish.", "Yes, we speak Spanish here."),
        ("Customer parking is in front of the showroom.", "You can park in front of the showroom."),
        ("The factory warranty runs until March 2027.", "It's still under factory warranty."),
        ("You are welcome to bring your own mechanic.", "You can bring your own mechanic."),
    ],
)
def test_what_a_policy_says_may_be_said(policy: str, text: str) -> None:
    dealer = DEALER | {"policies": [*DEALER["policies"], {"topic": "visit", "text": policy}]}
    assert not {claim.verdict for claim in verify(text, pack(OUTBACK, dealer=dealer))} & OPEN_VERDICTS


@pytest.mark.parametrize(
    ("budget", "text", "verdict"),
    [
        ("My budget is 25,000", "It's within your budget.", Verdict.SUPPORTED),
        ("My budget is 20,000", "It's within your budget.", Verdict.UNSUPPORTED),
        ("My budget is 20,000", "It's a bit over your budget.", Verdict.SUPPORTED),
        ("My budget is 20,000", "It isn't within your budget.", Verdict.SUPPORTED),
        ("I have a budget", "It's within your budget.", Verdict.UNCERTAIN),
    ],
)
def test_a_budget_is_compared_with_the_price(budget: str, text: str, verdict: Verdict) -> None:
    claims = verify(text, pack(OUTBACK, thread=f"C: How about the Outback? {budget}."))
    assert [claim.verdict for claim in claims if "budget" in claim.text] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "I can look for something within your budget.",
        "What is your budget?",
        "I'll ask if anyone here speaks Spanish.",
        "State sales tax comes on top.",
    ],
)
def test_what_claims_nothing_new_is_left_alone(text: str) -> None:
    assert not {claim.verdict for claim in verify(text, pack(OUTBACK))} & OPEN_VERDICTS
