"""/leads/adf: leads from providers."""

from typing import Any

from fastapi import Request, Response

from api.core.errors import UnsupportedMediaTypeError
from api.dependencies import Idempotent, Unit, location
from api.routing import hub_router
from api.services import leads
from models.base import Data
from models.conversations import ConversationView

router = hub_router("leads")
_XML = frozenset({"application/xml", "text/xml"})
_ADF_BODY = {
    "requestBody": {"required": True, "content": {kind: {"schema": {"type": "string"}} for kind in sorted(_XML)}}
}
_SEEN_BEFORE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The same lead was delivered before", "model": Data[ConversationView]}
}


@router.post(
    "/leads/adf",
    status_code=201,
    summary="Deliver a lead",
    dependencies=[Idempotent],
    openapi_extra=_ADF_BODY,
    responses=_SEEN_BEFORE,
)
async def deliver_lead(request: Request, uow: Unit, response: Response) -> Data[ConversationView]:
    """Open a conversation for an ADF/XML 1.0 document; the same document again gets the same one, with 200.

    Errors: 400 `validation_error` naming what is malformed, 401 `unauthorized`, 403 `forbidden`,
    `insufficient_scope`, 413 `payload_too_large`, 415 `unsupported_media_type`.
    """
    leads.require_sender(uow)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _XML and not kind.endswith("+xml"):
        raise UnsupportedMediaTypeError("This route takes application/xml, text/xml or another +xml type.")
    view, made = await leads.receive_adf(uow, await request.body())
    response.status_code = 201 if made else 200
    response.headers.update(location("conversations", view.id))
    return Data(data=view)
