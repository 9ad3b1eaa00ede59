"""Replies of many facts: true as they stand, and held back as soon as one figure of them is another."""

import pytest

from api.services.grounding import EvidencePack, verify
from models.claims import Verdict
from tests.unit.grounding.whole_replies import about_one, about_two

_ONE, _TWO = about_one, about_two
_REPLIES = {
    "summary": (
        _ONE,
        "Here is the summary: the CR-V is listed at $23,400 and has 41,250 miles. With your Focus valued at $3,250, "
        "the balance would be $20,150 before tax and fees. Your test drive is on Saturday, November 28 at 11 am.",
        {"$23,400": "$22,400", "41,250": "41,520", "$3,250": "$3,520", "$20,150": "$21,150", "11 am": "10 am"},
    ),
    "labels": (
        _ONE,
        "Price: $23,400\nTrade-in value of your Focus: $3,250\nMonthly payment: $398 over 60 months (6.9% APR)\n"
        "Doc fee: $189\nTest drive: Saturday, November 28, 11 am",
        {"$23,400": "$24,300", "$3,250": "$2,350", "$398": "$378", "60": "48", "$189": "$198", "11 am": "1 pm"},
    ),
    "offer for the trade": (
        _ONE,
        "Our offer for the Focus is $3,250. Taking it off the CR-V's $23,400 leaves $20,150.",
        {"$3,250": "$3,750", "$23,400": "$23,900", "$20,150": "$20,650"},
    ),
    "sums that go on": (
        _ONE,
        "Winter tires are $780 for a set of four, mounted, and a hitch would be $350 installed, so $1,130 for both. "
        "Together with the CR-V at $23,400 that's $24,530.",
        {"$780": "$870", "$350": "$250", "$1,130": "$1,310", "$24,530": "$25,430"},
    ),
    "more than cash": (
        _ONE,
        "60 payments of $398 make $23,880, and with the $2,400 down you would pay $26,280 in total. "
        "That's $2,880 more than the price of $23,400.",
        {"$23,880": "$28,380", "$26,280": "$26,820", "$2,880": "$3,880", "$23,400": "$24,300"},
    ),
    "one quote": (
        _ONE,
        "The payment of $398 is for 60 months with $2,400 down, and at 6.9% APR. The lender has the last word.",
        {"6.9%": "6.49%", "60 months": "72 months", "$2,400": "$400"},
    ),
    "the day alone": (
        _ONE,
        "You're booked for Saturday the 28th at 11 am. We're open from 10 to 4 that day.",
        {"28th": "29th", "11 am": "noon", "10 to 4": "10 to 5"},
    ),
    "the other days": (
        _ONE,
        "We're open till 6 on Fridays. The other weekdays it's 7 pm.",
        {"6": "7", "7 pm": "6 pm"},
    ),
    "months on top": (
        _ONE,
        "The CR-V comes with a 90-day powertrain warranty, and you can add another 12 months for $329.",
        {"90-day": "12-month", "another 12": "another 24", "$329": "$239"},
    ),
    "two days": (
        _ONE,
        "On Christmas Eve we close at 2 pm and on December 25 we're closed all day.",
        {"2 pm": "3 pm", "December 25": "December 28"},
    ),
    "a stretch that is free": (
        _ONE,
        "Delivery to you at 40 miles would be $30, because the first 25 miles are free and each further mile is $2.",
        {"$30": "$40", "25": "30", "$2": "$3"},
    ),
    "tax on all of it": (
        _ONE,
        "All in, it comes to $25,341.88: that's $23,400 plus $189 and $95 in fees, with 7% sales tax on top.",
        {"$25,341.88": "$25,431.88", "$23,400": "$22,400", "$189": "$198", "$95": "$59", "7%": "6%"},
    ),
    "versus": (
        _TWO,
        "The RAV4 has 17,350 miles more on it (58,600 vs. 41,250) and is priced $1,500 lower. It tows 2,000 lbs more, "
        "3,500 against 1,500.",
        {"17,350": "13,750", "58,600": "56,800", "41,250": "42,150", "$1,500": "$2,500", "2,000": "3,000"},
    ),
    "units left out": (
        _TWO,
        "The RAV4 can pull 3,500 lbs, the CR-V 1,500.",
        {"3,500": "5,300", "1,500": "5,100"},
    ),
    "so many times": (
        _ONE,
        "The bank quoted 60 x $398 at 6.9% APR, with an initial payment of $2,400.",
        {"60": "72", "$398": "$389", "6.9%": "7.9%", "$2,400": "$2,600"},
    ),
    "so many instalments": (
        _ONE,
        "The quote was sixty monthly instalments of $398.",
        {"sixty": "seventy-two", "$398": "$378"},
    ),
    "by the mile": (
        _TWO,
        "Delivery beyond that: $2 a mile.",
        {"$2": "$3"},
    ),
    "a name that ends in a letter": (
        _TWO,
        "The RAV4 has more miles than the CR-V. It's also $1,500 cheaper.",
        {"$1,500": "$2,500"},
    ),
    "the cheaper one": (
        _TWO,
        "Out of the two, the cheaper is the RAV4 at $21,900. At least 10% deposit is due on a loan, "
        "so $2,340 for the CR-V or $2,190 for the RAV4.",
        {"$21,900": "$23,400", "10%": "5%", "$2,340": "$2,430", "$2,190": "$1,290"},
    ),
    "owners": (
        _TWO,
        "The RAV4's two previous owners compare with one for the CR-V.",
        {"two previous": "three previous"},
    ),
}


def _verdicts(text: str, evidence: EvidencePack, place: tuple[int, int] | None = None) -> set[Verdict]:
    claims = verify(text, evidence)
    return {one.verdict for one in claims if place is None or (one.start < place[1] and place[0] < one.end)}


@pytest.mark.parametrize("name", _REPLIES)
def test_a_true_reply_may_go_out(name: str) -> None:
    evidence, text, _ = _REPLIES[name]
    assert _verdicts(text, evidence()) == {Verdict.SUPPORTED}


@pytest.mark.parametrize(("name", "right"), [(name, right) for name, row in _REPLIES.items() for right in row[2]])
def test_one_wrong_figure_is_red(name: str, right: str) -> None:
    evidence, text, changes = _REPLIES[name]
    start = text.index(right)
    wrong = text[:start] + changes[right] + text[start + len(right) :]
    assert Verdict.UNSUPPORTED in _verdicts(wrong, evidence(), (start, start + len(changes[right])))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("The RAV4 has 17,350 more miles.", Verdict.SUPPORTED),
        ("The CR-V has 17,350 more miles.", Verdict.UNSUPPORTED),
        ("The RAV4 is priced $1,500 lower.", Verdict.SUPPORTED),
        ("The CR-V is priced $1,500 lower.", Verdict.UNSUPPORTED),
        ("We're open on January 1 as usual.", Verdict.UNSUPPORTED),
        ("We're closed on January 1.", Verdict.SUPPORTED),
        ("You'd be looking at around $85 a week, depending on your circumstances.", Verdict.UNSUPPORTED),
    ],
)
def test_a_difference_has_a_side_and_a_hedge_makes_nothing_up(text: str, due: Verdict) -> None:
    assert due in _verdicts(text, about_two())


def test_a_hedge_may_repeat_the_evidence() -> None:
    assert Verdict.UNSUPPORTED not in _verdicts("I'd have to check whether $23,400 is still right.", about_two())
