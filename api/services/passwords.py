"""What a password must be: long enough, not among the commonest, not the e-mail's name (contract, section 2)."""

import re
from collections.abc import Iterator

from api.core.errors import FieldError, ValidationError
from api.services.common_passwords import WHOLE, WORDS

MINIMUM, MAXIMUM = 10, 256
_SHORTEST_NAME = 3
_LONGEST_ENDS = 4
_CORE = re.compile(r"^([^a-z]*)(.*?)([^a-z]*)$", re.DOTALL)
_COUNTING = frozenset({"12345", "123456", "1234567", "12345678", "123456789", "1234567890", "123123", "111111"})
_LOOKS_LIKE = str.maketrans("@4013$5!", "aaoiessi")


def require_good(password: str, email: str, field: str = "body.password") -> None:
    """Let pass a password that somebody may choose.

    Args:
        password: What he chose.
        email: His e-mail, whose name it must not contain.
        field: What to call it in the errors.

    Raises:
        ValidationError: Every reason against it: `too_short`, `too_long`, `too_common`, `contains_email`.
    """
    errors = [FieldError(field, code, message) for code, message in _reasons(password, email)]
    if errors:
        raise ValidationError("The password " + "; it ".join(error.message for error in errors), errors=errors)


def _reasons(password: str, email: str) -> Iterator[tuple[str, str]]:
    if len(password) < MINIMUM:
        yield "too_short", f"must have at least {MINIMUM} characters"
    if len(password) > MAXIMUM:
        yield "too_long", f"must have at most {MAXIMUM} characters"
    if is_common(password):
        yield "too_common", "is among the commonest passwords"
    if _contains_name(password.casefold(), email.casefold()):
        yield "contains_email", "must not contain the name of the e-mail address"


def is_common(password: str) -> bool:
    """Tell whether a password is one of the commonest, or a common word with a few characters around it."""
    lowered = password.lower()
    if lowered in WHOLE or len(set(lowered)) <= 2:
        return True
    return any(_is_dressed_word(reading) for reading in (lowered, _plain(lowered)))


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
