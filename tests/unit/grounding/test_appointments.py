"""Appointments that are set, moved or called off, and policies that are tied to a model."""

from typing import Any

import pytest

from api.services.grounding import verify
from models.claims import ClaimKind, Verdict
from tests.unit.grounding.records import DEALER, MAZDA, OUTBACK, pack

_BOOKED = "S: See you Friday at 9:15 for the Outback.\nC: great, still on?"
_RATES: dict[str, Any] = {
    **DEALER,
    "policies": [
        {"topic": "promotion", "text": "Outback: 2.9% APR for up to 48 months."},
        {"topic": "financing", "text": "Standard financing from 6.19% APR for up to 75 months."},
    ],
}


def _red(text: str, thread: str = _BOOKED) -> set[ClaimKind]:
    found = verify(text, pack(OUTBACK, MAZDA, thread=thread))
    return {claim.kind for claim in found if claim.verdict is Verdict.UNSUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "Great, Friday 9:50 it is.",
        "Your Friday appointment has been cancelled.",
        "Your test drive was moved to Thursday.",
        "We'll have the Outback out front for you tomorrow at ten.",
    ],
)
def test_another_appointment_than_that_of_staff_is_red(text: str) -> None:
    assert ClaimKind.APPOINTMENT in _red(text)


@pytest.mark.parametrize("text", ["Great, Friday 9:15 it is.", "Would you like to move your appointment?"])
def test_the_appointment_of_staff_stands(text: str) -> None:
    assert ClaimKind.APPOINTMENT not in _red(text)


@pytest.mark.parametrize(
    ("text", "red"),
    [
        ("The Outback goes at 2.9% APR for up to 48 months.", False),
        ("The CX-5 goes at 2.9% APR for up to 48 months.", True),
        ("The CX-5 is financed from 6.19% APR.", False),
    ],
)
def test_a_rate_of_one_model_is_not_anothers(text: str, red: bool) -> None:
    found = verify(text, pack(OUTBACK, MAZDA, dealer=_RATES))
    assert (Verdict.UNSUPPORTED in {claim.verdict for claim in found if claim.kind is ClaimKind.RATE}) is red


def test_an_asking_price_is_a_price_and_no_promise_to_ask() -> None:
    found = verify("We're asking $22,750 for it.", pack(OUTBACK))
    assert {claim.kind for claim in found if claim.verdict is Verdict.UNSUPPORTED} == {ClaimKind.PRICE}
