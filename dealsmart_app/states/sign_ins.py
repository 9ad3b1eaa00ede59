"""SignInListState: where one is signed in, and the end of it."""

from typing import Any
from uuid import UUID

import reflex as rx

from api.core.pagination import MAX_LIMIT, PageRequest
from api.services import account_security, auth
from dealsmart_app.states.base import HubState
from dealsmart_app.states.reading import reading
from models.auth import SessionView

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
    *(("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)
HAND_HELD = ("iPhone", "iPad", "Android")


def device_of(agent: str | None) -> str:
    """Return `Firefox on Windows` for what a browser says of itself; its own words where it is no browser."""
    said = agent or ""
    browser = next((name for mark, name in BROWSERS if mark in said), "")
    system = next((name for mark, name in SYSTEMS if mark in said), "")
    return " on ".join(part for part in (browser, system) if part) or said.split("/")[0][:60] or "An unknown device"


def line_of(session: SessionView) -> dict[str, str]:
    """Return a sign-in as lists show it."""
    plain = session.model_dump(mode="json")
    device = device_of(session.user_agent)
    return {
        "id": str(session.id),
        "device": device,
        "kind": "hand" if device.endswith(HAND_HELD) else "desk",
        "current": "yes" if session.current else "",
        "ip": session.ip or "",
        "created_at": plain["created_at"],
        "last_seen_at": plain["last_seen_at"],
    }


class SignInListState(HubState):
    """One's own sign-ins that are still good, this one first."""

    sign_ins: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    loaded: rx.Field[bool] = rx.field(default=False)
    asking: rx.Field[bool] = rx.field(default=False)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read them."""
        found = await self.call(auth.page_of_sessions, PageRequest("-created_at", MAX_LIMIT, None))
        lines = [line_of(session) for session in found.rows]
        self.sign_ins = sorted(lines, key=lambda line: line["current"] != "yes")
        self.loaded, self.asking = True, False

    @rx.event
    async def end(self, session_id: str) -> Any:
        """End one of them."""
        await self.call(auth.end_session, UUID(session_id))
        return [SignInListState.load, rx.toast.success("Signed out there")]

    @rx.event
    def ask(self, wanted: bool) -> None:
        """Ask whether all the others are to end, or leave it."""
        self.asking = wanted

    @rx.event
    async def end_others(self) -> Any:
        """End all but this one."""
        await self.call(account_security.end_other_sessions)
        return [SignInListState.load, rx.toast.success("Signed out everywhere else")]
