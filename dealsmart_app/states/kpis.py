"""Figures as texts and small curves: a value, how it differs from the period before, a line of its days."""

from collections.abc import Callable, Sequence

from dealsmart_app.states.system import lasted
from models.overview import MetricView

Words = Callable[[float], str]
WIDTH, HEIGHT, MARGIN = 160.0, 28.0, 2.0


def count_words(value: float) -> str:
    """Write a count: 1,204."""
    return f"{value:,.0f}"


def share_words(value: float) -> str:
    """Write a share of 0 to 1: 71.6 %."""
    return f"{value * 100:.1f} %"


def time_words(seconds: float) -> str:
    """Write a time: 4 m 10 s."""
    return lasted(round(seconds)).partition(" 0 ")[0]


def curve(days: Sequence[float | None]) -> str:
    """Return the path of a line through the days; where there is no data there is a gap, not a zero."""
    known = [value for value in days if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    step, span = WIDTH / max(1, len(days) - 1), (high - low) or 1.0
    parts: list[str] = []
    for place, value in enumerate(days):
        if value is None:
            continue
        joined = place > 0 and days[place - 1] is not None
        rise = (value - low) / span if high > low else 0.5
        parts.append(f"{'L' if joined else 'M'}{place * step:.1f} {HEIGHT - MARGIN - rise * (HEIGHT - 2 * MARGIN):.1f}")
        if not joined and (place + 1 == len(days) or days[place + 1] is None):
            parts.append("h0.1")
    return "".join(parts)


def change_of(metric: MetricView, words: Words) -> str:
    """Say by how much a figure differs from the period before; empty where one of them is missing or nothing did."""
    if metric.now is None or metric.before is None or words(metric.now) == words(metric.before):
        return ""
    if words is share_words:
        return f"{abs(metric.now - metric.before) * 100:.1f} points"
    if words is time_words:
        return f"{time_words(abs(metric.now - metric.before))} {'slower' if metric.now > metric.before else 'faster'}"
    return f"{abs(metric.now - metric.before) / metric.before * 100:.1f} %" if metric.before else ""


def before_words(metric: MetricView, words: Words) -> str:
    """Say what a figure was in the period before."""
    if metric.before is None:
        return "No data before"
    was = words(metric.before)
    same = metric.now is not None and words(metric.now) == was
    return f"{was} before, too" if same else f"from {was}"


def kpi(
    label: str, hint: str, metric: MetricView, words: Words, href: str, *, less_is_better: bool = False
) -> dict[str, str]:
    """Make a figure's card; `hint` says how it is counted, `href` leads to the list behind it."""
    change = change_of(metric, words)
    rising = bool(change) and (metric.now or 0) > (metric.before or 0)
    return {
        "label": label,
        "hint": hint,
        "value": "–" if metric.now is None else words(metric.now),
        "way": ("up" if rising else "down") if change else "",
        "tone": ("good" if rising is not less_is_better else "bad") if change else "",
        "change": change,
        "before": before_words(metric, words),
        "curve": curve(metric.days),
        "href": href,
    }
