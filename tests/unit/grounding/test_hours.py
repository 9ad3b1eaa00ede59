"""Opening hours told in lists, with exceptions, in answer to a day, and the spans that follow from them."""

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
