"""What replies of several facts are made of: labels, terms told as spans, offers with an end, holidays by name."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, OUTBACK, TACOMA, pack

OFFER = """
C: Any news on the loan and on my old car?
S: The credit union quotes $358 a month for 60 months at 6.2% APR with $2,500 down.
S: For your Focus we offer $4,150, good through May 20.
C: Can you repeat that?
"""
MACH_E = TACOMA | {"id": "mache", "make": "Ford", "model": "Mustang Mach-E", "trim": "Premium", "stock_number": "P7"}
CAMPER = TACOMA | {"id": "camper", "make": "Winnebago", "model": "Travato", "trim": "59K", "year": 2016}


def verdicts(text: str, *vehicles: dict[str, object], thread: str = OFFER) -> dict[str, Verdict]:
    """Return each claim's words with its verdict."""
    return {claim.text: claim.verdict for claim in verify(text, pack(*vehicles, thread=thread))}


@pytest.mark.parametrize(
    "text",
    [
        "Here they are:\n- Monthly payment: $358\n- Term: 60 months\n- APR: 6.2%\n- Down payment: $2,500",
        "It would be $358 a month over 60 months.",
        "That was over 60 months.",
        "The quote comes to $358 over 60 months at 6.2%.",
        "Yes Dana, that's right: $358 a month with $2,500 down.",
        "Our offer for your Focus is $4,150, and it's good through May 20.",
    ],
)
def test_a_quote_told_again_is_not_red(text: str) -> None:
    """Each amount takes its part from its label and its unit."""
    assert Verdict.UNSUPPORTED not in verdicts(text, OUTBACK).values()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Here they are:\n- Monthly payment: $338\n- Term: 60 months", "$338"),
        ("Here they are:\n- Monthly payment: $358\n- Term: 72 months", "72 months"),
        ("Here they are:\n- Down payment: $358", "$358"),
        ("It would be $358 a month over 48 months.", "48 months"),
        ("Yes Dana, that's right: $358 a month with $2,000 down.", "$2,000"),
    ],
)
def test_a_wrong_figure_under_its_label_is_red(text: str, wrong: str) -> None:
    """The label does not excuse the value."""
    assert verdicts(text, OUTBACK)[wrong] is Verdict.UNSUPPORTED


def test_a_price_before_a_way_is_no_address() -> None:
    """Only a number of its own begins a street."""
    assert not any("way" in words for words in verdicts("It stays at $24,250 whichever way you pay.", OUTBACK))


@pytest.mark.parametrize(
    ("text", "vehicle"),
    [("The Mach-E Premium has a bed liner.", MACH_E), ("It's the 2016 Winnebago Travato 59K.", CAMPER)],
)
def test_a_part_of_a_name_and_a_rare_make_are_known(text: str, vehicle: dict[str, object]) -> None:
    """Makes that only the record knows count as makes."""
    assert Verdict.UNSUPPORTED not in verdicts(text, vehicle).values()


def test_a_holiday_by_name_is_a_date_not_a_weekday() -> None:
    """Black Friday is the day after Thanksgiving; the hours of Fridays say nothing of it."""
    closed = [*DEALER["policies"], {"topic": "closed", "text": "Closed November 26 and 27."}]
    evidence = pack(OUTBACK, thread="C: Are you open on Black Friday?", dealer=DEALER | {"policies": closed})
    found = {one.text: one.verdict for one in verify("We're closed on Black Friday.", evidence)}
    assert found == {"Black Friday": Verdict.SUPPORTED}
    open_then = {one.text: one.verdict for one in verify("We're open on Black Friday.", evidence)}
    assert Verdict.UNSUPPORTED in open_then.values()


def test_the_end_of_this_month_is_a_date() -> None:
    """It is resolved by the evidence's own moment, May 2026."""
    thread = "C: price?\nS: $24,000 for the Outback, until May 31.\nC: how long is that good?"
    assert (
        Verdict.UNSUPPORTED not in verdicts("It's good until the end of this month.", OUTBACK, thread=thread).values()
    )
    assert Verdict.UNSUPPORTED in verdicts("It's good until the end of June.", OUTBACK, thread=thread).values()


def test_a_weekday_behind_its_hours_takes_them_both() -> None:
    """ "At ten Saturdays" speaks of Saturdays only."""
    found = verdicts("we open at 10 saturdays n close at 3", OUTBACK, thread="C: u open saturday?")
    assert Verdict.UNSUPPORTED not in found.values()
    found = verdicts("we open at 9 saturdays n close at 3", OUTBACK, thread="C: u open saturday?")
    assert Verdict.UNSUPPORTED in found.values()
