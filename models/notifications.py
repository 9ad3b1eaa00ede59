"""What a person is told, and whether he has read it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index
from sqlmodel import Field

from models.base import TableModel, Timestamp, ViewModel, moment


class Notification(TableModel, table=True):
    """One notice to one user; `link` is a path within the screens."""

    __tablename__ = "notifications"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ix_notifications_user", "user_id", "created_at", "id"),)

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False))
    kind: str
    title: str
    body: str = ""
    link: str | None = None
    read_at: datetime | None = moment(None)


class NotificationView(ViewModel):
    """A notice as its reader sees it."""

    id: UUID
    kind: str
    title: str
    body: str
    link: str | None
    read_at: Timestamp | None
    created_at: Timestamp
