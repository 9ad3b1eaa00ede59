"""What a text says to be all that a customer must bring, against a policy that asks for more."""

import re

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.library import Unit
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.wording import content_lemmas
from models.claims import ClaimKind, Verdict

_ALL = re.compile(
    r"\b(?:all (?:that )?(?:you(?:'ll| will)?|we(?:'ll)?|anyone|he|she|they) (?:\w+ )?(?:needs?|(?:have to|must) bring)"
    r"|(?:only|just) (?:ever )?(?:need|needs|require|requires|ask for|bring|have to bring)"
    r"|needs? (?:only|just|nothing (?:but|except|other than|more than))|nothing (?:but|except|other than|more than)"
    r"|is (?:all|the only thing) (?:that )?(?:you(?:'ll)?|we(?:'ll)?) need\w*|is (?:enough|all it takes|sufficient))\b"
)
_SOFTLY = re.compile(r"\bjust bring\b")
_ASKS = re.compile(r"\b(?:needs?|must|bring|requires?|required|have to|necessary|proof|valid)\b")
_ITEMS = content_lemmas(
    "license licence permit id identification passport insurance proof title registration paystub stub statement bill"
    " keys report card deposit"
)


def _asked(scene: Scene, clause: ReadClause, said: frozenset[str]) -> Unit | None:
    """Return the policy that asks for all that a clause names and for more, on the clause's matter."""
    about = frozenset(word for one in scene.sentence(clause) for word in one.lemmas) | content_lemmas(
        scene.library.question
    )
    for unit in scene.library.units:
        items = unit.words & _ITEMS
        matter = (unit.words - _ITEMS) & about or content_lemmas(unit.evidence.id.replace("_", " ")) & about
        if not unit.staff and not unit.subject and said < items and matter and _ASKS.search(unit.clause.clause.text):
            return unit
    return None


def check_needs(scene: Scene) -> list[Finding]:
    """Check "all you need is your license"; red where the policy asks for more, amber for a mere "just bring"."""
    found = []
    for clause in scene.reading.clauses:
        match = _ALL.search(clause.clause.text) if clause.clause.act in (Act.STATES, Act.QUOTES) else None
        said = clause.lemmas & _ITEMS if match and not clause.clause.negators else frozenset[str]()
        unit = _asked(scene, clause, said) if said else None
        if match and unit:
            verdict = Verdict.UNCERTAIN if _SOFTLY.search(clause.clause.text) else Verdict.UNSUPPORTED
            start = clause.clause.start + match.start()
            end = max(start + len(match.group()), *(stop for _, stop, word in clause.words if word in said))
            reason = "The policy asks for more than that."
            found.append(Finding(ClaimKind.UNCOVERED_ASSERTION, start, end, verdict, reason, unit.evidence))
    return found


__all__ = ["check_needs"]
