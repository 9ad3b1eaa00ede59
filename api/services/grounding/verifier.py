"""The draft verifier: a pure function of a text and its evidence pack."""

from collections.abc import Iterable

from api.services.grounding.charge_terms import check_charges
from api.services.grounding.check_age import check_age
from api.services.grounding.check_alone import check_alone
from api.services.grounding.check_assent import check_assent
from api.services.grounding.check_availability import check_availability
from api.services.grounding.check_budget import check_budget
from api.services.grounding.check_calendar import check_calendar
from api.services.grounding.check_comparisons import check_comparisons
from api.services.grounding.check_coverage import check_coverage
from api.services.grounding.check_covered import check_covered
from api.services.grounding.check_everyday import check_everyday
from api.services.grounding.check_exclusive import check_exclusive
from api.services.grounding.check_flaws import check_flaws
from api.services.grounding.check_given import check_given
from api.services.grounding.check_identity import check_identifiers, check_vehicles
from api.services.grounding.check_inclusions import check_inclusions
from api.services.grounding.check_interest import check_interest
from api.services.grounding.check_meetings import check_meetings
from api.services.grounding.check_needs import check_needs
from api.services.grounding.check_people import check_people
from api.services.grounding.check_positions import check_positions
from api.services.grounding.check_pressure import check_pressure
from api.services.grounding.check_promises import check_promises
from api.services.grounding.check_quoted import check_quoted
from api.services.grounding.check_swaps import check_swaps
from api.services.grounding.check_traits import check_traits
from api.services.grounding.check_trims import check_trims
from api.services.grounding.check_unlisted import check_unlisted
from api.services.grounding.check_viewing import check_viewing
from api.services.grounding.check_waived import check_waived
from api.services.grounding.evidence import EvidencePack
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.journeys import check_sides
from api.services.grounding.library import Library
from api.services.grounding.reading import Reading
from api.services.grounding.stated_amounts import check_amounts
from api.services.grounding.subjects import SubjectFinder
from models.claims import ClaimView, Verdict

_CHECKS = (
    check_vehicles,
    check_trims,
    check_identifiers,
    check_amounts,
    check_age,
    check_calendar,
    check_comparisons,
    check_exclusive,
    check_alone,
    check_availability,
    check_viewing,
    check_traits,
    check_swaps,
    check_flaws,
    check_positions,
    check_unlisted,
    check_interest,
    check_budget,
    check_pressure,
    check_everyday,
    check_meetings,
    check_charges,
    check_sides,
    check_inclusions,
    check_given,
    check_covered,
    check_needs,
    check_people,
    check_promises,
    check_waived,
)
_WEIGHT = {Verdict.UNSUPPORTED: 0, Verdict.UNCERTAIN: 1, Verdict.SUPPORTED: 2}


def _settled(findings: Iterable[Finding]) -> list[Finding]:
    """Keep the worst finding of each place; a good one inside a worse one of the same kind goes."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda one: (_WEIGHT[one.verdict], one.start, -one.end)):
        if not any(_repeats(finding, other) for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda one: (one.start, one.end))


def _repeats(finding: Finding, other: Finding) -> bool:
    inside = other.start <= finding.start and finding.end <= other.end
    return inside and (finding.kind is other.kind or (finding.start, finding.end) == (other.start, other.end))


def _trimmed(reading: Reading, start: int, end: int) -> tuple[int, int]:
    text = reading.normal.text
    while start < end - 1 and not (text[start].isalnum() or text[start] in "$€£#+('\"~"):
        start += 1
    while end > start + 1 and not (text[end - 1].isalnum() or text[end - 1] in "€$%)'\"+"):
        end -= 1
    return start, end


def _view(original: str, reading: Reading, finding: Finding) -> ClaimView:
    start, end = reading.normal.original(*_trimmed(reading, finding.start, finding.end))
    return ClaimView(
        kind=finding.kind,
        text=original[start:end],
        start=start,
        end=end,
        verdict=finding.verdict,
        reason=finding.reason,
        evidence=finding.evidence,
    )


def verify(text: str, pack: EvidencePack) -> list[ClaimView]:
    """Check every claim of a text against the evidence pack.

    Pure: no network, no database, no clock but `pack.now`.

    Args:
        text: A draft or what staff wrote in its place, at most 10,000 characters.
        pack: The evidence, gathered on the server.

    Returns:
        The claims by start, with offsets in code points of `text`; no claim for questions and hedges.

    Source: ai-drafts, section 3.
    """
    library = Library(pack)
    reading = library.read(text)
    scene = Scene(reading, SubjectFinder(reading, library.default, len(pack.vehicles)), library)
    findings = [finding for check in _CHECKS for finding in check(scene)]
    checks = (*_CHECKS, lambda other: check_coverage(other, []))
    findings += check_assent(scene, checks) + check_quoted(scene, checks)
    findings += check_coverage(scene, findings)
    return [_view(text, reading, finding) for finding in _settled(findings)]


__all__ = ["verify"]
