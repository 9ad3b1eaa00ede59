"""Talk that claims nothing: feelings, lead-ins, wishes, acts of speaking and looking, what the speaker cannot do."""

import re

from api.services.grounding.speech import talking, unable

_LINKING = (
    r"(?:and|but|so|well|oh(?: man)?|ah|aw+|wow|haha|hehe|lol|hmm?|ok|okay|then|also|yes|no|sure|honestly|truly"
    r"|of course)"
)
_FEELING = (
    r"(?:fine|ok|okay|lovely|frustrating|disappointing|annoying|understandable|tough|hard|sad|stressful"
    r"|exciting|upsetting"
    r"|unpleasant|natural|normal|important|no problem|a lot|nice|a shame|a pity|unfortunate|terrible|awful|kind"
    r"|sweet|cute|adorable|funny|cool|neat|hilarious"
    r"|generous"
    r"|a good question|a fair question|a great question|hard to hear|good to (?:hear|know)|great to hear|rough|painful"
    r"|up to you|your (?:choice|call|decision)|a big (?:decision|step|purchase|deal)|a (?:tough|hard"
    r"|difficult) (?:one|choice|decision)"
    r"|(?:perfect |total )?sense|(?:always )?a (?:good|great|smart) (?:idea|plan|thought)(?: to [^,;]+)?"
    r"|good (?:choices|options|picks)|different|fun|handy|useful|helpful|never (?:easy|fun|nice)|not (?:easy|fun|nice)"
    r"|easy to (?:see|understand))"
)
_FEELS = re.compile(
    rf"^\W*(?:{_LINKING}\W+)*(?:(?:i|we) (?:totally |completely |do |fully )?(?:get|understand|know|see|agree|realize)"
    rf" (?:that )?)?(?:which|that|this|it|these things|those|both(?: of them)?|every (?:family|buyer|budget)"
    rf"|(?:\w+ ){{0,2}}(?:\w+ing)\b[^,;]{{0,40}}|losing [^,;]{{0,30}})"
    rf"(?:'s| is| was| makes| must be| must have been| sounds| feels| can be| would be| are)"
    rf"(?: \w+ly| so| very| really| quite| a bit| all| always| pretty)* {_FEELING}\b"
    r"(?: too| as well| to (?:have|know|hear|see|remember)(?: \w+){0,7}| (?:with|for|by|to) (?:me|us|you|anyone)"
    r"| (?:on|in|during|for|at|when)(?: \w+){1,4}"
    r"| indeed)?\W*$"
)
_MINE = re.compile(
    rf"^\W*(?:{_LINKING}\W+)*(?:(?:i|we)(?:'m| am|'re| are| do| would|'d| can| could| wouldn't|'d rather"
    rf"| would rather| don't)?(?: \w+ly| so| very| just"
    rf"| also| do| not"
    r"| n't| really| quite| only)*|my|our)"
    r" (?:hope|wish|get (?:it|that|how|why)|hear you|understand|know how|know what|see (?:what|how|why|where"
    r"|your (?:point|concern))"
    r"|feel (?:for|you|the)"
    r"|appreciate|apologi\w+"
    r"|want|like to|love to|sorry|here (?:for you|to help|if)|thinking of|glad|happy|pleased|grateful|delighted"
    r"|thankful"
    r"|looking forward|apologies|condolences|deepest|thoughts|pleasure)\b"
)
_ADDRESSED = re.compile(
    rf"^\W*(?:{_LINKING}\W+)*(?:hope|hoping|wishing|sorry|apologies|condolences|congrat\w*|(?:good|great"
    rf"|bad) news|please|pls|kindly"
    rf"|thanks?|cheers"
    r"|(?:there's |there is |with )?(?:no|zero) (?:rush|hurry|obligation|pressure|strings)"
    r"|nothing is (?:decided|final|binding|set in stone)|take (?:your|all the|whatever) time|whenever|what an? "
    r"|welcome to|welcome aboard|sounds like you|(?:there are|there's|there is) no (?:silly|dumb|stupid|bad"
    r"|wrong) questions?|pardon|excuse|forgive|bear with|(?:i'm|i am) (?:still )?new (?:here|at this|to)"
    r"|(?:i|we)(?:'ve| have| did)?(?: not|n't| never)+ (?:promised?|said|say|agreed?|offer(?:ed)?)"
    r"|how (?:lovely|nice|kind|exciting"
    r"|sad)|whichever|whatever (?:is|works|suits|you)|if you|should (?:you|anyone|someone|your)|in case you"
    r"|when(?:ever)? (?:it|you)|whether|as soon as you|once you(?:'ve| have) (?:had|decided|thought)|up to you"
    r"|your choice)\b"
)
_THING = re.compile(
    r"\b(?:that )?(?:it|the \w+|this (?:one|car|truck)|that one|they|he|she|our \w+)(?:'s|'re|'ve"
    r"| (?:\w+ly )?(?:is|was|has"
    r"|are|were|runs?|comes?|had|have|passed|drives?|needs?|does|holds?|gets?|costs?|includes?))\b"
)
_DEED = re.compile(r"\b(?:is|are|was|has|have|comes?|runs?|includes?|costs?|passed|had|were|does|gets?)\b")
_LEAD_WORDS = 5
_HERE = re.compile(r"^\W*(?:\w+ ){0,2}?(?:here|these)(?:'s| is| are)\b")


