"""/api-keys: one's own keys."""

from typing import Annotated

from fastapi import Response

from api.core.pagination import PageRequest
from api.dependencies import RowId, Unit, location, page_request
from api.routing import hub_router
from api.services import api_keys
from models.base import Data, Listing, Meta
from models.platform import ApiKeyInput, ApiKeyView, NewApiKeyView

router = hub_router("API keys")


@router.get("/api-keys", summary="List one's own API keys")
async def list_api_keys(uow: Unit, page: Annotated[PageRequest, page_request("-created_at")]) -> Listing[ApiKeyView]:
    """List one's own keys that are not deleted, without their secrets.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `insufficient_scope`.
    """
    found = await api_keys.page(uow, page)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.post("/api-keys", status_code=201, summary="Make an API key")
async def create_api_key(given: ApiKeyInput, uow: Unit, response: Response) -> Data[NewApiKeyView]:
    """Make a key; `secret` is shown in this answer and never again.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `insufficient_scope`, 409 `conflict` beyond 100 keys.
    """
    view = await api_keys.create(uow, given)
    response.headers.update({**location("api-keys", view.id), "Cache-Control": "no-store"})
    return Data(data=view)


@router.delete("/api-keys/{key_id}", status_code=204, summary="Delete an API key")
async def delete_api_key(key_id: RowId, uow: Unit) -> None:
    """Delete one's own key; it is refused from now on.

    Errors: 401 `unauthorized`, 403 `insufficient_scope`, 404 `not_found`.
    """
    await api_keys.revoke(uow, key_id)
