"""Years said of a vehicle, names of models, contacts of the customer and of the house."""

from typing import Any

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, OUTBACK, TACOMA, pack

_RAM = {**TACOMA, "id": "ram", "make": "Ram", "model": "1500", "trim": "Laramie"}
_SOLD_AFTER = "C: Is the Outback there?\nS: The Outback is available."


def _flagged(text: str, *cars: dict[str, object], thread: str = "C: hello") -> list[Verdict]:
    claims = verify(text, pack(*cars, thread=thread))
    return [claim.verdict for claim in claims if claim.verdict is not Verdict.SUPPORTED]


@pytest.mark.parametrize("text", ["The Outback is a 2014 and the Tacoma a 2019.", "The Tacoma is a 2019 model."])
def test_the_year_of_the_other_vehicle_is_red(text: str) -> None:
    assert Verdict.UNSUPPORTED in _flagged(text, OUTBACK, TACOMA)


def test_the_right_years_stand() -> None:
    assert _flagged("The Outback is a 2019 and the Tacoma a 2014.", OUTBACK, TACOMA) == []


def test_a_make_and_a_model_that_are_one_name_stand() -> None:
    assert _flagged("The Ram 1500 Laramie is available.", _RAM) == []


def test_a_number_that_the_customer_left_is_theirs_and_not_ours() -> None:
    thread = "C: Reach me at 312 555 0199 please"
    assert _flagged("Thanks, you left 312 555 0199 as your number.", OUTBACK, thread=thread) == []
    assert Verdict.UNSUPPORTED in _flagged("You can call us at 312 555 0199.", OUTBACK, thread=thread)
    assert Verdict.UNSUPPORTED in _flagged("Thanks, you left 312 555 0198 as your number.", OUTBACK, thread=thread)


def test_what_the_record_no_longer_offers_is_gone_whatever_was_said_before() -> None:
    sold = {**OUTBACK, "status": "sold"}
    assert _flagged("The Outback has been sold.", sold, thread=_SOLD_AFTER) == []
    assert Verdict.UNSUPPORTED in _flagged("The Outback is available.", sold, thread=_SOLD_AFTER)


def test_how_a_car_was_sold_is_no_state() -> None:
    thread = "C: Can I return it?\nS: You can return the Outback within 3 days in the condition in which it was sold."
    assert _flagged("The Outback is available.", OUTBACK, thread=thread) == []


_HARBOR: dict[str, Any] = {
    **DEALER,
    "address": {
        "street": "Unit 4, Harbor Row 18",
        "city": "Galway",
        "region": "Connacht",
        "postal_code": "H91 K2P4",
        "country": "IE",
    },
    "policies": [{"topic": "service", "text": "The service desk answers at +1 555 014 7744."}],
}


def _of(text: str) -> set[Verdict]:
    return {claim.verdict for claim in verify(text, pack(OUTBACK, thread="C: where are you?", dealer=_HARBOR))}


@pytest.mark.parametrize(
    "text",
    [
        "You'll find us on Harbor Row, number 18.",
        "It's 18 Harbor Row, Unit 4.",
        "We're located in Galway.",
        "Our postal code is H91 K2P4.",
        "The last six are 204410.",
        "Its VIN starts with 4S4.",
        "The service desk is at +1 555 014 7744.",
    ],
)
def test_parts_of_an_address_and_of_a_vin_are_no_quantities(text: str) -> None:
    assert Verdict.UNSUPPORTED not in _of(text)


@pytest.mark.parametrize(
    "text",
    [
        "You'll find us on Harbor Row, number 16.",
        "It's 18 Harbor Row, Unit 5.",
        "We're located in Limerick.",
        "Our postal code is H91 P2K4.",
        "The last six are 204411.",
        "Its VIN starts with J.",
        "Our sales line is +1 555 014 7744.",
    ],
)
def test_another_address_or_vin_is_red(text: str) -> None:
    assert Verdict.UNSUPPORTED in _of(text)
