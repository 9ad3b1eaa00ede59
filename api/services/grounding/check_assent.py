"""Assent: "yes, that works" adopts what the customer just proposed, so the proposal is what gets verified."""

import re
from collections.abc import Callable
from dataclasses import replace

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.reading import ReadClause, Reading
from api.services.grounding.sentences import Act
from api.services.grounding.subjects import SubjectFinder
from models.claims import ClaimKind, Verdict

_PRAISE = (
    r"(?:great|good|fine|perfect|fair|reasonable|okay|ok|alright|right|correct|true|doable|acceptable"
    r"|possible|agreed|done|settled|like a (?:deal|plan)|awesome|excellent|no problem|not a problem)"
)
_BARE = re.compile(
    rf"(?:(?:oh |well |and |ok,? |yes,? |yep,? |yeah,? |sure,? )*(?:yes|yep|yeah|yup|ya|sure(?:"
    rf" thing)?|correct|deal|done(?: deal)?|agreed|absolutely|of course|certainly|definitely|ok|okay"
    rf"|alright|all right|right|exactly|confirmed|affirmative|you (?:got it|bet)|no problem|will do"
    rf"|can do|consider it done|gladly|with pleasure|sounds? {_PRAISE}|{_PRAISE}|indeed|approved"
    rf"|accepted|that's {_PRAISE}|it's a deal|you're on|understood and agreed|fine|10-4|word|totally"
    rf"|for sure|we accept|i accept|i agree|we agree|we do|we can|you can|you may|it is|it does|they"
    rf" are|we are|that is right|that is correct)(?:[ ,]+(?:sir|ma'am|then|indeed|please|thanks|thank"
    rf" you|it is|we do|we can|you can|with us|by us|to us|for us|by me|with me|to me|for me|of"
    rf" course|no problem|totally|absolutely|my friend|buddy|there))*)"
)
_ADOPTS = re.compile(
    rf"\b(?:(?:that|it|this|those|these|your (?:offer|price|number|proposal|figure|terms|plan)|which"
    rf"|the (?:offer|price|number|figure|terms))(?:'ll| will| would| does| should)? (?:totally "
    rf"|absolutely |perfectly |definitely |certainly |just |also )?(?:works?|do|suits?)(?! (?:well"
    rf" )?(?:great|as|like|with the|perfectly|fine|by|at|on|in)\b)"
    rf"|(?:works|fine|good|great|okay|ok|perfect|happy|cool|acceptable) (?:for|by|with|to|on) (?:us"
    rf"|me|our end|our side|that|it|your|those)|(?:that|it|this|your \w+)(?:'s| is| sounds| looks|"
    rf" would be| will be) (?:totally |perfectly |absolutely |completely |all |quite |a"
    rf" )?{_PRAISE}(?! (?:question|choice|point|idea|car|vehicle|to|time|news))"
    rf"|you (?:can|could|may|will|'ll) (?:have|take|get) (?:it|that|the|this)\b|(?:it|she|he|that|the"
    rf" (?:car|truck|van|deal))(?:'s| is) (?:all )?yours\b|(?:we|you)(?:'ve| have)?(?: got)? (?:a"
    rf"|yourself a|ourselves a) deal|(?:we|i)(?: can|'ll| will|'d| would| could|'re| are|'m| am)?"
    rf" (?:gladly |happily |certainly |definitely |be happy to |be glad to |happy to |glad to"
    rf" )?(?:accept|agree|take (?:it|that|your)|do (?:that|it|this|so)|make (?:that|it) (?:happen"
    rf"|work)|go (?:with|for) that|live with|honou?r that|sign off|shake on|work with that|arrange"
    rf" that|manage that|swing that|approve)\b"
    r"|(?:let's|let us) (?:do (?:it|that|this)|shake|make it|go with|call it)|sounds (?:good|great|fair|fine"
    r"|perfect|like a (?:deal|plan)) (?:to us|to me)|consider it|(?:it|that) is a deal|it's a deal|you've"
    r" got it|you got"
    r" yourself|^\W*deal\b(?=[,!.]|$)|no problem with that|done deal|as you (?:wish|propose|suggest)"
    r"|exactly as you|that's (?:the )?(?:deal|plan)|as agreed|(?:that|this|which) is (?:included|no"
    r" problem|not a problem|fine|okay|agreed))"
)
_DECLINES = re.compile(
    r"\b(?:can't|cannot|not|won't|unable|unfortunately|afraid|sorry|no longer|couldn't|don't|isn't|if)\b"
)
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

