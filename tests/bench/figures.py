"""Percentiles and medians."""

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile; `share` in percent."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)]


def median(values: Sequence[float]) -> float:
    """Return the nearest-rank median."""
    return percentile(values, 50)
