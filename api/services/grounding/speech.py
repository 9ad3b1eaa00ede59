"""Who acts in a clause and with what class of verb: what binds the dealership, and what only talks.

Default deny: an act of the dealership binds unless its verb belongs to a harmless class.
"""

import re
from functools import lru_cache

CREW = (
    r"(?:team|shop|store|manager|dealership|dealer|technicians?|guys|mechanics?|drivers?|detailers?|crew|staff|people"
    r"|boss|owner|workshop|body shop|colleagues?|salesperson|salesman|service (?:department|team|desk|manager)"
    r"|finance (?:team|manager|department|desk)|sales (?:team|manager)|parts department|lot attendant|advisors?"
    r"|management|director|general manager)"
)
_COMMUNICATING = (
    r"text|call|phone|ring|mail|e-?mail|write|send|share|forward|reach|reply|respond|message|contact|tell|let"
    r"|say|explain"
    r"|discuss|talk|speak|chat|mention|note|answer|describe|introduce|connect|inform|notify|remind|update|point"
    r"|summari[sz]e|sum|recap|outline|elaborate|expand|detail(?! (?:it|the (?:car|truck|van|vehicle)|your)\b)"
    r"|run (?:you |it )?(?:through|down)|break (?:it|this"
    r"|that) down"
    r"|spell (?:it )?out|lay (?:it )?out|fill you in|take you through|keep you (?:posted|updated)|stay in touch"
    r"|show|walk|guide|pass|relay|touch|circle|jump|report|state|stress|clarify|repeat|translate"
)
_CHECKING = (
    r"check|look(?! the other way)|ask|find|see|verify|research|review|consult|inquire|enquire|investigate"
    r"|compare|figure|double|dig|pull up"
    r"|run (?:it|that|this) (?:by|past)|go (?:over|through)|get back|come back|follow|try|search|read|count on hearing"
)
_MEANING = (
    r"lean|love|like|hope|think|believe|know|understand|appreciate|apologi[sz]e|recommend|suggest|feel|wish"
    r"|want|need|prefer"
    r"|remember|forget|hear|guess|assume|expect|wonder|doubt|agree with you|thank|enjoy|trust|care|regret|admit|imagine"
    r"|see|prefer|mean|stand|hate|worry|consider"
)
_HELPING = (
    r"help|assist|wait|welcome|meet(?! (?:it|that|them|the price|the offer|their)\b)|start|stay|prepare"
    r"|take (?:a|some|more|another|one) (?:\w+ )?(?:look"
    r"|photos?|pictures?"
    r"|video|note)s?|snap|do (?:my|our) best|use (?:\w+ ){0,2}(?:words|sentences|language|english)|keep (?:it"
    r"|this|that|things)"
    r" (?:simple|short|brief|quick|plain|easy|clear)|keep (?:you|an eye|in)|give you (?:a (?:call|ring|shout"
    r"|buzz|hand)|an"
    r" (?:answer|update|idea)|the (?:details|answer|numbers?))|put you in touch|get (?:you )?(?:the|that|those"
    r"|more|some"
    r"|an answer|in touch|a hold|hold of|started|going|to know)|make sure (?:you get the|i|we|that (?:i|we))"
    r"|set (?:something|it|that|one) up|set up a time|make a note|jot|put you through"
    r"|make (?:(?:a few|some|an?|any|other) )?(?:suggestions?|recommendations?)|arrange a time|schedule"
    r"|work (?:with|together|on)|be (?!free\b|able to|reserv|held|deliver|the one)\w+"
    r"|have to|add that"
    r"|have (?:you|(?:a|another|one more) (?:\w+ )?(?:look|think|chat|word|talk|peek))"
    r"|(?:put|lay|line|set) (?:(?:the|this|these|those|both|all|everything|it|them|your) (?:\w+ ){0,3})?(?:side by side"
    r"|next to each other|in writing|into an? (?:\w+ )?(?:table|list|summary|overview)|on paper"
    r"|together an? (?:\w+ )?(?:comparison|list|summary|overview|table))"
    r"|(?:run|crunch|go over|work out) (?:the|some|your|those|a few) (?:numbers|figures|math|maths)"
    r"|leave (?:(?:it|that)(?: all)?(?= (?:to|with|up|at|here|there)\b|\W*$)|you)|sort (?:it"
    r"|this) out (?:together|with)|spend|sit down"
)
_STATIVE = (
    r"have|had|are|am|is|was|were|been|do|does|did|don't|didn't|can|could|will|would|should|may|might|must"
    r"|shall|sell|stock"
    r"|carry|list|serve|specialize|work|open|close|require|got|get (?:asked|that|it)|also|just|only|still|currently|now"
    r"|always|never|often|usually|really|truly|both|all|too|sincerely|honestly|unfortunately|sadly|hereby"
    r"|cannot|ourselves"
    r"|myself|personally|who|that|and|or|in|at|to|on|of|with|here|there|from|for|as|if|not|no|then|so|value|run"
    r"|handle|manage|lead|head|speak|own|answer|sit|prepare|looks? after|takes? care of"
    r"|file|mark|tag|label|call|refer"
)
_PAST = (
    r"won|sold|bought|got|went|came|took|saw|gave|made|found|left|told|met|spoke|sent|wrote|thought|knew|heard"
    r"|felt|drove"
    r"|ran|grew|began|said|understood|became|built|read"
)
_OPENING = r"(?:^|[,;:(]|\b(?:and|but|so|then|because|that|yes|sure|ok|okay|no|unless|until))\W*"
_TALK = rf"(?:{_COMMUNICATING}|{_CHECKING}|{_MEANING}|{_HELPING})"
ADVERBS = (
    r"(?:even|also|rather|gladly|happily|definitely|certainly|always|absolutely|personally|of course|surely|then"
    r"|still|totally"
    r"|just|be happy to|be glad to|be able to|be willing to|now|currently|only|usually|normally|simply|all|both)"
)
MODAL = (
    r"(?:'ll| will| can| could|'d| would| are going to|'re going to|'m going to| am going to| is going to| are gonna"
    r"|'re gonna| are happy to|'re happy to|'m happy to| am happy to| are able to|'re able to| is able to| promise to"
    r"| shall| may| agree to| agreed to| are willing to|'re willing to| is willing to| plan to)"
)
_PERFECT = re.compile(
    r"\b(?:we|i)(?:'ve| have| just| already)*\s+(?:now |just |already )*(?:agreed|approved|accepted|promised"
    r"|reserved|waived"
    r"|(?:received|got|have) your (?:\w+ )?(?:deposit|payment|money|cheque|check|transfer|funds)|set (?:it|one) aside"
    r"|put (?:it|one|the \w+) (?:aside|on hold|down for you)|booked|extended|lowered|reduced|dropped|knocked)\b"
)
_PASSIVE = re.compile(
    r"\b(?:will|'ll|is going to|are going to|gets?|shall)(?: \w+ly| also| all| still"
    r"| then)? (?:be (?:\w+ly )?)?(?!asked|needed"
    r"|required|contacted|informed|notified|emailed|called|interested|pleased|delighted|delayed|closed|based"
    r"|used|charged"
    r"|added|checked|reviewed|asked|decided|determined|assessed|inspected|appraised|discussed|appreciated"
    r"|missed|surprised"
    r"|disappointed|impressed)(?:\w{3,}ed|done|sold|held|sent|made|given|paid|built|brought|taken care of"
    r"|thrown in|kept|cut|put|flown|driven|taken"
    r"|set aside|put aside|yours)\b"
)
_SETTLES = (
    r"need|come in handy|help|make sense|depend|take|decide|require|cost|vary|matter|happen|be (?:fine|great|good"
    r"|easy|happy|glad|nice|a|an"
    r"|the|asked|required"
    r"|in touch|able|closed|open|worth|hard|different|up to|interested|sent|needed|emailed|contacted|informed"
    r"|notified|your"
    r"|pleased|amazed|delighted|based|determined|decided|charged|added)"
)
_CUSTOMERS = (
    r"have to|find (?:it|us|that|the|out|all)|be able|notice|want|pass|drive (?:past|by|through)|pay"
    r"|get (?:an|a reply|there)"
)
_COMING = re.compile(
    rf"(?<!\bhow )(?<!\bwhat )(?<!\bwhere )(?<!\bwhich )\b(?!i\b|we\b|lender|bank)\w+(?:'ll| will| won't"
    rf"|'s going to| is going to| are going to| isn't going to"
    rf"| aren't going to| is gonna)(?: not)?(?:\s+{ADVERBS})*"
    rf" (?!(?<=won't )work\b|(?:{_TALK}|{_SETTLES}|{_CUSTOMERS})\b)[a-z]+"
)
_THERE = re.compile(r"\bthere(?:'ll| will) be (?!no\b|time|plenty|some(?:one|body)|a (?:chance|moment|short))")
_UNDER_WAY = re.compile(
    rf"\b(?:we|i|(?:our|the|my) {CREW})(?:'re|'m| am| are| is|'s)(?:\s+{ADVERBS})*\s+(?!look|check|ask|writ"
    rf"|text|call|e-?mail|hop|wait"
    r"|work|gett|try|find|see|think|wonder|reach|follow|talk|speak|runn|sell|go|clos|open|miss|mak|be|hav|will"
    r"|help|com|say|send|read"
    r"|wish|want|feel|do|enjoy|expect)\w{2,}ing\b"
)
_OKAYED = (
    r"(?:agreed|approved|okayed|ok'?d|accepted|promised|reserved|waived|authori[sz]ed|cleared|confirmed (?:the"
    r"|that|your) (?:price|discount|deal)"
    r"|signed off|said (?:yes|ok|okay|it's (?:ok|fine))|gave (?:me |us )?(?:the|his|her|their) (?:ok|okay"
    r"|go-ahead|blessing|nod))"
)
_INABILITY = re.compile(
    r"\b(?:i|we)(?:'m| am| are|'re)? (?:not|n't) (?:the (?:one|person|right person) (?:who|to)|able|allowed"
    r"|authori[sz]ed"
    r"|in a position|free to)\b|\b(?:i|we) (?:can't|cannot|can not|couldn't|could not|am unable|are unable)\b"
    r"|(?:\bnot|n't) (?:something|a thing|mine|my (?:call|decision|place)|our (?:call|decision)|for me|for us"
    r"|up to (?:me|us))\b"
    r"|\b(?:have|has|is|there's|there is) no (?:way of|way to|way for (?:me|us) to|authority|say|power|means)\b"
    r"|\b(?:out of|beyond) (?:my|our) (?:hands|control)|\babove my (?:pay|head)"
    r"|\b(?:nobody|no one) (?:here )?(?:can|could|knows)\b|\b(?:wish|if) (?:i|we) could\b|\b(?:don't"
    r"|do not) have the (?:authority|power|final say)"
)


