"""What a customer proposes, said as the house would say it, so that it can be verified when a draft agrees to it."""

import re
from collections.abc import Callable
from dataclasses import replace

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.reading import Reading
from api.services.grounding.sentences import Act
from api.services.grounding.subjects import SubjectFinder
from models.claims import ClaimKind, Verdict

_OFFERED = re.compile(
    r"\b(?:free|include[ds]?|throw|hold|deliver\w*|discount|waive|refund\w*|match|approv\w*|off"
    r"|guarantee\w*|promise\w*|agree\w*|have it|take|give|cover|pay|include|no (?:doc )?fee|new tires"
    r"|install|repair|fix|replace|ship|reserve|keep|save|warranty|return|swap|lower|drop|knock|beat"
    r"|finance|without)\b"
)
_VISIT = re.compile(
    r"\b(?:come|see|visit|stop by|swing by|drop by|drive|meet|appointment|appt|be there|pick (?:it )?up"
    r"|bring|make it|book)\b"
)

_FAVOUR = re.compile(
    r"\b(?:can|could|would|will|please|pls)\b[^.?!]{0,24}?\b(?:send|tell|call|text|email|check|help|show|let me know"
    r"|ask|find out|look|explain|contact|reply|confirm|write|speak|answer|respond|describe|compare|summari[sz]e|switch"
    r"|translate)\b"
    r"|\b(?:can|could|may|might) (?:i|we)\b[^.?!]{0,16}?\b(?:view|see|look|visit|come|stop|swing|drop|ask|learn|know)\b"
    r"|^\W*system\b|\bassistant\b"
    r"|\b(?:thanks|thank you|hello|hi|hey|good (?:morning|afternoon|evening))\b"
)
_OWN_PLANS = re.compile(
    r"\W*(?:(?:well|ok|okay|but|and|so|yes|no|hm+|thanks|sorry)\W+)*(?:i|we|he|she|they|(?:my|our) (?:\w+ ){1,2}?)"
    r"(?:'d|'ll|'ve|'s|'m|'re)?\s?(?:(?:still|also|first|really|just|both|am|are|is|would|will|might|may|has"
    r"|have|had|want"
    r"|wants|need|needs|like|likes|ought|going|gotta|to) )*(?:see|look|think|check|talk|discuss|decide|sleep|consider"
    r"|compare|comparing|looking|thinking|deciding|shopping|browsing|ask|agree)\b(?!.*(?:[$€£\d]|\byou(?:r|'ll"
    r"|'d|'re)?\b))"
)
_OPEN = re.compile(r"\W*(?:and |so |but )?(?:what|when|where|which|who|whose|how|why)\b")
Checks = tuple[Callable[[Scene], list[Finding]], ...]


_SWAPPED = {
    "i": "you",
    "i'm": "you're",
    "i am": "you are",
    "i've": "you've",
    "i'll": "you'll",
    "i'd": "you'd",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "we": "you",
    "we're": "you're",
    "we've": "you've",
    "we'll": "you'll",
    "we'd": "you'd",
    "us": "you",
    "our": "your",
    "you": "we",
    "you're": "we're",
    "you are": "we are",
    "you've": "we've",
    "you'll": "we'll",
    "you'd": "we'd",
    "your": "our",
    "yours": "ours",
}
_PERSON = re.compile(
    r"\b(?:(?P<ask>can|could|will|would) (?P<asked>you(?: guys)?|i|we)\b|(?:do|did) (?P<do>you(?: guys)?|i|we)\b"
    r"|(?:am|are) (?P<are>you|i|we)\b|(?<!thank )(?<!thanks )(?P<who>"
    rf"{'|'.join(sorted(map(re.escape, _SWAPPED), key=len, reverse=True))})(?: guys)?\b(?!'))"
)


def _other_person(match: re.Match[str]) -> str:
    if match["ask"]:
        return "we'll" if match["asked"].startswith("you") else f"you {match['ask']}"
    if match["do"]:
        return "we" if match["do"].startswith("you") else "you"
    if match["are"]:
        return "we are" if match["are"] == "you" else "you are"
    return _SWAPPED[match["who"]]


_TAG = re.compile(
    r",?\s+(?:(?:does|do|is|are|was|were|has|have|will|would|can|could|did)n'?t (?:it|they|you|he|she|we|i)"
    r"|right|correct"
    r"|yes|no|huh|eh|innit)\s*\?*\s*$"
)


def turned(text: str) -> str:
    """Return what a customer writes as the house would say it: "you'll hold it for me" is "we'll hold it for you"."""
    return _PERSON.sub(_other_person, _TAG.sub("", text.lower()))


def _as_statements(reading: Reading) -> Reading:
    clauses = tuple(replace(one, clause=replace(one.clause, act=Act.STATES)) for one in reading.clauses)
    return Reading(reading.normal, clauses)


def _said(reading: Reading, finding: Finding) -> str:
    """Return the clause that a finding is in."""
    return next((one.clause.text for one in reading.clauses if one.clause.start <= finding.start < one.clause.end), "")


def offered(text: str) -> bool:
    """Tell whether a lower-case text asks for something that only the house can give: a gift, a hold, a cut."""
    return bool(_OFFERED.search(text))


def judge_proposal(scene: Scene, checks: Checks) -> tuple[Verdict, Finding | None]:
    """Verify the customer's last messages as though the dealership had said them."""
    library = scene.library
    worst: Finding | None = None
    seen = False
    for message, reading in library.customer_readings:
        if message.content.lower() and library.question and reading.normal.lower not in library.question:
            continue
        stated = _as_statements(library.read(turned(message.content)))
        other = Scene(stated, SubjectFinder(stated, library.default, len(library.pack.vehicles)), library)
        findings = [finding for check in checks for finding in check(other)]
        seen = seen or any(
            finding.verdict is Verdict.SUPPORTED and finding.kind is not ClaimKind.VEHICLE for finding in findings
        )
        worst = next(
            (one for one in findings if one.verdict is Verdict.UNSUPPORTED and one.kind is not ClaimKind.VEHICLE), worst
        )
        visit = [one for one in stated.clauses if (one.times or one.days) and _VISIT.search(reading.normal.lower)]
        if visit and not any(one.kind is ClaimKind.APPOINTMENT for one in findings):
            place = visit[0].clause
            worst = worst or Finding(
                ClaimKind.APPOINTMENT,
                place.start,
                place.end,
                Verdict.UNSUPPORTED,
                "Nobody of the staff has set this appointment.",
            )
        amber = [one for one in findings if one.verdict is Verdict.UNCERTAIN and _OFFERED.search(_said(stated, one))]
        if worst is None and amber:
            return Verdict.UNCERTAIN, None
    if worst:
        return Verdict.UNSUPPORTED, worst
    return (Verdict.SUPPORTED if seen else Verdict.UNCERTAIN), None


def proposes(scene: Scene) -> bool:
    """Tell whether the customer's last messages hold something to agree to, not just a question, a favour or a plan."""
    newest = [
        reading for _, reading in scene.library.customer_readings if reading.normal.lower in scene.library.question
    ]
    clauses = [clause for reading in newest for clause in reading.clauses if clause.words or clause.quantities]
    texts = [one.clause.text for one in clauses]
    return any(not (_FAVOUR.search(one) or _OPEN.match(one) or _OWN_PLANS.match(one)) for one in texts)


__all__ = ["Checks", "judge_proposal", "offered", "proposes", "turned"]
