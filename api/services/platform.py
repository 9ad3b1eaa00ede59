"""The platform about itself: health, status, migrations, the audit trail; what a start prepares."""

import asyncio
import os
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from alembic.script import ScriptDirectory
from psycopg_pool import PoolTimeout

from api.core.database import AWAY
from api.core.errors import UpstreamUnavailableError
from api.core.security import Actor
from api.core.settings import Settings
from api.integrations.media import BucketStore
from api.repositories.health import APPLIED_REVISION, JOBS_BACKLOG, LONGEST_WAIT
from api.services.house import House
from api.services.users import ensure_first_admin
from models.platform import CheckView, MigrationsView, StatusView
from models.users import Permission

NAME = "DealSmart AI Communications Hub"
VERSION = "0.1.0"
CHECK_SECONDS = 2.0
REMEMBERED_SECONDS = 2.0
SLOW_JOBS_SECONDS = 120.0
SMTP_PORTS = {"smtp": 587, "smtps": 465}
NOT_CONFIGURED = CheckView(status="not_configured")
_MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_STARTED = time.monotonic()
_UNREACHABLE = (psycopg.Error, PoolTimeout, OSError, TimeoutError)


def is_unreachable(error: Exception) -> bool:
    """Tell whether a failure means that the database does not answer."""
    return isinstance(error, AWAY)


async def prepare_house(house: House) -> None:
    """Do what a start of the migrated platform needs: the first admin.

    Raises:
        SettingsError: The first admin's settings are bad.
    """
    await ensure_first_admin(house)


@dataclass(frozen=True, slots=True)
class _Health:
    """The outcome of the checks of one house, and until when it is repeated."""

    house: House
    until: float
    checks: dict[str, CheckView]


_last: list[_Health] = []


async def status(house: House, actor: Actor) -> StatusView:
    """Tell how the platform is, at most two seconds out of date; the single checks only to admins."""
    checks = await _checks(house)
    return StatusView(
        status=_worst(checks),
        version=VERSION,
        uptime_s=int(time.monotonic() - _STARTED),
        checks=checks if actor.may(Permission.READ_PLATFORM) else None,
    )


def _worst(checks: dict[str, CheckView]) -> str:
    if checks["database"].status == "down":
        return "down"
    return "degraded" if any(check.status in {"down", "degraded"} for check in checks.values()) else "ok"


async def _checks(house: House) -> dict[str, CheckView]:
    if _last and _last[0].house is house and _last[0].until > time.monotonic():
        return _last[0].checks
    database, revisions, jobs, mail, storage = await asyncio.gather(
        _checked(_database(house)),
        _checked(_revisions(house)),
        _checked(_jobs(house)),
        _mail(house.settings),
        _storage(house),
    )
    checks = {
        "database": database,
        "migrations": revisions,
        "jobs": jobs,
        "stripe": NOT_CONFIGURED,
        "hubspot": NOT_CONFIGURED,
        "ai": _ai(house),
        "mail": mail,
        "storage": storage,
    }
    _last[:] = [_Health(house, time.monotonic() + REMEMBERED_SECONDS, checks)]
    return checks


async def _checked(check: Awaitable[CheckView]) -> CheckView:
    try:
        return await asyncio.wait_for(check, CHECK_SECONDS)
    except _UNREACHABLE:
        return CheckView(status="down", detail="the database does not answer")


async def _database(house: House) -> CheckView:
    return CheckView(status="ok", latency_ms=round(await house.database.latency_ms(), 2))


async def _revisions(house: House) -> CheckView:
    pending = (await _migration_state(house)).pending
    if not pending:
        return CheckView(status="ok")
    return CheckView(status="degraded", detail=f"{len(pending)} pending")


async def _jobs(house: House) -> CheckView:
    counts = (await house.database.fetch(JOBS_BACKLOG))[0]
    waited = (await house.database.fetch(LONGEST_WAIT))[0]["seconds"]
    detail = ", ".join(f"{number} {name}" for name, number in counts.items())
    return CheckView(
        status="degraded" if waited > SLOW_JOBS_SECONDS else "ok", detail=f"{detail}; longest wait {waited:.0f} s"
    )


async def _mail(settings: Settings) -> CheckView:
    parts = urlsplit(settings.mail_url)
    if parts.scheme == "file":
        return _folder(settings.mail_url, "folder")
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            _, writer = await asyncio.open_connection(parts.hostname, parts.port or SMTP_PORTS[parts.scheme])
    except (OSError, TimeoutError):
        return CheckView(status="degraded", detail="smtp: the server does not answer")
    writer.close()
    return CheckView(status="ok", detail="smtp")


async def _storage(house: House) -> CheckView:
    if not isinstance(house.media, BucketStore):
        return _folder(house.settings.media_url, "folder")
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await house.media.probe()
    except (UpstreamUnavailableError, TimeoutError):
        return CheckView(status="degraded", detail="bucket: it does not answer, or refuses")
    return CheckView(status="ok", detail="bucket")


def _folder(url: str, detail: str) -> CheckView:
    """Tell whether a `file://` folder, or where it will be made, can be written."""
    folder = Path(unquote(urlsplit(url).path or url.removeprefix("file://"))).absolute()
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return CheckView(status="ok", detail=detail)
    return CheckView(status="degraded", detail=f"{detail}: cannot be written")


def _ai(house: House) -> CheckView:
    names = house.drafting.configured
    return CheckView(status="ok", detail=", ".join(names)) if names else NOT_CONFIGURED


async def require_ready(house: House) -> None:
    """Let pass where requests can be served: the database answers and has every migration.

    Raises:
        UpstreamUnavailableError: `upstream_unavailable`, naming what is missing.
    """
    database, revisions = await asyncio.gather(_checked(_database(house)), _checked(_revisions(house)))
    named = {"database": database, "migrations": revisions}
    missing = [name for name, check in named.items() if check.status != "ok"]
    if missing:
        raise UpstreamUnavailableError(f"Not ready: {', '.join(missing)}.")


async def read_migrations(house: House, actor: Actor) -> MigrationsView:
    """Tell which migrations the database has and which it lacks, the oldest first.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
    """
    actor.require(Permission.READ_PLATFORM)
    return await _migration_state(house)


async def _migration_state(house: House) -> MigrationsView:
    known = await asyncio.to_thread(_known_revisions)
    rows = await house.database.fetch(APPLIED_REVISION)
    at = known.index(rows[0]["version_num"]) + 1 if rows and rows[0]["version_num"] in known else 0
    return MigrationsView(applied=known[:at], pending=known[at:], head=known[-1] if known else "")


@lru_cache(maxsize=1)
def _known_revisions() -> list[str]:
    scripts = ScriptDirectory(str(_MIGRATIONS))
    return [script.revision for script in scripts.walk_revisions()][::-1]
