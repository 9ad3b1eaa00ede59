"""NotificationState: the bell on every page, counted and listed live."""

from uuid import UUID

import reflex as rx

from api.core.bus import Event
from api.services import notifications
from dealsmart_app.live import PERSON, watch
from dealsmart_app.states.base import HubState
from dealsmart_app.states.reading import reading
from models.base import rfc3339
from models.notifications import NotificationView
from models.users import Permission

SHOWN = 20


def _line(notice: NotificationView) -> dict[str, str]:
    return {
        "id": str(notice.id),
        "title": notice.title,
        "body": notice.body,
        "link": notice.link or "",
        "at": rfc3339(notice.created_at),
        "unread": "" if notice.read_at else "yes",
    }


class NotificationState(HubState):
    """What the bell shows: the newest notices and how many have not been read."""

    notices: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    unread: rx.Field[int] = rx.field(default=0)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read the newest notices and hear of those to come, unless a second factor must be set up first."""
        if Permission.OWN_ACCOUNT.value not in self.permissions:
            return
        watch(self, PERSON, self.user_id)
        await self._read()

    async def heard(self, events: list[Event]) -> None:
        """Read the notices anew, and what the person may do where that may have changed."""
        if any(event["kind"] == "session.revoked" for event in events):
            self.show_person(await self.actor())
        await self._read()

    async def _read(self) -> None:
        newest = await self.call(notifications.recent, None, SHOWN)
        self.notices = [_line(notice) for notice in newest.rows]
        self.unread = await self.call(notifications.count_unread)

    @rx.event
    async def follow(self, notice_id: str) -> object:
        """Mark a notice read and go where it leads."""
        notice = next((line for line in self.notices if line["id"] == notice_id), None)
        await self.call(notifications.mark_read, UUID(notice_id))
        await self._read()
        return rx.redirect(notice["link"]) if notice and notice["link"] else None

    @rx.event
    async def mark_all_read(self) -> None:
        """Mark every notice read."""
        await self.call(notifications.mark_all_read)
        await self._read()