Checks = tuple[Callable[[Scene], list[Finding]], ...]


def _as_statements(reading: Reading) -> Reading:
    clauses = tuple(replace(one, clause=replace(one.clause, act=Act.STATES)) for one in reading.clauses)
    return Reading(reading.normal, clauses)


def _proposal(scene: Scene, checks: Checks) -> tuple[Verdict, Finding | None]:
    """Verify the customer's last messages as though the dealership had said them."""
    library = scene.library
    worst: Finding | None = None
    seen = False
    for message, reading in library.customer_readings:
        if message.content.lower() and library.question and reading.normal.lower not in library.question:
            continue
        stated = _as_statements(reading)
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
        amber = any(finding.verdict is Verdict.UNCERTAIN for finding in findings)
        if worst is None and amber and _OFFERED.search(reading.normal.lower):
            return Verdict.UNCERTAIN, None
    if worst:
        return Verdict.UNSUPPORTED, worst
    return (Verdict.SUPPORTED if seen else Verdict.UNCERTAIN), None


def _money_asked(scene: Scene) -> bool:
    return any(
        quantity.value >= 50
        for _, reading in scene.library.customer_readings[-2:]
        for one in reading.clauses
        for quantity in one.quantities
    )


def _elaborated(scene: Scene, index: int) -> bool:
    """Tell whether what follows a bare "yes" says itself what is meant."""
    following = scene.reading.clauses[index + 1 :]
    if not following:
        return False
    first = following[0]
    if first.clause.act in (Act.HEDGES, Act.QUOTES):
        return True
    said = (
        first.quantities
        or first.mentions
        or first.traits
        or first.words
        or first.times
        or first.days
        or first.identifiers
    )
    return (bool(said) and first.clause.act is Act.STATES) or bool(_DECLINES.search(first.clause.text))


def _adoptions(scene: Scene) -> list[tuple[int, int]]:
    spans = []
    for index, clause in enumerate(scene.reading.clauses):
        text, offset = clause.clause.text, clause.clause.start
        if clause.clause.act is not Act.STATES:
            continue
        bare = text.strip(" \n!.,;:-—\"'*()")
        bare = re.sub(r"[^\w\s',/-]+", "", bare).strip()
        if _BARE.fullmatch(bare):
            if not _elaborated(scene, index):
                spans.append((offset, clause.clause.end))
            continue
        match = _ADOPTS.search(text)
        if match and not _DECLINES.search(text) and not _own_content(clause, match):
            spans.append((offset + match.start(), offset + match.end()))
    return spans


def _own_content(clause: ReadClause, match: re.Match[str]) -> bool:
    """Tell whether "that works" speaks of something the clause itself names."""
    start, end = clause.clause.start + match.start(), clause.clause.start + match.end()
    words = [word for low, high, word in clause.words if high <= start or low >= end]
    return len(words) > 3


def check_assent(scene: Scene, checks: Checks) -> list[Finding]:
    """Check each assent by verifying what it adopts.

    Args:
        scene: The text.
        checks: The checks that the customer's proposal must pass to be adopted.
    """
    spans = _adoptions(scene) if scene.library.question else []
    if not spans:
        return []
    verdict, cause = _proposal(scene, checks)
    if verdict is Verdict.UNCERTAIN and not _OFFERED.search(scene.library.question) and not _money_asked(scene):
        return []
    found = []
    for start, end in spans:
        reason = (
            f"This agrees to what the customer wrote: {cause.reason}"
            if cause
            else "This agrees to what the customer wrote."
        )
        evidence = cause.evidence if cause else None
        found.append(Finding(ClaimKind.ASSENT, start, end, verdict, reason, evidence))
    return found


__all__ = ["Checks", "check_assent"]
