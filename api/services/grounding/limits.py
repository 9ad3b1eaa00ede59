"""Does a statement reach further than the sentence that bears it out: no limit, every case, more than the first."""

import re
from collections.abc import Sequence
from decimal import Decimal

from api.services.grounding.findings import Scene
from api.services.grounding.library import Unit
from api.services.grounding.quantities import Dimension, Quantity
from api.services.grounding.reading import ReadClause
from api.services.grounding.wording import lemma
from models.claims import EvidenceSource, EvidenceView

_CONCEDES = (
    r"(?:no matter|regardless of|irrespective of|whatever|however (?:far|long|old|many|much))(?! (?:works|suits|time"
    r"|day|you (?:decide|choose|need|want|prefer|like)|helps|happens|is (?:easiest|best)|questions?))"
)
_EVERYWHERE = re.compile(
    rf"\b(?:anywhere(?! (?:in|within|inside)\b)|everywhere|wherever|nationwide|worldwide|coast to coast|any distance"
    rf"|{_CONCEDES}|until you(?:'ve| have|'re| are)? (?:made|make|decided?|ready|sure)\b|forever|for life|for good"
    rf"|whenever|any ?time(?! (?:before|until|up to|within|during)\b)|as (?:long|often|far|much|many)(?: \w+)? as"
    r" (?:you (?:like|want|wish|please|need))|unlimited|without (?:any )?limits?)\b"
)
_CONCESSION = re.compile(rf"\b{_CONCEDES}\b")
_UNIVERSAL = re.compile(
    r"\b(?:(?<!at )(?<!after )all (?:of )?(?:our|the|your|used|new|\w+s)|every(?:one|body|thing)?|any(?:one|body)"
    r"|always|(?:any|every) (?:\w+ )?(?:ad|advert|price|offer|quote"
    r"|deal|dealer|competitor|repair|service)|any (?:car|vehicle|truck|trade|customer|buyer|driver|reason|score"
    r"|credit|age"
    r"|condition|mileage|distance))\b"
)
_RESTRICTS = re.compile(
    r"\b(?:only|if|as long as|so long as|provided|unless|except|fewer|less than|under|below|up to|within|until|at least"
    r"|or (?:older|newer|more|less|fewer)|minimum|maximum|must|must be|need|required?|valid|subject to|with a"
    r"|during|on request"
    r"|written|licensed|same (?:year|model))\b"
)
_FIGURES = {
    name: str(number)
    for number, name in enumerate(re.findall(r"\w+", "one two three four five six seven eight nine ten"), 1)
}
_COUNT = re.compile(rf"(?<![\w.,$€£-])(?P<n>{'|'.join(_FIGURES)}|\d{{1,2}}) (?P<what>[a-z]+s|[a-z]+ [a-z]+s)\b")
_MEASURED = re.compile(
    r"\b(?:miles?|kms?|kilomet\w+|days?|hours?|minutes?|weeks?|months?|years?|points?"
    r"|dollars?|euros?)$"
)
_WITHIN = re.compile(r"\b(?:within|up to|under|less than|inside|no more than|first)\b")
_NEARBY = re.compile(
    r"\b(?:local(?:ly)?|nearby|close by|in (?:town|the (?:city|area|region))|our (?:area|radius|zone|region)"
    r"|around here|within|up to|depending|depends|certain|distance|radius"
    r"|to (?!you|your|me|us|the|a|him|her|them|pay|do|worry|get|have|be|come|see|add|think|say)[a-z]+)\b"
)
_FAR = 1000
_OWN_LIMIT = re.compile(r"\d")
_FIRST = re.compile(r"\bfirst (?!come|name|served|time)")
_ONCE = re.compile(r"\b(?:first|initial|1st|(?<!every )(?<!each )(?<!any )one|once|single)\b")
_FIRST_FEW = re.compile(r"\bfirst (?:two|three|four|five|six|\d+|few|several|couple|year)")


def concedes(text: str) -> bool:
    """Tell whether a lower-case clause waves a condition aside: "whatever their age", "no matter how far"."""
    return bool(_CONCESSION.search(text))


def unbounded(text: str) -> bool:
    """Tell whether a lower-case clause speaks of no limit at all: "as long as you want", "until you decide"."""
    return bool(_EVERYWHERE.search(text))


def _nearest(units: list[Unit], clause: ReadClause) -> Unit | None:
    return max(units, key=lambda unit: len(unit.clause.lemmas & clause.lemmas), default=None)