@lru_cache(maxsize=256)
def _acts(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile "subject will verb" and "subject verbs" with the names of colleagues among the subjects."""
    known = "".join(f"|{re.escape(name)}" for name in names)
    who = rf"(?:we|i|our {CREW}|the {CREW}|my {CREW}|management{known})"
    will = re.compile(rf"\b{who}{MODAL}(?:\s+{ADVERBS})*\s+(?!{_TALK}\b|(?:not|n't|rather)\b)(?P<verb>[a-z]+)")
    okayed = re.compile(rf"\b{who}(?:'s| has| have|'ve)?(?: just| already)* {_OKAYED}\b")
    base = rf"(?!(?:{_TALK}|{_STATIVE}|{_PAST})\b)(?P<verb>[a-z]+)\b(?<!ed)(?<!ing)(?<!ly)(?!')"
    third = rf"(?!(?:{_TALK}|{_STATIVE})(?:s|es)?\b)[a-z]+s\b(?!')"
    does = re.compile(
        rf"(?:{_OPENING}|\b)(?P<who>(?:we|i|our {CREW}s)\s+(?:{ADVERBS}\s+)*{base}|(?:(?:our|the|my) {CREW}"
        rf"|management{known})"
        rf"\s+(?:{ADVERBS}\s+)*{third})"
    )
    return will, does, okayed


def binding(text: str, names: tuple[str, ...]) -> int | None:
    """Return where a lower-case clause binds the dealership to do something, or None.

    Args:
        text: The clause.
        names: The people of the dealership, lower-case.
    """
    will, does, okayed = _acts(names)
    patterns = (will, okayed, _PERFECT, _PASSIVE, _COMING, _THERE, _UNDER_WAY)
    found = [
        match.start() for pattern in patterns if (match := pattern.search(text)) and not _MAY_SELL.match(match.group())
    ]
    found += [one.start("who") for one in does.finditer(text) if not _SUBORDINATE.search(text, 0, one.start("who"))]
    return min(found) if found else None


_SUBORDINATE = re.compile(r"\b(?:before|until|till|when|whenever|than|once) $")
_MAY_SELL = re.compile(r"(?:we|i) (?:can|could|may|are able to)(?: \w+)? sell$")
_TALKING = re.compile(
    rf"^\W*(?:(?:and|but|so|then|also|sure|yes|ok|okay)\W+)*(?:let me|let's|allow me to|(?:i|we|someone"
    rf"|my {CREW}|our {CREW})"
    rf"(?:{MODAL}|'m going to|'ve| have| am| are|'m|'re)?|(?:who )?(?:can|will|could"
    rf"|would))(?: not)?(?:\s+{ADVERBS})*\s+{_TALK}(?:s|es|ed|ing)?\b"
)


def talking(text: str) -> bool:
    """Tell whether somebody of the dealership only speaks, looks or helps in a lower-case clause."""
    return bool(_TALKING.search(text))


_HARMLESS = re.compile(rf"(?:{_TALK}|{_STATIVE}|{_PAST})(?:s|ed)?")


def harmless(verb: str) -> bool:
    """Tell whether a verb only talks, looks, thinks or describes."""
    return bool(_HARMLESS.fullmatch(verb))


def unable(text: str) -> bool:
    """Tell whether a clause says that its speaker cannot do, know or decide something; that promises nothing."""
    return bool(_INABILITY.search(text))


__all__ = ["ADVERBS", "CREW", "MODAL", "binding", "harmless", "talking", "unable"]
