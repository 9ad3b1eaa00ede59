"""Which vehicles of a pack a customer's words mean; for the draft that needs no language model."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from api.services.grounding.evidence import EvidencePack

NUMBERS = ("stock_number", "vin")
NAMES = ("model", "make", "exterior_color")
TELLING = ("year", "make", "trim", "exterior_color", "body_style")


def vehicles_meant(pack: EvidencePack, text: str) -> list[int]:
    """Return the numbers, from 1, of the vehicles that the text means; of all where it names none.

    A stock number or a VIN decides; otherwise the model does, and of one model those of which the text says most: "the
    gray Tacoma" is not the red one.
    """
    said = text.lower()
    for names in (NUMBERS, *((name,) for name in NAMES)):
        named = [number for number, car in enumerate(pack.vehicles, start=1) if _says(said, car, names)]
        if named:
            return named if names is NUMBERS else _likeliest(named, pack.vehicles, said)
    return list(range(1, len(pack.vehicles) + 1))


def _likeliest(named: Sequence[int], vehicles: Sequence[Mapping[str, Any]], said: str) -> list[int]:
    told = {number: sum(_says(said, vehicles[number - 1], (name,)) for name in TELLING) for number in named}
    most: dict[str, int] = {}
    for number in named:
        model = str(vehicles[number - 1].get("model"))
        most[model] = max(most.get(model, 0), told[number])
    return [number for number in named if told[number] == most[str(vehicles[number - 1].get("model"))]]


def _says(said: str, vehicle: Mapping[str, Any], names: Sequence[str]) -> bool:
    values = (vehicle.get(name) for name in names)
    return any(re.search(rf"\b{re.escape(str(value).lower())}s?\b", said) for value in values if value)


__all__ = ["vehicles_meant"]
