"""What true replies say beside their facts, and how they tell them: each with a false counterpart that is flagged."""

import pytest

from api.services.grounding import verify
from api.services.grounding.relative_days import days_meant
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, MAZDA, NOW, OUTBACK, TACOMA, pack

CROSSTREK = OUTBACK | {"id": "crosstrek", "model": "Crosstrek", "stock_number": "P4402", "vin": None}
EXTRA = [
    {"topic": "charger", "text": "A Level 2 home charger costs $649, installation not included."},
    {"topic": "in_house", "text": "In-house financing needs no credit check and $1,000 down."},
    {"topic": "delivery", "text": "Nationwide delivery: $480."},
    {"topic": "guarantee", "text": "7-day, 350-mile money-back guarantee on every car."},
    {
        "topic": "pickups",
        "text": "Used vehicles under 90,000 miles carry a 3-month warranty; all others are sold as is.",
    },
]
BOOKED = """
C: When can I see it?
S: You're booked with Omar on Thursday, May 7 at 10:30 am. Our offer of $4,150 for your Focus is good until May 13.
S: We will put a new set of floor mats in at no charge.
C: Thanks!
"""


def flagged(text: str, *vehicles: dict[str, object], extra: bool = False) -> dict[str, Verdict]:
    """Return the red and amber claims of a text about the vehicles."""
    dealer = DEALER | {"policies": EXTRA if extra else DEALER["policies"]}
    found = verify(text, pack(*(vehicles or (OUTBACK,)), thread=BOOKED, dealer=dealer))
    return {one.text: one.verdict for one in found if one.verdict is not Verdict.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "You're booked with Omar tomorrow at 10:30 a.m. The Outback has heated seats.",
        "The offer for your Focus is good until next Wednesday.",
        "Should that change, I'll let you know right away.",
        "If your schedule is tight, we're open until 6 on Friday.",
        "The Outback is an automatic, so it may not be for you if you only drive manuals.",
        "On the $21,750 Outback we don't negotiate, so I can't come down on the Outback's $21,750.",
        "It's a green automatic from 2019.",
        "It comes down to how you'll use it.",
        "Omar can answer any questions you have.",
        "Let me know once you sort out your financing.",
        "The heated seats are nice to have in a Duluth winter.",
        "I can put you in touch with Omar on Thursday.",
        "I'd rather tell you now: the Outback is a wagon.",
        "The Outback has room for five.",
        "We'll include a new set of floor mats at no charge.",
        "A non-refundable $300 takes it off the market for three days.",
    ],
)
def test_what_a_true_reply_says_beside_its_facts_is_not_red(text: str) -> None:
    """Conditions, purposes, relative days and figures beside a name claim nothing false."""
    assert Verdict.UNSUPPORTED not in flagged(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "You're booked with Omar tomorrow at 11:30 a.m. The Outback has heated seats.",
        "You're booked with Omar today at 10:30 a.m.",
        "The offer for your Focus is good until next Monday.",
        "Should that change, we'll knock off $500.",
        "If your schedule is tight, we're open until 9 on Friday.",
        "The Outback is a manual, so it's for you if you like a stick.",
        "The $20,750 Outback is yours.",
        "I can't come down on the Outback's $20,750.",
        "It's a green automatic from 2018.",
        "We'll waive the fee, whatever you have.",
        "If your credit is a concern, you're approved anyway.",
        "The Outback has room for seven.",
        "We'll include a new roof rack at no charge.",
        "A non-refundable $500 takes it off the market for three days.",
        "Seven days to change your mind: you'd get a full refund.",
    ],
)
def test_the_false_counterpart_is_red(text: str) -> None:
    """The same shapes excuse no wrong fact."""
    assert Verdict.UNSUPPORTED in flagged(text).values()


@pytest.mark.parametrize(
    "text",
    [
        "A Level 2 charger for your home would be $649.",
        "If your credit is a concern, our in-house financing doesn't require a credit check.",
        "We can deliver it anywhere in the country for $480.",
        "You have 7 days or 350 miles to change your mind.",
        "At 121,300 miles the Tacoma is over our 90,000-mile limit, so it's sold as is.",
        "The 3-month warranty doesn't apply to it.",
    ],
)
def test_policies_in_other_words_are_not_red(text: str) -> None:
    """A kind with its number, a condition's other side and a paraphrase are borne out."""
    assert Verdict.UNSUPPORTED not in flagged(text, TACOMA, extra=True).values()


