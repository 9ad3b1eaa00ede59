"""Assent: "yes, that works" adopts what the customer just proposed, so the proposal is what gets verified."""

import re

from api.services.grounding.findings import Finding, Scene
from api.services.grounding.proposals import Checks, judge_proposal, offered, proposes
from api.services.grounding.reading import ReadClause
from api.services.grounding.sentences import Act
from api.services.grounding.speech import harmless
from models.claims import ClaimKind, Verdict

_NUMBER = (
    r"(?:offer|price|number|proposal|figure|terms|plan|idea|suggestion|request|amount|deal|condition|counter|bid|ask)s?"
)
_PRAISE = (
    r"(?:great|good|fine|perfect|fair|reasonable|okay|ok|alright|all right|right|correct|true|doable|acceptable"
    r"|possible|agreed|done|settled|like a (?:deal|plan)|awesome|excellent|no problem|not a problem)"
)
_DOES = (
    r"(?:it|that|he|she|they|we|i|you)(?: sure| certainly| definitely| absolutely| really| most certainly)?"
    r" (?:does|do|is|are|will|can|has|have|did)"
)
_RIGHT = re.compile(
    r"\b(?!you\b|that\b|it\b|which\b|this\b)\w+ (?:is|was|were) (?:\w+ )?(?:right|correct)(?: about (?:that|it"
    r"|this))?\W*$"
)
_AGREED = (
    rf"(?:yes|yep|yeah|yup|ya|sure(?:"
    rf" thing| (?:is|does|are|do|has|have|will|can|did|was))?|correct|deal|done(?: deal)?|agreed|absolutely"
    rf"|of course|certainly|definitely|ok|okay"
    rf"|alright|all right|right|exactly|confirmed|affirmative|you (?:got it|bet)|no problem|will do"
    rf"|can do|consider it done|gladly|with pleasure|sounds? {_PRAISE}|{_PRAISE}|indeed|approved"
    rf"|accepted|that's {_PRAISE}|it's a deal|you're on|understood and agreed|fine|10-4|word|totally"
    rf"|for sure|we accept|i accept|i agree|we agree|we do|we can|you can|you may|it is|it does|they"
    rf" are|we are|that is right|that is correct|{_DOES}|(?:that is|that's) (?:exactly|absolutely|quite"
    rf"|totally) {_PRAISE})"
)
_ALL = (
    r"(?:both|all (?:of (?:it|them|that|those)|two|three|four|five|that)|every (?:one|single one|bit|word)"
    r"(?: of (?:them|those|it))?|the (?:whole )?lot|everything|(?:just|exactly|precisely) (?:like|as|how|what) you"
    r" (?:say|said|put it|put|wrote|write|describe|described|want|wanted|ask|asked|like)(?: it)?"
    r"|(?:like|as) you (?:say|said|put it|wrote)"
    r"|(?:on|in|to) (?:both|all|every|each)(?: \w+)? (?:counts?|points?|parts?))"
)
_BARE = re.compile(
    rf"(?:(?:oh |well |and |ok,? |yes,? |yep,? |yeah,? |sure,? )*(?:{_AGREED}"
    rf"|{_ALL})(?:[ ,]+(?:to )?(?:{_AGREED}|{_ALL}|"
    rf"sir|ma'am|then|indeed|please|thanks|thank"
    rf" you|it is|we do|we can|you can|with us|by us|to us|for us|by me|with me|to me|for me|of"
    rf" course|no problem|totally|absolutely|my friend|buddy|there|see you (?:then|there|soon)))*)"
)
_ADOPTS = re.compile(
    rf"\b(?:(?:that|it|this|those|these|your (?:offer|price|number|proposal|figure|terms|plan)|which"
    rf"|the (?:offer|price|number|figure|terms))(?:'ll| will| would| does| should)? (?:totally "
    rf"|absolutely |perfectly |definitely |certainly |just |also )?(?:works?|do|suits?)\b(?!')(?! (?:well"
    rf" )?(?:great|as|like|with the|perfectly|fine|by|at|on|in|out|whatever)\b)"
    rf"|(?:works|fine|good|great|okay|ok|perfect|happy|cool|acceptable) (?:for|by|with|to|on) (?:us"
    rf"|me|our end|our side|that|it|your {_NUMBER}|those)\b|(?:that|it|this|your {_NUMBER})(?:'s| is| sounds| looks|"
    rf" would be| will be) (?:totally |perfectly |absolutely |completely |all |quite |a"
    rf" )*{_PRAISE}\b(?! (?:question|choice|point|idea|car|vehicle|to|time|news|for your|too\b))"
    rf"|you (?:can|could|may|will|'ll) (?:have|take|get) (?:it|that|the|this)\b(?! back\b)|(?:it|she|he|that|the"
    rf" (?:car|truck|van|deal))(?:'s| is) (?:all )?yours\b(?! (?:to|for)\b)|(?:we|you)(?:'ve| have)?(?: got)? (?:a"
    rf"|yourself a|ourselves a) deal|(?:we|i)(?: can|'ll| will|'d| would| could|'re| are|'m| am)?"
    rf" (?:gladly |happily |certainly |definitely |be happy to |be glad to |happy to |glad to"
    rf" )?(?:accept(?! (?!it\b|that\b|this\b|your\b|those\b|the\b)[a-z])|agree|take (?:it|that|your)(?! (?:off"
    rf"|away|in|back|out|home|into|from|to|on)\b)|do (?:that"
    rf"|it|this|so)|make (?:that|it) (?:happen"
    rf"|work)|go (?:with|for) that|live with|honou?r that|sign off|shake on|work with that|arrange"
    rf" that|manage that|swing that|approve)\b"
    r"|(?:we|you)(?:'ve| have)?(?: got)? (?:an? |our )(?:agreement|understanding|contract)\b|we(?:'re"
    r"| are) (?:all )?agreed\b"
    r"|you(?:'ve| have)?(?: just)? (?:got|bought) yourself an? (?:\w+ )?(?:car|truck|van|suv|vehicle|deal|ride|bargain)"
    r"|your (?:offer of )?[$€£]?\d[\d.,]*(?:k| grand| thousand)? (?:is|are|sounds?|works?)(?: \w+ly)? (?:fine|ok"
    r"|okay|accepted"
    r"|agreed|approved|good|great|perfect|acceptable)"
    r"|(?:it|that)(?:'s| is) (?:settled|agreed|a done deal)|shake on (?:it|that)|^\W*sold\b(?=\W*$)|you (?:win"
    r"|drive a hard"
    r" bargain)\b"
    r"|(?:let's|let us) (?:do (?:it|that|this)|shake|make it|go with|call it)|sounds (?:good|great|fair|fine"
    r"|perfect|like a (?:deal|plan)) (?:to us|to me)|consider it|(?:it|that) is a deal|it's a deal|you've"
    r" got it|you got"
    r" yourself|^\W*deal\b(?=[,!.]|$)|no problem with that|done deal|as you (?:wish|propose|suggest)"
    r"|exactly as you|that's (?:the )?(?:deal|plan)|as agreed|(?:that|this|which) is (?:included|no"
    r" problem|not a problem|fine|okay|agreed))"
)
_VALID = re.compile(
    r" (?:through|until|till|thru|up to|as of|from|for (?:\d|an?\b|one|two|three|four|five|the))|,? [~$€£]?\d"
)
_ADDRESSED = re.compile(
    r"^(\W*(?:yes|yep|yeah|sure|ok|okay|absolutely|certainly|of course|right|correct),?)"
    r" (?!it\b|that|we\b|you|i\b|they|this)[a-z]+(?=,)"
)
_DECLINES = re.compile(
    r"\b(?:can't|cannot|not|won't|unable|unfortunately|afraid|sorry|no longer|couldn't|don't|isn't|doesn't|didn't|nope"
    r"|no way|if|as long as|while|when|once|whether|unless"
    r"|(?:when|wher|how|what|which)ever (?:[a-z]+ )?(?:it|that|this|works?|suits?))\b"
    r"|^\W*no\b(?! (?:problem|worries|issue|trouble|objection|sweat|doubt))"
)
_AFTER_IF = re.compile(r"\W*(?:and |but |or |then )?(?:if|should you|in case)\b")
_YES_TO = re.compile(r"\b(?<!said )(?<!says )(?:yes|ok|okay|agreed) (?:to|on) (?:the|your|that|this|it|both|all)\b")
_TAKES_UP = re.compile(
    r"(?:^|[,;:]|\b(?:and|but|so|then|yes|sure|ok|okay))\W*(?P<who>(?:we|i)(?:'ll| will| can| could|'d| would| do)?"
    r"(?: gladly| happily| certainly| definitely| surely| just| also| then)* (?P<verb>[a-z]+)(?: [a-z]+)?"
    rf"(?: on| with| to| for| by)? (?:it|that|this|those|them|(?:your|that|this|those|the) {_NUMBER}))"
    r"(?: then| too| gladly| for you)?\W*$"
)
_OPENING = re.compile(
    r"(?:oh |well |and )?(?:ok|okay|right|alright|all right|sure|sure thing|great|good|perfect|awesome|excellent|fine"
    r"|of course|certainly|absolutely|no problem|got it|you bet)(?: then| there| sir| ma'am| my friend)?"
)
_GRACIOUS = re.compile(
    r"(?:oh |well |but |yes,? |sure,? )*(?:with (?:great )?pleasure|my pleasure|of course|certainly|gladly"
    r"|absolutely|sure"
    r"|sure thing|happily|happy to|glad to|no problem|no worries|by all means|definitely|claro|you bet|you can|you may"
    r"|naturally|indeed)(?:[ ,]+(?:of course|certainly|gladly|you can|you may|sir|ma'am|indeed))*"
)
_THANKS = re.compile(r"\W*(?:many )?(?:thanks|thank you|thx|cheers)\b")


