"""Claims about what is for sale: available, pending, sold, arriving, and how many."""

import re

from api.services.grounding.findings import Finding, Scene, subject_text, vehicle_title
from api.services.grounding.gazetteer import BODIES, COLOURS
from api.services.grounding.others import MORE, others_meant, unnamed
from api.services.grounding.quantities import Dimension
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.states import Status, status_of
from api.services.grounding.subjects import Subject
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_NOT_AVAILABLE = r"(?:not|no longer|isn't|aren't|ain't|never)"
_INCOMING = re.compile(
    r"\b(?:arriving|arrives?|incoming|inbound|on (?:the|its|their) way|in transit|coming in|come in(?! handy)"
    r"|getting (?:more|another|some|two|three|a few|a new)|get (?:more|another) in|expect(?:ing)? (?:more"
    r"|another|some|two|a few|a new)|(?:new|next|another|fresh) (?:shipment|batch|delivery|truckload)|be"
    r" back in stock|back in stock|restock(?:s|ed|ing)?(?! (?:fees?|charges?))"
    r"|(?<!service )(?<!service is )(?<!inspection is )due in|landing)\b"
)
_VEHICLE_TALK = re.compile(
    r"\b(?:it|it's|its|one|ones|they|they're|both|this|that|that's|them|these|those|cars?|vehicles?"
    r"|models?|another|more|suvs?|trucks?|vans?|sedans?|pickups?|unit|she|still|inventory)\b"
)
_OTHER_THING = re.compile(
    r"\b(?:reports?|financing|appointments?|slots?|i'm|i am|we're|we are|team|delivery|photos?|options?"
    r"|times?|warrant\w+|loans?|test drives?|colou?rs?|parking|website|online|information|details?|deal"
    r"|price|offer|discount|daniel|manager|someone|service|appraisal|records?|history|rate|credit|deposit"
    r"|shuttle|anytime|afternoon|morning|tomorrow|plan|brochure|coverage|copy"
    r"|keys?)\b[^.;]{0,24}\bavailable|available (?:to (?:answer|help|assist|chat|talk|you)|for (?:a call"
    r"|questions|every|all|any|you to|calls)|by phone|online|on request|upon request|through|from our)"
    r"|(?:i|we) (?:am|are|'m|'re) (?:available|here|around|still here)|\b(?:i'm|we're|i am|we are)"
    r" (?:right )?here"
)
_SEVERAL = re.compile(
    rf"\b(?:(?P<some>several|plenty of|lots of|a lot of|tons of|many|multiple|a few|a couple(?: of)?"
    rf"|loads of|dozens of|a (?:wide |large |great |big |huge )*(?:range|selection|variety|choice)"
    rf" of)|(?P<other>another|(?:an)?other|more|similar))\s+(?:\w+\s+){{0,2}}?(?P<noun>cars?"
    rf"|vehicles?|models?|ones?|suvs?|trucks?|pickups?|vans?|minivans?|sedans?|coupes?|hatchbacks?"
    rf"|wagons?|convertibles?|options?(?= (?:in|on|at|like|that))|(?:{'|'.join(COLOURS)}) ones?)\b"
)
_FOR_YOU = re.compile(r"\b(?:on hold|reserved|held|hold) for you\b")
_HAVE = re.compile(
    r"\b(?:have|got|there are|there's|there is|carry|stock|offer|sell|in stock|on the lot|available"
    r"|arriving)\b"
)
_FUELS = {name + end: name for name in ("hybrid", "diesel", "electric") for end in ("", "s")} | {
    "ev": "electric",
    "evs": "electric",
}
_NOUNS = re.compile(
    r"(?:cars?|vehicles?|models?|suvs?|trucks?|pickups?|vans?|minivans?|sedans?|coupes?|hatchbacks?"
    r"|wagons?|convertibles?|ones|units?|options|choices|hybrids?|diesels?|evs?|electrics)\b"
)


def _right(status: Status, known: list[tuple[str, EvidenceView]]) -> bool:
    """Tell whether what is known bears a state out: all of it that a vehicle can be had, any of it that it cannot."""
    offered = (status.value == "available") != status.denied
    return (all if offered else any)(_agrees(status, real) for real, _ in known)


