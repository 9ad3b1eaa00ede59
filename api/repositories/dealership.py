"""The dealership's one row."""

from sqlalchemy import select, text

from api.repositories.base import Repository
from models.dealership import Dealership


class DealershipRepository(Repository[Dealership]):
    """What the dealership says of itself."""

    model = Dealership

    async def current(self) -> Dealership | None:
        """Return the row, or None while nobody has filled it in."""
        found = await self.session.execute(select(Dealership))
        return found.scalar_one_or_none()

    async def current_held(self) -> Dealership | None:
        """Return the row, read afresh, or None; until the commit nobody else writes it, nor the first one."""
        await self.session.execute(text("LOCK TABLE dealership IN SHARE ROW EXCLUSIVE MODE"))
        statement = select(Dealership).execution_options(populate_existing=True)
        return (await self.session.execute(statement)).scalar_one_or_none()
