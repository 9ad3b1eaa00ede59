"""Every claim kind and tricky row of the specification, in wordings of our own."""

from typing import Any

import pytest

from api.services.grounding import verify
from models.claims import ClaimKind, ClaimView, Verdict
from tests.unit.grounding.records import pack
from tests.unit.grounding.wordings import WORDINGS

OPEN = {"red": {Verdict.UNSUPPORTED}, "held": {Verdict.UNSUPPORTED, Verdict.UNCERTAIN}}


def _hits(claim: ClaimView, draft: str, words: str) -> bool:
    start = draft.index(words)
    common = min(claim.end, start + len(words)) - max(claim.start, start)
    return common >= 0.5 * min(claim.end - claim.start, len(words))


@pytest.mark.parametrize(
    ("kind", "vehicles", "thread", "draft", "wrong"), WORDINGS, ids=[row[3][:40] for row in WORDINGS]
)
def test_wording(
    kind: str, vehicles: tuple[dict[str, Any], ...], thread: str, draft: str, wrong: tuple[tuple[str, str], ...]
) -> None:
    claims = verify(draft, pack(*vehicles, thread=thread))
    if wrong:
        assert any(
            _hits(claim, draft, words) for words, due in wrong for claim in claims if claim.verdict in OPEN[due]
        ), claims
    else:
        assert [claim for claim in claims if claim.verdict is not Verdict.SUPPORTED] == []


def test_every_kind_of_claim_has_wordings() -> None:
    assert {row[0] for row in WORDINGS} == {kind.value for kind in ClaimKind}
