"""How else a name may be written: with other accents, or none, and with any apostrophe, or none."""

import re
import unicodedata
from collections import defaultdict

from api.repositories.inbox_search import APOSTROPHES

_RANGES = (range(0xC0, 0x250), range(0x1E00, 0x1F00))  # Latin letters with their marks
_UNMARKED = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i"}  # of no mark's making


def _plain(letter: str) -> str:
    return _UNMARKED.get(letter, unicodedata.normalize("NFD", letter)[0])


def _alike() -> dict[str, str]:
    """Return of each letter from a to z how it is written with marks, in lower case."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for letter in {chr(code).lower() for letters in _RANGES for code in letters}:
        if len(letter) == 1 and "a" <= _plain(letter) <= "z":
            found[_plain(letter)].add(letter)
    return {plain: "".join(sorted(letters)) for plain, letters in found.items()}


_ALIKE = _alike()


def however_spelt(text: str) -> str:
    """Return the regular expression, for PostgreSQL and without regard to case, of every spelling of the text."""
    if not text.strip(APOSTROPHES):
        return _escaped(text)
    letters = unicodedata.normalize("NFC", text).replace("ß", "ss").replace("ẞ", "ss")
    double = _spelt("s") * 2
    return "".join(_spelt(letter) for letter in letters).replace(double, f"({double}|ß)")


def _spelt(letter: str) -> str:
    if letter in APOSTROPHES:
        return f"[{APOSTROPHES}]?"
    small = letter.lower() if len(letter.lower()) == 1 else letter
    plain = _plain(small).lower()
    return f"[{plain}{_ALIKE[plain]}{small}]" if plain in _ALIKE else _escaped(letter)


def _escaped(text: str) -> str:
    return re.sub(r"(\W)", r"\\\1", text)
