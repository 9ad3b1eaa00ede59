"""What is wrong with a form, by the name of its field."""

from typing import Any

import pydantic

from api.core.errors import HubError

WHOLE = "form"


def _field(location: str) -> str:
    return location.removeprefix("body.").removeprefix("body") or WHOLE


def faults_of(error: HubError | pydantic.ValidationError) -> dict[str, str]:
    """Return sentences by field; what concerns no single field stands under `form`."""
    if isinstance(error, HubError):
        found = {_field(fault.field): _sentence(fault.message) for fault in error.errors}
        return found or {WHOLE: error.detail}
    return dict(_told(fault) for fault in error.errors())


def _told(fault: Any) -> tuple[str, str]:
    """Name the field of a model's fault; one of the whole record says `field: ` before its words."""
    place = ".".join(str(part) for part in fault["loc"])
    words = str(fault["msg"]).removeprefix("Value error, ")
    name, colon, rest = words.partition(": ")
    if place or not colon:
        return place or WHOLE, _sentence(words)
    return name, _sentence(rest)


def _sentence(message: str) -> str:
    words = message.removeprefix("Value error, ").removeprefix("String ")
    return words[:1].upper() + words[1:]
