"""What a failed event shows: the twin of the API's error handler makes toasts of errors."""

from typing import cast

import reflex as rx
from reflex.event import EventSpec

from api.core.errors import HubError, InternalError, UnauthorizedError
from api.core.logging import get_logger
from dealsmart_app.states.base import HubState
from models.base import new_id

log = get_logger(__name__)


def request_id_of(error: Exception) -> str:
    """Return the id that `HubState.call` noted on the error, else a new one."""
    prefix = "request_id="
    notes = getattr(error, "__notes__", [])
    return next((n.removeprefix(prefix) for n in notes if n.startswith(prefix)), f"scr_{new_id().hex}")


def show_refusal(exception: Exception) -> EventSpec:
    """Answer an event that raised: an expected refusal with its words, a fault with its request id.

    Who is not signed in any more is led to the sign-in page by the guard, which knows the page to come back to.

    A fault is logged whole; the browser learns nothing of it but the id (contract, "Errors").
    """
    request_id = request_id_of(exception)
    if isinstance(exception, UnauthorizedError):
        return cast(EventSpec, HubState.guard(""))
    if isinstance(exception, HubError):
        log.info("refused", code=exception.code, refused_id=request_id)
        words = exception.detail
    else:
        log.error("unhandled fault on a screen", exc_info=exception, fault_id=request_id)
        words = f"{InternalError.title}. What you typed is still here; try again."
    return rx.toast.error(words, description=f"Request {request_id}", close_button=True)
