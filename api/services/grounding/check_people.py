"""Claims about people: who works here, and as what."""

import re
from difflib import SequenceMatcher

from api.services.grounding.asides import ASIDE
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.people import Part, part_words, reaches, runs
from api.services.grounding.reading import ReadClause
from api.services.grounding.record_fields import vehicle_text
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceView, Verdict

_ALIKE = 0.75
_VOCATIVE = re.compile(
    r"(?:\b(?:hi|hello|hey|dear|thanks|thank you|morning|afternoon|evening|sure|of course|yes|no|sorry|great|ok|okay"
    r"|welcome|right|absolutely|mr|mrs|ms|sir|madam|regards|sincerely|cheers|best|wishes|greetings)[\s,.!]+)$"
)
_INTRODUCES = re.compile(
    r"\b(?:ask for|with|contact|call|text|speak (?:with|to)|talk (?:with|to)|meet(?: with)?|see|reach|find|get|let|have"
    r"|named|name is|name's|by|from|colleague|manager|advisor|adviser|director|specialist|associate|consultant|owner"
    r"|(?:that|it|he|she|this|who|which)(?:'s| is| was| would be| will be| must be| has been)|i'm|i am|and|or|our|my"
    r"|is|was|to|belongs to|run by|owned by)[\s,]+$"
)
_ACTS = re.compile(
    r"(?:,)?\s+(?:\([^)]*\)\s+)?(?:our|the|my|who|is|was|will|can|could|would|has|had|she|he|already|said|told|and|\w+s"
    r"|from|in|at|on)\b"
)
_ROLES = part_words(
    "sales finance manager service director advisor owner parts delivery loan specialist consultant head internet"
    " detailing general leasing president receptionist accountant showroom workshop mechanic technician"
)


_COURTESY = re.compile(
    r"\b(?:would|will|can|could|is|'d|'ll) (?:also |then |gladly |happily )?(?:be )?(?:(?:happy|glad|pleased"
    r"|delighted|able)"
    r" to )?(?:help|assist|show|walk|meet|talk|speak|explain|answer|take you|go over|look forward)\b"
    r"(?: (?:you|it|them|that|this|these|those|her|him|everything|around|both|all|any|the|rest|of|your|other"
    r"|further|more"
    r"|questions?|to|car|cars|vehicle|vehicles|then|there|here|in person|out|by))*"
)
_CLEFT = re.compile(r"\b(?:the |a )?(?:one|person|man|woman|guy|lady|colleague) (?:who|that|to)\b")
_WHERE_TO = re.compile(
    r"\b(?:deliver\w*|ship\w*|transport\w*|drive|driving|haul\w*|travel\w*|moving|trip) (?:\w+ )?to $"
)
_DEEDS = part_words("agreed promised offered approved confirmed wrote said decided allowed accepted okayed")
_LEADS = part_words("heads head runs leads handles manages charge responsible")
_WILL = re.compile(
    r"(?:'ll| will| can| is going to) (?:gladly |happily |then |also |be happy to |be glad to )?(?:take care of"
    r"|call|meet|show"
    r"|contact|assist|handle|get back|text|e-?mail|walk you|explain|reach out|greet|welcome|sort|arrange"
    r"|help) (?:you|it|that"
    r"|this|everything|to you)\b"
)
_DID = re.compile(
    r"\s+(?:wrote|agreed|promised|offered|approved|confirmed|said|told|decided|allowed|accepted|okayed|sent|called|put"
    r"|set|arranged|checked|spoke)\b"
)


def _is_person(scene: Scene, clause: ReadClause, start: int, end: int, known: bool) -> bool:
    """Tell whether a capitalised name is somebody of the house rather than whom the text addresses."""
    lower = scene.reading.normal.lower
    before = lower[clause.clause.start : start]
    closes = re.match(r"\s*(?:[,!.?)]|$)", lower[end:]) is not None
    if _WHERE_TO.search(before) or (before.endswith((" in ", " near ")) and not known):
        return False
    if _VOCATIVE.search(lower[max(0, start - 24) : start]) and (closes or not _ACTS.match(lower, end)):
        return False
    acts = bool(_ACTS.match(lower, end)) and (known or bool(part_words(clause.clause.text) & _ROLES))
    return acts or bool(_DID.match(lower, end) or _WILL.match(lower, end)) or bool(_INTRODUCES.search(before))


def _asked(scene: Scene) -> frozenset[str]:
    """Return the words of the customer's question "who …", which an answer of a mere name takes over."""
    asked = re.findall(r"\bwho(?:m|se)?\b([^.?!\n]*)", scene.library.question)
    return part_words(asked[-1]) if asked else frozenset()


