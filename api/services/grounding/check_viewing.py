"""Can a vehicle be seen and driven that is sold or spoken for: "come and test drive the Murano"."""

import re

from api.services.grounding.findings import Finding, Scene, vehicle_title
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, EvidenceSource, EvidenceView, Verdict

_INVITES = re.compile(
    r"\b(?:you (?:can|could|may)(?: \w+)?|come(?: on)?(?: in| by| over| down)?(?: and| to)?|feel free to"
    r"|stop by (?:and|to)"
    r"|swing by (?:and|to)|you're welcome to|be happy to (?:have|let) you|let you)"
    r" (?:test[- ]?drive|(?:come (?:and |to )?)?(?:see|view|drive|try(?: out)?|look at|check out)|take)"
    r" (?:it\b|her\b|this\b|that\b|the (?!photos?|pictures?|listing|report|details|video|page|website|other)\w+"
    r"|(?:it|the \w+) for a)"
)
_VERDICTS = {"sold": Verdict.UNSUPPORTED, "pending": Verdict.UNCERTAIN}


def check_viewing(scene: Scene) -> list[Finding]:
    """Check each vehicle that a customer is asked to come and drive; red where it is sold, amber where spoken for."""
    found = []
    for index, clause in enumerate(scene.reading.clauses):
        match = _INVITES.search(clause.clause.text) if clause.clause.act is Act.STATES else None
        if match is None or clause.clause.negators:
            continue
        start = clause.clause.start + match.start()
        end = max([start + len(match.group()), *(one.end for one in clause.mentions)])
        subject = scene.finder.at(index, start, end)
        vehicles = scene.library.pack.vehicles
        status = vehicles[subject.indices[0]].get("status") if len(subject.indices) == 1 else None
        if status in _VERDICTS and not subject.customers:
            view = EvidenceView(
                source=EvidenceSource.VEHICLE,
                id=str(vehicles[subject.indices[0]].get("id", subject.indices[0])),
                field="status",
            )
            reason = f"The {vehicle_title(scene.library, subject.indices[0])} is {status} according to the record."
            found.append(Finding(ClaimKind.AVAILABILITY, start, end, _VERDICTS[status], reason, view))
    return found


__all__ = ["check_viewing"]
