"""The dealership's address in pieces and in any order: "Harbor Row, number 18, unit 4", "located in Duluth"."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from api.services.grounding.contacts import street_key
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.normalise import normalise
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_LABEL = r"(?:unit|suite|ste|apt|lot|bay|building|bldg|floor|hall|block|no|nr|number|num)"
_PART = re.compile(rf"\b(?P<what>{_LABEL})\b\.?\s*#?\s*(?P<n>\d{{1,5}}[a-z]?)\b")
_NO_NAME = frozenset({"unit", "suite", "ste", "apt", "lot", "bay", "building", "floor", "hall", "block", "the", "no"})
_PLACE = re.compile(
    r"\b(?:[Ww]e(?:'re| are)|[Ll]ocated|[Bb]ased|[Ss]ituated|[Ff]ind us|(?:dealership|lot|showroom|store|shop|office)"
    r" is"
    r"|[Vv]isit us|[Cc]ome see us|[Oo]ur address is)(?: \w+){0,2}? in (?P<place>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})"
)
_NO_PLACE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|English|Spanish|French"
    r"|German|Polish|Unit|Suite|Store|Stock|Your|Our)\b"
)
_COUNTRIES = {
    "de": ("germany",),
    "us": ("america",),
    "gb": ("england", "scotland", "wales", "britain", "great britain", "northern ireland"),
    "ch": ("switzerland",),
    "at": ("austria",),
    "es": ("spain",),
    "nl": ("holland", "the netherlands"),
}
_EVIDENCE = EvidenceView(source=EvidenceSource.DEALERSHIP, id="dealership", field="address")


def _address(scene: Scene) -> Mapping[str, Any]:
    return (scene.library.pack.dealership or {}).get("address") or {}


def _finding(start: int, end: int, right: bool) -> Finding:
    verdict = Verdict.SUPPORTED if right else Verdict.UNSUPPORTED
    reason = "It is the dealership's address." if right else "The dealership's address is another."
    return Finding(ClaimKind.CONTACT, start, end, verdict, reason, _EVIDENCE)


def _name(street: str) -> re.Pattern[str] | None:
    """Return a pattern for a street's name with the number that may stand before or behind it."""
    words = [word for word in re.findall(r"[^\W\d]+", street) if word not in _NO_NAME]
    if not words or max(map(len, words)) <= 2:
        return None
    name = r"\W{1,2}".join(map(re.escape, words))
    return re.compile(
        rf"(?:(?<![\w-])(?P<before>\d{{1,5}}[a-z]?),?\s+)?(?<!\w){name}(?!\w)"
        rf"(?:,?\s*(?:{_LABEL}\b\.?\s*|#\s*)?(?P<behind>\d{{1,5}}[a-z]?)(?![\w:.%]|\s*(?:am|pm|miles|km|minutes)))?"
    )


def _parts(scene: Scene) -> Iterator[Finding]:
    """Yield the street, with its numbers, and the unit, wherever the text names the street."""
    street = normalise(str(_address(scene).get("street") or "")).lower
    name, numbers = _name(street), set(re.findall(r"\d+[a-z]?", street))
    lower = scene.reading.normal.lower
    for match in name.finditer(lower) if name else ():
        said = [number for number in (match["before"], match["behind"]) if number]
        yield _finding(*match.span(), all(number in numbers for number in said))
        home = next(one.clause.sentence for one in scene.reading.clauses if one.clause.end > match.start())
        for clause in (one for one in scene.reading.clauses if one.clause.sentence == home):
            for part in _PART.finditer(clause.clause.text):
                start, end = part.start() + clause.clause.start, part.end() + clause.clause.start
                if not (match.start() <= start < match.end()):
                    yield _finding(start, end, part["n"] in numbers)


def _codes(scene: Scene) -> Iterator[Finding]:
    """Yield the postal codes of letters and digits that have the shape of the record's."""
    code = normalise(str(_address(scene).get("postal_code") or "")).lower
    plain = code.replace(" ", "")
    lower = scene.reading.normal.lower
    if re.search(r"[a-z]", plain) and len(plain) > 4:
        shape = "".join(r"\d" if one.isdigit() else "[a-z]" for one in plain[:2])
        rest = "".join(r"[a-z\d]" for _ in plain[2:-1])
        last = r"\d" if plain[-1].isdigit() else "[a-z]"
        pattern = re.compile(rf"(?<![\w-]){shape}{_spaced(code, rest)}{last}(?![\w-])")
        found = [match for match in pattern.finditer(lower) if len(re.findall(r"\d", match.group())) > 1]
        yield from (_finding(*match.span(), match.group().replace(" ", "") == plain) for match in found)


def _spaced(code: str, rest: str) -> str:
    """Return the middle of a postal code's shape with its space where the record has one."""
    place = code.find(" ")
    size = len(r"[a-z\d]")
    cut = (place - 2) * size
    return rf"{rest[:cut]}\s?{rest[cut:]}" if place > 1 else rest


def _region(scene: Scene, place: str) -> bool:
    """Tell whether a place may be what the record's region or country abbreviates: "Maryland" of "MD"."""
    address = _address(scene)
    codes = [str(address.get(name) or "").lower() for name in ("region", "country")]
    shortened = any(re.match(".*".join(map(re.escape, code)), place) for code in codes if 1 < len(code) <= 3)
    return shortened or place in _COUNTRIES.get(codes[1], ())


def _towns(scene: Scene, clause: ReadClause) -> Iterator[Finding]:
    """Yield the towns that a clause places the dealership in; red where no record or policy has them."""
    start, end = clause.clause.start, clause.clause.end
    known = " ".join(str(value or "") for value in _address(scene).values()).lower()
    known += " " + " ".join(unit.clause.clause.text for unit in scene.library.units if unit.subject is None)
    for match in _PLACE.finditer(scene.reading.normal.text[start:end]):
        place = match["place"].lower()
        if _NO_PLACE.match(match["place"]) or not known.strip() or len(clause.clause.negators) % 2:
            continue
        words = re.findall(r"\w+", street_key(place)) or [place]
        right = (
            place in known
            or _region(scene, place)
            or all(re.search(rf"\b{re.escape(word)}\b", street_key(known)) for word in words)
        )
        if right or _address(scene).get("city"):
            yield _finding(start + match.start("place"), start + match.end("place"), right)


def check_address(scene: Scene) -> list[Finding]:
    """Check street, numbers, postal code and town that a text gives for the dealership."""
    found = [*_parts(scene), *_codes(scene)] if _address(scene) else []
    for clause in scene.reading.clauses:
        if clause.clause.act is Act.STATES:
            found += _towns(scene, clause)
    return found


__all__ = ["check_address"]
