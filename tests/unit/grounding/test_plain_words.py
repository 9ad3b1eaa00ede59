"""What is wrong with a claim, in words that a salesperson understands, and the question that takes its place."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.services.grounding import mend, verify
from api.services.grounding.plain_words import age, question, sentence
from models.claims import ClaimKind, ClaimView, Verdict
from tests.unit.grounding.records import NOW, OUTBACK, TACOMA, pack

FRESH = OUTBACK | {"confirmed_at": NOW - timedelta(minutes=14)}


def _said(draft: str, kind: ClaimKind) -> str:
    evidence = pack(FRESH, TACOMA)
    claim = next(one for one in verify(draft, evidence) if one.kind is kind and one.verdict is not Verdict.SUPPORTED)
    return sentence(claim, evidence, mend(claim, evidence))


@pytest.mark.parametrize(
    ("draft", "kind", "words"),
    [
        (
            "The Outback is $22,750.",
            ClaimKind.PRICE,
            "Price $22,750 is not in inventory (record: $21,750, confirmed 14 min ago).",
        ),
        ("We can give you $500 off.", ClaimKind.DISCOUNT, "Nobody offered a discount in this thread."),
        (
            "The Outback is sold.",
            ClaimKind.AVAILABILITY,
            "The 2019 Subaru Outback Premium is available in inventory, confirmed 14 min ago.",
        ),
        (
            "Call 555-014-7703.",
            ClaimKind.CONTACT,
            "“555-014-7703” is not the dealership's phone (record: +1 555 014 7730).",
        ),
        ("The rate is 2.9% APR.", ClaimKind.RATE, "Rate 2.9% APR is not what the policy says (5.75%)."),
        ("The 2022 Honda Civic is here.", ClaimKind.VEHICLE, "2022 Honda Civic is not in inventory."),
    ],
)
def test_each_flag_is_one_plain_sentence(draft: str, kind: ClaimKind, words: str) -> None:
    """With the record's value and its age where there is one."""
    assert _said(draft, kind) == words


@pytest.mark.parametrize("kind", ClaimKind)
def test_what_is_asked_instead_states_nothing(kind: ClaimKind) -> None:
    """A question needs no source, whatever the evidence holds."""
    claim = ClaimView(kind=kind, text="x", start=0, end=1, verdict=Verdict.UNSUPPORTED, reason="Because.")
    asked = question(claim)
    assert asked.endswith("?")
    assert verify(asked, pack(FRESH, TACOMA)) == []
    assert verify(asked, pack()) == []


@pytest.mark.parametrize("kind", ClaimKind)
def test_no_sentence_is_empty_or_unfilled(kind: ClaimKind) -> None:
    """Braces in a claim's own text change nothing."""
    claim = ClaimView(kind=kind, text="{x}", start=0, end=3, verdict=Verdict.UNSUPPORTED, reason="Because.")
    words = sentence(claim, pack(), None)
    assert words
    assert "{text}" not in words


@given(st.integers(0, 10**8), st.integers(0, 10**8))
def test_an_age_has_a_unit_and_never_shrinks(one: int, other: int) -> None:
    """What is older never looks younger by its unit."""
    order = ("now", "min", "h", "day", "days")
    ranks = [
        order.index(age(timedelta(seconds=value)).removesuffix(" ago").split()[-1]) for value in sorted((one, other))
    ]
    assert ranks == sorted(ranks)
