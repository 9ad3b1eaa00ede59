"""What the workspace says of records: the dealership's hours, phone numbers; and how often a draft is drawn."""

import asyncio

import pytest

from api.services.drafting import DraftProgress
from dealsmart_app.states.context import phone_words
from dealsmart_app.states.draft import FrameDrawer
from dealsmart_app.states.sources import house_value

FACTS = {
    "name": "Larkfield Motors",
    "address": {"street": "1 Mill Road", "city": "Tacoma", "country": "US"},
    "hours": {"sat": [["10:00", "16:00"]], "sun": []},
}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("hours.sat", "Saturday 10 am to 4 pm"),
        ("hours.sun", "Sunday closed"),
        ("hours.mon", ""),
        ("name", "Larkfield Motors"),
        ("address", "1 Mill Road, Tacoma, US"),
        ("fax", ""),
    ],
)
def test_a_source_quotes_the_value_and_not_its_key(field: str, words: str) -> None:
    """A day without hours, and a field that the record has not, say nothing."""
    assert house_value(FACTS, field) == words


def test_hours_follow_the_country() -> None:
    """Where the clock has 24 hours, so has the quote."""
    there = {**FACTS, "address": {"country": "DE"}}
    assert house_value(there, "hours.sat") == "Saturday 10:00 to 16:00"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+12065550161", "+1 206-555-0161"),
        ("+442079460958", "+44 20 7946 0958"),
        ("+4930901820", "+49 30 901820"),
        ("ext. 4", "ext. 4"),
        (None, ""),
    ],
)
def test_a_number_stands_in_the_groups_of_its_country(number: str | None, words: str) -> None:
    assert phone_words(number) == words


async def test_the_last_words_before_a_pause_are_drawn() -> None:
    """Many progresses become few frames, and the newest is among them without another one coming."""
    drawn: list[str] = []
    newest = asyncio.Event()

    async def draw(progress: DraftProgress) -> None:
        drawn.append(progress.text)
        if progress.text == "word 49":
            newest.set()

    frames = FrameDrawer(draw)
    for number in range(50):
        await frames.tell(DraftProgress("generating", f"word {number}", 1, 1, 1))
        await asyncio.sleep(0)
    await asyncio.wait_for(newest.wait(), 5)
    await frames.end()
    assert drawn[0] == "word 0"
    assert len(drawn) < 50
