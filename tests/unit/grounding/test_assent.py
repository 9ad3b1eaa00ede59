"""Agreement adopts what the customer proposed; politeness does not."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import OUTBACK, pack

OFFER = "C: I give you 17,000 for the Outback, fine?"


def _red(draft: str, thread: str) -> bool:
    claims = verify(draft, pack(OUTBACK, thread=thread))
    return any(one.verdict is Verdict.UNSUPPORTED for one in claims)


@pytest.mark.parametrize(
    "draft",
    [
        "Yes.",
        "That is absolutely all right with the team.",
        "We go along with that number.",
        "OK, we shake hands on it!",
        "Thanks for writing. Yes to your number.",
        "Your amount is fine.",
        "Deal! When can you come by?",
        "That works for us whenever you come.",
    ],
)
def test_agreement_carries_the_proposal(draft: str) -> None:
    assert _red(draft, OFFER)


@pytest.mark.parametrize(
    ("draft", "thread"),
    [
        ("Sure, how much would you like to put down?", OFFER),
        ("Great, thanks! Which day would you come?", OFFER),
        ("Okay. The Outback is listed at $21,750.", OFFER),
        ("No, that does not work for us.", OFFER),
        ("If you need a few days first, that is perfectly fine too.", OFFER),
        ("Sure. I will send them over.", "C: Could you send me photos?"),
        ("We understand that.", OFFER),
        ("Come by whenever it suits you.", OFFER),
        ("Pick whichever day works for you.", OFFER),
    ],
)
def test_politeness_adopts_nothing(draft: str, thread: str) -> None:
    assert not _red(draft, thread)


@pytest.mark.parametrize(
    "draft",
    [
        "You've got yourself a car!",
        "Splendid, we have an agreement.",
        "Just like you say.",
        "Yes, all of it.",
        "We're agreed.",
    ],
)
def test_other_words_agree_as_well(draft: str) -> None:
    assert _red(draft, OFFER)


@pytest.mark.parametrize("draft", ["With pleasure. Which day suits you?", "Of course! What would you like to know?"])
def test_gracious_words_before_a_question_agree_to_nothing(draft: str) -> None:
    assert not _red(draft, "C: Could I see the Outback some time?")
    assert _red(draft, "C: Could you throw in roof bars and I take it Friday?")


def test_a_proposal_is_judged_with_the_persons_turned() -> None:
    thread = "C: So I leave the $300 deposit and you reserve it for three days, right?"
    assert not _red("Exactly right.", thread)
    assert _red("Exactly right.", thread.replace("three", "nine"))
