"""The year that a text gives for a vehicle, however it is put; years of other things stay dates."""

import pytest

from api.services.grounding import verify
from models.claims import ClaimKind, Verdict
from tests.unit.grounding.records import MAZDA, OUTBACK, TACOMA, pack

_PACK = pack(OUTBACK, TACOMA, MAZDA, thread="C: is the Outback newer than the Tacoma and the CX-5?")


@pytest.mark.parametrize(
    "text",
    [
        "The Outback is from 2019.",
        "The Outback was built in 2019.",
        "The Tacoma is from 2014 and the CX-5 from 2017.",
        "Outback: 2019. Tacoma: 2014.",
        "The Outback is the newest of them, a '19.",
        "The Outback's model year is 2019.",
        "The CX-5 had a minor accident in 2020, repaired.",
    ],
)
def test_the_year_of_the_record_is_supported(text: str) -> None:
    assert {claim.verdict for claim in verify(text, _PACK)} == {Verdict.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "The Outback is from 2018.",
        "The Tacoma is from 2017 and the CX-5 from 2014.",
        "Outback: 2014. Tacoma: 2019.",
        "The Outback was made in 2020.",
        "The CX-5 had a minor accident in 2017, repaired.",
    ],
)
def test_another_year_is_red(text: str) -> None:
    red = {claim.kind for claim in verify(text, _PACK) if claim.verdict is Verdict.UNSUPPORTED}
    assert red & {ClaimKind.VEHICLE, ClaimKind.DATE}
