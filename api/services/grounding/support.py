"""Does a trusted sentence say the same: content words, subject and polarity compared."""

import re
from dataclasses import dataclass, replace

from api.services.grounding.findings import Scene
from api.services.grounding.library import Unit, matches_subject
from api.services.grounding.opposing import (
    EVERYDAY,
    HANGERS,
    PADDING,
    before_denial,
    contradicts,
    denied_beside,
    denied_words,
    other_agent,
    polarity,
    refuses,
    ruled_out,
)
from api.services.grounding.reading import ReadClause
from api.services.grounding.refused import turned_away
from api.services.grounding.subjects import Subject
from models.claims import EvidenceSource, EvidenceView

_TAX = r"(?:sales tax|tax(?:es)?|hst|gst|vat|registration|fees?|title|tags|license)"
TAX_ASIDE = re.compile(
    rf"\b(?:before|plus|excluding|not including|without|minus|and then|\+) (?:\w+"
    rf" ){{0,2}}?{_TAX}(?:\s*(?:,|and|&|or)+\s*{_TAX})*"
)
_TOGETHER = 3
_PAIR = 2
_DENIALS = frozenset({"norefund", "separate", "declined"})


@dataclass(frozen=True)
class Support:
    """What the evidence makes of some words: borne out, contradicted, or neither."""

    supported: bool
    contradicted: bool
    evidence: EvidenceView | None = None


NOTHING = Support(False, False)


def _bag(scene: Scene, subject: Subject) -> frozenset[str]:
    if not subject.indices:
        return frozenset()
    return frozenset.intersection(*(scene.library.bags[index] for index in subject.indices))


def applicable(scene: Scene, unit: Unit, subject: Subject) -> bool:
    """Tell whether a trusted sentence may speak of the subject."""
    return matches_subject(unit.subject, subject) and scene.library.admits(unit.guard, subject)


def plain_words(clause: ReadClause) -> frozenset[str]:
    """Return a clause's content words without an aside such as "plus tax and registration"."""
    asides = [match.span() for match in TAX_ASIDE.finditer(clause.clause.text)]
    offset = clause.clause.start
    return frozenset(
        word for start, _, word in clause.words if not any(low <= start - offset < high for low, high in asides)
    )


def weigh(scene: Scene, words: frozenset[str], clause: ReadClause, subject: Subject) -> Support:
    """Weigh content words of a clause, with its polarity, against every trusted sentence that may be meant."""
    if not words:
        return NOTHING
    if subject.every and len(subject.indices) > 1:
        return _of_each(scene, words, clause, subject)
    units = [unit for unit in scene.library.units if applicable(scene, unit, subject)]
    bag = _bag(scene, subject) | scene.library.dealership_bag
    if len(words) == 1 and words <= EVERYDAY and not polarity(clause):
        outright = _of_one(units, words, clause, bag)
        return outright if outright and outright.contradicted else NOTHING
    return _of_one(units, words, clause, bag) or _of_record(scene, units, words, clause, subject) or _of_several(
        units, words, clause, bag
    )  # fmt: skip


def _of_each(scene: Scene, words: frozenset[str], clause: ReadClause, subject: Subject) -> Support:
    """Weigh words that are said of several vehicles against what is known of each; the weakest counts."""
    each = [weigh(scene, words, clause, replace(subject, indices=(index,), every=False)) for index in subject.indices]
    denied = next((one for one in each if one.contradicted), None)
    return denied or next((one for one in each if not one.supported), each[0])


def _hangs(unit: Unit, words: frozenset[str]) -> bool:
    """Tell whether "free" or "included" stands in a sentence that itself names what is said to be so."""
    named = words - HANGERS
    return not named or not words & HANGERS & unit.words or bool(named & unit.clause.lemmas)


def _agrees(unit: Unit, words: frozenset[str], negated: bool) -> bool:
    """Tell whether a sentence shares words and polarity; two denials must deny the same thing."""
    if not _hangs(unit, words):
        return False
    same = (unit.negated and not before_denial(unit, words)) == negated and bool(words & unit.words)
    return same and (not negated or bool(denied_words(unit.clause) & words) or refuses(words, unit))


def _given_otherwise(words: frozenset[str]) -> list[frozenset[str]]:
    """Return the words with "free" for "included" and the other way about: either costs the customer nothing."""
    hanging = words & HANGERS
    return [(words - hanging | HANGERS - hanging) - PADDING] if len(hanging) == 1 and words - hanging else []


