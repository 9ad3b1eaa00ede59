"""Claims about people: who works here, and as what."""

import re
from difflib import SequenceMatcher

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.gazetteer import MAKES, MODELS, TRIMS
from api.services.grounding.library import Unit
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.wording import STOP, all_lemmas, is_known, lemma
from models.claims import ClaimKind, EvidenceSource, Verdict

_BEFORE = re.compile(
    r"(?:\b(?:ask for|with|contact|call|text|speak (?:with|to)|talk (?:with|to)|meet(?: with)?|see"
    r"|that's|that is|it's|manager|advisor|adviser|director|colleague|specialist|associate|consultant"
    r"|named|name is|is|by|and|or|from|reach|find|get|let|have|our|my|i'm|this is)"
    r"|^)[\s,]+$"
)
_AFTER = re.compile(
    r"(?:,)?\s+(?:\([^)]*\)\s+)?(?:our|the|my|who|is (?:our|the|a|in|your|my)|will|can|could|would"
    r"|leads|heads|handles|runs|manages|takes care|from (?:our|the)|in (?:our|the|sales|finance"
    r"|service)|has|she|he|looks after|works|at the|already|said|told|confirmed|approved|when|at"
    r" extension|on our|here|\(?our)\b"
)
_FIRM_BEFORE = re.compile(
    r"\b(?:ask for|contact|speak (?:with|to)|talk (?:with|to)|meet with|colleague|named|name is|manager"
    r"|director|advisor|specialist|with|meet)[\s,]+$"
)
_VOCATIVE = re.compile(
    r"(?:\b(?:hi|hello|hey|dear|thanks|thank you|morning|afternoon|evening|sure|of course|yes|no|sorry"
    r"|great|ok|okay|welcome|right|absolutely)[\s,!]+)$"
)
_ROLE = frozenset(
    lemma(word)
    for word in [
        "sales",
        "finance",
        "manager",
        "service",
        "leads",
        "director",
        "advisor",
        "owner",
        "parts",
        "delivery",
        "financing",
        "loan",
        "specialist",
        "consultant",
        "head",
        "trade",
        "internet",
        "detailing",
        "general",
        "leasing",
        "president",
        "receptionist",
        "accountant",
        "bdc",
    ]
)
_OTHER_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
        monday tuesday wednesday thursday friday saturday sunday january february march april may june
        july august september october november december christmas thanksgiving carfax autocheck
        bluetooth carplay android apple kelley edmunds google facebook craigslist english spanish german
        french bose vin apr epa usa canada germany america toyota certified i i'm i'll i've i'd ok hst
        gst street road avenue whatsapp sirius stock number harman kardon dvd led usb sunday's internet
        """,
    )
)


def _candidates(scene: Scene, clause: ReadClause) -> list[tuple[int, int, str]]:
    text = scene.reading.normal.text
    found = []
    names = [(one.start, one.end) for one in (*clause.mentions, *clause.identifiers)]
    for match in re.compile(r"\b[A-Z][a-z]+(?:'s)?\b").finditer(text, clause.clause.start, clause.clause.end):
        word = re.sub(r"'s$", "", match.group())
        bare = word.lower()
        if (
            bare in STOP
            or bare in _OTHER_WORDS
            or bare in MAKES
            or bare in MODELS
            or bare in TRIMS
            or is_known(bare)
            or bare in _known_words(scene)
        ):
            continue
        if any(start < match.end() and match.start() < end for start, end in names):
            continue
        found.append((match.start(), match.start() + len(word), word))
    return found


def _known_words(scene: Scene) -> frozenset[str]:
    library = scene.library
    parts = [
        str((library.pack.dealership or {}).get("name") or ""),
        *(str(part or "") for part in ((library.pack.dealership or {}).get("address") or {}).values()),
    ]
    return frozenset(re.findall(r"[a-z]+", " ".join(parts).lower()))


def _person_units(scene: Scene, name: str) -> list[Unit]:
    return [
        unit
        for unit in scene.library.units
        if unit.evidence.source is not EvidenceSource.VEHICLE
        and re.search(rf"\b{re.escape(name.lower())}\b", unit.clause.clause.text)
    ]


def _trusted_names(scene: Scene) -> set[str]:
    """Return the people whom policies and staff name with a part to play."""
    names: set[str] = set()
    for unit in scene.library.units:
        if unit.evidence.source is EvidenceSource.VEHICLE:
            continue
        names |= (
            {
                match[1]
                for match in re.finditer(r"\b(?:with|ask for|see|contact) ([a-z]{3,})\b", unit.clause.clause.text)
            }
            if unit.staff
            else set()
        )
        names |= {
            match[1]
            for match in re.finditer(
                r"^\W*([a-z]{3,}) (?:leads|is (?:the|our|a)|handles|runs|manages|heads)\b", unit.clause.clause.text
            )
        }
    return names - STOP


def _is_person(scene: Scene, clause: ReadClause, start: int, end: int) -> bool:
    text, lower = scene.reading.normal.text, scene.reading.normal.lower
    before = lower[max(clause.clause.start, start - 24) : start]
    if _VOCATIVE.search(before) and re.match(r"\s*(?:[,!.]|$)", lower[end:]):
        return False
    initial = not text[clause.clause.start : start].strip()
    if initial:
        known = lower[start:end] in _trusted_names(scene)
        return bool(_AFTER.match(lower, end)) and (known or bool(_ROLE & all_lemmas(clause.clause.text)))
    return (
        bool(_AFTER.match(lower, end))
        or bool(_FIRM_BEFORE.search(before))
        or bool(_BEFORE.search(before) and re.match(r"\s*(?:[,.!?]|$|when|at|on)", lower[end:]))
    )


def _judge(scene: Scene, clause: ReadClause, start: int, end: int, name: str) -> Finding:
    kind = ClaimKind.PERSON
    sentence = scene.sentence(clause)
    roles = frozenset(word for one in sentence for word in all_lemmas(one.clause.text)) & _ROLE
    units = _person_units(scene, name)
    low, high = _extent(clause, start, end, roles)
    if units:
        said = frozenset(word for unit in units for word in unit.words | all_lemmas(unit.clause.clause.text))
        others = [
            unit
            for unit in scene.library.units
            if unit not in units
            and unit.evidence.source is not EvidenceSource.VEHICLE
            and re.search(r"\b(?:leads|is the|is our|handles|runs|manages|heads)\b", unit.clause.clause.text)
        ]
        taken = [unit for unit in others if roles - said and roles - said <= all_lemmas(unit.clause.clause.text)]
        if roles <= said or not any(unit.words & _ROLE for unit in units):
            return Finding(kind, start, end, Verdict.SUPPORTED, f"{name} is named in the evidence.", units[0].evidence)
        if taken:
            return Finding(
                kind,
                low,
                high,
                Verdict.UNSUPPORTED,
                f"The evidence gives this part to somebody other than {name}.",
                taken[0].evidence,
            )
        return Finding(
            kind, low, high, Verdict.UNCERTAIN, f"The evidence names {name}, but not as this.", units[0].evidence
        )
    trusted = _trusted_names(scene)
    close = next((other for other in trusted if SequenceMatcher(None, other, name.lower()).ratio() >= 0.75), None)
    if close:
        return Finding(
            kind,
            low,
            high,
            Verdict.UNSUPPORTED,
            f"Nobody called {name} is in the evidence; {close.title()} is.",
            _person_units(scene, close)[0].evidence,
        )
    firm = [
        unit
        for unit in scene.library.units
        if unit.staff
        and re.search(r"\b(?:with|ask for|see|contact) [a-z]{3,}\b", unit.clause.clause.text)
        and trusted & set(unit.clause.clause.text.split())
    ]
    verdict = Verdict.UNSUPPORTED if firm else Verdict.UNCERTAIN
    return Finding(
        kind, low, high, verdict, f"Nobody called {name} is in the evidence.", firm[0].evidence if firm else None
    )


def _extent(clause: ReadClause, start: int, end: int, roles: frozenset[str]) -> tuple[int, int]:
    places = [(low, high) for low, high, word in clause.words if word in roles]
    return min([start, *(low for low, _ in places)]), max([end, *(high for _, high in places)])


def check_people(scene: Scene) -> list[Finding]:
    """Check the people whom a text names as staff; whom it addresses is not checked."""
    found = []
    for clause in scene.reading.clauses:
        if clause.clause.act is Act.ASKS:
            continue
        for start, end, name in _candidates(scene, clause):
            quoted = clause.clause.act is Act.QUOTES and any(
                name.lower() in message.content.lower() for message in scene.library.customer
            )
            if not quoted and _is_person(scene, clause, start, end):
                found.append(_judge(scene, clause, start, end, name))
    return found


__all__ = ["check_people"]
