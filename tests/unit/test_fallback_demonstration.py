"""The built-in draft over the demonstration's inventory and threads: nothing that it says is ever flagged."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from api.services.demonstration import story
from api.services.demonstration.story import CUSTOMER, Thread
from api.services.fallback_draft import fallback_template
from api.services.grounding import render, verify_rendered
from api.services.grounding.evidence import EvidencePack, ThreadMessage
from api.services.inventory_csv import parse as parse_feed
from models.claims import Verdict

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
STORY = story.read()
DEALERSHIP: dict[str, Any] = STORY.dealership.model_dump(mode="json")
VEHICLES: list[dict[str, Any]] = [
    vehicle.model_dump(mode="json") | {"id": vehicle.stock_number, "updated_at": "2026-11-20T08:00:00Z"}
    for _, vehicle in parse_feed(STORY.inventory).rows
]
QUESTIONS = (
    "Is it still available, and how much is it?",
    "How many miles, and what color?",
    "VIN and stock number?",
    "Automatic? 4wd? What engine?",
    "How many seats, and is it gas or electric?",
    "Any discount? Fees? Deposit?",
    "Warranty? Can I return it?",
    "When are you open, and where are you?",
    "My 2015 Civic in trade, and financing?",
)


def flagged(vehicles: tuple[dict[str, Any], ...], messages: tuple[ThreadMessage, ...]) -> list[str]:
    """Return what the verifier holds against the built-in draft."""
    evidence = EvidencePack(DEALERSHIP, vehicles, messages, (), NOW)
    rendered = render(fallback_template(evidence)[0], evidence)
    claims = verify_rendered(rendered, evidence)
    return [f"{one.text}: {one.reason}" for one in claims if one.verdict is not Verdict.SUPPORTED]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_it_says_of_any_vehicle_is_never_flagged(question: str) -> None:
    asked = (ThreadMessage("m1", "customer", question, NOW),)
    assert [(car["id"], found) for car in VEHICLES if (found := flagged((car,), asked))] == []


def _named(thread: Thread) -> tuple[dict[str, Any], ...]:
    told = " ".join([thread.subject, *(line.text for line in thread.spoken)])
    return tuple(car for car in VEHICLES if re.search(rf"\b(?:{car['stock_number']}|{car['model']})\b", told))


def _until(thread: Thread, last: int) -> tuple[ThreadMessage, ...]:
    return tuple(
        ThreadMessage(str(number), "customer" if line.sender == CUSTOMER else "staff", line.text, NOW)
        for number, line in enumerate(thread.spoken[: last + 1])
    )


@pytest.mark.parametrize("status", [None, "available", "pending", "sold"])
def test_no_thread_makes_it_say_what_is_flagged_whatever_became_of_the_vehicles(status: str | None) -> None:
    change = {"status": status} if status else {}
    for thread in STORY.threads:
        cars = tuple(car | change for car in _named(thread))
        for last, line in enumerate(thread.spoken):
            if line.sender == CUSTOMER:
                assert flagged(cars, _until(thread, last)) == [], thread.subject
