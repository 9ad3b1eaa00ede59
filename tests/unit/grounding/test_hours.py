"""Opening hours told in lists, with exceptions, in answer to a day, and the spans that follow from them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, WEEK, pack

_WEEK = {day: [["09:30", "18:30"]] for day in WEEK}
_DEALER: dict[str, Any] = {**DEALER, "hours": {**_WEEK, "sat": [["10:00", "14:00"]], "sun": []}}


def _verdicts(text: str, thread: str = "") -> set[Verdict]:
    return {claim.verdict for claim in verify(text, pack(dealer=_DEALER, thread=thread))}


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 9:30 am - 6:30 pm, Sat 10 am - 2 pm, Sun closed.",
        "Monday to Friday: 9:30 to 6:30\nSaturday: 10 to 2\nSunday: closed",
        "We're open every day but Sunday.",
        "Closing time is 6:30 pm, Saturdays 2 pm.",
        "We close at 6:30, so if you're off at 5:30 you have an hour left.",
        "We open nine hours a day on weekdays.",
    ],
)
def test_the_week_as_it_is(text: str) -> None:
    assert _verdicts(text) == {Verdict.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 9:30 am - 6:30 pm, Sat 10 am - 4 pm, Sun closed.",
        "We're open every day but Saturday.",
        "Closing time is 6:30 pm, Saturdays 4 pm.",
        "We close at 6:30, so if you're off at 5:30 you have two hours left.",
        "We open ten hours a day on weekdays.",
    ],
)
def test_a_week_that_is_not_so(text: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(text)


def test_a_time_answers_the_day_that_was_asked_about() -> None:
    asked = "C: When do you close on Saturday?"
    assert Verdict.UNSUPPORTED in _verdicts("We close at 6:30 pm.", asked)
    assert _verdicts("We close at 2 pm.", asked) == {Verdict.SUPPORTED}


_SPLIT = {day: [["08:30", "12:00"], ["13:00", "18:30"]] for day in ("mon", "tue", "wed", "thu")}
_BREAKS: dict[str, Any] = {
    **DEALER,
    "hours": _SPLIT | {"fri": [["08:30", "17:00"]], "sat": [["09:30", "14:00"]], "sun": []},
    "policies": [{"topic": "holidays", "text": "We are closed on July 3 and from December 24 to January 1."}],
}
_NOVEMBER = datetime(2026, 11, 23, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Yes, from noon until 1 pm Monday through Thursday.",
        "Mondays we close for lunch from 12 to 1.",
        "We're open nine hours on Mondays.",
        "We're open six days a week.",
        "On Mondays there is a break of one hour at noon.",
        "We're open on Saturday, November 28, from 9:30 am to 2 pm.",
        "On December 23 we're open as usual.",
        "November 28 is a Saturday.",
    ],
)
def test_breaks_and_days_of_the_calendar_follow_from_the_hours(text: str) -> None:
    claims = verify(text, pack(thread="C: do you close for lunch?", dealer=_BREAKS, now=_NOVEMBER))
    assert {claim.verdict for claim in claims} <= {Verdict.SUPPORTED, Verdict.UNCERTAIN}


@pytest.mark.parametrize(
    "text",
    [
        "On Mondays we close for lunch from 12 to 2.",
        "On Fridays we close for lunch from 12 to 1.",
        "We're open seven days a week.",
        "We're open on Sunday, November 29.",
        "On December 28 we're open as usual.",
        "We're open ten hours on Mondays.",
    ],
)
def test_what_the_hours_deny_is_red(text: str) -> None:
    claims = verify(text, pack(thread="C: do you close for lunch?", dealer=_BREAKS, now=_NOVEMBER))
    assert Verdict.UNSUPPORTED in {claim.verdict for claim in claims}


def test_a_weekday_is_closed_when_a_policy_closes_its_date() -> None:
    july = pack(dealer=_BREAKS, now=datetime(2026, 6, 30, 17, tzinfo=UTC))
    said = {
        text: {claim.verdict for claim in verify(text, july)}
        for text in ("We're closed this Friday.", "We're open this Friday.")
    }
    assert Verdict.UNSUPPORTED not in said["We're closed this Friday."]
    assert Verdict.UNSUPPORTED in said["We're open this Friday."]
