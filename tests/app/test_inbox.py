"""The workspace's states: what an address asks for, how sleep ends, what is answered to a text."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from reflex.state import State

from api.core.errors import ConflictError
from dealsmart_app.components.inbox_list import EMPTY, FILTERS, TITLES
from dealsmart_app.states.composer import REMEMBERED, ComposerState
from dealsmart_app.states.draft import FAILED, _outcome
from dealsmart_app.states.handling import wake_at
from dealsmart_app.states.inbox import FILTERS as KNOWN
from dealsmart_app.states.inbox import ROWS, VIEWS, query_from
from models.conversations import Priority
from models.messages import MessageInput, MessageView

CHICAGO = ZoneInfo("America/Chicago")
FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=CHICAGO)


def test_every_view_has_a_name_a_query_and_words_for_nothing() -> None:
    """The list's head, its emptiness and its query speak of the same views."""
    assert set(TITLES) == set(VIEWS) == set(EMPTY)
    assert set(FILTERS) <= set(KNOWN)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_valid_query(view: str) -> None:
    """No view asks the service for what it does not know."""
    wanted = query_from({"view": view}, ROWS).model_dump(exclude_unset=True)
    assert VIEWS[view].items() <= wanted.items()


def test_address_narrows_the_view() -> None:
    """Search and filters come on top."""
    wanted = query_from({"view": "mine", "q": "tacoma", "priority": "urgent", "id": "x", "utm": "y"}, 10, "c")
    assert (wanted.assigned_to, wanted.q, wanted.priority, wanted.cursor) == ("me", "tacoma", Priority.URGENT, "c")


def test_nonsense_in_an_address_is_left_out() -> None:
    """A link that somebody mangled still shows a list."""
    wanted = query_from({"view": "nothing", "priority": "very", "q": "x" * 500, "label": "van"}, ROWS)
    assert (wanted.view, wanted.priority, wanted.q, wanted.label) == ("unresolved", None, None, "van")


@pytest.mark.parametrize(
    ("choice", "end"),
    [("hour", "2026-11-20T17:30"), ("tomorrow", "2026-11-21T09:00"), ("monday", "2026-11-23T09:00")],
)
def test_sleep_ends_in_the_dealerships_morning(choice: str, end: str) -> None:
    """Nine o'clock where the dealership is, whatever zone the server keeps."""
    assert wake_at(choice, FRIDAY).strftime("%Y-%m-%dT%H:%M") == end


def test_sleep_ends_when_somebody_says() -> None:
    """A moment of one's own; without a zone it is the dealership's."""
    assert wake_at("2026-12-01T15:30:00.000Z", FRIDAY).strftime("%Y-%m-%dT%H:%M") == "2026-12-01T09:30"
    assert wake_at("2026-12-01T15:30", FRIDAY).hour == 15
    with pytest.raises(ValueError, match="isoformat"):
        wake_at("some day", FRIDAY)


def test_monday_is_never_today() -> None:
    """On a Monday it is the next one."""
    monday = datetime(2026, 11, 23, 8, tzinfo=CHICAGO)
    assert wake_at("monday", monday).day == 30


async def _refused() -> None:
    raise ConflictError("Somebody wrote meanwhile.", code="newer_message")


async def _malformed() -> None:
    MessageInput.model_validate({"content": "", "sender": "staff"})


async def _broken() -> None:
    raise ZeroDivisionError("secret of the house")


async def _stored() -> None:
    return None


def _composer() -> ComposerState:
    return State(_reflex_internal_init=True).get_substate(ComposerState.get_full_name().split(".")[1:])  # pyright: ignore[reportCallIssue, reportReturnType]


@pytest.mark.parametrize(
    ("sending", "code"),
    [(_refused, "newer_message"), (_malformed, "validation_error"), (_broken, "internal_error")],
)
async def test_each_failure_is_answered(sending: object, code: str) -> None:
    """Whatever went wrong, the screen hears of it by the text's own number, and nothing of ours leaks."""
    composer = _composer()
    await composer._answer("n1", sending())  # type: ignore[operator]
    answer = composer.answers[-1]
    assert (answer["nonce"], answer["ok"], answer["code"]) == ("n1", False, code)
    assert answer["detail"]
    assert "secret" not in answer["detail"]


async def test_newest_answers_are_remembered() -> None:
    """A screen that was away for a moment still finds its own."""
    composer = _composer()
    for number in range(REMEMBERED + 5):
        await composer._answer(str(number), _stored())
    assert [answer["nonce"] for answer in composer.answers] == [str(n) for n in range(5, REMEMBERED + 5)]
    assert all(answer["ok"] for answer in composer.answers)


async def _never() -> MessageView:
    await asyncio.sleep(60)
    raise AssertionError


async def _fails(error: Exception) -> MessageView:
    raise error


async def test_a_stopped_draft_is_no_failure() -> None:
    """Stop means stop: nothing to show, nothing to apologise for."""
    task = asyncio.create_task(_never())
    asyncio.get_running_loop().call_later(0.01, task.cancel)
    assert await _outcome(task, "r1") == (None, {})


async def test_a_failed_draft_says_what_is_kept() -> None:
    """A refusal has its own words; a fault has none of the house's."""
    refused = asyncio.create_task(_fails(ConflictError("Not now.")))
    broken = asyncio.create_task(_fails(ZeroDivisionError("secret of the house")))
    assert (await _outcome(refused, "r1"))[1] == {"detail": "Not now.", "request_id": "r1"}
    assert (await _outcome(broken, "r2"))[1] == {"detail": FAILED, "request_id": "r2"}


def test_moments_are_compared_in_one_zone() -> None:
    """The end of a sleep is the same moment in UTC."""
    assert wake_at("tomorrow", FRIDAY).astimezone(UTC).hour == 15
