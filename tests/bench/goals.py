"""What the product promises about its speed, and whether a run kept it."""

from dataclasses import dataclass

RATIO = 0.65  # of the bare endpoint's rate
P95_MS = 50.0
DEEP_RATIO = 0.9  # a deep page costs what the first costs; rounds of the same page differ by up to a tenth
EVENT_MS = 250.0


@dataclass(frozen=True)
class Verdict:
    """One figure beside its goal."""

    name: str
    measured: float
    goal: float
    least: bool

    @property
    def met(self) -> bool:
        """Whether the figure reaches its goal, or stays below it."""
        return self.measured >= self.goal if self.least else self.measured < self.goal

    def __str__(self) -> str:
        """Say it in a line."""
        wanted = f"{'at least' if self.least else 'under'} {self.goal:g}"
        return f"{'met   ' if self.met else 'MISSED'} {self.name:<22} {self.measured:>7.2f}  wanted {wanted}"


def at_least(name: str, measured: float, goal: float) -> Verdict:
    """Judge a figure that should be high."""
    return Verdict(name, measured, goal, least=True)


def under(name: str, measured: float, goal: float) -> Verdict:
    """Judge a figure that should be low."""
    return Verdict(name, measured, goal, least=False)
