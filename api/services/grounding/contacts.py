"""Phone numbers, e-mail and web addresses, street addresses, VINs and stock numbers in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What an identifier looks like."""

    EMAIL = "email"
    URL = "url"
    PHONE = "phone"
    STREET = "street"
    POSTAL = "postal_code"
    VIN = "vin"
    STOCK = "stock_number"


@dataclass(frozen=True)
class Identifier:
    """An identifier in a normalised text; `key` is what equal ones share, "^" before the beginning of a VIN."""

    start: int
    end: int
    form: Form
    key: str


_STREET_KINDS = {
    "street": "street",
    "str": "street",
    "strasse": "street",
    "straße": "street",
    "st": "street",
    "road": "road",
    "rd": "road",
    "avenue": "avenue",
    "ave": "avenue",
    "av": "avenue",
    "boulevard": "boulevard",
    "blvd": "boulevard",
    "lane": "lane",
    "ln": "lane",
    "drive": "drive",
    "dr": "drive",
    "way": "way",
    "court": "court",
    "ct": "court",
    "highway": "highway",
    "hwy": "highway",
    "parkway": "parkway",
    "pkwy": "parkway",
    "place": "place",
    "pl": "place",
    "square": "square",
    "sq": "square",
    "terrace": "terrace",
    "circle": "circle",
    "cir": "circle",
    "pike": "pike",
    "turnpike": "turnpike",
    "crescent": "crescent",
    "cres": "crescent",
    "north": "n",
    "n": "n",
    "south": "s",
    "s": "s",
    "east": "e",
    "e": "e",
    "west": "w",
    "w": "w",
    "weg": "weg",
    "allee": "allee",
    "route": "route",
    "platz": "platz",
    "row": "row",
    "close": "close",
    "trail": "trail",
    "loop": "loop",
}
_KIND = "|".join(sorted((kind for kind in _STREET_KINDS if len(kind) > 1), key=len, reverse=True))
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TOP = (
    r"(?:com|net|org|de|ca|us|io|example|co|auto|cars|biz|info|uk|at|ch|fr|eu|dev|app|shop|link|me|test"
    r"|invalid|localhost)"
)
_URL = re.compile(rf"(?:https?://|www\.)[^\s<>\"')\]]+|(?<![\w@.-])(?:[\w-]+\.)+{_TOP}\b(?:/[^\s<>\"')\]]*)?")
_PHONE = re.compile(r"(?<![\w$€£#.,/-])\+?\(?\d[\d\s().\-/]{5,18}\d(?![\w%]|[.,/-]\d)(?:\s*(?:ext\.?|x)\s*\d+)?")
_NO_NAME = (
    r"(?:we|we're|they|it|it's|i|will|our|or|to|and|for|is|are|you|your|per|miles?|km|minutes?|hours?|days?"
    r"|years?|older|more|less|on|with|in|by|of"
    r"|whichever|whatever|either|any|this|that|the|one|all|no|half|each|every|(?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)days?)"
)
_STREET = re.compile(
    r"(?<![\d$€£][,.])(?<![$€£])\b(?P<n>\d{1,5}[a-z]?)[ \t]+"
    rf"(?P<w>(?:(?!{_NO_NAME}\b)[a-z][a-z'.]*[ \t]+){{1,4}}?(?:{_KIND}))\b\.?"
    rf"|\b(?P<w2>(?:[a-z]+(?:str(?:asse|aße|\.)?|weg|platz|allee|gasse|damm)|[a-z]{{3,}}[dfgklmnstz]ring))"
    rf"\s+(?P<n2>\d{{1,4}}[a-z]?)\b"
)
_POSTAL = re.compile(
    r"\b(?:(?P<us>(?<=\b(?:a[klrz]|c[aot]|d[ce]|fl|ga|hi|i[adln]|k[sy]|la|m[adeinost]|n[cdehjmvy]|o[hkr]"
    r"|pa|ri|s[cd]|t[nx]|ut|v[at]|w[aivy]) )\d{5}(?:-\d{4})?)|(?P<ca>[a-z]\d[a-z]\s?\d[a-z]\d)"
    r"|(?P<de>(?<=, )\d{5}(?=\s+[a-z]{3,})))\b"
)
_VIN = re.compile(r"\b(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{17}\b")
_VIN_WORD = re.compile(
    r"\bvin\b[^.?!]{0,24}?\b((?=[a-z0-9]*\d)[a-z0-9]{6,18})\b"
    r"|\bvin\b[^.?!]{0,24}?\b(?:end(?:s|ing)?|finish(?:es|ing)?|last (?:\w+ )?(?:digits?|characters?|numbers?))"
    r" (?:in|with|is|are|on|of)? ?(?P<tail>(?=[a-z0-9]*\d)[a-z0-9]{3,8})\b"
    r"|\blast (?:three|four|five|six|seven|eight|[3-8]) (?:\w+ )?of the vin(?: number)? (?:is|are)"
    r" (?P<last>(?=[a-z0-9]*\d)[a-z0-9]{3,8})\b"
)
_VIN_HEAD = re.compile(
    r"\bvin\b[^.?!]{0,24}?\b(?:start|begin)(?:s|ning|ing)? (?:with|in|on) (?:an? |the )?(?:(?:letter|digit|number)s? )?"
    r"[\"']?(?P<head>[a-z0-9]{1,11})\b(?! (?:letter|digit|number|character))"
)
_TAIL_ALONE = re.compile(
    r"\blast (?:three|four|five|six|seven|eight|[3-8])(?: (?:digits|characters|letters|numbers|figures|ones))?"
    r"(?: of (?:it|that|the number))?(?: are| is|:| would be|,) ?(?P<tail>(?=[a-z0-9]*\d)[a-z0-9]{3,8})\b"
)
_OTHER_CODE = re.compile(r"\b(?:phone|card|stock|plate|account|zip|ssn|social|order|reference|key|policy|loan)\b")
_ZIP = re.compile(r"\b(?:zip|postal|post)[ -]?(?:code)?(?: is| code|:|'s)*\W{0,3}(?P<code>\d{4,6})\b")
_STOCK_WORD = re.compile(
    r"\bstock\s*(?:(?:no|num|nr|number|id|code|#)\b\.?|#)?\s*(?:is|:|of|was"
    r"|being)?\s*#?\s*((?=[a-z0-9-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*)\b"
    r"|(?<!\w)#\s?((?=[a-z0-9-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*)\b"
)


