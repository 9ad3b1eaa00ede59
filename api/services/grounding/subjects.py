"""Whose value it is: each place in a text gets the vehicle that it speaks of."""

import re
from dataclasses import dataclass

from api.services.grounding.mentions import Mention
from api.services.grounding.reading import ReadClause, Reading


@dataclass(frozen=True)
class Subject:
    """The vehicles that a statement is about, by their index in the pack.

    `indices` is empty where no vehicle of the pack is meant. `sure` is False where several could be
    meant and the text does not say which. `every` marks a group that is spoken of together.
    """

    indices: tuple[int, ...]
    sure: bool = True
    every: bool = False
    customers: bool = False
    unknown: bool = False


NO_VEHICLE = Subject(())
_ATTACHED = re.compile(
    r"\s*(?:(?!one\b|than\b|against\b|versus\b|and\b|but\b|with\b)[a-z]+\s+){0,3}?"
    r"(?:for|on|of|off|in|with)\s+(?:the|our|that|this|a|an|your)?\s*$"
)
_AGAINST = re.compile(
    r"\b(?:against|versus|vs\.?|compared (?:to|with)) [\d.,]+(?: \w+)? (?:for|on|of|with) (?:the |our )?$|"
    r"\b(?:unlike|than|instead of|rather than|compared (?:to|with)|next to|beside|as opposed to)(?: the| our| an?)? $"
)
_MODIFIES = re.compile(r"[ -](?:the )?(?:(?:19|20)\d\d |used |new |certified |little |big )*")
_JOINED = re.compile(r"\s*(?:,|and|&|or|,\s*and)?\s*(?:the|our|a|an|both|that)?\s*")
_GROUP_WORDS = re.compile(
    r"\b(?:both|neither|none of (?:them|these|those)|they(?! (?:quoted|said|offered|gave|approved|told))|they're|these"
    r"|those|them|all (?:of them|three|four|two)"
    r"|each(?! (?:month|week|year|mile|time|day|additional|further|extra|way|other|kilomet|km))|either)\b"
)
_OTHER = re.compile(
    r"\bthe other(?: one| car| truck| vehicle| suv)?(?=\s+(?:is|was|has|isn't|hasn't|does|comes|'s)|'s)"
)
_PRONOUN = re.compile(
    r"\W*(?:(?:yes|no|and|but|so|well|currently|indeed)\W+)*(?:it|this one|that one|this|that)(?:'s|'d)?\b"
    r"(?! way| much| many)"
)
_VERSUS = re.compile(
    r"\d[\d,.]*(?: ?(?:miles|mi|km|lbs))?,? (?:vs\.?|versus|(?:as )?against|compared (?:to|with)) (?:just |only )?$"
)
_BRACKET = re.compile(r"[a-z ]{0,12}\((?:the |our )?")
_PAIR = 2
_OWN_TALK = re.compile(r"\byour (?:car|trade(?:-in)?|vehicle|truck|current|old|suv|van)\b")


def _of_mention(mention: Mention) -> Subject:
    several = len(mention.matches) > 1
    return Subject(
        mention.matches,
        not several or mention.plural,
        mention.plural and several,
        mention.customers,
        not mention.matches,
    )


_Group = tuple[int, int, Subject, tuple[Subject, ...]]


def _groups(mentions: tuple[Mention, ...], lower: str) -> list[_Group]:
    """Return runs of mentions joined by "and" as one subject with its members."""
    groups: list[tuple[int, int, list[Mention]]] = []
    for mention in mentions:
        apart = groups and _AGAINST.search(lower, max(0, groups[-1][0] - 16), groups[-1][0])
        if groups and not apart and _JOINED.fullmatch(lower[groups[-1][1] : mention.start]):
            start, _, members = groups[-1]
            groups[-1] = (start, mention.end, [*members, mention])
        else:
            groups.append((mention.start, mention.end, [mention]))
    result = []
    for start, end, members in groups:
        subjects = tuple(_of_mention(member) for member in members)
        if len(members) == 1:
            result.append((start, end, subjects[0], subjects))
            continue
        indices = tuple(dict.fromkeys(index for subject in subjects for index in subject.indices))
        unknown = any(subject.unknown for subject in subjects)
        result.append(
            (
                start,
                end,
                Subject(indices, all(one.sure for one in subjects), len(indices) > 1, unknown=unknown),
                subjects,
            )
        )
    return result


