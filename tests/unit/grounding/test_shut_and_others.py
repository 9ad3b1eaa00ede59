"""Times at which the house is closed, numbered weekdays, the others of a kind, and who it is that does what."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, MAZDA, OUTBACK, WEEK, pack

_SPLIT = {day: [["08:30", "12:00"], ["13:00", "18:30"]] for day in WEEK}
_HOUSE: dict[str, Any] = {
    **DEALER,
    "hours": _SPLIT | {"sat": [["09:30", "14:00"]], "sun": []},
    "policies": [
        {"topic": "holidays", "text": "Closed on November 26."},
        {"topic": "team", "text": "Wes is the owner. Nadine schedules visits."},
    ],
}
_FRIDAY = datetime(2026, 11, 20, 17, tzinfo=UTC)
_ASKED = "C: Could I come on Monday at 12:30, or how late on Saturday?"
_SUVS = (MAZDA, MAZDA | {"id": "rav", "make": "Toyota", "model": "RAV4", "stock_number": "P1", "status": "available"})
_SUVS = (*_SUVS, OUTBACK | {"body_style": "SUV"})


def _verdicts(text: str) -> set[Verdict]:
    return {claim.verdict for claim in verify(text, pack(dealer=_HOUSE, thread=_ASKED, now=_FRIDAY))}


@pytest.mark.parametrize(
    "text",
    [
        "On Monday at 12:30 we are closed.",
        "On Mondays we're closed between noon and 1 pm.",
        "On Monday at 12:30 we are closed. From one until half past six you're welcome.",
        "You could visit on Saturday the 28th between 9:30 am and 2 pm.",
    ],
)
def test_when_the_house_is_shut_and_open(text: str) -> None:
    assert _verdicts(text) == {Verdict.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "On Monday at 11:30 we are closed.",
        "On Mondays we're closed between 11 am and 1 pm.",
        "You could visit on Saturday the 27th between 9:30 am and 2 pm.",
        "You could visit on Saturday the 28th between 9:30 am and 4 pm.",
        "You could visit on Thursday the 26th between 9 am and 11 am.",
        "Your car arrives on Saturday the 28th.",
    ],
)
def test_when_it_is_not(text: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(text)


@pytest.mark.parametrize(
    ("text", "red"),
    [
        ("The Mazda is sold pending. Two other SUVs are available.", False),
        ("The Mazda is sold pending. Three other SUVs are available.", True),
        ("The RAV4 is available. Two other SUVs are available.", False),
        ("The RAV4 is available. Four other SUVs are available.", True),
    ],
)
def test_the_others_are_those_not_named_yet(text: str, red: bool) -> None:
    verdicts = {claim.verdict for claim in verify(text, pack(*_SUVS))}
    assert (Verdict.UNSUPPORTED in verdicts) is red, verdicts


def test_the_others_of_whom_one_is_pending_are_not_plainly_available() -> None:
    verdicts = {claim.verdict for claim in verify("The RAV4 is available. Two other SUVs are available.", pack(*_SUVS))}
    assert verdicts > {Verdict.SUPPORTED}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Wes owns the dealership, and Nadine is the one who schedules visits.", Verdict.SUPPORTED),
        ("Nadine is the one who owns the dealership.", Verdict.UNSUPPORTED),
    ],
)
def test_the_one_who_does_it(text: str, verdict: Verdict) -> None:
    assert verdict in _verdicts(text)
