"""Claims from small sets of values, against what records and policies say of the same family."""

import re
from collections.abc import Iterator

from api.services.grounding.asides import asides
from api.services.grounding.check_unlisted import silent
from api.services.grounding.components import COMPONENTS
from api.services.grounding.families import KIND_OF_FAMILY
from api.services.grounding.findings import Finding, Scene, otherwise, subject_text, vehicle_title
from api.services.grounding.gazetteer import BODIES
from api.services.grounding.library import Unit
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.subjects import NO_VEHICLE, Subject
from api.services.grounding.support import applicable
from api.services.grounding.traits import Trait, find_traits
from models.claims import HARD_KINDS, ClaimKind, EvidenceSource, EvidenceView, Verdict

_FIELDS = {
    "transmission": "transmission",
    "drivetrain": "drivetrain",
    "fuel": "fuel",
    "body": "body_style",
    "colour": "exterior_color",
    "interior colour": "interior_color",
    "upholstery": "interior_color",
    "cab": "body_style",
    "certified": "condition",
    "condition": "condition",
}
_HOUSE = frozenset({"price firmness", "refunds", "refunds of deposit", "channel", "credit check"})
_HARMLESS_ALONE = frozenset({("price firmness", "firm"), ("credit check", "required"), ("channel", "in person")})
_WITHIN = {"automatic": {"cvt"}, "all four": {"awd", "4wd"}, "two": {"fwd", "rwd"}}
_COMPONENT = re.compile(rf"\b(?:{'|'.join(COMPONENTS.values())}|belt|pads?|rotors?|mats?|paint|keys?)\b")
_WHAT_IF = re.compile(r"\b(?:if|in case|unless|whether) you(?!r\b)(?:(?!\b(?:it|we|they|i|this|that|the)\b)[^,;])*$")
_LIMIT_OF = re.compile(r"\b(?:limit|cut-?off|threshold|cap) (?:for|of|on) (?:[\w-]+ ){0,3}?warranty$")
_BY_GUARANTEE = re.compile(r" by (?:our|the|an?) (?:[\w,-]+ ){0,4}?(?:guarantee|refund|return|exchange)\b")
_OF_WARRANTY = re.compile(r"\s+(?:warrant\w+|coverage|program\w*|vehicles|cars|models)\b")
_TRADE_TALK = re.compile(r"\b(?:trade|apprais\w+|valuation|offers?|value|estimate)\b")
_KINDS = KIND_OF_FAMILY | {
    "refunds of deposit": ClaimKind.WARRANTY_OR_SERVICE,
    "accent colour": ClaimKind.FEATURE_OR_COLOUR,
}


def _record_values(scene: Scene, index: int, family: str) -> Iterator[tuple[Trait, EvidenceView]]:
    field = _FIELDS.get(family)
    vehicle = scene.library.pack.vehicles[index]
    if not field or not vehicle.get(field):
        return
    written = str(vehicle[field]).lower()
    view = EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", index)), field=field)
    if family == "certified":
        yield Trait(0, 1, family, "certified", written != "certified"), view
    elif family == "condition":
        yield Trait(0, 1, family, "new" if written == "new" else "used"), view
    elif family == "body":
        yield Trait(0, 1, family, BODIES.get(written, written)), view
    elif family == "interior colour":
        yield from ((Trait(0, 1, family, one.value), view) for one in find_traits(written) if "colour" in one.family)
    else:
        yield from ((Trait(0, 1, family, one.value), view) for one in find_traits(written) if one.family == family)


def _known(scene: Scene, family: str, subject: Subject) -> Iterator[tuple[Trait, EvidenceView, bool]]:
    """Yield what is known of a family: the trait, where, and whether it holds of the subject (guards)."""
    for unit in reversed(scene.library.units):
        for trait in unit.clause.traits:
            if trait.family == family and _speaks_of(unit, subject, family):
                yield trait, unit.evidence, applicable(scene, unit, subject)
    for index in subject.indices:
        for trait, view in _record_values(scene, index, family):
            yield trait, view, True


def _speaks_of(unit: Unit, subject: Subject, family: str) -> bool:
    if family in _FIELDS and unit.subject is None and unit.evidence.source is EvidenceSource.POLICY:
        return False
    if family in _HOUSE or unit.subject is None:
        return True
    return bool(set(unit.subject.indices) & set(subject.indices))


def _same(claim: Trait, known: Trait) -> bool | None:
    """True where the known trait bears the claim out, False where it denies it, None where it says neither."""
    if claim.value == known.value or known.value in _WITHIN.get(claim.value, ()):
        return claim.denied == known.denied
    if claim.value in _WITHIN.get(known.value, ()) and not claim.denied and not known.denied:
        return None
    if known.denied:
        return None
    return claim.denied


def _subject(scene: Scene, index: int, trait: Trait) -> Subject:
    if trait.family in _HOUSE:
        return NO_VEHICLE
    return scene.finder.at(index, trait.start, trait.end)


def _part_of_name(clause: ReadClause, trait: Trait) -> bool:
    """Tell whether "the blue one" or "that truck" only names its vehicle."""
    return any(
        one.generic and one.matches and one.start <= trait.start and trait.end <= one.end for one in clause.mentions
    )


