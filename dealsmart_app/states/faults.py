"""What is wrong with a form, by the name of its field, in words for whoever fills it in."""

import re
from typing import Any

import pydantic

from api.core.errors import HubError

WHOLE = "form"
# What pydantic says, and what somebody at a form is told instead; numbers and names in brackets go over.
_SAID = [
    (re.compile(pattern), words)
    for pattern, words in (
        (r"Field required", "Fill this in"),
        (r"Input should be a valid (integer|number|decimal|boolean|string)\b.*", "{0}"),
        (r"(?:Input|Decimal input) should be an? (integer|number|decimal)\b.*", "{0}"),
        (r"Input should be a valid datetime\b.*", "Enter a date and a time"),
        (r"Input should be a valid date\b.*", "Enter a date"),
        (r"Input should be a valid UUID\b.*", "Choose one of the list"),
        (r"Input should be a valid \w+.*", "This can't be read"),
        (r"Input should be greater than or equal to (\S+)", "Enter {0} or more"),
        (r"Input should be greater than (\S+)", "Enter more than {0}"),
        (r"Input should be less than or equal to (\S+)", "Enter {0} or less"),
        (r"Input should be less than (\S+)", "Enter less than {0}"),
        (r"Input should be '.*", "Choose one of the list"),
        (r"String should have at least 1 character", "Fill this in"),
        (r"String should have at least (\d+) characters", "Write at least {0} characters"),
        (r"String should have at most (\d+) characters?", "Write at most {0} characters"),
        (r"String should match pattern .*", "Some of these characters can't stand here"),
        (r"List should have at least (\d+) items? .*", "Choose at least {0}"),
        (r"List should have at most (\d+) items? .*", "Choose at most {0}"),
    )
]
_KINDS = {
    "integer": "Enter a whole number",
    "number": "Enter a number",
    "decimal": "Enter a number",
    "boolean": "Choose yes or no",
    "string": "Write it as text",
}


def _field(location: str) -> str:
    return location.removeprefix("body.").removeprefix("body") or WHOLE


def faults_of(error: HubError | pydantic.ValidationError) -> dict[str, str]:
    """Return sentences by field; what concerns no single field stands under `form`."""
    if isinstance(error, HubError):
        found = {_field(fault.field): sentence(fault.message) for fault in error.errors}
        return found or {WHOLE: error.detail}
    return dict(_told(fault) for fault in error.errors())


def _told(fault: Any) -> tuple[str, str]:
    """Name the field of a model's fault; one of the whole record says `field: ` before its words."""
    place = ".".join(str(part) for part in fault["loc"])
    words = str(fault["msg"]).removeprefix("Value error, ")
    name, colon, rest = words.partition(": ")
    if place or not colon:
        return place or WHOLE, sentence(words)
    return name, sentence(rest)


def sentence(message: str) -> str:
    """Return a fault's words as a form says them: our own with a capital, pydantic's in words of the house."""
    plain = message.removeprefix("Value error, ")
    for pattern, words in _SAID:
        if (found := pattern.fullmatch(plain)) is not None:
            return words.format(*(_KINDS.get(part, part) for part in found.groups()))
    return plain[:1].upper() + plain[1:]


__all__ = ["WHOLE", "faults_of", "sentence"]
