"""How far statements reach: refused items, waived needs, dropped limits, charges by name, talk that claims nothing."""

import pytest

from api.services.grounding.verifier import verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, pack

HOUSE = DEALER | {
    "policies": [
        {"topic": "deposit", "text": "A $250 deposit holds a vehicle for two days. It is refundable."},
        {"topic": "financing", "text": "We do not offer in-house financing or leases. The bank decides on credit."},
        {"topic": "service", "text": "The first oil change is free. Loaner cars are not available."},
        {"topic": "fees", "text": "The only fee we charge is a $90 document fee. Titles are handled by the county."},
        {"topic": "test_drive", "text": "Drivers need a valid license and proof of insurance."},
        {"topic": "delivery", "text": "Delivery is free within 40 miles."},
        {"topic": "pricing", "text": "Only the sales manager can approve a discount."},
        {"topic": "team", "text": "Bettina is the sales manager. Curtis works in finance."},
    ]
}


def _verdicts(draft: str, thread: str = "") -> list[Verdict]:
    return [claim.verdict for claim in verify(draft, pack(dealer=HOUSE, thread=thread))]


@pytest.mark.parametrize(
    "draft",
    [
        "Besides bank loans we also do in-house financing.",
        "You may drive one of our loaners meanwhile.",
        "All your oil changes are free.",
        "The first three oil changes are free.",
        "Delivery is free no matter where you live.",
        "Delivery is always free.",
        "Insurance isn't necessary for the test drive.",
        "We'll hold it for you, no deposit needed.",
        "There's a small prep charge on top.",
        "We handle the title for you.",
        "Curtis can approve the discount.",
        "We'll take care of the sales tax.",
        "The deposit cannot be returned.",
    ],
)
def test_what_reaches_further_is_red(draft: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(draft), draft


@pytest.mark.parametrize(
    "draft",
    [
        "No leases and no in-house financing here, I'm afraid.",
        "We have no loaner cars.",
        "Your first oil change is on us.",
        "You get your whole deposit back if you change your mind.",
        "Bettina can approve a discount.",
        "Titles go through the county, not through us.",
        "Have a safe trip and drive carefully!",
        "It was a busy weekend.",
        "Happy Thanksgiving to you and your family.",
        "Car shopping can be stressful.",
        "That isn't something I can promise.",
        "Looking at the car doesn't commit you to anything.",
    ],
)
def test_what_stands_or_claims_nothing_is_not_red(draft: str) -> None:
    assert Verdict.UNSUPPORTED not in _verdicts(draft), draft


@pytest.mark.parametrize("answer", ["You bet!", "Yes, exactly.", "Of course we will."])
def test_assent_adopts_what_the_customer_asks_of_the_house(answer: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(answer, "C: So you'll cover the registration?")


@pytest.mark.parametrize(
    "draft",
    [
        "This is the best deal in the state.",
        "It is hard to beat.",
        "Parts for it cost next to nothing.",
        "It is priced far below what everyone else asks.",
    ],
)
def test_a_boast_is_shown(draft: str) -> None:
    assert Verdict.UNCERTAIN in _verdicts(draft), draft
