"""Claims with a number: prices, payments, fees, rates, terms, mileages, counts."""

import re
from dataclasses import replace

from api.services.grounding.attribution import customer_wrote, quoted
from api.services.grounding.bearing import (
    HELD,
    admitted,
    beside_rate,
    by_month,
    by_size,
    elsewhere,
    headed,
    latest,
    of_one_quote,
    of_policy,
    of_trade_in,
    only_from,
    other_role,
    outdone,
    parts_shown,
    pointed_at,
)
from api.services.grounding.denials import denied, replaced, short_of
from api.services.grounding.derivations import apart_by_years, derived, inside, of_age
from api.services.grounding.equations import counted, explained
from api.services.grounding.findings import Finding, Scene, subject_text
from api.services.grounding.journeys import of_journey
from api.services.grounding.labels import label_in
from api.services.grounding.ledger import parts_of, same_each
from api.services.grounding.library import Fact, Library, matches_subject
from api.services.grounding.match import agrees, comparable
from api.services.grounding.quantities import Bound, Dimension, Quantity
from api.services.grounding.quantity_text import quantity_text
from api.services.grounding.reading import ReadClause
from api.services.grounding.roles import OF_PURCHASE, Role, kind_of, role_of
from api.services.grounding.sentences import Act
from api.services.grounding.settling import as_asked, counts_nothing, settle
from api.services.grounding.spans import follows_from_hours
from api.services.grounding.subjects import Subject
from api.services.grounding.topics import on_topic
from api.services.grounding.wording import content_lemmas
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_PRICE_TALK = re.compile(
    r"\b(?:price[ds]?|costs?|how much|ask(?:ing)?|listed|going for|pay|otd|out the door|firm|total"
    r"|offer\w*|cash|sell\w*|take|deal|cheap\w*|expensive|what do you want|(?:our|your|the) number)\b|[$€£]"
)
_LENGTH = frozenset(
    {"duration", "length", "long", "period", "month", "term", "maximum", "minimum", "longest", "general"}
)
_LIMITS = content_lemmas("limit allowance maximum cap fine afraid okay sorry yes sure")
_OPEN_LIMIT = (Role.TERM, Role.LIMIT)


