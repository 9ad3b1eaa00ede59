"""Numbers that a text puts down to the customer: they are right if the customer wrote them."""

import re

from api.services.grounding.findings import Scene
from api.services.grounding.quantities import Quantity
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from models.claims import EvidenceSource, EvidenceView

_SAID_BEFORE = re.compile(
    r"\b(?:gave|offered|quoted|told|promised|showed|paid) you\b[^.;]{0,20}$"
    r"|\b(?:you(?:'ve|'d|'re| were| have| had)? (?:\w+ )?(?:mention|said|say|bring|drive|owe|paid|told|tell|wrote|ask"
    r"|offer|want|not|shar|found|find|propos|"
    r"suggest|hop|look|think|stat|quot|gave|have|had|need|can|could|saw|heard|indicat)\w*"
    r"|(?:offer|budget|estimate|max(?:imum)?|limit|target|figure|proposal|quote|number|sharing|telling"
    r"|mentioning|suggestion|counter|ceiling)"
    r"(?:'s| is| was)?)\b[^.;]{0,34}$"
)
_SAID_AFTER = re.compile(
    r"\s*(?:would|could|might) (?:suit|work for|be (?:ideal|best) for) you\b|\s*(?:\w+\s){0,2}?(?:(?:that "
    r"|which )?you(?:'ve|'d|'re| were| have| had)? (?:\w+ )?(?:mention|said"
    r"|told|wrote|ask|offer|want|found"
    r"|propos|suggest|gave|named|had|hop|look|saw|shar|quot)\w*|is your|was your|from your|(?:offer"
    r"|budget|estimate|limit|max(?:imum)?|figure)\b)"
)


_NOUN = r"(?:offer|budget|estimate|max(?:imum)?|limit|target|figure|proposal|quote|number|counter|ceiling)"
_SAID = (
    r"(?:mentioned|said|told (?:us|me)|wrote|asked|offered|quoted|named|proposed|suggested|brought up"
    r"|ha(?:ve|d) in mind)"
)
_SURELY_BEFORE = re.compile(
    rf"\byour (?:\w+ )?{_NOUN}(?: is| was|'s)?(?: of| at)?(?: only| about| around)?\s*$"
    rf"|\byou(?:'ve|'d| have| had)? (?:just |also |already )?{_SAID}(?: \w+){{0,3}}?\s*$"
    r"|\b(?:out )?of (?:those|your|these|the) (?:\w+ )?$|\b(?:your|you're|you are|you live) (?:\w+ )?$"
    r"|\byou(?:'re| are| were) (?:hoping|looking|aiming|asking) (?:for|at|to \w+)(?: \w+){0,2}?\s*$"
    r"|\byou (?:say|mention)s?(?: \w+){0,5}?\s*$"
    r"|\b(?:letting (?:me|us) know|telling (?:me|us)|sharing|mentioning|the heads[- ]up|pointing out)\b[^.;]{0,30}\s$"
    r"|\b(?:hear|get|understand) you(?: on| about| with)?(?: the| your)?\s*$|\b(?:up ?front|honest|open|candid"
    r"|frank)(?: with (?:me|us))?(?: about (?:the|your))?\s*$"
)
_SURELY_AFTER = re.compile(
    rf"[\s,]*(?:\w+\s){{0,2}}?(?:that |which )?you(?:'ve|'d| have| had)? (?:just |also )?{_SAID}|\s*of you\b"
)


