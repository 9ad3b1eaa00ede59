"""UserDeletionState: the open request to delete the open person, and what an administrator does with it."""

from typing import Any
from uuid import UUID

import pydantic
import reflex as rx

from api.core.errors import HubError
from api.services import user_deletions
from dealsmart_app.states.base import HubState
from dealsmart_app.states.faults import faults_of
from dealsmart_app.states.reading import reading
from dealsmart_app.states.tables import id_of
from dealsmart_app.states.user_side import UserDossierState
from dealsmart_app.states.users import UserListState
from models.user_deletions import DeletionRequestView, ReasonInput
from models.users import Permission


def request_of(view: DeletionRequestView | None) -> dict[str, str]:
    """Put a request into words; empty for none."""
    if view is None:
        return {}
    plain = view.model_dump(mode="json")
    told = {name: str(plain[name] or "") for name in ("asked_by", "reason", "asked_at", "expires_at", "alone_from")}
    return {**told, "mine": "yes" if view.mine else "", "may_confirm": "yes" if view.may_confirm else ""}


class UserDeletionState(HubState):
    """`step` is the dialog that is open: `ask`, `confirm`, `decline`; `alone`: nobody else could confirm."""

    request: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    alone: rx.Field[bool] = rx.field(default=False)
    step: rx.Field[str] = rx.field(default="")
    errors: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @reading
    async def load(self) -> None:
        """Read the request about the person whom the address has open."""
        self.request, self.step, self.errors = {}, "", {}
        opened = id_of(self.router.url.query_parameters.get("id"))
        if opened is not None and Permission.MANAGE_USERS.value in self.permissions:
            self.request = request_of(await self.call(user_deletions.of_user, opened))

    @rx.event
    async def show(self, step: str) -> None:
        """Open a dialog; empty closes it."""
        self.errors = {}
        if step == "ask":
            self.alone = not await self.call(user_deletions.others, UUID((await self._chosen())["id"]))
        self.step = step

    @rx.event
    async def ask(self, form: dict[str, Any]) -> Any:
        """Ask for the open person's deletion, where his username was typed and a reason given."""
        chosen = await self._chosen()
        if str(form.get("typed_name", "")).strip().lower() != chosen["username"].lower():
            self.errors = {"typed_name": f"Type {chosen['username']}"}
            return None
        if not await self._done(user_deletions.ask, form):
            return None
        waits = "you can confirm it in a day" if self.alone else "another administrator confirms it"
        return [*AFTERWARDS, rx.toast.success(f"Deletion asked for; {waits}")]

    @rx.event
    async def decline(self, form: dict[str, Any]) -> Any:
        """Refuse the request, with the reason of the form."""
        done = await self._done(user_deletions.decline, form)
        return [*AFTERWARDS, rx.toast.success("Declined; who asked is told why")] if done else None

    @rx.event
    async def confirm(self) -> Any:
        """Delete the open person's account, as was asked."""
        try:
            await self.call(user_deletions.confirm, UUID((await self._chosen())["id"]))
        except HubError as error:
            self.errors = faults_of(error)
            return None
        self.step = ""
        return [UserListState.open(""), rx.toast.success("Account deleted")]

    @rx.event
    async def withdraw(self) -> Any:
        """Take one's own request back."""
        await self.call(user_deletions.withdraw, UUID((await self._chosen())["id"]))
        return [*AFTERWARDS, rx.toast.success("Request withdrawn")]

    async def _chosen(self) -> dict[str, str]:
        return (await self.get_state(UserListState)).chosen

    async def _done(self, act: Any, form: dict[str, Any]) -> bool:
        """Do what wants a reason; tell whether it is done, else what is wrong with the form."""
        reason = str(form.get("reason", "")).strip()
        if not reason:
            self.errors = {"reason": "Say why; it stays in the audit log"}
            return False
        try:
            await self.call(act, UUID((await self._chosen())["id"]), ReasonInput(reason=reason))
        except (HubError, pydantic.ValidationError) as error:
            self.errors = faults_of(error)
            return False
        return True


AFTERWARDS = [UserDeletionState.load, UserDossierState.load]
