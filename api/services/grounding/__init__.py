"""The draft verifier: constrains drafts to slots, checks every claim against the evidence, explains its verdicts."""

from api.services.grounding.evidence import CannedText, EvidencePack, ThreadMessage
from api.services.grounding.review import has_unsupported, mend, needs_review
from api.services.grounding.slots import (
    Rendered,
    UnknownSlotError,
    fill_closed,
    render,
    slot_catalogue,
    verify_rendered,
)
from api.services.grounding.verifier import verify

__all__ = [
    "CannedText",
    "EvidencePack",
    "Rendered",
    "ThreadMessage",
    "UnknownSlotError",
    "fill_closed",
    "has_unsupported",
    "mend",
    "needs_review",
    "render",
    "slot_catalogue",
    "verify",
    "verify_rendered",
]