def _agrees(status: Status, real: str) -> bool:
    if status.value == "available":
        return (real == "available") != status.denied
    return (real == status.value) != status.denied


def _staff_status(scene: Scene, index: int) -> tuple[str, EvidenceView] | None:
    """Return what staff said last of a vehicle's status in the conversation."""
    for unit in reversed(scene.library.units):
        said = status_of(unit.clause) if unit.staff and unit.subject and index in unit.subject.indices else None
        if said:
            return ({"available": "sold"}.get(said.value, "available") if said.denied else said.value), unit.evidence
    return None


def _known(scene: Scene, index: int) -> list[tuple[str, EvidenceView]]:
    """Return what staff said last of a vehicle's status, and what its record says."""
    vehicle = scene.library.pack.vehicles[index]
    view = EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", index)), field="status")
    record = (str(vehicle.get("status") or "unknown"), view)
    staff = _staff_status(scene, index)
    return [staff, record] if staff else [record]


def _telling(status: Status, known: list[tuple[str, EvidenceView]]) -> tuple[str, EvidenceView]:
    """Return the piece to show: one that agrees where the state is right, else one that does not."""
    right = _right(status, known)
    return next(one for one in known if _agrees(status, one[0]) is right)


def _of_vehicle(scene: Scene, clause: ReadClause, status: Status, subject: Subject) -> Finding:
    kind, library = ClaimKind.AVAILABILITY, scene.library
    pieces = [_known(scene, index) for index in subject.indices]
    known = [_telling(status, one) for one in pieces]
    right = [_right(status, one) for one in pieces]
    wrong = next((position for position, one in enumerate(right) if not one), None)
    start = _with_verb(scene, clause, status)
    if wrong is None:
        stale = any(library.stale(index) for index in subject.indices)
        if stale:
            return Finding(
                kind,
                start,
                status.end,
                Verdict.UNCERTAIN,
                "Nobody has confirmed this vehicle's record for 14 days.",
                known[0][1],
            )
        return Finding(
            kind,
            start,
            status.end,
            Verdict.SUPPORTED,
            f"The record of {subject_text(library, subject)} says {known[0][0]}.",
            known[0][1],
        )
    if not subject.sure and any(right):
        return Finding(
            kind, start, status.end, Verdict.UNCERTAIN, "It is not clear which vehicle this is about.", known[wrong][1]
        )
    reason = f"The {vehicle_title(library, subject.indices[wrong])} is {known[wrong][0]} according to the record."
    return Finding(kind, start, status.end, Verdict.UNSUPPORTED, reason, known[wrong][1])


def _with_verb(scene: Scene, clause: ReadClause, status: Status) -> int:
    before = scene.reading.normal.lower[clause.clause.start : status.start]
    verb = re.search(r"\b(?:is|are|was|has|have|has been)\s+(?:\w+\s+)?$", before)
    return clause.clause.start + verb.start() if verb else status.start


def _check_status(scene: Scene, index: int, clause: ReadClause) -> list[Finding]:
    status = status_of(clause)
    text = clause.clause.text
    kept = status is not None and status.value == "pending" and _FOR_YOU.search(text)
    if status is None or kept or _OTHER_THING.search(text):
        return []
    named = any(not mention.customers for mention in clause.mentions)
    if not named and not _VEHICLE_TALK.search(text) and len(text.split()) > 4:
        return []
    others = others_meant(scene, clause, status.start, _matching)
    subject = others or scene.finder.at(index, status.start, status.end)
    if subject.unknown or not subject.indices:
        if status.denied or status.value != "available":
            return []
        return [
            Finding(
                ClaimKind.AVAILABILITY,
                status.start,
                status.end,
                Verdict.UNSUPPORTED,
                "No such vehicle is in inventory.",
            )
        ]
    return [_of_vehicle(scene, clause, status, subject)]


