"""A reply while it is put together, for the draft that needs no language model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Vehicle:
    """A vehicle of the pack under its slot prefix.

    `status` is "" where it is in doubt: nobody confirmed it for 14 days, or staff wrote otherwise.
    """

    number: int
    title: str
    status: str
    fresh: bool


@dataclass
class Reply:
    """What can be said, what has to be checked, and the slots to say it with."""

    asked: str
    slots: Mapping[str, str]
    hours: Mapping[str, Any]
    policies: Mapping[str, str]
    vehicles: list[Vehicle] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    to_check: list[str] = field(default_factory=list)
    to_ask: list[str] = field(default_factory=list)
    stated: set[tuple[int, str]] = field(default_factory=set)

    def slot(self, name: str) -> str:
        """Return the slot in braces where the records fill it, else ""."""
        return f"{{{{{name}}}}}" if self.slots.get(name) else ""

    def state(self, vehicle: Vehicle, fact: str, sentence: str, value: str = "") -> None:
        """State a fact of a vehicle once; "it" follows only where one vehicle is spoken of."""
        if (vehicle.number, fact) in self.stated:
            return
        named = bool(self.stated) and len(self.vehicles) == 1
        subject = "It" if named else f"{'the' if sentence.startswith('I') else 'The'} {vehicle.title}"
        self.said.append(sentence.replace("{subject}", subject).replace("{value}", value))
        self.stated.add((vehicle.number, fact))

    def ask(self, whether: str) -> None:
        """Note what may or may not be so."""
        if whether not in self.to_ask:
            self.to_ask.append(whether)

    def check(self, what: str) -> None:
        """Note what nothing is known of."""
        if what and what not in self.to_check:
            self.to_check.append(what)


def joined(parts: list[str], word: str = "and") -> str:
    """Join "a", "b", "c" to "a, b and c"."""
    return f" {word} ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


__all__ = ["Reply", "Vehicle", "joined"]
