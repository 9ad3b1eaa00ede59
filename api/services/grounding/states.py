"""How a clause says that a vehicle is available, reserved or gone: three states, each with its words and polarity."""

import re
from dataclasses import dataclass

from api.services.grounding.reading import ReadClause

_KEPT_OFF = re.compile(
    r"\b(?:(?:keep|take|pull|leave)(?:s|ing)? (?:it|her|this|that|them|one|(?:the|an?|this|that|your) (?:\w+ )?\w+)"
    r"|stays?|staying) $"
)
_SUPPOSED = re.compile(
    r"^\W*(?:and |but |or )?(?:if|whether|in case|unless|should|assuming|provided|once|until"
    r"|before|after|as soon as)\b"
)
_OTHERS = (
    r"(?:(?:a|an|another|some|one) (?:other )?(?:\w+ )?(?:customer|buyer|person|family|client|guy|lady|couple|dealer)"
    r"|some(?:body|one)(?: else)?)"
)
_NAMELESS = r"(?:body|one|else|people|customers?|buyers?|clients?)"
_SOLD = re.compile(
    rf"\b\w*{_NAMELESS}(?: has| have)?(?: just| already| yet)* (?:bought|taken|purchased|claimed)\b"
    rf"|\bleft (?:yesterday|today|last|this morning)\b|"
    r"\b(?:(?:was |were |has |have |been |is |just |already |got |hasn't (?:been )?|not (?:been )?"
    r"|isn't |wasn't |never |un)*(?<!\bbe )sold(?! (?:as|with|by|in|without|separately|new|only|us|here|through"
    r"|on)\b)|(?:is|are|it's|long|already|just|been|now|'s) gone|gone (?:now|already|to)|off (?:the"
    r"|our) (?:lot|market)|left (?:the|our) lot|got away"
    r"|found (?:a |its |their )?(?:new )?(?:home|owner|buyer)|(?:been |was |is |already )taken(?!"
    r" care)|unavailable|out of stock|(?:somebody|someone)(?: else)? (?:has )?(?:bought|took"
    rf"|purchased|got|beat you)|{_OTHERS} (?:has |have |just |already |has just )?(?:bought|took|purchased"
    rf"|snagged|grabbed|got)"
    rf" (?:it|this|that|the \w+)|(?:went|gone) (?:home |off |away )?(?:to|with) {_OTHERS}|(?:left|leaving) (?:us|here)"
    r"|(?:drove|driven|rolled) off|changed hands|has a new (?:owner|home)|no longer ours|we let (?:it|her"
    r"|that one) go|(?:we|just|already)"
    r" parted with|(?:been|was) bought|been (?:purchased|bought)|went to (?:another|a new)|snapped up)\b"
)
_PENDING = re.compile(
    rf"\b\w*{_NAMELESS}(?: has| have)?(?: just| already| yet)* (?:put|placed|left|paid|made) (?:a "
    rf"|any )?(?:money|deposit|offer)"
    r"(?: down)?|(?:deposit|money|hold)(?: was| is| has been)?(?: placed| left| put| paid| down)* on (?:it|this"
    r"|that|the)\b"
    r"|(?<!can be )(?<!may be )(?<!could be )reserved(?! (?:for you|seat|the right|parking))"
    r"|promised to (?:some|another|a )\w*|"
    rf"\b{_OTHERS} (?:has |have |just |already |has just )?(?:reserved|put (?:a|down a|money)|left a|paid a|placed a)"
    r"|(?:one|body|else|customer|buyer) (?:has |have )?(?:yet )?reserved (?:it|this|that|the \w+)|(?:sale"
    r"|purchase) (?:of|on) (?:it|this|that|the \w+) is"
    r" (?:now |currently )?(?:pending|under way|in progress)|being finali[sz]ed|"
    r"\b(?:(?:sale|deal|purchase|deposit|offer)(?:'s| is)? (?:currently |now |already |still )?pending|pending(?: sale|"
    r" deal)?|on hold|under (?:deposit|contract|offer)|(?:is|been|currently|already|it's) (?:reserved"
    r"|spoken for)|spoken for|(?:has|have|took|taken|holding|put|with) a (?:deposit|hold)(?: on it|"
    r" down)?|in the process of being sold|being held for)\b"
)
_AVAILABLE = re.compile(
    r"\b(?:back on (?:sale|(?:the|our) (?:market|lot|forecourt))|(?:on sale|available) again"
    r"|(?:still|no longer|not|n't|never)(?: \w+)? with us(?=\W*$| (?:any ?more|at the moment|today|and|so|if))"
    r"|(?:is|are|'s|isn't|aren't|remains?|stays?)(?: still| not| no longer| yet| both)* (?:on the market|(?:on|in)"
    r" (?:the|our) (?:forecourt|yard|building|books|lineup))"
    r"|ready to (?:be (?:driven|taken|collected|picked up)|drive|take|go|roll|leave|head) (?:home|away|off|out)\b"
    r"|(?:can|could|able to|may) (?:still |both )?sell(?= (?:you|it|this|that|them|either|both|the|right now"
    r"|today|now)\b"
    r"|\W*$)(?: you)?|(?:ours|here|free) to sell|(?:can|could|(?:free|ready|open) to) (?:still )?be sold"
    r"|(?:can|could|may) (?:still )?(?:take|drive) (?:either|both|any|all)(?: one| of (?:them|these"
    r"|the two))? (?:home|away)"
    r"|(?:deal|sale|buyer|purchase)(?: has| had)? (?:fell|fallen) through"
    r"|(?:buyer|customer) (?:has )?(?:backed out|walked away|pulled out)|no longer (?:have|got)|(?:is"
    r"|are) (?:still |all )?left\b(?! (?:us"
    r"|the|our))|waiting for you|waiting for (?:its|a) (?:new|next) (?:owner|home|driver|family)|free to (?:buy"
    r"|take|go(?= (?:home|to)|\W*$))|ready for (?:you|your))\b|"
    r"\b(?:(?:still |is |it's )*(?:up )?for sale|(?:can|could|may) still (?:buy|get|have|purchase|snag|come get"
    r"|grab)|still (?:buyable|to be had)"
    r"|yet to (?:find (?:a|its|an) (?:\w+ )?(?:buyer|owner|home)|be sold|sell|go)|parked (?:right )?(?:here"
    r"|out front|outside|out back"
    r"|in front|in our|on (?:the|our))|looking for (?:a|its) (?:new )?(?:home|owner|buyer)|for the taking|can be yours"
    r"|hasn't gone anywhere|has not gone anywhere"
    r"|not gone anywhere|all yours to view)\b|"
    r"\b(?:available|in stock|in (?:our )?inventory|on (?:the|our) (?:lot|floor|showroom floor)|in"
    r" (?:the|our) showroom|still (?:here|around|there|with us|for sale|on sale|listed|open|up|yours"
    r"|ours|waiting|looking for)|still (?:have|got) (?:it|the|that|this|her|one|them|both)|(?:have"
    r"|got) it (?:here|right here|in stock)|(?:is|it's|are|up) for sale|unsold|up for grabs|ready for"
    r" (?:a )?(?:test|viewing|pick)"
    r"|(?:is|it's|'s|are) (?:right )?here\b(?! (?:to|is|are|for you to))|sitting (?:here|on|in|right)"
    r"|not going anywhere|(?:is |are |'s )?(?:not|no longer) here(?: any ?more)?(?=$|\W*$|[,;])"
    r"|(?:we|i) (?:still )?have(?=\W*$))\b"
)
_TAIL = re.compile(
    rf"(?: off (?:the|our) (?:market|lot|list)| (?:by|to|with|for) {_OTHERS}| any ?more| for sale| at the moment"
    rf"| at present| right now| already| yet)+\b"
)


