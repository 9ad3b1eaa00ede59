"""Amounts whose writing leaves something open: pounds, parts of a thousand, points that may group."""

from decimal import Decimal
from typing import Any

import pytest

from api.services.grounding import verify
from api.services.grounding.numbers import find_numbers
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, OUTBACK, TACOMA, pack

_BRITISH: dict[str, Any] = {
    **DEALER,
    "address": {**DEALER["address"], "country": "GB"},
    "policies": [{"topic": "reservation", "text": "A £150 deposit reserves a car for 3 days."}],
}
_GERMAN: dict[str, Any] = {**DEALER, "address": {**DEALER["address"], "country": "DE"}, "policies": []}
_FOCUS: dict[str, Any] = {
    **OUTBACK,
    "price": {"amount": 1425000, "currency": "gbp"},
    "description": "Tows up to 3,300 pounds.",
}
_ZOE: dict[str, Any] = {**OUTBACK, "price": {"amount": 1345000, "currency": "eur"}, "mileage": 36250}


def _worst(text: str, car: dict[str, Any], dealer: dict[str, Any] = DEALER) -> Verdict:
    verdicts = {one.verdict for one in verify(text, pack(car, thread="C: what is the price?", dealer=dealer))}
    return next(one for one in (Verdict.UNSUPPORTED, Verdict.UNCERTAIN, Verdict.SUPPORTED) if one in verdicts)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("thirty-three and a half thousand", 33500),
        ("33 and a half grand", 33500),
        ("one and a half thousand", 1500),
        ("twelve and a quarter thousand", 12250),
        ("fourteen thousand two hundred and fifty", 14250),
        ("two and a half", 2),
    ],
)
def test_a_part_of_a_thousand_belongs_to_its_number(text: str, value: int) -> None:
    assert [one.value for one in find_numbers(text)] == [Decimal(value)]


@pytest.mark.parametrize(
    "text",
    [
        "It is fourteen thousand two hundred and fifty pounds.",
        "The price is 14,250 pounds.",
        "It costs 14,250 quid.",
        "It tows up to 3,300 pounds.",
        "A deposit of 150 pounds reserves it.",
        "It costs fourteen and a quarter thousand pounds.",
    ],
)
def test_pounds_are_money_where_money_is_sterling(text: str) -> None:
    assert _worst(text, _FOCUS, _BRITISH) is Verdict.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "It is fourteen thousand five hundred and twenty pounds.",
        "The price is 14,520 pounds.",
        "It costs 14,520 quid.",
        "It tows up to 3,500 pounds.",
        "A deposit of 250 pounds reserves it.",
        "It costs fourteen and a half thousand pounds.",
        "It tows up to 14,250 pounds.",
        "It costs 3,300 pounds.",
    ],
)
def test_wrong_pounds_are_red(text: str) -> None:
    assert _worst(text, _FOCUS, _BRITISH) is Verdict.UNSUPPORTED


def test_pounds_weigh_elsewhere() -> None:
    assert _worst("The price is 18,900 pounds.", TACOMA) is Verdict.UNSUPPORTED


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("It stands at 13.450.", Verdict.UNCERTAIN),
        ("It costs €13.450.", Verdict.SUPPORTED),
        ("It costs €13.540.", Verdict.UNSUPPORTED),
        ("It has 36.250 miles.", Verdict.SUPPORTED),
        ("It stands at 13.540.", Verdict.UNSUPPORTED),
    ],
)
def test_a_point_that_nothing_tells_to_group_stays_open(text: str, due: Verdict) -> None:
    assert _worst(text, _ZOE, _GERMAN) is due
