"""What a text puts down to the customer: words that he never wrote, and wishes of his that it confirms as facts."""

import re
from dataclasses import replace
from itertools import pairwise

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.proposals import Checks
from api.services.grounding.reading import ReadClause, Reading
from api.services.grounding.sentences import Act
from api.services.grounding.subjects import SubjectFinder
from api.services.grounding.wording import all_lemmas
from models.claims import ClaimKind, Verdict

_REPORTS = re.compile(
    r"\byou(?:'ve|'d| have| had)?(?: also| just| already| kindly)* (?:said|mentioned|noted|told us|wrote|stated"
    r"|saw|read"
    r"|heard|noticed|pointed out|reported|described)(?: that)? (?:it|the|this|our|there|they)\b"
)
_THING = r"(?:it|this|that|this one|that one|they|these|both|she|the \w+)"
_TAKEN_UP = r"(?: (?:it|them|that|those|both|one|so|all of (?:it|them|that)))?"
_CONFIRMS = re.compile(
    rf"\W*(?:(?:and|which|so|yes|indeed|well|good news|happily|luckily)\W+)*(?:{_THING}(?: \w+ly| also| sure)?"
    rf" (?:does|do|has|have|comes? with|got|is|are){_TAKEN_UP}(?: too| as well)?|(?:that's|that is|you're|you are)"
    r" (?:\w+ )?(?:right|correct|true)|yes|correct|right|true|yep|indeed)\W*"
)
_WISHED = (
    r"you(?:'re| are|'ve| have|'d)?(?: \w+)?"
    r" (?:want\w*|need\w*|after|asked (?:about|for)|mention\w*|lik\w+|looking for)"
)
_ITSELF = re.compile(
    rf"\b{_WISHED}(?: (?:is|are|comes?)(?: \w+)? (?:standard|in (?:it|this|there)|on (?:it|this)|included|there"
    rf"|fitted)\b"
    rf"|\W+which {_THING} (?:has|have|does)\b)"
)


def _said_nowhere(scene: Scene, clause: ReadClause) -> Finding | None:
    """Return an amber claim where a clause has the customer say of a vehicle what neither he nor a record says."""
    match = _REPORTS.search(clause.clause.text)
    if match is None or not clause.lemmas:
        return None
    wrote = frozenset(word for message in scene.library.customer for word in all_lemmas(message.content.lower()))
    known = [*scene.library.bags, *(unit.words for unit in scene.library.units)]
    if clause.lemmas & wrote or any(clause.lemmas <= one for one in known):
        return None
    start = clause.clause.start + match.start()
    reason = "The customer has not written this, and no record says it."
    return Finding(ClaimKind.UNCOVERED_ASSERTION, start, clause.clause.end, Verdict.UNCERTAIN, reason)


def _confirmed(scene: Scene) -> list[tuple[ReadClause, int]]:
    """Return the clauses of the customer's wishes and words that a text confirms, with where the confirming ends."""
    clauses = scene.reading.clauses
    quoted = [(one, one.clause.end) for one in clauses if _quotes(one) and _ITSELF.search(one.clause.text)]
    follow = [(one, two.clause.end) for one, two in pairwise(clauses) if _quotes(one) and _agrees(two)]
    return [*quoted, *follow]


def _quotes(clause: ReadClause) -> bool:
    return clause.clause.act is Act.QUOTES and bool(clause.lemmas)


def _agrees(clause: ReadClause) -> bool:
    return clause.clause.act is Act.STATES and bool(_CONFIRMS.fullmatch(clause.clause.text))


def _as_stated(scene: Scene, clause: ReadClause) -> Scene:
    stated = replace(clause, clause=replace(clause.clause, act=Act.STATES))
    clauses = tuple(stated if one is clause else one for one in scene.reading.clauses)
    reading = Reading(scene.reading.normal, clauses)
    library = scene.library
    return Scene(reading, SubjectFinder(reading, library.default, len(library.pack.vehicles)), library)


def check_quoted(scene: Scene, checks: Checks) -> list[Finding]:
    """Check what a text has the customer say, and what of his words it confirms: "you want leather, and it has it".

    Args:
        scene: The text.
        checks: The checks that confirmed words must pass as though the dealership had said them.
    """
    nowhere = (_said_nowhere(scene, one) for one in scene.reading.clauses if one.clause.act is Act.QUOTES)
    found = [one for one in nowhere if one]
    for clause, end in _confirmed(scene):
        other = _as_stated(scene, clause)
        findings = [one for check in checks for one in check(other)]
        inside = [one for one in findings if clause.clause.start <= one.start < clause.clause.end]
        open_ = [replace(one, end=end) for one in inside if one.verdict is not Verdict.SUPPORTED]
        found += open_
    return found


__all__ = ["check_quoted"]