def _said(units: list[Unit], words: frozenset[str], clause: ReadClause, bag: frozenset[str]) -> Support | None:
    """Look for one sentence that says it all, in the clause's words or with less padding, or that comes to the same."""
    negated = polarity(clause)
    for kept in (words, words - PADDING, *_given_otherwise(words)):
        telling = len(kept) > 1 or (kept == words) or bool(kept - EVERYDAY)
        unit = next((one for one in units if _agrees(one, kept, negated) and kept <= one.words | bag), None)
        if telling and unit:
            denied = other_agent(unit, clause) or (not negated and denied_beside(units, unit, kept))
            return Support(not denied, denied, unit.evidence)
    final = ruled_out(units, words, denied_words(clause), bag) if negated else None
    return Support(True, False, final.evidence) if final else None


def _of_one(units: list[Unit], words: frozenset[str], clause: ReadClause, bag: frozenset[str]) -> Support | None:
    """Look for one sentence that says it all, else for one that denies it."""
    negated, denied = polarity(clause), denied_words(clause)
    supposed = negated or turned_away(clause.clause.text)
    refusing = None if supposed else next((one for one in units if one.negated and refuses(words, one, 2)), None)
    if refusing and not before_denial(refusing, words) and not any(words <= one.words for one in units if one.staff):
        return Support(False, True, refusing.evidence)
    said = _said(units, words, clause, bag)
    if said:
        return said
    if turned_away(clause.clause.text) and not negated:
        return None
    against = next((unit for unit in units if contradicts(words, negated, unit, denied)), None)
    if against and _apart(clause) and _of_several(units, words, clause, bag).supported:
        return None
    return Support(False, True, against.evidence) if against else None


def _of_record(
    scene: Scene, units: list[Unit], words: frozenset[str], clause: ReadClause, subject: Subject
) -> Support | None:
    """Look for the words in the vehicle's record, then in the dealership's."""
    negated = polarity(clause)
    record = _record(scene, subject)
    if record and words <= _bag(scene, subject) | scene.library.dealership_bag:
        return Support(not negated, negated and not _denied(units, words), record)
    if words <= scene.library.dealership_bag:
        return Support(not negated, False, EvidenceView(source=EvidenceSource.DEALERSHIP, id="dealership"))
    return None


def _of_several(units: list[Unit], words: frozenset[str], clause: ReadClause, bag: frozenset[str]) -> Support:
    """Look for up to three sentences that say it together."""
    together = [unit for unit in units if _agrees(unit, words, polarity(clause)) or _beside(unit, words, clause)]
    together = [unit for unit in together if unit.words & words - HANGERS]
    if not any(_agrees(unit, words, polarity(clause)) for unit in together):
        return NOTHING
    if not _tells_much(together, words - bag):
        return NOTHING
    cover = _cover(together, words - bag)
    return Support(True, False, cover[0].evidence) if cover else NOTHING


def _tells_much(units: list[Unit], words: frozenset[str]) -> bool:
    """Tell whether some sentence holds more than a single one of two words; each alone may speak of other things."""
    policies = [unit for unit in units if unit.evidence.source is EvidenceSource.POLICY]
    return len(words - _DENIALS) != _PAIR or len(policies) < len(units) or any(words <= unit.words for unit in units)


def _cover(units: list[Unit], words: frozenset[str]) -> list[Unit]:
    """Return at most three sentences that hold all words, the one with most of them first; else none."""
    chosen: list[Unit] = []
    while words and len(chosen) < _TOGETHER:
        best = max(units, key=lambda unit: len(unit.words & words))
        if not best.words & words:
            return []
        chosen, words = [*chosen, best], words - best.words
    return [] if words else chosen or units[:1]


def _beside(unit: Unit, words: frozenset[str], clause: ReadClause) -> bool:
    """Tell whether a sentence may bear out what a clause affirms beside its "without"."""
    return _apart(clause) and not unit.negated and bool(words & unit.words)


def _apart(clause: ReadClause) -> bool:
    """Tell whether only a "without" denies something in a clause, not what the clause says as a whole."""
    offset = clause.clause.start
    places = [one - offset for one in clause.clause.negators]
    return len(places) == 1 and clause.clause.text[places[0] :].startswith("without")


def _denied(units: list[Unit], words: frozenset[str]) -> bool:
    return any(unit.negated and words & unit.words for unit in units)


def _record(scene: Scene, subject: Subject) -> EvidenceView | None:
    if not subject.indices:
        return None
    vehicle = scene.library.pack.vehicles[subject.indices[0]]
    return EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", subject.indices[0])), field=None)


__all__ = ["NOTHING", "TAX_ASIDE", "Support", "applicable", "plain_words", "weigh"]
