"""Deadlines and circuit breakers: how long and whether to try again; knows no domain."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Clock = Callable[[], float]


class Deadline:
    """A moment by which everything must be over, however many tries it takes."""

    def __init__(self, seconds: float, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._at = clock() + seconds

    @property
    def remaining_seconds(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._at - self._clock())


class CircuitState(StrEnum):
    """Closed lets calls through, open refuses them, half-open lets one through to find out."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True)
class BreakerSettings:
    """When a circuit opens, and how long it stays so; the contract allows 30 s at most (section 8)."""

    failures: int = 3
    open_seconds: float = 20.0

    def __post_init__(self) -> None:
        if self.failures < 1:
            raise ValueError("a circuit needs at least one failure to open")
        if not 0 < self.open_seconds <= 30:
            raise ValueError("an open circuit must half-open within 30 seconds")


class CircuitBreaker:
    """Stop calling what keeps failing.

    After `failures` failures in a row it refuses calls for `open_seconds`; then one
    caller at a time may try, whose success closes it and whose failure opens it
    again. Each `admit()` that said yes is followed by exactly one of `succeeded()`,
    `failed()` and `abandoned()`.
    """

    def __init__(self, settings: BreakerSettings | None = None, clock: Clock = time.monotonic) -> None:
        self._settings = settings or BreakerSettings()
        self._clock = clock
        self._failures = 0
        self._opened_at: float | None = None
        self._probing = False

    @property
    def state(self) -> CircuitState:
        """The state at this moment."""
        if self._opened_at is None:
            return CircuitState.CLOSED
        rested = self._clock() - self._opened_at >= self._settings.open_seconds
        return CircuitState.HALF_OPEN if rested else CircuitState.OPEN

    def would_admit(self) -> bool:
        """Say whether `admit()` would let a call through now; changes nothing."""
        match self.state:
            case CircuitState.CLOSED:
                return True
            case CircuitState.OPEN:
                return False
            case CircuitState.HALF_OPEN:
                return not self._probing

    def admit(self) -> bool:
        """Ask for leave to call; in the half-open state only one caller gets it."""
        if not self.would_admit():
            return False
        self._probing = self.state is CircuitState.HALF_OPEN
        return True

    def succeeded(self) -> None:
        """Close the circuit and forget the failures."""
        self._failures, self._opened_at, self._probing = 0, None, False

    def failed(self) -> None:
        """Count a failure; open the circuit where it was one too many, or the trial call.

        Calls that began before the circuit opened and fail after do not keep it open longer.
        """
        self._failures += 1
        newly_open = self._opened_at is None and self._failures >= self._settings.failures
        if self._probing or newly_open:
            self._opened_at = self._clock()
        self._probing = False

    def abandoned(self) -> None:
        """Give back the leave to call: the call ended without telling anything about the other side."""
        self._probing = False


__all__ = ["BreakerSettings", "CircuitBreaker", "CircuitState", "Clock", "Deadline"]