def _bargains(scene: Scene) -> bool:
    """Tell whether the customer asks for more than an answer: something given, an amount, a day or an hour."""
    newest = [
        reading for _, reading in scene.library.customer_readings if reading.normal.lower in scene.library.question
    ]
    clauses = [one for reading in newest for one in reading.clauses]
    valued = any(one.quantities or one.times or one.days or one.dates for one in clauses)
    return valued or offered(scene.library.question)


def _elaborated(scene: Scene, index: int) -> bool:
    """Tell whether what follows a bare "yes" says itself what is meant."""
    following = scene.reading.clauses[index + 1 :]
    if not following:
        return False
    bare, first = scene.reading.clauses[index].clause, following[0]
    if first.clause.act in (Act.HEDGES, Act.QUOTES):
        return True
    if first.clause.act is Act.ASKS:
        return first.clause.sentence == bare.sentence
    if first.clause.act is Act.ASKS and _GRACIOUS.fullmatch(_plain(bare.text)) and not _bargains(scene):
        return True
    weak = _polite(bare.text)
    if weak and _THANKS.match(first.clause.text):
        return True
    stating = [one for one in (following if weak else following[:1]) if one.clause.act is Act.STATES]
    return any(_says(one) for one in stating) or bool(_DECLINES.search(first.clause.text))


