"""A claim that everyday words make by themselves, and what in the evidence bears it out."""

import re
from dataclasses import dataclass

from models.claims import ClaimKind


@dataclass(frozen=True)
class Saying:
    """A pattern of such claims and the sentences of the evidence that bear one out."""

    kind: ClaimKind
    said: re.Pattern[str]
    borne: re.Pattern[str]


def saying(kind: ClaimKind, said: str, borne: str = "") -> Saying:
    """Make one of two patterns that begin with a word; without the second the first bears it out."""
    return Saying(kind, re.compile(rf"\b(?:{said})"), re.compile(rf"\b(?:{borne or said})"))


IT = r"(?:it|this one|that one|this|that|she|the (?:car|truck|van|suv|(?:\w+ )?vehicle))"

__all__ = ["IT", "Saying", "saying"]
