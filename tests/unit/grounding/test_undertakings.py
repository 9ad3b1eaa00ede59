"""Promises in harmless verbs, and service in the same verbs; financing without interest; what a record leaves out."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import MAZDA, OUTBACK, pack


def _verdicts(text: str, thread: str = "C: ok") -> set[Verdict]:
    return {claim.verdict for claim in verify(text, pack(OUTBACK, thread=thread))}


@pytest.mark.parametrize(
    "text",
    [
        "We'll detail it before you pick it up.",
        "We'll work on the brakes before you pick it up.",
        "I'll get you some floor mats.",
        "I'll find you a better rate.",
        "We'll pass the savings on to you.",
        "We'll send you a second key.",
        "I'll write off the doc fee.",
        "We'll call off the other buyer.",
        "We'll walk the price down.",
        "We'll meet your price.",
        "We'll let it go for less.",
        "We'll touch up the paint.",
        "We'll be replacing the tires.",
        "I'll keep it here until you come.",
        "I'll spend $200 on the tires.",
        "Omar will look over it and replace anything worn.",
        "Count on us for new tires.",
    ],
)
def test_a_deed_in_a_harmless_verb_is_a_promise(text: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'll send you photos of the tires.",
        "I'll find out about the brakes and let you know.",
        "We'll look at the tires and get back to you.",
        "I'll check the battery for you.",
        "I'll get you the details on the warranty.",
        "We'll meet you at the front desk.",
        "I'll work with you on this.",
        "I'll prepare the paperwork.",
        "I'll be checking my messages this evening.",
        "I'll detail the steps for you below.",
    ],
)
def test_service_in_the_same_verbs_is_none(text: str) -> None:
    assert Verdict.UNSUPPORTED not in _verdicts(text)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Yes, it's interest-free.", Verdict.UNSUPPORTED),
        ("We lend with no interest.", Verdict.UNSUPPORTED),
        ("Navigation isn't listed for the Outback.", Verdict.SUPPORTED),
        ("The listing doesn't mention navigation.", Verdict.SUPPORTED),
        ("Roof rails aren't listed for the Outback.", Verdict.UNSUPPORTED),
        ("I don't see an appointment under your name yet.", Verdict.SUPPORTED),
    ],
)
def test_what_is_not_there(text: str, verdict: Verdict) -> None:
    assert verdict in _verdicts(text)


def test_an_appointment_that_staff_set_is_not_denied() -> None:
    thread = "S: You're booked for Wednesday at 10 am.\nC: when is it?"
    assert Verdict.UNSUPPORTED in _verdicts("I don't see an appointment under your name.", thread)


@pytest.mark.parametrize(
    ("asked", "said", "verdict"),
    [
        ("C: it has roof rails, doesnt it", "It does indeed.", Verdict.SUPPORTED),
        ("C: the mazda is still up for grabs?", "Sure is, come and get it!", Verdict.UNSUPPORTED),
        ("C: my wife needs to see it first", "Absolutely.", None),
        ("C: I'm torn", "I get it.", None),
    ],
)
def test_short_answers(asked: str, said: str, verdict: Verdict | None) -> None:
    verdicts = {claim.verdict for claim in verify(said, pack(OUTBACK, MAZDA | {"status": "sold"}, thread=asked))}
    assert verdicts == ({verdict} if verdict else set())
