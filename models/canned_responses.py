"""Prepared replies; the approved ones are evidence for drafts."""

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints
from sqlalchemy import (
    Column,
    Index,
    Text,
    func,
)

from models.base import (
    ONE_LINE,
    InputModel,
    TableModel,
    ViewModel,
)
from models.texts import Content, Title


class CannedResponse(TableModel, table=True):
    """A prepared reply; an approved one is evidence for drafts."""

    __tablename__ = "canned_responses"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ux_canned_shortcut", func.lower(Column("shortcut", Text)), unique=True),)

    title: str
    content: str
    shortcut: str | None = None
    approved: bool = False


class CannedResponseInput(InputModel):
    """Body of POST /canned-responses."""

    title: Title
    content: Content
    shortcut: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,30}$"), ONE_LINE] | None = None
    approved: bool = False


class CannedResponsePatch(InputModel):
    """Body of PATCH /canned-responses/{id}."""

    title: Title | None = None
    content: Content | None = None
    shortcut: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,30}$"), ONE_LINE] | None = None
    approved: bool | None = None


class CannedResponseView(ViewModel):
    """A canned response."""

    id: UUID
    title: str
    content: str
    shortcut: str | None
    approved: bool
