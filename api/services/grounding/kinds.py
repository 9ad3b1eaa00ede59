"""Numbers that belong to the name of a kind: "Level 2", "Euro 6", a "1.6 diesel"."""

import re

from api.services.grounding.findings import Scene

_KIND_BEFORE = re.compile(r"\b(level|class|type|grade|stage|tier|phase|euro|series|generation) $")


def numbered_kind(scene: Scene, start: int, end: int) -> bool:
    """Tell whether the number from start to end belongs to the name of a kind that the evidence has."""
    match = _KIND_BEFORE.search(scene.reading.normal.lower, max(0, start - 12), start)
    named = re.compile(rf"\b{match[1]} {re.escape(scene.text(start, end))}\b") if match else None
    if named is None:
        return _of_engine(scene, scene.text(start, end))
    return any(named.search(unit.clause.clause.text) for unit in scene.library.units)


def _of_engine(scene: Scene, shown: str) -> bool:
    """Tell whether a decimal is the size of an engine of the pack: "1.6" of "1.6L diesel"."""
    engines = (str(vehicle.get("engine") or "") for vehicle in scene.library.pack.vehicles)
    return "." in shown and any(one.startswith(shown) for one in engines)


__all__ = ["numbered_kind"]