def _check_incoming(scene: Scene, clause: ReadClause) -> list[Finding]:
    match = _INCOMING.search(clause.clause.text)
    if (
        not match
        or not (clause.mentions or _VEHICLE_TALK.search(clause.clause.text))
        or re.search(r"\byou\b[^.]{0,12}(?:arriv|come in)", clause.clause.text)
    ):
        return []
    told = next(
        (
            unit
            for unit in scene.library.units
            if (unit.subject is None and match.group() in unit.clause.clause.text)
            or (unit.staff and match.group() in unit.clause.clause.text)
        ),
        None,
    )
    start, end = clause.clause.start + match.start(), clause.clause.start + match.end()
    if told:
        return [Finding(ClaimKind.AVAILABILITY, start, end, Verdict.SUPPORTED, "The evidence says so.", told.evidence)]
    return [
        Finding(
            ClaimKind.AVAILABILITY,
            clause.clause.start,
            end,
            Verdict.UNSUPPORTED,
            "No record, policy or message of your team says that a vehicle is coming in.",
        )
    ]


def _matching(scene: Scene, text: str, indices: tuple[int, ...] | None) -> list[int]:
    """Return the pack's vehicles that fit the adjectives and nouns of a group such as "used SUVs"."""
    words = set(re.findall(r"[a-z]+", text))
    bodies = {BODIES[word] for word in words | {word.rstrip("s") for word in words} if word in BODIES}
    colours = {COLOURS[word] for word in words if word in COLOURS}
    fuels = {_FUELS[word] for word in words if word in _FUELS}
    found = []
    for vehicle in scene.library.catalogue.vehicles:
        record = scene.library.pack.vehicles[vehicle.index]
        fits = indices is None or vehicle.index in indices
        fits = fits and (not bodies or vehicle.body in bodies) and (not colours or vehicle.colour in colours)
        fits = (
            fits
            and ("used" not in words or record.get("condition") != "new")
            and ("new" not in words or record.get("condition") == "new")
        )
        fits = fits and all(str(record.get("fuel") or "").lower().startswith(fuel) for fuel in fuels)
        if fits and record.get("status") != "sold":
            found.append(vehicle.index)
    return found


def _counted(count: int) -> str:
    return f"{count or 'No'} such vehicle{'' if count == 1 else 's'} {'is' if count == 1 else 'are'} in inventory."


def _check_counts(scene: Scene, clause: ReadClause) -> list[Finding]:
    """Check "three used Toyotas" and "six Corollas" against the number of records."""
    found = []
    lower = scene.reading.normal.lower
    for quantity in clause.quantities:
        if (
            quantity.dimension is not Dimension.BARE
            or quantity.value > 60
            or quantity.value % 1
            or re.match(r"[-\w]", lower[quantity.core[1] :])
        ):
            continue
        group = next((one for one in clause.mentions if 0 <= one.start - quantity.core[1] <= 24), None)
        noun = _NOUNS.search(lower, quantity.core[1], min(clause.clause.end, quantity.core[1] + 28))
        if not group and not noun:
            continue
        end = max(group.end if group else 0, noun.end() if noun and not group else 0)
        between = lower[quantity.core[1] : end]
        if re.search(r"\b(?:is|are|was|have|has|the|for|of|on|at|to)\b", between):
            continue
        matching = _matching(scene, between, group.matches if group else None)
        count = len(unnamed(scene, clause, matching) if MORE.search(between) else matching)
        right = quantity.value == count
        verdict = Verdict.SUPPORTED if right else Verdict.UNSUPPORTED
        reason = _counted(count)
        found.append(Finding(ClaimKind.QUANTITY, quantity.core[0], end, verdict, reason))
    several = _SEVERAL.search(clause.clause.text)
    if several and _HAVE.search(clause.clause.text) and not clause.clause.negators and not found:
        least = 2 if several["other"] or "couple" in several.group() else 3
        count = len(_matching(scene, several.group(), None))
        verdict = Verdict.SUPPORTED if count >= least else Verdict.UNSUPPORTED
        start, end = clause.clause.start + several.start(), clause.clause.start + several.end()
        found.append(
            Finding(
                ClaimKind.AVAILABILITY,
                start,
                end,
                verdict,
                _counted(count),
            )
        )
    return found


def check_availability(scene: Scene) -> list[Finding]:
    """Check status, arrivals and counts of vehicles."""
    found = []
    for index, clause in enumerate(scene.reading.clauses):
        if clause.clause.act is Act.STATES:
            found += _check_status(scene, index, clause) + _check_incoming(scene, clause) + _check_counts(scene, clause)
    return found


__all__ = ["check_availability"]
