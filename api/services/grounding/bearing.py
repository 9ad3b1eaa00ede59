"""Which trusted amounts may bear on a stated one: by the words beside it, the rate beside it, the car it is about."""

import re
from dataclasses import replace

from api.services.grounding.findings import Scene
from api.services.grounding.labels import heading
from api.services.grounding.library import Fact, Library, matches_subject
from api.services.grounding.match import agrees
from api.services.grounding.quantities import Bound, Dimension, Quantity
from api.services.grounding.reading import ReadClause
from api.services.grounding.roles import Role, role_named
from api.services.grounding.subjects import Subject
from api.services.grounding.wording import content_lemmas
from models.claims import EvidenceSource

_REACH = 3
_LISTED = re.compile(
    r"\b(?:from \W*[\d.,]+|list(?:ed)?|sticker|original(?:ly)?|was|msrp|regular|before|instead of"
    r"|down from|advertised)\b"
)
_OF_QUOTE = re.compile(r"\bquot\w+|\byours?\b|\bit was\b|\bthat (?:was|is)\b")
_POINTING = re.compile(r"\b(?:your|our|the|that|this|those) $")
_COMPARED = re.compile(r"\b(?:cheaper|less|more|lower|below|under|than|apart|saves?)\b")
_PERSONAL = re.compile(
    r"\byou(?:'d|'ll|'ve| would| will| can| could|'re| are)? (?:get|have|got|pay|be (?:paying|getting|at)"
    r"|qualif\w+|receive|lock|borrow|finance|are at)|\byour (?:\w+ )?(?:rate|apr|loan|financing)\b"
    r"|\b(?:give|offer|get|do|put|finance) (?:it for )?you\b|\bfor you\b|\byours\b|\bi'll (?:set|lock)"
)
_CONDITION = re.compile(
    r"\b(?:approv\w+|qualif(?:y|ied|ying)|credit|lenders?|bank|from|start\w*|low as|lowest|depend\w*|subject|if|best"
    r"|up to|may|might|could|estimate\w*|example)\b"
)
_KEPT = re.compile(
    r"\b(?:hold\w*|reserv\w+|aside|keeps?|kept|refund\w*|returned|get it back|back|off the (?:market|lot)|to think"
    r"|yours|secures?)\b"
)
HELD = content_lemmas("deposit hold reserve reservation reserved")
_FRONTED = re.compile(r"\W*(?:(?:and|so|but) )?at $")
_THEN = re.compile(r",? (?:it|this one|that one|this|the (?!down))")
_OWN = re.compile(r"'s (?:price of |full |current |listed )?")
_CHARGED = re.compile(r"\s*(?:\w+ )?(?:deposit|down|discount|rebate|fee|off|credit|payment|offer|trade|a month|per)\b")
_RANGE = re.compile(r"\brange\b")
_DRIVEN = re.compile(r"\b(?:odometer|mileage|driven|clock|on (?:it|her|him)|fewer|more|less)\b")
_WITHHELD = re.compile(r"\bwarranty (?:doesn't|does not|won't|will not|wouldn't) (?:apply|cover|extend)\b")
_KEPT_OVER = re.compile(r"\b(?:keep|pocket|sav(?:e|ed|ing)|spare|left over|difference|gap)\b")
_PRICE_ASKED = re.compile(r"\b(?:price[ds]?|costs?|how much|ask(?:ing)?|listed|going for|otd|out the door)\b")


def by_size(library: Library, quantity: Quantity, role: Role, subject: Subject) -> tuple[Quantity, Role]:
    """Take a number with no sign and no unit for the mileage or the price where the record has it as the other."""
    swapped = {Role.PRICE: (Role.MILEAGE, Dimension.DISTANCE), Role.MILEAGE: (Role.PRICE, Dimension.MONEY)}
    signed = quantity.start < quantity.core[0] or quantity.end > quantity.core[1]
    written = quantity.unit and signed
    if written or role not in swapped or quantity.dimension not in (Dimension.MONEY, Dimension.DISTANCE):
        return quantity, role
    other, dimension = swapped[role]
    turned = replace(quantity, dimension=dimension, unit="")

    def held(one: Quantity, what: Role) -> bool:
        home = library.locale.currency
        facts = [fact for fact in library.facts if fact.role is what and matches_subject(fact.subject, subject)]
        return any(agrees(one, fact.quantity, home) for fact in facts)

    return (turned, other) if not held(quantity, role) and held(turned, other) else (quantity, role)


