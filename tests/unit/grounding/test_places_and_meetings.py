"""Where something is on a car, which car an agreed hour is for, whom a charge is waived for, and who did what."""

from typing import Any

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, MAZDA, OUTBACK, pack

_LEAF: dict[str, Any] = OUTBACK | {
    "id": "leaf",
    "make": "Nissan",
    "model": "Leaf",
    "trim": "SV",
    "stock_number": "P9",
    "description": "Battery shows 11 of 12 bars. Kerbed alloy on the front left.",
}
_AGREED = "S: Your drive in the Mazda is Wednesday at 4:45 pm, the Outback is Thursday at 10 am.\nC: when is which?"
_PREP: dict[str, Any] = {
    **DEALER,
    "policies": [
        {"topic": "fees", "text": "The prep fee is $395; it is waived for cash buyers. Registration is extra."},
        {"topic": "team", "text": "Priya is our finance director."},
    ],
}


@pytest.mark.parametrize(
    ("text", "red"),
    [
        ("One of its alloys is kerbed, on the rear right.", True),
        ("One of its alloys is kerbed, on the passenger-side front.", False),
        ("One of its alloys is kerbed, on the front left.", False),
        ("The kerbed alloy is on the right.", True),
        ("The Leaf still shows all 12 battery bars.", True),
        ("The Leaf shows 11 of 12 battery bars.", False),
    ],
)
def test_corners_and_wholes(text: str, red: bool) -> None:
    verdicts = {claim.verdict for claim in verify(text, pack(_LEAF))}
    assert (Verdict.UNSUPPORTED in verdicts) is red, verdicts


@pytest.mark.parametrize(
    ("text", "red"),
    [
        ("The Outback is Wednesday at 4:45 pm and the Mazda Thursday at 10 am.", True),
        ("The Mazda is Wednesday at 4:45 pm and the Outback Thursday at 10 am.", False),
        ("The Mazda is Wednesday, the Outback Thursday.", False),
        ("The Mazda is Thursday.", True),
    ],
)
def test_an_hour_belongs_to_its_car(text: str, red: bool) -> None:
    verdicts = {claim.verdict for claim in verify(text, pack(MAZDA, OUTBACK, thread=_AGREED))}
    assert (Verdict.UNSUPPORTED in verdicts) is red, verdicts


@pytest.mark.parametrize(
    ("text", "red"),
    [
        ("Cash buyers pay the prep fee as well.", True),
        ("Cash buyers don't pay the prep fee.", False),
        ("Cash buyers pay registration on top.", False),
        ("The prep fee is waived for cash buyers.", False),
    ],
)
def test_whom_a_charge_is_waived_for(text: str, red: bool) -> None:
    verdicts = {claim.verdict for claim in verify(text, pack(MAZDA, dealer=_PREP))}
    assert (Verdict.UNSUPPORTED in verdicts) is red, verdicts


@pytest.mark.parametrize(("text", "red"), [("That was agreed by Victor.", True), ("Ask for Victor.", False)])
def test_a_stranger_who_promised_something(text: str, red: bool) -> None:
    claims = verify(text, pack(MAZDA, dealer=_PREP))
    assert {claim.verdict for claim in claims} == {Verdict.UNSUPPORTED if red else Verdict.UNCERTAIN}


@pytest.mark.parametrize(
    ("text", "red"),
    [
        ("Its last service was in early September.", False),
        ("It was serviced at the beginning of September 2026.", False),
        ("The last service was in mid-September.", True),
        ("It had its last service at the end of September.", True),
        ("It was last serviced on the third of September.", False),
        ("It was last serviced on September the thirteenth.", True),
    ],
)
def test_parts_of_a_month_and_spelled_days(text: str, red: bool) -> None:
    serviced = OUTBACK | {"description": "Last serviced 3 September 2026. Two keys."}
    verdicts = {claim.verdict for claim in verify(text, pack(serviced))}
    assert (Verdict.UNSUPPORTED in verdicts) is red, verdicts


def test_a_time_that_a_policy_has_under_other_words_is_not_called_wrong() -> None:
    terms = [
        {"topic": "financing", "text": "Credit applications are usually answered within two hours. Not guaranteed."},
        {"topic": "warranty", "text": "New vehicles carry a 5-year warranty."},
    ]
    said = "Once you apply, you'd usually hear back within two hours, though approval isn't guaranteed."
    verdicts = {claim.verdict for claim in verify(said, pack(MAZDA, dealer=DEALER | {"policies": terms}))}
    assert verdicts == {Verdict.UNCERTAIN}
    said = said.replace("two hours", "four hours")
    assert Verdict.UNSUPPORTED in {
        one.verdict for one in verify(said, pack(MAZDA, dealer=DEALER | {"policies": terms}))
    }


def test_the_customers_number_put_right() -> None:
    asked = pack(MAZDA, dealer=DEALER, thread="C: can my daughter try it, she is 19")
    assert not verify("Sorry, not with 19.", asked)
