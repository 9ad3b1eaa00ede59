"""Claims of identity: vehicles, VINs, stock numbers, contacts, addresses, people."""

import re
from collections.abc import Mapping
from typing import Any

from api.services.grounding.addresses import check_address
from api.services.grounding.contacts import Form, Identifier, digits, street_key, url_key
from api.services.grounding.findings import Finding, Scene, vehicle_title
from api.services.grounding.library import Library
from api.services.grounding.mentions import Mention
from api.services.grounding.model_years import model_years
from api.services.grounding.reading import ReadClause
from api.services.grounding.record_fields import vehicle_text
from api.services.grounding.sentences import Act
from api.services.grounding.subjects import Subject
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_KINDS = {Form.VIN: ClaimKind.VIN, Form.STOCK: ClaimKind.STOCK_NUMBER}
_DESKS = re.compile(
    r"\b(sales|service|parts|financ(?:e|ing)|workshop|body shop|collision|rentals?|leasing|accounting|billing|roadside"
    r"|towing|reception|warranty|whatsapp|fax)\b"
)
_WHOLE_VIN = 17
_PACK_FIELD = {Form.VIN: "vin", Form.STOCK: "stock_number"}


def _dealership(field: str) -> EvidenceView:
    return EvidenceView(source=EvidenceSource.DEALERSHIP, id="dealership", field=field)


def _vehicle(library: Library, index: int, field: str | None) -> EvidenceView:
    vehicle = library.pack.vehicles[index]
    return EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", index)), field=field)


def _in_trusted_text(library: Library, form: Form, key: str) -> EvidenceView | None:
    for unit in library.units:
        for one in unit.clause.identifiers:
            if one.form is form and _same_contact(form, key, one.key):
                return unit.evidence
    return None


def _known_contacts(dealership: Mapping[str, Any], form: Form) -> list[tuple[str, str]]:
    address = dealership.get("address") or {}
    raw = {
        Form.EMAIL: ("email", str(dealership.get("email") or "").lower()),
        Form.URL: ("website", url_key(str(dealership.get("website") or ""))),
        Form.PHONE: ("phone", digits(str(dealership.get("phone") or ""))),
        Form.STREET: ("address", street_key(str(address.get("street") or ""))),
        Form.POSTAL: ("address", re.sub(r"\s", "", str(address.get("postal_code") or "").lower())),
    }
    field, value = raw[form]
    return [(field, value)] if value else []


def _same_contact(form: Form, written: str, known: str) -> bool:
    if form is Form.PHONE:
        plain = written.lstrip("0")
        return (known.endswith(plain) and len(plain) >= 7) or plain.endswith(known)
    if form is Form.STREET and re.search(r"\d", written):
        return set(written.split()) <= set(known.split())
    return written == known


def _elsewhere(scene: Scene, clause: ReadClause, one: Identifier) -> EvidenceView | None:
    """Return the sentence that gives a phone number to another desk than the clause does."""
    said = set(_DESKS.findall(clause.clause.text))
    if one.form is not Form.PHONE or not said:
        return None
    holding = [
        unit
        for unit in scene.library.units
        if any(
            other.form is one.form and _same_contact(one.form, one.key, other.key) for other in unit.clause.identifiers
        )
    ]
    desks = [set(_DESKS.findall(unit.clause.clause.text)) for unit in holding]
    return holding[0].evidence if holding and all(desk and not desk & said for desk in desks) else None


def _contact(scene: Scene, clause: ReadClause, one: Identifier) -> Finding:
    library = scene.library
    odd = any(place in scene.reading.normal.odd for place in range(one.start, one.end))
    shown = scene.text(one.start, one.end)
    known = _known_contacts(library.pack.dealership or {}, one.form)
    links = [url_key(str(vehicle.get("url") or "")) for vehicle in library.pack.vehicles]
    for field, value in known:
        if not odd and _same_contact(one.form, one.key, value):
            return Finding(
                ClaimKind.CONTACT,
                one.start,
                one.end,
                Verdict.SUPPORTED,
                f"{shown} is the dealership's {field}.",
                _dealership(field),
            )
    if one.form is Form.URL and one.key in links and not odd:
        return Finding(
            ClaimKind.CONTACT,
            one.start,
            one.end,
            Verdict.SUPPORTED,
            "The link is the vehicle's.",
            _vehicle(library, links.index(one.key), "url"),
        )
    trusted = None if odd else _in_trusted_text(library, one.form, one.key)
    other = _elsewhere(scene, clause, one) if trusted else None
    if other:
        return Finding(
            ClaimKind.CONTACT, one.start, one.end, Verdict.UNSUPPORTED, f"{shown} belongs to another desk.", other
        )
    if trusted:
        return Finding(
            ClaimKind.CONTACT, one.start, one.end, Verdict.SUPPORTED, f"{shown} stands in the evidence.", trusted
        )
    if odd:
        reason = f"{shown} holds letters of another alphabet, so it is another address."
    elif known:
        reason = f"{shown} is not the dealership's {known[0][0]}; the record has another."
    else:
        reason = f"{shown} is in no record."
    return Finding(
        ClaimKind.CONTACT, one.start, one.end, Verdict.UNSUPPORTED, reason, _dealership(known[0][0]) if known else None
    )


