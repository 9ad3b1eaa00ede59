"""Equipment said of one vehicle of the pack that only another one's record lists, and names given to the wrong one."""

import re
from collections.abc import Iterator

from api.services.grounding.findings import Finding, Scene, vehicle_title
from api.services.grounding.mentions import Mention
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.wording import content_lemmas
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_PROPER = re.compile(r"\b[A-Z]?[a-z]*[a-z][A-Z]\w+")
_MOST = 0.66
_WHOLE = 3
_BE = re.compile(r"\s+(?:is|was|would be)\s+")
_AFTER_BE = re.compile(r"\b(?:is|was|be) $|'s $")
_IS = re.compile(r"\s*(?:is|would be|'s|,|:)\s*(?:the |our |that )?")


def _features(scene: Scene) -> Iterator[tuple[int, str, frozenset[str]]]:
    """Yield what records list or tell at some length: the vehicle's index, how it is written, its content words."""
    for index, vehicle in enumerate(scene.library.pack.vehicles):
        for feature in vehicle.get("features") or ():
            words = content_lemmas(str(feature).lower())
            if words:
                yield index, str(feature), words
    for unit in scene.library.units:
        if unit.subject and unit.evidence.field == "description" and not unit.negated:
            words = unit.clause.lemmas
            if len(words) >= _WHOLE and len(unit.subject.indices) == 1:
                yield unit.subject.indices[0], unit.clause.clause.text.strip(" ."), words


def _elsewhere(scene: Scene, index: int, words: frozenset[str]) -> bool:
    """Tell whether a trusted sentence that may speak of a vehicle holds the words."""
    units = (one for one in scene.library.units if one.subject is None or index in one.subject.indices)
    return any(words <= unit.words for unit in units)


def _tells(feature: str, words: frozenset[str], clause: ReadClause) -> bool:
    """Tell whether a clause names a feature: whole, most of a long name, or by its proper name ("CarPlay")."""
    if words <= clause.lemmas or (len(words) >= _WHOLE and len(words & clause.lemmas) >= _MOST * len(words)):
        return True
    return any(re.search(rf"\b{re.escape(one.lower())}\b", clause.clause.text) for one in _PROPER.findall(feature))


def _denied_before(clause: ReadClause, end: int) -> bool:
    """Tell whether what stands before a place is denied: "the Mazda none" further on denies nothing there."""
    return sum(1 for one in clause.clause.negators if one < end) % 2 == 1


def _swapped(scene: Scene, index: int, clause: ReadClause) -> list[Finding]:
    if not clause.mentions:
        return []
    found = []
    for owner, feature, words in _features(scene):
        places = [(start, end) for start, end, word in clause.words if word in words]
        if not places or not _tells(feature, words, clause) or _denied_before(clause, places[-1][1]):
            continue
        told = words & clause.lemmas
        start, end = places[0][0], places[-1][1]
        subject = scene.finder.at(index, start, end)
        if len(subject.indices) != 1 or not subject.sure or subject.customers:
            continue
        said = subject.indices[0]
        if said == owner or told <= scene.library.bags[said] or _elsewhere(scene, said, told):
            continue
        reason = f"“{feature}” is on record for the {vehicle_title(scene.library, owner)}, not for this one."
        found.append(_red(scene, ClaimKind.FEATURE_OR_COLOUR, (start, end), owner, "features", reason))
    return found


def _red(scene: Scene, kind: ClaimKind, place: tuple[int, int], owner: int, field: str | None, reason: str) -> Finding:
    vehicle = scene.library.pack.vehicles[owner]
    view = EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", owner)), field=field)
    return Finding(kind, *place, Verdict.UNSUPPORTED, reason, view)


def _says_other(first: Mention, second: Mention, lower: str) -> bool:
    """Tell whether a named vehicle is said to be the one that only another is: "the Corsa is the silver one"."""
    told = not first.generic and first.matches and second.generic and second.matches
    apart = not set(first.matches) & set(second.matches)
    return bool(told and apart and _BE.fullmatch(lower[first.end : second.start]))


def _misnamed(scene: Scene, clause: ReadClause) -> list[Finding]:
    """Check "the cheapest one is the Ioniq": what is pointed at must be what is named."""
    pairs: list[tuple[Mention, Mention]] = list(zip(clause.mentions, clause.mentions[1:], strict=False))
    lower = scene.reading.normal.lower
    found = []
    for first, second in pairs:
        if _says_other(first, second, lower):
            reason = f"That is the {vehicle_title(scene.library, second.matches[0])}."
            found.append(_red(scene, ClaimKind.VEHICLE, (second.start, second.end), second.matches[0], None, reason))
            continue
        told = first.generic and first.matches and second.matches and not second.generic
        if _AFTER_BE.search(lower, max(0, first.start - 8), first.start):
            continue
        if not told or not _IS.fullmatch(lower[first.end : second.start]) or set(first.matches) & set(second.matches):
            continue
        reason = f"It is the {vehicle_title(scene.library, first.matches[0])}."
        found.append(_red(scene, ClaimKind.VEHICLE, (second.start, second.end), first.matches[0], None, reason))
    return found


def check_swaps(scene: Scene) -> list[Finding]:
    """Check that equipment and names go to the vehicle that the records give them to."""
    if len(scene.library.pack.vehicles) < 2:
        return []
    found = []
    for index, clause in enumerate(scene.reading.clauses):
        if clause.clause.act is Act.STATES:
            found += _swapped(scene, index, clause)
            found += [] if clause.clause.negators else _misnamed(scene, clause)
    return found


__all__ = ["check_swaps"]
