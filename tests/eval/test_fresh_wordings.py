"""Drafts in other words than the development cases, over the same records."""

from typing import Any

import pytest

from api.services.grounding import verify
from models.claims import ClaimView, Verdict
from tests.eval.cases import load_cases, pack_of
from tests.eval.fresh_wordings import FRESH

DUE = {"red": {Verdict.UNSUPPORTED}, "held": {Verdict.UNSUPPORTED, Verdict.UNCERTAIN}}


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, Any]]:
    cases = load_cases()
    if not cases:
        pytest.skip("the development cases do not lie beside the project")
    dealers = {case["dealership"]["name"].split()[0]: case["dealership"] for case in cases if case["dealership"]}
    cars = {vehicle["id"].removeprefix("veh-"): vehicle for case in cases for vehicle in case["vehicles"]}
    return dealers | cars


def _hits(claim: ClaimView, draft: str, words: str) -> bool:
    start = draft.index(words)
    common = min(claim.end, start + len(words)) - max(claim.start, start)
    return common >= 0.5 * min(claim.end - claim.start, len(words))


@pytest.mark.parametrize(
    ("dealer", "cars", "thread", "draft", "wrong", "due"), FRESH, ids=[row[3][:40] for row in FRESH]
)
def test_fresh_wording(
    records: dict[str, dict[str, Any]],
    dealer: str,
    cars: tuple[str, ...],
    thread: str,
    draft: str,
    wrong: tuple[str, ...],
    due: str,
) -> None:
    senders = {"S": "staff", "C": "customer"}
    messages = [{"sender": senders[line[0]], "content": line[2:].strip()} for line in thread.splitlines()]
    case = {"dealership": records[dealer], "vehicles": [records[car] for car in cars], "messages": messages}
    claims = verify(draft, pack_of(case))
    if due:
        assert any(_hits(claim, draft, words) for words in wrong for claim in claims if claim.verdict in DUE[due]), (
            claims
        )
    else:
        assert [claim for claim in claims if claim.verdict is not Verdict.SUPPORTED] == []
