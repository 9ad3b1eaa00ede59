"""Who is told of which event."""

from collections.abc import Iterator

import pytest

from dealsmart_app.live import CONVERSATION, INBOX, PERSON, WATCHES, Seat, concerned
from dealsmart_app.states.base import HubState
from dealsmart_app.states.notifications import NotificationState

ANA, LUIS = Seat("tab-ana", HubState), Seat("tab-luis", HubState)
BELL = Seat("tab-ana", NotificationState)


@pytest.fixture(autouse=True)
def nobody_watches() -> Iterator[None]:
    """Begin and end with nobody watching."""
    for seat in WATCHES.everybody():
        WATCHES.drop(seat.token)
    yield
    for seat in WATCHES.everybody():
        WATCHES.drop(seat.token)


def test_a_message_concerns_its_conversation_and_the_inbox() -> None:
    """Other conversations stay quiet."""
    WATCHES.add(ANA, CONVERSATION, "c1")
    WATCHES.add(LUIS, CONVERSATION, "c2")
    WATCHES.add(BELL, INBOX, "")
    assert concerned({"kind": "message.created", "conversation_id": "c1"}) == {ANA, BELL}


def test_a_seat_watches_one_key_a_topic() -> None:
    """Opening another conversation ends watching the first."""
    WATCHES.add(ANA, CONVERSATION, "c1")
    WATCHES.add(ANA, CONVERSATION, "c2")
    assert concerned({"kind": "draft.updated", "conversation_id": "c1"}) == set()
    assert concerned({"kind": "draft.updated", "conversation_id": "c2"}) == {ANA}


def test_a_notice_concerns_its_person() -> None:
    """A bell rings for one."""
    WATCHES.add(BELL, PERSON, "u1")
    assert concerned({"kind": "notification.created", "user_id": "u1"}) == {BELL}
    assert concerned({"kind": "notification.created", "user_id": "u2"}) == set()


def test_a_revocation_concerns_the_person_or_everybodys_bell() -> None:
    """An event with a session's id alone does not say whose it was, so every tab asks."""
    WATCHES.add(BELL, PERSON, "u1")
    WATCHES.add(LUIS, INBOX, "")
    assert concerned({"kind": "session.revoked", "user_id": "u1"}) == {BELL}
    assert concerned({"kind": "session.revoked", "user_id": "u2"}) == set()
    assert concerned({"kind": "session.revoked", "session_id": "s1"}) == {BELL}


def test_a_lost_connection_concerns_everybody() -> None:
    """What was said meanwhile was missed by all."""
    WATCHES.add(ANA, CONVERSATION, "c1")
    WATCHES.add(LUIS, INBOX, "")
    assert concerned({"kind": "bus.resumed"}) == {ANA, LUIS}


def test_a_closed_tab_is_forgotten() -> None:
    """Nothing of it stays behind."""
    WATCHES.add(ANA, CONVERSATION, "c1")
    WATCHES.add(BELL, PERSON, "u1")
    WATCHES.add(LUIS, INBOX, "")
    WATCHES.drop("tab-ana")
    assert WATCHES.everybody() == {LUIS}
