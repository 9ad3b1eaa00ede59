"""Canned responses: by page, by approval, all of them."""

from typing import Any

from sqlalchemy import func, or_, select

from api.core.pagination import Page, PageRequest
from api.repositories.base import Repository
from models.canned_responses import CannedResponse

_TITLE: Any = CannedResponse.title
_CONTENT: Any = CannedResponse.content
_SHORTCUT: Any = CannedResponse.shortcut
_ID: Any = CannedResponse.id
_APPROVED: Any = CannedResponse.approved
_SORTS = {"title": _TITLE, "updated_at": CannedResponse.updated_at}


class CannedResponseRepository(Repository[CannedResponse]):
    """Prepared replies."""

    model = CannedResponse

    async def page_of(self, request: PageRequest, q: str | None) -> Page[CannedResponse]:
        """Return a page; `q` is a part of the title, the text or the shortcut."""
        statement: Any = select(CannedResponse)
        if q:
            columns = (_TITLE, _CONTENT, _SHORTCUT)
            statement = statement.where(or_(*(column.icontains(q, autoescape=True) for column in columns)))
        return await self.page(statement, request, _SORTS, q)

    async def every(self, *, approved_only: bool = False) -> list[CannedResponse]:
        """Return all of them by title; with `approved_only`, those that may stand behind a draft."""
        statement = select(CannedResponse).order_by(func.lower(_TITLE), _ID)
        if approved_only:
            statement = statement.where(_APPROVED)
        return list((await self.session.execute(statement)).scalars())
