"""/notifications: the bell."""

from typing import Annotated

from api.core.pagination import PageRequest
from api.dependencies import RowId, Unit, page_request
from api.routing import hub_router
from api.services import notifications
from models.base import Data, Listing, Meta
from models.notifications import NotificationView

router = hub_router("notifications")


@router.get("/notifications", summary="List one's own notices")
async def list_notifications(
    uow: Unit, page: Annotated[PageRequest, page_request("-created_at")], unread: bool | None = None
) -> Listing[NotificationView]:
    """List one's own notices; `unread=true` leaves out those that were read, `unread=false` the others.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `insufficient_scope`.
    """
    found = await notifications.page(uow, page, unread=unread)
    meta = Meta(limit=page.limit, next_cursor=found.next_cursor, has_more=found.has_more, total=found.total)
    return Listing(data=found.rows, meta=meta)


@router.patch("/notifications/{notification_id}/read", summary="Mark a notice as read")
async def mark_notification_read(notification_id: RowId, uow: Unit) -> Data[NotificationView]:
    """Mark one's own notice as read; a second time changes nothing.

    Errors: 401 `unauthorized`, 403 `insufficient_scope`, 404 `not_found`.
    """
    return Data(data=await notifications.mark_read(uow, notification_id))


@router.post("/notifications/read-all", status_code=204, summary="Mark all notices as read")
async def mark_all_notifications_read(uow: Unit) -> None:
    """Mark all of one's own notices as read.

    Errors: 401 `unauthorized`, 403 `insufficient_scope`.
    """
    await notifications.mark_all_read(uow)
