"""Claims made of everyday words alone, which no content word gives away: "it was priced higher last week"."""

import re
from dataclasses import dataclass

from api.services.grounding.findings import NOBODY_SAYS, Finding, Scene
from api.services.grounding.sentences import Act
from models.claims import HARD_KINDS, ClaimKind, Verdict

_BAD = re.compile(
    r"\b(?:does(?:n't| not)|do(?:n't| not)|not) work\w*\b|\b(?:broken|cracked|inop\w*|slow|faulty|leaks?)\b"
)


@dataclass(frozen=True)
class _Saying:
    """A pattern of such claims and the sentences of the evidence that bear one out."""

    kind: ClaimKind
    said: re.Pattern[str]
    borne: re.Pattern[str]


def _saying(kind: ClaimKind, said: str, borne: str = "") -> _Saying:
    return _Saying(kind, re.compile(rf"\b(?:{said})"), re.compile(rf"\b(?:{borne or said})"))


_OKAYED = (
    r"(?:agreed|ok'?d|okayed|approved|accepted|said (?:yes|ok(?:ay)?|it's (?:fine|ok(?:ay)?))|gave (?:me"
    r"|us) (?:the|his|her))"
)
_SAYINGS = (
    _saying(
        ClaimKind.PRICE,
        r"(?:it|this one|that one|this|the price)(?: was|'s been| has been| used to be)(?: priced| listed)?"
        r" (?:higher|lower|more expensive|cheaper|dearer)\b|we(?:'ve| have)? (?:just |recently )+(?:lowered"
        r"|dropped|reduced) it",
    ),
    _saying(ClaimKind.FEE_OR_TOTAL, r"what you see is what you (?:pay|get)\b"),
    _saying(
        ClaimKind.COMMITMENT,
        r"pay(?:ing)? (?:in|by|over) (?:monthly |weekly )?(?:instal+ments|parts)\b",
        r"financ\w+|loans?\b|instal+ments",
    ),
    _saying(
        ClaimKind.COMMITMENT,
        r"(?:we|i)(?:'ve| have)?(?: just| already)* (?:took|taken|pulled|removed) (?:it|that|this"
        r"|the (?:\w+ )?\w+) (?:off|down)\b",
    ),
    _saying(
        ClaimKind.COMMITMENT,
        rf"(?:manager|boss|owner|director|colleagues?|bank|lender)\b[^.;]{{0,24}}\b(?:he|she|they)(?:'s|'ve"
        rf"| has| have| all"
        rf"| both| just)* {_OKAYED}",
        rf"(?:he|she|they|we|i|manager|boss|owner)\b[^.;]{{0,20}}{_OKAYED}",
    ),
    _saying(
        ClaimKind.FEATURE_OR_COLOUR,
        r"(?:has|got|with) (?:all|every|each)(?: of)?(?: the)? (?:options?|extras?|goodies)\b",
    ),
    _saying(
        ClaimKind.HISTORY_OR_CONDITION,
        r"everything(?: on it| in it| inside)? (?:works|functions|is working|still works)\b",
    ),
    _saying(
        ClaimKind.HISTORY_OR_CONDITION,
        r"(?:have|has|with|got) (?:all|every|the full|the complete)(?: of)?(?: the| its)? (?:records?|receipts?"
        r"|papers)\b",
        r"(?:records?|receipts?|service history)\b",
    ),
    _saying(
        ClaimKind.AVAILABILITY, r"we(?:'ve| have)? ?(?:also |still )?(?:got |have )?(?:an?|another) (?:\w+ )?ones?\b"
    ),
    _saying(
        ClaimKind.DISCOUNT,
        r"(?:i|we)(?: \w+){0,4}? (?:do|go) (?:an? )?(?:bit|little|touch|tad|hair)? ?(?:better"
        r"|lower)\b(?! (?:job|service))",
    ),
)


def _verdict(scene: Scene, saying: _Saying) -> Verdict:
    texts = [one.clause.clause.text for one in scene.library.units]
    if saying.kind is ClaimKind.HISTORY_OR_CONDITION and any(_BAD.search(text) for text in texts):
        return Verdict.UNSUPPORTED
    return Verdict.UNSUPPORTED if saying.kind in HARD_KINDS else Verdict.UNCERTAIN


def check_everyday(scene: Scene) -> list[Finding]:
    """Check what needs no content word to be said; right where the evidence says it in the same way."""
    found = []
    spoken = [one for one in scene.reading.clauses if one.clause.act is not Act.ASKS]
    for first in dict.fromkeys(one.clause.sentence for one in spoken):
        parts = [one for one in spoken if one.clause.sentence == first]
        start, end = parts[0].clause.start, parts[-1].clause.end
        text = scene.reading.normal.lower[start:end]
        for saying in _SAYINGS:
            several = saying.kind is ClaimKind.AVAILABILITY and len(scene.library.pack.vehicles) > 1
            match = None if several else saying.said.search(text)
            before = [place for one in parts for place in one.clause.negators if match and place < start + match.end()]
            borne = (one.evidence for one in scene.library.units if saying.borne.search(one.clause.clause.text))
            if match and len(before) % 2 == 0 and next(borne, None) is None:
                place = (start + match.start(), start + match.end())
                found.append(Finding(saying.kind, *place, _verdict(scene, saying), NOBODY_SAYS))
    return found


__all__ = ["check_everyday"]
