"""The demonstration's files: sound, consistent with one another, and nobody's real particulars."""

import re
from datetime import timedelta

import pytest

from api.services.adf import parse as parse_lead
from api.services.demonstration import DEMO_PASSWORD, story
from api.services.inventory_csv import parse as parse_feed
from api.services.passwords import require_good
from models.conversations import ConversationSource, ConversationStatus, Priority
from models.users import STAFF_ROLES, Role
from models.vehicles import Condition, VehicleStatus

STORY = story.read()
STOCK = {vehicle.stock_number: vehicle for _, vehicle in parse_feed(STORY.inventory).rows}
ALL_FILES = [path for path in sorted(story.FOLDER.rglob("*")) if path.suffix in {".csv", ".json", ".xml"}]


def test_every_vehicle_goes_in() -> None:
    parsed = parse_feed(STORY.inventory)
    assert parsed.errors == []
    assert len(parsed.rows) == 40
    assert {vehicle.status for vehicle in STOCK.values()} == set(VehicleStatus)
    assert {vehicle.condition for vehicle in STOCK.values()} == set(Condition)
    assert sum(vehicle.vin is not None for vehicle in STOCK.values()) > 20
    assert any(vehicle.price is None for vehicle in STOCK.values())


def test_people_have_every_role_and_a_password_that_the_rules_accept() -> None:
    assert {person.role for person in STORY.cast.people} == set(Role)
    for person in STORY.cast.people:
        assert str(person.email).endswith("@demo.example")
        require_good(DEMO_PASSWORD, str(person.email))


def test_conversations_come_in_every_state() -> None:
    threads = STORY.threads
    assert len(threads) >= 14
    assert {thread.status for thread in threads} == set(ConversationStatus)
    assert {thread.priority for thread in threads} == set(Priority)
    assert {thread.source for thread in threads} >= set(ConversationSource) - {ConversationSource.API}
    assert any(thread.snoozed and thread.snoozed > timedelta(0) for thread in threads)
    assert any(line.note for thread in threads for line in thread.messages)
    assert any(thread.waiting is None for thread in threads)


def test_whoever_answers_is_staff_and_time_runs_forward() -> None:
    staff = {person.username for person in STORY.cast.people if person.role in STAFF_ROLES}
    for thread in STORY.threads:
        moments = [line.at for line in thread.messages]
        assert moments == sorted(set(moments))
        assert moments[-1] < timedelta(0)
        senders = {line.sender for line in thread.messages} - {story.CUSTOMER}
        assert senders | ({thread.assigned_to} - {None}) <= staff


def test_open_threads_that_wait_are_open_and_answered_ones_do_not_wait() -> None:
    for thread in STORY.threads:
        last_is_customers = thread.spoken[-1].sender == story.CUSTOMER
        if thread.waiting is not None:
            assert (thread.status, last_is_customers) == (ConversationStatus.OPEN, True)
        else:
            assert not last_is_customers or thread.status is ConversationStatus.RESOLVED


def test_stock_numbers_in_texts_are_in_the_inventory() -> None:
    said = {
        number for thread in STORY.threads for line in thread.messages for number in re.findall(r"L\d{4}", line.text)
    }
    assert len(said) >= 4
    assert said <= set(STOCK)


def test_sample_leads_are_about_the_inventory() -> None:
    leads = [parse_lead(document, "US") for document in story.leads()]
    assert len({lead.fingerprint for lead in leads}) == 3
    for lead in leads:
        for car in lead.vehicles:
            assert not car.wanted or STOCK[car.stock or ""].model == car.model


@pytest.mark.parametrize("path", ALL_FILES, ids=lambda path: path.name)
def test_particulars_are_reserved_for_examples(path) -> None:
    text = path.read_text()
    for host in re.findall(r"[\w.+-]+@([\w.-]+)", text) + re.findall(r"https?://([\w.-]+)", text):
        assert host.endswith(".example")
    for number in re.findall(r"\+1[ \d-]{9,}", text):
        assert re.sub(r"\D", "", number)[4:9] == "55501"


@pytest.mark.parametrize(
    ("text", "shift"),
    [("-2h 50m", timedelta(hours=-2, minutes=-50)), ("+1d", timedelta(days=1)), ("-26h", timedelta(hours=-26))],
)
def test_relative_times(text: str, shift: timedelta) -> None:
    assert story.Line.model_validate({"at": text, "from": "customer", "text": "x"}).at == shift


@pytest.mark.parametrize("text", ["2h", "-2", "-h", "yesterday", ""])
def test_other_times_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="relative time"):
        story.Line.model_validate({"at": text, "from": "customer", "text": "x"})
