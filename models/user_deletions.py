"""An administrator's wish to have somebody's account deleted, which waits for another administrator's word."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints
from sqlalchemy import Column, ForeignKey
from sqlmodel import Field

from models.base import LONG_TEXT, InputModel, TableModel, Timestamp, ViewModel, moment


class DeletionRequest(TableModel, table=True):
    """One that is open; what was decided stands in the audit trail alone.

    `alone_from` is when who asked may do it by himself, where nobody else could confirm it as he asked.
    """

    __tablename__ = "deletion_requests"  # pyright: ignore[reportAssignmentType]

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False, unique=True))
    asked_by: UUID = Field(sa_column=Column(ForeignKey("users.id"), nullable=False, index=True))
    reason: str
    expires_at: datetime = moment()
    alone_from: datetime | None = moment(None)


Reason = Annotated[str, StringConstraints(min_length=1, max_length=2_000), LONG_TEXT]


class ReasonInput(InputModel):
    """Why somebody is to be deleted, or is not."""

    reason: Reason


class DeletionRequestView(ViewModel):
    """An open request as the caller sees it: `may_confirm` says whether his word is enough now."""

    user_id: UUID
    name: str
    asked_by: str
    reason: str
    asked_at: Timestamp
    expires_at: Timestamp
    alone_from: Timestamp | None
    mine: bool
    may_confirm: bool
