"""Words that add nothing beside a claim that is borne out: verbs of being and costing, praise, opening, limits."""

import re

from api.services.grounding.wording import lemma

PRAISE = frozenset(
    lemma(word)
    for word in ("great", "good", "excellent", "fantastic", "perfect", "awesome", "wonderful", "lovely", "fair")
)
_MERE_VERBS = (
    "added|stay|remain|keep|valid|last|take|run|go|cost|come|add|get|fall|make|amount|apply|count|together"
    "|total|still|end"
    "|start|begin|exact|exactly|mean|work|pay|need|require|include|read|reading|number|figure|show|odometer|clock|rate"
    "|price|apart|against|payable|win|gap|difference|balance|remainder|value|valued|mark|marked|stand|spread"
    "|remaining|leave|minus|less|build|built|date|manufacture|model|year|sticker|money|pocket|another|measure"
    "|measured|fit|mere|merely|gap|zip|postcode|bright|outside|inside|haha|lol|cause|caused|extend|extended|buy"
    "|pick|choose"
    "|concern|qualify|eligible|entitle"
)
MERELY = PRAISE | frozenset(lemma(word) for word in _MERE_VERBS.split("|")) | {"remaining"}
SHOP = frozenset(
    lemma(word)
    for word in re.findall(
        r"\w+",
        "open till stay door lock showroom dealership lot late lunch shut break store office hour time close short"
        " normal regular usual ordinary day",
    )
)
ENDS = frozenset(
    lemma(word)
    for word in re.findall(
        r"\w+",
        "longest shortest longer shorter maximum minimum max limit mark zone spare cut off cutoff line allowance"
        " inside beyond over"
        " leave allow term general lowest highest length duration",
    )
)

__all__ = ["ENDS", "MERELY", "PRAISE", "SHOP"]
