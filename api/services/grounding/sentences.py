"""Sentences, clauses and what they do: state, ask, hedge, or quote the customer."""

import re
from dataclasses import dataclass

from api.services.grounding.acts import Act, act_of, offers
from api.services.grounding.concepts import swallowed
from api.services.grounding.normalise import Normal


@dataclass(frozen=True)
class Clause:
    """A piece of a sentence with one act; offsets count normalised characters."""

    start: int
    end: int
    text: str
    act: Act
    sentence: int
    negators: tuple[int, ...] = ()


_ABBREVIATION = re.compile(
    r"(?:\b(?:rd|st|str|ave|blvd|dr|mr|mrs|ms|no|nr|approx|vs|etc|inc|ltd|e\.g|i\.e|a\.m|p\.m|ca|apt"
    r"|ste|jan|feb|mar|(?<!% )(?<!%)apr"
    r"|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|thu|fri|sat|hafenstr)|[a-z]str|(?<![\w'-])[a-z])\.$"
)
_BREAK = re.compile(r"[.!?]+(?=[\s\"')\]]|$)|\n+|[!?]+|[^\w\s\"'$€£#@&%*+,.\-:;()\[\]/\\<>=_—!?|{}~^°]+")
_VERBS = (
    r"shall|put|is|are|was|were|am|isn't|aren't|wasn't|weren't|has|have|had|hasn't|haven't|can|can't|cannot"
    r"|could|couldn't|will|won't"
    r"|would|wouldn't|do|does|did|don't|doesn't|didn't|should|may|might|must|costs?|comes?|goes|go"
    r"|gets?|got|runs?|starts?"
    r"|stays?|sells?|sold|seats|need|needs|includes?|offers?|makes?|made|takes?|gives?|holds?|works?"
    r"|lists?|listed|let|call"
    r"|feel|see|drives?|looks?|sits|carries|deliver|charge|start|finance|hold|include|leads|call"
    r"|write|bring|ask|stop|visit"
    r"|keeps?|says?|said|sounds?|passed|matches|match|beat|qualify|stands|features|want|reach|thank"
    r"|mentioned|asked|said"
    r"|told|wrote|offered|know|tell|think|find|pay|send|give|take|come|qualifies|ships?|belongs|means"
    r"|lies|counts|reads|handles|manages|opens|closes|tows|shows"
)
_VERB = re.compile(rf"\b(?:{_VERBS})\b|\w'(?:s|re|ve|ll|m|d)\b")
_SUBJECT = (
    r"(?:the|it|it's|its|we|we're|we'll|we've|you|you're|you'll|you'd|i|i'm|i'll|i've|i'd|they|that"
    r"|that's|this|our|there|there's|he|she"
    r"|is|are|was|has|have|had|comes?|can|could|will|would|won't|can't|don't|doesn't|isn't|your"
    r"|everyone|nobody|no one|these|those|both"
    r"|if|please|let|did|do|does|may|might|shall|should|what|when|which|how|where|who|why|never|not"
    r"|runs|costs|gets|passed|my|anyone"
    r"|feel|looking|happy|thanks?|ours|also|only|a|an|one|everything|nothing|all)"
)
_CUT = re.compile(
    rf"\s*(?:;|—|\s-{{1,2}}\s(?!\d)|\.\.\.|[\[\]]|\((?!\d{{3}}\))|(?<!\(\d{{3}})\))\s*|:\s+|,\s+(?=(?:and |but "
    rf"|so |or |then |yet )?{_SUBJECT}\b)"
    rf"|,\s+(?=(?:but|so|because|since|although|though|while|which|plus|however|therefore|yet)\b)|,\s+"
    rf"|\s+(?=(?:but|because|although|though|whereas|however|since (?:we|i|it|the|you|they|our|there))\b)"
    rf"|\s+(?=(?:and|so|or|while)\s+{_SUBJECT}\b)"
    r"|(?<=\w),\s+(?=(?:and |or |but )?(?:no|not (?!only|just|to|sure|a|us|by|for|from|with|me|you|on)) ?\w)"
)
_NEGATOR = re.compile(
    r"\b(?:not|no|never|none|nobody|neither|nor|cannot|cant|dont|doesnt|isnt|wont|arent|hasnt|without"
    r"|hardly|nothing|nowhere|lacks?|lacking|leav(?:e|es|ing) (?:(?:it|them|that|the \w+) )?(?:out|off)"
    r"|(?<=is |re )excluded|zero(?=\s+(?:accidents?|fees?|owners?|dents?|rust|issues?|problems?|leaks?|damage)))\b"
    r"|n't\b"
)
_NO_NEGATION = re.compile(
    r"\bno (?:(?:extra |additional )?(?:charge|cost)\b|worries|problem|longer than|more than|less than"
    r"|fewer than|later than|earlier than"
    r"|matter|doubt|need to worry|pressure|rush)\b"
    r"|, (?:and |but )?not (?:(?:to|by|for|from|with|on) )?(?:us|me|you|them|him|her)\b"
    r"|(?<=\bor )not(?= *$)"
    r"|\bnot (?:only|just|to worry|more than|less than|over|later than)\b|\bdon't (?:worry|hesitate"
    r"|forget)\b|\bwhy not\b"
    r"|^\W*(?:no,? )?not (?:at all|really|so)(?= *[,.;!-]| *$)"
    r"|^\W*(?:none|nope|nah)(?: (?:whatsoever|at all))?(?=[,!.;])|\bno\.|^\W*no[,!.]|\bif not\b|\bno\s*(?=[#:])"
    r"|\bno (?=[a-z]{0,2}-?\d)|\bnot sure\b"
)
_INTERROGATIVE = re.compile(
    r"^(?:and |so |but |or |then |also |in the meantime |otherwise |if so |if not )?(?:(?:what|which"
    r"|when|where|who|why|how|whose|whom|would|could|can|do|does|did|shall"
    r"|should|will|is|are|was|were|has|have|may|might|am|isn't|aren't|won't|wouldn't|don't|doesn't"
    r"|any|anything|want|care|need|interested"
    r"|ready|fancy|mind)\b|what's|how's|where's|who's|when's|for (?:when|what|which|how)|at what|by"
    r" when|in which|until when|to (?:which|what|whom)|from (?:which|what))"
)
_PRESUPPOSES = re.compile(
    r"\b(?:did you know|you know|know that|guess what|have you heard|heard that|how come|aware that)\b"
)
_TAG = re.compile(
    r"\b(?:right|ok|okay|deal|correct|yes|no|isn't it|don't you|aren't you|eh|alright|remember|agreed"
    r"|cool|sound good)\W*$"
)


