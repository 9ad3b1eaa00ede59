"""/conversations/{id}/ai-suggest; /messages/{id}/accept, /reject, /feedback and /check."""

from uuid import UUID

from fastapi import Response

from api.dependencies import CurrentHouse, Idempotent, SignedInActor, Unit
from api.routing import hub_router
from api.services import drafting, suggestions
from models.base import Data
from models.messages import MessageView
from models.suggestions import AcceptInput, CheckInput, CheckView, DraftInput, FeedbackInput, RejectInput

router = hub_router("suggestions")


@router.post(
    "/conversations/{conversation_id}/ai-suggest", status_code=201, dependencies=[Idempotent], summary="Draft a reply"
)
async def draft_reply(
    conversation_id: UUID,
    house: CurrentHouse,
    actor: SignedInActor,
    response: Response,
    wanted: DraftInput | None = None,
) -> Data[MessageView]:
    """Draft a reply; an older undecided draft is superseded. Without a provider the fallback drafts.

    Errors: 400 `validation_error`, 403 `forbidden`, 404 `not_found`.
    """
    made = await drafting.draft(house, actor, conversation_id, wanted or DraftInput())
    response.headers["Location"] = f"/api/v1/conversations/{conversation_id}/messages"
    return Data(data=made)


@router.post("/messages/{message_id}/accept", dependencies=[Idempotent], summary="Accept a draft")
async def accept_suggestion(message_id: UUID, uow: Unit, wanted: AcceptInput | None = None) -> Data[MessageView]:
    """Send the draft, as it is or edited, as the signed-in staff member.

    Errors: 403 `forbidden`, 404 `not_found`, 409 `already_decided`, `unsupported_claims`, `stale_draft`.
    """
    return Data(data=await suggestions.accept(uow, message_id, wanted or AcceptInput()))


@router.post("/messages/{message_id}/reject", summary="Reject a draft")
async def reject_suggestion(message_id: UUID, uow: Unit, wanted: RejectInput | None = None) -> Data[MessageView]:
    """Put the draft aside for good.

    Errors: 403 `forbidden`, 404 `not_found`, 409 `already_decided`.
    """
    return Data(data=await suggestions.reject(uow, message_id, wanted or RejectInput()))


@router.post("/messages/{message_id}/feedback", summary="Rate a draft")
async def rate_suggestion(message_id: UUID, wanted: FeedbackInput, uow: Unit) -> Data[MessageView]:
    """Rate the draft; a second rating replaces the first.

    Errors: 400 `validation_error`, 403 `forbidden`, 404 `not_found`.
    """
    return Data(data=await suggestions.rate(uow, message_id, wanted))


@router.post("/messages/{message_id}/check", summary="Check an edit")
async def check_wording(message_id: UUID, wanted: CheckInput, uow: Unit) -> Data[CheckView]:
    """Verify an edit of the draft; nothing is sent or stored.

    Errors: 400 `validation_error`, 403 `forbidden`, 404 `not_found`.
    """
    return Data(data=await suggestions.check(uow, message_id, wanted.content))
