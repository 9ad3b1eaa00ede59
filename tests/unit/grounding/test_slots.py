"""Slots, streaming, the record's value for a red claim, staleness and speed."""

from datetime import timedelta

import pytest

from api.services.grounding import (
    CannedText,
    EvidencePack,
    UnknownSlotError,
    fill_closed,
    has_unsupported,
    mend,
    needs_review,
    render,
    slot_catalogue,
    verify,
)
from models.claims import EvidenceSource, Verdict
from tests.unit.grounding.records import DEALER, NOW, OUTBACK, TACOMA, pack


def test_the_catalogue_formats_money_units_and_hours() -> None:
    catalogue = slot_catalogue(pack(OUTBACK, TACOMA))
    assert catalogue["v1.price"] == "$21,750"
    assert catalogue["v2.mileage"] == "121,300 miles"
    assert catalogue["dealer.hours.sat"] == "10 am to 3 pm"
    assert catalogue["dealer.hours.sun"] == "closed"
    assert catalogue["dealer.hours.today"] == "8 am to 6 pm"
    assert catalogue["dealer.address"] == "415 Orchard Avenue, Duluth, MN 55802"


def test_what_is_not_known_has_no_slot() -> None:
    catalogue = slot_catalogue(pack(TACOMA | {"price": None}, dealer=None))
    assert "v1.price" not in catalogue
    assert "v1.vin" not in catalogue
    assert not [name for name in catalogue if name.startswith("dealer")]


@pytest.mark.parametrize("template", ["It is {{v1.colour}}.", "{{v3.price}}", "{{dealer.fax", "{{}}"])
def test_an_unknown_or_open_slot_is_an_error(template: str) -> None:
    with pytest.raises(UnknownSlotError):
        render(template, pack(OUTBACK))


def test_the_error_names_the_slot() -> None:
    with pytest.raises(UnknownSlotError, match=r"v9\.price"):
        render("{{v9.price}}", pack(OUTBACK))


@pytest.mark.parametrize(
    ("so_far", "shown"),
    [
        ("It is {{v1.price}} n", "It is $21,750 n"),
        ("It is {{v1.pri", "It is "),
        ("It is {{v1.price}", "It is "),
        ("It is {", "It is "),
        ("It is {{nope}} now", "It is  now"),
    ],
)
def test_streaming_shows_closed_slots_only(so_far: str, shown: str) -> None:
    assert fill_closed(so_far, pack(OUTBACK)) == shown


def test_a_slot_s_value_is_not_read_as_a_template() -> None:
    car = OUTBACK | {"description": "Ask about {{v1.price}}"}
    assert render("{{v1.description}}", pack(car)).text == "Ask about {{v1.price}}"


@pytest.mark.parametrize(
    ("draft", "value"),
    [
        ("The Outback is $22,750.", "$21,750"),
        ("It has 42,810 miles.", "48,210 miles"),
        ("VIN 4S4BSANC5K3204401", "4S4BSANC5K3204410"),
        ("Call 555-014-7703.", "+1 555 014 7730"),
        ("Document preparation is $95.", "$120"),
    ],
)
def test_a_red_claim_can_be_mended_with_the_record_s_value(draft: str, value: str) -> None:
    evidence = pack(OUTBACK)
    red = next(claim for claim in verify(draft, evidence) if claim.verdict is Verdict.UNSUPPORTED)
    assert mend(red, evidence) == value


def test_a_value_far_off_is_no_mend() -> None:
    """$95 may be a slip for the policy's $120; $17,999 and $2 are other things."""
    evidence = pack(OUTBACK)
    for said in ("$17,999", "$2"):
        red = next(one for one in verify(f"Document preparation is {said}.", evidence) if "120" in one.reason)
        assert mend(red, evidence) is None


def test_what_nothing_stands_behind_cannot_be_mended() -> None:
    evidence = pack(OUTBACK)
    red = next(claim for claim in verify("Floor mats are on us.", evidence) if claim.verdict is Verdict.UNSUPPORTED)
    assert mend(red, evidence) is None


def test_review_follows_the_verdicts() -> None:
    evidence = pack(OUTBACK)
    assert has_unsupported(verify("It's $1.", evidence))
    assert needs_review(verify("It has ventilated seats.", evidence))
    assert not has_unsupported(verify("It has ventilated seats.", evidence))
    assert not needs_review(verify("The Outback is $21,750.", evidence))


def test_a_record_that_nobody_confirmed_for_a_fortnight_is_stale() -> None:
    later = NOW + timedelta(days=20)
    claims = verify("The Outback is $21,750.", pack(OUTBACK, now=later))
    assert any(claim.verdict is Verdict.UNCERTAIN and claim.text == "$21,750" for claim in claims)
    confirmed = OUTBACK | {"confirmed_at": later}
    assert not needs_review(verify("The Outback is $21,750.", pack(confirmed, now=later)))


def test_an_offer_of_staff_overrides_the_listed_price() -> None:
    thread = "S: I can let the Outback go for $20,900.\nC: what was the price again"
    assert not needs_review(verify("The Outback is $20,900.", pack(OUTBACK, thread=thread)))
    assert has_unsupported(verify("The Outback is $21,750.", pack(OUTBACK, thread=thread)))
    assert not has_unsupported(verify("It was listed at $21,750.", pack(OUTBACK, thread=thread)))


def test_approved_canned_responses_are_evidence() -> None:
    canned = (CannedText("c1", "Loaner cars", "Loaner cars cost $25 a day."),)
    claims = verify("Loaner cars cost $25 a day.", EvidencePack(DEALER, (OUTBACK,), (), canned, NOW))
    assert not has_unsupported(claims)
    assert any(claim.evidence and claim.evidence.source is EvidenceSource.CANNED_RESPONSE for claim in claims)
    assert has_unsupported(verify("Loaner cars cost $25 a day.", pack(OUTBACK)))
