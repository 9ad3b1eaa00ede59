"""What a screen does when it can't read: what it shows stays, and a line above it says so."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any, Concatenate, ParamSpec

from api.core.errors import HubError, InternalError, UpstreamUnavailableError
from api.core.logging import get_logger
from api.services.platform import is_unreachable
from dealsmart_app.refusals import request_id_of
from dealsmart_app.states.base import HubState

P = ParamSpec("P")
FAULT_OF_OURS = 500
log = get_logger(__name__)


def title_of(error: Exception) -> str:
    """Name the problem as the API does."""
    if isinstance(error, HubError):
        return error.title
    return UpstreamUnavailableError.title if is_unreachable(error) else InternalError.title


def note_fault(state: Any, reader: str, error: Exception) -> None:
    """Have the page say that a reader failed, with the request id under which the log tells why."""
    told = {"reader": reader, "title": title_of(error), "request_id": request_id_of(error)}
    log.error("a screen could not be read", exc_info=error, reader=reader, fault_id=told["request_id"])
    state.faults = [*(fault for fault in state.faults if fault["reader"] != reader), told]


def forget_fault(state: Any, reader: str) -> None:
    """Have the page say no more that a reader failed."""
    if any(fault["reader"] == reader for fault in state.faults):
        state.faults = [fault for fault in state.faults if fault["reader"] != reader]


def reading(load: Callable[Concatenate[Any, P], Awaitable[Any]]) -> Callable[Concatenate[Any, P], Awaitable[Any]]:
    """Let a handler that reads what a page shows fail without a toast; a refusal passes through as ever."""
    reader = load.__qualname__

    @functools.wraps(load)
    async def read(self: HubState, /, *args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            following = await load(self, *args, **kwargs)
        except Exception as error:
            if isinstance(error, HubError) and error.status < FAULT_OF_OURS:
                raise
            note_fault(self, reader, error)
            return None
        forget_fault(self, reader)
        return following

    return read


__all__ = ["forget_fault", "note_fault", "reading", "title_of"]
