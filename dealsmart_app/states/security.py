"""SecurityState: which ways in one's account has. A secret passes through on its way to the window and is not kept."""

import io
import json
from typing import Any

import reflex as rx
import segno

from api.services import account_security, totp
from dealsmart_app.states.base import HubState
from dealsmart_app.states.reading import reading

SECRET_EVENT = "hub:totp"  # noqa: S105 - an event's name
_SHOW = "window.dispatchEvent(new CustomEvent({name}, {{ detail: {detail} }}))"


def qr_of(url: str) -> str:
    """Draw a QR code as SVG, which takes its size and its colours from the page's style sheet."""
    drawn = io.BytesIO()
    segno.make(url, error="m").save(drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, light="#fff")
    return drawn.getvalue().decode()


class SecurityState(HubState):
    """Password and second factor: whether they are there, never what they are."""

    has_password: rx.Field[bool] = rx.field(default=True)
    two_factor: rx.Field[bool] = rx.field(default=False)
    codes_left: rx.Field[int] = rx.field(default=0)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read how the account is secured."""
        view = await self.call(account_security.read)
        self.has_password, self.two_factor = view.has_password, view.two_factor
        self.codes_left = view.recovery_codes_left

    @rx.event
    async def enroll(self) -> Any:
        """Hand a new secret and its QR code to the window that asked, past every var."""
        made = await self.call(totp.enroll)
        detail = json.dumps({"secret": made.secret, "svg": qr_of(made.otpauth_url)})
        return rx.call_script(_SHOW.format(name=json.dumps(SECRET_EVENT), detail=detail))

    @rx.event
    async def enrolled(self) -> None:
        """Read anew what one may do, now that the second factor stands or is gone."""
        self.show_person(await self.actor())
        await self.load()
