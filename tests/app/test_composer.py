"""The composer's and the thread's states: what a picker puts into a text, what is known of unsent texts."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from reflex.state import State

from dealsmart_app.states.composer import NOTHING_KEPT, REMEMBERED, ComposerState, vehicle_line
from dealsmart_app.states.thread import ThreadState
from models.vehicles import VehicleView
from models.workspace import UnsentKind, UnsentTextView

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CAR = {
    "id": uuid4(),
    "stock_number": "L2611",
    "year": 2021,
    "make": "Toyota",
    "model": "Tacoma",
    "condition": "used",
    "status": "available",
    "price": {"amount": 3_370_000, "currency": "usd"},
    "mileage": 46_890,
    "mileage_unit": "mi",
    "features": [],
    "photo_urls": [],
    "confirmed_at": NOW,
    "updated_at": NOW,
}
ABSENT = (
    *("vin", "trim", "body_style", "exterior_color", "interior_color", "transmission", "drivetrain", "fuel", "engine"),
    *("doors", "seats", "description", "url"),
)


def _car(**changes: object) -> VehicleView:
    return VehicleView.model_validate({**dict.fromkeys(ABSENT), **CAR, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "2021 Toyota Tacoma (stock L2611), $33,700"),
        ({"price": None}, "2021 Toyota Tacoma (stock L2611)"),
        ({"year": None, "price": None}, "Toyota Tacoma (stock L2611)"),
    ],
)
def test_a_vehicle_goes_into_a_text_with_what_is_known(changes: dict[str, object], words: str) -> None:
    """No price is made up for one that has none."""
    assert vehicle_line(_car(**changes))["words"] == words


def _state(kind: type[State]) -> State:
    return State(_reflex_internal_init=True).get_substate(kind.get_full_name().split(".")[1:])  # pyright: ignore[reportCallIssue, reportReturnType]


def _kept(conversation: str, kind: UnsentKind, text: str) -> UnsentTextView:
    return UnsentTextView.model_validate(
        {"conversation_id": conversation, "kind": kind, "text": text, "updated_at": NOW, "message_id": None}
    )


def test_what_is_not_kept_is_known_to_be_empty() -> None:
    """A screen must tell "nothing there" from "not asked yet"."""
    composer, conversation = _state(ComposerState), str(uuid4())
    composer._take(conversation, [_kept(conversation, UnsentKind.NOTE, "call him")])  # type: ignore[attr-defined]
    assert composer.unsent == {  # type: ignore[attr-defined]
        f"{conversation}.reply": NOTHING_KEPT,
        f"{conversation}.edit": NOTHING_KEPT,
        f"{conversation}.note": {"content": "call him", "updated_at": "2026-11-22T12:00:00.000000Z", "message_id": ""},
    }


def test_only_the_latest_conversations_are_remembered() -> None:
    """A day at the desk does not grow the screen's state."""
    composer = _state(ComposerState)
    seen = [str(uuid4()) for _ in range(REMEMBERED)]
    for conversation in seen:
        composer._take(conversation, [])  # type: ignore[attr-defined]
    assert len(composer.unsent) == REMEMBERED  # type: ignore[attr-defined]
    assert f"{seen[-1]}.reply" in composer.unsent  # type: ignore[attr-defined]
    assert f"{seen[0]}.reply" not in composer.unsent  # type: ignore[attr-defined]


def test_a_thread_knows_since_when_it_is_shown() -> None:
    """None before it is shown, its oldest message while there are older ones, else its beginning."""
    thread = _state(ThreadState)
    assert thread._shown_from() is None  # type: ignore[attr-defined]
    thread.conversation = {"id": "c"}  # type: ignore[attr-defined]
    thread.messages = [{"sent_at": "2026-11-22T12:00:00.000000Z"}]  # type: ignore[attr-defined]
    assert thread._shown_from() == ""  # type: ignore[attr-defined]
    thread.older_cursor = "more"  # type: ignore[attr-defined]
    assert thread._shown_from() == "2026-11-22T12:00:00.000000Z"  # type: ignore[attr-defined]
