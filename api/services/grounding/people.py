"""Who works where, as the evidence tells it: each name with the words that say what the person does."""

import re
from dataclasses import dataclass

from api.services.grounding.evidence import EvidencePack
from api.services.grounding.gazetteer import MAKES, MODELS, TRIMS
from api.services.grounding.normalise import normalise
from api.services.grounding.wording import STOP, is_known, lemma
from models.claims import EvidenceSource, EvidenceView

NAME = re.compile(r"\b[A-Z][a-z]+(?:[-'][A-Z][a-z]+)?\b")
_WORD = re.compile(r"[a-z]+")
_SENTENCE = re.compile(r"[^.!?\n]+")
_PART = 4
_PLURAL = r"(?:are|need|have|last|must|may|can|do|cost|come|of|for|in|with|and|or|get|take|hold|carry)"
_ONE_ACTS = re.compile(
    rf"\W+(?:[A-Z]|(?:is|was|has|can|will|would|does|and|or|at|from|in|the|our|who)\b|[a-z]+s\b(?!,? {_PLURAL}\b))"
)
_AGENT = re.compile(r"(?<=\w{3})(?:er|or|e)$")
_WORDS_IN = re.compile(r"[a-z']+")
_LINKS = frozenset(
    _WORDS_IN.findall(
        "is are was be been being the a an our your my of for in on at to by with who and or not after that this it he"
        " she would will does do has have it's there"
    )
)
_OTHER_WORDS = frozenset(
    _WORDS_IN.findall(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
        " september october november december christmas thanksgiving carfax autocheck bluetooth carplay android apple"
        " kelley edmunds google facebook craigslist english spanish german french bose vin apr epa usa canada germany"
        " america certified jan feb mar jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun i hst"
        " alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho"
        " illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi"
        " missouri montana nebraska nevada hampshire jersey york carolina ohio oklahoma oregon pennsylvania texas"
        " tennessee utah vermont virginia washington wisconsin wyoming ontario quebec alberta manitoba saskatchewan"
        " england scotland wales ireland"
        " gst street road avenue whatsapp sirius harman kardon internet"
    )
)


@dataclass(frozen=True)
class Part:
    """What one piece of evidence says that a person does; no words where it only names him."""

    name: str
    words: frozenset[str]
    evidence: EvidenceView
    surname: str = ""


def is_name(word: str) -> bool:
    """Tell whether a capitalised word may be somebody's name: no everyday word, make, model or word of the trade."""
    bare = word.lower()
    strangers = (STOP, _OTHER_WORDS, MAKES, MODELS, TRIMS)
    return not any(
        form in known for known in strangers for form in (bare, bare.removesuffix("s") if len(bare) > 3 else bare)
    ) and not is_known(bare)


def part_words(text: str) -> frozenset[str]:
    """Return what a text says that somebody does, the words cut to their first letters so that "owns" is "owner"."""
    words = (word for word in _WORD.findall(text.lower()) if word not in _LINKS and word not in {"we", "us", "here"})
    return frozenset(_AGENT.sub("", lemma(word))[:_PART] for word in words if len(word) > 2)


def directory(pack: EvidencePack) -> tuple[Part, ...]:
    """Read the people out of the policies, the approved responses and the messages of staff."""
    return tuple(part for text, evidence in _texts(pack) for part in _parts(normalise(text).text, evidence))


def _texts(pack: EvidencePack) -> list[tuple[str, EvidenceView]]:
    policies = (pack.dealership or {}).get("policies") or ()
    found = [(str(one["text"]), _view(EvidenceSource.POLICY, str(one["topic"]))) for one in policies]
    found += [(one.content, _view(EvidenceSource.CANNED_RESPONSE, one.id)) for one in pack.canned]
    staff = [one for one in pack.messages if one.sender == "staff"]
    return found + [(one.content, _view(EvidenceSource.MESSAGE, one.id)) for one in staff]


def _view(source: EvidenceSource, identifier: str) -> EvidenceView:
    return EvidenceView(source=source, id=identifier)


def _parts(text: str, evidence: EvidenceView) -> list[Part]:
    found = []
    for sentence in _SENTENCE.finditer(text):
        names = [one for one in runs(sentence.group()) if _acts_alone(sentence.group(), one)]
        for (start, end, name), (low, high) in zip(names, reaches(sentence.group(), names), strict=True):
            around = sentence.group()[low:start] + " " + sentence.group()[end:high]
            surname = " ".join(sentence.group()[start:end].lower().split()[1:])
            found.append(Part(name, part_words(around), evidence, surname))
    return found


def _acts_alone(sentence: str, name: tuple[int, int, str]) -> bool:
    """Tell whether a capital is more than the sentence's first letter: "Loaner cars are" names nobody."""
    return (
        bool(sentence[: name[0]].strip()) or not sentence[name[1] :].strip() or bool(_ONE_ACTS.match(sentence, name[1]))
    )


def runs(text: str) -> list[tuple[int, int, str]]:
    """Return the names of a text, neighbours as one: place, end, first name in lower case."""
    found: list[tuple[int, int, str]] = []
    for match in NAME.finditer(text):
        if not is_name(match.group()):
            continue
        if found and text[found[-1][1] : match.start()] == " ":
            start, _, name = found.pop()
            found.append((start, match.end(), name))
        else:
            found.append((match.start(), match.end(), match.group().lower()))
    return found


def reaches(sentence: str, names: list[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Return for each name the stretch of its sentence that speaks of it: up to the next name, or back to the last."""
    found = []
    for index, (start, end, _) in enumerate(names):
        after = names[index + 1][0] if index + 1 < len(names) else len(sentence)
        before = names[index - 1][1] if index else 0
        says_after = len(_WORD.findall(sentence[end:after].lower())) > 0
        found.append(
            (start, after) if says_after and index + 1 < len(names) else (before if not index else start, after)
        )
    return found


__all__ = ["NAME", "Part", "directory", "is_name", "part_words", "reaches", "runs"]
