"""The administrators' home: how the last days compare with the ones before, and who has waited too long."""

from datetime import timedelta

from api.core.database import Row
from api.core.security import Actor
from api.repositories import overview
from api.services.house import House
from models.base import utc_now
from models.overview import MetricView, NeedView, OverviewView, WaitingView
from models.users import Permission

METRICS = ("conversations", "first_reply_s", "on_time", "drafts_sent", "sign_ups")
COUNTED = {"conversations", "sign_ups"}
SUSPENSION_ENDS_SOON = timedelta(days=7)


async def figures(house: House, actor: Actor, days: int) -> OverviewView:
    """Count the last days, each 24 hours back from now, and as many before them.

    Conversations count by when they began; the first reply is measured from the customer's first message, and is on
    time within REPLY_TARGET_MIN; drafts sent are a share of those decided.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.

    Source: ux.md, section 2.8.
    """
    actor.require(Permission.MANAGE_PLATFORM)
    now = utc_now()
    target = timedelta(minutes=house.settings.reply_target_min)
    values = {"now": now, "since": now - timedelta(days=2 * days), "days": days, "target": target}
    rows = [row for found in await overview.figures(house.database, values) for row in found]
    return OverviewView.model_validate({name: _metric(name, rows, days) for name in METRICS})


def _metric(name: str, rows: list[Row], days: int) -> MetricView:
    told = [row for row in rows if name in row]
    periods = {row["period"]: row[name] for row in told if row["period"] is not None}
    by_day = {row["back"]: row[name] for row in told if row["back"] is not None}
    nothing = 0 if name in COUNTED else None
    return MetricView(
        now=periods.get(0, nothing),
        before=periods.get(1, nothing),
        days=[by_day.get(back, nothing) for back in reversed(range(days))],
    )


async def overdue(house: House, actor: Actor) -> NeedView:
    """Tell whose reply is later than REPLY_TARGET_MIN, the longest waiting first.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
    """
    actor.require(Permission.MANAGE_PLATFORM)
    target = timedelta(minutes=house.settings.reply_target_min)
    return _need(await overview.overdue(house.database, utc_now() - target))


async def suspensions_that_end(house: House, actor: Actor) -> NeedView:
    """Tell who will be let in again within seven days, the soonest first.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
    """
    actor.require(Permission.MANAGE_PLATFORM)
    return _need(await overview.suspensions(house.database, utc_now() + SUSPENSION_ENDS_SOON))


def _need(rows: list[Row]) -> NeedView:
    return NeedView(
        total=rows[0]["total"] if rows else 0,
        first=[WaitingView.model_validate({"name": row["name"], "at": row["at"]}) for row in rows],
    )
