"""Sentences that a model could make up about a car, its price, the house or its promises: none passes silently."""

from pathlib import Path

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import OUTBACK, pack

MADE_UP = (Path(__file__).parent / "made_up.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("text", MADE_UP)
def test_nothing_made_up_passes_silently(text: str) -> None:
    verdicts = {claim.verdict for claim in verify(text, pack(OUTBACK, thread="C: ok"))}
    assert verdicts & {Verdict.UNSUPPORTED, Verdict.UNCERTAIN}
