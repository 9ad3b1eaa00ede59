"""Calendar days and weekdays."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH_NUMBER = {name: index for index, name in enumerate(_MONTHS, 1)} | {
    name[:3]: index for index, name in enumerate(_MONTHS, 1)
}
MONTH_NUMBER["sept"] = 9
_MONTH = (
    r"(?P<m>january|february|march|april|may|june|july|august|september|october|november|december|jan|feb"
    r"|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_DAY = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_ORDINALS = re.findall(
    r"\S+",
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth"
    " twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first",
)
_NTH = {name: number for number, name in enumerate(_ORDINALS, 1)}
_SPELLED = rf"(?P<o>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
_PATTERNS = (
    re.compile(r"\b(?P<y>20\d\d)-(?P<mm>[01]\d)-(?P<d>[0-3]\d)\b"),
    re.compile(rf"(?<![\d.,%])\b(?:the )?{_DAY}\.?[ \t]+(?:of )?{_MONTH}(?:,?[ \t]+{_YEAR})?(?![a-z0-9])"),
    re.compile(
        rf"(?<!% )(?<!%)\b{_MONTH}[ \t]+(?:the )?{_DAY}(?!\d|:|[.,]\d|\s*(?:am|pm|a\.m|p\.m|%|months?|years?))"
        rf"(?:,?[ \t]+{_YEAR})?(?![a-z0-9])"
    ),
    re.compile(rf"\b(?:the )?{_SPELLED} (?:of )?{_MONTH}(?:,?[ \t]+{_YEAR})?(?![a-z0-9])"),
    re.compile(rf"\b{_MONTH} (?:the )?{_SPELLED}(?:,?[ \t]+{_YEAR})?(?![a-z0-9-])"),
    re.compile(rf"\b{_MONTH},?[ \t]+(?:of )?{_YEAR}\b"),
    re.compile(rf"\b{_MONTH}[ \t]*'(?P<y>\d\d)\b"),
    re.compile(r"(?<![\d/.-])(?P<mm>0?[1-9]|1[0-2])[/.-](?P<y>(?:19|20)\d\d)(?![\d/-]|\.\d)"),
    re.compile(r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)[/.-](?P<mm>0[1-9]|1[0-2])(?![\d/-]|\.\d)"),
    re.compile(r"\b(?P<a>[0-3]?\d)/(?P<b>[0-3]?\d)(?:/(?P<y>(?:20)?\d\d))?\b(?!\s*(?:months?|miles?|apr))"),
    re.compile(r"\b(?P<a>[0-3]?\d)\.(?P<b>[01]?\d)\.(?P<y>(?:20)?\d\d)?(?!\d)"),
    re.compile(
        r"\b(?:in|since|until|till|through|from|by|before|after|of|during|end of|year)\s+(?P<y>(?:19"
        r"|20)\d\d)\b(?!\s+[a-z-]*\s*(?:[a-z]*one\b))"
    ),
)
_MONTHS_A_YEAR = 12
_DECIMAL = re.compile(r"\d+\.\d+\.")
_DECIMAL_END = re.compile(r"\d\.\d\.")
_DATED = re.compile(r"(?:\b(?:on|by|until|till|from|before|after|since|am|vom|bis|ab|zum|day|the)|[-–(,:])\s*$")
_NAMED = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "xmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "new year's": (1, 1),
    "fourth of july": (7, 4),
    "4th of july": (7, 4),
    "independence day": (7, 4),
    "halloween": (10, 31),
    "veterans day": (11, 11),
    "valentine's day": (2, 14),
    "juneteenth": (6, 19),
}
_MOVED = {"thanksgiving day": 0, "thanksgiving": 0, "black friday": 1, "cyber monday": 4}  # days after Thanksgiving
_NAMED_PATTERN = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, [*_NAMED, *_MOVED]), key=len, reverse=True))})\b")
_FULL = "|".join(_MONTHS)
_PART = re.compile(
    rf"\b(?:(?P<at>end|close|start|beginning|first|last day) of (?:the |this )?(?P<m>{_FULL}|year|month)\b"
    rf"(?:\s+{_YEAR})?"
    rf"|(?:in|during|until|till|through|by|before|throughout|all)[ -](?P<m2>{_FULL})\b(?!,?\s*\d)"
    rf"|(?P<third>early|mid|late|middle of)[ -](?P<m3>{_FULL})\b(?:,? (?:of )?(?P<y2>(?:19|20)\d\d))?(?!,?\s*\d))"
)
_THIRDS = {"early": range(1, 11), "mid": range(10, 22), "middle of": range(10, 22), "late": range(20, 32)}
_START, _CLOSE = range(1, 11), range(21, 32)
_ROUGHLY = re.compile(r"\b(?:at|in|around|towards?) (?:the )?(?:very )?$")
_AND_DAY = re.compile(r"\s*(?:,|and|&|or|to|-|until|till|through|(?:up )?to and including)\s*(?:the\s+)?")
_MORE_AFTER = re.compile(
    rf"{_AND_DAY.pattern}(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?![\w:%/]|[.,]\d|\s*(?:am|pm|a\.m|p\.m)\b|\s*[-–]\s*\d)"
)
_MORE_BEFORE = re.compile(rf"(?<![\w.,:/$€£])(?:the )?(?P<d>[0-3]?\d)(?:st|nd|rd|th)?{_AND_DAY.pattern}$")
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_DAY_NAME = (
    r"(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|mons?|tues?|weds?"
    r"|thurs?|thu|fri|sats?|suns?)\.?(?!\w)"
)
_DAY_ALONE = re.compile(
    rf"(?:\b{_DAY_NAME},? (?:on )?the|\bon the) (?P<d>[0-3]?\d)(?:st|nd|rd|th)\b"
    r"(?=\W*$|\W*[.,;:!?)\n]|\s+(?:at|from|between|with|and|around|if|then|in|for|is|was|to|after|before|by|or|would"
    r"|works?)\b)"
)
_SPAN = re.compile(rf"\b(?P<a>{_DAY_NAME})\s*(?:-|–|to|through|thru|till|until)\s*(?P<b>{_DAY_NAME})")
_SINGLE = re.compile(rf"\b{_DAY_NAME}")
_OTHER_DAYS = re.compile(r"\b(?:the |all |on |every )*(?:other|remaining|rest of the)\s$")
_JUST_BEFORE = 60
_GROUPS = {
    r"\bweekdays?\b|\b(?:during|through) the week\b|\bworkdays?\b|\bbusiness days?\b": range(5),
    r"\bweekends?\b": range(5, 7),
    r"\bevery ?day(?: of the week)?\b|\b(?:seven|7) days (?:a|per|each) week\b"
    r"|(?:(?<=open )|(?<=here )|(?<=all ))(?:seven|7) days\b|\b7 ?/ ?7\b|\b24/7\b"
    r"|\ball week(?: long)?\b|\bdaily\b|\bany day\b|\beach day\b|\bseven-day (?=week|operat|open|service)": range(7),
}


@dataclass(frozen=True)
class DateValue:
    """A calendar day or part of one; what was not said is None. `among` holds the days that "early May" may be."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    among: range | None = None

    def agrees(self, other: "DateValue") -> bool:
        """Tell whether all that this one says the other says too, or leaves open only the year."""
        if self.day and other.day and None in (self.month, other.month):
            return self.day == other.day
        if self.month is None or self.month != other.month:
            return self.month is None and self.year == other.year
        if self.among and other.day:
            return other.day in self.among and (self.year is None or other.year in (None, self.year))
        if self.day != other.day and self.day is not None:
            return False
        return self.year == other.year or (self.month is not None and (self.year is None or other.year is None))