def of_trade_in(library: Library, clause: ReadClause, quantity: Quantity, role: Role, subject: Subject) -> Role:
    """Take an amount as staff's offer for the customer's car where no vehicle of the pack is spoken of."""
    offered = any(fact.role is Role.TRADE and fact.staff for fact in library.facts)
    if role is not Role.PRICE or not offered or (clause.mentions and subject.indices):
        return role
    if any(fact.quantity.value == quantity.value and not fact.subject for fact in library.facts):
        return role
    if any(fact.role is role and fact.quantity.value == quantity.value for fact in library.facts):
        return role
    asked = [one for _, reading in library.customer_readings[-1:] for one in reading.clauses]
    ours = any(mention.matches for one in asked for mention in one.mentions)
    bare = not clause.mentions and not ours and not _PRICE_ASKED.search(library.question)
    return Role.TRADE if bare or (clause.mentions and not subject.indices) else role


def other_role(clause: ReadClause, role: Role, sentence: str = "") -> Role | None:
    """Return what an amount may be besides: a distance the mileage, "$300 cheaper" a difference; else None.

    What is put down so that a vehicle is kept, or comes back, is a deposit; `sentence` is the clause's whole sentence.
    """
    if role is Role.DOWN and _KEPT.search(sentence):
        return Role.DEPOSIT
    if role is Role.LIMIT:
        return Role.MILEAGE
    if role is Role.PRICE and _KEPT_OVER.search(clause.clause.text) and _COMPARED.search(sentence):
        return Role.DIFFERENCE
    return Role.DIFFERENCE if role is Role.DISCOUNT and _COMPARED.search(clause.clause.text) else None


def outdone(library: Library, words: frozenset[str], fact: Fact, quantity: Quantity) -> bool:
    """Tell whether the words beside an amount name another amount of the policies, not this one."""
    if fact.subject or quantity.dimension is not Dimension.MONEY or not fact.label:
        return False
    topic = content_lemmas(str(fact.evidence.id).replace("_", " ").lower())
    words = words - topic if any(_beside(one, fact) and one.label & words - topic for one in library.facts) else words
    if fact.label & words:
        return False
    others = [one for one in library.facts if one.quantity.dimension is Dimension.MONEY and not one.subject]
    return any(one.label & words and one.quantity.value != fact.quantity.value for one in others)


def _beside(one: Fact, other: Fact) -> bool:
    """Tell whether two amounts stand in one policy."""
    alike = one.quantity.dimension is other.quantity.dimension
    return alike and one.evidence == other.evidence and one.quantity.value != other.quantity.value


def beside_rate(library: Library, named: list[Quantity], terms: list[Fact]) -> list[Fact]:
    """Keep, where the clause names a known rate, only the terms that are given with that rate."""
    rates = [fact for fact in library.facts if fact.role is Role.RATE]
    home = library.locale.currency
    known = [fact for fact in rates if any(agrees(one, fact.quantity, home) for one in named)]
    return [fact for fact in terms if any(fact.words == other.words for other in known)] if known else terms


def of_one_quote(library: Library, sentence: list[ReadClause], role: Role, facts: list[Fact]) -> list[Fact]:
    """Keep, where a sentence gives a payment that staff quoted, only what the same message quotes with it.

    Args:
        library: The evidence.
        sentence: The clauses that state the value.
        role: What the value is for; a rate, a term or a down payment belongs to its payment.
        facts: The trusted values that may bear it out.
    """
    if role not in (Role.RATE, Role.TERM, Role.DOWN):
        return facts
    stated = {one.value for clause in sentence for one in clause.quantities}
    quotes = {
        one.evidence.id
        for one in library.facts
        if one.staff and one.role is Role.MONTHLY and one.quantity.value in stated
    }
    kept = [one for one in facts if one.staff and one.role is role and one.evidence.id in quotes]
    return kept or facts