_ALIKE = re.compile(
    r"\b(?:is|are) (?:(?:very|quite|pretty|fairly) )?(?:similar|different|simple|easy|comparable|close)\W*$"
)
_SMALL_TALK = re.compile(
    rf"^\W*(?:{_LINKING}\W+)*(?:it(?:'s| is| was|'s been| has been)(?: such)?(?: an?)?(?: \w+ly| very| quite| really"
    r"| so)? (?:busy|long|short|crazy|hectic|slow|quiet|cold|hot|rainy|snowy|windy|beautiful|lovely|gorgeous|rough"
    r"|tough|wild)"
    r"(?: (?:day|night|week|weekend|month|morning|evening|afternoon|season|year|winter|summer|out(?:side)?|here|today"
    r"|lately|around here))*"
    r"|you(?:'re| are)(?: absolutely| totally| quite| so| very)* (?:right|not alone|kind|too kind|patient)"
    r"|(?:\w+ ){0,3}\w+ing\b[^,;]* (?:is|can be) (?:such )?an? (?:adventure|challenge|journey|chore|joy)"
    r"|you (?:sound|seem|must be|must have|deserve) [^,;]*"
    r"|(?:\w+ ){0,3}?(?:either|both|any|each)(?: one| of (?:them|these|those))? (?:would|will|could|should"
    r"|can) (?:easily )?"
    r"(?:do the (?:job|trick)|fit the bill|suit you|serve you|work|be an? (?:great|good|fine|solid) (?:fit|choice"
    r"|option"
    r"|pick))[^,;\d]*"
    r"|no (?:trouble|bother|problem|hassle)(?: at all| whatsoever)?|not at all|it(?:'s| is) nothing"
    r"|that (?:sounds|must be|must have been) (?!(?:good|great|fair|fine|perfect|acceptable|like a (?:deal"
    r"|plan))\b)[^,;]*"
    r"|(?:there(?:'s| is) |with )?no (?:need|rush|hurry|obligation)(?: (?:for you )?to (?:decide|rush|hurry"
    r"|worry|apologi[sz]e"
    r"|commit|answer|reply|explain|choose)[^,;]*)?|(?:you )?(?:don't|do not|needn't|need not) (?:have to "
    r"|need to )?(?:decide"
    r"|commit|answer|reply|choose|worry|rush|hurry|apologi[sz]e)[^,;]*"
    r"|(?:do )?(?:shout|holler|pipe up|write|ring|call)(?: (?:back|again|us|me))? (?:if|when|should) [^,;]*"
    r"|(?:which|that|something) (?:you'll|you will|you may|you might|many \w+|families|drivers|most people)(?: \w+ly)?"
    r" (?:appreciate|enjoy|love|like|find (?:handy|useful|helpful)|be (?:glad|happy|grateful))[^,;\d]*"
    r"|you(?:'re| are)(?: absolutely| totally| quite| so)* (?:right|entitled|allowed) to (?:be|feel|expect|complain)"
    r"(?: \w+){0,3}(?:,? and (?:i|we) apologi[sz]e)?|(?:i|we) (?:sincerely |do )?apologi[sz]e[^,;\d]*"
    r"|(?:(?:very|quite|rather|pretty) )?different|which (?:really |always |also )?(?:helps|makes (?:a difference"
    r"|life easier|sense))[^,;\d]*"
    r"|which (?:is|are|can be|will be)(?: \w+ly| so| very)? (?:great|good|ideal|perfect|nice|handy|useful|helpful)"
    r" (?:in|on|for|when|if|during|with) [^,;\d]*"
    r"|safe (?:travels?|trip|journey)[^,;]*|(?:have|enjoy) (?:an?|the"
    r"|your|a very) (?:\w+ )?(?:rest of (?:the|your) )?(?:trip|day|night"
    r"|week|weekend|evening|afternoon|morning|holiday|holidays|vacation|drive|ride|flight|thanksgiving|christmas"
    r"|break|time|one)\b[^,;]*"
    r"|(?:drive|travel|ride|stay|get home|be)(?: \w+)? (?:safe|safely|careful|carefully|warm|well|dry|cool)\b[^,;]*"
    r"|(?:before|after|once|when|while|until) (?:it|you|we|they|he|she)(?:'s|'re| is| are|'ve)? \w+"
    r"|(?:for|about|regarding|as for) (?:\w+ ){0,3}(?:questions?|matters?|details|more|anything)(?: else)?"
    r"|(?:lots of|many|most|some|plenty of) (?:people|folks|buyers|customers|families) (?:feel|find|worry|wonder|ask)"
    r" [^,;]*|it(?:'s| is) the (?:quickest|easiest|best|fastest) way to (?:reach|get|contact) [^,;]*"
    r"|(?:nothing|no money|you) (?:is |are )?(?:owed?|owe)(?: us| anything| nothing)*\b[^,;]*"
    r"|[^,;]*\b(?:doesn't|does not|won't|will not|wouldn't|not) (?:commit|oblige|bind|tie) you\b[^,;]*"
    r"|there(?:'s| is| are) (?:a lot|lots|so much|so many|plenty|much)(?: of)? (?:jargon|paperwork|numbers|terms"
    r"|choices?|to (?:take in|think about|weigh up|consider|digest|learn))(?: \w+){0,2}"
    r"|(?:i|we)(?:'d| would)(?:n't| not| never) (?:want|like|wish|dare|care) to (?:claim|guess|assume"
    r"|speculate|swear)\b[^,;]*"
    r"|(?:there(?:'s| is)|with|at|under) no (?:obligation|commitment|strings|pressure)\b[^,;]*)\W*$"
)


