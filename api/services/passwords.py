"""What a password must be: long enough, not among the commonest, not the e-mail's name (contract, section 2)."""

import re
from collections.abc import Iterable, Iterator

from api.core.errors import FieldError, ValidationError
from api.services.common_passwords import WHOLE, WORDS

MINIMUM, MAXIMUM = 10, 256
_SHORTEST_NAME = 3
_LONGEST_ENDS = 4
_SHORTEST_OWN = 4
OUR_WORDS = ("dealsmart", "deal smart", "communications hub", "communications", "dealership")
_CORE = re.compile(r"^([^a-z]*)(.*?)([^a-z]*)$", re.DOTALL)
_COUNTING = frozenset({"12345", "123456", "1234567", "12345678", "123456789", "1234567890", "123123", "111111"})
_LOOKS_LIKE = str.maketrans("@4013$5!", "aaoiessi")


def require_good(password: str, email: str, field: str = "body.password", house_name: str = "") -> None:
    """Let pass a password that somebody may choose.

    Args:
        password: What he chose.
        email: His e-mail, whose name it must not contain.
        field: What to call it in the errors.
        house_name: The dealership's, whose words with a few characters around are no password here.

    Raises:
        ValidationError: Every reason against it: `too_short`, `too_long`, `too_common`, `contains_email`.
    """
    errors = [FieldError(field, code, message) for code, message in _reasons(password, email, house_name)]
    if errors:
        raise ValidationError("The password " + "; it ".join(error.message for error in errors), errors=errors)


def _reasons(password: str, email: str, house_name: str) -> Iterator[tuple[str, str]]:
    if len(password) < MINIMUM:
        yield "too_short", f"must have at least {MINIMUM} characters"
    if len(password) > MAXIMUM:
        yield "too_long", f"must have at most {MAXIMUM} characters"
    if is_common(password) or is_of_the_house(password, house_name):
        yield "too_common", "is among the commonest passwords"
    if _contains_name(password.casefold(), email.casefold()):
        yield "contains_email", "must not contain the name of the e-mail address"


def is_common(password: str) -> bool:
    """Tell whether a password is one of the commonest, or a common word with a few characters around it."""
    lowered = password.lower()
    if lowered in WHOLE or len(set(lowered)) <= 2:
        return True
    return any(_is_dressed_word(reading) for reading in (lowered, _plain(lowered)))


def is_of_the_house(password: str, house_name: str) -> bool:
    """Tell whether a password is the product's or the dealership's words with at most four characters beside them."""
    name = house_name.casefold()
    own = {word for word in (*OUR_WORDS, name, *re.findall(r"\w+", name)) if len(word) >= _SHORTEST_OWN}
    readings = {_without(reading, own) for reading in (password.casefold(), _plain(password.casefold()))}
    return any(left is not None and len(left) <= _LONGEST_ENDS for left in readings)


def _without(text: str, words: Iterable[str]) -> str | None:
    """Return what is left of letters and digits when the words are taken out, or None where none of them is in it."""
    bare = "".join(re.findall(r"\w", text.replace("_", "")))
    left = bare
    for word in sorted(("".join(re.findall(r"[^\W_]", word)) for word in words), key=len, reverse=True):
        left = left.replace(word, "") if word else left
    return left if left != bare else None


def _is_dressed_word(text: str) -> bool:
    parts = _CORE.match(text)
    if parts is None or not (core := _once(parts[2])):
        return False
    ends = parts[1] + parts[3]
    return core in WORDS and (len(ends) <= _LONGEST_ENDS or ends in _COUNTING)


def _plain(text: str) -> str:
    """Read digits and signs inside a word as the letters that they stand for."""
    parts = _CORE.match(text)
    return text if parts is None else parts[1] + parts[2].translate(_LOOKS_LIKE) + parts[3]


def _once(word: str) -> str:
    """Return what a word repeats: `test` for `testtest`."""
    again = (word + word).find(word, 1)
    return word[:again] if 0 < again < len(word) else word


def _contains_name(password: str, email: str) -> bool:
    name = email.rpartition("@")[0]
    names = {name, name.partition("+")[0]}
    return any(len(known) >= _SHORTEST_NAME and known in password for known in names)
