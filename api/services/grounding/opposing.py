"""How a trusted sentence denies some words: it refuses them, rules their idea out, or says them of somebody else."""

import re

from api.services.grounding.concepts import excluded
from api.services.grounding.library import Unit
from api.services.grounding.reading import ReadClause
from api.services.grounding.refused import refused
from api.services.grounding.wording import lemma

_SHARE = 0.6
_SHORT = 4
_SUPPOSES = re.compile(r"\W*(?:even )?(?:if|when|unless|once|should|in case)\b")
EVERYDAY = frozenset(
    {
        "vehicle",
        "sal",
        "finance",
        "credit",
        "offer",
        "cost",
        "month",
        "hold",
        "free",
        "include",
        "approved",
        "request",
        "return",
        "deposit",
    }
)


PADDING = frozenset(
    lemma(word)
    for word in re.findall(
        r"\w+",
        "whole entire complete own simple simply sell sold buy bought purchase purchasing part piece customer"
        " buyer client people person folk allow permit let provide do serve apply item kind sort type place world"
        " case fact situation event beside outside policy rule standard general normal shopping possible anybody"
        " whatever credit sale offer cost month request vehicle choice choose expect arrange accept beforehand"
        " ahead nice nicely gladly happily truly fully completely entirely just big small little workshop initial later"
        " afterward save drive borrow use lend lent hand leave receive against driver forget remember sign promised"
        " promise agreed freshly built fitted installed equipped aboard inside area zone radius range",
    )
)
_COMES_WITH = re.compile(
    r"\b(?:every|each) (?:\w+ )?\w+ (?:we sell )?(?:is|gets|receives|passes|has been) \w"
    r"|\b(?:comes?|supplied|delivered|handed over|provided|sold) with (?!you|us|me)"
)
HANGERS = frozenset({"free", "include"})
_US = frozenset({"us", "we", "our", "me", "dealer", "dealership", "staff", "team", "appointment", "you", "check"})
_IDEAS = frozenset({"alone", "accompany", "walkin", "byappointment", "return", "refund", "lastchance"}) | {
    "withheld",
    "softcheck",
    "hardcheck",
    "scoresafe",
    "scorehurt",
    "online",
    "inperson",
}


def polarity(clause: ReadClause) -> bool:
    """Tell whether a clause denies what it speaks of."""
    return len(clause.clause.negators) % 2 == 1


def denied_words(clause: ReadClause) -> frozenset[str]:
    """Return the first content words after the last negator, else those before it: what the clause denies."""
    if not clause.clause.negators:
        return frozenset()
    after = [word for _, end, word in clause.words if end > clause.clause.negators[-1]]
    return frozenset(after[:3] or [word for _, _, word in clause.words][-3:])


def before_denial(unit: Unit, words: frozenset[str]) -> bool:
    """Tell whether a sentence says the words before it denies others: "exchanged, never refunded"."""
    clause = unit.clause
    if len(clause.clause.negators) != 1:
        return False
    cut = clause.clause.negators[0]
    without = clause.clause.text[cut - clause.clause.start :].startswith("without")
    if not without and "," not in clause.clause.text:
        return False
    shared = [start for start, _, word in clause.words if word in words]
    text = clause.clause.text[: cut - clause.clause.start]
    return bool(shared) and max(shared) < cut and (without or text.rstrip().endswith((",", ", but")))


def _excludes(words: frozenset[str], unit: Unit) -> bool:
    """Tell whether a sentence names the opposite of an idea: "by appointment" of "walk in"."""
    said = unit.words | ({"include"} if _COMES_WITH.search(unit.clause.clause.text) else frozenset())
    ruled_out = excluded(words) & said - denied_words(unit.clause)
    if not ruled_out:
        return False
    beside = frozenset(word for word in words if not excluded(frozenset({word})) & said) - PADDING
    return bool(words & unit.words - EVERYDAY) or not words - _IDEAS or (bool(beside) and beside <= unit.words)


_AGENT = re.compile(
    r"\b(?:handled|paid|done|made|arranged|charged|collected|issued|prepared|performed|provided|approved|set|inspected)"
    r" (?:only |directly )?(?:by|to) (?:the |your |an? )?(?P<who>\w+)"
)
_WE = re.compile(r"^\W*(?:and |but |so |yes |sure )*(?:we|i|our \w+)(?:'ll| will| can| do| also| always)* \w+")


def other_agent(unit: Unit, clause: ReadClause) -> bool:
    """Tell whether a clause says of the house what a sentence says that others do: "handled by the county"."""
    match = _AGENT.search(unit.clause.clause.text)
    if match is None or match["who"] in _US or unit.negated:
        return False
    said = clause.clause.text
    return bool(_WE.match(said)) and match["who"] not in said and bool(unit.words & clause.lemmas - EVERYDAY)


def refuses(words: frozenset[str], unit: Unit, least: int = 1) -> bool:
    """Tell whether a sentence refuses one of the things that some words affirm."""
    return any(one <= words and one - PADDING for one in refused(unit.clause) if len(one) >= least)


def _mentions_only(unit: Unit) -> bool:
    """Tell whether a long sentence or a condition only touches on a word, so that denying it denies something else."""
    return len(unit.clause.lemmas - PADDING) > _SHORT or bool(_SUPPOSES.match(unit.clause.clause.text))


def _of_record(words: frozenset[str], unit: Unit) -> bool:
    """Tell whether a vehicle's record denies, with no more words, what some words affirm: "never registered"."""
    told = unit.clause.lemmas
    return unit.subject is not None and not unit.staff and bool(told) and told <= words


def contradicts(words: frozenset[str], negated: bool, unit: Unit, denied: frozenset[str]) -> bool:
    denies = unit.negated and not before_denial(unit, words)
    if denies == negated:
        return not words <= unit.words and _excludes(words, unit)
    if denies and (refuses(words, unit) or _of_record(words, unit)):
        return True
    words = words - PADDING or words
    named = words - HANGERS
    if named and not named & unit.clause.lemmas:
        return False
    if not (denied & unit.words if negated else denied_words(unit.clause) & words):
        return False
    shared = words & unit.words
    if (not shared - EVERYDAY and len(shared) < 2) or (negated and len(words) == 1 and _mentions_only(unit)):
        return False
    return len(shared) / len(words) >= _SHARE and (len(shared) >= 2 or len(words) == 1)


def denied_beside(units: list[Unit], unit: Unit, words: frozenset[str]) -> bool:
    """Tell whether a sentence holds words by its policy's name alone while the same policy denies them outright."""
    if words & unit.clause.lemmas - PADDING:
        return False
    others = (one for one in units if one.evidence == unit.evidence and one.negated and not one.staff)
    return any(words & one.clause.lemmas & denied_words(one.clause) for one in others)


def ruled_out(units: list[Unit], words: frozenset[str], denied: frozenset[str], bag: frozenset[str]) -> Unit | None:
    """Return a sentence whose idea rules out the one that a clause denies: "no returns" where all sales are final."""
    ideas = excluded(words & denied)
    fitting = (one for one in units if not one.negated and one.words & ideas)
    beside = words - denied - PADDING
    return next((one for one in fitting if beside <= one.words | bag), None) if ideas else None


__all__ = [
    "EVERYDAY",
    "HANGERS",
    "PADDING",
    "before_denial",
    "contradicts",
    "denied_beside",
    "denied_words",
    "other_agent",
    "polarity",
    "refuses",
    "ruled_out",
]
