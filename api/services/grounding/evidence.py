"""What a draft may rest on: the evidence pack, gathered by the caller from the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True)
class ThreadMessage:
    """A sent message of the conversation, oldest first in the pack.

    `unsupported_spans` are code point ranges of `content` that staff sent although nothing stood
    behind them; they are no evidence.
    """

    id: str
    sender: Literal["customer", "staff"]
    content: str
    sent_at: datetime | None = None
    unsupported_spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class CannedText:
    """An approved canned response; it has the role of a policy."""

    id: str
    title: str
    content: str


@dataclass(frozen=True)
class EvidencePack:
    """Everything that is known, in the shapes of api-contract section 3; prices in minor units.

    Undecided drafts and private notes never get in: the caller sees to it. `now` is aware.
    """

    dealership: Mapping[str, Any] | None
    vehicles: tuple[Mapping[str, Any], ...]
    messages: tuple[ThreadMessage, ...]
    canned: tuple[CannedText, ...]
    now: datetime


__all__ = ["CannedText", "EvidencePack", "ThreadMessage"]
