"""Charges that a text denies, puts inside the price or on top of it, against what the policies do with each."""

import pytest

from api.services.grounding import EvidencePack, verify
from models.claims import Verdict
from tests.unit.grounding.records import DEALER, OUTBACK, pack

_POLICIES = [
    {"topic": "fees", "text": "Documentation fee: $150. Title and license are extra. There is no admin fee."},
    {"topic": "tax", "text": "Prices include VAT. GST of 5% and QST of 9.975% are added. No other fees."},
]
_PACK: EvidencePack = pack(OUTBACK, dealer={**DEALER, "policies": _POLICIES})


def _red(text: str) -> bool:
    return any(one.verdict is Verdict.UNSUPPORTED for one in verify(text, _PACK))


@pytest.mark.parametrize(
    "text",
    [
        "No admin fee, and VAT's already in the price.",
        "There's no admin fee and VAT is included.",
        "VAT is part of the price, and we charge no admin fee.",
        "Title and license come on top.",
        "GST and QST are added, and there are no other fees.",
        "GST is 5% and QST 9.975%.",
    ],
)
def test_what_policies_say_of_a_charge_is_never_red(text: str) -> None:
    assert not _red(text)


@pytest.mark.parametrize(
    "text",
    [
        "VAT comes on top.",
        "VAT isn't in the price.",
        "Title and license are in the price.",
        "There's no title fee.",
        "No admin fee and no doc fee.",
        "The price includes GST.",
        "No GST and QST on this one.",
    ],
)
def test_what_policies_say_otherwise_is_red(text: str) -> None:
    assert _red(text)