def _holds(value: str, one: Identifier) -> bool:
    """Tell whether a record's number is the written one, or begins or ends with it as the text says."""
    if one.form is not Form.VIN or len(one.key) >= _WHOLE_VIN:
        return value == one.key
    return value.startswith(one.key[1:]) if one.key.startswith("^") else value.endswith(one.key)


def _numbered(scene: Scene, one: Identifier, subject: Subject) -> Finding:
    """Check a VIN or stock number against the vehicle that it is said to belong to."""
    library, field = scene.library, _PACK_FIELD[one.form]
    shown = scene.text(one.start, one.end).upper()
    held = [(index, str(vehicle.get(field) or "").lower()) for index, vehicle in enumerate(library.pack.vehicles)]
    owners = [index for index, value in held if value and _holds(value, one)]
    kind, name = _KINDS[one.form], field.replace("_", " ") if one.form is Form.STOCK else "VIN"
    if owners and (not subject.indices or owners[0] in subject.indices):
        verdict = (
            Verdict.SUPPORTED
            if subject.sure or len(subject.indices) < 2 or one.form is Form.STOCK
            else Verdict.UNCERTAIN
        )
        return Finding(
            kind,
            one.start,
            one.end,
            verdict,
            f"{shown} is the {name} of the {vehicle_title(library, owners[0])}.",
            _vehicle(library, owners[0], field),
        )
    trusted = _in_trusted_text(library, one.form, one.key) if not owners else None
    if trusted:
        return Finding(kind, one.start, one.end, Verdict.SUPPORTED, f"{shown} stands in the evidence.", trusted)
    right = [index for index in subject.indices if held[index][1]]
    known = f"; the record says {held[right[0]][1].upper()}" if right else ""
    return Finding(
        kind,
        one.start,
        one.end,
        Verdict.UNSUPPORTED,
        f"The {name} {shown} is not this vehicle's{known}.",
        _vehicle(library, right[0], field) if right else None,
    )


_CUSTOMERS_OWN = re.compile(
    r"\byour (?:\w+ )?(?:number|phone|cell|mobile|e-?mail|address)\b"
    r"|\byou (?:gave|left|wrote|sent|mentioned|said|told)\b"
    r"|\b(?:call|ring|text|phone|reach|e-?mail|write(?: to)?|contact) you\b"
)


def _customers_contact(scene: Scene, clause: ReadClause, one: Identifier) -> bool:
    """Tell whether the clause puts a contact down to the customer, who did write it."""
    written = (own for _, reading in scene.library.customer_readings for c in reading.clauses for own in c.identifiers)
    return bool(_CUSTOMERS_OWN.search(clause.clause.text)) and any(
        own.form is one.form and own.key == one.key for own in written
    )


def check_identifiers(scene: Scene) -> list[Finding]:
    """Check contacts, VINs and stock numbers."""
    found = check_address(scene)
    for index, clause in enumerate(scene.reading.clauses):
        if clause.clause.act is Act.ASKS and not any(
            one.form in (Form.EMAIL, Form.URL, Form.PHONE) for one in clause.identifiers
        ):
            continue
        for one in clause.identifiers:
            if one.form in _KINDS:
                found.append(_numbered(scene, one, scene.finder.at(index, one.start, one.end)))
            elif not _customers_contact(scene, clause, one):
                found.append(_contact(scene, clause, one))
    return found