@dataclass(frozen=True)
class DaySpec:
    """Weekdays, 0 for Monday."""

    start: int
    end: int
    days: tuple[int, ...]


def thanksgiving(year: int) -> int:
    """Return the day in November of the fourth Thursday."""
    return 22 + (3 - date(year, 11, 1).weekday()) % 7


def _moved(name: str, year: int) -> tuple[int, int]:
    """Return month and day of a holiday that hangs on Thanksgiving."""
    day = thanksgiving(year) + _MOVED[name]
    return (11, day) if day <= 30 else (12, day - 30)


def _dated(match: re.Match[str]) -> bool:
    """Tell whether the words before "1.4." speak of a day; after others it is a decimal that ends a sentence."""
    return bool(_DATED.search(match.string, max(0, match.start() - 8), match.start()))


def _date(match: re.Match[str], month_first: bool) -> DateValue | None:
    parts = match.groupdict()
    year = int(parts["y"]) if parts.get("y") else None
    if year is not None and year < 100:
        year += 2000
    month = MONTH_NUMBER[parts["m"]] if parts.get("m") else int(parts["mm"]) if parts.get("mm") else None
    day = int(parts["d"]) if parts.get("d") else _NTH.get(parts.get("o") or "")
    if parts.get("a"):
        first, second = int(parts["a"]), int(parts["b"])
        dotted = "." in match.group()
        month, day = (first, second) if month_first and not dotted else (second, first)
        if not month_first and second > _MONTHS_A_YEAR >= first and not dotted and year is None:
            year, month, day = 2000 + second, first, None
    if parts.get("a") and year is None and _DECIMAL_END.fullmatch(match.group()) and not _dated(match):
        return None
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    start = match.start("y") if month is None else match.start()
    return DateValue(start, match.end(), year, month, day)