class AmountCheck:
    """Checks the quantities of one clause against the evidence."""

    def __init__(self, scene: Scene, index: int, made: dict[int, "AmountCheck"] | None = None) -> None:
        """Settle what each number of clause `index` counts and what it is for; `made` are other clauses' checks."""
        self.scene = scene
        self.made: dict[int, AmountCheck] = {} if made is None else made
        self.made[index] = self
        self.library: Library = scene.library
        self.index = index
        self.clause: ReadClause = scene.reading.clauses[index]
        self.home = self.library.locale.currency
        text, offset = self.clause.clause.text, self.clause.clause.start
        cores = [quantity.core for quantity in self.clause.quantities]
        question = self.library.question
        self.quantities = [
            as_asked(settle(one, self._counting(text), question), self.library.asked_quantities, question)
            for one in self.clause.quantities
        ]
        driven = any(one.dimension is Dimension.DISTANCE for one in self.quantities)
        text = text if driven or self.clause.lemmas - _LENGTH else f"{text} {question} term"
        self.roles = [
            role_of(
                one,
                text if one.dimension is Dimension.MONTHS else self.clause.clause.text,
                offset,
                cores,
                self._topics(),
            )
            for one in self.quantities
        ]
        self.roles = [headed(scene, self.clause, *one) for one in zip(self.roles, self.quantities, strict=True)]
        self.quantities = [
            by_month(self.library, one, role) for one, role in zip(self.quantities, self.roles, strict=True)
        ]
        self.words = self._sentence_words()
        self._labels: dict[tuple[int, int], frozenset[str]] = {}

    def _counting(self, text: str) -> str:
        """Return the clause, or its sentence where the clause does not say what it counts: "more miles: 98,700"."""
        return self._sentence_text() if counts_nothing(text) else text

    def _sentence_text(self) -> str:
        return " ".join(one.clause.text for one in self.scene.sentence(self.clause))

    def _topics(self) -> re.Pattern[str] | None:
        lower = self.scene.reading.normal.lower
        written = {lower[start:end] for start, end, word in self.clause.words if word in self.library.topics}
        return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, written)))})\b") if written else None

    def _sentence_words(self) -> frozenset[str]:
        words = frozenset(word for one in self.scene.sentence(self.clause) for word in one.lemmas)
        words |= HELD if Role.DEPOSIT in self.roles else frozenset()
        if words - _LIMITS:
            return words
        asked = [one for _, reading in self.library.customer_readings[-1:] for one in reading.clauses]
        return words | frozenset(word for one in asked for word in one.lemmas)

    def findings(self) -> list[Finding]:
        """Return a finding for each quantity of the clause."""
        found, made = [], explained(self.scene, self.clause) | parts_of(self.scene, self.clause)
        for quantity, role in zip(self.quantities, self.roles, strict=True):
            bare = quantity.dimension is Dimension.BARE
            if quantity.value in made or (bare and counted(self.scene, self.clause, quantity)):
                reason = "The amount in this sentence is worked out from it."
                found.append(self._finding(quantity, role, Verdict.SUPPORTED, reason))
            elif not bare:
                found.append(self._check(quantity, role))
        return found

    def _finding(
        self, quantity: Quantity, role: Role, verdict: Verdict, reason: str, evidence: EvidenceView | None = None
    ) -> Finding:
        return Finding(self._kind(role), quantity.start, quantity.end, verdict, reason, evidence)

    def _kind(self, role: Role) -> ClaimKind:
        return kind_of(role, self.clause.clause.text)

    def _check(self, quantity: Quantity, role: Role) -> Finding:
        shown = self.scene.text(quantity.start, quantity.end).strip()
        if told := quoted(self.scene, self.clause, quantity):
            reason = f"The customer wrote {shown} and the draft only says so."
            return self._finding(quantity, role, Verdict.SUPPORTED, reason, told)
        subject = self.scene.finder.at(self.index, quantity.start, quantity.end)
        subject = self.library.default if subject.customers and role in OF_PURCHASE else subject
        quantity, role = by_size(self.library, quantity, role, subject)
        role = of_trade_in(self.library, self.clause, quantity, role, subject)
        known = pointed_at(self.library, self.clause, quantity, role, subject) or of_policy(
            self.library, quantity, role, self.words, bool(self.clause.mentions), self._label(quantity)
        )
        known = known or same_each(self.scene, self.clause, quantity)
        if known:
            return self._granted(quantity, known.role, subject, known, shown)
        if role is Role.TRADE:
            subject = Subject((), customers=True)
        follows = self._follows(quantity, role, subject)
        if follows:
            reason = f"{shown} follows from the {follows[0]}."
            return self._finding(quantity, role, Verdict.SUPPORTED, reason, follows[1])
        facts = self._facts(quantity, role, subject)
        below = short_of(self.clause, quantity)
        regular = replaced(self.clause, quantity) and not customer_wrote(self.scene, quantity)
        if below is quantity and not regular and denied(self.clause, quantity):
            return self._denied(quantity, role, facts, shown)
        quantity = below
        fact = self._support(quantity, role, subject, facts)
        other = other_role(self.clause, role, self._sentence_text()) if fact is None else None
        if other:
            fact = self._support(quantity, other, subject, self._facts(quantity, other, subject))
        if fact is None:
            return self._refused(quantity, role, subject, facts, shown)
        return self._granted(quantity, role, subject, fact, shown)

    def _label(self, quantity: Quantity) -> frozenset[str]:
        if quantity.core not in self._labels:
            self._labels[quantity.core] = label_in(self.scene.sentence(self.clause), self.clause, quantity.core)
        return self._labels[quantity.core]

    def _follows(self, quantity: Quantity, role: Role, subject: Subject) -> tuple[str, EvidenceView] | None:
        """Return what a span of time follows from: the opening hours, or the model years of two vehicles."""
        if role is Role.DURATION and follows_from_hours(self.scene, self.clause, quantity):
            return "hours", EvidenceView(source=EvidenceSource.DEALERSHIP, id="dealership", field="hours")
        way = of_journey(self.scene, self.clause, quantity)
        if way:
            return "distance that the customer or a policy names", way
        vehicle = apart_by_years(self.scene, self.clause, quantity, subject)
        vehicle = of_age(self.scene, self.clause, quantity, subject) if vehicle is None else vehicle
        if vehicle is None:
            return None
        name = str(self.library.pack.vehicles[vehicle].get("id", vehicle))
        return "model years", EvidenceView(source=EvidenceSource.VEHICLE, id=name, field="year")

    def _denied(self, quantity: Quantity, role: Role, facts: list[Fact], shown: str) -> Finding:
        """Judge "not $600": red where the evidence has just that, right where it has another."""
        words = self.scene.reading.normal.lower[quantity.start : quantity.end]
        same = [one for one in facts if agrees(quantity, one.quantity, self.home, words)]
        same += [one for one in facts if role is Role.TERM and inside(self.library, self.clause, quantity, one)]
        if same:
            where = same[0].evidence
            return self._finding(quantity, role, Verdict.UNSUPPORTED, f"Your own records do say {shown}.", where)
        own = customer_wrote(self.scene, quantity)
        other = next((fact.evidence for fact in facts if fact.role is role), None) or own
        verdict = Verdict.SUPPORTED if other else Verdict.UNCERTAIN
        return self._finding(quantity, role, verdict, f"No record or policy says {shown} either.", other)

    def _granted(self, quantity: Quantity, role: Role, subject: Subject, fact: Fact, shown: str) -> Finding:
        source = {
            EvidenceSource.MESSAGE: "an earlier message of staff",
            EvidenceSource.POLICY: "the dealership's policies",
        }.get(fact.evidence.source, "the record")
        if role is Role.RATE and only_from(self.scene.sentence(self.clause), quantity, fact):
            reason = f"A policy gives {shown} as the lowest rate, on approval; not as this customer's."
            return self._finding(quantity, role, Verdict.UNSUPPORTED, reason, fact.evidence)
        if (
            not subject.sure
            and fact.subject is not None
            and not parts_shown(self.scene.sentence(self.clause), quantity, fact)
        ):
            reason = f"It is not clear which vehicle {shown} is about."
            return self._finding(quantity, role, Verdict.UNCERTAIN, reason, fact.evidence)
        if quantity.ambiguous:
            return self._finding(quantity, role, Verdict.UNCERTAIN, f"{shown} can be read in two ways.", fact.evidence)
        if quantity.spoken_short and not _PRICE_TALK.search(self.clause.clause.text + " " + self.library.question):
            reason = f"It is not clear that {shown} is a price."
            return self._finding(quantity, role, Verdict.UNCERTAIN, reason, fact.evidence)
        stale = fact.evidence.source is EvidenceSource.VEHICLE and any(map(self.library.stale, subject.indices))
        if stale:
            reason = "Nobody has confirmed this vehicle's record for 14 days."
            return self._finding(quantity, role, Verdict.UNCERTAIN, reason, fact.evidence)
        return self._finding(quantity, role, Verdict.SUPPORTED, f"{shown} stands in {source}.", fact.evidence)

    def _refused(self, quantity: Quantity, role: Role, subject: Subject, facts: list[Fact], shown: str) -> Finding:
        known = next((fact for fact in facts if fact.role is role), facts[0] if facts else None)
        if meant := elsewhere(self.library, self.clause, quantity, role, known, self.words):
            verdict = Verdict.SUPPORTED if meant.guard else Verdict.UNCERTAIN
            reason = f"{shown} stands in a policy{'' if meant.guard else ', but maybe of something else'}."
            return self._finding(quantity, role, verdict, reason, meant.evidence)
        soft = self._kind(role) in (ClaimKind.WARRANTY_OR_SERVICE, ClaimKind.HISTORY_OR_CONDITION)
        if known is None:
            verdict = Verdict.UNCERTAIN if soft else Verdict.UNSUPPORTED
            return self._finding(quantity, role, verdict, f"No record, policy or message of your team says {shown}.")
        right = quantity_text(known.quantity, self.home)
        where = {
            EvidenceSource.MESSAGE: "An earlier message of your team says",
            EvidenceSource.POLICY: "The policy says",
        }.get(known.evidence.source, f"The record of {subject_text(self.library, subject)} says")
        reason = f"{where} {right}, not {shown}."
        return self._finding(quantity, role, Verdict.UNSUPPORTED, reason, known.evidence)

    def _facts(self, quantity: Quantity, role: Role, subject: Subject) -> list[Fact]:
        """Return the facts that may bear the quantity out: same dimension and role, of the subject, on the topic."""
        found = []
        named = self._label(quantity)
        for fact in self.library.facts:
            if not comparable(quantity, fact.quantity) or not on_topic(fact, role, quantity, self.words, named):
                continue
            if matches_subject(fact.subject, subject) and admitted(self.library, self.clause, fact, subject):
                found.append(fact)
        named = [one for one, other in zip(self.quantities, self.roles, strict=True) if other is Role.RATE]
        found = beside_rate(self.library, named, found) if role is Role.TERM else found
        holds = role is Role.DURATION and Role.DEPOSIT in self.roles
        found = [one for one in found if holds and one.words & HELD] or found
        if quantity.bound is Bound.EXACT:
            found = of_one_quote(self.library, self.scene.sentence(self.clause), role, found)
        return latest(found, role, self.clause.clause.text)

    def _support(self, quantity: Quantity, role: Role, subject: Subject, facts: list[Fact]) -> Fact | None:
        words = self.scene.reading.normal.lower[quantity.start : quantity.end]
        told = any(fact.staff and fact.role is role for fact in facts)
        for reading in quantity.readings:
            one = replace(quantity, readings=(reading,))
            agreeing = [
                fact
                for fact in facts
                if agrees(one, fact.quantity, self.home, words)
                or (role in _OPEN_LIMIT and not told and inside(self.library, self.clause, one, fact))
            ]
            named = self._label(quantity) | (HELD if role is Role.DEPOSIT else frozenset())
            agreeing = [one for one in agreeing if not outdone(self.library, named, one, quantity)]
            direct = self._of_all(agreeing, subject, quantity)
            if direct:
                return direct
        return derived(self.scene, self.clause, (quantity, role), subject, self._named)

    def _of_all(self, agreeing: list[Fact], subject: Subject, quantity: Quantity) -> Fact | None:
        """Ask that a value said of a whole group holds of each of its vehicles, a range's end of one."""
        ends = (Bound.LOW_END, Bound.HIGH_END)
        if not agreeing or not subject.every or quantity.bound in ends or quantity.bound in (Bound.ABOVE, Bound.BELOW):
            return agreeing[0] if agreeing else None
        covered = {index for fact in agreeing for index in (fact.subject.indices if fact.subject else subject.indices)}
        return agreeing[0] if covered >= set(subject.indices) else None

    def _named(self) -> list[tuple[Role, Quantity]]:
        named = []
        for index, clause in enumerate(self.scene.reading.clauses):
            if clause.clause.sentence == self.clause.clause.sentence and clause.clause.act is not Act.ASKS:
                other = self.made.get(index) or AmountCheck(self.scene, index, self.made)
                named += list(zip(other.roles, other.quantities, strict=True))
        return named


__all__ = ["AmountCheck"]
