"""Every number that a text states, and the amounts that its hedges make up."""

from api.services.grounding.attribution import customer_wrote
from api.services.grounding.check_amounts import AmountCheck
from api.services.grounding.findings import Finding, Scene
from api.services.grounding.quantities import Dimension
from api.services.grounding.sentences import Act
from models.claims import ClaimKind, Verdict

_MONEY = (Dimension.MONEY, Dimension.MONTHLY)
_FIGURES = (ClaimKind.PRICE, ClaimKind.MONTHLY_PAYMENT, ClaimKind.FEE_OR_TOTAL)


def _invented(check: AmountCheck) -> list[Finding]:
    """Return the amounts that a hedge names though neither the evidence nor the customer has them."""
    signed = [one for one in check.quantities if one.dimension in _MONEY and one.unit]
    own = {one.start for one in signed if not customer_wrote(check.scene, one)}
    found = [one for one in check.findings() if one.start in own and one.kind in _FIGURES]
    return [one for one in found if one.verdict is Verdict.UNSUPPORTED]


def check_amounts(scene: Scene) -> list[Finding]:
    """Check every number that a text states; questions state none, hedges only amounts that nobody named."""
    found: list[Finding] = []
    made: dict[int, AmountCheck] = {}
    for index, clause in enumerate(scene.reading.clauses):
        if clause.quantities and clause.clause.act in (Act.STATES, Act.QUOTES):
            found += (made.get(index) or AmountCheck(scene, index, made)).findings()
        elif clause.quantities and clause.clause.act is Act.HEDGES:
            found += _invented(made.get(index) or AmountCheck(scene, index, made))
    return found


__all__ = ["check_amounts"]
