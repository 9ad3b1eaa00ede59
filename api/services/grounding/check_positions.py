"""Where on a vehicle something is, and how many of it are left: "on the rear right", "all 12 battery bars"."""

import re
from collections.abc import Iterator

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Unit
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceSource, Verdict

_END = r"front|rear|back"
_SIDE = r"left|right|driver(?:'s)?(?:[- ]side)?|passenger(?:'s)?(?:[- ]side)?|near ?side|off ?side"
_CORNER = re.compile(
    rf"\b(?:(?P<end>{_END})[- ](?P<side>{_SIDE})|(?P<side2>{_SIDE})[- ](?P<end2>{_END}))\b"
    rf"|\bon the (?P<side3>{_SIDE})\b"
)
_ALL_OF = re.compile(r"\ball (?:of (?:its|the) )?(?P<all>\d+)(?: of (?:its|the))?(?: \w+)? (?P<what>[a-z]+)\b")
_SHARE = re.compile(r"\b(?P<left>\d+) (?:out )?of (?:its |the )?(?P<all>\d+)(?: \w+)? (?P<what>[a-z]+)\b")
_WORDS_OF_PLACE = frozenset({"front", "rear", "back", "left", "right", "driver", "passenger", "side", "near", "off"})


def _corner(match: re.Match[str]) -> tuple[str, str]:
    """Return end and side as "front" or "rear", and "left", "right", "driver", "passenger" …; empty where unsaid."""
    end = (match["end"] or match["end2"] or "").replace("back", "rear")
    side = (match["side"] or match["side2"] or match["side3"] or "").replace(" ", "")
    return end, re.sub(r"(?:'s)?(?:[- ]?side)$|'s$", "", side)


def _apart(said: tuple[str, str], known: tuple[str, str]) -> bool:
    """Tell whether two corners differ in an end that both name, or as left and right, driver and passenger do."""
    pairs = ({"left", "right"}, {"driver", "passenger"}, {"near", "off"})
    ends = bool(said[0] and known[0] and said[0] != known[0])
    return ends or any({said[1], known[1]} == pair for pair in pairs)


def _of_vehicle(scene: Scene, index: int, clause: ReadClause) -> list[Unit]:
    subject = scene.finder.at(index, clause.clause.start, clause.clause.end)
    if len(subject.indices) != 1 or subject.customers:
        return []
    units = [unit for unit in scene.library.units if unit.subject and subject.indices[0] in unit.subject.indices]
    return [unit for unit in units if unit.evidence.source in (EvidenceSource.VEHICLE, EvidenceSource.MESSAGE)]


def _misplaced(scene: Scene, index: int, clause: ReadClause) -> Iterator[Finding]:
    """Check the corner that a clause names against that of the same thing on record."""
    said = list(_CORNER.finditer(clause.clause.text))
    near = frozenset(word for one in scene.sentence(clause) for word in one.lemmas) - _WORDS_OF_PLACE
    units = [unit for unit in _of_vehicle(scene, index, clause) if unit.clause.lemmas & near] if said else []
    for match in said:
        known = [(_corner(one), unit) for unit in units for one in _CORNER.finditer(unit.clause.clause.text)]
        other = next((unit for corner, unit in known if _apart(_corner(match), corner)), None)
        if other and all(_apart(_corner(match), corner) for corner, _ in known):
            start = clause.clause.start + match.start()
            reason = "On record it is in another place."
            kind = ClaimKind.HISTORY_OR_CONDITION
            yield Finding(kind, start, start + len(match.group()), Verdict.UNSUPPORTED, reason, other.evidence)


def _not_all(scene: Scene, index: int, clause: ReadClause) -> Iterator[Finding]:
    """Check "all 12 bars" against a record of "11 of 12 bars"."""
    said = list(_ALL_OF.finditer(clause.clause.text))
    for match in said:
        for unit in _of_vehicle(scene, index, clause):
            known = _SHARE.search(unit.clause.clause.text)
            if known and known["what"] == match["what"] and int(known["left"]) < int(match["all"]):
                start = clause.clause.start + match.start()
                reason = f"The record says {known['left']} of {known['all']}."
                kind = ClaimKind.HISTORY_OR_CONDITION
                yield Finding(kind, start, start + len(match.group()), Verdict.UNSUPPORTED, reason, unit.evidence)


def check_positions(scene: Scene) -> list[Finding]:
    """Check the corner of a vehicle that a text names, and "all twelve" of what is short of one."""
    stated = [(index, one) for index, one in enumerate(scene.reading.clauses) if one.clause.act is Act.STATES]
    return [
        finding
        for index, clause in stated
        for check in (_misplaced, _not_all)
        for finding in check(scene, index, clause)
    ]


__all__ = ["check_positions"]
