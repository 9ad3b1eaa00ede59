"""What is said of a vehicle's state and flaws, against its record."""

import pytest

from api.services.grounding import verify
from models.claims import ClaimKind, Verdict
from tests.unit.grounding.records import IMPALA, OUTBACK, pack

_SCARRED = {**OUTBACK, "description": "Three owners. Hail damage on the roof. Repainted hood."}
_CLEAN = {**OUTBACK, "description": "One owner. No accidents reported."}


def _verdicts(text: str, *cars: dict[str, object], kind: ClaimKind) -> set[Verdict]:
    return {claim.verdict for claim in verify(text, pack(*cars, thread="C: hello")) if claim.kind is kind}


@pytest.mark.parametrize(
    "text",
    [
        "The Impala has yet to find an owner.",
        "Nobody has bought the Impala.",
        "The Impala hasn't left us.",
        "You can still get the Impala.",
        "Another family took the Outback.",
        "The Outback went home with somebody.",
        "Someone put a deposit on the Outback.",
        "Neither the Outback nor the Impala is left.",
    ],
)
def test_a_wrong_state_is_red(text: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(text, OUTBACK, IMPALA, kind=ClaimKind.AVAILABILITY)


@pytest.mark.parametrize(
    "text",
    [
        "The Impala went to another customer.",
        "No one has reserved the Outback.",
        "The Outback is back on the lot.",
        "Nobody has bought the Outback so far.",
    ],
)
def test_a_true_state_is_supported(text: str) -> None:
    assert _verdicts(text, OUTBACK, IMPALA, kind=ClaimKind.AVAILABILITY) == {Verdict.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "Not a dent on it.",
        "The body is immaculate.",
        "It still has the factory paint.",
        "The same lady drove it from new.",
    ],
)
def test_a_flaw_denied_against_the_record_is_red(text: str) -> None:
    assert Verdict.UNSUPPORTED in _verdicts(text, _SCARRED, kind=ClaimKind.HISTORY_OR_CONDITION)


@pytest.mark.parametrize("text", ["It has had one owner.", "Not a dent on it.", "The body is immaculate."])
def test_a_record_without_flaws_contradicts_nothing(text: str) -> None:
    assert Verdict.UNSUPPORTED not in _verdicts(text, _CLEAN, kind=ClaimKind.HISTORY_OR_CONDITION)
