"""A policy said in other words stands, and what only sounds like it does not; own records."""

from typing import Any

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import MAZDA, OUTBACK, TACOMA, pack

STORE: dict[str, Any] = {
    "name": "Alder Street Motors",
    "timezone": "America/Chicago",
    "policies": [
        {"topic": "holds", "text": "On request we hold a car until closing time of the same day, free of charge."},
        {"topic": "extras", "text": "The first tire rotation is free. A spare key comes with every car."},
        {"topic": "delivery", "text": "We deliver free of charge within 20 miles."},
        {"topic": "loaners", "text": "A free loaner is provided during warranty repairs."},
        {"topic": "discounts", "text": "Customers who pay by bank transfer get $150 off."},
        {"topic": "matching", "text": "We match a lower written offer of another licensed dealer for the same model."},
        {"topic": "in_house", "text": "In-house financing needs no credit check."},
        {"topic": "bank", "text": "The bank alone decides whether a loan is granted."},
        {"topic": "returns", "text": "No returns; exchanges within 5 days."},
        {"topic": "warranty", "text": "On every car the engine and the transmission are covered for 6 months."},
        {"topic": "valuing", "text": "We do not appraise trucks."},
    ],
}


def _reds(draft: str, thread: str = "C: Tell me more about the Outback.") -> list[str]:
    claims = verify(draft, pack(OUTBACK, thread=thread, dealer=STORE))
    return [one.text for one in claims if one.verdict is Verdict.UNSUPPORTED]


@pytest.mark.parametrize(
    "draft",
    [
        "If you ask we keep it back until we close today, at no cost.",
        "You don't pay for the first tire rotation.",
        "Your first tire rotation is included.",
        "During warranty repairs you get a loaner, free of charge.",
        "While a warranty repair is under way you drive a loaner from us, free.",
        "By bank transfer you get $150 off.",
        "If a licensed dealer gives you a lower written offer for the same model, we go with that one.",
        "With in-house financing nobody pulls your credit.",
        "No guarantee from us, sorry; the bank decides.",
        "We don't take returns, but you can exchange it within 5 days.",
        "Once you have slept on it, just write.",
        "The engine is covered for 6 months.",
    ],
)
def test_a_policy_in_other_words_is_not_red(draft: str) -> None:
    assert _reds(draft) == []


@pytest.mark.parametrize(
    "draft",
    [
        "We keep it back for a week, at no cost.",
        "Every tire rotation is free.",
        "You drive a loaner from us for any repair, free.",
        "We match any ad you find.",
        "With a score like yours the answer is going to be a yes.",
        "We guarantee the loan.",
        "You can return it within 5 days.",
        "The brakes are covered too.",
        "The whole car is covered.",
        "The spare key costs extra.",
        "26 miles is no problem, we deliver free of charge.",
        "We'll drop the plate fee for you.",
        "We appraise trucks.",
        "By Monday you'll be driving.",
    ],
)
def test_what_goes_beyond_a_policy_is_red(draft: str) -> None:
    assert _reds(draft)


@pytest.mark.parametrize(
    ("asked", "draft", "red"),
    [
        ("is the tire rotation included", "Sure, the first one is free.", False),
        ("are brake pads included", "Sure, the first ones are free.", True),
        ("i want free rotations for life", "Yes, every one is on us.", True),
    ],
)
def test_what_is_left_unsaid_is_what_the_customer_asked_for(asked: str, draft: str, red: bool) -> None:
    assert bool(_reds(draft, f"C: {asked}")) is red


@pytest.mark.parametrize(
    ("draft", "red"),
    [
        ("The CX-5 is off the market.", True),
        ("We can sell you the Outback.", False),
        ("The Outback is no longer with us.", True),
        ("The CX-5 is back on sale.", True),
        ("Would you like the CX-5, which is still available?", True),
        ("Would you like the Outback, which is still available?", False),
        ("The green Outback is a wagon, the blue CX-5 an SUV.", False),
        ("The blue Outback is a wagon.", True),
        ("The CX-5 is the green one.", True),
        ("The Tacoma has EyeSight.", True),
        ("The CX-5 has a tow hitch.", True),
        ("The Outback had a minor accident in 2020, repaired.", True),
        ("The Tacoma, the older of the two, is next to the Outback.", False),
    ],
)
def test_each_vehicle_keeps_its_own(draft: str, red: bool) -> None:
    claims = verify(draft, pack(OUTBACK, TACOMA, MAZDA | {"status": "pending"}, thread="C: Which ones?", dealer=STORE))
    assert any(one.verdict is Verdict.UNSUPPORTED for one in claims) is red
