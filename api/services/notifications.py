"""What people are told: the bell."""

from uuid import UUID

from api.core.errors import NotFoundError
from api.core.pagination import DEFAULT_LIMIT, Page, PageRequest
from api.services.unit_of_work import UnitOfWork
from models.base import new_id
from models.notifications import Notification, NotificationView


async def notify(
    uow: UnitOfWork, user_id: UUID, kind: str, title: str, body: str = "", link: str | None = None
) -> None:
    """Tell a person something, in his bell and at once on his open screens; not what he has switched off.

    Args:
        uow: The unit of work in which it happens; no commit, no notice.
        user_id: Whom.
        kind: What happened, such as `conversation.assigned`.
        title: One line, 200 characters at most.
        body: More of it, in plain text.
        link: A path within the screens.
    """
    if not await uow.users.wants(user_id, kind):
        return
    notice = Notification(
        id=new_id(),
        user_id=user_id,
        kind=kind,
        title=title[:200],
        body=body,
        link=link,
        created_at=uow.now,
        updated_at=uow.now,
    )
    await uow.notifications.add(notice)
    uow.announce("notification.created", id=notice.id, user_id=user_id)


async def page(uow: UnitOfWork, request: PageRequest, *, unread: bool | None = None) -> Page[NotificationView]:
    """Return a page of one's own notices; `unread` None for all of them.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
        ValidationError: The cursor is not of this list.
    """
    found = await uow.notifications.of_user(uow.actor.require_user(), request, unread=unread)
    rows = [NotificationView.model_validate(row) for row in found.rows]
    return Page(rows, found.next_cursor, found.total)


async def recent(
    uow: UnitOfWork, unread: bool | None = None, limit: int = DEFAULT_LIMIT, cursor: str | None = None
) -> Page[NotificationView]:
    """Return one's own newest notices."""
    return await page(uow, PageRequest(sort="-created_at", limit=limit, cursor=cursor), unread=unread)


async def count_unread(uow: UnitOfWork) -> int:
    """Count one's own notices that are not read."""
    return await uow.notifications.count_unread(uow.actor.require_user())


async def mark_read(uow: UnitOfWork, notification_id: UUID) -> NotificationView:
    """Mark one's own notice as read; a second time changes nothing.

    Raises:
        NotFoundError: `not_found`, also for somebody else's.
    """
    user_id = uow.actor.require_user()
    notice = await uow.notifications.lock(notification_id)
    if notice.user_id != user_id:
        raise NotFoundError()
    if notice.read_at is None:
        notice.read_at = notice.updated_at = uow.now
        await uow.notifications.add(notice)
    return NotificationView.model_validate(notice)


async def mark_all_read(uow: UnitOfWork) -> None:
    """Mark all of one's own notices as read."""
    await uow.notifications.mark_all_read(uow.actor.require_user(), uow.now)
