"""Texts that say nothing is added beside one fee."""

from typing import Any

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, OUTBACK, pack

_POLICIES = [
    {"topic": "fees", "text": "Documentation fee: $240. Title processing: $85. Delivery within the city: $60."}
]
_DEALER: dict[str, Any] = {**DEALER, "policies": _POLICIES}


def _reds(text: str) -> list[str]:
    claims = verify(text, pack(OUTBACK, thread="C: Which fees are there?", dealer=_DEALER))
    return [claim.text for claim in claims if claim.verdict is Verdict.UNSUPPORTED]


@pytest.mark.parametrize(
    "text",
    [
        "The only fee is $240 for the documentation.",
        "The documentation fee is $240, nothing else.",
        "The documentation fee is $240 and there are no other fees.",
    ],
)
def test_an_only_that_leaves_a_fee_out_is_red(text: str) -> None:
    assert _reds(text)


@pytest.mark.parametrize("text", ["The documentation fee is only $240.", "Documentation is just $240."])
def test_an_only_that_makes_small_is_not_judged(text: str) -> None:
    assert _reds(text) == []