_GREETS = re.compile(
    r"^\W*(?:and )?(?:(?:have|hope you have|wishing you|enjoy) (?:a |an |the |your )?(?:\w+ ){0,2}"
    r"|best wishes for (?:the )?|(?:happy|merry) )(?:thanksgiving|christmas|xmas|easter|new year\S*|holidays?"
    r"|hanukkah|diwali|eid|halloween|fourth of july|4th of july|(?:labor|memorial|veterans) day|birthday"
    r"|mother's day|father's day|weekend)\b[^,;\d]*$"
    r"|^\W*(?:and |but )?it was (?:\w+ )?(?:great|nice|wonderful|lovely|good|a pleasure|fun) (?:to )?(?:meet|see"
    r"|talk|speak|hear|help|catch up"
    r"|chat)"
)


def greets(text: str) -> bool:
    """Tell whether a lower-case clause only wishes well or recalls a meeting: "happy Thanksgiving"."""
    return bool(_GREETS.search(text))


_HERES_HOW = re.compile(r"^\W*here(?:'s| is) (?:how|what|the|a|your)\b[^\d$€£]*$")


def leads_in(text: str, after: str) -> bool:
    """Tell whether a short clause without a verb only announces what follows its colon ("Quick rundown:")."""
    if after.lstrip(" ").startswith(":") and _HERES_HOW.match(text):
        return True
    deed = _DEED.search(_ALIKE.sub("", _HERE.sub("", text)))
    return after.lstrip(" ").startswith(":") and len(text.split()) <= _LEAD_WORDS and not deed


def claims_nothing(text: str) -> bool:
    """Tell whether a lower-case clause is mere talk: no statement about a thing is inside it."""
    if _FEELS.match(text) or unable(text) or _SMALL_TALK.match(text):
        return True
    mere = _MINE.match(text) or _ADDRESSED.match(text) or talking(text)
    return bool(mere) and not _THING.search(text)


__all__ = ["claims_nothing", "greets", "leads_in"]
