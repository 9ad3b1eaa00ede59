"""The states of the platform's pages: figures and trail in words, and what they refuse even to an administrator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealsmart_app.states.attention import AttentionState
from dealsmart_app.states.audit import AuditListState
from dealsmart_app.states.flags import FlagState
from dealsmart_app.states.jobs import JobListState
from dealsmart_app.states.kpis import count_words, curve, kpi, share_words, time_words
from dealsmart_app.states.system import SystemState
from dealsmart_app.states.trail import changes_of, did, line_of
from dealsmart_app.states.webhooks import WebhookEditState, WebhookListState
from models.base import new_id, utc_now
from models.overview import MetricView
from models.platform import AuditView
from tests.app.socket_client import Socket
from tests.served import Served, cookie_of


@pytest.mark.parametrize(
    ("now", "before", "words", "told"),
    [
        (110, 100, count_words, ("up", "good", "10.0 %", "from 100")),
        (0, 4, count_words, ("down", "bad", "100.0 %", "from 4")),
        (18, 0, count_words, ("", "", "", "from 0")),
        (5, 5, count_words, ("", "", "", "5 before, too")),
        (0.94, 0.928, share_words, ("up", "good", "1.2 points", "from 92.8 %")),
        (None, 0.5, share_words, ("", "", "", "from 50.0 %")),
        (0.5, None, share_words, ("", "", "", "No data before")),
    ],
)
def test_a_figure_says_how_it_differs(
    now: float | None, before: float | None, words: object, told: tuple[str, str, str, str]
) -> None:
    card = kpi("Name", "Hint", MetricView(now=now, before=before, days=[]), words, "/x")  # pyright: ignore[reportArgumentType] - one of the three
    assert (card["way"], card["tone"], card["change"], card["before"]) == told


def test_a_shorter_wait_is_better() -> None:
    quick = kpi("Reply", "", MetricView(now=250, before=350, days=[]), time_words, "/x", less_is_better=True)
    assert (quick["value"], quick["way"], quick["tone"], quick["change"]) == (
        "4 m 10 s",
        "down",
        "good",
        "1 m 40 s faster",
    )
    assert time_words(3600) == "1 h"


@given(st.lists(st.none() | st.floats(0, 1e9), max_size=90))
def test_a_curve_stays_in_its_box_and_leaves_gaps(days: list[float | None]) -> None:
    path = curve(days)
    runs = sum(value is not None and (place == 0 or days[place - 1] is None) for place, value in enumerate(days))
    assert path.count("M") == runs
    points = path.replace("h0.1", "").replace("M", "|").replace("L", "|").split("|")[1:]
    for x, y in (map(float, point.split()) for point in points):
        assert 0 <= x <= 160.1
        assert 0 <= y <= 28


def entry(**more: object) -> AuditView:
    """Make a line of the trail."""
    base = {"id": new_id(), "at": utc_now(), "actor": "user:1", "action": "user:update", "target": "user:2"}
    return AuditView.model_validate({**base, "before": None, "after": None, "ip": None, "request_id": None, **more})


def test_a_line_of_the_trail_in_words() -> None:
    line = line_of(entry(actor_name="Ada Lindqvist", actor_email="ada@x.example", target_name="Ines"))
    assert (line["who"], line["who_more"], line["did"], line["subject"]) == (
        *("Ada Lindqvist", "ada@x.example"),
        *("Changed person", "Ines"),
    )
    role = line_of(
        entry(before={"role": "user", "a": 1, "b": 1, "c": 1}, after={"role": "staff", "a": 2, "b": 2, "c": 1})
    )
    assert (line["fields"], role["did"], role["fields"]) == ("", "Changed person", "Role, a +1")
    system = line_of(entry(actor="system:webhooks", action="webhook_endpoint:disable"))
    assert (system["who"], system["who_more"], system["did"]) == ("System", "webhooks", "Disabled webhook")
    key = line_of(entry(actor="key:7", actor_name="Mei", actor_email="mei@x.example"))
    assert (key["who"], key["who_more"]) == ("Mei", "By API key")
    assert did("new_thing:turn_over") == "Turn over new thing"


def test_a_diff_names_what_differs_in_words() -> None:
    before = {"enabled": False, "hours": {"mon": ["09:00"], "tue": []}, "same": 1, "ends": None}
    after = {
        "enabled": True,
        "hours": {"mon": ["08:00", "12:00"], "tue": []},
        "same": 1,
        "ends": "2026-11-24T00:00:00Z",
    }
    assert changes_of(before, after) == [
        {"field": "Enabled", "before": "No", "after": "Yes"},
        {"field": "Hours › mon", "before": "09:00", "after": "08:00, 12:00"},
        {"field": "Ends", "before": "", "after": "24 Nov 2026, 00:00 UTC"},
    ]
    assert changes_of(None, {"subject": None, "labels": []}) == [], "nothing came of nothing"
    assert changes_of(None, None) == []


@pytest.mark.parametrize(
    ("handler", "payload", "told"),
    [
        (f"{JobListState.get_full_name()}.retry", {"job_id": "999999999"}, "nothing here"),
        (
            f"{FlagState.get_full_name()}.make",
            {"form": {"name": "Not A Name", "owner": "x"}},
            "Begin with a small letter",
        ),
        (
            f"{WebhookEditState.get_full_name()}.make",
            {"form": {"url": "https://x.example"}},
            "Choose at least one event",
        ),
        (
            f"{WebhookEditState.get_full_name()}.make",
            {"form": {"url": "ftp://x.example", "message.created": "on"}},
            "must be an https URL",
        ),
    ],
)
async def test_a_refusal_is_told_in_words(served: Served, handler: str, payload: dict[str, object], told: str) -> None:
    with served.sign_in("ada") as ada:
        async with Socket(served.url, cookie_of(ada)) as socket:
            answer = await socket.send(handler, "/jobs", **payload)
    assert told.lower() in answer.lower()
    assert "Traceback" not in answer


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (f"{AttentionState.get_full_name()}.choose", {"days": "1; DROP"}),
        (f"{AuditListState.get_full_name()}.narrow", {"name": "next", "value": "//evil.example"}),
        (f"{WebhookListState.get_full_name()}.narrow", {"name": "cursor", "value": "x"}),
        (f"{FlagState.get_full_name()}.narrow", {"name": "q", "value": "x"}),
    ],
)
async def test_an_address_is_made_of_known_parts_only(served: Served, handler: str, payload: dict[str, str]) -> None:
    with served.sign_in("ada") as ada:
        async with Socket(served.url, cookie_of(ada)) as socket:
            answer = await socket.send(handler, "/admin", **payload)
    assert "_redirect" not in answer


async def test_the_checks_name_what_this_release_can_be_set_up_with(served: Served) -> None:
    """An administrator isn't sent to look for settings that there are not yet."""
    with served.sign_in("ada") as ada:
        async with Socket(served.url, cookie_of(ada)) as socket:
            told = await socket.send(f"{SystemState.get_full_name()}.load", "/system")
    assert "AI providers" in told
    assert not [name for name in ("stripe", "hubspot") if name in told.lower()]