def _judge(
    scene: Scene, known: tuple[Part, ...], name: str, said: frozenset[str]
) -> tuple[Verdict, str, EvidenceView | None]:
    """Compare what a text says that somebody does with what the evidence says of him and of the others."""
    own = [part for part in known if part.name == name]
    does = frozenset(word for part in own for word in part.words)
    strange = said - does
    others = [part for part in known if part.name != name and part.words & strange]
    taker = max(others, key=lambda part: len(part.words & strange), default=None)
    shown = name.title()
    if own and (not strange or (said & does and not strange & (_ROLES - _LEADS))):
        return Verdict.SUPPORTED, f"The evidence names {shown} so.", own[0].evidence
    if own and taker and (taker.words & strange & (_ROLES | _asked(scene)) or len(taker.words & strange) > 1):
        return (
            Verdict.UNSUPPORTED,
            f"By what is on record that is {taker.name.title()}, not {shown}.",
            taker.evidence,
        )
    if own:
        verdict = Verdict.UNCERTAIN if strange & _ROLES else Verdict.SUPPORTED
        return verdict, f"{shown} is on record, but not as this.", own[0].evidence
    close = next((part for part in known if SequenceMatcher(None, part.name, name).ratio() >= _ALIKE), None)
    if close:
        return (
            Verdict.UNSUPPORTED,
            f"Nobody called {shown} is on record; {close.name.title()} is.",
            close.evidence,
        )
    if taker and taker.words & strange & (_ROLES | _DEEDS | _asked(scene)):
        return (
            Verdict.UNSUPPORTED,
            f"By what is on record that is {taker.name.title()}, not {shown}.",
            taker.evidence,
        )
    # whoever did something here would be known; who merely is about may be new
    verdict = Verdict.UNSUPPORTED if said & _DEEDS else Verdict.UNCERTAIN
    return verdict, f"Nobody called {shown} is on record.", None


def _misspelt(known: tuple[Part, ...], name: str, written: str) -> tuple[Verdict, str, EvidenceView | None] | None:
    """Return a red judgement where the evidence gives somebody of that first name another surname."""
    surname = written.lower().split()[1:]
    named = [part for part in known if part.name == name and part.surname]
    if not surname or not named or any(part.surname == " ".join(surname) for part in named):
        return None
    return Verdict.UNSUPPORTED, f"The name on record is {name.title()} {named[0].surname.title()}.", named[0].evidence


def _quoted(scene: Scene, clause: ReadClause, name: str) -> bool:
    spoken = any(name in message.content.lower() for message in scene.library.customer)
    return clause.clause.act is Act.QUOTES and spoken


def _house_names(scene: Scene) -> frozenset[str]:
    dealership = scene.library.pack.dealership or {}
    parts = [str(dealership.get("name") or ""), *map(str, (dealership.get("address") or {}).values())]
    return frozenset(re.findall(r"[a-z]+", " ".join(parts).lower()))


def _of_record(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a capitalised word is part of a longer name of a record: "Stow 'n Go"."""
    said = scene.reading.normal.lower[start : end + 4].strip()
    return any(said in vehicle_text(vehicle).lower() for vehicle in scene.library.pack.vehicles)


def _in_clause(scene: Scene, clause: ReadClause, known: tuple[Part, ...]) -> list[Finding]:
    text, offset = scene.reading.normal.text[clause.clause.start : clause.clause.end], clause.clause.start
    taken = [(one.start - offset, one.end - offset) for one in (*clause.mentions, *clause.identifiers)]
    names = [one for one in runs(text) if not any(start < one[1] and one[0] < end for start, end in taken)]
    names = [one for one in names if one[2] not in _house_names(scene) and not part_words(one[2]) & _ROLES]
    found = []
    for (start, end, name), (low, high) in zip(names, reaches(text, names), strict=True):
        in_house = any(part.name == name for part in known)
        if _quoted(scene, clause, name) or _of_record(scene, offset + start, offset + end):
            continue
        if not _is_person(scene, clause, offset + start, offset + end, in_house):
            continue
        around = _CLEFT.sub(" ", ASIDE.sub(" ", text[low:start] + " " + text[end:high]))
        said = part_words(_COURTESY.sub(" ", around)) or _asked(scene)
        verdict, reason, evidence = _misspelt(known, name, text[start:end]) or _judge(scene, known, name, said)
        whole = verdict is Verdict.UNSUPPORTED and bool(said & _ROLES)
        place = (min(low, start), len(text[:high].rstrip(" ,.;"))) if whole else (start, end)
        found.append(Finding(ClaimKind.PERSON, offset + place[0], offset + place[1], verdict, reason, evidence))
    return found


def check_people(scene: Scene) -> list[Finding]:
    """Check the people whom a text names as staff; whom it addresses is not checked."""
    clauses = [clause for clause in scene.reading.clauses if clause.clause.act is not Act.ASKS]
    known = scene.library.people
    return [finding for clause in clauses for finding in _in_clause(scene, clause, known)]


__all__ = ["check_people"]
