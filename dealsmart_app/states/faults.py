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
    return {_named(fault): _sentence(str(fault["msg"])) for fault in error.errors()}


def _named(fault: Any) -> str:
    place = ".".join(str(part) for part in fault["loc"])
    name, colon, _ = str(fault["msg"]).removeprefix("Value error, ").partition(": ")
    return place or (name if colon else WHOLE)


def _sentence(message: str) -> str:
    words = message.removeprefix("Value error, ").removeprefix("String ")
    return words[:1].upper() + words[1:]
