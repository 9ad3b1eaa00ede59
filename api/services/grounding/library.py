"""The evidence pack as facts and sentences, each with the piece that it comes from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from api.services.grounding.contacts import stock_shapes
from api.services.grounding.evidence import EvidencePack, ThreadMessage
from api.services.grounding.guards import Guard, guard_of
from api.services.grounding.labels import heading, label_in
from api.services.grounding.names import Catalogue, build_catalogue
from api.services.grounding.people import Part, directory
from api.services.grounding.quantities import Dimension, Quantity
from api.services.grounding.reading import Locale, ReadClause, Reading, locale_of, read
from api.services.grounding.record_fields import record_numbers, vehicle_text
from api.services.grounding.roles import OF_PURCHASE, Role, role_named, role_of
from api.services.grounding.sentences import Act
from api.services.grounding.settling import settle
from api.services.grounding.subjects import NO_VEHICLE, Subject, SubjectFinder
from api.services.grounding.vehicles import owned_names
from api.services.grounding.wording import all_lemmas, content_lemmas
from models.claims import EvidenceSource, EvidenceView

_SIGNED = re.compile(r"[.!?\n]\s*[-–—]*\s*(?P<name>[A-Z][a-z]+)\W*$")
STALE_AFTER = timedelta(days=14)


@dataclass(frozen=True)
class Fact:
    """A trusted number. `subject` is None where it holds of every vehicle that `guard` admits."""

    quantity: Quantity
    role: Role
    subject: Subject | None
    evidence: EvidenceView
    words: frozenset[str]
    staff: bool = False
    guard: Guard | None = None
    label: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Unit:
    """A trusted clause with its traits; `words` holds the lemmas of its sentence and topic."""

    clause: ReadClause
    subject: Subject | None
    evidence: EvidenceView
    words: frozenset[str]
    staff: bool = False
    guard: Guard | None = None

    @property
    def negated(self) -> bool:
        """Whether the clause denies what it speaks of."""
        return len(self.clause.clause.negators) % 2 == 1


@lru_cache(maxsize=2048)
def _read(text: str, catalogue: Catalogue, stocks: re.Pattern[str] | None, locale: Locale) -> Reading:
    return read(text, catalogue, stocks, locale)


class Library:
    """The pack, read; every list is in the pack's order, staff messages oldest first."""

    def __init__(self, pack: EvidencePack) -> None:
        """Read the pack's texts; nothing is verified yet."""
        self.pack = pack
        self.catalogue = build_catalogue(pack.vehicles)
        self.stocks = stock_shapes(tuple(str(vehicle.get("stock_number") or "") for vehicle in pack.vehicles))
        self.locale = locale_of(pack.dealership, pack.vehicles, pack.now)
        self.catalogue = replace(self.catalogue, owned=self._owned())
        self.units: list[Unit] = []
        self.facts: list[Fact] = []
        for index, vehicle in enumerate(pack.vehicles):
            self._add_vehicle(index, vehicle)
        self._add_policies()
        for message in pack.messages:
            if message.sender == "staff":
                self._add_staff(message)
        self.default = self._default_subject()

    def read(self, text: str) -> Reading:
        """Read any text with the pack's names and locale."""
        return read(text, self.catalogue, self.stocks, self.locale)

    def _owned(self) -> frozenset[str]:
        """Return the names of cars that the thread calls the customer's own."""
        found: set[str] = set()
        for message in self.pack.messages:
            reading = _read(message.content, self.catalogue, self.stocks, self.locale)
            mentions = tuple(one for clause in reading.clauses for one in clause.mentions)
            found |= owned_names(reading.normal, mentions, message.sender == "customer")
        return frozenset(found)

    @cached_property
    def customer(self) -> list[ThreadMessage]:
        """The customer's messages, oldest first."""
        return [message for message in self.pack.messages if message.sender == "customer"]

    @cached_property
    def question(self) -> str:
        """The customer's messages since staff last wrote, lower-cased; what a draft answers."""
        recent: list[str] = []
        for message in reversed(self.pack.messages):
            if message.sender != "customer":
                break
            recent.insert(0, message.content)
        return self._normal_lower(" \n".join(recent))

    def _normal_lower(self, text: str) -> str:
        return _read(text, self.catalogue, self.stocks, self.locale).normal.lower

    @cached_property
    def customer_readings(self) -> list[tuple[ThreadMessage, Reading]]:
        """The customer's messages, read."""
        return [
            (message, _read(message.content, self.catalogue, self.stocks, self.locale)) for message in self.customer
        ]

    @cached_property
    def asked_quantities(self) -> tuple[Quantity, ...]:
        """The numbers of the customer's last message."""
        return tuple(
            one for _, reading in self.customer_readings[-1:] for cl in reading.clauses for one in cl.quantities
        )

    @cached_property
    def bags(self) -> list[frozenset[str]]:
        """For each vehicle the lemmas of all that its record says."""
        return [all_lemmas(vehicle_text(vehicle).lower()) for vehicle in self.pack.vehicles]

    @cached_property
    def dealership_bag(self) -> frozenset[str]:
        """The lemmas of the dealership's name, address and contacts."""
        dealership = self.pack.dealership or {}
        parts = [
            str(dealership.get("name") or ""),
            *(str(part or "") for part in (dealership.get("address") or {}).values()),
        ]
        return all_lemmas(" ".join(parts).lower())

    @cached_property
    def topics(self) -> frozenset[str]:
        """Lemmas of policies that name an amount: near them an amount is a fee, not a price."""
        words = {word for fact in self.facts if fact.role is Role.FEE and not fact.staff for word in fact.words}
        return frozenset(words - {"price", "cost", "include", "month", "vehicle", "credit", "approved", "offer"})

    @cached_property
    def people(self) -> tuple[Part, ...]:
        """The people whom policies, approved responses and staff name, with what each does."""
        return directory(self.pack)

    def stale(self, index: int) -> bool:
        """Tell whether nobody confirmed a vehicle's record for 14 days."""
        vehicle = self.pack.vehicles[index]
        moment = vehicle.get("confirmed_at") or vehicle.get("updated_at")
        if moment is None:
            return False
        seen = moment if isinstance(moment, datetime) else datetime.fromisoformat(str(moment))
        return self.pack.now - seen > STALE_AFTER

    def _default_subject(self) -> Subject:
        if len(self.pack.vehicles) == 1:
            return Subject((0,))
        for message in reversed(self.pack.messages):
            clauses = _read(message.content, self.catalogue, self.stocks, self.locale).clauses
            named = [one for clause in clauses for one in clause.mentions if one.matches and not one.customers]
            if named:
                indices = tuple(dict.fromkeys(index for one in named for index in one.matches))
                return Subject(indices, len(indices) == 1)
        return Subject(tuple(range(len(self.pack.vehicles))), False) if self.pack.vehicles else NO_VEHICLE

    def _add_vehicle(self, index: int, vehicle: Mapping[str, Any]) -> None:
        subject = Subject((index,))
        view = EvidenceView(source=EvidenceSource.VEHICLE, id=str(vehicle.get("id", index)))
        for field, role, dimension, unit, value in record_numbers(vehicle):
            self._record_fact(value, dimension, unit, role, subject, view.model_copy(update={"field": field}))
        for field in ("engine", "transmission", "description", "trim"):
            if vehicle.get(field):
                topic = content_lemmas(field) if field == "engine" else frozenset()
                self._add_text(str(vehicle[field]), view.model_copy(update={"field": field}), subject, topic)
        for feature in vehicle.get("features") or ():
            self._add_text(str(feature), view.model_copy(update={"field": "features"}), subject, frozenset())

    def _record_fact(
        self, value: Decimal, dimension: Dimension, unit: str, role: Role, subject: Subject, evidence: EvidenceView
    ) -> None:
        quantity = Quantity(0, 1, (0, 1), dimension, (value,), unit)
        self.facts.append(Fact(quantity, role, subject, evidence, frozenset({role.value})))

    def _add_policies(self) -> None:
        for policy in (self.pack.dealership or {}).get("policies") or ():
            topic = content_lemmas(str(policy["topic"]).replace("_", " ").lower())
            evidence = EvidenceView(source=EvidenceSource.POLICY, id=str(policy["topic"]))
            self._add_text(str(policy["text"]), evidence, None, topic)
        for canned in self.pack.canned:
            evidence = EvidenceView(source=EvidenceSource.CANNED_RESPONSE, id=canned.id)
            self._add_text(canned.content, evidence, None, content_lemmas(canned.title.lower()))

    def _add_staff(self, message: ThreadMessage) -> None:
        text = message.content
        for start, end in message.unsupported_spans:
            text = text[:start] + " " * (min(end, len(text)) - start) + text[min(end, len(text)) :]
        evidence = EvidenceView(source=EvidenceSource.MESSAGE, id=message.id)
        signed = _SIGNED.search(text.rstrip())
        self._add_text(text, evidence, None, content_lemmas(signed["name"].lower() if signed else ""), staff=True)

    def _add_text(
        self, text: str, evidence: EvidenceView, subject: Subject | None, topic: frozenset[str], staff: bool = False
    ) -> None:
        reading = _read(text, self.catalogue, self.stocks, self.locale)
        only = Subject((0,)) if len(self.pack.vehicles) == 1 else NO_VEHICLE
        finder = SubjectFinder(reading, subject or only, len(self.pack.vehicles))
        guard: Guard | None = None
        for index, clause in enumerate(reading.clauses):
            if staff and clause.clause.act is not Act.STATES:
                continue
            guard = guard_of(clause.clause.text, guard) if evidence.source is EvidenceSource.POLICY else None
            place = _placed(evidence, reading, clause, staff)
            end = clause.clause.end
            about = subject or (finder.at(index, end, end) if staff else None)
            about = about if about and about.indices else None
            sentence = [one for one in reading.clauses if one.clause.sentence == clause.clause.sentence]
            words = frozenset(word for one in sentence for word in one.lemmas) | topic
            self.units.append(Unit(clause, about, place, words, staff, guard))
            self._add_facts(clause, finder, index, Unit(clause, about, place, words, staff, guard), subject)

    def _add_facts(
        self, clause: ReadClause, finder: SubjectFinder, index: int, unit: Unit, subject: Subject | None
    ) -> None:
        text, offset = clause.clause.text, clause.clause.start
        cores = [quantity.core for quantity in clause.quantities]
        sentence = [one for one in finder.reading.clauses if one.clause.sentence == clause.clause.sentence]
        for raw in clause.quantities:
            quantity = settle(raw, text, "price" if unit.staff else "")
            role = role_of(quantity, text, offset, cores)
            if role is Role.PRICE and not unit.staff and subject is None:
                head = heading(finder.reading.normal.lower, sentence, clause)
                role = (head and role_named(head.clause.text)) or Role.FEE
            if role is Role.MILEAGE and (subject is not None or not unit.staff):
                role = Role.LIMIT
            about = subject or (
                finder.at(index, quantity.start, quantity.end) if unit.staff else self._models(sentence)
            )
            about = (
                about if about and (about.indices or about.customers or (about.unknown and not unit.staff)) else None
            )
            role = Role.TRADE if about and about.customers and role is Role.PRICE else role
            about = None if about and about.customers and role in OF_PURCHASE else about
            about = Subject((), customers=True) if role is Role.TRADE and unit.staff else about
            named = label_in(sentence, clause, quantity.core)
            self.facts.append(Fact(quantity, role, about, unit.evidence, unit.words, unit.staff, unit.guard, named))

    def _models(self, sentence: list[ReadClause]) -> Subject | None:
        """Return the vehicles to which a policy's sentence ties what it gives: "New CX-5: 2.9% APR"."""
        named = [one for clause in sentence for one in clause.mentions if not (one.customers or one.generic)]
        indices = tuple(dict.fromkeys(index for one in named for index in one.matches))
        owners = any("owner" in clause.clause.text for clause in sentence)
        some = 0 < len(indices) < len(self.pack.vehicles) and not owners
        elsewhere = bool(named) and not indices and not owners
        return Subject(indices, True, len(indices) > 1) if some else Subject((), unknown=True) if elsewhere else None

    def admits(self, guard: Guard | None, subject: Subject) -> bool:
        """Tell whether a guard lets its sentence hold of every vehicle of a subject, of any of an unsure one."""
        every = all if subject.sure or subject.every or not subject.indices else any
        return guard is None or every(guard.admits(self.pack.vehicles[index]) for index in subject.indices)


def _placed(evidence: EvidenceView, reading: Reading, clause: ReadClause, staff: bool) -> EvidenceView:
    if not staff:
        return evidence
    start, end = reading.normal.original(clause.clause.start, clause.clause.end)
    return evidence.model_copy(update={"start": start, "end": end})


def matches_subject(fact_subject: Subject | None, subject: Subject) -> bool:
    """Tell whether evidence about one subject speaks of the other; None speaks of all."""
    if fact_subject is None:
        return True
    if fact_subject.unknown and not fact_subject.customers:
        return not subject.indices
    if fact_subject.customers or subject.customers:
        return fact_subject.customers and (subject.customers or not subject.indices)
    return bool(set(fact_subject.indices) & set(subject.indices)) or (not subject.indices and not subject.unknown)


__all__ = ["Fact", "Library", "Unit", "matches_subject"]