def _part_dates(lower: str, year: int, this_month: int, found: list[DateValue]) -> list[DateValue]:
    """Return "the end of January", "in March", "early May", the end of the year or month where no whole date stands."""
    parts = []
    for match in _PART.finditer(lower):
        if any(match.start() < other.end and other.start < match.end() for other in found):
            continue
        name, at = match["m"] or match["m2"] or match["m3"], match["at"] or ""
        first = at in ("start", "beginning", "first")
        month = this_month if name == "month" else MONTH_NUMBER.get(name, 1 if first else 12)
        stated = int(match["y"] or match["y2"] or 0) or None
        roughly = bool(at) and _ROUGHLY.search(lower, max(0, match.start() - 12), match.start()) and name != "year"
        among = _THIRDS.get(match["third"] or "") or ((_START if first else _CLOSE) if roughly else None)
        day = (1 if first else monthrange(stated or year, month)[1]) if at and not roughly else None
        parts.append(
            DateValue(match.start("m2") if match["m2"] else match.start(), match.end(), stated, month, day, among)
        )
    return parts


def _more_days(lower: str, known: DateValue) -> list[DateValue]:
    """Return the other day of "the 24th and the 25th of December" and of "December 24 and 25"."""
    if known.day is None or known.month is None:
        return []
    after = _MORE_AFTER.match(lower, known.end)
    before = _MORE_BEFORE.search(lower, max(0, known.start - 34), known.start)
    ends_with_day = lower[known.start : known.end].rstrip("stndrh")[-1:].isdigit()
    match = after if after and ends_with_day and known.year is None else before if not ends_with_day else None
    if match is None or not 1 <= int(match["d"]) <= 31:
        return []
    end = match.end("d") + 2 * lower[match.end("d")].isalpha()
    return [DateValue(match.start("d"), end, known.year, known.month, int(match["d"]))]


def find_dates(lower: str, month_first: bool, year: int, month: int) -> tuple[DateValue, ...]:
    """Return the dates in a lower-cased text; `year` places movable holidays, `month` "the end of this month"."""
    found: list[DateValue] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(lower):
            value = None if month_first and _DECIMAL.fullmatch(match.group()) else _date(match, month_first)
            if value and not any(value.start < other.end and other.start < value.end for other in found):
                found.append(value)
    for match in _DAY_ALONE.finditer(lower):
        day = int(match["d"])
        if 1 <= day <= 31 and not any(match.start() < other.end and other.start < match.end() for other in found):
            found.append(DateValue(match.start("d"), match.end(), None, None, day))
    found += _part_dates(lower, year, month, found)
    found += [more for one in found for more in _more_days(lower, one)]
    for match in _NAMED_PATTERN.finditer(lower):
        month, day = _NAMED.get(match.group()) or _moved(match.group(), year)
        found.append(DateValue(*match.span(), None, month, day))
    return tuple(sorted(found, key=lambda value: value.start))


def _weekday(name: str) -> int:
    return _WEEKDAYS.index(name[:3])


_HOLIDAY = re.compile(r"\b(?:black|cyber|good|easter|palm|whit) $")
_EXCEPT = re.compile(
    rf"\W*(?:except(?: for| on)?|but(?: not)?|apart from|other than|excluding|not|bar|minus|save)(?: on)?"
    rf"(?P<out>(?:\W*(?:and|or|on)?\s*{_DAY_NAME})+)(?!\W*(?:(?:only|just|from|we|it|until|till|then|our)\b|\d))"
)


def _without(lower: str, spec: DaySpec) -> DaySpec:
    """Take the days of "every day except Sunday" out of a group."""
    match = _EXCEPT.match(lower, spec.end) if len(spec.days) > 1 else None
    if match is None:
        return spec
    out = {_weekday(one.group()) for one in _SINGLE.finditer(match["out"])}
    return DaySpec(spec.start, match.end(), tuple(day for day in spec.days if day not in out))


def _rest(lower: str, spec: DaySpec) -> DaySpec:
    """Take those days out of "the other weekdays" that were named just before."""
    other = _OTHER_DAYS.search(lower, max(0, spec.start - 24), spec.start)
    if not other:
        return spec
    named = {_weekday(one.group()) for one in _SINGLE.finditer(lower, max(0, other.start() - _JUST_BEFORE), spec.start)}
    return DaySpec(other.start(), spec.end, tuple(day for day in spec.days if day not in named))


def find_days(lower: str) -> tuple[DaySpec, ...]:
    """Return the weekdays that a text names, spans as one."""
    found: list[DaySpec] = []
    for match in _SPAN.finditer(lower):
        first, last = _weekday(match["a"]), _weekday(match["b"])
        days = tuple(range(first, last + 1)) if first <= last else (*range(first, 7), *range(last + 1))
        found.append(DaySpec(*match.span(), days))
    for pattern, days in _GROUPS.items():
        found += [DaySpec(*match.span(), tuple(days)) for match in re.finditer(pattern, lower)]
    found = [_rest(lower, _without(lower, spec)) for spec in found]
    for match in _SINGLE.finditer(lower):
        if _HOLIDAY.search(lower, max(0, match.start() - 8), match.start()):
            continue
        if not any(match.start() < spec.end and spec.start < match.end() for spec in found):
            found.append(DaySpec(*match.span(), (_weekday(match.group()),)))
    return tuple(sorted(found, key=lambda spec: spec.start))


__all__ = ["DateValue", "DaySpec", "find_dates", "find_days", "thanksgiving"]
