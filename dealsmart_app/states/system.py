"""SystemState: how the platform is at this moment."""

import reflex as rx

from api.services import platform
from api.services.house import house
from dealsmart_app.states.base import HubState
from dealsmart_app.states.reading import reading
from models.base import rfc3339, utc_now
from models.platform import CheckView

WORDS = {"database": "Database", "ai": "AI providers"}
LATER = ("stripe", "hubspot")  # the API names them already; nothing of this release can be set up for them
_UNITS = ((86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))


def lasted(seconds: int) -> str:
    """Write a time in its largest unit and the one below: "2 d 3 h", "4 m 10 s"."""
    largest = next((n for n, (size, _) in enumerate(_UNITS) if seconds >= size), len(_UNITS) - 1)
    parts: list[str] = []
    for size, name in _UNITS[largest : largest + 2]:
        count, seconds = divmod(seconds, size)
        parts.append(f"{count} {name}")
    return " ".join(parts)


def _line(name: str, check: CheckView) -> dict[str, str]:
    return {
        "name": WORDS.get(name, name.capitalize()),
        "status": check.status,
        "latency": f"{check.latency_ms:.1f} ms" if check.latency_ms is not None else "",
        "detail": check.detail or "",
    }


class SystemState(HubState):
    """The checks, the migrations, the version and how long the process has run."""

    loaded: rx.Field[bool] = rx.field(default=False)
    overall: rx.Field[str] = rx.field(default="")
    checks: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    known: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    pending: rx.Field[list[str]] = rx.field(default_factory=list)
    at: rx.Field[str] = rx.field(default="")

    @rx.event
    @reading
    async def load(self) -> None:
        """Ask every check anew; the service repeats itself for two seconds."""
        actor = await self.actor()
        revisions = await platform.read_migrations(house(), actor)
        status = await platform.status(house(), actor)
        self.overall, self.pending = status.status, revisions.pending
        self.checks = [_line(name, check) for name, check in (status.checks or {}).items() if name not in LATER]
        self.known = {
            "version": status.version,
            "uptime": lasted(status.uptime_s),
            "head": revisions.head,
            "applied": f"{len(revisions.applied)} of {len(revisions.applied) + len(revisions.pending)}",
        }
        self.at, self.loaded = rfc3339(utc_now()), True
