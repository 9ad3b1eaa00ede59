"""Feature flags by name."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from api.core.pagination import Page, PageRequest
from api.repositories.base import Repository
from models.flags import FeatureFlag, FlagStage


class FlagRepository(Repository[FeatureFlag]):
    """The flags that somebody set."""

    model = FeatureFlag

    async def named(self, name: str, *, lock: bool = False) -> FeatureFlag | None:
        """Return a flag, or None; with `lock` until the commit."""
        table: Any = FeatureFlag
        wanted = select(FeatureFlag).where(table.name == name)
        return (await self.session.execute(wanted.with_for_update() if lock else wanted)).scalar_one_or_none()

    async def listing(
        self, request: PageRequest, stage: FlagStage | None, now: datetime, soon: datetime
    ) -> Page[FeatureFlag]:
        """Return a page of the flags of a stage, None for all; those that end before `soon` are ending."""
        table: Any = FeatureFlag
        stages: dict[FlagStage | None, tuple[ColumnElement[bool], ...]] = {
            None: (),
            FlagStage.ON: (table.enabled, table.expires_at > now),
            FlagStage.OFF: (~table.enabled, table.expires_at > now),
            FlagStage.ENDING: (table.enabled, table.expires_at <= soon),
            FlagStage.EXPIRED: (table.expires_at <= now,),
        }
        sorts = {"name": table.name, "expires_at": table.expires_at, "updated_at": table.updated_at}
        return await self.page(select(FeatureFlag).where(*stages[stage]), request, sorts, ["flags", stage])
