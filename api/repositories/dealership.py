"""The dealership's one row."""

from sqlalchemy import select

from api.repositories.base import Repository
from models.dealership import Dealership


class DealershipRepository(Repository[Dealership]):
    """What the dealership says of itself."""

    model = Dealership

    async def current(self) -> Dealership | None:
        """Return the row, or None while nobody has filled it in."""
        found = await self.session.execute(select(Dealership))
        return found.scalar_one_or_none()

    async def current_locked(self) -> Dealership | None:
        """Return the row locked until the commit and read afresh, or None."""
        statement = select(Dealership).with_for_update().execution_options(populate_existing=True)
        return (await self.session.execute(statement)).scalar_one_or_none()