def _skipped(clause: ReadClause, trait: Trait) -> bool:
    if trait.family == "shop state" or _part_of_name(clause, trait) or _told_withheld(clause, trait):
        return True
    before = clause.clause.text[: trait.start - clause.clause.start]
    after = clause.clause.text[trait.end - clause.clause.start :]
    if _LIMIT_OF.search(clause.clause.text[: trait.end - clause.clause.start]):
        return True
    if trait.family == "condition" and _COMPONENT.search(before):
        return True
    if (
        (trait.family == "sold as is" and _BY_GUARANTEE.match(after))
        or _WHAT_IF.search(before)
        or (trait.family == "certified" and _OF_WARRANTY.match(after))
    ):
        return True
    if trait.family == "body" and re.search(
        r"\b(?:before|at|upon|on|for|curbside|after|until) $", clause.clause.text[: trait.start - clause.clause.start]
    ):
        return True
    return trait.family == "channel" and not _TRADE_TALK.search(clause.clause.text)


def _told_withheld(clause: ReadClause, trait: Trait) -> bool:
    """Tell whether the warranty that a trait narrows is the very one that the clause says is not given."""
    sold = [one for one in clause.traits if one.family == "sold as is"]
    withheld = [one for one in sold if (one.value == "as is") is not one.denied]
    return trait.family == "warranty scope" and any(
        one.start <= trait.start and trait.end <= one.end for one in withheld
    )


def _verdict(scene: Scene, clause: ReadClause, trait: Trait, subject: Subject) -> Finding | None:
    kind = _KINDS[trait.family]
    shown = scene.text(trait.start, trait.end)
    against: EvidenceView | None = None
    beside: EvidenceView | None = None
    agreeing: set[int] = set()
    for known, view, holds in _known(scene, trait.family, subject):
        same = _same(trait, known)
        if (same and holds) or (same is False and not holds and _withheld(trait, shown)):
            agreeing |= {index for index in subject.indices if _of(scene, index, view)} or set(subject.indices) or {-1}
            beside = beside or view
        elif (same is False and holds) or (same and not holds):
            against = against or view
    whole = not subject.every or agreeing >= set(subject.indices)
    if beside and whole and (against is None or not subject.every):
        if not subject.sure and trait.family not in _HOUSE and against:
            return Finding(
                kind,
                trait.start,
                trait.end,
                Verdict.UNCERTAIN,
                f"It is not clear which vehicle {shown} is about.",
                beside,
            )
        return Finding(
            kind,
            trait.start,
            trait.end,
            Verdict.SUPPORTED,
            f"The evidence says so of {subject_text(scene.library, subject)}.",
            beside,
        )
    if against:
        return Finding(
            kind, trait.start, trait.end, Verdict.UNSUPPORTED, _contradiction(scene, shown, against), against
        )
    if trait.family == "channel" or (trait.family, trait.value, trait.denied) == ("credit check", "required", False):
        return None
    red = kind in HARD_KINDS and (trait.family, trait.value) not in _HARMLESS_ALONE
    return Finding(
        kind,
        trait.start,
        trait.end,
        Verdict.UNSUPPORTED if red else Verdict.UNCERTAIN,
        f"No record, policy or message of your team says “{shown}”.",
    )


def _withheld(trait: Trait, shown: str) -> bool:
    """Tell whether a warranty is only said not to apply: right where the policy's condition leaves the vehicle out."""
    return (trait.family, trait.value) == ("sold as is", "as is") and "warranty" in shown.lower()


def _of(scene: Scene, index: int, view: EvidenceView) -> bool:
    return view.source is EvidenceSource.VEHICLE and str(scene.library.pack.vehicles[index].get("id", index)) == view.id


def _contradiction(scene: Scene, shown: str, view: EvidenceView) -> str:
    for index, vehicle in enumerate(scene.library.pack.vehicles):
        if view.source is EvidenceSource.VEHICLE and str(vehicle.get("id", index)) == view.id and view.field:
            known = str(vehicle.get(view.field)).rstrip(".")
            return f"The record of the {vehicle_title(scene.library, index)} says “{known}”, not “{shown}”."
    return otherwise(view)


def check_traits(scene: Scene) -> list[Finding]:
    """Check colours, drive, fuel, title, accidents, firmness of prices, refunds and their like."""
    found = []
    for index, clause in enumerate(scene.reading.clauses):
        if clause.clause.act is not Act.STATES or silent(clause.clause.text):
            continue
        after = scene.reading.normal.lower[clause.clause.end : clause.clause.end + 3]
        beside = [
            (start + clause.clause.start, end + clause.clause.start) for start, end in asides(clause.clause.text, after)
        ]
        for trait in clause.traits:
            if not _skipped(clause, trait) and not any(start <= trait.start < end for start, end in beside):
                subject = _subject(scene, index, trait)
                if subject.customers or subject.unknown:
                    continue
                finding = _verdict(scene, clause, trait, subject)
                found += [finding] if finding else []
    return found


__all__ = ["check_traits"]
