"""Feature flags by name."""

from typing import Any

from sqlalchemy import select

from api.core.pagination import Page, PageRequest
from api.repositories.base import Repository
from models.flags import FeatureFlag


class FlagRepository(Repository[FeatureFlag]):
    """The flags that somebody set."""

    model = FeatureFlag

    async def named(self, name: str, *, lock: bool = False) -> FeatureFlag | None:
        """Return a flag, or None; with `lock` until the commit."""
        table: Any = FeatureFlag
        wanted = select(FeatureFlag).where(table.name == name)
        return (await self.session.execute(wanted.with_for_update() if lock else wanted)).scalar_one_or_none()

    async def listing(self, request: PageRequest) -> Page[FeatureFlag]:
        """Return a page of all flags."""
        table: Any = FeatureFlag
        sorts = {"name": table.name, "expires_at": table.expires_at, "updated_at": table.updated_at}
        return await self.page(select(FeatureFlag), request, sorts, "flags")
