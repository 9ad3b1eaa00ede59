"""Vehicles that are pointed at rather than named, trims and owners put in other words, and swapped equipment."""

import pytest

from api.services.grounding import verify
from models.claims import Verdict
from tests.unit.grounding.records import IMPALA, MAZDA, OUTBACK, TACOMA, pack

SIERRA = TACOMA | {"id": "sierra", "make": "GMC", "model": "Sierra 1500", "trim": "SLT", "stock_number": "P4430"}


def verdicts(text: str, *vehicles: dict[str, object]) -> dict[str, Verdict]:
    """Return each claim's words with its verdict."""
    return {claim.text: claim.verdict for claim in verify(text, pack(*vehicles))}


@pytest.mark.parametrize(
    ("text", "vehicles"),
    [
        ("The Sierra has a tow hitch.", (SIERRA,)),
        ("It's a 19 Outback, one owner.", (OUTBACK,)),
        ("It's the Premium, not the Limited.", (OUTBACK,)),
        ("You'd be only its second owner.", (OUTBACK,)),
        ("Three people owned it before.", (TACOMA,)),
        ("The green one has had one owner; the other has had three owners.", (OUTBACK, TACOMA)),
        ("The manual is the Tacoma.", (OUTBACK, TACOMA)),
        ("The cheapest one is the Impala.", (OUTBACK, TACOMA, IMPALA)),
        ("The battery was replaced.", (TACOMA,)),
        ("The Outback has roof rails, the Tacoma has a bed liner.", (OUTBACK, TACOMA)),
    ],
)
def test_what_the_records_bear_out_is_not_red(text: str, vehicles: tuple[dict[str, object], ...]) -> None:
    """Whatever points at the right vehicle passes."""
    assert Verdict.UNSUPPORTED not in verdicts(text, *vehicles).values()


@pytest.mark.parametrize(
    ("text", "vehicles", "wrong"),
    [
        ("The Sierra 2500 has a tow hitch.", (SIERRA,), "2500"),
        ("It's the Limited.", (OUTBACK,), "Limited"),
        ("You'd be its third owner.", (OUTBACK,), "third owner"),
        ("Two people owned it before.", (OUTBACK,), "Two people owned"),
        ("The green one is here; the other has had one owner.", (OUTBACK, TACOMA), "one owner"),
        ("The manual is the Outback.", (OUTBACK, TACOMA), "Outback"),
        ("The cheapest one is the Tacoma.", (OUTBACK, TACOMA, IMPALA), "Tacoma"),
        ("The battery is still the original one.", (TACOMA,), "battery is still the original one"),
        ("The Outback has a bed liner.", (OUTBACK, TACOMA), "bed liner"),
        ("The blue one can be yours today.", (MAZDA,), "can be yours"),
    ],
)
def test_what_the_records_deny_is_red(text: str, vehicles: tuple[dict[str, object], ...], wrong: str) -> None:
    """The wrong vehicle, trim, owner or part is red on its very words."""
    red = [words for words, verdict in verdicts(text, *vehicles).items() if verdict is Verdict.UNSUPPORTED]
    assert any(wrong in words or words in wrong for words in red)