@pytest.mark.parametrize(
    "text",
    [
        "A Level 3 charger for your home would be $649.",
        "We can deliver it anywhere in North America for $480.",
        "You have 9 days or 350 miles to change your mind.",
        "At 48,210 miles the Outback is under the limit, so the 3-month warranty doesn't apply to it.",
        "At 48,210 miles the Outback is sold as is.",
    ],
)
def test_policies_bent_are_held_back(text: str) -> None:
    """The kind, the reach, the days and the side of the limit count."""
    assert flagged(text, OUTBACK, extra=True)


def test_several_vehicles_are_told_by_their_body() -> None:
    """ "Both wagons" leaves the pickup out, and "it" is the car told alone."""
    cars = (TACOMA, OUTBACK, CROSSTREK)
    assert flagged("Both wagons are all-wheel drive.", *cars) == {}
    assert Verdict.UNSUPPORTED in flagged("Both wagons are four-wheel drive.", *cars).values()


def test_what_is_compared_with_another_stays_the_subject() -> None:
    """ "It" after "the price of the Mazda" is the one that has the price."""
    text = "The Outback is well above the price of the Mazda, but it's all-wheel drive."
    assert Verdict.UNSUPPORTED not in flagged(text, OUTBACK, MAZDA).values()
    wrong = text.replace("all-wheel", "front-wheel")
    assert Verdict.UNSUPPORTED in flagged(wrong, OUTBACK, MAZDA).values()


def test_relative_days_may_mean_these_dates() -> None:
    """6 May 2026 is a Wednesday."""
    today = NOW.date()
    meant = {
        text: [[(one.month, one.day) for one in days] for days in days_meant(text, today)]
        for text in ("tomorrow at 4", "next friday", "on wednesday", "in two weeks", "the day after tomorrow", "soon")
    }
    assert meant == {
        "tomorrow at 4": [[(5, 7)]],
        "next friday": [[(5, 8), (5, 15)]],
        "on wednesday": [[(5, 6), (5, 13)]],
        "in two weeks": [[(5, 20)]],
        "the day after tomorrow": [[(5, 8)]],
        "soon": [],
    }


GUARANTEE = [
    {"topic": "money_back", "text": "Seven-day, 350-mile money-back guarantee on every car."},
    {"topic": "deposit", "text": "A $1,000 refundable deposit holds a car for 72 hours."},
    {
        "topic": "service",
        "text": "The service desk opens at 7:30 am, phone +1 555 014 7799. Storage is free for 30 days.",
    },
]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("You have seven days or 350 miles to bring it back and get your money back.", True),
        ("You have nine days or 350 miles to bring it back and get your money back.", False),
        ("The service desk's number is 555-014-7799.", True),
        ("The service desk's number is 555-014-7798.", False),
        ("You could put down $1,000 to hold it for 72 hours.", True),
        ("You could put down $800 to hold it for 72 hours.", False),
        ("We can store it for free for 30 days.", True),
        ("We can store it for free for 90 days.", False),
        ("We're open every day, but on Saturday only from 10 to 3.", False),
        ("We're here all week, but on Saturday only from 10 to 2.", False),
        ("On Saturday we're only here from 10 to 3.", True),
        ("The roof rails will come in handy for your skis.", True),
        ("I'd lean towards the Outback, which is great in a Duluth winter.", True),
    ],
)
def test_terms_told_in_other_words(text: str, right: bool) -> None:
    """A span, a number and an amount count however the sentence is built."""
    evidence = pack(OUTBACK, dealer=DEALER | {"policies": GUARANTEE})
    red = any(one.verdict is Verdict.UNSUPPORTED for one in verify(text, evidence))
    assert red is not right


def test_an_offer_to_help_tells_nobodys_part_but_its_topic_does() -> None:
    """Whoever "would be glad to show it to you" need not be on record for that; what he answers for is."""
    assert flagged("Priya would be glad to show it to you.") == {}
    assert flagged("Omar can answer your financing questions.")