def digits(text: str) -> str:
    """Return the digits of a text."""
    return re.sub(r"\D", "", text)


def street_key(text: str) -> str:
    """Return a street with its number in one spelling: "Wharf Rd 2180" and "2180 Wharf Road" are equal."""
    plain = re.sub(r"(?<=[a-z]{3})str(?:asse|aße|\.)?(?![a-z])", " street", text.lower())
    words = re.findall(r"[a-z0-9]+", plain)
    return " ".join(sorted(_STREET_KINDS.get(word) or word for word in words))


def url_key(text: str) -> str:
    """Return a web address without scheme, "www." and closing slashes."""
    plain = re.sub(r"^(?:https?://)?(?:www\.)?", "", text.lower())
    return plain.rstrip("/.,;:!?)")


def stock_shapes(stocks: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return a pattern for words built like the pack's stock numbers, or None without any."""
    shapes = set()
    for stock in stocks:
        match = re.fullmatch(r"([a-z]+)(-?)(\d+)([a-z]?)", stock.lower())
        if match:
            count = len(match[3])
            shapes.add(
                rf"[a-z]{{{len(match[1])}}}{match[2]}\d{{{max(1, count - 1)},{count + 1}}}"
                rf"{'[a-z]?' if match[4] else ''}"
            )
        elif stock:
            shapes.add(re.escape(stock.lower()))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(shapes))})(?![\w-])") if shapes else None


def find_identifiers(lower: str, stocks: re.Pattern[str] | None) -> tuple[Identifier, ...]:
    """Return the identifiers of a lower-cased normalised text, by start, without overlaps."""
    found: list[Identifier] = []
    for one in (*_written(lower), *_numbered(lower, stocks)):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def _written(lower: str) -> Iterator[Identifier]:
    """Yield e-mail and web addresses, VINs, streets and postal codes."""
    for match in _EMAIL.finditer(lower):
        key = match.group().rstrip(".-")
        yield Identifier(match.start(), match.start() + len(key), Form.EMAIL, key)
    for match in _URL.finditer(lower):
        written = match.group().rstrip(".,;:!?)")
        yield Identifier(match.start(), match.start() + len(written), Form.URL, url_key(written))
    for match in (*_VIN.finditer(lower), *_VIN_WORD.finditer(lower)):
        group = match.lastindex or 0
        yield Identifier(*match.span(group), Form.VIN, match[group])
    yield from _parts_of_vins(lower)
    for match in _STREET.finditer(lower):
        yield Identifier(*match.span(), Form.STREET, street_key(match.group()))
    for match in (*_ZIP.finditer(lower), *_POSTAL.finditer(lower)):
        group = "code" if match.re is _ZIP else 0
        yield Identifier(*match.span(group), Form.POSTAL, match[group].replace(" ", ""))


def _parts_of_vins(lower: str) -> Iterator[Identifier]:
    """Yield how a VIN begins, and its last characters where no other code is spoken of."""
    for match in _VIN_HEAD.finditer(lower):
        yield Identifier(*match.span("head"), Form.VIN, f"^{match['head']}")
    for match in _TAIL_ALONE.finditer(lower):
        if not _OTHER_CODE.search(lower, max(0, match.start() - 40), match.end()):
            yield Identifier(*match.span("tail"), Form.VIN, match["tail"])


def _numbered(lower: str, stocks: re.Pattern[str] | None) -> Iterator[Identifier]:
    """Yield stock numbers and phone numbers, those that a word announces first."""
    for match in _STOCK_WORD.finditer(lower):
        group = match.lastindex or 0
        yield Identifier(*match.span(group), Form.STOCK, match[group])
    for match in _PHONE.finditer(lower):
        if _phone_like(match.group()):
            yield Identifier(*match.span(), Form.PHONE, digits(match.group()))
    for match in stocks.finditer(lower) if stocks else ():
        yield Identifier(*match.span(), Form.STOCK, match.group())


def _phone_like(text: str) -> bool:
    """Tell a phone number from a range of hours or a grouped amount."""
    if len(digits(text)) < 7 or re.search(r"\d:\d|\d\.\d\d\s?-\s?\d\d?\.\d\d$|\d \d\d? (?:months|miles)", text):
        return False
    parts = re.findall(r"\d+", text)
    if re.fullmatch(r"\d{1,3}(?: \d{3})+", text.strip()):
        return len(parts) >= 4 or parts[0].startswith("0")
    return not re.search(r"\s-\s", text) or len(parts) > 2


__all__ = ["Form", "Identifier", "digits", "find_identifiers", "stock_shapes", "street_key", "url_key"]