_HOUR_END = re.compile(r"\b[ap]\.m\.$")
_NEW_SENTENCE = re.compile(r"\s+(?!(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|I\b|[A-Z]{2,})\w*)[A-Z]\w*")


def _ends_hour(text: str, place: int) -> bool:
    """Tell whether an "a.m." before a place ends its sentence: a capital follows that begins no weekday or zone."""
    return bool(_HOUR_END.search(text[max(0, place - 6) : place].lower()) and _NEW_SENTENCE.match(text, place))


def _sentence_spans(normal: Normal) -> list[tuple[int, int]]:
    spans, begin, lower = [], 0, normal.lower
    for match in _BREAK.finditer(lower):
        if match.group().startswith(".") and len(match.group()) == 1:
            following = lower[match.end() : match.end() + 2].strip()
            short = _ABBREVIATION.search(lower[max(0, begin, match.end() - 12) : match.end()])
            if short and following and not _ends_hour(normal.text, match.end()):
                continue
        spans.append((begin, match.end()))
        begin = match.end()
    return [(start, end) for start, end in [*spans, (begin, len(lower))] if lower[start:end].strip()]


def _pieces(lower: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence into clauses, each with a verb of its own unless brackets set it off."""
    pieces, begin = [], start
    for match in _CUT.finditer(lower, start, end):
        left, right = lower[begin : match.start()], lower[match.end() : end]
        mark = match.group().strip()
        comma = mark in {",", ""} and not _JOINED.match(right)
        upcoming = re.split(r"[,;:—(]", right)[0]
        if comma and _fragments(left, right):
            pieces.append((begin, match.start()))
            begin = match.end()
            continue
        conditional = comma and _CONDITION.match(left) and len(left.split()) > 2 and len(upcoming.split()) > 2
        if comma and not conditional and not (_VERB.search(left) and _VERB.search(upcoming)) and not _lead_in(left):
            continue
        if left.strip():
            pieces.append((begin, match.start()))
        begin = match.end()
    return [*pieces, (begin, end)]


_CONDITION = re.compile(
    r"\W*(?:and |but |so )?(?:if|unless|should (?:you|it|anyone|the|your|that|this|we|they)"
    r"|in case)\b"
)
_JOINED = re.compile(r"(?:but|so|because|although|though|while|whereas|however|therefore|yet)\b")
_LEAD_IN = re.compile(
    r"\W*(?:and |oh |ok |okay |well )?(?:yes|yep|yeah|yup|no|nope|sure|sure thing|sorry|ok|okay|hi"
    r"|hello|hey|correct|deal|agreed|absolutely|of course|certainly|great|perfect"
    r"|good news|no worries|no problem|definitely|right|exactly|confirmed|done|thanks|thank you"
    r"|unfortunately|awesome|sounds good|you bet|indeed|good question)(?: there)?\W*"
)


_COORDINATED = re.compile(
    r"^[^.;:]{2,40}?(?:\b(?:and|or)|,)(?: also| then| certainly| of course| we| i| there(?:'s| is))? $"
)


_NO_ITEM = re.compile(r"\W*(?:and |or |but )?(?:no|not) [\w' -]{2,40}")


_APART_ITEM = re.compile(
    r"\W*(?:and |but )?(?:the |its )?(?:[\w-]+ ){1,3}(?:not (?:included|needed|required|refundable)|excluded"
    r"|sold separately)\b"
)


def _fragments(left: str, right: str) -> bool:
    """Tell whether a comma sets apart a bare item that begins with "no"."""
    upcoming = right.split(",", maxsplit=1)[0]
    item = _NO_ITEM.match(upcoming) or _APART_ITEM.match(upcoming)
    return bool(item and left.strip()) and not _VERB.search(upcoming)


def _lead_in(text: str) -> bool:
    return bool(_LEAD_IN.fullmatch(text))


_SUPPOSED = re.compile(r"\w.*?\s(?P<if>if|in case) (?:your?|we|the|it|they|that|this|there|i)\b")


_CONCLUDES = (
    r"(?:can|could|will|may|gets?|have|has|owe|pay|only|is|are|lose|keep|receive|goes|comes|don't|won't|cannot|can't"
    r"|do not|cannot)"
)
_CONDITION_FIRST = re.compile(
    r"^\W*(?:and |but |so )?(?:if|in case|should) (?:[\w']+ ){1,8}?"
    rf"(?=(?:(?:you|we|i|it|they|there|the \w+|your \w+|our \w+) {_CONCLUDES}|(?:you|we|i|it|they|there)'(?:ll"
    rf"|s|re))\b)"
)


def _negators(text: str, offset: int) -> tuple[int, ...]:
    harmless = [*(match.span() for match in _NO_NEGATION.finditer(text)), *swallowed(text)]
    places = [
        match.start()
        for match in _NEGATOR.finditer(text)
        if not any(start <= match.start() < end for start, end in harmless)
    ]
    supposed = _SUPPOSED.search(text)
    places = [place for place in places if supposed is None or place < supposed.start("if")]
    condition = _CONDITION_FIRST.search(text)
    places = [place for place in places if condition is None or place >= condition.end()]
    return tuple(
        offset + place
        for number, place in enumerate(places)
        if not number or not _COORDINATED.search(text[places[number - 1] : place])
    )


_ASIDE = re.compile(
    r"\W*(?:which|who) (?:is|are|was|were|has|have|comes?|costs?|nobody|no one|we|i|still|just|only|also|runs?|got)\b"
)


def _asked_from(lower: str, pieces: list[tuple[int, int]], end: int) -> int:
    """Return the index of the first clause that belongs to the sentence's question, or len(pieces)."""
    if "?" not in lower[pieces[0][0] : end] or _PRESUPPOSES.search(lower[pieces[0][0] : end]):
        return len(pieces)
    starters = [
        index for index, (start, stop) in enumerate(pieces) if _INTERROGATIVE.match(lower[start:stop].strip(" \"'(*-"))
    ]
    if starters:
        return starters[0]
    last = lower[pieces[-1][0] : pieces[-1][1]]
    if len(pieces) > 1 and _TAG.search(last.strip(" ?!.")) and len(last.split()) <= 3:
        return len(pieces) - 1
    declarative = len(last.split()) > 6 or _TAG.search(last.strip(" ?!."))
    return len(pieces) if declarative else len(pieces) - 1


def split_clauses(normal: Normal) -> tuple[Clause, ...]:
    """Cut a normalised text into clauses with their acts and negators."""
    lower, clauses = normal.lower, []
    for number, (start, end) in enumerate(_sentence_spans(normal)):
        pieces = _pieces(lower, start, end)
        asked_from = _asked_from(lower, pieces, end)
        for index, (begin, stop) in enumerate(pieces):
            text = lower[begin:stop]
            if not text.strip():
                continue
            act = act_of(text, index >= asked_from and not (index > asked_from and _ASIDE.match(text)))
            clauses.append(Clause(begin, stop, text, act, number, _negators(text, begin)))
    return tuple(clauses)


__all__ = ["Act", "Clause", "offers", "split_clauses"]
