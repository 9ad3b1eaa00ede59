"""A feed in a temporary table, and the statements that make the inventory agree with it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import new_id
from models.vehicles import VehicleInput

_TOLD = (
    *(name for name in VehicleInput.model_fields if name != "price"),
    "price_minor",
    "currency",
)
_COLUMNS = ", ".join(_TOLD)
_ROWS_BETWEEN_BREATHS = 200

_CREATE = f"""
    CREATE TEMPORARY TABLE vehicle_feed ON COMMIT DROP AS
    SELECT 0 AS row_number, id, NULL::uuid AS vehicle_id, false AS same, {_COLUMNS} FROM vehicles WITH NO DATA
"""  # noqa: S608 - the names are the model's own
_COPY = f"COPY vehicle_feed (row_number, id, {_COLUMNS}) FROM STDIN"
_MATCH = f"""
    UPDATE vehicle_feed f SET vehicle_id = v.id,
        same = ({", ".join(f"v.{name}" for name in _TOLD)})
            IS NOT DISTINCT FROM ({", ".join(f"f.{name}" for name in _TOLD)})
    FROM vehicles v WHERE lower(v.stock_number) = lower(f.stock_number)
"""  # noqa: S608 - the names are the model's own
_REFUSE_REPEATS = """
    DELETE FROM vehicle_feed f USING vehicle_feed first
    WHERE lower(first.stock_number) = lower(f.stock_number) AND first.row_number < f.row_number
    RETURNING f.row_number, first.stock_number
"""
_REFUSE_CLASHES = """
    DELETE FROM vehicle_feed f USING vehicles v
    WHERE v.vin = f.vin AND v.id IS DISTINCT FROM f.vehicle_id AND NOT EXISTS (
        SELECT FROM vehicle_feed other WHERE other.vehicle_id = v.id AND other.vin IS DISTINCT FROM v.vin
    )
    RETURNING f.row_number, v.stock_number
"""
_CONFIRM = """
    UPDATE vehicles v SET confirmed_at = :now FROM vehicle_feed f WHERE v.id = f.vehicle_id AND f.same
"""
_FREE_VINS = """
    UPDATE vehicles v SET vin = NULL FROM vehicle_feed f
    WHERE v.id = f.vehicle_id AND NOT f.same AND v.vin IS DISTINCT FROM f.vin AND v.vin IS NOT NULL
"""
_UPDATE = f"""
    UPDATE vehicles v SET {", ".join(f"{name} = f.{name}" for name in _TOLD)}, updated_at = :now, confirmed_at = :now
    FROM vehicle_feed f WHERE v.id = f.vehicle_id AND NOT f.same
"""  # noqa: S608 - the names are the model's own
_INSERT = f"""
    INSERT INTO vehicles (id, created_at, updated_at, confirmed_at, {_COLUMNS})
    SELECT id, :now, :now, :now, {_COLUMNS} FROM vehicle_feed WHERE vehicle_id IS NULL ORDER BY row_number
"""  # noqa: S608 - the names are the model's own

FeedRow = tuple[Any, ...]


def feed_row(number: int, vehicle: VehicleInput) -> FeedRow:
    """Return one good row of a feed as `VehicleFeed.load` takes it."""
    values = vehicle.columns()
    return (number, new_id(), *(values[name] for name in _TOLD))


class VehicleFeed:
    """One import: opened, loaded batch by batch, then settled against the inventory in a handful of statements."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def open(self) -> None:
        """Make the temporary table; it goes with the transaction."""
        await self._session.execute(text("DROP TABLE IF EXISTS pg_temp.vehicle_feed"))
        await self._session.execute(text(_CREATE))

    async def load(self, rows: Sequence[FeedRow]) -> None:
        """Copy rows in, letting other requests have their turn."""
        connection: Any = (await (await self._session.connection()).get_raw_connection()).driver_connection
        async with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for index, row in enumerate(rows):
                await copy.write_row(row)
                if index % _ROWS_BETWEEN_BREATHS == 0:
                    await asyncio.sleep(0)

    async def match(self) -> list[tuple[int, str]]:
        """Find each row's vehicle; return the rows left out since the feed has their stock number already."""
        repeats = await self._refused(_REFUSE_REPEATS)
        await self._session.execute(text("ANALYZE vehicle_feed"))
        await self._session.execute(text(_MATCH))
        return repeats

    async def refuse_clashes(self) -> list[tuple[int, str]]:
        """Leave out rows whose VIN another vehicle keeps; return their numbers and that vehicle's stock number.

        A row that is left out keeps its own vehicle's VIN in place, which may make another row clash: hence the loop.
        """
        refused: list[tuple[int, str]] = []
        while found := await self._refused(_REFUSE_CLASHES):
            refused += found
        return refused

    async def settle(self, now: datetime) -> tuple[int, int, int]:
        """Write the rows and return how many vehicles were created, updated and confirmed unchanged.

        VINs that change are freed first, so that two vehicles of a feed may swap theirs.
        """
        unchanged = await self._run(_CONFIRM, now)
        await self._session.execute(text(_FREE_VINS))
        updated = await self._run(_UPDATE, now)
        return await self._run(_INSERT, now), updated, unchanged

    async def _refused(self, statement: str) -> list[tuple[int, str]]:
        return [(row[0], row[1]) for row in await self._session.execute(text(statement))]

    async def _run(self, statement: str, now: datetime) -> int:
        done: Any = await self._session.execute(text(statement), {"now": now})
        return done.rowcount
