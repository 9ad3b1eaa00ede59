"""The built-in fallback tells vehicles apart, and keeps to where the thread stands."""

import re

import pytest

from api.services.grounding.evidence import EvidencePack, ThreadMessage
from tests.unit.fallback_pack import DEALERSHIP, NOW, pack, reply, vehicle


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("is the highlander with stock number L2 still there?", ["XLE"]),
        ("is the red highlander there?", ["Limited"]),
        ("the 2003 highlander: price?", ["Limited"]),
        ("what do the highlanders cost?", ["XLE", "Limited"]),
        ("is the XLE Highlander there, or the Tacoma?", ["XLE", "Tacoma"]),
        ("any toyota left?", ["XLE", "Limited", "Tacoma"]),
    ],
)
def test_numbers_and_details_tell_vehicles_of_one_model_apart(asked: str, meant: list[str]) -> None:
    new = vehicle(id="a", stock_number="L2", year=2023, model="Highlander", trim="XLE", exterior_color="Gray")
    old = vehicle(id="b", stock_number="A9", year=2003, model="Highlander", trim="Limited", exterior_color="Red")
    truck = vehicle(id="c", stock_number="T1", year=2021, model="Tacoma", trim=None, exterior_color="White")
    text = reply(pack(asked, new, old, truck))
    assert [name for name in ("XLE", "Limited", "Tacoma") if name in text] == meant
    assert "has stock number" not in text


def test_vehicles_that_read_alike_are_told_apart_by_their_stock_numbers() -> None:
    text = reply(pack("price?", vehicle(), vehicle(id="b", stock_number="B7", price={"amount": 1, "currency": "usd"})))
    assert "The 2003 Toyota Camry XLE (stock number A1033) is listed at $5,499." in text
    assert "The 2003 Toyota Camry XLE (stock number B7) is listed at $0.01." in text


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        ("Could I see it on Saturday?", "What time on Saturday would suit you?"),
        ("Could we come on Sunday?", "Which other day would suit you?"),
        ("Could we come on Monday or Friday?", "Which day and time would suit you?"),
    ],
)
def test_a_visit_on_a_day_that_is_named_is_told_its_hours(asked: str, ends: str) -> None:
    text = reply(pack(asked, vehicle()))
    assert "We're closed on Sunday." in text if "Sunday" in asked else "We're open" in text
    assert text.endswith(ends)


def test_a_visit_to_a_vehicle_with_a_sale_pending_is_told_of_it() -> None:
    assert "has a sale pending" in reply(pack("Can I test drive it?", vehicle(status="pending")))


@pytest.mark.parametrize("last", ["It whines above 50 mph, and I am not amused.", "Yes, in neutral too."])
def test_a_complaint_is_handed_to_a_person_and_sells_nothing(last: str) -> None:
    thread = (
        ThreadMessage("m1", "customer", "The Camry that we bought from you whines. I am very disappointed."),
        ThreadMessage("m2", "staff", "Does it do so in neutral?"),
        ThreadMessage("m3", "customer", last),
    )
    text = reply(EvidencePack(DEALERSHIP, (vehicle(),), thread, (), NOW))
    assert "I'm sorry to hear that." in text
    assert not re.search("available|come and see|listed", text)
    assert text.endswith("Which number is best for a colleague to reach you on?")


def test_who_complained_once_still_gets_what_he_asks_for_later() -> None:
    thread = (
        ThreadMessage("m1", "customer", "I am disappointed: nobody called."),
        ThreadMessage("m2", "staff", "I am sorry about that."),
        ThreadMessage("m3", "customer", "What does the Camry cost?"),
    )
    assert "$5,499" in reply(EvidencePack(DEALERSHIP, (vehicle(),), thread, (), NOW))


def test_what_it_has_no_words_for_is_left_to_a_colleague() -> None:
    text = reply(pack("Price? And does the radio take cassettes?", vehicle()))
    assert "$5,499" in text
    assert "I'd have to check the rest of what you asked with a colleague." in text
    assert "the rest" not in reply(pack("Hello? Price? Mileage?", vehicle()))


def test_a_thread_that_is_under_way_is_not_begun_again() -> None:
    thread = (
        ThreadMessage("m1", "customer", "Is the Camry there?"),
        ThreadMessage("m2", "staff", "Yes, it is."),
        ThreadMessage("m3", "customer", "Lovely, my sister will be glad."),
    )
    assert "available" not in reply(EvidencePack(DEALERSHIP, (vehicle(),), thread, (), NOW))
