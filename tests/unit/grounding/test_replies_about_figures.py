"""Figures of whole replies in other words: holds without "deposit", differences without "than", quotes by one's car."""

import pytest

from api.services.grounding import EvidencePack, verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, OUTBACK, pack

_POLICIES = [
    {"topic": "deposit", "text": "A $250 deposit holds a car for 48 hours. It is not refundable."},
    {"topic": "returns", "text": "3-day exchange, no refunds."},
    {"topic": "cash", "text": "$300 off for cash buyers."},
    {"topic": "financing", "text": "Loans from 5.49% APR, with at least 10% down."},
]
_ONE = {**OUTBACK, "id": "one", "price": {"amount": 1945000, "currency": "usd"}, "mileage": 71320}
_TWO = {**_ONE, "id": "two", "make": "Honda", "model": "Pilot", "trim": None, "mileage": 48115}
_TWO["price"] = {"amount": 2990000, "currency": "usd"}
_THREE = {
    **_TWO,
    "id": "three",
    "make": "Kia",
    "model": "Soul",
    "mileage": 90000,
    "price": {"amount": 900000, "currency": "usd"},
}
_THREAD = "S: With your Corolla at $4,500 and $1,500 down, the lender quoted $214 a month for 48 months at 7.9% APR."


def _pack(*vehicles: dict[str, object], thread: str = "") -> EvidencePack:
    return pack(*vehicles, thread=thread, dealer={**DEALER, "policies": _POLICIES})


def _red(text: str, pack_: EvidencePack) -> bool:
    return any(one.verdict is Verdict.UNSUPPORTED for one in verify(text, pack_))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("$250 keeps it for 48 hours, and that's not refundable.", "$250 keeps it for 72 hours."),
        ("$19,150 instead of $19,450, as you pay cash.", "$19,150 instead of $19,950, as you pay cash."),
        ("Ten percent of the price is 1,945.", "Ten percent of the price is 1,495."),
    ],
)
def test_one_vehicle(right: str, wrong: str) -> None:
    assert not _red(right, _pack(_ONE))
    assert _red(wrong, _pack(_ONE))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "The Outback is $19,450. The Pilot is $10,450 more and has 23,205 fewer miles.",
            "The Outback is $19,450. The Pilot is $10,540 more and has 23,205 fewer miles.",
        ),
        (
            "The Outback is $10,450 less, at $19,450, than the Pilot.",
            "The Outback is $10,450 less, at $19,540, than the Pilot.",
        ),
        ("For the Outback: $19,450 for the car.", "For the Outback: $29,900 for the car."),
    ],
)
def test_several_vehicles(right: str, wrong: str) -> None:
    assert not _red(right, _pack(_ONE, _TWO, _THREE))
    assert _red(wrong, _pack(_ONE, _TWO, _THREE))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "Your Corolla counts for $4,500, and you'd put $1,500 down.",
            "Your Corolla counts for $4,500, with $500 down.",
        ),
        ("With your Corolla, it was $214 a month over 48 months.", "With your Corolla, it was $241 a month."),
    ],
)
def test_a_quote_beside_the_customers_own_car(right: str, wrong: str) -> None:
    assert not _red(right, _pack(_ONE, thread=_THREAD))
    assert _red(wrong, _pack(_ONE, thread=_THREAD))


def test_a_number_counts_what_the_customer_asked_for() -> None:
    asked = _pack({**_ONE, "seats": 5}, {**_TWO, "seats": 7}, thread="C: how many does each one seat")
    assert not _red("5 in the Outback, 7 in the Pilot.", asked)
    assert _red("7 in the Outback, 5 in the Pilot.", asked)


def test_a_policy_of_a_model_that_is_not_in_the_pack_gives_nothing_to_another() -> None:
    policies = [{"topic": "promotion", "text": "New CX-5: 2.9% APR for up to 48 months, on approved credit."}]
    other = pack(_ONE, dealer={**DEALER, "policies": policies})
    assert _red("Yes, the 2.9% APR is for the Outback as well.", other)
