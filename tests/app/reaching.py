"""Which handlers a test calls as somebody who may, and looks at what came of it; `test_handlers_reach` adds them up."""

from collections.abc import Callable
from typing import Any, TypeVar

from reflex.state import BaseState

T = TypeVar("T", bound=Callable[..., Any])
REACHED: set[str] = set()


def reaches(state: type[BaseState], *handlers: str) -> Callable[[T], T]:
    """Note that a test proves what these handlers do."""
    REACHED.update(f"{state.__name__}.{handler}" for handler in handlers)
    return lambda test: test


def of(state: type[BaseState], handler: str) -> str:
    """Return a handler's whole name."""
    return f"{state.get_full_name()}.{handler}"
