"""What a cell of a feed says; a reading that would be a guess is refused with words for people."""

import json
import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from models.codes import minor_digits
from models.vehicles import Condition, MileageUnit, VehicleStatus

_Choice = TypeVar("_Choice", bound=StrEnum)
_UNKNOWN = frozenset(
    {"", "n/a", "n.a.", "na", "#n/a", "-", "--", "---", "–", "—", "?", "none", "null", "nil", "unknown", "unk"}
) | {"tbd", "tba", "not available", "not specified", "unspecified"}
_ON_REQUEST = frozenset(
    {"call", "call us", "call for price", "contact us", "on request", "price on request", "request", "ask"}
) | {"inquire", "poa", "por"}
_STATUSES = {each.value: each for each in VehicleStatus} | {
    "in stock": VehicleStatus.AVAILABLE,
    "sale pending": VehicleStatus.PENDING,
}
_CONDITIONS = {each.value: each for each in Condition} | {
    "cpo": Condition.CERTIFIED,
    "certified pre-owned": Condition.CERTIFIED,
    "pre-owned": Condition.USED,
}
_UNITS = {
    **dict.fromkeys(("mi", "mi.", "mile", "miles", "mls"), MileageUnit.MI),
    **dict.fromkeys(("km", "km.", "kms", "kilometer", "kilometers", "kilometre", "kilometres"), MileageUnit.KM),
}
_SIGNS = {"usd": {"$", "us$"}, "cad": {"$", "c$", "ca$"}, "aud": {"$", "a$"}, "nzd": {"$", "nz$"}}
_SIGNS |= {"mxn": {"$", "mx$"}, "eur": {"€"}, "gbp": {"£"}, "jpy": {"¥"}, "cny": {"¥"}}
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}|\d{1,3}(?:([, '’])\d{3})(?:\1\d{3}){0,4})(?:\.(\d{1,9}))?")
_PRICE = re.compile(r"(?P<before>[^\d\s.,+-]{0,5})\s*(?P<number>[+-]?\d[\d.,'’ ]*?)\s*(?P<after>[^\d\s]{0,5})")
_MILEAGE = re.compile(r"(?P<number>[+-]?\d[\d.,'’ ]*?)\s*(?P<thousands>k(?![a-z]))?\s*(?P<unit>[a-z]*\.?)")
_WHOLE = re.compile(r"([+-]?\d{1,9})(?:\.0+)?")
_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f]")


def is_unknown(cell: str) -> bool:
    """Tell whether a cell is empty or a placeholder such as `n/a`, which no customer may ever be told."""
    return cell.strip().lower() in _UNKNOWN


def plain_digits(cell: str) -> str:
    """Return the cell with ASCII digits and full-width signs made narrow; superscripts stay what they are."""
    if cell.isascii():
        return cell.strip()
    text = _SPACES.sub(" ", cell).replace("−", "-").strip()
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    wide = "\uff01" <= character <= "\uff5e"
    return chr(ord(character) - 0xFEE0) if wide else character


def whole_number(cell: str) -> int:
    """Read a whole number, `2011.0` of a spreadsheet included."""
    found = _WHOLE.fullmatch(plain_digits(cell))
    if not found:
        raise ValueError(f"must be a whole number, not {shown(cell)}")
    return int(found[1])


def price_minor(cell: str, currency: str) -> int | None:
    """Read a price in minor units of `currency`; None is "on request", said in one of the usual ways."""
    if cell.strip().lower() in _ON_REQUEST:
        return None
    found = _PRICE.fullmatch(plain_digits(cell))
    number = _NUMBER.fullmatch(found["number"]) if found else None
    if not found or not number:
        raise ValueError(f"must be a price such as 12999 or 12,999.00, not {shown(cell)}")
    for sign in (found["before"], found["after"]):
        if sign and sign.lower() not in _SIGNS.get(currency, set()) | {currency}:
            raise ValueError(f"{shown(cell)} does not go with the currency {currency.upper()}")
    return _minor_units(number[0], number[2] or "", currency)


def _minor_units(number: str, decimals: str, currency: str) -> int:
    digits = minor_digits(currency)
    if decimals.strip("0") == "" and len(decimals) <= 2:
        decimals = ""
    if len(decimals) > digits:
        raise ValueError(f"has {len(decimals)} decimals, where {currency.upper()} has {digits}: ambiguous")
    whole = int(re.sub(r"[, '’]", "", number.split(".", maxsplit=1)[0]))
    if number.startswith("-") or (whole == 0 and not decimals.strip("0")):
        raise ValueError("must be above zero; leave the cell empty for a price on request")
    return whole * 10**digits + int(decimals.ljust(digits, "0") or "0")


def mileage(cell: str, unit: MileageUnit | None) -> tuple[int, MileageUnit | None]:
    """Read a mileage (`123,456`, `85k`, `45,000 km`) and the unit it names, which must be that of its column."""
    found = _MILEAGE.fullmatch(plain_digits(cell).lower())
    number = _NUMBER.fullmatch(found["number"]) if found else None
    if not found or not number:
        raise ValueError(f"must be a mileage such as 85000, not {shown(cell)}")
    named = mileage_unit(found["unit"]) if found["unit"] else None
    if named and unit and named != unit:
        raise ValueError(f"says {named} where the unit's column says {unit}")
    return _distance(number, bool(found["thousands"])), named or unit


def _distance(number: re.Match[str], in_thousands: bool) -> int:
    decimals = number[2] or ""
    whole = int(re.sub(r"[, '’]", "", number[0].split(".", maxsplit=1)[0]))
    if in_thousands and len(decimals) <= 1 and not number[1]:
        return whole * 1000 + int(decimals or "0") * 100
    if in_thousands or decimals.strip("0") or len(decimals) > 2:
        raise ValueError(f"must be a whole number, not {number[0]!r}")
    return whole


def mileage_unit(cell: str) -> MileageUnit:
    """Read `mi` or `km`, also spelt out."""
    return _choice(cell, _UNITS, MileageUnit)


def status(cell: str) -> VehicleStatus:
    """Read a status; words that could mean two things are refused."""
    return _choice(cell, _STATUSES, VehicleStatus)


def condition(cell: str) -> Condition:
    """Read a condition, `CPO` included."""
    return _choice(cell, _CONDITIONS, Condition)


def _choice(cell: str, meanings: Mapping[str, _Choice], choices: type[StrEnum]) -> _Choice:
    word = " ".join(cell.lower().split())
    if word not in meanings:
        raise ValueError(f"must be one of {', '.join(choices)}, not {shown(cell)}")
    return meanings[word]


def listed(cell: str) -> list[str]:
    """Split a list on `|`, else on `;`; a JSON array of texts is one too."""
    text = cell.strip()
    if text.startswith("["):
        return _json_list(text)
    separator = "|" if "|" in text else ";"
    return [part.strip() for part in text.split(separator) if part.strip()]


def addresses(cell: str) -> list[str]:
    """Split web addresses on `|` or white space: a `;` may belong to one."""
    text = cell.strip()
    return _json_list(text) if text.startswith("[") else re.split(r"[|\s]+", text.strip("| "))


def _json_list(text: str) -> list[str]:
    try:
        items = json.loads(text)
    except (ValueError, RecursionError):
        return [text]
    texts = isinstance(items, list) and all(isinstance(item, str) for item in items)
    return [item for item in items if item.strip()] if texts else [text]


def shown(cell: str) -> str:
    """Return the start of a cell in quotes, safe for a message of one line."""
    text = "".join(character if character.isprintable() else " " for character in cell.strip())
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