_NEAR = 100
_OWN_STATE = re.compile(
    r"\byou(?:'ve| have|'re| are)?(?: \w+ly| already| now| also| still| just| only| got)*"
    r" (?:have|had|got|pay|paying|paid|owe|drive|driving|make|earn|spend|saved?|live|bought|are|'re)\b[^.;]{0,40}$"
    r"|\byou(?:'ve|'re) (?:got |about |around |at |some |only |just )*$"
    r"|^\W*(?:with|for|on) (?:your |those |a budget of |about |around )*$|\byour (?:current|existing|present"
    r"|own|old) (?:\w+ ){0,3}?(?:is |at |of |are )?(?:about |only |just )?$"
)
_OFFERED = re.compile(
    r"\b(?:we|we'll|we'd|i|i'll|i'd|our|us|here|would|could|can|will|should|might|may)\b|\byou(?:'d|'ll)\b|\bif you\b"
)
_OURS = re.compile(r"\b(?:with us|here|from us|we|our)\b")
_STATED = re.compile(r"\b(?:i|i've|i'm|ive|im|we|we've|we're|my|our|me)\b")
_WISHED = re.compile(
    r"\b(?:want|would|could|can|can't|like|wish|hop\w+|looking|offer\w*|give|take|accept|do|if|please|maybe"
    r"|max\w*|would|will"
    r"|afford|try\w*|get|\w+'d|agree|confirm)\b|\?"
)


def own_state(scene: Scene, clause: ReadClause, quantity: Quantity) -> EvidenceView | None:
    """Return where the customer stated a number of his own that the clause says of him: "you pay $450 a month".

    Only what he told as a fact counts, no wish and no question; only what the clause does not offer.
    """
    start, end = clause.clause.start, clause.clause.end
    lower = scene.reading.normal.lower
    before, after = lower[start : quantity.start], lower[quantity.end : end]
    if not _OWN_STATE.search(before[-_NEAR:]) or _OFFERED.search(before) or _OURS.search(after):
        return None
    for message, reading in reversed(scene.library.customer_readings):
        for own in reading.clauses:
            for one in own.quantities:
                ahead = own.clause.text[: max(0, one.start - own.clause.start)]
                if own.clause.act is Act.ASKS or not _STATED.search(ahead) or _WISHED.search(ahead):
                    continue
                said = {value * scale for value in one.readings for scale in (1, 1000 if value < 1000 else 1)}
                if said & set(quantity.readings):
                    place = reading.normal.original(*one.core)
                    return EvidenceView(source=EvidenceSource.MESSAGE, id=message.id, start=place[0], end=place[1])
    return None


def surely_attributed(scene: Scene, clause: ReadClause, quantity: Quantity) -> bool:
    """Tell whether the words right beside a number say that the customer named it."""
    lower = scene.reading.normal.lower
    before, after = lower[clause.clause.start : quantity.start], lower[quantity.end : clause.clause.end]
    return bool(_SURELY_BEFORE.search(before) or _SURELY_AFTER.match(after))


def _attributed(scene: Scene, clause: ReadClause, quantity: Quantity) -> bool:
    """Tell whether the very number is put down to the customer, not just something else in the clause."""
    lower = scene.reading.normal.lower
    before, after = lower[clause.clause.start : quantity.start], lower[quantity.end : clause.clause.end]
    return bool(_SAID_BEFORE.search(before) or _SAID_AFTER.match(after))


def customers_own(scene: Scene, clause: ReadClause, quantity: Quantity) -> EvidenceView | None:
    """Return where the customer wrote a number that the clause attributes to him, or None."""
    if not _attributed(scene, clause, quantity):
        return None
    return customer_wrote(scene, quantity)


def quoted(scene: Scene, clause: ReadClause, quantity: Quantity) -> EvidenceView | None:
    """Return where the customer wrote what the clause puts down to him."""
    if surely_attributed(scene, clause, quantity):
        return customer_wrote(scene, quantity)
    own = customers_own(scene, clause, quantity) if clause.clause.act is Act.QUOTES else None
    return own or own_state(scene, clause, quantity)


def customer_wrote(scene: Scene, quantity: Quantity) -> EvidenceView | None:
    """Return where the customer wrote a number, in whatever unit, or None."""
    for message, reading in reversed(scene.library.customer_readings):
        for one in (one for clause in reading.clauses for one in clause.quantities):
            said = {value * scale for value in one.readings for scale in (1, 1000 if value < 1000 else 1)}
            if said & set(quantity.readings):
                start, end = reading.normal.original(*one.core)
                return EvidenceView(source=EvidenceSource.MESSAGE, id=message.id, start=start, end=end)
    return None


__all__ = ["customer_wrote", "customers_own", "own_state", "quoted", "surely_attributed"]
