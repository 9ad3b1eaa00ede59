"""Haste, rivals, stock to come, payments put off, needs waved aside, and strangers who will take care of it."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import OUTBACK, pack

_RED = [
    "Two families are coming to see it on Saturday.",
    "Someone else is looking at it right now.",
    "It won't be here tomorrow.",
    "This deal won't last.",
    "They're selling fast.",
    "We have another one arriving next week.",
    "No payments until March.",
    "Your first payment isn't due for 90 days.",
    "You can skip the down payment.",
    "You can just forget about the deposit.",
    "You won't have to pay for shipping.",
    "I'll stay late for you tonight.",
    "Someone will be here until 9 pm.",
    "The lender is pretty relaxed, so you'd be approved.",
]


@pytest.mark.parametrize("text", _RED)
def test_what_nobody_stands_behind_is_red(text: str) -> None:
    assert Verdict.UNSUPPORTED in {claim.verdict for claim in verify(text, pack(OUTBACK))}


@pytest.mark.parametrize(
    "text", ["You won't spot a single dent.", "You could tow a boat with it.", "Brian will take care of you."]
)
def test_what_nobody_says_is_open(text: str) -> None:
    assert {claim.verdict for claim in verify(text, pack(OUTBACK))} & {Verdict.UNCERTAIN, Verdict.UNSUPPORTED}


def test_what_a_colleague_wrote_of_rivals_may_be_said_again() -> None:
    wrote = "S: Just so you know, another buyer is interested in the Outback.\nC: really?"
    verdicts = {claim.verdict for claim in verify("Yes, another buyer is interested.", pack(OUTBACK, thread=wrote))}
    assert Verdict.UNSUPPORTED not in verdicts


@pytest.mark.parametrize(
    "text",
    [
        "Is someone else coming along to see it?",
        "Please let me know if another person will be driving.",
        "There is no hurry, take your time.",
        "We close at 6 pm, so please come before it's too late in the day.",
    ],
)
def test_talk_of_others_that_claims_nothing(text: str) -> None:
    claims = verify(text, pack(OUTBACK))
    assert not [one for one in claims if one.verdict is Verdict.UNSUPPORTED and "colleague says" in one.reason]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("It was priced higher last week.", Verdict.UNSUPPORTED),
        ("What you see is what you pay.", Verdict.UNSUPPORTED),
        ("We took it off the website for you.", Verdict.UNSUPPORTED),
        ("I already spoke to the manager and he agreed.", Verdict.UNSUPPORTED),
        ("I might be able to do a little better.", Verdict.UNSUPPORTED),
        ("It has all the options.", Verdict.UNCERTAIN),
        ("Everything works.", Verdict.UNCERTAIN),
        ("You can pay in installments with us.", None),
        ("I can't do a little better, sorry.", None),
    ],
)
def test_everyday_words_claim_too(text: str, verdict: Verdict | None) -> None:
    verdicts = {claim.verdict for claim in verify(text, pack(OUTBACK))} - {Verdict.SUPPORTED}
    assert verdicts == ({verdict} if verdict else set())


def test_everything_works_is_red_where_something_does_not() -> None:
    car = OUTBACK | {"description": "Air conditioning does not work."}
    assert Verdict.UNSUPPORTED in {claim.verdict for claim in verify("Everything works.", pack(car))}
