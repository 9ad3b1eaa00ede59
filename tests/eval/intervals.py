"""Exact binomial intervals after Clopper and Pearson, from the regularised incomplete beta function."""

import math

_STEPS = 200
_TINY = 1e-300


def _fraction(a: float, b: float, x: float) -> float:
    """Evaluate the continued fraction of the incomplete beta function (Lentz; DLMF 8.17.22)."""
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > _TINY else _TINY)
    result = d
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + term * d
            d = 1.0 / (d if abs(d) > _TINY else _TINY)
            c = 1.0 + term / c
            c = c if abs(c) > _TINY else _TINY
            result *= d * c
    return result


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return P(X <= x) for X distributed as Beta(a, b)."""
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1.0 - x) / b


def _quantile(p: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_cdf(middle, a, b) < p else (low, middle)
    return (low + high) / 2


def clopper_pearson(hits: int, count: int) -> tuple[float, float]:
    """Return the two-sided 95 % interval for `hits` of `count`."""
    if count == 0:
        return 0.0, 1.0
    low = 0.0 if hits == 0 else _quantile(0.025, hits, count - hits + 1)
    high = 1.0 if hits == count else _quantile(0.975, hits + 1, count - hits)
    return low, high


__all__ = ["beta_cdf", "clopper_pearson"]