def _says(clause: ReadClause) -> bool:
    return bool(
        clause.quantities
        or clause.mentions
        or clause.traits
        or clause.words
        or clause.times
        or clause.days
        or clause.identifiers
    )


def _plain(text: str) -> str:
    bare = _ADDRESSED.sub(r"\1", text).strip(" \n!.,;:-—\"'*()")
    return re.sub(r"[^\w\s',/-]+", "", bare).strip()


def _polite(text: str) -> bool:
    """Tell whether a bare word may just open a message: "Okay", "Right", "Great"."""
    return bool(_OPENING.fullmatch(_plain(text)))


def _after_condition(scene: Scene, index: int) -> bool:
    """Tell whether the sentence began with "if": "if you need a few days first, that is fine"."""
    clauses = scene.reading.clauses
    if not index or clauses[index - 1].clause.sentence != clauses[index].clause.sentence:
        return False
    return bool(_AFTER_IF.match(clauses[index - 1].clause.text))


def _adopts(scene: Scene, index: int) -> tuple[int, int] | None:
    """Return where a clause agrees to something it does not itself name, or None."""
    clause = scene.reading.clauses[index]
    text, offset = clause.clause.text, clause.clause.start
    if _BARE.fullmatch(_plain(text)):
        return None if _elaborated(scene, index) else (offset, clause.clause.end)
    if _DECLINES.search(text) or _after_condition(scene, index):
        return None
    match = _YES_TO.search(text) or _ADOPTS.search(text) or _RIGHT.search(text)
    if match and not _own_content(clause, match) and not _VALID.match(text, match.end()):
        return offset + match.start(), offset + match.end()
    acted = None if _GRASPS.match(text) else _TAKES_UP.search(text)
    return (offset + acted.start("who"), offset + acted.end()) if acted and not harmless(acted["verb"]) else None


_GRASPS = re.compile(r"^\W*(?:oh |ah |ok,? |yes,? )*i (?:\w+ly )?(?:get|hear|see|understand) (?:it|that|you)\W*$")


def _quotes_to_agree(text: str) -> bool:
    """Tell whether a clause agrees by pointing at the customer's words: "yes to your offer", "just like you say"."""
    return bool(_YES_TO.search(text) or _BARE.fullmatch(_plain(text)))


def _adoptions(scene: Scene) -> list[tuple[int, int]]:
    clauses = scene.reading.clauses
    stating = [
        index
        for index, one in enumerate(clauses)
        if one.clause.act is Act.STATES or (one.clause.act is Act.QUOTES and _quotes_to_agree(one.clause.text))
    ]
    return [span for index in stating if (span := _adopts(scene, index))]


def _own_content(clause: ReadClause, match: re.Match[str]) -> bool:
    """Tell whether "that works" speaks of something the clause itself names."""
    start, end = clause.clause.start + match.start(), clause.clause.start + match.end()
    words = [word for low, high, word in clause.words if high <= start or low >= end]
    return len(words) > 3


def check_assent(scene: Scene, checks: Checks) -> list[Finding]:
    """Check each assent by verifying what it adopts.

    Args:
        scene: The text.
        checks: The checks that the customer's proposal must pass to be adopted.
    """
    spans = _adoptions(scene) if scene.library.question else []
    if not spans:
        return []
    verdict, cause = judge_proposal(scene, checks)
    if verdict is Verdict.UNCERTAIN:
        if not proposes(scene):
            return []
        verdict = Verdict.UNSUPPORTED
    found = []
    for start, end in spans:
        reason = (
            f"This agrees to what the customer wrote. {cause.reason}"
            if cause
            else "This agrees to what the customer wrote."
        )
        evidence = cause.evidence if cause else None
        found.append(Finding(ClaimKind.ASSENT, start, end, verdict, reason, evidence))
    return found


__all__ = ["Checks", "check_assent"]