def _beyond_first(text: str, unit: Unit) -> bool:
    known = unit.clause.clause.text
    more = _FIRST_FEW.search(text)
    return bool(_FIRST.search(known)) and (not _ONCE.search(text) or (more is not None and more.group() not in known))


def _unlimited(text: str, units: list[Unit]) -> bool:
    if any(_CONCESSION.search(unit.clause.clause.text) for unit in units):
        return False
    limited = any(unit.clause.quantities or _RESTRICTS.search(unit.clause.clause.text) for unit in units)
    return limited and not any(_EVERYWHERE.search(unit.clause.clause.text) for unit in units)


def too_far(scene: Scene, clause: ReadClause, evidence: EvidenceView | None) -> bool:
    """Tell whether the way that is spoken of, by the text or else by the customer, is longer than the policy serves."""
    if evidence is None or evidence.source is not EvidenceSource.POLICY:
        return False
    spoken = [one for unit in scene.sentence(clause) for one in unit.quantities]
    ways = _ways(spoken) or _ways(scene.library.asked_quantities)
    limits = _limits(scene, evidence)
    named = {one.value for one in ways}
    return bool(limits) and not named & limits and any(one > max(limits) for one in named)


def _limits(scene: Scene, evidence: EvidenceView) -> set[Decimal]:
    return {
        one.value
        for unit in scene.library.units
        if unit.evidence == evidence and _WITHIN.search(unit.clause.clause.text)
        for one in _ways(unit.clause.quantities)
    }


def leaves_out_how_far(scene: Scene, clause: ReadClause, evidence: EvidenceView | None) -> bool:
    """Tell whether a gift that the policy makes within some distance is promised without any: "delivery is free".

    A distance or a place that the text or the customer names settles how far is meant.
    """
    if evidence is None or evidence.source is not EvidenceSource.POLICY or not _limits(scene, evidence):
        return False
    spoken = [one for unit in scene.reading.clauses for one in unit.quantities]
    text = " ".join(unit.clause.text for unit in scene.reading.clauses)
    return not (_ways([*spoken, *scene.library.asked_quantities]) or _NEARBY.search(text))


def _counts(text: str) -> dict[str, str]:
    """Return how many of what a lower-case text speaks of: "two child seats" is two of seats and of child."""
    found = {}
    for match in _COUNT.finditer(text):
        for word in () if _MEASURED.search(match["what"]) else match["what"].split():
            found.setdefault(lemma(word), _FIGURES.get(match["n"], match["n"]))
    return found


def other_count(scene: Scene, clause: ReadClause, evidence: EvidenceView | None) -> bool:
    """Tell whether a clause gives more or fewer of a thing than the sentence behind it: three keys for two."""
    if evidence is None:
        return False
    said = _counts(clause.clause.text)
    units = [
        one for one in scene.library.units if (one.evidence.source, one.evidence.id) == (evidence.source, evidence.id)
    ]
    known = [_counts(unit.clause.clause.text) for unit in units]
    alike = [(said[word], one[word]) for one in known for word in said.keys() & one.keys()]
    return bool(alike) and not any(mine == theirs for mine, theirs in alike)


def _ways(quantities: Sequence[Quantity]) -> list[Quantity]:
    return [one for one in quantities if one.dimension is Dimension.DISTANCE and one.value < _FAR]


def reaches_further(scene: Scene, clause: ReadClause, evidence: EvidenceView | None) -> bool:
    """Tell whether a clause leaves out a limit that the policy behind it sets.

    Args:
        scene: The text and the evidence.
        clause: What bears on something of the policy.
        evidence: The policy that bears it out; None or a record sets no limit.
    """
    if evidence is None or evidence.source is not EvidenceSource.POLICY:
        return False
    alike = [unit for unit in scene.library.units if unit.words & clause.lemmas and concedes(unit.clause.clause.text)]
    units = alike or [unit for unit in scene.library.units if unit.evidence == evidence]
    text = clause.clause.text
    sentence = " ".join(one.clause.text for one in scene.sentence(clause))
    nearest = _nearest(units, clause)
    if _EVERYWHERE.search(text) and _unlimited(text, units):
        return True
    if nearest is None or nearest.negated:
        return False
    universal = _UNIVERSAL.search(text) and not (_RESTRICTS.search(sentence) or _OWN_LIMIT.search(sentence))
    bounded = _RESTRICTS.search(nearest.clause.clause.text)
    return _beyond_first(text, nearest) or bool(universal and bounded)


__all__ = ["concedes", "leaves_out_how_far", "other_count", "reaches_further", "too_far", "unbounded"]