def admitted(library: Library, clause: ReadClause, fact: Fact, subject: Subject) -> bool:
    """Tell whether a fact's condition holds of the subject, or the clause says that it does not apply to it."""
    return bool(_WITHHELD.search(clause.clause.text)) or library.admits(fact.guard, subject)


def only_from(sentence: list[ReadClause], quantity: Quantity, fact: Fact) -> bool:
    """Tell whether a rate that policies give as the lowest is promised to the customer, with no condition."""
    text = " ".join(one.clause.text for one in sentence)
    open_rate = fact.quantity.bound in (Bound.ABOVE, Bound.LOW_END) and quantity.bound is Bound.EXACT
    return not fact.staff and open_rate and bool(_PERSONAL.search(text)) and not _CONDITION.search(text)


def _of_car(clause: ReadClause, quantity: Quantity) -> bool:
    """Tell whether an amount stands before a vehicle's name as its price, or behind it as its own."""
    text, offset = clause.clause.text, clause.clause.start
    start, end = quantity.start - offset, quantity.end - offset
    named = [(one.start - offset, one.end - offset) for one in clause.mentions if one.matches and not one.generic]
    if _FRONTED.fullmatch(text, 0, start) and _THEN.match(text, end):
        return True
    before = any(text[end:low].isspace() and not _CHARGED.match(text, high) for low, high in named)
    behind = any(_OWN.fullmatch(text, high, start) for _, high in named) and not _CHARGED.match(text, end)
    return behind or (before and bool(re.search(r"\b(?:the|our|this|that|an?) $", text[:start])))


def headed(scene: Scene, clause: ReadClause, role: Role, quantity: Quantity) -> Role:
    """Take an amount under a heading that names a charge for that charge: "Shipping: $150, ...".

    "The $19,450 Outback" and "the Sentra's $8,450" are prices whatever else the clause speaks of.
    """
    if quantity.dimension is Dimension.MONEY and quantity.unit and _of_car(clause, quantity):
        return Role.PRICE
    head = heading(scene.reading.normal.lower, scene.sentence(clause), clause)
    if role is Role.MILEAGE and any(_RANGE.search(one.clause.text) for one in scene.sentence(clause)):
        return Role.MILEAGE if _DRIVEN.search(clause.clause.text) else Role.LIMIT
    if role is not Role.PRICE or head is None:
        return role
    named = role_named(head.clause.text)
    charged = head.lemmas & scene.library.topics
    return named or (Role.FEE if charged else role)


def pointed_at(library: Library, clause: ReadClause, quantity: Quantity, role: Role, subject: Subject) -> Fact | None:
    """Return the trusted charge that "your $250" or "that $300" points at, where nothing else says what it is for."""
    before = clause.clause.text[: max(0, quantity.start - clause.clause.start)]
    if role not in (Role.PRICE, Role.FEE) or quantity.dimension is not Dimension.MONEY or not _POINTING.search(before):
        return None
    charges = {Role.DEPOSIT, Role.FEE, Role.DOWN, Role.DISCOUNT, Role.TRADE} - {role}
    fitting = [one for one in library.facts if one.role in charges and (one.subject is None or one.staff)]
    if role is Role.FEE:
        fitting = [one for one in library.facts if one.role is Role.PRICE and matches_subject(one.subject, subject)]
    return next((one for one in fitting if one.quantity.value == quantity.value), None)


