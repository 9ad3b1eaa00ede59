"""Names that are no vehicle and no person, trims with a word too many, and amounts under a heading."""

import pytest

from api.services.grounding import EvidencePack, verify
from models.claims import ClaimKind, Verdict
from tests.unit.grounding.records import DEALER, OUTBACK, pack

DOWN = {"topic": "financing", "text": "Rates from 5.75% APR on approved credit. Minimum down payment: $1,000."}
IN_TUCSON = DEALER | {"address": DEALER["address"] | {"city": "Tucson"}}
VAN = OUTBACK | {"id": "van", "model": "Grand Caravan", "make": "Dodge", "features": ["Stow 'n Go seats"]}


def _open(draft: str, evidence: EvidencePack) -> list[tuple[ClaimKind, Verdict, str]]:
    claims = verify(draft, evidence)
    return [(one.kind, one.verdict, one.text) for one in claims if one.verdict is not Verdict.SUPPORTED]


def test_the_town_of_the_dealership_is_no_vehicle() -> None:
    """A Tucson that is on offer, or in a town elsewhere, still has to be on record."""
    here = pack(OUTBACK, dealer=IN_TUCSON)
    assert _open("We're at 415 Orchard Avenue in Tucson.", here) == []
    assert _open("We also have a Tucson for you.", here)[0][:2] == (ClaimKind.VEHICLE, Verdict.UNSUPPORTED)
    assert _open("There is one more in Tucson.", pack(OUTBACK))


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        ("It's the 2019 Outback Premium.", []),
        ("It's the 2019 Outback Limited Premium.", ["Limited"]),
        ("Our Outback Grand Premium has 48,210 miles.", ["Grand Premium"]),
    ],
)
def test_a_word_before_the_trim_makes_it_another(draft: str, wrong: list[str]) -> None:
    assert [text for _, _, text in _open(draft, pack(OUTBACK))] == wrong


def test_part_of_a_records_name_is_nobody() -> None:
    assert _open("It comes with Stow 'n Go seats.", pack(VAN)) == []
    assert _open("Ask for Stowell when you come.", pack(VAN)) != []


@pytest.mark.parametrize(
    ("draft", "kinds"),
    [
        ("The minimum down payment is $1,000.", []),
        ("You need at least $1,000 down.", []),
        ("The minimum down payment is $500.", [ClaimKind.DOWN_PAYMENT]),
        ("There is a $1,000 fee.", [ClaimKind.FEE_OR_TOTAL]),
    ],
)
def test_an_amount_is_what_its_heading_says(draft: str, kinds: list[ClaimKind]) -> None:
    """And no other charge of the same height."""
    dealer = DEALER | {"policies": [one for one in DEALER["policies"] if one["topic"] != "financing"] + [DOWN]}
    assert [kind for kind, _, _ in _open(draft, pack(OUTBACK, dealer=dealer))] == kinds


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        ("It's {outside} over black cloth.", []),
        ("It's {outside} over black leatherette.", ["leatherette"]),
        ("It's {outside} over tan cloth.", ["tan"]),
    ],
)
def test_a_colour_over_another_is_the_cabins(draft: str, wrong: list[str]) -> None:
    said = draft.format(outside=str(OUTBACK["exterior_color"]).lower())
    assert [text for _, _, text in _open(said, pack(OUTBACK))] == wrong
