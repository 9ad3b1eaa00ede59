"""What binds the dealership, what is mere talk, and ideas that take several words."""

import pytest

from api.services.grounding.concepts import excluded, find_concepts
from api.services.grounding.speech import binding, unable
from api.services.grounding.talk import claims_nothing, leads_in

_PEOPLE = ("dora",)


@pytest.mark.parametrize(
    "text",
    [
        "we'll swap the battery",
        "our mechanic buffs that scratch out",
        "dora will carry the plates over",
        "my boss okayed the discount",
        "new brakes will be put in",
        "there will be a full tank",
        "somebody will fetch you at the station",
        "the shop is putting new pads on it",
        "if it breaks we buy it back",
        "we have received your deposit",
    ],
)
def test_what_the_dealership_does_binds_it(text: str) -> None:
    assert binding(text, _PEOPLE) is not None


@pytest.mark.parametrize(
    "text",
    [
        "i'll look into that",
        "dora will call you back",
        "we are open until six",
        "our team is looking at it",
        "we don't match other prices",
        "you'll love the view from the lot",
        "the lender will decide",
        "i will keep it short",
    ],
)
def test_speaking_looking_and_being_open_bind_nobody(text: str) -> None:
    assert binding(text, _PEOPLE) is None


@pytest.mark.parametrize(
    "text",
    [
        "that must be frustrating",
        "i get that it's a big step",
        "hope the move went well",
        "whatever suits you best",
        "i wouldn't want to guess",
        "buying from afar is never easy",
        "let me see what dora says",
    ],
)
def test_feelings_and_wishes_claim_nothing(text: str) -> None:
    assert claims_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "i know the roof was repaired",
        "it has a new roof",
        "i hear it runs well",
        "the car is yours",
        "two owners, both local",
    ],
)
def test_a_statement_about_a_thing_is_no_talk(text: str) -> None:
    assert not claims_nothing(text)


def test_who_cannot_decide_promises_nothing() -> None:
    assert unable("that is not my call")
    assert unable("i have no way of knowing")
    assert not unable("we can do that")


def test_a_lead_in_has_a_colon_and_no_verb() -> None:
    assert leads_in("in short", ": it")
    assert not leads_in("it is sold", ": so")
    assert not leads_in("in short", ", it")


@pytest.mark.parametrize(
    ("text", "idea"),
    [
        ("that costs you nothing", "free"),
        ("at our own expense", "free"),
        ("we put it aside", "hold"),
        ("it is at your door on monday", "delivery"),
        ("the underwriters signed off", "granted"),
        ("they turned it down", "declined"),
        ("your score stays the same", "scoresafe"),
        ("take it out by yourself", "alone"),
        ("whenever you like", "unlimited"),
    ],
)
def test_many_words_are_one_idea(text: str, idea: str) -> None:
    assert idea in {one.name for one in find_concepts(text)}


def test_opposite_ideas_rule_each_other_out() -> None:
    assert "byappointment" in excluded(frozenset({"walkin"}))
    assert excluded(frozenset({"hold"})) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "have a lovely rest of the day",
        "enjoy the rest of your week",
        "should your sister need a car one day",
        "there is a lot of jargon",
        "there's so much to take in",
        "i would not want to claim that one is better",
    ],
)
def test_wishes_and_reserve_claim_nothing(text: str) -> None:
    assert claims_nothing(text)


@pytest.mark.parametrize("text", ["there is a lot of rust", "there is plenty of power"])
def test_a_statement_beside_a_courtesy_is_no_talk(text: str) -> None:
    assert not claims_nothing(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the deposit goes toward your price", "it comes off the price"),
        ("you pick the car up here", "vehicles are picked up at the lot"),
    ],
)
def test_two_wordings_of_one_idea_compare(one: str, other: str) -> None:
    names = [{concept.name for concept in find_concepts(text)} for text in (one, other)]
    assert names[0] & names[1]