def of_policy(
    library: Library, quantity: Quantity, role: Role, words: frozenset[str], named: bool, label: frozenset[str]
) -> Fact | None:
    """Return the policy's amount or share that a sentence repeats in the policy's words, not as a price or a rate.

    Args:
        library: The evidence.
        quantity: The stated amount or share.
        role: The role that the clause alone suggests.
        words: The content words of the sentence.
        named: Whether the clause names a vehicle; then a word of the amount's own label is asked for.
        label: The words right beside the stated amount, everyday ones too.
    """
    share = quantity.dimension is Dimension.PERCENT and role in (Role.RATE, Role.DOWN)
    if not share and (role is not Role.PRICE or quantity.dimension is not Dimension.MONEY):
        return None
    for fact in library.facts:
        same = fact.quantity.dimension is quantity.dimension and fact.quantity.value == quantity.value
        near = fact.label if named else fact.words
        trusted = fact.subject is None and not fact.staff and fact.role is not Role.RATE
        told = near & words or (not named and fact.label & label)
        if same and trusted and told and not outdone(library, words, fact, quantity):
            return fact
    return None


def parts_shown(sentence: list[ReadClause], quantity: Quantity, fact: Fact) -> bool:
    """Tell whether an amount is worked out from another of its sentence, which then says what it is about."""
    stated = {one.value for clause in sentence for one in clause.quantities}
    return quantity.value != fact.quantity.value and fact.quantity.value in stated


def latest(facts: list[Fact], role: Role, text: str) -> list[Fact]:
    """Drop what an offer of staff overrides: older messages, and the list price unless it is called that."""
    staff = [fact for fact in facts if fact.staff and fact.role is role]
    if not staff or role not in (
        Role.PRICE,
        Role.DISCOUNT,
        Role.MONTHLY,
        Role.TRADE,
        Role.RATE,
        Role.DOWN,
        Role.TERM,
    ):
        return facts
    if role is Role.TERM:
        return staff if _OF_QUOTE.search(text) else facts
    newest = staff[-1].evidence.id
    kept = [fact for fact in facts if not fact.staff or fact.evidence.id == newest or fact.role is not role]
    if role is Role.PRICE and not _LISTED.search(text):
        kept = [fact for fact in kept if fact.staff or fact.role is not Role.PRICE]
    return sorted(kept, key=lambda fact: not fact.staff)


def by_month(library: Library, quantity: Quantity, role: Role) -> Quantity:
    """Read "the payment is $352" as a month's, where the evidence has payments of that size."""
    known = [fact.quantity.value for fact in library.facts if fact.role is Role.MONTHLY]
    near = any(value / _REACH < quantity.value < value * _REACH for value in known)
    fits = role is Role.MONTHLY and quantity.dimension is Dimension.MONEY and near
    return replace(quantity, dimension=Dimension.MONTHLY) if fits else quantity


_MEASURES = frozenset({Role.DURATION, Role.LIMIT})


def elsewhere(
    library: Library, clause: ReadClause, quantity: Quantity, role: Role, known: Fact | None, words: frozenset[str]
) -> Fact | None:
    """Return another policy's fact of that very time or way, which the words fit no worse than the one that differs.

    What a policy gives under a condition counts only where the clause denies it.
    """
    if role not in _MEASURES or (known and known.evidence.source is not EvidenceSource.POLICY):
        return None
    whole: dict[str, frozenset[str]] = {}
    for unit in library.units:
        whole[unit.evidence.id] = whole.get(unit.evidence.id, frozenset()) | unit.words
    fit = max(1, len(whole.get(known.evidence.id, known.words) & words) if known else 0)
    same = [one for one in library.facts if one.evidence.source is EvidenceSource.POLICY and one.role in _MEASURES]
    same = [one for one in same if one.guard is None or len(clause.clause.negators) % 2]
    same = [one for one in same if known is None or one.evidence.id != known.evidence.id]
    same = [one for one in same if agrees(quantity, one.quantity, library.locale.currency)]
    return next((one for one in same if len(whole[one.evidence.id] & words) >= fit), None)


__all__ = [
    "HELD",
    "admitted",
    "beside_rate",
    "by_month",
    "by_size",
    "elsewhere",
    "headed",
    "latest",
    "of_one_quote",
    "of_policy",
    "of_trade_in",
    "only_from",
    "other_role",
    "outdone",
    "parts_shown",
    "pointed_at",
]
