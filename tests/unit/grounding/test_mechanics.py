"""What drives, shifts and burns, and what the seats and the cab are, compared in any wording."""

import pytest

from api.services.grounding import verify
from api.services.grounding.guards import guard_of
from models.claims import Verdict
from tests.unit.grounding.records import MAZDA, OUTBACK, TACOMA, pack


def _verdicts(draft: str, *cars: dict[str, object]) -> set[Verdict]:
    return {one.verdict for one in verify(draft, pack(*cars, thread="C: Tell me about it?"))}


@pytest.mark.parametrize(
    "draft",
    [
        "The Tacoma shifts by itself.",
        "The Tacoma changes gears for you.",
        "The Outback only drives the front wheels.",
        "The CX-5 sends power to all four wheels, it drives all four wheels.",
        "The CX-5 has leather seats.",
        "The Outback runs on batteries.",
        "You shift the Outback yourself, you change gears by hand.",
    ],
)
def test_what_the_record_denies_is_red(draft: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(draft, OUTBACK, TACOMA, MAZDA)


@pytest.mark.parametrize(
    "draft",
    [
        "The Outback drives all four wheels.",
        "The Outback shifts on its own.",
        "You shift the Tacoma yourself.",
        "The CX-5 drives the front wheels.",
        "The CX-5 is two-wheel drive with cloth seats.",
    ],
)
def test_what_the_record_says_in_other_words_is_not_flagged(draft: str) -> None:
    assert _verdicts(draft, OUTBACK, TACOMA, MAZDA) == {Verdict.SUPPORTED}


def test_what_is_said_of_both_must_hold_of_each() -> None:
    assert _verdicts("Both have roof rails.", OUTBACK, MAZDA) != {Verdict.SUPPORTED}


def test_all_others_leaves_out_the_condition_before() -> None:
    first = guard_of("certified vehicles carry a limited warranty")
    rest = guard_of("all other used vehicles are sold as is", first)
    assert rest is not None
    assert not rest.admits({"condition": "certified"})
    assert rest.admits({"condition": "used"})
