"""The figures that docs/grounding.md states, as a floor for those that a run measures."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.eval.metrics import Share

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "grounding.md"
LOW_IS_GOOD = frozenset({"red false flags", "amber"})
_ROW = re.compile(r"^\| (?P<set>[\w ]+) \| (?P<metric>[\w\- ]+) \| (?P<hits>\d+)/(?P<count>\d+)\b", re.MULTILINE)

Figures = Mapping[tuple[str, str], Share]


def committed_figures(document: str) -> Figures:
    """Read the rows "| set | metric | hits/count … |" of the document's tables."""
    return {
        (row["set"].strip(), row["metric"].strip()): Share(int(row["hits"]), int(row["count"]))
        for row in _ROW.finditer(document)
    }


def regressions(measured: Figures, committed: Figures, slack: float = 0.0) -> Iterator[str]:
    """Yield a sentence for each measured figure that is worse than the committed one by more than the slack."""
    for (name, metric), share in measured.items():
        before = committed.get((name, metric))
        if before is None or not share.count:
            continue
        worse = share.value - before.value if metric in LOW_IS_GOOD else before.value - share.value
        if worse > slack:
            yield f"{name}, {metric}: {share} was {before}"


def table(measured: Figures) -> str:
    """Write the measured figures as the rows that the document holds."""
    rows = [f"| {name} | {metric} | {share} |" for (name, metric), share in measured.items() if share.count]
    return "\n".join(["| Set | Metric | Figure |", "| --- | --- | --- |", *rows])


__all__ = ["DOCUMENT", "Figures", "committed_figures", "regressions", "table"]
