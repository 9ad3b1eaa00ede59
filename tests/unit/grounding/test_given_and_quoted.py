"""What a text gives away, says to be all one needs, puts into the customer's mouth, or opens on a closed day."""

import pytest

from api.services.grounding import verify
from models.claims import ClaimKind, Verdict
from tests.unit.grounding.records import DEALER, OUTBACK, TACOMA, pack

OPEN_VERDICTS = {Verdict.UNSUPPORTED, Verdict.UNCERTAIN}
_TIRES = {"topic": "winter_tires", "text": "A set of winter tires costs $640 installed."}
_DRIVES = {"topic": "test_drive", "text": "Test drives need a valid license and proof of insurance."}
_HOUSE = DEALER | {"policies": [_TIRES, _DRIVES]}


def _verdicts(text: str, **of: object) -> set[Verdict]:
    return {claim.verdict for claim in verify(text, pack(OUTBACK, **of))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["Winter tires come with it.", "It has roof rails and winter tires.", "Winter tires are included."],
)
def test_what_costs_money_is_not_given_away(text: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(text, dealer=_HOUSE)


def test_what_costs_money_may_be_offered_at_its_price() -> None:
    assert not _verdicts("A set of winter tires costs $640 installed.", dealer=_HOUSE) & OPEN_VERDICTS


@pytest.mark.parametrize(
    "text", ["All you need is a license for a test drive.", "Your license is all you need for the test drive."]
)
def test_all_one_needs_is_all_that_the_policy_asks_for(text: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(text, dealer=_HOUSE)


def test_all_that_the_policy_asks_for_may_be_said() -> None:
    text = "All you need is a valid license and proof of insurance for a test drive."
    assert Verdict.UNSUPPORTED not in _verdicts(text, dealer=_HOUSE)


@pytest.mark.parametrize(
    "text",
    [
        "A test drive is possible on Sunday.",
        "You can test drive it on Sunday.",
        "The Outback can be seen any day.",
        "Sunday works for a test drive.",
    ],
)
def test_nobody_drives_on_a_closed_day(text: str) -> None:
    kinds = {claim.kind for claim in verify(text, pack(OUTBACK)) if claim.verdict is Verdict.UNSUPPORTED}
    assert ClaimKind.TIME_OR_HOURS in kinds


@pytest.mark.parametrize("text", ["A test drive is possible on Saturday.", "You can see it on Monday."])
def test_open_days_are_offered(text: str) -> None:
    assert not _verdicts(text) & OPEN_VERDICTS


@pytest.mark.parametrize(
    "text",
    [
        "You noted that the car has new brakes.",
        "You want the one with leather seats, and it has them.",
        "In your message you said it has new tires, and that's right.",
        "The navigation you're after is standard.",
        "The thing you need is the sunroof, which this has.",
    ],
)
def test_words_put_into_the_customers_mouth_are_open(text: str) -> None:
    assert _verdicts(text, thread="C: ok") & OPEN_VERDICTS


@pytest.mark.parametrize(
    ("thread", "text"),
    [
        ("C: I saw the brakes are new?", "You noted that the car has new brakes; I'll ask our service team."),
        ("C: I want roof rails", "You want roof rails, and it has them."),
        ("C: I need heated seats", "The heated seats you need are in it."),
    ],
)
def test_what_the_customer_wrote_or_a_record_says_is_not(thread: str, text: str) -> None:
    assert not _verdicts(text, thread=thread) & OPEN_VERDICTS


def test_a_need_is_not_a_quotation() -> None:
    claims = verify("You need good credit.", pack(TACOMA, thread="C: ok"))
    assert {claim.verdict for claim in claims} & OPEN_VERDICTS
