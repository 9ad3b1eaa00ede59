"""What becomes of a charge: there is none, the price holds it, or it comes on top; and do the policies say the same."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from api.services.grounding.charges import charges, names
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.quantities import Dimension
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.wording import content_lemmas
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict


class Term(StrEnum):
    """What becomes of a charge."""

    NONE = "none"
    INSIDE = "inside"
    ON_TOP = "on top"


@dataclass(frozen=True)
class Told:
    """A charge with what a text says of it; `rest` marks "no other fees", offsets count from the text's start."""

    start: int
    end: int
    what: str
    term: Term
    rest: bool = False
    price: bool = False


_TAX = r"(?:sales |road )?tax(?:es)?|vat|gst|hst|qst|pst"
_NAMES = (
    rf"{_TAX}|(?:doc(?:ument(?:ation|ary)?)?|admin(?:istrati(?:on|ve))?|prep(?:aration)?|processing|handling|dealer"
    r"|service|delivery|shipping|transport|destination|title|registration|licen[sc](?:e|ing)|tags?|plates?|finance"
    r"|reservation|preparation)"
)
_SUM = r"(?:fees?|charges?)"
_ITEM = (
    rf"(?:(?:the|our|any|an?|all) )?(?:(?:{_NAMES})(?: (?:{_SUM}|costs?))?"
    rf"|(?:(?:other|further|additional|extra|more) )?{_SUM})(?: (?:of )?[\d.]+ ?%)?"
)
_ITEMS = rf"{_ITEM}(?:(?:, | and | or | nor |, and |, or | ?/ ?)(?:[\d.]+ ?% )?{_ITEM})*(?!\w)"
_LIST = rf"(?P<what>{_ITEMS})"
_BESIDES = rf"(?P<rest>,? (?:besides|except(?: for)?|apart from|other than|beyond|but) {_ITEMS})?"
_IS = r"(?:(?: (?:is|are|was|comes?|gets?|being|will be|would be|has been)|'s|'re))?"
_ADVERBS = r"(?: (?:all|also|already|both|always|still|just|of course|each|naturally|by the way))*"
_NOT_IS = r"(?: (?:is|are|was)(?:n't| not)|'s not|'re not| not)"
_HELD = (
    r"(?:includ\w+|(?:in|inside|part of|within|covered by|(?:counted|built|baked|wrapped|figured|factored) in(?:to)?"
    r"|contained in) (?:(?:the|that|this|our|your) )?(?:\w+ )?(?:price|figure|amount|number|total|it|that"
    r"|there)|inside|in(?=\W*$))\b"
)
_BEYOND = r"(?:extra|on top|in addition|added|additional|separate(?:ly)?|excluded|not part of)\b"
_PRICE = re.compile(r"\bprices?\b")
_OF_PRICE = re.compile(r"\bprices?(?: (?:already|also|of [^a-z]+))* $")
_PATTERNS = (
    (
        Term.NONE,
        re.compile(
            rf"\b(?:no|zero|(?:don't|do not|never|doesn't|won't) charge(?: you)?) {_LIST}"
            rf"(?!{_IS}{_ADVERBS} {_HELD}|(?: (?:is|are|comes?)|'s|'re)\b){_BESIDES}"
        ),
    ),
    (Term.ON_TOP, re.compile(rf"\b{_LIST}{_NOT_IS}{_ADVERBS} {_HELD}")),
    (Term.ON_TOP, re.compile(rf"\b{_LIST}{_IS}{_ADVERBS} {_BEYOND}")),
    (Term.ON_TOP, re.compile(rf"\b(?:plus|excluding|not including|exclusive of|before) {_LIST}")),
    (Term.INSIDE, re.compile(rf"\b{_LIST}{_IS}{_ADVERBS} {_HELD}")),
    (Term.INSIDE, re.compile(rf"\b(?:includ(?:es?|ing)|inclusive of)(?: all)? {_LIST}")),
)
_FEE = r"(?:fees?|charges?|costs?)"
_SINGLE = re.compile(
    rf"(?:(?P<rest>other|further|additional|extra|more) )?(?:(?P<name>{_NAMES})(?: {_FEE})?|(?P<any>{_FEE}))\b"
)
_TAXES = frozenset({"tax", "vat", "gst", "hst", "qst", "pst", "sales tax"})
_ANY = frozenset({"fee", "charge"})


def told_terms(text: str) -> Iterator[Told]:
    """Yield each charge of a lower-case text of which it says whether it is charged, and how."""
    left = text
    for term, pattern in _PATTERNS:
        for match in pattern.finditer(left):
            left = left[: match.start()] + "\0" * (match.end() - match.start()) + left[match.end() :]
            priced = bool(_PRICE.search(match.group()) or _OF_PRICE.search(text, 0, match.start()))
            others = bool(match.groupdict().get("rest"))
            for one in _SINGLE.finditer(text, *match.span("what")):
                rest = others or bool(one["rest"])
                name = _singular(one["name"] or one["any"])
                yield Told(match.start(), match.end(), name, term, rest, priced)


def _singular(name: str) -> str:
    name = name.replace("taxes", "tax")
    return name.rstrip("s") if name.endswith(("fees", "charges", "tags", "plates")) else name