_IT = re.compile(r"\W*(?:(?:and|but|so|also) )?(?:it|its|it's)\b")
_CONTRAST = (
    r"\b(?:than|unlike|compared|instead of|(?:price|cost|size|mileage|age|value|range) of"
    r"|as (?:much|many|big|old|new|cheap|expensive) as)\b"
)


@dataclass
class SubjectFinder:
    """Resolves the subject of places in one text, clause after clause.

    `default` is the subject before the text names one: the only vehicle of the pack, or the one that the
    thread spoke of last.
    """

    reading: Reading
    default: Subject
    count: int

    def __post_init__(self) -> None:
        """Follow the focus through the text once."""
        lower = self.reading.normal.lower
        self._groups = [_groups(clause.mentions, lower) for clause in self.reading.clauses]
        self._focus: list[Subject] = []
        focus, alike = self.default, list[Subject]()
        for clause, groups in zip(self.reading.clauses, self._groups, strict=True):
            focus = self._turned(clause, focus)
            alike += [focus] if len(focus.indices) == 1 else []
            alone = len(focus.indices) > 1 and bool(alike) and bool(_IT.match(clause.clause.text))
            self._focus.append(alike[-1] if alone else self._carried(clause, focus))
            groups[:] = [self._in_focus(clause, group, focus) for group in groups]
            own = [group for group in groups if not group[2].customers]
            own = [group for group in own if not _AGAINST.search(lower, max(0, group[0] - 34), group[0])] or own[:0]
            if own:
                focus = (
                    own[-1][2]
                    if len(own) == 1 or not own[0][2].indices
                    else own[0][2]
                    if self._contrast(clause)
                    else own[-1][2]
                )

    @staticmethod
    def _in_focus(clause: ReadClause, group: _Group, focus: Subject) -> _Group:
        """Take "the truck" for the one that is spoken of, where it could be that one or another."""
        generic = any(one.generic and one.start == group[0] and one.end == group[1] for one in clause.mentions)
        among = focus.sure and len(focus.indices) == 1 and focus.indices[0] in group[2].indices
        if not generic or not among or group[2].every or group[2].sure:
            return group
        return (group[0], group[1], focus, (focus,))

    @staticmethod
    def _contrast(clause: ReadClause) -> bool:
        return bool(re.search(_CONTRAST, clause.clause.text))

    def _carried(self, clause: ReadClause, focus: Subject) -> Subject:
        if _GROUP_WORDS.search(clause.clause.text) and not clause.mentions and self.count > 1:
            indices = focus.indices if len(focus.indices) > 1 else tuple(range(self.count))
            return Subject(indices, True, True)
        return focus

    def _turned(self, clause: ReadClause, focus: Subject) -> Subject:
        """Turn to the second of two vehicles where a clause speaks of "the other" and names none."""
        if clause.mentions or len(focus.indices) != 1 or self.count != _PAIR or not _OTHER.search(clause.clause.text):
            return focus
        return Subject((1 - focus.indices[0],))

    def at(self, index: int, start: int, end: int) -> Subject:
        """Return the subject of the place start to end in clause `index`."""
        lower = self.reading.normal.lower
        groups = self._groups[index]
        clause = self.reading.clauses[index]
        if _OWN_TALK.search(clause.clause.text) and not groups:
            return Subject((), customers=True)
        for begin, _, subject, _ in groups:
            between = lower[end:begin] if begin >= end else None
            if between is not None and (_ATTACHED.fullmatch(between) or _MODIFIES.fullmatch(between)):
                return subject
        own = next((group[2] for group in groups if group[:2] == (start, end)), None) or self._bracketed(index, end)
        if own:
            return own
        before = [group for group in groups if group[1] <= start]
        other = self._versus(index, start, before[-1][2] if before else self._focus[index])
        if other:
            return other
        if before:
            return self._of_group(before[-1], clause, start)
        return self._paired(index, start) or self._around(index, start, end)

    def _bracketed(self, index: int, end: int) -> Subject | None:
        """Give a value the vehicle that stands alone in the bracket after it: "$14,995 (the Golf)"."""
        lower = self.reading.normal.lower
        opened = _BRACKET.match(lower, end)
        near = [group for groups in self._groups[index : index + 2] for group in groups] if opened else []
        closed = (group for group in near if opened and group[0] == opened.end() and lower[group[1] :][:1] == ")")
        return next((group[2] for group in closed), None)

    def _versus(self, index: int, start: int, first: Subject) -> Subject | None:
        """Give the second value of "41,250 vs. 58,600" to the other of two vehicles, where none is named after it."""
        clause = self.reading.clauses[index]
        lower = self.reading.normal.lower
        stated = [one for one in clause.quantities if one.start <= start < one.end]
        if not stated or not _VERSUS.search(lower, clause.clause.start, stated[0].start):
            return None
        if self.count != _PAIR or len(first.indices) != 1 or any(one.start >= start for one in clause.mentions):
            return None
        return Subject((1 - first.indices[0],))

    def _around(self, index: int, start: int, end: int) -> Subject:
        """Return the subject of a place that no vehicle of its clause comes before."""
        clause, groups = self.reading.clauses[index], self._groups[index]
        if _PRONOUN.match(clause.clause.text[: max(0, start - clause.clause.start)]):
            return self._focus[index]
        over = [group for group in groups if group[0] < end and start < group[1]]
        lower = self.reading.normal.lower
        after = [group for group in groups if group[0] >= end]
        if self._focus[index].indices:
            after = [group for group in after if not _AGAINST.search(lower, max(0, group[0] - 16), group[0])]
        return (over or after)[0][2] if over or after else self._focus[index]

    def _paired(self, index: int, start: int) -> Subject | None:
        """Give the n-th amount of a bracket to the n-th vehicle that its sentence named before."""
        clause = self.reading.clauses[index]
        if clause.mentions or index == 0:
            return None
        sentence = clause.clause.sentence
        members = [
            one
            for place in range(index)
            if self.reading.clauses[place].clause.sentence == sentence
            for group in self._groups[place]
            for one in group[3]
        ]
        values = [one.core[0] for one in clause.quantities]
        position = next((place for place, one in enumerate(clause.quantities) if one.start <= start < one.end), None)
        return members[position] if position is not None and len(members) == len(values) > 1 else None

    def _of_group(
        self, group: tuple[int, int, Subject, tuple[Subject, ...]], clause: ReadClause, start: int
    ) -> Subject:
        """Give the n-th of n values after "A and B are" to the n-th of n vehicles."""
        _, end, subject, members = group
        alike = "both" in clause.clause.text and len({one.value for one in clause.quantities}) != len(members)
        if len(members) < 2 or "between" in clause.clause.text or alike:
            return subject
        values = [one for one in clause.quantities if one.core[0] >= end]
        dimensions = {one.dimension for one in values}
        positions = [one.start <= start < one.end or one.core[0] == start for one in values]
        if (
            len(values) == len(members)
            and len(dimensions) == 1
            and any(positions)
            and not any(one.bound.value.endswith("end") for one in values)
        ):
            return members[positions.index(True)]
        return subject


__all__ = ["NO_VEHICLE", "Subject", "SubjectFinder"]
