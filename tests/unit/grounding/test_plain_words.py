"""What is wrong with a claim, in words that a salesperson understands, and the question that takes its place."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.services.grounding import mend, verify
from api.services.grounding.check_hours import DAY_KEYS, DAY_NAMES
from api.services.grounding.evidence import EvidencePack
from api.services.grounding.plain_words import age, finding_out, question, restated, sentence
from models.claims import ClaimKind, ClaimView, Verdict
from tests.unit.grounding.records import DEALER, NOW, OUTBACK, TACOMA, pack

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
        (
            "The Outback is a hybrid.",
            ClaimKind.FEATURE_OR_COLOUR,
            "The record, confirmed 14 min ago, says Gasoline, not “hybrid”.",
        ),
        ("We have three Outbacks.", ClaimKind.QUANTITY, "1 such vehicle is in inventory."),
        ("The Outback gets 50 mpg.", ClaimKind.QUANTITY, "No record, policy or message of your team says 50 mpg."),
        ("Call Steven at the desk.", ClaimKind.PERSON, "Nobody called Steven is on record."),
        ("The deposit is fully refundable.", ClaimKind.WARRANTY_OR_SERVICE, "A policy says otherwise."),
        ("We deliver free.", ClaimKind.COMMITMENT, "No policy and no colleague has promised this."),
        ("The 2022 Honda Civic is here.", ClaimKind.VEHICLE, "2022 Honda Civic is not in inventory."),
    ],
)
def test_each_flag_is_one_plain_sentence(draft: str, kind: ClaimKind, words: str) -> None:
    """With the record's value and its age where there is one."""
    assert _said(draft, kind) == words


def _hours_claim(draft: str, evidence: EvidencePack) -> ClaimView:
    kinds = (one for one in verify(draft, evidence) if one.kind is ClaimKind.TIME_OR_HOURS)
    return next(one for one in kinds if one.verdict is Verdict.UNSUPPORTED)


def test_wrong_hours_are_put_right_by_the_record() -> None:
    """In plain words for staff, and as a sentence for the customer; nobody asks when he himself is open."""
    evidence = pack(FRESH)
    shut = _hours_claim("We are open on Sunday.", evidence)
    assert sentence(shut, evidence, None) == "The dealership is closed on Sundays."
    assert (restated(shut, evidence), question(shut), finding_out(shut)) == ("We are closed on Sundays.", None, None)
    late = _hours_claim("We are open until 11 pm on Monday.", evidence)
    assert sentence(late, evidence, None) == "The hours on Mondays are 8 am to 6 pm."
    assert restated(late, evidence) == "On Mondays we are open from 8 am to 6 pm."


_TIMES = st.integers(6 * 4, 22 * 4).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")
_DAY = st.lists(_TIMES, min_size=2, max_size=4, unique=True).map(
    lambda times: [sorted(times)[at : at + 2] for at in range(0, len(times) - 1, 2)]
)


@given(day=st.integers(0, 6), hours=st.none() | _DAY)
def test_the_record_restated_needs_no_other_source(day: int, hours: list[list[str]] | None) -> None:
    week = {key: (hours or []) if place == day else [["08:00", "20:00"]] for place, key in enumerate(DAY_KEYS)}
    evidence = pack(dealer=DEALER | {"hours": week})
    wrong = f"We are open from 5:00 AM to 11:45 PM on {DAY_NAMES[day]}."
    record = restated(_hours_claim(wrong, evidence), evidence)
    assert record is not None
    assert [one for one in verify(record, evidence) if one.verdict is not Verdict.SUPPORTED] == []


def test_what_contradicts_no_hours_is_not_restated() -> None:
    evidence = pack(FRESH)
    price = next(one for one in verify("The Outback is $22,750.", evidence) if one.verdict is Verdict.UNSUPPORTED)
    assert restated(price, evidence) is None


_OF_THE_CUSTOMER = {
    ClaimKind.APPOINTMENT,
    ClaimKind.DOWN_PAYMENT,
    ClaimKind.MONTHLY_PAYMENT,
    ClaimKind.TERM,
    ClaimKind.TRADE_IN_VALUE,
    ClaimKind.VEHICLE,
}


@pytest.mark.parametrize("kind", ClaimKind)
def test_what_stands_in_a_sentence_s_place_states_nothing(kind: ClaimKind) -> None:
    """The customer is asked what he can know; staff find out the rest; neither needs a source, whatever is known."""
    claim = ClaimView(kind=kind, text="x", start=0, end=1, verdict=Verdict.UNSUPPORTED, reason="Because.")
    asked, found = question(claim), finding_out(claim)
    assert (asked is not None, found is None) == (kind in _OF_THE_CUSTOMER,) * 2
    instead = asked or found or ""
    assert instead.endswith("?" if asked else ".")
    assert verify(instead, pack(FRESH, TACOMA)) == []
    assert verify(instead, pack()) == []


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