@dataclass(frozen=True)
class Status:
    """A state that a clause gives a vehicle; offsets count normalised characters."""

    start: int
    end: int
    value: str
    denied: bool


_ASIDE = re.compile(r"\b(?:in|on|for|at|with|under) which (?:it|they|the \w+|you|we)\b")


def status_of(clause: ReadClause) -> Status | None:
    """Return the state that a clause speaks of: pending before sold before available.

    What follows "in which they" tells how something is done, not how it stands.
    """
    aside = _ASIDE.search(clause.clause.text)
    status = None if _SUPPOSED.match(clause.clause.text) else _written(clause)
    return None if status and aside and status.start >= clause.clause.start + aside.start() else status


def _written(clause: ReadClause) -> Status | None:
    text, offset = clause.clause.text, clause.clause.start
    for value, pattern in (("pending", _PENDING), ("sold", _SOLD), ("available", _AVAILABLE)):
        match = pattern.search(text)
        if match and not (match.group().startswith("off") and _KEPT_OFF.search(text, 0, match.start())):
            start, end = match.start() + offset, match.end() + offset
            negators = [one for one in clause.clause.negators if one < end]
            paired = bool(re.search(r"\bneither\b.*\bnor\b", text[: end - offset]))
            denied = (len(negators) - paired) % 2 == 1 or (value == "sold" and "unsold" in match.group())
            if re.search(r"\bno longer\b", text[: match.end()]) and not denied:
                denied = True
            end = clause.clause.end if re.search(r"\b(?:have|got)\b", match.group()) else end
            tail = _TAIL.match(text, end - offset)
            end = tail.end() + offset if tail else end
            end = max(end, *(one.end() + offset for one in pattern.finditer(text)))
            begin = min([start, *(one for one in negators if one > start - 24)])
            return Status(begin, end, value, denied)
    return None


__all__ = ["Status", "status_of"]