_IN_TOWN = re.compile(r"\b(?:in|near|to|from|around|of|outside|across)(?: downtown)?\s$")
_HAVING = re.compile(r"\b(?:don't|do not|doesn't|no longer|haven't|not|never|no)\b")
_CUSTOMERS_TALK = re.compile(r"\byou(?:r|'re|'ve)?\b")


def _customer_named(scene: Scene, mention: Mention) -> bool:
    written = scene.reading.normal.lower[mention.start : mention.end]
    words = [word for word in re.findall(r"[a-z0-9]+", written) if word not in {"the", "a"}]
    return any(all(word in reading.normal.lower for word in words) for _, reading in scene.library.customer_readings)


def _staff_named(scene: Scene, mention: Mention) -> EvidenceView | None:
    words = re.findall(r"[a-z0-9]+", scene.reading.normal.lower[mention.start : mention.end])
    for unit in scene.library.units:
        text = unit.clause.clause.text
        if (unit.staff or unit.subject is None) and all(
            re.search(rf"(?<!\w){re.escape(word)}", text) for word in words
        ):
            return unit.evidence
    return None


def _is_town(scene: Scene, mention: Mention) -> bool:
    """Tell whether the name is the town of the dealership: "we are in Tucson" is about no Hyundai."""
    city = str(((scene.library.pack.dealership or {}).get("address") or {}).get("city") or "").lower()
    lower = scene.reading.normal.lower
    named = city == lower[mention.start : mention.end]
    return named and _IN_TOWN.search(lower, 0, mention.start) is not None


def _other_trim(scene: Scene, mention: Mention) -> Finding | None:
    """Return a finding where a word before the record's trim makes it another one: "CX-5 Grand Touring"."""
    index = mention.matches[0]
    vehicle = scene.library.pack.vehicles[index]
    trim = re.escape(str(vehicle.get("trim") or ""))
    more = re.compile(rf"\s+(?P<name>(?P<word>[A-Z][a-z]+)\s+{trim})\b").match(scene.reading.normal.text, mention.end)
    if len(mention.matches) > 1 or not trim or not more or more["word"].lower() in vehicle_text(vehicle).lower():
        return None
    reason = f"The record says {vehicle['trim']}, not {more['name']}."
    view = _vehicle(scene.library, index, "trim")
    return Finding(ClaimKind.VEHICLE, more.start("name"), more.end("name"), Verdict.UNSUPPORTED, reason, view)


def _mention(scene: Scene, clause: ReadClause, mention: Mention) -> list[Finding]:
    library, kind = scene.library, ClaimKind.VEHICLE
    shown = scene.text(mention.start, mention.end)
    if mention.matches and not mention.wrong:
        evidence = _vehicle(library, mention.matches[0], None)
        said = Finding(kind, mention.start, mention.end, Verdict.SUPPORTED, f"{shown} is in the inventory.", evidence)
        other = _other_trim(scene, mention)
        return [said, other] if other else [said]
    if clause.clause.act in (Act.ASKS, Act.HEDGES) or mention.customers or _is_town(scene, mention):
        return []
    staff = _staff_named(scene, mention)
    if staff:
        return [Finding(kind, mention.start, mention.end, Verdict.SUPPORTED, f"{shown} stands in the evidence.", staff)]
    if _customer_named(scene, mention) and (clause.clause.act is Act.QUOTES or _HAVING.search(clause.clause.text)):
        return []
    if not mention.matches:
        missing = _HAVING.search(clause.clause.text)
        verdict = Verdict.UNCERTAIN if missing else Verdict.UNSUPPORTED
        return [Finding(kind, mention.start, mention.end, verdict, f"{shown} is in no record.")]
    title = vehicle_title(library, mention.near[0])
    return [
        Finding(
            kind,
            start,
            end,
            Verdict.UNSUPPORTED,
            f"The {what} {scene.text(start, end)} is wrong; the record is the {title}.",
            _vehicle(library, mention.near[0], what),
        )
        for start, end, what in mention.wrong
    ]


def check_vehicles(scene: Scene) -> list[Finding]:
    """Check the year, make, model and trim of every vehicle that a text names."""
    found = []
    for index, clause in enumerate(scene.reading.clauses):
        found += model_years(scene, index, clause) if clause.clause.act is Act.STATES else []
        for mention in clause.mentions:
            if not mention.generic:
                found += _mention(scene, clause, mention)
    return found


__all__ = ["check_identifiers", "check_vehicles"]
