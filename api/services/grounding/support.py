"""Does a trusted sentence say the same: content words, subject and polarity compared."""

import re
from dataclasses import dataclass, replace

from api.services.grounding.concepts import excluded
from api.services.grounding.findings import Scene
from api.services.grounding.library import Unit, matches_subject
from api.services.grounding.reading import ReadClause
from api.services.grounding.refused import refused, turned_away
from api.services.grounding.subjects import Subject
from api.services.grounding.wording import lemma
from models.claims import EvidenceSource, EvidenceView

_TAX = r"(?:sales tax|tax(?:es)?|hst|gst|vat|registration|fees?|title|tags|license)"
TAX_ASIDE = re.compile(
    rf"\b(?:before|plus|excluding|not including|without|minus|and then|\+) (?:\w+"
    rf" ){{0,2}}?{_TAX}(?:\s*(?:,|and|&|or)+\s*{_TAX})*"
)
_SHARE = 0.6
_TOGETHER = 3
_EVERYDAY = frozenset(
    {
        "vehicle",
        "sal",
        "finance",
        "credit",
        "offer",
        "cost",
        "month",
        "hold",
        "free",
        "include",
        "approved",
        "request",
        "return",
        "deposit",
    }
)


PADDING = frozenset(
    lemma(word)
    for word in re.findall(
        r"\w+",
        "whole entire complete own simple simply sell sold buy bought purchase purchasing part piece customer"
        " buyer client people person folk allow permit let provide do serve apply item kind sort type place world"
        " case fact situation event beside outside policy rule standard general normal shopping possible anybody"
        " whatever credit sale offer cost month request vehicle choice choose expect arrange accept beforehand"
        " ahead nice nicely gladly happily truly fully completely entirely just big small little workshop initial later"
        " afterward save drive borrow use lend lent hand leave receive",
    )
)
_COMES_WITH = re.compile(r"\b(?:comes?|supplied|delivered|handed over|provided|sold) with (?!you|us|me)")
_HANGERS = frozenset({"free", "include"})
_US = frozenset({"us", "we", "our", "me", "dealer", "dealership", "staff", "team", "appointment", "you", "check"})
_IDEAS = frozenset({"alone", "accompany", "walkin", "byappointment", "return", "refund", "lastchance"})


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


def denied_words(clause: ReadClause) -> frozenset[str]:
    """Return the first content words after the last negator: what the clause denies."""
    if not clause.clause.negators:
        return frozenset()
    return frozenset([word for _, end, word in clause.words if end > clause.clause.negators[-1]][:3])


def _excludes(words: frozenset[str], unit: Unit) -> bool:
    """Tell whether a sentence names the opposite of an idea: "by appointment" of "walk in"."""
    said = unit.words | ({"include"} if _COMES_WITH.search(unit.clause.clause.text) else frozenset())
    ruled_out = excluded(words) & said - denied_words(unit.clause)
    if not ruled_out:
        return False
    beside = frozenset(word for word in words if not excluded(frozenset({word})) & said) - PADDING
    return bool(words & unit.words - _EVERYDAY) or not words - _IDEAS or (bool(beside) and beside <= unit.words)


_AGENT = re.compile(
    r"\b(?:handled|paid|done|made|arranged|charged|collected|issued|prepared|performed|provided|approved|set|inspected)"
    r" (?:only |directly )?(?:by|to) (?:the |your |an? )?(?P<who>\w+)"
)
_WE = re.compile(r"^\W*(?:and |but |so |yes |sure )*(?:we|i|our \w+)(?:'ll| will| can| do| also| always)* \w+")


def _other_agent(unit: Unit, clause: ReadClause) -> bool:
    """Tell whether a clause says of the house what a sentence says that others do: "handled by the county"."""
    match = _AGENT.search(unit.clause.clause.text)
    if match is None or match["who"] in _US or unit.negated:
        return False
    said = clause.clause.text
    return bool(_WE.match(said)) and match["who"] not in said and bool(unit.words & clause.lemmas - _EVERYDAY)


def _refuses(words: frozenset[str], unit: Unit, least: int = 1) -> bool:
    """Tell whether a sentence refuses one of the things that some words affirm."""
    return any(one <= words and one - PADDING for one in refused(unit.clause) if len(one) >= least)


def _contradicts(words: frozenset[str], negated: bool, unit: Unit, denied: frozenset[str]) -> bool:
    denies = unit.negated and not _before_denial(unit, words)
    if denies == negated:
        return not words <= unit.words and _excludes(words, unit)
    if denies and _refuses(words, unit):
        return True
    words = words - PADDING or words
    if not (denied & unit.words if negated else denied_words(unit.clause) & words):
        return False
    shared = words & unit.words
    if not shared - _EVERYDAY and len(shared) < 2:
        return False
    return len(shared) / len(words) >= _SHARE and (len(shared) >= 2 or len(words) == 1)


