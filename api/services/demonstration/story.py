"""What the demonstration's files say, checked as strictly as what callers send."""

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, EmailStr, Field, TypeAdapter

from models.base import InputModel
from models.canned_responses import CannedResponseInput
from models.conversations import ConversationSource, ConversationStatus, Priority
from models.customers import CustomerInput
from models.dealership import DealershipInput
from models.texts import Content, Label, Note, Subject
from models.users import DisplayName, Role, Username

FOLDER = Path(__file__).parent
CUSTOMER = "customer"
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_SHIFT = re.compile(r"([+-])((?:\d+[mhd] ?)+)")


def _shift(value: Any) -> Any:
    """Read a time relative to now, such as `-2h 50m` or `+2d`."""
    found = _SHIFT.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise ValueError("must be a relative time such as -2h 50m")
    parts = {_UNITS[part[-1]]: int(part[:-1]) for part in found[2].split()}
    return timedelta(**parts) * (-1 if found[1] == "-" else 1)


Shift = Annotated[timedelta, BeforeValidator(_shift)]


class Person(InputModel):
    """Somebody who can sign in."""

    username: Username
    email: EmailStr
    display_name: DisplayName
    role: Role


class Cast(InputModel):
    """Who works and looks around here, and the replies that stand prepared."""

    people: list[Person]
    canned_responses: list[CannedResponseInput]


class Line(InputModel):
    """One message; `sender` is `customer` or a colleague's username."""

    at: Shift
    sender: str = Field(alias="from")
    text: Content
    note: bool = False


class Guest(CustomerInput):
    """A customer, and the language he writes in."""

    language: str | None = None


class Thread(InputModel):
    """One conversation with its past."""

    customer: Guest
    subject: Subject
    source: ConversationSource
    priority: Priority
    labels: list[Label]
    status: ConversationStatus
    assigned_to: str | None
    snoozed: Shift | None = None
    resolution: Note | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)
    messages: Annotated[list[Line], Field(min_length=1)]

    @cached_property
    def spoken(self) -> list[Line]:
        """The messages without the private notes."""
        return [line for line in self.messages if not line.note]

    @cached_property
    def waiting(self) -> Line | None:
        """The oldest customer message that nobody has answered."""
        if self.status is ConversationStatus.RESOLVED:
            return None
        answered = max((i for i, line in enumerate(self.spoken) if line.sender != CUSTOMER), default=-1)
        return next(iter(self.spoken[answered + 1 :]), None)


@dataclass(frozen=True)
class Story:
    """All of it; `inventory` is a feed as a dealership would send it."""

    dealership: DealershipInput
    inventory: bytes
    cast: Cast
    threads: list[Thread]


def read() -> Story:
    """Read the files beside this module.

    Raises:
        ValidationError: A file says something that callers could not say either.
    """
    return Story(
        dealership=DealershipInput.model_validate_json((FOLDER / "dealership.json").read_bytes()),
        inventory=(FOLDER / "inventory.csv").read_bytes(),
        cast=Cast.model_validate_json((FOLDER / "people.json").read_bytes()),
        threads=TypeAdapter(list[Thread]).validate_json((FOLDER / "conversations.json").read_bytes()),
    )


def leads() -> list[bytes]:
    """Return the sample leads as a provider would deliver them."""
    return [path.read_bytes() for path in sorted((FOLDER / "leads").glob("*.xml"))]
