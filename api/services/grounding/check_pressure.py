"""What hurries a customer: who else wants the vehicle, how long it lasts, what is to come; only the team can know."""

import re

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, Verdict

_RIVAL = (
    r"(?:(?:some(?:one|body)|people|folks) else|another (?:\w+ )?(?:customer|buyer|person|party|family|couple|shopper)"
    r"|(?:(?:two|three|four|several|a few|many|lots of|multiple|a couple of|other|some) )+(?:people|buyers"
    r"|customers|folks"
    r"|families|parties|shoppers))"
)
_WANTS = (
    r"(?:look(?:ing|ed|s)?|interested|com(?:ing|es?|e)|ask(?:ing|ed|s)?|call(?:ing|ed)|inquir\w+|enquir\w+"
    r"|want(?:s|ing|ed)?"
    r"|waiting|ey(?:e|ed|eing)|test[- ]?driv\w+|viewing|about to|ready to|driving (?:up|down|over|in))"
)
_IT = (
    r"(?:it|this one|that one|she|they|these|(?:the|this|that) (?:\w+ )?(?:car|truck|van|suv|vehicle|deal|price|offer))"
)
_PATTERNS = (
    re.compile(
        rf"\b{_RIVAL}(?:'s|'re| is| are| has| have| was| were| just| already| also| been| both| currently| now)*"
        rf" {_WANTS}\b"
    ),
    re.compile(
        rf"\b{_IT} (?:probably |surely |certainly |definitely )?(?:won't|will not|is not going to|isn't going to)"
        r" (?:be (?:here|around|there|available|on the lot)|last|sit|stay)(?! (?:on|with|in)\b)"
    ),
    re.compile(
        r"\b(?:going|selling|moving|flying)(?: off the lot| out)?(?: very| really| so)? (?:fast|quick(?:ly)?)\b"
    ),
    re.compile(r"\bbefore (?:it's|it is|they're) (?:gone|sold)\b"),
    re.compile(
        r"\b(?:more|another(?: one)?|others|new ones?|(?:two|three|several|a few) more)(?: \w+){0,3}"
        r" (?:coming|arriving|on (?:the|their|its) way|due(?! (?:to|date|diligence)\b)|expected)\b"
    ),
)


def check_pressure(scene: Scene) -> list[Finding]:
    """Check rivals, haste and further stock that a text speaks of against what the team wrote."""
    found = []
    for clause in scene.reading.clauses:
        text, offset = clause.clause.text, clause.clause.start
        for pattern in _PATTERNS if clause.clause.act is Act.STATES else ():
            match = pattern.search(text)
            if match:
                known = (one.evidence for one in scene.library.units if pattern.search(one.clause.clause.text))
                evidence = next(known, None)
                verdict = Verdict.SUPPORTED if evidence else Verdict.UNSUPPORTED
                reason = "Your team wrote so." if evidence else "No record and no colleague says this."
                place = (match.start() + offset, match.end() + offset)
                found.append(Finding(ClaimKind.AVAILABILITY, *place, verdict, reason, evidence))
    return found


__all__ = ["check_pressure"]