def weigh(scene: Scene, words: frozenset[str], clause: ReadClause, subject: Subject) -> Support:
    """Weigh content words of a clause, with its polarity, against every trusted sentence that may be meant."""
    if not words or (len(words) == 1 and words <= _EVERYDAY):
        return NOTHING
    if subject.every and len(subject.indices) > 1:
        return _of_each(scene, words, clause, subject)
    units = [unit for unit in scene.library.units if applicable(scene, unit, subject)]
    bag = _bag(scene, subject) | scene.library.dealership_bag
    return _of_one(units, words, clause, bag) or _of_record(scene, units, words, clause, subject) or _of_several(
        units, words, clause, bag
    )  # fmt: skip


def _of_each(scene: Scene, words: frozenset[str], clause: ReadClause, subject: Subject) -> Support:
    """Weigh words that are said of several vehicles against what is known of each; the weakest counts."""
    each = [weigh(scene, words, clause, replace(subject, indices=(index,), every=False)) for index in subject.indices]
    denied = next((one for one in each if one.contradicted), None)
    return denied or next((one for one in each if not one.supported), each[0])


def _before_denial(unit: Unit, words: frozenset[str]) -> bool:
    """Tell whether a sentence says the words before it denies others: "exchanged, never refunded"."""
    clause = unit.clause
    if len(clause.clause.negators) != 1 or "," not in clause.clause.text:
        return False
    cut = clause.clause.negators[0]
    shared = [start for start, _, word in clause.words if word in words]
    text = clause.clause.text[: cut - clause.clause.start]
    return bool(shared) and max(shared) < cut and text.rstrip().endswith((",", ", but"))


def _hangs(unit: Unit, words: frozenset[str]) -> bool:
    """Tell whether "free" or "included" stands in a sentence that itself names what is said to be so."""
    named = words - _HANGERS
    return not named or not words & _HANGERS & unit.words or bool(named & unit.clause.lemmas)


def _agrees(unit: Unit, words: frozenset[str], negated: bool) -> bool:
    """Tell whether a sentence shares words and polarity; two denials must deny the same thing."""
    if not _hangs(unit, words):
        return False
    same = (unit.negated and not _before_denial(unit, words)) == negated and bool(words & unit.words)
    return same and (not negated or bool(denied_words(unit.clause) & words) or _refuses(words, unit))


def _given_otherwise(words: frozenset[str]) -> list[frozenset[str]]:
    """Return the words with "free" for "included" and the other way about: either costs the customer nothing."""
    hanging = words & _HANGERS
    return [(words - hanging | _HANGERS - hanging) - PADDING] if len(hanging) == 1 and words - hanging else []


def _of_one(units: list[Unit], words: frozenset[str], clause: ReadClause, bag: frozenset[str]) -> Support | None:
    """Look for one sentence that says it all, else for one that denies it."""
    negated, denied = polarity(clause), denied_words(clause)
    supposed = negated or turned_away(clause.clause.text)
    refusing = None if supposed else next((one for one in units if one.negated and _refuses(words, one, 2)), None)
    if refusing and not _before_denial(refusing, words) and not any(words <= one.words for one in units if one.staff):
        return Support(False, True, refusing.evidence)
    for kept in (words, words - PADDING, *_given_otherwise(words)):
        telling = len(kept) > 1 or (kept == words) or bool(kept - _EVERYDAY)
        unit = next((one for one in units if _agrees(one, kept, negated) and kept <= one.words | bag), None)
        if telling and unit and _other_agent(unit, clause):
            return Support(False, True, unit.evidence)
        if telling and unit:
            return Support(True, False, unit.evidence)
    if turned_away(clause.clause.text) and not negated:
        return None
    against = next((unit for unit in units if _contradicts(words, negated, unit, denied)), None)
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
    together = [unit for unit in together if unit.words & words - _HANGERS]
    if not any(_agrees(unit, words, polarity(clause)) for unit in together):
        return NOTHING
    cover = _cover(together, words - bag)
    return Support(True, False, cover[0].evidence) if cover else NOTHING


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


def polarity(clause: ReadClause) -> bool:
    """Tell whether a clause denies what it speaks of."""
    return len(clause.clause.negators) % 2 == 1


__all__ = [
    "NOTHING",
    "PADDING",
    "TAX_ASIDE",
    "Support",
    "applicable",
    "denied_words",
    "plain_words",
    "polarity",
    "weigh",
]