def _same(one: str, other: str) -> bool:
    if one == other or {one, other} <= _ANY:
        return True
    if {one, other} <= _TAXES:
        return "tax" in (one, other)
    return bool(names(content_lemmas(one), content_lemmas(other)))


def _known(scene: Scene) -> list[tuple[Told, EvidenceView]]:
    """Return what policies and approved responses say of charges."""
    trusted = (EvidenceSource.POLICY, EvidenceSource.CANNED_RESPONSE)
    units = [one for one in scene.library.units if one.evidence.source in trusted and one.guard is None]
    return [(told, unit.evidence) for unit in units for told in told_terms(unit.clause.clause.text)]


def _amount(scene: Scene, told: Told) -> EvidenceView | None:
    """Return the policy that asks money for a charge, under no condition, or None."""
    words = content_lemmas(told.what)
    asked = (one for one in charges(scene) if one.quantity.value and one.guard is None and names(words, one.label))
    return next((one.evidence for one in asked), None)


def _judged(scene: Scene, told: Told, known: list[tuple[Told, EvidenceView]]) -> tuple[bool, EvidenceView] | None:
    """Return whether the policies bear out what is said of a charge, with the policy; None where they don't tell."""
    for other, evidence in known:
        if _same(told.what, other.what) and told.term is other.term and (told.rest or not other.rest):
            return True, evidence
    plain = told.price or (told.term is Term.INSIDE and _list_prices_only(scene))
    against = next((evidence for other, evidence in known if _against(replace(told, price=plain), other)), None)
    asked = _amount(scene, told) if told.term is Term.NONE or (told.term is Term.INSIDE and plain) else None
    if told.term is Term.ON_TOP and against is None:
        extra = _amount(scene, told)
        return (True, extra) if extra else None
    evidence = against or asked
    return (False, evidence) if evidence else None


def _list_prices_only(scene: Scene) -> bool:
    """Tell whether every amount in play is a list price or a charge, so that "it is in there" speaks of a price."""
    library = scene.library
    prices = {one.quantity.value for one in library.facts if not one.staff}
    asked = [reading for _, reading in library.customer_readings[-1:]]
    clauses = [clause for one in (scene.reading, *asked) for clause in one.clauses]
    clauses += [unit.clause for unit in library.units if unit.staff]
    amounts = [one for clause in clauses for one in clause.quantities if one.dimension is Dimension.MONEY]
    return all(one.value in prices for one in amounts)


def _against(told: Told, other: Told) -> bool:
    if told.what in _ANY or not _same(told.what, other.what):
        return False
    clash = {Term.NONE, Term.ON_TOP}, {Term.INSIDE, Term.ON_TOP}
    return {told.term, other.term} in clash and (told.term is not Term.INSIDE or told.price)


def _condition(scene: Scene, told: Iterable[Told]) -> bool:
    """Tell whether a policy drops one of the charges for some customers."""
    words = frozenset(word for one in told for word in content_lemmas(one.what))
    return any("waiv" in unit.clause.clause.text and names(words, unit.words) for unit in scene.library.units)


def charge_findings(scene: Scene, clause: ReadClause) -> list[Finding]:
    """Return what a clause says of charges, checked; nothing where the policies don't tell of all and deny none."""
    told = list(told_terms(clause.clause.text))
    if not told or _condition(scene, told):
        return []
    known = _known(scene)
    judged = [(one, _judged(scene, one, known)) for one in told]
    wrong = [(one, verdict[1]) for one, verdict in judged if verdict and not verdict[0]]
    if wrong:
        return [_finding(clause, (one.start, one.end), False, evidence) for one, evidence in wrong]
    right = [verdict[1] for _, verdict in judged if verdict]
    place = (min(one.start for one in told), max(one.end for one in told))
    return [_finding(clause, place, True, right[0])] if len(right) == len(told) else []


def _finding(clause: ReadClause, place: tuple[int, int], right: bool, evidence: EvidenceView) -> Finding:
    start, end = (clause.clause.start + one for one in place)
    reason = "The policy says so." if right else "A policy says otherwise of this charge."
    verdict = Verdict.SUPPORTED if right else Verdict.UNSUPPORTED
    return Finding(ClaimKind.FEE_OR_TOTAL, start, end, verdict, reason, evidence)


def check_charges(scene: Scene) -> list[Finding]:
    """Check what a text says that becomes of each charge: there is none, it is in the price, it comes on top."""
    stated = (clause for clause in scene.reading.clauses if clause.clause.act is Act.STATES)
    return [finding for clause in stated for finding in charge_findings(scene, clause)]


def less_settled(clause: ReadClause, findings: list[Finding]) -> ReadClause:
    """Drop the negators that charges already checked account for: "no admin fee" denies nothing beside it."""
    settled = [one for one in findings if one.kind is ClaimKind.FEE_OR_TOTAL and one.verdict is Verdict.SUPPORTED]
    kept = tuple(place for place in clause.clause.negators if not any(one.start <= place < one.end for one in settled))
    return replace(clause, clause=replace(clause.clause, negators=kept))


__all__ = ["Term", "Told", "charge_findings", "check_charges", "less_settled", "told_terms"]
