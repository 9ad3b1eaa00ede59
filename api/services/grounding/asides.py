"""What stands beside a statement and claims nothing: what it is good for, for whom it is convenient, what if."""

import re

_CONVENIENT = (
    r"(?:for you|(?:you(?:'d| would)?) (?:like|want|prefer|wish|need|have (?:time|questions|any)|get (?:a|the) chance)"
    r"|you(?:'re| are) (?:flexible|open|interested|able|free|willing|around|in town|nearby|still|ready|curious)"
    r"|your schedule|better|easier|suits?|helps?|tricky|hard|difficult|busy|works?|matters|useful|interested)"
)
ASIDE = re.compile(
    r"\b(?:so you can |in order to |to )(?:see|find out|decide|judge|work out|figure out|get a feel for|get an idea of)"
    r" (?:how|if|whether|what|which|it|one|them)\b[^,;.:\d]*\W*$"
    rf"|\bif (?!we\b|the (?:bank|lender))[^,;.:\d]{{0,50}}\b{_CONVENIENT}\b[^,;.:\d]*\W*$"
    r"|\b(?:in case|if) it (?:comes|becomes|is) (?:back|available|free)\b[^,;.:\d]*\W*$"
    r"|\b(?:this|this past|last|earlier this) (?:spring|summer|autumn|fall|winter)\b"
    r"|\bwould (?:easily |certainly |also )?(?:fit|suit) (?:an?|your|any|most|every) [^,;.:\d]*"
)
_FRONT = r"^\W*(?:and |but |so )?(?:if|should|in case|in the event) (?!we\b|i\b)(?:[\w'-]+ ){1,12}?[\w'-]+"
_FRONTED = re.compile(rf"{_FRONT},")
_WHOLE = re.compile(rf"{_FRONT}$")


def asides(text: str, after: str) -> list[tuple[int, int]]:
    """Return the places in a lower-case clause that claim nothing of the dealership's.

    Args:
        text: The clause.
        after: What follows the clause in its text; a condition is set apart by a comma.
    """
    spans = [match.span() for match in ASIDE.finditer(text)]
    fronted = _FRONTED.match(text) or (_WHOLE.match(text) if after.lstrip().startswith(",") else None)
    return [*spans, fronted.span()] if fronted else spans


__all__ = ["ASIDE", "asides"]
