"""Text as a reader sees it: one form for look-alikes, digits and spaces, with offsets kept."""

import re
import unicodedata
from dataclasses import dataclass

_LOOK_ALIKES = {
    **dict(zip("АВЕЗКМНОРСТУХІЈЅ", "ABE3KMHOPCTYXIJS", strict=True)),
    **dict(zip("авеорсухіјѕԁһӏ", "aBeopcyxijsdhl", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    **dict(zip("αορνικ", "aopvik", strict=True)),
}
_PLAIN = {
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–−﹣－", "-"),
    "―": "—",
    "٬": ",",
    "٫": ".",
    "،": ",",
    "⁄": "/",
    "∕": "/",
    "×": "x",
    "½": ".5",
    "¼": ".25",
    "¾": ".75",
    "⃣": ")",
    "。": ".",
}
_INVISIBLE = frozenset({"Cf", "Mn", "Me", "Cc"})
_DIGIT_RUN = re.compile(r"(?<![A-Za-z0-9])[\dlIOo|][\dlIOo|,.]*[\dlIOo|](?![A-Za-z0-9])(?!-)")
_LITRES = re.compile(r"\d+(?:[.,]\d+)?l")
_DIGIT_LETTERS = str.maketrans("lI|Oo", "11100")


@dataclass(frozen=True)
class Normal:
    """A normalised text; character i came from code points starts[i] to ends[i] of the original."""

    text: str
    lower: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    odd: frozenset[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original text that a non-empty normalised range came from."""
        return self.starts[start], self.ends[end - 1]


def _plain(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character in "\n\t":
        return character
    folded = unicodedata.normalize("NFKD", character)
    kept = "".join(_PLAIN.get(part, part) for part in folded if unicodedata.category(part) not in _INVISIBLE)
    return "".join(" " if unicodedata.category(part) == "Zs" else part for part in kept)


def _lower(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def _digits_for_letters(text: str) -> str:
    def mend(match: re.Match[str]) -> str:
        run = match.group()
        if not any(part.isdigit() for part in run) or _LITRES.fullmatch(run):
            return run
        return run.translate(_DIGIT_LETTERS)

    return _DIGIT_RUN.sub(mend, text)


_SIMPLE = re.compile(r"[ -_a-z\n\t]*")


def normalise(original: str) -> Normal:
    """Fold compatibility forms, drop what is invisible, map look-alikes; keep every offset."""
    if _SIMPLE.fullmatch(original):
        text = _digits_for_letters(original)
        return Normal(text, text.lower(), tuple(range(len(text))), tuple(range(1, len(text) + 1)), frozenset())
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    odd: set[int] = set()
    for offset, character in enumerate(original):
        plain = character if " " <= character <= "_" or "a" <= character <= "z" else _plain(character)
        if character in _LOOK_ALIKES:
            plain = _LOOK_ALIKES[character]
            odd.add(len(characters))
        for part in plain:
            characters.append(part)
            starts.append(offset)
            ends.append(offset + 1)
    text = _digits_for_letters("".join(characters))
    lower = "".join(map(_lower, text))
    return Normal(text, lower, tuple(starts), tuple(ends), frozenset(odd))


__all__ = ["Normal", "normalise"]
