"""The only one with something, cars that cannot be driven any more, and what "so does the other" leaves unsaid."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import IMPALA, MAZDA, OUTBACK, TACOMA, pack

BOTH = {**MAZDA, "features": ["Heated seats"]}


def _worst(text: str, *vehicles: dict[str, object]) -> Verdict:
    verdicts = {claim.verdict for claim in verify(text, pack(*vehicles, thread="C: ok"))}
    ranked = (Verdict.UNSUPPORTED, Verdict.UNCERTAIN, Verdict.SUPPORTED)
    return next(one for one in ranked if one in verdicts)


@pytest.mark.parametrize(
    "text", ["Only the Outback has heated seats.", "The Outback is the only one with heated seats."]
)
def test_only_one_has_what_no_other_record_says(text: str) -> None:
    assert _worst(text, OUTBACK, BOTH) is Verdict.UNSUPPORTED
    assert _worst(text, OUTBACK, TACOMA) is Verdict.SUPPORTED


@pytest.mark.parametrize("text", ["You can test drive the Impala tomorrow.", "Come and see the Impala."])
def test_nobody_drives_what_is_sold(text: str) -> None:
    assert _worst(text, IMPALA, OUTBACK) is Verdict.UNSUPPORTED


def test_what_is_spoken_for_is_driven_with_care() -> None:
    assert _worst("You can test drive the CX-5.", MAZDA, OUTBACK) is Verdict.UNCERTAIN
    assert _worst("You can test drive the Outback.", MAZDA, OUTBACK) is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The Outback has heated seats, and so does the Tacoma.", Verdict.UNCERTAIN),
        ("The Outback has roof rails and the Tacoma does too.", Verdict.UNCERTAIN),
        ("The Outback has heated seats, and so does the CX-5.", Verdict.SUPPORTED),
        ("The Outback has heated seats, but the CX-5 doesn't.", Verdict.UNSUPPORTED),
        ("The CX-5 has no EyeSight.", Verdict.UNCERTAIN),
        ("The Outback has no EyeSight.", Verdict.UNSUPPORTED),
    ],
)
def test_what_is_left_unsaid_of_the_other_is_read(text: str, verdict: Verdict) -> None:
    assert _worst(text, OUTBACK, TACOMA, BOTH) is verdict


@pytest.mark.parametrize("text", ["Also a sunroof.", "And new brakes.", "It's green, and it has a third row."])
def test_a_claim_that_begins_with_and_is_a_claim(text: str) -> None:
    assert _worst(text, OUTBACK) in (Verdict.UNCERTAIN, Verdict.UNSUPPORTED)
