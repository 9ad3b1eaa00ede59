"""HomeState: the start page leads staff on, and shows everybody else what is his."""

from typing import Any

import reflex as rx

from api.core.pagination import PageRequest
from api.services import account_security, api_keys, auth
from dealsmart_app.navigation import INBOX
from dealsmart_app.states.base import HubState
from dealsmart_app.states.profile import ProfileState
from models.users import Permission


class HomeState(HubState):
    """How many sign-ins and keys there are, and whether a second factor stands."""

    loaded: rx.Field[bool] = rx.field(default=False)
    two_factor: rx.Field[bool] = rx.field(default=False)
    sign_ins: rx.Field[int] = rx.field(default=0)
    keys: rx.Field[int] = rx.field(default=0)

    @rx.event
    async def lead(self) -> Any:
        """Send staff to the inbox; show everybody else his own page."""
        if Permission.READ_CONVERSATIONS.value in self.permissions:
            return rx.redirect(INBOX.route, replace=True)
        await self._count()
        return ProfileState.load

    async def _count(self) -> None:
        one = PageRequest("-created_at", 1, None, include_total=True)
        self.two_factor = (await self.call(account_security.read)).two_factor
        self.sign_ins = (await self.call(auth.page_of_sessions, one)).total or 0
        self.keys = (await self.call(api_keys.page, one)).total or 0
        self.loaded = True
