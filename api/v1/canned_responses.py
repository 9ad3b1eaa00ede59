"""/canned-responses: prepared replies."""

from typing import Annotated

from fastapi import Query, Response

from api.core.pagination import PageRequest
from api.dependencies import RowId, Unit, location, page_request
from api.routing import hub_router
from api.services import canned_responses
from api.services.canned_responses import CannedResponseQuery
from models.base import Data, Line, Listing, Meta
from models.canned_responses import CannedResponseInput, CannedResponsePatch, CannedResponseView

router = hub_router("canned responses")


@router.get("/canned-responses", summary="List canned responses")
async def list_canned_responses(
    uow: Unit,
    page: Annotated[PageRequest, page_request("title", "-updated_at")],
    q: Annotated[Line | None, Query(max_length=200)] = None,
) -> Listing[CannedResponseView]:
    """List canned responses; `q` is a part of the title, the text or the shortcut.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`.
    """
    query = CannedResponseQuery(
        q=q, sort=page.sort, limit=page.limit, cursor=page.cursor, include_total=page.include_total
    )
    found = await canned_responses.page(uow, query)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.post("/canned-responses", status_code=201, summary="Keep a canned response")
async def create_canned_response(
    prepared: CannedResponseInput, uow: Unit, response: Response
) -> Data[CannedResponseView]:
    """Keep a canned response; an approved one may stand behind AI drafts.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`, 409 `conflict` for a shortcut that is taken.
    """
    view = await canned_responses.create(uow, prepared)
    response.headers.update(location("canned-responses", view.id))
    return Data(data=view)


@router.patch("/canned-responses/{response_id}", summary="Change a canned response")
async def change_canned_response(response_id: RowId, patch: CannedResponsePatch, uow: Unit) -> Data[CannedResponseView]:
    """Change the fields that are told.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `forbidden`, 404 `not_found`, 409 `conflict`.
    """
    return Data(data=await canned_responses.change(uow, response_id, patch))


@router.delete("/canned-responses/{response_id}", status_code=204, summary="Delete a canned response")
async def delete_canned_response(response_id: RowId, uow: Unit) -> None:
    """Delete a canned response.

    Errors: 401 `unauthorized`, 403 `forbidden`, 404 `not_found`.
    """
    await canned_responses.remove(uow, response_id)
