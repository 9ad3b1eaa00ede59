"""Claims made of everyday words alone, which no content word gives away: "it was priced higher last week"."""

import re
from collections.abc import Iterator

from api.services.grounding.findings import NOBODY_SAYS, Finding, Scene
from api.services.grounding.reading import ReadClause
from api.services.grounding.saying import Saying
from api.services.grounding.sayings import SAYINGS
from api.services.grounding.sentences import Act
from models.claims import HARD_KINDS, ClaimKind, Verdict

_BAD = re.compile(
    r"\b(?:does(?:n't| not)|do(?:n't| not)|not) work\w*\b|\b(?:broken|cracked|inop\w*|slow|faulty|leaks?)\b"
)
_SOFTER = (ClaimKind.TIME_OR_HOURS,)


def _verdict(scene: Scene, saying: Saying) -> Verdict:
    texts = [one.clause.clause.text for one in scene.library.units]
    if saying.kind is ClaimKind.HISTORY_OR_CONDITION and any(_BAD.search(text) for text in texts):
        return Verdict.UNSUPPORTED
    hard = saying.kind in HARD_KINDS and saying.kind not in _SOFTER
    return Verdict.UNSUPPORTED if hard else Verdict.UNCERTAIN


def _ahead(place: int, match: re.Match[str]) -> bool:
    """Tell whether a negation turns a claim round; the "no" that the claim itself opens with does not."""
    return place < match.end() and place != match.start()


_WONDERED = re.compile(r"\b(?:if|whether|in case)\b[^,;.]*$")


def _borne(scene: Scene, saying: Saying) -> bool:
    """Tell whether a sentence of the evidence says it; an appointment is only staff's to make."""
    units = (one for one in scene.library.units if one.staff or saying.kind is not ClaimKind.APPOINTMENT)
    return any(saying.borne.search(one.clause.clause.text) for one in units)


def _said(scene: Scene, parts: list[ReadClause]) -> Iterator[Finding]:
    """Yield what the clauses of one sentence claim in everyday words."""
    start, end = parts[0].clause.start, parts[-1].clause.end
    text = scene.reading.normal.lower[start:end]
    for saying in SAYINGS:
        several = saying.kind is ClaimKind.AVAILABILITY and len(scene.library.pack.vehicles) > 1
        match = None if several else saying.said.search(text)
        if match is None or _WONDERED.search(text, 0, match.start()):
            continue
        before = [place for one in parts for place in one.clause.negators if _ahead(place - start, match)]
        if len(before) % 2 == 0 and not _borne(scene, saying):
            place = (start + match.start(), start + match.end())
            yield Finding(saying.kind, *place, _verdict(scene, saying), NOBODY_SAYS)


def check_everyday(scene: Scene) -> list[Finding]:
    """Check what needs no content word to be said; right where the evidence says it in the same way."""
    sentences: dict[int, list[ReadClause]] = {}
    for one in scene.reading.clauses:
        if one.clause.act is not Act.ASKS:
            sentences.setdefault(one.clause.sentence, []).append(one)
    return [finding for parts in sentences.values() for finding in _said(scene, parts)]


__all__ = ["check_everyday"]
